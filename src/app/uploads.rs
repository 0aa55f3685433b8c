//! Takes picked papers: makes pictures small, keeps the bytes on this device, and says how far each is
//! on its way. Sending is in `send`. Knows nothing of screens.

mod send;

use super::{Services, vault};
use crate::browser::image::{self, Blob, Picked};
use crate::browser::storage::Shelf;
use crate::browser::{clock, crypto, tasks};
use leptos::prelude::*;
use motcua_journeys::draft::{Event as DraftEvent, Paper};
use motcua_journeys::upload::{Phase, State};

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
}

fn find<'a, T>(list: &'a [(String, T)], id: &str) -> Option<&'a T> {
    list.iter().find(|(key, _)| key == id).map(|(_, value)| value)
}
