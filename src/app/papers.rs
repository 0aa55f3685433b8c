//! Takes photographed and picked papers: keeps the bytes on this device before anything else happens,
//! has pages made of photos (`make`) and files of pages (`bind`), and hands the files to `uploads`.
//! Knows nothing of screens.

mod bind;
mod make;

pub use make::{shares, ten_thousandths};

use super::{Services, vault};
use crate::browser::image::{self, Blob, Picked};
use crate::browser::paper_worker::PaperWorker;
use crate::browser::storage::Shelf;
use crate::browser::{Refused, clock, crypto, tasks};
use leptos::prelude::*;
use motcua_journeys::draft::{Correction, Event, Paper, Sheet, SheetEvent};
use motcua_journeys::upload::Phase;
use std::rc::Rc;

/// Most bytes of a photo: what a phone of 48 megapixels writes, twice.
const LARGEST_PHOTO: u64 = 60_000_000;
/// The longest edge and the most bytes of a photo that is shown to be put right.
const PREVIEW_EDGE: u32 = 1_400;
const PREVIEW_BYTES: u32 = 400_000;
/// Most pages of a paper.
const MOST_PAGES: usize = 30;

/// Why a picked file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PickProblem {
    /// No bytes.
    Empty,
    /// Neither picture nor PDF.
    WrongKind,
    /// A picture that this browser cannot read.
    Unreadable,
    /// A picture as iPhones write it, which this browser cannot read.
    Heic,
    /// Larger than is taken.
    TooLarge,
    /// More pages than a paper can have.
    TooManyPages,
    /// This device could not keep it.
    NotKept,
}

/// A file that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotTaken {
    /// For which component it was.
    pub component: String,
    /// The page that it was, where its photo was taken in first.
    pub sheet: Option<String>,
    /// What it was called.
    pub name: String,
    /// Why.
    pub problem: PickProblem,
}

/// Papers on their way from a photo to a file.
#[derive(Clone, Copy)]
pub struct PaperService {
    /// Files that were not taken since their component's page was opened.
    pub not_taken: RwSignal<Vec<NotTaken>>,
    /// Components whose pages cannot be put into a file just now.
    pub not_bound: RwSignal<Vec<String>>,
    worker: StoredValue<Option<Rc<PaperWorker>>, LocalStorage>,
    /// Whether pages are being made: one at a time, or a phone would run out of memory.
    making: StoredValue<bool>,
    /// The component whose camera is open: its file waits for the last page.
    held: StoredValue<Option<String>>,
    /// Counts changes: a file is made when none came for a while.
    changes: StoredValue<u32>,
    binding: StoredValue<bool>,
}

impl PaperService {
    /// Nothing under way.
    pub fn new() -> Self {
        Self {
            not_taken: RwSignal::new(vec![]),
            not_bound: RwSignal::new(vec![]),
            worker: StoredValue::new_local(None),
            making: StoredValue::new(false),
            held: StoredValue::new(None),
            changes: StoredValue::new(0),
            binding: StoredValue::new(false),
        }
    }

    /// Takes picked files for a component of the open draft. Pictures become pages; PDFs go as they
    /// are.
    pub async fn take_files(self, services: Services, component: &str, files: Vec<Picked>) {
        self.forget_problems(component);
        for file in files {
            let name = file.name();
            let taken = if file.size() == 0 {
                Err(PickProblem::Empty)
            } else if is_pdf(&file) {
                self.take_document(services, component, &file).await
            } else if is_picture(&file) {
                let blob = image::copy(&file).await.map_err(|_| PickProblem::Unreadable);
                match blob {
                    Ok(blob) => {
                        let photo = Photo { name: name.clone(), taken: file.made_at(), blob };
                        self.take_photo(services, component, photo, None).await.map(|_| ())
                    }
                    Err(problem) => Err(problem),
                }
            } else {
                Err(PickProblem::WrongKind)
            };
            if let Err(problem) = taken {
                self.refuse(component, None, name, problem);
            }
        }
    }

