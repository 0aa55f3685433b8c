//! The slot of a component: its pages and files as the draft has them, in words. Used among the papers
//! and on pages of questions.

use super::kept_papers::KeptPapers;
use crate::app::Services;
use crate::browser::{clock, tasks};
use crate::i18n::{
    page_count_words, paper_fault_words, pause_words, pick_problem_words, progress_words,
    refusal_of_file_words, said, t,
};
use crate::kit::{
    ErrorLine, FileSlot, PageAct, PageWords, PickedFile, SlotFile, SlotPage, SlotWords,
};
use crate::route::Route;
use leptos::prelude::*;
use motcua_domain::procedure::Component;
use motcua_journeys::draft::{Draft, DraftKey, Event, Paper, Sheet, SheetEvent};
use motcua_journeys::upload::{Choice, Pause, Phase, progress};

/// The id of a component's slot.
pub fn slot_id(component: &str) -> String {
    format!("paper-{component}")
}

/// The slot of a component.
#[component]
pub fn PaperSlot(
    /// Services.
    services: Services,
    /// Which draft.
    draft_key: DraftKey,
    /// Which component.
    component: Component,
    /// Whether it must be sent.
    must: bool,
    /// What is wrong on the page.
    errors: RwSignal<Vec<ErrorLine>>,
    /// Came from the check page.
    #[prop(optional)]
    changing: bool,
) -> impl IntoView {
    let id = slot_id(&component.id);
    let name =
        if must { said(&component.name) } else { t().question_optional(&said(&component.name)) };
    let (own_id, own_component) = (id.clone(), component.id.clone());
    let own_errors = Signal::derive(move || {
        let lines = errors.get().into_iter().filter(|line| line.target == own_id);
        let not_taken = services.papers.not_taken.get().into_iter();
        let not_taken = not_taken
            .filter(|problem| problem.component == own_component)
            .map(|it| t().file_problem(&it.name, pick_problem_words(it.problem)));
        let not_bound = services.papers.not_bound.read().contains(&own_component);
        let not_bound = not_bound.then(|| t().paper_not_bound().to_owned());
        lines.map(|line| line.text).chain(not_taken).chain(not_bound).collect::<Vec<_>>()
    });
    let watched_key = draft_key.clone();
    let draft = Memo::new(move |_| services.draft.find(&watched_key));
    let id_of = StoredValue::new(component.id.clone());
    let files = Memo::new(move |_| {
        let draft = draft.read();
        let papers = draft.iter().flat_map(|draft| draft.papers_of(&id_of.get_value()).to_vec());
        papers.map(|paper| slot_file(services, &paper)).collect::<Vec<_>>()
    });
    let key = draft_key.clone();
    let pages = Memo::new(move |_| {
        let draft = draft.read();
        let component = id_of.get_value();
        let sheets = draft.iter().flat_map(|draft| draft.sheets_of(&component).iter().enumerate());
        sheets
            .map(|(at, sheet)| {
                let retake = Route::Capture(key.clone(), component.clone(), Some(sheet.id.clone()));
                let edit = Route::PaperPage(key.clone(), sheet.id.clone());
                let picture = sheet.page.as_ref().and_then(|page| services.pictures.find(&page.id));
                let failed = services.papers.problem_of(&sheet.id).is_some();
                let slot = slot_page(at, sheet);
                SlotPage {
                    // Why is told above; nobody is at it any more.
                    state: if failed { String::new() } else { slot.state.clone() },
                    picture,
                    edit: sheet.page.is_some().then(|| address(&edit, changing)),
                    retake: address(&retake, changing),
                    ..slot
                }
            })
            .collect::<Vec<_>>()
    });
    let expected = component.pages;
    let advice = Memo::new(move |_| {
        let draft = draft.read();
        let told = |draft: &Draft| draft.doubts_of(&id_of.get_value(), expected);
        let doubts = draft.as_ref().map(told).unwrap_or_default();
        let together = doubts.into_iter().filter(|doubt| doubt.page.is_none());
        together.map(|doubt| paper_fault_words(doubt.fault).to_owned()).collect::<Vec<_>>()
    });
    let target = id.clone();
    let seen = move || {
        errors.update(|lines| lines.retain(|line| line.target != target));
    };
    let seen_again = seen.clone();
    let pick = Callback::new(move |files: Vec<PickedFile>| {
        seen();
        tasks::start(async move {
            services.papers.take_files(services, &id_of.get_value(), files).await;
        });
    });
    let act = Callback::new(move |act: PageAct| {
        seen_again();
        let event = match act {
            PageAct::Keep(id) => SheetEvent::Accepted { id },
            PageAct::MoveUp(id) => SheetEvent::MovedUp { id },
            PageAct::Remove(id) => SheetEvent::Removed { id },
        };
        tasks::start(services.papers.change(services, event));
    });
    let camera = Route::Capture(draft_key, component.id.clone(), None);
    let hints = component.note.as_ref().map(said).into_iter();
    let hints = hints.chain(expected.and_then(page_count_words)).collect();
    view! {
        <FileSlot
            id=id
            name=name
            hints=hints
            words=words()
            errors=own_errors
            pages=pages
            files=files
            advice=advice
            camera=address(&camera, changing)
            on_pick=pick
            on_act=act
            on_retry=Callback::new(move |id: String| {
                let paused = untrack(|| services.uploads.find_state(&id)).and_then(|state| state.pause);
                if matches!(paused, Some(Pause::Saver | Pause::Mobile)) {
                    services.uploads.choose(Choice::Always);
                }
                services.uploads.retry(services, &id);
            })
            on_remove=Callback::new(move |id: String| {
                services.draft.tell(Event::PaperRemoved { id: id.clone(), now: clock::now_seconds() });
                services.uploads.forget(&id);
            })
        >
            <KeptPapers services=services draft=draft component=component/>
        </FileSlot>
    }
}

