//! The papers: a slot for each one that is sent, and word of those that need not be.

use super::super::use_go;
use super::question_page::KeptNote;
use super::{load, steps, today};
use crate::app::Services;
use crate::browser::tasks;
use crate::i18n::{need_words, pick_problem_words, refusal_of_file_words, said, t};
use crate::kit::{
    Back, Button, ErrorLine, ErrorSummary, FileSlot, Page, PickedFile, SlotFile, SlotWords,
    SummaryList, SummaryRow,
};
use crate::route::Route;
use leptos::prelude::*;
use motcua_domain::answers::Answers;
use motcua_domain::procedure::{Component, Need, Procedure};
use motcua_journeys::draft::{Draft, DraftKey, Event, Paper};
use motcua_journeys::upload::Phase;
use std::sync::Arc;

/// The papers.
#[component]
pub fn PapersPage(
    /// Which draft.
    draft_key: DraftKey,
    /// Came from the check page.
    changing: bool,
) -> impl IntoView {
    let (services, procedure) = load(draft_key.clone());
    procedure.draw(move |procedure| {
        let key = draft_key.clone();
        view! { <Papers services=services procedure=procedure draft_key=key changing=changing/> }
    })
}

/// The id of a component's slot.
pub fn slot_id(component: &str) -> String {
    format!("paper-{component}")
}

#[component]
fn Papers(
    /// Services.
    services: Services,
    /// Which procedure.
    procedure: Arc<Procedure>,
    /// Which draft.
    draft_key: DraftKey,
    /// Came from the check page.
    changing: bool,
) -> impl IntoView {
    let go = use_go();
    let draft = services.draft.find_now(&draft_key);
    let draft = draft.unwrap_or_else(|| Draft::new(draft_key.clone(), procedure.version, 0));
    let answers = &draft.answers;
    let back_route = match changing {
        true => Route::Check(draft_key.clone()),
        false => steps::last(&procedure, &draft_key, answers),
    };
    let errors = RwSignal::new(Vec::<ErrorLine>::new());
    let trouble = Signal::derive(move || (!errors.read().is_empty()).then(|| t().error_prefix()));
    let slots = steps::uploads_on_papers_page(&procedure, &draft);
    let others = not_sent(&procedure, answers);
    let none_to_send = slots.is_empty();

    let required: Vec<(String, String)> = slots
        .iter()
        .filter(|(_, must)| *must)
        .map(|(component, _)| (component.id.clone(), said(&component.name)))
        .collect();
    let check_key = draft_key.clone();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let draft = services.draft.find_now(&check_key);
        let missing: Vec<ErrorLine> = required
            .iter()
            .filter(|(id, _)| draft.as_ref().is_none_or(|draft| draft.papers_of(id).is_empty()))
            .map(|(id, name)| ErrorLine { target: slot_id(id), text: t().paper_missing(name) })
            .collect();
        if missing.is_empty() {
            go(Route::Check(check_key.clone()).to_string());
        } else {
            errors.set(missing);
        }
    };

    let slots = slots
        .into_iter()
        .map(|(component, must)| {
            view! {
                <PaperSlot services=services draft_key=draft_key.clone() component=component must=must errors=errors/>
            }
        })
        .collect_view();
    view! {
        <Page
            title=t().papers_title()
            back=Some(Back { href: back_route.to_string(), label: t().back().to_owned() })
            trouble=trouble
        >
            <ErrorSummary heading=t().error_heading() errors=errors/>
            <KeptNote services=services/>
            <p>{if none_to_send { t().papers_none() } else { t().papers_lead() }}</p>
            <form novalidate on:submit=send>
                {slots}
                {(!others.is_empty()).then(|| view! {
                    <h2>{t().papers_not_sent()}</h2>
                    <SummaryList rows=others/>
                })}
                <Button label=t().go_on().to_owned() submit=true/>
            </form>
        </Page>
    }
}

/// The papers that nobody sends, and why not.
pub fn not_sent(procedure: &Procedure, answers: &Answers) -> Vec<SummaryRow> {
    let needed = procedure.components_needed(answers, today());
    let others = needed.filter(|component| {
        matches!(component.need, Need::ReplacedByData { .. } | Need::ShownAtCounter)
    });
    others.map(|part| SummaryRow::fact(said(&part.name), need_words(&part.need))).collect()
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
) -> impl IntoView {
    let id = slot_id(&component.id);
    let name =
        if must { said(&component.name) } else { t().question_optional(&said(&component.name)) };
    let own_id = id.clone();
    let error = Signal::derive(move || {
        errors.read().iter().find(|line| line.target == own_id).map(|line| line.text.clone())
    });
    let watched = component.id.clone();
    let files = Memo::new(move |_| {
        let papers = services
            .draft
            .find(&draft_key)
            .map(|draft| draft.papers_of(&watched).to_vec())
            .unwrap_or_default();
        papers.iter().map(|paper| slot_file(services, paper)).collect::<Vec<_>>()
    });
    let (component_id, target) = (component.id.clone(), id.clone());
    let pick = Callback::new(move |file: PickedFile| {
        let (component, target) = (component_id.clone(), target.clone());
        errors.update(|lines| lines.retain(|line| line.target != target));
        tasks::start(async move {
            let name = file.name();
            if let Err(problem) = services.uploads.take(services, component, file).await {
                let text = t().file_problem(&name, pick_problem_words(problem));
                errors.try_update(|lines| lines.push(ErrorLine { target, text }));
            }
        });
    });
    let words = SlotWords {
        photo: t().paper_photo(),
        choose: t().paper_choose(),
        retry: t().try_again(),
        remove: t().paper_remove(),
        sending: t().paper_sending(),
    };
    view! {
        <FileSlot
            id=id
            name=name
            hint=component.note.as_ref().map(said)
            words=words
            error=error
            files=files
            on_pick=pick
            on_retry=Callback::new(move |id: String| services.uploads.retry(services, &id))
            on_remove=Callback::new(move |id: String| {
                let now = crate::browser::clock::now_seconds();
                services.draft.tell(Event::PaperRemoved { id: id.clone(), now });
                services.uploads.forget(&id);
            })
        />
    }
}

/// How a paper looks in its slot.
fn slot_file(services: Services, paper: &Paper) -> SlotFile {
    let running = services.uploads.find_state(&paper.id);
    let stalled = running.as_ref().is_some_and(|state| state.stalled);
    let sent = running.as_ref().map_or(0, |state| state.sent());
    let percent = u8::try_from((sent * 100).checked_div(paper.size).unwrap_or(0)).unwrap_or(100);
    let (state, problem, on_its_way) = match &paper.upload {
        Phase::Finished { .. } => (t().paper_sent(), None, false),
        Phase::Refused { reason } => {
            (t().paper_refused(), Some(refusal_of_file_words(*reason).to_owned()), false)
        }
        Phase::Waiting | Phase::Sending { .. } if stalled => {
            (t().paper_stalled(), Some(t().paper_stalled_advice().to_owned()), false)
        }
        Phase::Waiting | Phase::Sending { .. } => (t().paper_sending(), None, true),
    };
    SlotFile {
        id: paper.id.clone(),
        name: paper.name.clone(),
        picture: services.uploads.find_picture(&paper.id),
        state: state.to_owned(),
        percent: on_its_way.then_some(percent),
        problem,
        can_retry: stalled,
    }
}
