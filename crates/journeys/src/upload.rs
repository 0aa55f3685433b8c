//! One file on its way to the server by tus 1.0.0. Create, keep the address on the disk, send part
//! by part with a checksum, and after a break ask how far it came. Knows nothing of what the file is.

mod answer;
mod link;
mod pace;
mod progress;
mod queue;
#[cfg(test)]
mod tests;

pub use answer::{Answer, event_of};
pub use link::{Choice, Link, Pause, pause};
pub use pace::Pace;
pub use progress::{Progress, progress};
pub use queue::{AT_ONCE, Waiting, first};

use motcua_contract::uploads::UploadFault;
use serde::{Deserialize, Serialize};

/// Milliseconds to wait before each try after a break; the last one again and again.
pub const RETRY_AFTER: [u32; 7] = [0, 1_000, 3_000, 5_000, 10_000, 30_000, 60_000];
/// Breaks in a row after which a person is told that the network is too weak.
pub const STALLED_AFTER: usize = 4;

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
    /// It was looked at whole, and this is wrong with it.
    Fault(UploadFault),
    /// The bytes are not on this device any more.
    Lost,
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
    /// How much is sent at once, by what the link did so far.
    pub pace: Pace,
    /// Breaks since bytes last arrived.
    pub breaks: usize,
    /// Whether a person should know that the network is too weak.
    pub stalled: bool,
    /// Why it waits, where it does.
    pub pause: Option<Pause>,
    /// Whether bytes that were there are lost and are sent again.
    pub restarted: bool,
}

impl State {
    /// An upload that goes on from what a draft kept, over a link that is known so far.
    pub fn resume(size: u64, phase: Phase, pace: Pace) -> Self {
        Self { size, phase, pace, breaks: 0, stalled: false, pause: None, restarted: false }
    }

    /// Bytes that are there.
    pub fn sent(&self) -> u64 {
        match &self.phase {
            Phase::Waiting | Phase::Refused { .. } => 0,
            Phase::Sending { offset, .. } => *offset,
            Phase::Finished { .. } => self.size,
        }
    }

    fn send(&self, url: &str, from: u64) -> Vec<Effect> {
        let to = (from + self.pace.part()).min(self.size);
        vec![Effect::Send { url: url.to_owned(), from, to }]
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Start, go on after a restart, or try again because the network came back or a person asked.
    Go,
    /// It must not go on now. Takes the place of an effect that was not carried out.
    Held(Pause),
    /// The server made the upload.
    Created {
        /// Its address.
        url: String,
    },
    /// The address is on the disk.
    Kept,
    /// The server was asked, and has so many bytes.
    Offset(u64),
    /// A part arrived whole.
    Arrived {
        /// Bytes that are there now.
        offset: u64,
        /// How long it took, in milliseconds.
        milliseconds: u32,
    },
    /// The part did not arrive as it was sent (460).
    Mangled,
    /// The server does not know the upload (403, 404, 410).
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
        (_, Event::Held(pause)) => {
            next.pause = Some(pause);
            vec![]
        }
        (_, Event::Refused(reason)) => {
            next.phase = Phase::Refused { reason };
            vec![Effect::Keep]
        }
        (Phase::Waiting, Event::Go | Event::Woke) => {
            next.pause = None;
            if state.size == 0 {
                next.phase = Phase::Refused { reason: Refusal::Empty };
                vec![Effect::Keep]
            } else {
                vec![Effect::Create]
            }
        }
        (Phase::Waiting, Event::Created { url }) => {
            next.breaks = 0;
            next.stalled = false;
            next.phase = Phase::Sending { url, offset: 0 };
            // The address is on the disk before the first byte leaves.
            vec![Effect::Keep]
        }
        (Phase::Sending { url, .. }, Event::Go | Event::Woke | Event::OutOfStep) => {
            next.pause = None;
            vec![Effect::Ask { url: url.clone() }]
        }
        (Phase::Sending { url, offset }, Event::Kept) => state.send(url, *offset),
        (Phase::Sending { url, offset }, Event::Arrived { offset: there, milliseconds })
            if there >= *offset =>
        {
            next.pace.arrived(there - offset, milliseconds);
            go_on(&mut next, url, *offset, there)
        }
        (Phase::Sending { url, offset }, Event::Offset(there)) if there >= *offset => {
            if state.breaks > 0 {
                next.pace.broke(there - offset);
            }
            go_on(&mut next, url, *offset, there)
        }
        // A server that lost bytes it had confirmed is not trusted: start over.
        (Phase::Sending { offset, .. }, Event::Offset(_) | Event::Arrived { .. } | Event::Gone) => {
            next.restarted |= *offset > 0;
            next.phase = Phase::Waiting;
            again(&mut next)
        }
        (Phase::Sending { .. } | Phase::Waiting, Event::Broke | Event::Mangled | Event::Gone) => {
            again(&mut next)
        }
        (
            Phase::Waiting,
            Event::Kept | Event::Offset(_) | Event::Arrived { .. } | Event::OutOfStep,
        )
        | (Phase::Sending { .. }, Event::Created { .. }) => vec![],
    };
    (next, effects)
}

fn go_on(next: &mut State, url: &str, before: u64, there: u64) -> Vec<Effect> {
    if there > before {
        next.breaks = 0;
        next.stalled = false;
    }
    if there >= next.size {
        next.phase = Phase::Finished { url: url.to_owned() };
        vec![Effect::Keep]
    } else {
        next.phase = Phase::Sending { url: url.to_owned(), offset: there };
        next.send(url, there)
    }
}

fn again(next: &mut State) -> Vec<Effect> {
    let last = RETRY_AFTER.len() - 1;
    let wait = RETRY_AFTER.get(next.breaks.min(last)).copied().unwrap_or_default();
    next.breaks += 1;
    next.stalled = next.breaks > STALLED_AFTER;
    vec![Effect::Wake(wait)]
}