    /// Takes a photo as a page of a component, or in the place of a page that was taken again. Gives
    /// the page's id once the photo is on this device; the page itself is made after that.
    pub async fn take_photo(
        self,
        services: Services,
        component: &str,
        photo: Photo,
        instead_of: Option<String>,
    ) -> Result<String, PickProblem> {
        if image::size_of(&photo.blob) > LARGEST_PHOTO {
            return Err(PickProblem::TooLarge);
        }
        let pages =
            services.draft.current_now().map_or(0, |draft| draft.sheets_of(component).len());
        if pages >= MOST_PAGES && instead_of.is_none() {
            return Err(PickProblem::TooManyPages);
        }
        let id = crypto::random_key().map_err(|_| PickProblem::NotKept)?;
        keep(&id, &photo.blob).await?;
        let sheet = Sheet::new(id.clone(), photo.name, photo.taken);
        let event = SheetEvent::Taken { component: component.to_owned(), sheet, instead_of };
        if !self.tell(services, event).await {
            return Err(PickProblem::NotKept);
        }
        self.go_on(services);
        Ok(id)
    }

    async fn take_document(
        self,
        services: Services,
        component: &str,
        file: &Picked,
    ) -> Result<(), PickProblem> {
        let limit = services.get_config().await.map_or(u64::MAX, |config| config.max_upload_bytes);
        if file.size() > limit {
            return Err(PickProblem::TooLarge);
        }
        let blob = image::copy(file).await.map_err(|_| PickProblem::Unreadable)?;
        let paper = kept_paper(file.name(), PDF, &blob, vec![]).await?;
        let (component, now) = (component.to_owned(), clock::now_seconds());
        services.draft.tell_and_wait(Event::PaperAdded { component, paper, now }).await;
        services.uploads.resume_all(services);
        Ok(())
    }

    /// Cuts a page out of its photo otherwise.
    pub async fn correct(self, services: Services, id: &str, correction: Correction) {
        let id = id.to_owned();
        self.not_taken.update(|all| all.retain(|known| known.sheet.as_ref() != Some(&id)));
        self.tell(services, SheetEvent::Corrected { id, correction }).await;
        self.go_on(services);
    }

    /// What else the citizen does with a page: wants it all the same, moves it, takes it out.
    pub async fn change(self, services: Services, event: SheetEvent) {
        self.tell(services, event).await;
        self.go_on(services);
    }

    /// A page's photo, small enough to be shown whole; an address that whoever asks gives back.
    pub async fn preview(self, id: &str) -> Option<String> {
        let photo = vault::find_blob(Shelf::Papers, id).await.ok().flatten()?;
        let small = match self.worker().await {
            Ok(worker) => worker.reduce(&photo, PREVIEW_EDGE, PREVIEW_BYTES).await,
            Err(_) => image::shrink(&photo).await,
        };
        small.ok().and_then(|small| image::url_of(&small))
    }

    /// Looks for a page's corners in its photo anew.
    pub async fn find_corners(self, id: &str) -> Option<Correction> {
        let photo = vault::find_blob(Shelf::Papers, id).await.ok().flatten()?;
        let worker = self.worker().await.ok()?;
        make::automatic(&worker, &photo).await.ok()
    }

    /// While a component's camera is open its file waits; afterwards it is made at once.
    pub fn hold(self, services: Services, component: Option<String>) {
        let lets_go = component.is_none();
        self.held.set_value(component);
        if lets_go {
            tasks::start(self.bind_all(services));
        }
    }

    /// The network is back, or the page was left for a moment, perhaps to make room on the device: what
    /// could not be kept or joined is tried again.
    pub fn wake(self, services: Services) {
        let kept_out = |known: &NotTaken| known.problem == PickProblem::NotKept;
        let waits = self.not_taken.with_untracked(|all| all.iter().any(kept_out));
        if waits {
            self.not_taken.update(|all| all.retain(|known| !kept_out(known)));
        }
        if waits || self.not_bound.with_untracked(|all| !all.is_empty()) {
            self.go_on(services);
        }
    }

