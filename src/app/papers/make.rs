//! From a photo to a flat page: asks the worker, keeps the page, tells the draft. One at a time. When
//! the worker cannot be had, the photo itself is made small and is the page.

use super::{PaperService, PickProblem, is_heic, keep};
use crate::app::{Services, vault};
use crate::browser::image::{self, Blob};
use crate::browser::paper_worker::{Corners, Flat, PaperWorker};
use crate::browser::storage::Shelf;
use crate::browser::{Refused, crypto, tasks};
use leptos::prelude::*;
use motcua_domain::paper::PaperFault;
use motcua_journeys::draft::{Correction, FlatPage, Sheet, SheetEvent};

/// Most bytes of a page: an A4 page at 200 dpi reads well in it.
const PAGE_BYTES: u32 = 600_000;
/// Ten-thousandths, in which a draft keeps corners.
const SHARES: f64 = 10_000.0;

impl PaperService {
    /// Makes every page of the open draft that is not made yet.
    pub(super) async fn make_all(self, services: Services) {
        if self.making.get_value() {
            return;
        }
        self.making.set_value(true);
        while let Some((component, sheet)) = self.find_unmade(services) {
            if let Err(problem) = self.make(services, &component, &sheet).await {
                self.refuse(&component, Some(sheet.id.clone()), sheet.name.clone(), problem);
                if problem != PickProblem::NotKept {
                    // Nobody will ever read it: it would only stand in the way.
                    self.tell(services, SheetEvent::Removed { id: sheet.id }).await;
                }
            }
        }
        self.making.set_value(false);
    }

    fn find_unmade(self, services: Services) -> Option<(String, Sheet)> {
        let draft = services.draft.current_now()?;
        let mut all = draft.sheets.into_iter().flat_map(|(component, sheets)| {
            sheets.into_iter().map(move |sheet| (component.clone(), sheet))
        });
        all.find(|(_, sheet)| {
            sheet.page.is_none() && untrack(|| self.problem_of(&sheet.id)).is_none()
        })
    }

    async fn make(
        self,
        services: Services,
        component: &str,
        sheet: &Sheet,
    ) -> Result<(), PickProblem> {
        // A store that cannot be read just now has not lost the photo: it stays, for the next start.
        let photo = vault::find_blob(Shelf::Papers, &sheet.id).await.map_err(|why| {
            tasks::log_failure("read photo", &why);
            PickProblem::NotKept
        })?;
        let photo = photo.ok_or(PickProblem::Unreadable)?;
        let made = match self.ask_worker(&photo, sheet.correction).await {
            Err(why) if why.message == "unreadable" || why.message == "too_large" => {
                let heic = is_heic(&sheet.name) || photo.type_().contains("hei");
                return Err(match (why.message.as_str(), heic) {
                    ("too_large", _) => PickProblem::TooLarge,
                    (_, true) => PickProblem::Heic,
                    (_, false) => PickProblem::Unreadable,
                });
            }
            Err(why) => {
                tasks::log_failure("make page", &why);
                self.end_worker();
                without_worker(&photo, sheet.correction).await?
            }
            Ok(made) => made,
        };
        let (flat, correction) = made;
        let mut faults: Vec<PaperFault> =
            flat.faults.iter().filter_map(|name| PaperFault::find(name)).collect();
        if self.is_there_already(services, component, sheet, &flat.fingerprint).await {
            faults.push(PaperFault::SamePage);
        }
        let id = crypto::random_key().map_err(|_| PickProblem::NotKept)?;
        keep(&id, &flat.page).await?;
        services.pictures.show(&id, &flat.page);
        let size = image::size_of(&flat.page);
        let bytes = image::bytes(&flat.page, 0, size).await.map_err(|_| PickProblem::NotKept)?;
        let sha256 = crypto::sha256(&bytes).await.map_err(|_| PickProblem::NotKept)?;
        let (sha256, fingerprint) = (crypto::hex(&sha256), flat.fingerprint);
        let page = FlatPage { id, size, sha256, faults, fingerprint };
        self.tell(services, SheetEvent::Flattened { id: sheet.id.clone(), correction, page }).await;
        Ok(())
    }

    async fn ask_worker(
        self,
        photo: &Blob,
        correction: Option<Correction>,
    ) -> Result<(Flat, Correction), Refused> {
        let worker = self.worker().await?;
        let correction = match correction {
            Some(correction) => correction,
            None => automatic(&worker, photo).await?,
        };
        let corners = correction.corners.map(shares);
        let Correction { turn, clean, .. } = correction;
        let flat = worker.flatten(photo, corners, turn, clean, PAGE_BYTES).await?;
        Ok((flat, correction))
    }

    /// Whether another page of the component shows the same.
    async fn is_there_already(
        self,
        services: Services,
        component: &str,
        sheet: &Sheet,
        fingerprint: &str,
    ) -> bool {
        let Some(draft) = services.draft.current_now() else { return false };
        let others = draft.sheets_of(component).iter().filter(|other| other.id != sheet.id);
        let mut fingerprints: Vec<String> = others
            .filter_map(|other| other.page.as_ref())
            .map(|page| page.fingerprint.clone())
            .filter(|known| !known.is_empty())
            .collect();
        if fingerprint.is_empty() || fingerprints.is_empty() {
            return false;
        }
        let own = fingerprints.len();
        fingerprints.push(fingerprint.to_owned());
        let Ok(worker) = self.worker().await else { return false };
        let pairs = worker.same(&fingerprints).await.unwrap_or_default();
        pairs.iter().any(|(one, other)| *one == own || *other == own)
    }
}

/// How a page is cut out when nobody said so: as the worker sees it.
pub async fn automatic(worker: &PaperWorker, photo: &Blob) -> Result<Correction, Refused> {
    let look = worker.look(photo).await?;
    let corners = look.corners.map(ten_thousandths);
    Ok(Correction { corners, turn: look.turn, clean: corners.is_some() })
}

/// The photo itself, made small. Nobody looked for faults.
async fn without_worker(
    photo: &Blob,
    correction: Option<Correction>,
) -> Result<(Flat, Correction), PickProblem> {
    let page = image::shrink(photo).await.map_err(|why| {
        tasks::log_failure("read picture", &why);
        PickProblem::Unreadable
    })?;
    let whole = Correction { corners: None, turn: 0, clean: false };
    let flat = Flat { page, faults: vec![], fingerprint: String::new() };
    Ok((flat, correction.unwrap_or(whole)))
}

/// Corners as the worker takes them.
pub fn shares(corners: [i32; 8]) -> Corners {
    corners.map(|number| f64::from(number) / SHARES)
}

/// Corners as a draft keeps them.
pub fn ten_thousandths(corners: Corners) -> [i32; 8] {
    #[expect(clippy::cast_possible_truncation, reason = "a share of a picture, near 0 to 1")]
    let numbers = corners.map(|share| (share.clamp(-1.0, 2.0) * SHARES).round() as i32);
    numbers
}