fn address(route: &Route, changing: bool) -> String {
    if changing { route.to_change() } else { route.to_string() }
}

fn words() -> SlotWords {
    SlotWords {
        photo: t().paper_photo(),
        add: t().page_add(),
        choose: t().paper_choose(),
        remove: t().paper_remove(),
        sending: t().paper_sending(),
        page: PageWords {
            edit: t().page_edit(),
            retake: t().page_retake(),
            keep: t().page_keep(),
            move_up: t().page_move_up(),
            remove: t().page_remove(),
        },
    }
}

/// How a page looks in its slot, but for its picture and addresses.
fn slot_page(at: usize, sheet: &Sheet) -> SlotPage {
    let faults = sheet.page.iter().flat_map(|page| &page.faults);
    let state = match &sheet.page {
        None => t().page_making(),
        Some(page) if page.faults.is_empty() => t().page_ready(),
        Some(_) if sheet.accepted => t().page_accepted(),
        Some(_) => "",
    };
    SlotPage {
        id: sheet.id.clone(),
        name: t().page_number(&(at + 1).to_string()),
        state: state.to_owned(),
        faults: faults.map(|fault| paper_fault_words(*fault).to_owned()).collect(),
        doubtful: sheet.is_doubtful(),
        can_move_up: at > 0,
        ..SlotPage::default()
    }
}

/// How a paper looks in its slot.
fn slot_file(services: Services, paper: &Paper) -> SlotFile {
    let running = services.uploads.find_state(&paper.id);
    let stalled = running.as_ref().is_some_and(|state| state.stalled);
    let paused = running.as_ref().and_then(|state| state.pause);
    let far = running.as_ref().map(progress);
    let mut file = SlotFile { id: paper.id.clone(), ..SlotFile::default() };
    match (&paper.upload, paused) {
        (Phase::Finished { .. }, _) => file.state = t().paper_sent().to_owned(),
        (Phase::Refused { reason }, _) => {
            file.state = t().paper_refused().to_owned();
            file.problem = Some(refusal_of_file_words(*reason).to_owned());
        }
        (Phase::Waiting | Phase::Sending { .. }, Some(pause)) => {
            let (state, advice) = pause_words(pause);
            (file.state, file.problem) = (state.to_owned(), Some(advice.to_owned()));
            file.retry = Some(match pause {
                Pause::Offline => t().try_again().to_owned(),
                Pause::Saver | Pause::Mobile => t().upload_anyway().to_owned(),
            });
        }
        (Phase::Waiting | Phase::Sending { .. }, None) if stalled => {
            file.state = t().paper_stalled().to_owned();
            file.problem = Some(t().paper_stalled_advice().to_owned());
            file.retry = Some(t().try_again().to_owned());
        }
        (Phase::Waiting | Phase::Sending { .. }, None) => {
            file.state = t().paper_sending().to_owned();
            file.percent = Some(far.map_or(0, |far| far.percent()));
            file.detail = far.map(progress_words);
        }
    }
    let picked = paper.pages.is_empty();
    file.name = if picked { paper.name.clone() } else { String::new() };
    file.can_remove = picked;
    file
}
