//! Feedback (phản ánh, kiến nghị) of this device: what is being written, what waits for a network, what was
//! sent. What waits goes by itself when the network is back. Knows nothing of screens.

pub mod notes;
mod send;
pub mod voices;

use super::{Failure, Services, vault};
#[cfg(feature = "parts")]
use crate::browser::Refused;
use crate::browser::storage::Shelf;
use crate::browser::tasks;
use leptos::prelude::*;
use motcua_domain::feedback::FeedbackCode;

/// How a note that is to go stands on the shelf. Most people have none: this part of the app need not know
/// more of notes.
const QUEUED: &str = "\"queued\":true";

/// What became of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The office has it: the note, and the feedback that it became or was added to.
    Sent(String, FeedbackCode),
    /// The office said no, or it could not be sent: the note, and why.
    NotSent(String, Failure),
}

/// Feedback of this device, as every page may ask of it.
#[derive(Clone, Copy)]
pub struct FeedbackService {
    /// What became of notes since the app was opened; the newest.
    pub outcome: RwSignal<Option<Outcome>>,
    /// The address of the page whose link to feedback was followed.
    pub from: StoredValue<String>,
    /// How often sending was asked for.
    pub asked: RwSignal<u32>,
    busy: StoredValue<bool>,
}

impl FeedbackService {
    /// Nothing was asked for yet.
    pub fn new() -> Self {
        Self {
            outcome: RwSignal::new(None),
            from: StoredValue::new(String::new()),
            asked: RwSignal::new(0),
            busy: StoredValue::new(false),
        }
    }

    /// Sends what waits, if there is a network. What is asked for while something is sent goes with it.
    pub fn look(self, services: Services) {
        self.asked.update(|asked| *asked = asked.wrapping_add(1));
        if self.busy.get_value() || !services.online.get_untracked() {
            return;
        }
        self.busy.set_value(true);
        tasks::start(async move {
            loop {
                let asked = self.asked.get_untracked();
                let texts = vault::texts(Shelf::Feedback).await.unwrap_or_default();
                if texts.iter().any(|text| text.contains(QUEUED)) {
                    sending(services).await;
                }
                // A note may have come to the shelf while it was looked at.
                if self.asked.get_untracked() == asked {
                    break;
                }
            }
            self.busy.set_value(false);
        });
    }

    /// Waits, but not longer than until sending is asked for again.
    async fn nap(self, milliseconds: u32) {
        let asked = self.asked.get_untracked();
        let mut left = milliseconds;
        while left > 0 && self.asked.get_untracked() == asked {
            let part = left.min(500);
            tasks::sleep(part).await;
            left -= part;
        }
    }
}

/// Sends. It comes with the part of the app that has the pages of feedback; if that does not come, the next
/// wake asks again.
async fn sending(services: Services) {
    #[cfg(feature = "parts")]
    match parts::sending(services).await {
        Ok(sending) => sending.await,
        Err(why) => tasks::log_failure("feedback", &Refused::because(&why.to_string())),
    }
    #[cfg(not(feature = "parts"))]
    send::all(services).await;
}

#[cfg(feature = "parts")]
mod parts {
    use super::{Services, send};
    use std::pin::Pin;
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    type Sending = Pin<Box<dyn Future<Output = ()>>>;

    #[wasm_split(voice, fallible)]
    pub fn sending(services: Services) -> Result<Sending, SplitLoaderError> {
        Ok(Box::pin(send::all(services)))
    }
}
