//! Pages and files keep together, whatever happens to either, and nothing is left lying on the device.

use super::super::{DraftKey, Event, State, step};
use super::*;
use motcua_domain::procedure::ProcedureCode;
use proptest::prelude::*;
use std::collections::BTreeSet;

const COMPONENT: &str = "birth_notice";

fn draft() -> State {
    let key = DraftKey::own(ProcedureCode::parse("1.001193").unwrap());
    State { draft: Some(Draft::new(key, 1, 0)), ..State::default() }
}

fn sheet(id: &str) -> Sheet {
    Sheet::new(id.to_owned(), format!("{id}.jpg"), 0)
}

fn correction(turn: u8) -> Correction {
    Correction { corners: None, turn, clean: true }
}

fn page(id: &str, faults: &[PaperFault]) -> FlatPage {
    let (sha256, fingerprint) = (String::new(), String::new());
    FlatPage { id: id.to_owned(), size: 9, sha256, faults: faults.to_vec(), fingerprint }
}

fn paper(id: &str, pages: &[&str]) -> Paper {
    Paper {
        id: id.to_owned(),
        name: "a".to_owned(),
        media_type: "image/jpeg".to_owned(),
        size: 9,
        sha256: String::new(),
        upload: Phase::Waiting,
        pages: pages.iter().map(|&page| page.to_owned()).collect(),
        doubts: vec![],
    }
}

/// Runs events; gives the draft and the keys that were removed from the device.
fn run(state: State, events: Vec<Event>) -> (State, Vec<String>) {
    let mut removed = vec![];
    let state = events.into_iter().fold(state, |state, event| {
        let (next, effects) = step(&state, event);
        removed.extend(effects.into_iter().filter_map(|effect| match effect {
            Effect::RemovePaper { id } => Some(id),
            _ => None,
        }));
        next
    });
    (state, removed)
}

fn told(event: SheetEvent) -> Event {
    Event::Sheet { event, now: 1 }
}

fn taken(id: &str, instead_of: Option<&str>) -> Event {
    let (component, instead_of) = (COMPONENT.to_owned(), instead_of.map(str::to_owned));
    told(SheetEvent::Taken { component, sheet: sheet(id), instead_of })
}

fn flattened(id: &str, page_id: &str, faults: &[PaperFault]) -> Event {
    let page = page(page_id, faults);
    told(SheetEvent::Flattened { id: id.to_owned(), correction: correction(0), page })
}

fn bound(id: &str, pages: &[&str]) -> Event {
    Event::PaperBound { component: COMPONENT.to_owned(), paper: paper(id, pages), now: 1 }
}

fn ids(pages: &[&FlatPage]) -> Vec<String> {
    pages.iter().map(|page| page.id.clone()).collect()
}

#[test]
fn a_file_is_made_of_pages_that_are_all_ready() {
    let (state, _) = run(draft(), vec![taken("s1", None), taken("s2", None)]);
    let open = state.draft.as_ref().unwrap();
    assert!(open.pages_to_bind(COMPONENT).is_empty() && !open.is_bound());
    let (state, _) = run(state, vec![flattened("s1", "p1", &[]), flattened("s2", "p2", &[])]);
    let open = state.draft.as_ref().unwrap();
    assert_eq!(ids(&open.pages_to_bind(COMPONENT)), ["p1", "p2"]);
    assert!(open.has_paper(COMPONENT) && !open.is_bound());
    let (state, removed) = run(state, vec![bound("f", &["p1", "p2"])]);
    let open = state.draft.as_ref().unwrap();
    assert!(open.is_bound() && removed.is_empty());
}

#[test]
fn a_page_with_faults_waits_for_the_citizen_s_word_and_the_dossier_says_so() {
    let events = vec![taken("s", None), flattened("s", "p", &[PaperFault::Blurred])];
    let (state, _) = run(draft(), events);
    let open = state.draft.as_ref().unwrap();
    assert!(open.has_doubtful(COMPONENT) && !open.has_paper(COMPONENT));
    let (state, _) = run(state, vec![told(SheetEvent::Accepted { id: "s".into() })]);
    let open = state.draft.as_ref().unwrap();
    assert_eq!(ids(&open.pages_to_bind(COMPONENT)), ["p"]);
    let two = PageCount { least: 2, most: None };
    let doubts = open.doubts_of(COMPONENT, Some(two));
    assert_eq!(
        doubts,
        [
            PaperDoubt { page: None, fault: PaperFault::TooFewPages },
            PaperDoubt { page: Some(1), fault: PaperFault::Blurred }
        ]
    );
}

