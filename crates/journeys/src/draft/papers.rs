//! The papers of a draft: pages as they were photographed, and the files that are made of them. A file
//! stands for exactly the pages it was made of; when these change, it goes, and a new one is made. Knows
//! nothing of cameras or of how a file travels.

use super::{Draft, Effect};
use crate::upload::Phase;
use motcua_domain::paper::{PageCount, PaperDoubt, PaperFault, doubts_of_pages};
use serde::{Deserialize, Serialize};

/// A file of a component. Its bytes are kept under `id`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Key of the bytes on this device.
    pub id: String,
    /// What the file was called.
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of the bytes, hexadecimal.
    pub sha256: String,
    /// How far it is on its way.
    pub upload: Phase,
    /// The flat pages it was made of, by their keys; none when it was picked as it is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<String>,
    /// What the citizen was told of its pages and sends it with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<PaperDoubt>,
}

/// A page that was photographed. The photo, as it was taken, is kept under `id`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Key of the photo on this device.
    pub id: String,
    /// What the photo was called.
    pub name: String,
    /// When it was taken, in milliseconds; 0 when nobody knows.
    pub taken: i64,
    /// How the page is cut out of the photo, once it was looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correction: Option<Correction>,
    /// The flat page, once it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<FlatPage>,
    /// Whether the citizen saw its faults and wants it all the same.
    #[serde(default)]
    pub accepted: bool,
}

/// How a page is cut out of its photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// Corners, x and y four times, clockwise from the upper left, in ten-thousandths of the photo's
    /// width and height; absent when the whole photo is the page.
    pub corners: Option<[i32; 8]>,
    /// Quarter turns clockwise that put it upright.
    pub turn: u8,
    /// Whether light and shade are taken out of the paper.
    pub clean: bool,
}

/// A page as it will be sent. Its bytes are kept under `id`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlatPage {
    /// Key of the bytes on this device.
    pub id: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of the bytes, hexadecimal.
    pub sha256: String,
    /// What is wrong with it, the most serious first.
    pub faults: Vec<PaperFault>,
    /// What pages are compared by; empty when it could not be made.
    pub fingerprint: String,
}

impl Sheet {
    /// A photo that nobody has looked at yet.
    pub fn new(id: String, name: String, taken: i64) -> Self {
        Self { id, name, taken, correction: None, page: None, accepted: false }
    }

    /// Whether the citizen must say what to do with it: it has faults, and nobody said yes.
    pub fn is_doubtful(&self) -> bool {
        !self.accepted && self.page.as_ref().is_some_and(|page| !page.faults.is_empty())
    }

    /// Whether it can go into a file.
    pub fn is_ready(&self) -> bool {
        self.page.is_some() && !self.is_doubtful()
    }
}

/// What happened to a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetEvent {
    /// It was photographed or picked; the photo is on the device.
    Taken {
        /// For which component.
        component: String,
        /// The page.
        sheet: Sheet,
        /// The page whose place it takes, when it was taken again.
        instead_of: Option<String>,
    },
    /// The citizen cut it out otherwise.
    Corrected {
        /// The page.
        id: String,
        /// How.
        correction: Correction,
    },
    /// The flat page is on the device.
    Flattened {
        /// The page.
        id: String,
        /// As it was cut out.
        correction: Correction,
        /// The flat page.
        page: FlatPage,
    },
    /// The citizen wants it in spite of its faults.
    Accepted {
        /// The page.
        id: String,
    },
    /// It changes places with the page before it.
    MovedUp {
        /// The page.
        id: String,
    },
    /// It was taken out.
    Removed {
        /// The page.
        id: String,
    },
}

impl SheetEvent {
    /// The key of what was kept on the device for it, if anything was.
    pub fn kept(self) -> Option<String> {
        match self {
            Self::Taken { sheet, .. } => Some(sheet.id),
            Self::Flattened { page, .. } => Some(page.id),
            _ => None,
        }
    }
}

impl Draft {
    /// The files given for a component.
    pub fn papers_of(&self, component: &str) -> &[Paper] {
        self.papers.get(component).map_or(&[], Vec::as_slice)
    }

    /// A file by its id.
    pub fn find_paper(&self, id: &str) -> Option<&Paper> {
        self.papers.values().flatten().find(|paper| paper.id == id)
    }

