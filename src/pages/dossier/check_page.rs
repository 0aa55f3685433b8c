//! Everything that was answered, before it is submitted, each with a link to change it that comes
//! back here; and what the office would send back.

use super::super::use_go;
use super::answer_text::answer_text;
use super::fee_part::FeePart;
use super::findings::{self, Advice};
use super::kept_note::KeptNote;
use super::papers_page::not_sent;
use super::question::full_label;
use super::{load, steps, today};
use crate::app::Services;
use crate::i18n::{behalf_words, said, t};
use crate::kit::{
    Back, Button, ErrorLine, ErrorSummary, LinkButton, Notice, Page, SummaryList, SummaryRow, Tone,
};
use crate::route::Route;
use leptos::prelude::*;
use motcua_domain::behalf::Behalf;
use motcua_domain::form::Kind;
use motcua_domain::procedure::Procedure;
use motcua_journeys::draft::{Draft, DraftKey};
use std::sync::Arc;

/// Check your answers.
#[component]
pub fn CheckPage(
    /// Which draft.
    draft_key: DraftKey,
) -> impl IntoView {
    let (services, procedure) = load(draft_key.clone());
    procedure.draw(move |procedure| {
        view! { <Check services=services procedure=procedure draft_key=draft_key.clone()/> }
    })
}

#[component]
fn Check(
    /// Services.
    services: Services,
    /// Which procedure.
    procedure: Arc<Procedure>,
    /// Which draft.
    draft_key: DraftKey,
) -> impl IntoView {
    let go = use_go();
    let draft = services.draft.find_now(&draft_key);
    let draft = draft.unwrap_or_else(|| Draft::new(draft_key.clone(), procedure.version, 0));
    let paper_rows: Vec<SummaryRow> = steps::uploads(&procedure, &draft)
        .into_iter()
        .map(|(component, _)| {
            let picked = draft.papers_of(&component.id).iter();
            let picked = picked.filter(|paper| paper.pages.is_empty()).count();
            let pages = draft.sheets_of(&component.id).len();
            let text = match (pages, picked) {
                (0, 0) => t().check_no_paper().to_owned(),
                (0, picked) => t().check_papers(&picked.to_string()),
                (pages, 0) => t().paper_of_pages(&pages.to_string()),
                (pages, picked) => {
                    let pages = t().paper_of_pages(&pages.to_string());
                    format!("{pages}, {}", t().check_papers(&picked.to_string()))
                }
            };
            let change = Route::Papers(draft_key.clone()).to_change();
            let act = Some((change, t().check_change().to_owned()));
            SummaryRow { term: said(&component.name), text, act }
        })
        .collect();
    let other_papers = not_sent(&procedure, &draft);
    // Looked at anew when it changes: an exemption that is claimed on this page asks for its proof.
    let readiness = {
        let (procedure, key) = (Arc::clone(&procedure), draft_key.clone());
        move || {
            let draft = services.draft.find(&key)?;
            let found = findings::look(services, &procedure, &draft);
            let missing = found.blocking.len();
            Some(view! { <Readiness ready=missing == 0 missing=missing advice=found.advice/> })
        }
    };
    let errors = RwSignal::new(Vec::<ErrorLine>::new());
    let trouble = Signal::derive(move || (!errors.read().is_empty()).then(|| t().error_prefix()));
    let locked = draft.is_locked();
    let can_be_sent = procedure.can_be_filed();
    let send_procedure = Arc::clone(&procedure);
    let send_key = draft_key.clone();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(draft) = services.draft.find_now(&send_key) else { return };
        let wrong = findings::look(services, &send_procedure, &draft).blocking;
        if wrong.is_empty() || draft.is_locked() {
            let next = if can_be_sent { Route::Send } else { Route::Slip };
            go(next(send_key.clone()).to_string());
        } else {
            errors.set(wrong);
        }
    };
    let behalf = (draft.behalf != Behalf::Myself).then(|| {
        let change = Route::Behalf(draft_key.clone()).to_string();
        let act = Some((change, t().check_change().to_owned()));
        let text = behalf_words(&draft.behalf).to_owned();
        SummaryRow { term: t().behalf_term().to_owned(), text, act }
    });
    let has_papers_page = !steps::uploads_on_papers_page(&procedure, &draft).is_empty();
    let back = match has_papers_page {
        true => Route::Papers(draft_key.clone()),
        false => steps::last(&procedure, &draft_key, &draft.answers),
    };
    let declaration = procedure.form.declaration.is_some();
    let declaration_href = Route::Declaration(draft_key.clone()).to_string();
    view! {
        <Page
            title=t().check_title()
            back=Some(Back { href: back.to_string(), label: t().back().to_owned() })
            trouble=trouble
        >
            <KeptNote services=services/>
            <ErrorSummary heading=t().error_heading() errors=errors/>
            {locked.then(|| view! { <Notice tone=Tone::Warning><p>{t().send_unknown_text()}</p></Notice> })}
            {readiness}
            <p>{t().check_lead()}</p>
            {behalf.map(|row| view! { <SummaryList rows=vec![row]/> })}
            {sections(services, &procedure, &draft)}
            {(!paper_rows.is_empty()).then(|| view! { <h2>{t().papers_title()}</h2><SummaryList rows=paper_rows/> })}
            {(!other_papers.is_empty()).then(|| view! { <h2>{t().papers_not_sent()}</h2><SummaryList rows=other_papers/> })}
            <FeePart services=services procedure=Arc::clone(&procedure) draft_key=draft_key.clone()/>
            {declaration.then(|| view! {
                <LinkButton href=declaration_href label=t().declaration_link() quiet=true/>
            })}
            <form novalidate on:submit=send>
                <Button
                    label=if can_be_sent { t().check_go_on() } else { t().check_to_counter() }.to_owned()
                    submit=true
                />
            </form>
        </Page>
    }
}

