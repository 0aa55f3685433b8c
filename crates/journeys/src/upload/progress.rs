//! How far a file is, in bytes that the server confirmed, and how long it will take by what was measured.
//! What left the phone but was not confirmed does not count: it may have to go again.

use super::{Phase, State};

/// Percent by which a true time may exceed what is said, so that it ends rather early than late.
const MARGIN: u64 = 110;

/// How far a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes that are there.
    pub sent: u64,
    /// Bytes in all.
    pub size: u64,
    /// Seconds until the rest is there, at the measured rate; absent while nobody can know.
    pub seconds_left: Option<u64>,
    /// Whether it begins anew: the bytes that were there are lost.
    pub restarted: bool,
}

impl Progress {
    /// The share that is there, from 0 to 100, rounded down: 100 only when all is.
    pub fn percent(&self) -> u8 {
        let percent = (self.sent * 100).checked_div(self.size).unwrap_or(0);
        u8::try_from(percent.min(100)).unwrap_or(100)
    }
}

/// How far a file is that is on its way.
pub fn progress(state: &State) -> Progress {
    let sent = state.sent().min(state.size);
    let moves = matches!(state.phase, Phase::Sending { .. })
        && state.pause.is_none()
        && !state.stalled
        && state.breaks == 0;
    let left = state.size - sent;
    let rate = state.pace.rate().filter(|_| moves);
    let seconds_left = rate.map(|rate| (left * MARGIN / 100).div_ceil(rate.max(1)));
    Progress { sent, size: state.size, seconds_left, restarted: state.restarted }
}

#[cfg(test)]
mod tests {
    use super::super::{Event, Pace, Pause, step};
    use super::*;

    fn sending() -> State {
        let phase = Phase::Sending { url: "/u".into(), offset: 0 };
        State::resume(1_000_000, phase, Pace::default())
    }

    #[test]
    fn time_is_said_once_it_is_measured_and_while_it_moves() {
        let state = sending();
        assert_eq!(progress(&state).seconds_left, None);
        let (state, _) = step(&state, Event::Arrived { offset: 100_000, milliseconds: 2_000 });
        let told = progress(&state);
        // 900,000 bytes at 50,000 a second, and a tenth more.
        assert_eq!((told.sent, told.percent(), told.seconds_left), (100_000, 10, Some(20)));
        let (paused, _) = step(&state, Event::Held(Pause::Offline));
        assert_eq!(progress(&paused).seconds_left, None);
        let (broken, _) = step(&state, Event::Broke);
        assert_eq!((progress(&broken).seconds_left, progress(&broken).sent), (None, 100_000));
    }

    #[test]
    fn going_back_is_said() {
        let (state, _) = step(&sending(), Event::Arrived { offset: 100_000, milliseconds: 2_000 });
        assert!(!progress(&state).restarted);
        let (state, _) = step(&state, Event::Gone);
        let told = progress(&state);
        assert!(told.restarted && told.sent == 0);
    }

    #[test]
    fn a_hundred_percent_is_all() {
        let nearly = Progress { sent: 999, size: 1_000, seconds_left: None, restarted: false };
        assert_eq!(nearly.percent(), 99);
        assert_eq!(Progress { sent: 0, size: 0, ..nearly }.percent(), 0);
    }
}
