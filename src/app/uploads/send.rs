//! Sending kept papers: runs the journey `upload` for each over tus. Knows nothing of screens, nor of
//! how a paper was picked.

use super::UploadService;
use crate::app::{Services, api, vault};
use crate::browser::http::{Body, Method, Request, Response};
use crate::browser::storage::Shelf;
use crate::browser::{crypto, image, tasks};
use leptos::prelude::*;
use motcua_contract::endpoints;
use motcua_contract::problem::ProblemType;
use motcua_contract::uploads::{CHECKSUM_MISMATCH_STATUS, OFFSET_OCTET_STREAM, TUS_VERSION};
use motcua_journeys::draft::Event as DraftEvent;
use motcua_journeys::upload::{Effect, Event, Phase, Refusal, State, step};

/// Milliseconds for one part of a file; weak links are slow.
const PART_PATIENCE: u32 = 60_000;

impl UploadService {
    /// One loop for each paper; a second one for the same paper does nothing.
    pub(super) fn run(self, services: Services, id: String, size: u64, phase: Phase) {
        if self.busy.with_value(|busy| busy.contains(&id)) {
            return;
        }
        self.busy.update_value(|busy| busy.push(id.clone()));
        tasks::start(async move {
            let mut state = State::resume(size, phase);
            let mut event = Some(Event::Go);
            while let Some(happened) = event.take() {
                let (next, effects) = step(&state, happened);
                state = next;
                if services.draft.find_paper_now(&id).is_none() {
                    give_up(&state).await;
                    break;
                }
                self.running.update(|running| {
                    match running.iter_mut().find(|(key, _)| *key == id) {
                        Some((_, known)) => *known = state.clone(),
                        None => running.push((id.clone(), state.clone())),
                    }
                });
                for effect in effects {
                    event = carry_out(services, &id, &state, effect).await;
                }
            }
            self.busy.update_value(|busy| busy.retain(|busy| *busy != id));
        });
    }
}

async fn carry_out(services: Services, id: &str, state: &State, effect: Effect) -> Option<Event> {
    match effect {
        Effect::Wake(milliseconds) => {
            tasks::sleep(milliseconds).await;
            Some(Event::Woke)
        }
        Effect::Keep => {
            let event = DraftEvent::UploadMoved { id: id.to_owned(), phase: state.phase.clone() };
            services.draft.tell_and_wait(event).await;
            match state.phase {
                Phase::Sending { .. } => Some(Event::Kept),
                _ => None,
            }
        }
        Effect::Create => Some(create(services, id).await),
        Effect::Ask { url } => {
            let answer = api::ask(tus(Method::Head, url)).await;
            Some(answer.map_or(Event::Broke, |response| event_of(&response)))
        }
        Effect::Send { url, from, to } => Some(send(id, url, from, to).await),
    }
}

fn tus(method: Method, url: String) -> Request {
    let mut request = api::plain(method, url);
    request.headers.push(("Tus-Resumable", TUS_VERSION.to_owned()));
    request.patience = PART_PATIENCE;
    request
}

async fn create(services: Services, id: &str) -> Event {
    let Ok(target) = api::at(services, &endpoints::CREATE_UPLOAD, &[]).await else {
        return Event::Broke;
    };
    let Some(paper) = services.draft.find_paper_now(id) else { return Event::Broke };
    let mut request = tus(Method::Post, target.url);
    let metadata = format!(
        "filename {},filetype {}",
        crypto::base64(paper.name.as_bytes()),
        crypto::base64(paper.media_type.as_bytes())
    );
    request.headers.push(("Upload-Length", paper.size.to_string()));
    request.headers.push(("Upload-Metadata", metadata));
    match api::ask(request).await {
        Ok(response) if response.status == 201 => {
            let location = response.find_header("location").map(str::to_owned);
            location.map_or(Event::Broke, |url| Event::Created { url })
        }
        Ok(response) => event_of(&response),
        Err(_) => Event::Broke,
    }
}

async fn send(id: &str, url: String, from: u64, to: u64) -> Event {
    let Ok(Some(blob)) = vault::find_blob(Shelf::Papers, id).await else {
        return Event::Refused(Refusal::Other);
    };
    let Ok(bytes) = image::bytes(&blob, from, to).await else {
        return Event::Refused(Refusal::Other);
    };
    let Ok(digest) = crypto::sha256(&bytes).await else { return Event::Broke };
    let mut request = tus(Method::Patch, url);
    request.headers.push(("Content-Type", OFFSET_OCTET_STREAM.to_owned()));
    request.headers.push(("Upload-Offset", from.to_string()));
    request.headers.push(("Upload-Checksum", format!("sha256 {}", crypto::base64(&digest))));
    request.body = Body::Bytes(bytes);
    api::ask(request).await.map_or(Event::Broke, |response| event_of(&response))
}

/// What an answer of the upload's endpoints means.
fn event_of(response: &Response) -> Event {
    let offset = response.find_header("upload-offset").and_then(|text| text.parse().ok());
    match (response.status, offset) {
        (200..=299, Some(offset)) => Event::Offset(offset),
        (404 | 410, _) => Event::Gone,
        (409, _) => Event::OutOfStep,
        (CHECKSUM_MISMATCH_STATUS, _) => Event::Mangled,
        (400 | 413 | 415, _) => Event::Refused(match api::failure_of(response).find_kind() {
            Some(ProblemType::UploadTooLarge | ProblemType::BodyTooLarge) => Refusal::TooLarge,
            Some(ProblemType::UploadEmpty) => Refusal::Empty,
            Some(ProblemType::UploadTypeRefused) => Refusal::WrongKind,
            _ => Refusal::Other,
        }),
        _ => Event::Broke,
    }
}

/// Ends an upload whose paper was taken out; the backend forgets it in time anyway.
async fn give_up(state: &State) {
    if let Phase::Sending { url, .. } | Phase::Finished { url } = &state.phase {
        let _ = api::ask(tus(Method::Delete, url.clone())).await;
    }
}
