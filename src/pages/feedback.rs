//! Feedback to the office (phản ánh, kiến nghị): writing it, where it stands, and the published answers.

mod about;
mod addition;
mod answers_page;
mod letter;
mod lists;
mod photos;
mod voice_page;
mod write_page;

pub use answers_page::AnswersPage;
pub use voice_page::VoicePage;
pub use write_page::WritePage;

use crate::app::feedback::{Outcome, notes};
use crate::app::{Failure, Services};
use crate::browser::locks::Lock;
use crate::browser::tasks;
use crate::i18n::t;
use crate::kit::{ErrorLine, Notice, Tone};
use leptos::prelude::*;
use motcua_domain::feedback::{FeedbackCode, MAX_PLACE, MAX_TEXT};
use motcua_journeys::feedback::{Event, Note, Opened, Problem};
use std::pin::Pin;

/// Ids of the fields, to which an error summary links.
const ABOUT: &str = "feedback-about";
const TEXT: &str = "feedback-text";
const PHOTOS: &str = "feedback-photos";
const PLACE: &str = "feedback-place";
const PHONE: &str = "feedback-phone";

/// A note that somebody writes on: each change is kept.
#[derive(Clone, Copy)]
struct Desk {
    services: Services,
    /// The note as it is.
    note: RwSignal<Note>,
    /// Whether it is on the disk as it is; nothing before the first change.
    saved: RwSignal<Option<bool>>,
    /// Why it was not sent.
    failure: RwSignal<Option<Failure>>,
}

impl Desk {
    /// A desk for a note. The lock keeps other windows from it for as long as the component lives.
    fn new(services: Services, note: Note, lock: Option<Lock>) -> Self {
        let lock = StoredValue::new_local(lock);
        on_cleanup(move || lock.dispose());
        Self {
            services,
            note: RwSignal::new(note),
            saved: RwSignal::new(None),
            failure: RwSignal::new(None),
        }
    }

    /// Takes in what happened, and keeps the note.
    fn tell(self, event: Event) {
        let known = self.note.try_update(|note| {
            note.apply(event);
            note.clone()
        });
        if let Some(note) = known {
            tasks::start(async move {
                let kept = notes::keep(&note).await.is_ok();
                self.saved.try_set(Some(kept));
            });
        }
    }

    /// Sends, once it is on the disk that it is to be sent.
    fn send(self) {
        self.failure.set(None);
        let Some(note) = self.note.try_update(|note| {
            note.sample = !self.services.counter.story.with_untracked(String::is_empty);
            note.apply(Event::Queued(true));
            note.clone()
        }) else {
            return;
        };
        tasks::start(async move {
            match notes::keep(&note).await {
                Ok(()) => self.services.feedback.look(self.services),
                Err(failure) => {
                    self.note.try_update(|note| note.apply(Event::Queued(false)));
                    self.failure.try_set(Some(failure));
                }
            }
        });
    }

    /// What becomes of this note, each time that something does: `sent` runs when the office has it.
    fn watch(self, sent: Callback<FeedbackCode>) {
        Effect::new(move |_| {
            let outcome = self.services.feedback.outcome.get();
            let id = self.note.with_untracked(|note| note.id.clone());
            match outcome {
                Some(Outcome::Sent(which, code)) if which == id => sent.run(code),
                Some(Outcome::NotSent(which, why)) if which == id => {
                    tasks::start(async move {
                        if let Some(note) = notes::find(&id).await {
                            self.note.try_set(note);
                        }
                        self.failure.try_set(Some(why));
                    });
                }
                _ => {}
            }
        });
    }
}

/// A note that is being looked for, with the lock that keeps other windows from it.
type Opening = Pin<Box<dyn Future<Output = (Note, Option<Lock>)>>>;

/// The note to write on: one that was begun, or a new one.
async fn open_note(to: Option<Opened>) -> (Note, Option<Lock>) {
    let opened = notes::open(to.clone()).await;
    // Where nothing can be kept, the page says so when something is written.
    opened.unwrap_or_else(|_| (Note::new("only-here".to_owned(), to), None))
}

/// Draws what writes on a note, once the note is there.
fn at_desk(
    services: Services,
    opening: Opening,
    draw: Box<dyn Fn(Desk) -> AnyView + Send>,
) -> AnyView {
    let found = RwSignal::new_local(None::<(Note, Option<Lock>)>);
    tasks::start(async move {
        let opened = opening.await;
        found.try_set(Some(opened));
    });
    let drawn = move || {
        // The lock goes to the desk: taken out, so that this is drawn once.
        found.track();
        let taken = found.try_update_untracked(Option::take).flatten();
        taken.map(|(note, lock)| draw(Desk::new(services, note, lock)))
    };
    drawn.into_any()
}

/// What is wrong with a note, as the summary says it.
fn lines(problems: &[Problem]) -> Vec<ErrorLine> {
    let line = |problem: &Problem| {
        let (target, text) = match problem {
            Problem::About => (ABOUT, t().voice_about_missing().to_owned()),
            Problem::NoText => (TEXT, t().answer_missing(t().voice_text())),
            Problem::LongText => {
                (TEXT, t().answer_too_long(t().voice_text(), &MAX_TEXT.to_string()))
            }
            Problem::Place => {
                (PLACE, t().answer_too_long(t().voice_place(), &MAX_PLACE.to_string()))
            }
            Problem::Phone => (PHONE, t().delivery_phone_wrong().to_owned()),
            Problem::Photo => (PHOTOS, t().file_refused().to_owned()),
        };
        ErrorLine { target: target.to_owned(), text }
    };
    problems.iter().map(line).collect()
}

/// A quiet, truthful line: whether what is written is on this device.
#[component]
fn SavedLine(
    /// The note.
    desk: Desk,
) -> impl IntoView {
    let shared = desk.services.counter.is_on;
    move || {
        let saved = desk.saved.get()?;
        Some(match (saved, shared) {
            (false, _) => view! {
                <Notice tone=Tone::Warning live=true><p>{t().draft_unsafe()}</p></Notice>
            }
            .into_any(),
            (true, true) => {
                view! { <p class="hint" data-saved="true">{t().draft_saved_shared()}</p> }
                    .into_any()
            }
            (true, false) => {
                view! { <p class="hint" data-saved="true">{t().voice_saved()}</p> }.into_any()
            }
        })
    }
}

/// Why it was not sent.
#[component]
fn NotSent(
    /// The note.
    desk: Desk,
) -> impl IntoView {
    // Said also when the app was closed since.
    let before = Memo::new(move |_| desk.note.read().refused);
    move || {
        let failure = desk.failure.get();
        let refused = failure.is_some() || before.get();
        let why = failure.map(|why| view! { <p>{why.title()}</p><p>{why.advice()}</p> });
        refused.then(|| {
            view! {
                <Notice tone=Tone::Bad live=true><h2>{t().voice_not_sent()}</h2>{why}</Notice>
            }
        })
    }
}

/// While a note is on its way.
#[component]
fn OnItsWay(
    /// Services.
    services: Services,
) -> impl IntoView {
    let shared = services.counter.is_on;
    move || {
        let title = match services.online.get() {
            true => t().voice_sending_title(),
            false => t().voice_waiting_title(),
        };
        let text = if shared { t().draft_saved_shared() } else { t().voice_waiting() };
        view! { <Notice live=true><h2>{title}</h2><p>{text}</p></Notice> }
    }
}