#[test]
fn a_file_goes_when_its_pages_change() {
    let made = |state| {
        let events = vec![
            taken("s1", None),
            taken("s2", None),
            flattened("s1", "p1", &[]),
            flattened("s2", "p2", &[]),
            bound("f", &["p1", "p2"]),
        ];
        run(state, events).0
    };
    let corrected = SheetEvent::Corrected { id: "s1".into(), correction: correction(1) };
    for (event, expected) in [
        (told(SheetEvent::MovedUp { id: "s2".into() }), vec!["f"]),
        (told(SheetEvent::Removed { id: "s1".into() }), vec!["s1", "p1", "f"]),
        (told(corrected), vec!["p1", "f"]),
        (taken("s3", Some("s1")), vec!["s1", "p1", "f"]),
        (taken("s3", None), vec!["f"]),
    ] {
        let (state, removed) = run(made(draft()), vec![event.clone()]);
        assert_eq!(removed, expected, "{event:?}");
        assert!(state.draft.unwrap().papers_of(COMPONENT).is_empty());
    }
}

#[test]
fn a_picked_file_stays_whatever_the_pages_do() {
    let events = vec![
        Event::PaperAdded { component: COMPONENT.into(), paper: paper("pdf", &[]), now: 1 },
        taken("s", None),
        flattened("s", "p", &[]),
        bound("f", &["p"]),
        told(SheetEvent::Removed { id: "s".into() }),
    ];
    let (state, _) = run(draft(), events);
    assert!(state.draft.unwrap().find_paper("pdf").is_some());
}

#[test]
fn a_page_made_of_an_older_cut_is_thrown_away() {
    let corrected = SheetEvent::Corrected { id: "s".into(), correction: correction(2) };
    let events = vec![taken("s", None), told(corrected), flattened("s", "old", &[])];
    let (state, removed) = run(draft(), events);
    assert_eq!(removed, ["old"]);
    assert_eq!(state.draft.unwrap().sheets_of(COMPONENT)[0].page, None);
}

#[test]
fn what_travels_has_files_and_no_pages() {
    let events = vec![taken("s", None), flattened("s", "p", &[]), bound("f", &["p"])];
    let travelling = run(draft(), events).0.draft.unwrap().without_sheets();
    assert!(travelling.is_bound());
    assert_eq!(travelling.blobs(), ["f"]);
}

#[test]
fn a_page_that_waits_for_a_word_travels_as_a_file_with_its_doubts() {
    let events = vec![taken("s", None), flattened("s", "p", &[PaperFault::Glare])];
    let travelling = run(draft(), events).0.draft.unwrap().without_sheets();
    let [only] = travelling.papers_of(COMPONENT) else { panic!("{travelling:?}") };
    assert_eq!(only.id, "p");
    assert_eq!(only.doubts, [PaperDoubt { page: None, fault: PaperFault::Glare }]);
    assert!(travelling.is_bound());
}

proptest! {
    /// Whatever order things happen in: what is on the device is what the draft knows of, and a file
    /// is of just the pages that are there.
    #[test]
    fn nothing_is_left_lying(choices in prop::collection::vec((0..7_u8, 0..4_usize), 0..60)) {
        let mut state = draft();
        let mut on_device: BTreeSet<String> = BTreeSet::new();
        for (number, (what, which)) in choices.into_iter().enumerate() {
            let open = state.draft.as_ref().unwrap();
            let sheets = open.sheets_of(COMPONENT);
            let at = sheets.get(which).map(|sheet| (sheet.id.clone(), sheet.correction));
            let name = |kind: &str| format!("{kind}{number}");
            let event = match (what, at) {
                (0, at) => {
                    on_device.insert(name("s"));
                    taken(&name("s"), at.map(|(id, _)| id).as_deref())
                }
                (1, Some((id, known))) => {
                    on_device.insert(name("p"));
                    let page = page(&name("p"), &[]);
                    let correction = known.unwrap_or(correction(0));
                    told(SheetEvent::Flattened { id, correction, page })
                }
                (2, Some((id, _))) => told(SheetEvent::Removed { id }),
                (3, Some((id, _))) => told(SheetEvent::MovedUp { id }),
                (4, Some((id, _))) => {
                    let correction = correction(u8::try_from(which).unwrap());
                    told(SheetEvent::Corrected { id, correction })
                }
                (5, _) => {
                    let pages = ids(&open.pages_to_bind(COMPONENT));
                    if pages.is_empty() { continue }
                    on_device.insert(name("f"));
                    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
                    bound(&name("f"), &pages)
                }
                (6, Some((id, _))) => told(SheetEvent::Accepted { id }),
                _ => continue,
            };
            let (next, removed) = run(state, vec![event]);
            for id in removed {
                prop_assert!(on_device.remove(&id), "{} was not there", id);
            }
            state = next;
            let open = state.draft.as_ref().unwrap();
            let known: BTreeSet<String> = open.blobs().into_iter().collect();
            prop_assert_eq!(&known, &on_device);
            prop_assert!(open.papers_of(COMPONENT).len() <= 1);
        }
    }
}