    /// The pages photographed for a component, in their order.
    pub fn sheets_of(&self, component: &str) -> &[Sheet] {
        self.sheets.get(component).map_or(&[], Vec::as_slice)
    }

    /// A page and its component by the page's id.
    pub fn find_sheet(&self, id: &str) -> Option<(&str, &Sheet)> {
        let with_component = self.sheets.iter().flat_map(|(component, sheets)| {
            sheets.iter().map(move |sheet| (component.as_str(), sheet))
        });
        with_component.into_iter().find(|(_, sheet)| sheet.id == id)
    }

    /// Whether something was given for a component that can be sent: a file, a kept paper, or pages of
    /// which none waits for the citizen's word.
    pub fn has_paper(&self, component: &str) -> bool {
        let sheets = self.sheets_of(component);
        let ready = !sheets.is_empty() && !sheets.iter().any(Sheet::is_doubtful);
        let reused = !self.reused_for(component).is_empty();
        ready || reused || !self.papers_of(component).is_empty()
    }

    /// Whether a page of a component waits for the citizen's word.
    pub fn has_doubtful(&self, component: &str) -> bool {
        self.sheets_of(component).iter().any(Sheet::is_doubtful)
    }

    /// The flat pages of a component that a file is still to be made of; none when the file is there,
    /// or not every page is ready.
    pub fn pages_to_bind(&self, component: &str) -> Vec<&FlatPage> {
        let sheets = self.sheets_of(component);
        if !sheets.iter().all(Sheet::is_ready) {
            return vec![];
        }
        let pages: Vec<&FlatPage> = sheets.iter().filter_map(|sheet| sheet.page.as_ref()).collect();
        let ids = pages.iter().map(|page| &page.id);
        let bound = self.papers_of(component).iter().any(|paper| ids.clone().eq(&paper.pages));
        if bound { vec![] } else { pages }
    }

    /// Whether every page that was photographed is in a file.
    pub fn is_bound(&self) -> bool {
        self.sheets.iter().all(|(component, sheets)| {
            sheets.iter().all(Sheet::is_ready) && self.pages_to_bind(component).is_empty()
        })
    }

    /// What is wrong with a component's pages, each and together.
    pub fn doubts_of(&self, component: &str, expected: Option<PageCount>) -> Vec<PaperDoubt> {
        let sheets = self.sheets_of(component);
        let taken: Vec<i64> = sheets.iter().map(|sheet| sheet.taken).collect();
        let mut doubts = doubts_of_pages(&taken, expected);
        for (number, sheet) in (1..).zip(sheets) {
            let faults = sheet.page.iter().flat_map(|page| &page.faults);
            doubts.extend(faults.map(|fault| PaperDoubt { page: Some(number), fault: *fault }));
        }
        doubts
    }

    /// The keys of everything that this draft keeps on the device beside its text.
    pub fn blobs(&self) -> Vec<String> {
        let papers = self.papers.values().flatten().map(|paper| paper.id.clone());
        let sheets = self.sheets.values().flatten().flat_map(blobs_of);
        papers.chain(sheets).collect()
    }

    /// The draft as it travels to another device: the files go, the photos they were made of stay. A
    /// page that is in no file yet goes as a file of its own.
    pub fn without_sheets(mut self) -> Self {
        for (component, sheets) in std::mem::take(&mut self.sheets) {
            let papers = self.papers.entry(component).or_default();
            if papers.iter().any(|paper| !paper.pages.is_empty()) {
                continue;
            }
            papers.extend(sheets.into_iter().filter_map(as_paper));
        }
        for paper in self.papers.values_mut().flatten() {
            paper.pages.clear();
        }
        self
    }
}

/// A page as a file of its own.
fn as_paper(sheet: Sheet) -> Option<Paper> {
    let page = sheet.page?;
    let doubts = page.faults.iter().map(|fault| PaperDoubt { page: None, fault: *fault });
    Some(Paper {
        doubts: doubts.collect(),
        id: page.id,
        name: sheet.name,
        media_type: "image/jpeg".to_owned(),
        size: page.size,
        sha256: page.sha256,
        upload: Phase::Waiting,
        pages: vec![],
    })
}

