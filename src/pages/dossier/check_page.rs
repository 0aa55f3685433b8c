//! Everything that was answered, before it is submitted, each with a link to change it that comes
//! back here.

use super::super::procedure::fees;
use super::super::use_go;
use super::answer_text::answer_text;
use super::question_page::KeptNote;
use super::{load, steps, today};
use crate::app::Services;
use crate::i18n::{problem_words, said, t};
use crate::kit::{
    Back, Button, ErrorLine, ErrorSummary, Notice, Page, SummaryList, SummaryRow, Tone,
};
use crate::route::Route;
use leptos::prelude::*;
use motcua_domain::procedure::{Procedure, ProcedureCode};
use motcua_domain::validate;
use motcua_journeys::draft::Draft;
use std::sync::Arc;

/// Check your answers.
#[component]
pub fn CheckPage(
    /// Which procedure.
    code: ProcedureCode,
) -> impl IntoView {
    let (services, procedure) = load(code);
    procedure.draw(move |procedure| view! { <Check services=services procedure=procedure/> })
}

#[component]
fn Check(
    /// Services.
    services: Services,
    /// Which procedure.
    procedure: Arc<Procedure>,
) -> impl IntoView {
    let go = use_go();
    let code = procedure.code.clone();
    let draft = services
        .draft
        .find_now(&code)
        .unwrap_or_else(|| Draft::new(code.clone(), procedure.version, 0));
    let sections = procedure
        .form
        .pages_asked(&draft.answers, today())
        .map(|page| {
            let change = Route::Question(code.clone(), page.id.clone()).to_change();
            let rows = page
                .questions_asked(&draft.answers, today())
                .map(|question| SummaryRow {
                    term: said(&question.label),
                    text: answer_text(&question.kind, draft.answers.find(&question.id)),
                    act: Some((change.clone(), t().check_change().to_owned())),
                })
                .collect();
            view! { <h2>{said(&page.title)}</h2><SummaryList rows=rows/> }
        })
        .collect_view();
    let paper_rows: Vec<SummaryRow> = steps::uploads(&procedure, &draft.answers)
        .map(|(component, _)| {
            let count = draft.papers_of(&component.id).len();
            let text = match count {
                0 => t().check_no_paper().to_owned(),
                count => t().check_papers(&count.to_string()),
            };
            SummaryRow {
                term: said(&component.name),
                text,
                act: Some((Route::Papers(code.clone()).to_change(), t().check_change().to_owned())),
            }
        })
        .collect();
    let fee_rows = fees::rows(&fees::lines(&procedure, &draft.answers));
    let errors = RwSignal::new(Vec::<ErrorLine>::new());
    let trouble = Signal::derive(move || (!errors.read().is_empty()).then(|| t().error_prefix()));
    let locked = draft.is_locked();
    let send_procedure = Arc::clone(&procedure);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(draft) = services.draft.find_now(&send_procedure.code) else { return };
        let wrong = problems(&send_procedure, &draft);
        if wrong.is_empty() || draft.is_locked() {
            go(Route::Send(send_procedure.code.clone()).to_string());
        } else {
            errors.set(wrong);
        }
    };
    view! {
        <Page
            title=t().check_title()
            back=Some(Back { href: Route::Papers(code.clone()).to_string(), label: t().back().to_owned() })
            trouble=trouble
        >
            <KeptNote services=services/>
            <ErrorSummary heading=t().error_heading() errors=errors/>
            {locked.then(|| view! { <Notice tone=Tone::Warning><p>{t().send_unknown_text()}</p></Notice> })}
            <p>{t().check_lead()}</p>
            {sections}
            {(!paper_rows.is_empty()).then(|| view! { <h2>{t().papers_title()}</h2><SummaryList rows=paper_rows/> })}
            {(!fee_rows.is_empty()).then(|| view! { <h2>{t().procedure_fee()}</h2><SummaryList rows=fee_rows/> })}
            <form novalidate on:submit=send>
                <Button label=t().check_go_on().to_owned() submit=true/>
            </form>
        </Page>
    }
}

/// What is missing or wrong in the whole dossier, with a link to where it can be put right.
fn problems(procedure: &Procedure, draft: &Draft) -> Vec<ErrorLine> {
    let answers = &draft.answers;
    let mut lines = vec![];
    for page in procedure.form.pages_asked(answers, today()) {
        for question in page.questions_asked(answers, today()) {
            if let Err(problem) = validate::check_question(question, answers, today()) {
                lines.push(ErrorLine {
                    target: Route::Question(procedure.code.clone(), page.id.clone()).to_change(),
                    text: problem_words(&problem, &said(&question.label)),
                });
            }
        }
    }
    for (component, must) in steps::uploads(procedure, answers) {
        if must && draft.papers_of(&component.id).is_empty() {
            lines.push(ErrorLine {
                target: Route::Papers(procedure.code.clone()).to_change(),
                text: t().paper_missing(&said(&component.name)),
            });
        }
    }
    lines
}