/// Page by page, what was answered and what follows from it.
fn sections(services: Services, procedure: &Procedure, draft: &Draft) -> AnyView {
    let units = services.units();
    let answers = &draft.answers;
    let key = draft.key();
    let pages = procedure
        .form
        .pages_asked(answers, today())
        .map(|page| {
            let change = Route::Question(key.clone(), page.id.clone()).to_change();
            let asked = procedure.form.asked_on(page, answers, today());
            let rows: Vec<SummaryRow> = asked
                .iter()
                .filter(|question| !matches!(question.kind, Kind::Group { .. } | Kind::File { .. }))
                .map(|question| SummaryRow {
                    term: full_label(question),
                    text: answer_text(&question.kind, answers.find(&question.id), &units),
                    act: Some((change.clone(), t().check_change().to_owned())),
                })
                .collect();
            (!rows.is_empty())
                .then(|| view! { <h2>{said(&page.title)}</h2><SummaryList rows=rows/> })
        })
        .collect_view();
    let relevant = procedure.form.relevant(answers, today());
    let computed: Vec<SummaryRow> = procedure
        .form
        .computed
        .iter()
        .filter_map(|computed| {
            let value = computed.value.find_value(&relevant, today())?;
            let unit = computed.unit.as_ref().map(said).unwrap_or_default();
            Some(SummaryRow::fact(said(&computed.label), format!("{value} {unit}")))
        })
        .collect();
    view! {
        {pages}
        {(!computed.is_empty()).then(|| view! { <h2>{t().check_computed()}</h2><SummaryList rows=computed/> })}
    }
    .into_any()
}

/// Whether the office would take it, and what is worth a second look.
#[component]
fn Readiness(
    /// Whether nothing is in the way.
    ready: bool,
    /// How much is in the way.
    missing: usize,
    /// What is worth a second look.
    advice: Vec<Advice>,
) -> impl IntoView {
    let rows = advice
        .into_iter()
        .map(|advice| {
            let rule = (!advice.rule.is_empty()).then(|| t().ready_rule(&advice.rule));
            view! {
                <li>
                    <p>{advice.text}</p>
                    {rule.map(|rule| view! { <p class="hint">{rule}</p> })}
                    <p><a href=advice.href>{t().ready_look()}</a></p>
                </li>
            }
        })
        .collect_view();
    let has_advice = !rows.is_empty();
    view! {
        {match ready {
            true => view! { <Notice><p>{t().ready_yes()}</p></Notice> }.into_any(),
            false => view! {
                <Notice tone=Tone::Warning><p>{t().ready_no(&missing.to_string())}</p></Notice>
            }.into_any(),
        }}
        {has_advice.then(|| view! {
            <h2>{t().ready_advice_title()}</h2>
            <ul class="advice">{rows}</ul>
        })}
    }
}