fn blobs_of(sheet: &Sheet) -> impl Iterator<Item = String> {
    let page = sheet.page.as_ref().map(|page| page.id.clone());
    std::iter::once(sheet.id.clone()).chain(page)
}

fn remove(id: String) -> Effect {
    Effect::RemovePaper { id }
}

/// Takes in what happened to a page; `None` when it changes nothing.
pub(super) fn change(draft: &mut Draft, event: SheetEvent) -> Option<Vec<Effect>> {
    let mut effects = Vec::new();
    match event {
        SheetEvent::Taken { component, sheet, instead_of } => {
            let sheets = draft.sheets.entry(component).or_default();
            let place = sheets.iter().position(|known| Some(&known.id) == instead_of.as_ref());
            match place.and_then(|place| sheets.get_mut(place)) {
                Some(old) => {
                    effects.extend(blobs_of(old).map(remove));
                    *old = sheet;
                }
                None => sheets.push(sheet),
            }
        }
        SheetEvent::Corrected { id, correction } => {
            let sheet = find(draft, &id).filter(|sheet| sheet.correction != Some(correction))?;
            sheet.correction = Some(correction);
            sheet.accepted = false;
            effects.extend(sheet.page.take().map(|page| remove(page.id)));
        }
        SheetEvent::Flattened { id, correction, page } => {
            let Some(sheet) = find(draft, &id)
                .filter(|sheet| sheet.correction.is_none_or(|asked| asked == correction))
            else {
                // It was taken out, or cut out otherwise, while the page was made.
                return Some(vec![remove(page.id)]);
            };
            sheet.correction = Some(correction);
            let old = sheet.page.replace(page);
            effects.extend(old.map(|old| remove(old.id)));
        }
        SheetEvent::Accepted { id } => {
            let sheet = find(draft, &id).filter(|sheet| !sheet.accepted)?;
            sheet.accepted = true;
        }
        SheetEvent::MovedUp { id } => {
            let mut all = draft.sheets.values_mut();
            let sheets = all.find(|sheets| sheets.iter().any(|sheet| sheet.id == id))?;
            let place = sheets.iter().position(|sheet| sheet.id == id)?;
            sheets.swap(place.checked_sub(1)?, place);
        }
        SheetEvent::Removed { id } => {
            let sheet = find(draft, &id)?.clone();
            for sheets in draft.sheets.values_mut() {
                sheets.retain(|sheet| sheet.id != id);
            }
            draft.sheets.retain(|_, sheets| !sheets.is_empty());
            effects.extend(blobs_of(&sheet).map(remove));
        }
    }
    effects.extend(drop_stale(draft).into_iter().map(remove));
    Some(effects)
}

/// Puts a file in the place of the one made of the pages before. Gives the ids of those that go.
pub(super) fn bind(draft: &mut Draft, component: String, paper: Paper) -> Vec<String> {
    let papers = draft.papers.entry(component).or_default();
    let mut old = Vec::new();
    papers.retain(|known| {
        let stays = known.pages.is_empty();
        if !stays {
            old.push(known.id.clone());
        }
        stays
    });
    papers.insert(0, paper);
    // The pages may have changed while the file was made.
    old.extend(drop_stale(draft));
    old
}

/// Takes out the files whose pages are not these any more, so that no old one is ever submitted.
fn drop_stale(draft: &mut Draft) -> Vec<String> {
    let Draft { papers, sheets, .. } = draft;
    let mut gone = Vec::new();
    for (component, papers) in papers.iter_mut() {
        let sheets = sheets.get(component).map_or(&[][..], Vec::as_slice);
        papers.retain(|paper| {
            let now = sheets.iter().map(|sheet| sheet.page.as_ref().map(|page| &page.id));
            let fresh = paper.pages.is_empty() || now.eq(paper.pages.iter().map(Some));
            if !fresh {
                gone.push(paper.id.clone());
            }
            fresh
        });
    }
    papers.retain(|_, papers| !papers.is_empty());
    gone
}

fn find<'a>(draft: &'a mut Draft, id: &str) -> Option<&'a mut Sheet> {
    draft.sheets.values_mut().flatten().find(|sheet| sheet.id == id)
}

#[cfg(test)]
mod tests;
