//! One file on its way to the server by tus 1.0.0. Create, keep the address on the disk, send part
//! by part with a checksum, and after a break ask how far it came. Knows nothing of what the file is.

use serde::{Deserialize, Serialize};

/// Bytes sent at once: a part survives a weak link, and a break loses little.
pub const PART: u64 = 256 * 1024;
/// Milliseconds to wait before each try after a break.
pub const RETRY_AFTER: [u32; 4] = [0, 1_000, 3_000, 5_000];

/// Where the upload stands. This is what a draft keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "at", rename_all = "snake_case")]
pub enum Phase {
    /// Nothing was sent yet.
    Waiting,
    /// The server has given an address; so many bytes are there.
    Sending {
        /// The upload's address.
        url: String,
        /// Bytes that the server confirmed.
        offset: u64,
    },
    /// All bytes are there.
    Finished {
        /// The upload's address.
        url: String,
    },
    /// The server will not have this file.
    Refused {
        /// Why.
        reason: Refusal,
    },
}

/// Why a server will not have a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Larger than allowed.
    TooLarge,
    /// Empty.
    Empty,
    /// Not a kind of file that is taken.
    WrongKind,
    /// Something else.
    Other,
}

/// A running upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Size of the file.
    pub size: u64,
    /// Where it stands.
    pub phase: Phase,
    /// Breaks since bytes last arrived.
    pub breaks: usize,
    /// Whether a person must ask to go on.
    pub stalled: bool,
}

impl State {
    /// An upload that goes on from what a draft kept.
    pub fn resume(size: u64, phase: Phase) -> Self {
        Self { size, phase, breaks: 0, stalled: false }
    }

