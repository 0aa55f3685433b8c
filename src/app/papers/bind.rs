//! From flat pages to the file that is sent: one page goes as it is, several as one PDF. A file is made
//! when the citizen pauses, leaves the camera or goes on, so that no page is sent over and over.

use super::{PDF, PaperService, PickProblem, kept_paper};
use crate::app::{Services, vault};
use crate::browser::storage::Shelf;
use crate::browser::{clock, tasks};
use leptos::prelude::*;
use motcua_journeys::draft::Event;

/// Milliseconds without a change after which a file is made.
const QUIET: u32 = 2_500;
/// Milliseconds between looks whether all pages are made.
const PAUSE: u32 = 100;

impl PaperService {
    /// Makes the files once nothing changed for a while.
    pub(super) async fn bind_when_quiet(self, services: Services) {
        let seen = self.changes.get_value();
        tasks::sleep(QUIET).await;
        if self.changes.get_value() == seen {
            self.bind_all(services).await;
        }
    }

    /// Makes every file that can be made, but that of a component whose camera is open. Waits for
    /// pages that are being made.
    pub async fn bind_all(self, services: Services) {
        while self.making.get_value() || self.binding.get_value() {
            tasks::sleep(PAUSE).await;
        }
        self.binding.set_value(true);
        let draft = services.draft.current_now();
        let components: Vec<String> =
            draft.into_iter().flat_map(|draft| draft.sheets.into_keys()).collect();
        for component in components {
            if self.held.get_value().as_ref() == Some(&component) {
                continue;
            }
            let bound = self.bind(services, &component).await;
            self.not_bound.update(|all| {
                all.retain(|known| *known != component);
                if bound.is_err() {
                    all.push(component);
                }
            });
        }
        self.binding.set_value(false);
        services.uploads.resume_all(services);
    }

    async fn bind(self, services: Services, component: &str) -> Result<(), PickProblem> {
        let Some(draft) = services.draft.current_now() else { return Ok(()) };
        let ids: Vec<String> =
            draft.pages_to_bind(component).iter().map(|page| page.id.clone()).collect();
        if ids.is_empty() {
            return Ok(());
        }
        let mut pages = Vec::with_capacity(ids.len());
        for id in &ids {
            let page = vault::find_blob(Shelf::Papers, id).await.ok().flatten();
            pages.push(page.ok_or(PickProblem::NotKept)?);
        }
        let name = draft.sheets_of(component).first().map(|sheet| sheet.name.clone());
        let name = name.unwrap_or_default();
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        let mut paper = match pages.as_slice() {
            [only] => kept_paper(format!("{stem}.jpg"), "image/jpeg", only, ids).await?,
            several => {
                let made = match self.worker().await {
                    Ok(worker) => worker.bind(several, stem).await,
                    Err(why) => Err(why),
                };
                let file = made.map_err(|why| {
                    tasks::log_failure("bind pages", &why);
                    self.end_worker();
                    PickProblem::NotKept
                })?;
                kept_paper(format!("{stem}.pdf"), PDF, &file, ids).await?
            }
        };
        let procedure = services.find_procedure(&draft.procedure);
        let known = procedure.iter().flat_map(|procedure| &procedure.components);
        let expected = known.into_iter().find(|known| known.id == component);
        paper.doubts = draft.doubts_of(component, expected.and_then(|known| known.pages));
        let (component, now) = (component.to_owned(), clock::now_seconds());
        services.draft.tell_and_wait(Event::PaperBound { component, paper, now }).await;
        Ok(())
    }
}
