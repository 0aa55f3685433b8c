//! The upload over links that fail as a script says: all orders of faults, kills included.

use super::*;
use proptest::prelude::*;

/// A server and a link that fails as the script says.
struct World {
    uploads: Vec<u64>,
    size: u64,
    /// Whether the server keeps what arrived of a part before a break.
    keeps_parts: bool,
    kept: Phase,
    sent_before_kept: bool,
    /// What the server last told of its newest upload.
    confirmed: u64,
    /// Bytes that were sent though the server had confirmed them.
    sent_again: u64,
}

impl World {
    fn told(&mut self, offset: u64) -> u64 {
        self.confirmed = offset;
        offset
    }

    fn answer(&mut self, effect: Effect, fault: u8) -> Option<Event> {
        Some(match effect {
            Effect::Wake(_) => Event::Woke,
            Effect::Keep => Event::Kept,
            Effect::Create => match fault {
                1 => Event::Broke,
                6 => Event::Held(Pause::Offline),
                _ => {
                    self.uploads.push(0);
                    self.confirmed = 0;
                    Event::Created { url: format!("/u/{}", self.uploads.len() - 1) }
                }
            },
            Effect::Ask { url } => match fault {
                1 => Event::Broke,
                4 => self.gone(),
                6 => Event::Held(Pause::Saver),
                _ => {
                    let there = self.uploads[index(&url)];
                    Event::Offset(self.told(there))
                }
            },
            Effect::Send { url, from, to } => {
                if self.kept == Phase::Waiting {
                    self.sent_before_kept = true;
                }
                let there = self.uploads[index(&url)];
                if fault == 6 {
                    return Some(Event::Held(Pause::Mobile));
                }
                self.sent_again += self.confirmed.saturating_sub(from).min(to - from);
                match fault {
                    1 => Event::Broke,
                    // Arrived, but the answer was lost.
                    2 if there == from => {
                        self.uploads[index(&url)] = to;
                        Event::Broke
                    }
                    3 => Event::Mangled,
                    4 => self.gone(),
                    // Broke off in the middle.
                    7 if there == from && self.keeps_parts => {
                        self.uploads[index(&url)] = from + (to - from) / 2;
                        Event::Broke
                    }
                    7 => Event::Broke,
                    _ if there != from => Event::OutOfStep,
                    _ => {
                        self.uploads[index(&url)] = to;
                        let offset = self.told(to);
                        Event::Arrived { offset, milliseconds: 40 }
                    }
                }
            }
        })
    }

    fn gone(&mut self) -> Event {
        self.confirmed = 0;
        Event::Gone
    }
}

fn index(url: &str) -> usize {
    url.trim_start_matches("/u/").parse().unwrap()
}

fn run(size: u64, keeps_parts: bool, faults: Vec<u8>) -> (State, World) {
    let mut world = World {
        uploads: vec![],
        size,
        keeps_parts,
        kept: Phase::Waiting,
        sent_before_kept: false,
        confirmed: 0,
        sent_again: 0,
    };
    let mut state = State::resume(size, Phase::Waiting, Pace::default());
    let mut faults = faults.into_iter();
    let mut events = vec![Event::Go];
    for _ in 0..10_000 {
        let Some(event) = events.pop() else {
            if state.pause.is_some() {
                events.push(Event::Go);
                continue;
            }
            break;
        };
        let (next, effects) = step(&state, event);
        assert!(effects.len() <= 1);
        assert!(next.sent() >= state.sent() || next.restarted, "back without a word");
        state = next;
        for effect in effects {
            if effect == Effect::Keep {
                world.kept = state.phase.clone();
            }
            let fault = if effect == Effect::Keep { 0 } else { faults.next().unwrap_or(0) };
            // Killed: go on from what was kept.
            if fault == 5 {
                state = State::resume(size, world.kept.clone(), Pace::default());
                events = vec![Event::Go];
                break;
            }
            events.extend(world.answer(effect, fault));
        }
    }
    (state, world)
}

#[test]
fn an_empty_file_is_refused_before_anything_is_sent() {
    let (state, effects) = step(&State::resume(0, Phase::Waiting, Pace::default()), Event::Go);
    assert_eq!(state.phase, Phase::Refused { reason: Refusal::Empty });
    assert_eq!(effects, vec![Effect::Keep]);
}

#[test]
fn it_waits_longer_each_time_tells_a_person_and_never_gives_up() {
    let mut state = State::resume(10, Phase::Waiting, Pace::default());
    for (tries, wait) in RETRY_AFTER.into_iter().chain([60_000, 60_000]).enumerate() {
        assert_eq!(state.stalled, tries > STALLED_AFTER);
        let (next, effects) = step(&state, Event::Broke);
        assert_eq!(effects, vec![Effect::Wake(wait)]);
        state = next;
    }
    let (state, _) = step(&state, Event::Created { url: "/u/0".into() });
    assert!(!state.stalled && state.breaks == 0);
}

#[test]
fn a_pause_waits_for_go_and_then_asks_first() {
    let phase = Phase::Sending { url: "/u/0".into(), offset: 5 };
    let (paused, effects) =
        step(&State::resume(10, phase, Pace::default()), Event::Held(Pause::Offline));
    assert_eq!((paused.pause, effects), (Some(Pause::Offline), vec![]));
    let (going, effects) = step(&paused, Event::Go);
    assert_eq!((going.pause, effects), (None, vec![Effect::Ask { url: "/u/0".into() }]));
}

#[test]
fn a_draft_of_an_older_app_is_read() {
    let read = |text| serde_json::from_str::<Phase>(text).unwrap();
    let refused = read(r#"{"at":"refused","reason":"wrong_kind"}"#);
    assert_eq!(refused, Phase::Refused { reason: Refusal::WrongKind });
    let fault = Phase::Refused { reason: Refusal::Fault(UploadFault::Mixed) };
    assert_eq!(read(&serde_json::to_string(&fault).unwrap()), fault);
}

proptest! {
    #[test]
    fn arrives_whole_over_any_link(
        size in 1..1_500_000_u64,
        keeps_parts in any::<bool>(),
        faults in prop::collection::vec(0..8_u8, 0..60),
    ) {
        let (state, world) = run(size, keeps_parts, faults);
        let Phase::Finished { url } = &state.phase else { panic!("{state:?}") };
        prop_assert_eq!(world.uploads[index(url)], world.size);
        prop_assert!(!world.sent_before_kept);
        prop_assert_eq!(world.sent_again, 0);
    }
}