    /// Bytes that are there.
    pub fn sent(&self) -> u64 {
        match &self.phase {
            Phase::Waiting | Phase::Refused { .. } => 0,
            Phase::Sending { offset, .. } => *offset,
            Phase::Finished { .. } => self.size,
        }
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Start, go on after a restart, or try again because a person asked.
    Go,
    /// The server made the upload.
    Created {
        /// Its address.
        url: String,
    },
    /// The address is on the disk.
    Kept,
    /// The server has so many bytes.
    Offset(u64),
    /// The part did not arrive as it was sent (460).
    Mangled,
    /// The server does not know the upload (404, 410).
    Gone,
    /// The offset was not what the server has (409).
    OutOfStep,
    /// No answer, or the server is not well.
    Broke,
    /// The server will not have it.
    Refused(Refusal),
    /// The wait is over.
    Woke,
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// POST: make the upload.
    Create,
    /// Keep the phase on the disk, then say `Kept`.
    Keep,
    /// HEAD: ask how many bytes are there.
    Ask {
        /// The upload's address.
        url: String,
    },
    /// PATCH: send this part with its checksum.
    Send {
        /// The upload's address.
        url: String,
        /// First byte.
        from: u64,
        /// One past the last byte.
        to: u64,
    },
    /// Say `Woke` after so many milliseconds.
    Wake(u32),
}

/// The next state and what to do.
pub fn step(state: &State, event: Event) -> (State, Vec<Effect>) {
    let mut next = state.clone();
    let effects = match (&state.phase, event) {
        (Phase::Finished { .. }, Event::Go) => vec![Effect::Keep],
        (Phase::Finished { .. } | Phase::Refused { .. }, _) => vec![],
        (_, Event::Refused(reason)) => {
            next.phase = Phase::Refused { reason };
            vec![Effect::Keep]
        }
        (Phase::Waiting, Event::Go | Event::Woke) => {
            if state.size == 0 {
                next.phase = Phase::Refused { reason: Refusal::Empty };
                vec![Effect::Keep]
            } else {
                next.stalled = false;
                vec![Effect::Create]
            }
        }
        (Phase::Waiting, Event::Created { url }) => {
            next.breaks = 0;
            next.phase = Phase::Sending { url, offset: 0 };
            // The address is on the disk before the first byte leaves.
            vec![Effect::Keep]
        }
        (Phase::Sending { url, .. }, Event::Go | Event::Woke | Event::OutOfStep) => {
            next.stalled = false;
            vec![Effect::Ask { url: url.clone() }]
        }
        (Phase::Sending { url, offset }, Event::Kept) => send(url, *offset, state.size),
        (Phase::Sending { url, offset }, Event::Offset(there)) if there >= *offset => {
            if there > *offset {
                next.breaks = 0;
            }
            if there >= state.size {
                next.phase = Phase::Finished { url: url.clone() };
                vec![Effect::Keep]
            } else {
                next.phase = Phase::Sending { url: url.clone(), offset: there };
                send(url, there, state.size)
            }
        }
        // A server that lost bytes it had confirmed is not trusted: start over.
        (Phase::Sending { .. }, Event::Offset(_) | Event::Gone) => {
            next.phase = Phase::Waiting;
            again(&mut next)
        }
        (Phase::Sending { .. } | Phase::Waiting, Event::Broke | Event::Mangled | Event::Gone) => {
            again(&mut next)
        }
        (Phase::Waiting, Event::Kept | Event::Offset(_) | Event::OutOfStep)
        | (Phase::Sending { .. }, Event::Created { .. }) => vec![],
    };
    (next, effects)
}

fn send(url: &str, from: u64, size: u64) -> Vec<Effect> {
    vec![Effect::Send { url: url.to_owned(), from, to: (from + PART).min(size) }]
}

fn again(next: &mut State) -> Vec<Effect> {
    let wait = RETRY_AFTER.get(next.breaks).copied();
    next.breaks += 1;
    match wait {
        Some(milliseconds) => vec![Effect::Wake(milliseconds)],
        None => {
            next.breaks = 0;
            next.stalled = true;
            vec![]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A server and a link that fails as the script says.
    struct World {
        uploads: Vec<u64>,
        size: u64,
        kept: Phase,
        sent_before_kept: bool,
    }

    impl World {
        fn answer(&mut self, effect: Effect, fault: u8) -> Option<Event> {
            Some(match effect {
                Effect::Wake(_) => Event::Woke,
                Effect::Keep => Event::Kept,
                Effect::Create => match fault {
                    1 => Event::Broke,
                    _ => {
                        self.uploads.push(0);
                        Event::Created { url: format!("/u/{}", self.uploads.len() - 1) }
                    }
                },
                Effect::Ask { url } => match fault {
                    1 => Event::Broke,
                    4 => Event::Gone,
                    _ => Event::Offset(self.uploads[index(&url)]),
                },
                Effect::Send { url, from, to } => {
                    if self.kept == Phase::Waiting {
                        self.sent_before_kept = true;
                    }
                    let there = self.uploads[index(&url)];
                    match fault {
                        1 => Event::Broke,
                        // Arrived, but the answer was lost.
                        2 if there == from => {
                            self.uploads[index(&url)] = to;
                            Event::Broke
                        }
                        3 => Event::Mangled,
                        4 => Event::Gone,
                        _ if there != from => Event::OutOfStep,
                        _ => {
                            self.uploads[index(&url)] = to;
                            Event::Offset(to)
                        }
                    }
                }
            })
        }
    }

    fn index(url: &str) -> usize {
        url.trim_start_matches("/u/").parse().unwrap()
    }

    fn run(size: u64, faults: Vec<u8>) -> (State, World) {
        let mut world =
            World { uploads: vec![], size, kept: Phase::Waiting, sent_before_kept: false };
        let mut state = State::resume(size, Phase::Waiting);
        let mut faults = faults.into_iter();
        let mut events = vec![Event::Go];
        for _ in 0..10_000 {
            let Some(event) = events.pop() else {
                if state.stalled {
                    events.push(Event::Go);
                    continue;
                }
                break;
            };
            let (next, effects) = step(&state, event);
            assert!(effects.len() <= 1);
            state = next;
            for effect in effects {
                if effect == Effect::Keep {
                    world.kept = state.phase.clone();
                }
                let fault = if effect == Effect::Keep { 0 } else { faults.next().unwrap_or(0) };
                // Killed: go on from what was kept.
                if fault == 5 {
                    state = State::resume(size, world.kept.clone());
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
        let (state, effects) = step(&State::resume(0, Phase::Waiting), Event::Go);
        assert_eq!(state.phase, Phase::Refused { reason: Refusal::Empty });
        assert_eq!(effects, vec![Effect::Keep]);
    }

    #[test]
    fn it_waits_longer_each_time_and_then_asks_a_person() {
        let mut state = State::resume(10, Phase::Waiting);
        for wait in RETRY_AFTER {
            let (next, effects) = step(&state, Event::Broke);
            assert_eq!(effects, vec![Effect::Wake(wait)]);
            state = next;
        }
        let (next, effects) = step(&state, Event::Broke);
        assert!(next.stalled && effects.is_empty());
    }

    proptest! {
        #[test]
        fn arrives_whole_over_any_link(size in 1..5 * PART, faults in prop::collection::vec(0..6_u8, 0..60)) {
            let (state, world) = run(size, faults);
            let Phase::Finished { url } = &state.phase else { panic!("{state:?}") };
            prop_assert_eq!(world.uploads[index(url)], world.size);
            prop_assert!(!world.sent_before_kept);
        }
    }
}
