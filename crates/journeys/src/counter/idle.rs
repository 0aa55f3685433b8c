//! When a shared device counts as left alone. Counted against a stored moment, not by a timer: a
//! sleeping tab, a closed lid or a crash must not lengthen it.

/// Seconds without a touch or a key until the countdown begins.
pub const QUIET_S: i64 = 120;
/// Seconds of the countdown.
pub const COUNTDOWN_S: i64 = 30;
/// Seconds that a visitor may be away at VNeID or in a wallet; after them the device has lost its half
/// of the key anyway (`motcua_contract::hand_overs::LIFETIME`).
pub const AWAY_S: i64 = 600;

/// Whether somebody is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Somebody touched it a moment ago.
    Here,
    /// Nobody did for a while: seconds that are left.
    Counting(i64),
    /// Nobody is there: everything is to be wiped.
    Gone,
}

/// Whether somebody is there, given the moment now and of the last touch, in seconds. A clock that was
/// set back by more than a session lasts tells nothing: then nobody is there.
pub fn presence(now: i64, touched: i64) -> Presence {
    let quiet = now - touched;
    if !(-QUIET_S..QUIET_S + COUNTDOWN_S).contains(&quiet) {
        Presence::Gone
    } else if quiet >= QUIET_S {
        Presence::Counting(QUIET_S + COUNTDOWN_S - quiet)
    } else {
        Presence::Here
    }
}

/// Whether a visitor who left for VNeID or a wallet may go on.
pub fn may_return(now: i64, left: i64) -> bool {
    (0..AWAY_S).contains(&(now - left))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_minutes_then_thirty_seconds() {
        assert_eq!(presence(1_000, 1_000), Presence::Here);
        assert_eq!(presence(1_119, 1_000), Presence::Here);
        assert_eq!(presence(1_120, 1_000), Presence::Counting(30));
        assert_eq!(presence(1_149, 1_000), Presence::Counting(1));
        assert_eq!(presence(1_150, 1_000), Presence::Gone);
    }

    #[test]
    fn a_sleeping_device_wakes_to_nobody_and_a_small_step_of_the_clock_is_no_reason() {
        assert_eq!(presence(90_000, 1_000), Presence::Gone);
        assert_eq!(presence(990, 1_000), Presence::Here);
        assert_eq!(presence(500, 1_000), Presence::Gone);
    }

    #[test]
    fn who_comes_back_from_a_wallet_in_ten_minutes_goes_on() {
        assert!(may_return(1_000, 1_000) && may_return(1_599, 1_000));
        assert!(!may_return(1_600, 1_000) && !may_return(999, 1_000));
    }
}
