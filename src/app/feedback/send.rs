//! Sending notes of feedback: runs the journey `feedback`, in one window at a time. Each step is on the disk
//! before the next; only the office's answer ends a note. The citizen pressed "send": photos of a megabyte at
//! most go over any network.

use super::{Outcome, notes, voices};
use crate::app::uploads::tus;
use crate::app::{Failure, Services, api};
use crate::browser::{crypto, locks};
use leptos::prelude::*;
use motcua_contract::endpoints;
use motcua_contract::feedback::{FEEDBACK_KEY_HEADER, FeedbackReceipt, FeedbackView};
use motcua_contract::problem::{Problem, ProblemType};
use motcua_domain::feedback::FeedbackCode;
use motcua_journeys::draft::Submission;
use motcua_journeys::feedback::{Event, Next, Note, event_of};
use motcua_journeys::upload::{self, Effect, Pace, Phase};

/// The lock of the window that sends.
const LOCK: &str = "feedback";
/// Milliseconds to wait before each try after a break; the last one again and again.
const RETRY_AFTER: [u32; 5] = [1_000, 3_000, 10_000, 30_000, 60_000];
/// Breaks of one photo in a row after which the wait between tries is this file's.
const BREAKS: usize = 3;

/// Sends every note that waits, for as long as there is a network.
pub async fn all(services: Services) {
    // Another window does it already.
    let Some(_lock) = locks::take(LOCK, false, || {}).await else { return };
    let mut tries = 0;
    loop {
        let asked = services.feedback.asked.get_untracked();
        let mut left = false;
        for note in notes::waiting().await {
            left |= !one(services, note).await;
        }
        if !services.online.get_untracked() {
            return;
        }
        if !left {
            if services.feedback.asked.get_untracked() == asked {
                return;
            }
            continue;
        }
        let wait = RETRY_AFTER.get(tries).or(RETRY_AFTER.last()).copied().unwrap_or_default();
        tries += 1;
        services.feedback.nap(wait).await;
    }
}

/// Sends one. Gives whether it waits no longer.
async fn one(services: Services, mut note: Note) -> bool {
    loop {
        match note.next() {
            Next::Rest => return true,
            Next::Upload(id) => {
                if !photo(services, &mut note, &id).await {
                    return false;
                }
                if !note.queued {
                    let problem = Problem::new(ProblemType::UploadContentRefused);
                    let failure = Failure::Problem(Box::new(problem));
                    tell(services, Outcome::NotSent(note.id.clone(), failure));
                }
            }
            Next::Commit => {
                let (Some(body), Ok(key)) = (note.body(), crypto::random_key()) else {
                    return give_up(services, note, Failure::Strange).await;
                };
                note.apply(Event::Committed(Submission { key, body, sent: true }));
                // What is not kept is not sent: it could not be known again.
                if let Err(failure) = notes::keep(&note).await {
                    return give_up(services, note, failure).await;
                }
            }
            Next::Post(submission) => match post(services, &note, &submission).await {
                Ok(code) => {
                    notes::remove(&note).await;
                    tell(services, Outcome::Sent(note.id, code));
                    return true;
                }
                Err(failure) => {
                    let Some(event) = event_of(failure.find_kind()) else { return false };
                    note.apply(event);
                    let _ = notes::keep(&note).await;
                    if !note.queued {
                        tell(services, Outcome::NotSent(note.id.clone(), failure));
                    }
                }
            },
        }
    }
}

/// Nothing was taken, and a person must look.
async fn give_up(services: Services, mut note: Note, failure: Failure) -> bool {
    note.apply(Event::Rejected);
    let _ = notes::keep(&note).await;
    tell(services, Outcome::NotSent(note.id, failure));
    true
}

fn tell(services: Services, outcome: Outcome) {
    services.feedback.outcome.set(Some(outcome));
}

/// Sends a note; gives the code of the feedback that it became or was added to, once its key is kept.
async fn post(
    services: Services,
    note: &Note,
    submission: &Submission,
) -> Result<FeedbackCode, Failure> {
    let (key, body) = (&submission.key, submission.body.clone());
    let Some(to) = &note.to else {
        let mut request = api::at(services, &endpoints::SEND_FEEDBACK, &[]).await?;
        api::with_dossier_key(&mut request, note.dossier_key.as_deref());
        api::with_json(&mut request, key, body)?;
        let receipt: FeedbackReceipt = api::read(api::ask(request).await?)?;
        let FeedbackReceipt { code, key, feedback } = receipt;
        voices::keep_sent(code.clone(), key, feedback.received_at, note.text.trim()).await?;
        return Ok(code);
    };
    let path = [to.code.as_str()];
    let mut request = api::at(services, &endpoints::ADD_TO_FEEDBACK, &path).await?;
    request.headers.push((FEEDBACK_KEY_HEADER, to.key.clone()));
    api::with_json(&mut request, key, body)?;
    api::read::<FeedbackView>(api::ask(request).await?)?;
    Ok(to.code.clone())
}

/// Sends a photo to its end. Gives whether it came to one.
async fn photo(services: Services, note: &mut Note, id: &str) -> bool {
    let Some(paper) = note.photos.iter().find(|photo| photo.id == id).cloned() else {
        return false;
    };
    let phase = paper.upload.clone();
    let mut state = upload::State::resume(paper.size, phase, Pace::default());
    let mut event = Some(upload::Event::Go);
    while let Some(happened) = event.take() {
        let (next, effects) = upload::step(&state, happened);
        state = next;
        for effect in effects {
            event = match effect {
                Effect::Wake(_) if state.breaks > BREAKS || !services.online.get_untracked() => {
                    None
                }
                Effect::Wake(milliseconds) => {
                    services.feedback.nap(milliseconds).await;
                    Some(upload::Event::Woke)
                }
                Effect::Keep => {
                    let phase = state.phase.clone();
                    note.apply(Event::UploadMoved { id: id.to_owned(), phase });
                    let _ = notes::keep(note).await;
                    matches!(state.phase, Phase::Sending { .. }).then_some(upload::Event::Kept)
                }
                Effect::Create => Some(tus::create(services, &paper).await),
                Effect::Ask { url } => Some(tus::ask(url).await),
                Effect::Send { url, from, to } => Some(tus::send(id, url, from, to).await),
            };
        }
    }
    matches!(state.phase, Phase::Finished { .. } | Phase::Refused { .. })
}
