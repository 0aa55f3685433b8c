//! Takes picked papers: makes pictures small, keeps the bytes on this device, and runs the journey
//! `upload` for each over tus. Knows nothing of screens.

use super::{Services, api, vault};
use crate::browser::http::{Body, Method, Request, Response};
use crate::browser::image::{self, Blob, Picked};
use crate::browser::storage::Shelf;
use crate::browser::{clock, crypto, tasks};
use leptos::prelude::*;
use motcua_contract::endpoints;
use motcua_contract::problem::ProblemType;
use motcua_contract::uploads::{CHECKSUM_MISMATCH_STATUS, OFFSET_OCTET_STREAM, TUS_VERSION};
use motcua_journeys::draft::{Event as DraftEvent, Paper};
use motcua_journeys::upload::{Effect, Event, Phase, Refusal, State, step};

/// Milliseconds for one part of a file; weak links are slow.
const PART_PATIENCE: u32 = 60_000;

/// Why a picked file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PickProblem {
    /// No bytes.
    Empty,
    /// Neither picture nor PDF.
    WrongKind,
    /// A picture that this browser cannot read.
    Unreadable,
    /// Larger than the backend takes.
    TooLarge,
    /// This device could not keep it.
    NotKept,
}

/// Files on their way.
#[derive(Clone, Copy)]
pub struct UploadService {
    /// Running uploads by paper.
    running: RwSignal<Vec<(String, State)>>,
    /// Addresses of small pictures by paper.
    pictures: RwSignal<Vec<(String, String)>>,
    /// Papers that a loop is working on.
    busy: StoredValue<Vec<String>>,
}

impl UploadService {
    /// Nothing under way.
    pub fn new() -> Self {
        Self {
            running: RwSignal::new(Vec::new()),
            pictures: RwSignal::new(Vec::new()),
            busy: StoredValue::new(Vec::new()),
        }
    }

    /// How far a paper is, while it is on its way.
    pub fn find_state(self, id: &str) -> Option<State> {
        self.running.with(|running| find(running, id).cloned())
    }

    /// The address of a paper's picture.
    pub fn find_picture(self, id: &str) -> Option<String> {
        self.pictures.with(|pictures| find(pictures, id).cloned())
    }

    /// Takes a picked file for a component of the open draft and begins to send it.
    pub async fn take(
        self,
        services: Services,
        component: String,
        file: Picked,
    ) -> Result<(), PickProblem> {
        let limit = services.get_config().await.map_or(u64::MAX, |config| config.max_upload_bytes);
        if file.size() == 0 {
            return Err(PickProblem::Empty);
        }
        let is_picture = file.media_type().starts_with("image/");
        let is_pdf = file.media_type() == "application/pdf";
        let blob = if is_picture {
            image::shrink(file.blob()).await.map_err(|why| {
                tasks::log_failure("read picture", &why);
                PickProblem::Unreadable
            })?
        } else if is_pdf {
            image::copy(&file).await.map_err(|_| PickProblem::Unreadable)?
        } else {
            return Err(PickProblem::WrongKind);
        };
        let size = image::size_of(&blob);
        if size > limit {
            return Err(PickProblem::TooLarge);
        }
        let bytes = image::bytes(&blob, 0, size).await.map_err(|_| PickProblem::Unreadable)?;
        let sha256 = crypto::sha256(&bytes).await.map_err(|_| PickProblem::NotKept)?;
        let id = crypto::random_key().map_err(|_| PickProblem::NotKept)?;
        vault::put_blob(Shelf::Papers, &id, &blob).await.map_err(|why| {
            tasks::log_failure("keep paper", &why);
            PickProblem::NotKept
        })?;
        let media_type = if is_pdf { "application/pdf" } else { "image/jpeg" };
        self.show_picture(&id, media_type, &blob);
        let paper = Paper {
            id: id.clone(),
            name: file.name(),
            media_type: media_type.to_owned(),
            size,
            sha256: crypto::hex(&sha256),
            upload: Phase::Waiting,
        };
        let now = clock::now_seconds();
        services.draft.tell(DraftEvent::PaperAdded { component, paper, now });
        self.run(services, id, size, Phase::Waiting);
        Ok(())
    }

    /// Goes on with every paper of the open draft that is not there yet.
    pub fn resume_all(self, services: Services) {
        let draft = untrack(|| services.draft.current());
        for paper in draft.into_iter().flat_map(|draft| draft.papers.into_values().flatten()) {
            let (id, media_type) = (paper.id.clone(), paper.media_type.clone());
            if untrack(|| self.find_picture(&id)).is_none() {
                tasks::start(async move {
                    if let Ok(Some(blob)) = vault::find_blob(Shelf::Papers, &id).await {
                        self.show_picture(&id, &media_type, &blob);
                    }
                });
            }
            if matches!(paper.upload, Phase::Waiting | Phase::Sending { .. }) {
                self.run(services, paper.id, paper.size, paper.upload);
            }
        }
    }

    /// Tries a stalled paper again.
    pub fn retry(self, services: Services, id: &str) {
        let paper =
            untrack(|| services.draft.current()).and_then(|draft| draft.find_paper(id).cloned());
        if let Some(paper) = paper {
            // A file that was refused for an odd reason may be sent anew.
            let phase = match paper.upload {
                Phase::Refused { .. } => Phase::Waiting,
                phase => phase,
            };
            self.run(services, paper.id, paper.size, phase);
        }
    }

    /// Forgets a paper that was taken out.
    pub fn forget(self, id: &str) {
        self.running.update(|running| running.retain(|(key, _)| key != id));
        if let Some(picture) = untrack(|| self.find_picture(id)) {
            image::forget_url(&picture);
            self.pictures.update(|pictures| pictures.retain(|(key, _)| key != id));
        }
    }

    fn show_picture(self, id: &str, media_type: &str, blob: &Blob) {
        if media_type.starts_with("image/")
            && let Some(url) = image::url_of(blob)
        {
            self.pictures.update(|pictures| pictures.push((id.to_owned(), url)));
        }
    }

    /// One loop for each paper; a second one for the same paper does nothing.
    fn run(self, services: Services, id: String, size: u64, phase: Phase) {
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

fn find<'a, T>(list: &'a [(String, T)], id: &str) -> Option<&'a T> {
    list.iter().find(|(key, _)| key == id).map(|(_, value)| value)
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