    /// Why a page could not be made.
    pub fn problem_of(self, sheet: &str) -> Option<PickProblem> {
        self.not_taken.with(|all| {
            let own = all.iter().find(|known| known.sheet.as_deref() == Some(sheet));
            own.map(|known| known.problem)
        })
    }

    /// Makes the pages that are not made yet, then the files.
    pub fn go_on(self, services: Services) {
        self.changes.update_value(|changes| *changes = changes.wrapping_add(1));
        tasks::start(async move {
            self.make_all(services).await;
            self.bind_when_quiet(services).await;
        });
    }

    /// The problems of a component are seen; new ones may come.
    pub fn forget_problems(self, component: &str) {
        self.not_taken.update(|all| all.retain(|known| known.component != component));
    }

    fn refuse(self, component: &str, sheet: Option<String>, name: String, problem: PickProblem) {
        let component = component.to_owned();
        self.not_taken.update(|all| all.push(NotTaken { component, sheet, name, problem }));
    }

    /// Tells the draft, and forgets the pictures of what goes.
    async fn tell(self, services: Services, event: SheetEvent) -> bool {
        let before = services.draft.current_now().map(|draft| draft.blobs()).unwrap_or_default();
        let safe = services.draft.tell_and_wait(Event::Sheet { event, now: clock::now_seconds() });
        let safe = safe.await;
        let after = services.draft.current_now().map(|draft| draft.blobs()).unwrap_or_default();
        for gone in before.iter().filter(|id| !after.contains(id)) {
            services.pictures.forget(gone);
            services.uploads.forget(gone);
        }
        safe
    }

    /// The worker; started when there is none.
    async fn worker(self) -> Result<Rc<PaperWorker>, Refused> {
        if let Some(worker) = self.worker.get_value() {
            return Ok(worker);
        }
        let worker = Rc::new(PaperWorker::start().await?);
        self.worker.set_value(Some(Rc::clone(&worker)));
        Ok(worker)
    }

    /// Ends the worker: it failed, and the next one begins anew.
    fn end_worker(self) {
        self.worker.set_value(None);
    }

    /// The worker, for a camera's frames.
    pub async fn eyes(self) -> Result<Rc<PaperWorker>, Refused> {
        self.worker().await
    }
}

/// A photo that was just taken or picked.
pub struct Photo {
    /// What it is called.
    pub name: String,
    /// When it was taken, in milliseconds; 0 when nobody knows.
    pub taken: i64,
    /// Its bytes.
    pub blob: Blob,
}

/// The media type of a PDF.
const PDF: &str = "application/pdf";

fn is_pdf(file: &Picked) -> bool {
    file.media_type() == PDF
}

/// Pictures by the browser's guess, or by their name: some browsers know no type for HEIC.
fn is_picture(file: &Picked) -> bool {
    file.media_type().starts_with("image/") || is_heic(&file.name())
}

fn is_heic(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with(".heic") || name.ends_with(".heif")
}

async fn keep(id: &str, blob: &Blob) -> Result<(), PickProblem> {
    vault::put_blob(Shelf::Papers, id, blob).await.map_err(|why| {
        tasks::log_failure("keep paper", &why);
        PickProblem::NotKept
    })
}

/// A file whose bytes are on this device.
pub(super) async fn kept_paper(
    name: String,
    media_type: &str,
    blob: &Blob,
    pages: Vec<String>,
) -> Result<Paper, PickProblem> {
    let size = image::size_of(blob);
    let bytes = image::bytes(blob, 0, size).await.map_err(|_| PickProblem::Unreadable)?;
    let sha256 = crypto::sha256(&bytes).await.map_err(|_| PickProblem::NotKept)?;
    let id = crypto::random_key().map_err(|_| PickProblem::NotKept)?;
    keep(&id, blob).await?;
    Ok(Paper {
        id,
        name,
        media_type: media_type.to_owned(),
        size,
        sha256: crypto::hex(&sha256),
        upload: Phase::Waiting,
        pages,
        doubts: vec![],
    })
}
