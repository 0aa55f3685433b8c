//! Giving the office what it asks for: every item on one screen, each with its reason and its own slot;
//! sent at once. What is typed or photographed is kept like a draft.

use super::super::use_go;
use super::kept_note::SavedLine;
use super::paper_slot::{PaperSlot, slot_id};
use crate::app::load::{FailureNotice, Loader};
use crate::app::supplement::{self, Asked, Ending};
use crate::app::{Failure, Services, services};
use crate::browser::{intl, tasks};
use crate::i18n::t;
use crate::kit::{
    Back, Button, ErrorLine, ErrorSummary, LinkButton, Notice, Page, Textarea, Tone, error_of,
};
use crate::route::Route;
use leptos::prelude::*;
use motcua_contract::turns::{SupplementState, SupplementView};
use motcua_domain::answers::Answer;
use motcua_domain::date::Moment;
use motcua_domain::dossier::DossierCode;
use motcua_domain::procedure::{Component, Need};
use motcua_domain::text::Text;
use motcua_domain::turns::supplement::{Ask, Item, ItemProblem};
use motcua_journeys::draft::{Draft, DraftKey};
use motcua_journeys::upload::Phase;

/// The component that an item's files are kept under: the item stands in its place.
pub fn component_of_item(item: &Item) -> Component {
    let name = Text::of(&item.title, &item.title);
    let note = Some(Text::of(&item.reason, &item.reason));
    Component { note, ..Component::asked(&item.id, name, Need::Upload) }
}

/// Giving the office what it asks for.
#[component]
pub fn SupplementPage(
    /// Which dossier.
    code: DossierCode,
    /// The dossier's key, when the address carries it.
    key: Option<String>,
) -> impl IntoView {
    let services = services();
    let asked = Loader::start(None, move || supplement::open(services, code.clone(), key.clone()));
    asked.draw(move |asked| {
        let back = asked.held.followed();
        let back = Some(Back { href: back, label: t().back().to_owned() });
        let request = asked.request.clone();
        match request.filter(|request| request.state == SupplementState::Open) {
            Some(request) => view! {
                <Items services=services asked=asked request=request back=back/>
            }
            .into_any(),
            None => view! {
                <Page title=t().supplement_title() back=back><p>{t().supplement_none()}</p></Page>
            }
            .into_any(),
        }
    })
}

#[component]
fn Items(
    /// Services.
    services: Services,
    /// What it is about.
    asked: Asked,
    /// The request.
    request: SupplementView,
    /// Back to the dossier.
    back: Option<Back>,
) -> impl IntoView {
    let go = use_go();
    let errors = RwSignal::new(Vec::<ErrorLine>::new());
    let trouble = Signal::derive(move || (!errors.read().is_empty()).then(|| t().error_prefix()));
    let failure = RwSignal::new(None::<Failure>);
    let unknown = RwSignal::new(false);
    let sending = RwSignal::new(false);
    let last = intl::day(t().locale(), Moment::at(request.last_day, 0).0);
    let days = request.days_left.unwrap_or_default().to_string();
    let after = back.as_ref().map(|back| back.href.clone()).unwrap_or_default();
    let draft_key = asked.draft.clone();
    let slots = request
        .items
        .iter()
        .map(|item| slot(services, &asked, &request, item, errors))
        .collect_view();
    let whole = asked.clone();
    let settled = request.settled_fees.clone();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if sending.get_untracked() {
            return;
        }
        let wrong = faults(services, &whole.draft, &settled);
        let right = wrong.is_empty();
        errors.set(wrong);
        if !right {
            return;
        }
        sending.set(true);
        let (asked, go, after) = (whole.clone(), go.clone(), after.clone());
        tasks::start(async move {
            failure.try_set(None);
            unknown.try_set(false);
            match supplement::send(services, &asked).await {
                Ending::Taken => go(after),
                Ending::NotTaken(why) => drop(failure.try_set(Some(why))),
                Ending::Unknown => drop(unknown.try_set(true)),
            }
            sending.try_set(false);
        });
    };
    view! {
        <Page title=t().supplement_title() back=back trouble=trouble>
            <ErrorSummary heading=t().error_heading() errors=errors/>
            <FailureNotice failure=failure/>
            {move || unknown.get().then(|| view! {
                <Notice tone=Tone::Warning live=true><p>{t().supplement_unknown()}</p></Notice>
            })}
            <p>{t().supplement_lead()}</p>
            <p><b>{t().todo_supplement_last(&last, &days)}</b></p>
            {(request.round > 1).then(|| view! { <p>{t().supplement_second(&request.round.to_string())}</p> })}
            <form novalidate on:submit=send>
                {slots}
                {move || view! {
                    <Button
                        label=if sending.get() { t().supplement_sending() } else { t().supplement_send() }.to_owned()
                        submit=true
                    />
                }}
            </form>
            <SavedLine services=services draft_key=draft_key/>
        </Page>
    }
}

