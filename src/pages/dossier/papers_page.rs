//! The papers: a slot for each one that is sent, and word of those that need not be.

use super::super::use_go;
use super::kept_note::{KeptNote, SavedLine};
use super::paper_slot::{PaperSlot, slot_id};
use super::{load, steps};
use crate::app::Services;
use crate::browser::tasks;
use crate::i18n::{need_words, said, t};
use crate::kit::{
    self, Back, Button, Checkboxes, ErrorLine, ErrorSummary, Page, SummaryList, SummaryRow,
};
use crate::route::Route;
use leptos::prelude::*;
use motcua_domain::procedure::{Need, Procedure};
use motcua_journeys::draft::{Draft, DraftKey};
use motcua_journeys::upload::Choice;
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
    let others = not_sent(&procedure, &draft);
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
            .filter_map(|(id, name)| {
                let draft = draft.as_ref();
                let text = if draft.is_some_and(|draft| draft.has_doubtful(id)) {
                    t().paper_doubtful(name)
                } else if draft.is_none_or(|draft| !draft.has_paper(id)) {
                    t().paper_missing(name)
                } else {
                    return None;
                };
                Some(ErrorLine { target: slot_id(id), text })
            })
            .collect();
        if missing.is_empty() {
            tasks::start(services.papers.bind_all(services));
            go(Route::Check(check_key.clone()).to_string());
        } else {
            errors.set(missing);
        }
    };

    let slots = slots
        .into_iter()
        .map(|(component, must)| {
            view! {
                <PaperSlot services=services draft_key=draft_key.clone() component=component must=must errors=errors changing=changing/>
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
                <NetworkChoice services=services/>
                {(!others.is_empty()).then(|| view! {
                    <h2>{t().papers_not_sent()}</h2>
                    <SummaryList rows=others/>
                })}
                <Button label=t().go_on().to_owned() submit=true/>
            </form>
            <SavedLine services=services draft_key=draft_key/>
        </Page>
    }
}

/// Over which networks files go; asked where the device says that it may cost something.
#[component]
fn NetworkChoice(
    /// Services.
    services: Services,
) -> impl IntoView {
    let uploads = services.uploads;
    let wifi_only = move || uploads.choice() == Choice::WifiOnly;
    let asked = Memo::new(move |_| uploads.is_costly() || wifi_only());
    let choose = move |chosen: Vec<String>| {
        let only = !chosen.is_empty();
        uploads.choose(if only { Choice::WifiOnly } else { Choice::Unsaid });
    };
    move || {
        let only = Choice::WifiOnly.id().to_owned();
        let value = if untrack(wifi_only) { vec![only.clone()] } else { vec![] };
        asked.get().then(|| {
            view! {
                <Checkboxes
                    id="send-over"
                    label=t().upload_network()
                    options=vec![kit::Choice { id: only, label: t().upload_only_wifi().to_owned() }]
                    value=value
                    on_change=choose
                />
            }
        })
    }
}

/// The papers that nobody sends, and why not.
pub fn not_sent(procedure: &Procedure, draft: &Draft) -> Vec<SummaryRow> {
    let components = steps::components(procedure, draft);
    let others = components.iter().filter(|component| {
        matches!(component.need, Need::ReplacedByData { .. } | Need::ShownAtCounter)
    });
    others.map(|part| SummaryRow::fact(said(&part.name), need_words(&part.need))).collect()
}
