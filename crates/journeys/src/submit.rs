//! Sending a dossier exactly once. The key and the body are on the device before the first try;
//! the draft ends only when the server has answered with its own dossier code, and the dossier's
//! key is on the device. Knows nothing of what a dossier holds.

use crate::draft::Submission;

/// Milliseconds to wait before each try after a break.
pub const RETRY_AFTER: [u32; 4] = [1_000, 3_000, 5_000, 10_000];

/// Where the submission stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// Nothing is under way.
    Idle,
    /// The key and body are being kept.
    Keeping,
    /// Sent; no answer yet.
    Sending,
    /// Whether the server has it is not known; waiting to ask again.
    Unsure,
    /// Gave up asking by itself; a person must ask. It may or may not have arrived.
    Stalled,
    /// The server wants to know who sends it. Nothing was taken.
    LoginNeeded,
    /// The server looked at it and said no.
    Rejected,
    /// The server has it; its key is being kept.
    KeepingReceipt,
    /// Done.
    Done,
}

/// A submission under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Where it stands.
    pub phase: Phase,
    /// What is sent.
    pub submission: Option<Submission>,
    /// Breaks in a row.
    breaks: usize,
}

impl Default for State {
    fn default() -> Self {
        Self { phase: Phase::Idle, submission: None, breaks: 0 }
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The citizen asks to send this, or to try again. A draft's unsettled submission goes first.
    Go(Submission),
    /// The key and body are on the device.
    Kept,
    /// They could not be kept: nothing is sent.
    NotKept,
    /// The server has it and named it.
    Accepted,
    /// The dossier's key is on the device.
    ReceiptKept,
    /// The server wants a login.
    LoginNeeded,
    /// The server will not have it as it is.
    Rejected,
    /// The server is still busy with the same key, or not well, or there was no answer.
    NoAnswer,
    /// A wait is over, or the page came back.
    Woke,
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Keep the submission in the draft (nothing when it is settled), then say `Kept`.
    Keep(Option<Submission>),
    /// Send it.
    Post(Submission),
    /// Keep the dossier's key, then say `ReceiptKept`.
    KeepReceipt,
    /// End the draft.
    EndDraft,
    /// Say `Woke` after so many milliseconds.
    Wake(u32),
}

/// The next state and what to do.
pub fn step(state: &State, event: Event) -> (State, Vec<Effect>) {
    let mut next = state.clone();
    let effects = match (&state.phase, event) {
        (
            Phase::Idle | Phase::Stalled | Phase::LoginNeeded | Phase::Rejected,
            Event::Go(submission),
        ) => {
            let submission = Submission { sent: true, ..submission };
            next.phase = Phase::Keeping;
            next.breaks = 0;
            next.submission = Some(submission.clone());
            vec![Effect::Keep(Some(submission))]
        }
        (Phase::Keeping, Event::Kept) => post(&mut next),
        (Phase::Keeping, Event::NotKept) => {
            next.phase = Phase::Idle;
            vec![]
        }
        (Phase::Sending, Event::Accepted) => {
            next.phase = Phase::KeepingReceipt;
            vec![Effect::KeepReceipt]
        }
        (Phase::KeepingReceipt, Event::ReceiptKept | Event::NotKept) => {
            next.phase = Phase::Done;
            vec![Effect::EndDraft]
        }
        (Phase::Sending, Event::LoginNeeded) => {
            next.phase = Phase::LoginNeeded;
            settle(&mut next)
        }
        (Phase::Sending, Event::Rejected) => {
            next.phase = Phase::Rejected;
            settle(&mut next)
        }
        (Phase::Sending, Event::NoAnswer) => match RETRY_AFTER.get(state.breaks) {
            Some(wait) => {
                next.phase = Phase::Unsure;
                next.breaks += 1;
                vec![Effect::Wake(*wait)]
            }
            None => {
                next.phase = Phase::Stalled;
                vec![]
            }
        },
        (Phase::Unsure | Phase::Stalled, Event::Woke) => post(&mut next),
        _ => vec![],
    };
    (next, effects)
}

fn post(next: &mut State) -> Vec<Effect> {
    next.phase = Phase::Sending;
    next.submission.clone().map(Effect::Post).into_iter().collect()
}

/// The outcome is known and nothing was taken: the draft may change again.
fn settle(next: &mut State) -> Vec<Effect> {
    next.submission = None;
    vec![Effect::Keep(None)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn submission() -> Submission {
        Submission { key: "k1".into(), body: "{\"a\":1}".into(), sent: false }
    }

    #[test]
    fn nothing_leaves_before_it_is_kept() {
        let (state, effects) = step(&State::default(), Event::Go(submission()));
        assert!(matches!(&effects[..], [Effect::Keep(Some(kept))] if kept.sent));
        let (state, effects) = step(&state, Event::Kept);
        assert!(matches!(&effects[..], [Effect::Post(sent)] if sent.key == "k1"));
        assert_eq!(step(&state, Event::Go(submission())).1, []);
    }

    #[test]
    fn a_double_tap_sends_once() {
        let (state, _) = step(&State::default(), Event::Go(submission()));
        let again = Submission { key: "k2".into(), ..submission() };
        assert_eq!(step(&state, Event::Go(again)), (state, vec![]));
    }

    #[test]
    fn a_rejection_frees_the_draft() {
        let (state, _) = step(&State::default(), Event::Go(submission()));
        let (state, _) = step(&state, Event::Kept);
        let (state, effects) = step(&state, Event::Rejected);
        assert_eq!(state.phase, Phase::Rejected);
        assert_eq!(effects, [Effect::Keep(None)]);
    }

    proptest! {
        /// However the link behaves: every try is the same bytes under the same key, and the draft
        /// ends only after the server named the dossier.
        #[test]
        fn exactly_once(faults in prop::collection::vec(any::<bool>(), 0..40)) {
            let mut faults = faults.into_iter();
            let mut state = State::default();
            let mut events = vec![Event::Go(submission())];
            let mut named = false;
            let mut ended = false;
            for _ in 0..400 {
                let Some(event) = events.pop() else {
                    if state.phase == Phase::Stalled {
                        events.push(Event::Woke);
                        continue;
                    }
                    break;
                };
                let (next, effects) = step(&state, event);
                state = next;
                for effect in effects {
                    match effect {
                        Effect::Keep(_) => events.push(Event::Kept),
                        Effect::Post(sent) => {
                            prop_assert_eq!((sent.key.as_str(), sent.body.as_str()), ("k1", "{\"a\":1}"));
                            let broke = faults.next().unwrap_or(false);
                            named |= !broke;
                            events.push(if broke { Event::NoAnswer } else { Event::Accepted });
                        }
                        Effect::KeepReceipt => events.push(Event::ReceiptKept),
                        Effect::EndDraft => ended = true,
                        Effect::Wake(_) => events.push(Event::Woke),
                    }
                }
            }
            prop_assert!(named && ended);
            prop_assert_eq!(state.phase, Phase::Done);
        }
    }
}