/// The slot of an item, below its reason.
fn slot(
    services: Services,
    asked: &Asked,
    request: &SupplementView,
    item: &Item,
    errors: RwSignal<Vec<ErrorLine>>,
) -> impl IntoView + use<> {
    let (id, draft_key) = (item.id.clone(), asked.draft.clone());
    let inner = match &item.ask {
        Ask::Paper { .. } => view! {
            <PaperSlot services=services draft_key=draft_key component=component_of_item(item) must=true errors=errors/>
        }
        .into_any(),
        Ask::Answer { .. } => {
            let draft = services.draft.find_now(&draft_key);
            let value = draft.as_ref().and_then(|draft| draft.answers.find_one(&id));
            let target = slot_id(&id);
            let error = error_of(errors, target.clone());
            let value = value.unwrap_or_default().to_owned();
            view! {
                <Textarea
                    id=target
                    label=t().supplement_answer()
                    error=error
                    value=value
                    on_change=move |text| services.draft.answer(&id, Answer::One(text))
                />
            }
            .into_any()
        }
        Ask::Fee { fee } if request.settled_fees.contains(fee) => {
            view! { <p>{t().supplement_fee_paid()}</p> }.into_any()
        }
        Ask::Fee { .. } => {
            let href = asked.held.address(&Route::Fee(asked.held.code.clone()));
            view! {
                <div id=slot_id(&id)><LinkButton href=href label=t().supplement_fee_go()/></div>
            }
            .into_any()
        }
    };
    // A paper's slot says both by itself.
    let said = (!matches!(item.ask, Ask::Paper { .. })).then(|| {
        let (title, reason) = (item.title.clone(), item.reason.clone());
        view! { <h2>{title}</h2><p>{reason}</p> }
    });
    view! { {said} {inner} }
}

/// What is missing, item by item; and photos that are not at the office yet.
fn faults(services: Services, key: &DraftKey, settled: &[String]) -> Vec<ErrorLine> {
    let Some(draft) = services.draft.find_now(key) else { return vec![] };
    // What may have reached the office goes out as it is.
    if draft.is_locked() {
        return vec![];
    }
    let Some(supplement) = draft.find_supplement() else { return vec![] };
    let line = |item: &Item, text: String| ErrorLine { target: slot_id(&item.id), text };
    supplement
        .items
        .iter()
        .filter_map(|item| match supplement.problem(item, &draft, settled) {
            Some(problem) => Some(line(item, words(problem, &item.title))),
            None if draft.has_doubtful(&item.id) => {
                Some(line(item, t().paper_doubtful(&item.title)))
            }
            None if is_on_its_way(item, &draft) => {
                Some(line(item, t().supplement_not_sent_yet().to_owned()))
            }
            None => None,
        })
        .collect()
}

fn is_on_its_way(item: &Item, draft: &Draft) -> bool {
    let papers = draft.papers_of(&item.id);
    matches!(item.ask, Ask::Paper { .. })
        && (papers.is_empty()
            || papers.iter().any(|paper| !matches!(paper.upload, Phase::Finished { .. })))
}

fn words(problem: ItemProblem, name: &str) -> String {
    match problem {
        ItemProblem::NoPaper => t().supplement_paper_missing(name),
        ItemProblem::TooManyFiles => t().supplement_paper_many(name),
        ItemProblem::NoAnswer => t().supplement_answer_missing(name),
        ItemProblem::TooLong => t().supplement_answer_long(name),
        ItemProblem::NotPaid => t().supplement_not_paid(name),
    }
}
