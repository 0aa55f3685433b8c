//! Before you start: what is needed, how long it takes, and what was already filled.

use super::super::procedure::fees;
use super::question_page::KeptNote;
use super::{load, steps, today};
use crate::app::Services;
use crate::i18n::{need_words, said, t};
use crate::kit::{
    Back, LinkButton, Notice, Page, SummaryList, SummaryRow, TaskList, TaskRow, Tone,
};
use crate::route::Route;
use leptos::prelude::*;
use motcua_domain::procedure::{Procedure, ProcedureCode};
use motcua_domain::validate;
use motcua_journeys::draft::Draft;
use std::sync::Arc;

/// Before you start.
#[component]
pub fn BeginPage(
    /// Which procedure.
    code: ProcedureCode,
) -> impl IntoView {
    let (services, procedure) = load(code);
    procedure.draw(move |procedure| view! { <Begin services=services procedure=procedure/> })
}

#[component]
fn Begin(
    /// Services.
    services: Services,
    /// Which procedure.
    procedure: Arc<Procedure>,
) -> impl IntoView {
    let code = procedure.code.clone();
    let back =
        Back { href: Route::Procedure(code.clone()).to_string(), label: t().back().to_owned() };
    let draft = services
        .draft
        .find_now(&code)
        .unwrap_or_else(|| Draft::new(code.clone(), procedure.version, 0));
    let begun = !draft.is_empty();
    let papers: Vec<SummaryRow> = procedure
        .components
        .iter()
        .map(|component| {
            let sometimes =
                component.when.is_some().then(|| format!("{}\n", t().paper_sometimes()));
            let text = format!("{}{}", sometimes.unwrap_or_default(), need_words(&component.need));
            SummaryRow::fact(said(&component.name), text)
        })
        .collect();
    let fee_rows = fees::rows(&fees::lines(&procedure, &draft.answers));
    let tasks = tasks_of(&procedure, &draft);
    // On with what is not done yet; a fresh draft begins at the beginning.
    let open = tasks.iter().find(|row| row.state == t().task_open()).map(|row| row.href.clone());
    let start = if begun {
        open.unwrap_or_else(|| Route::Check(code.clone()).to_string())
    } else {
        steps::first(&procedure, &draft.answers).to_string()
    };
    view! {
        <Page title=t().begin_title(&said(&procedure.short_name)) back=Some(back)>
            <KeptNote services=services/>
            {begun.then(|| view! {
                <Notice>
                    <h2>{t().begin_restored_title()}</h2>
                    <p>{t().begin_restored_text()}</p>
                </Notice>
                <LinkButton href=start.clone() label=t().begin_continue()/>
                <TaskList rows=tasks/>
                <LinkButton href=Route::Give(code.clone()).to_string() label=t().give_link() quiet=true/>
            })}
            {draft.is_locked().then(|| view! {
                <Notice tone=Tone::Warning>
                    <p>{t().send_unknown_text()}</p>
                    <p><a href=Route::Send(code.clone()).to_string()>{t().send_again()}</a></p>
                </Notice>
            })}
            <h2>{t().begin_have_title()}</h2>
            <ul>
                <li>{t().begin_have_identity()}</li>
                <li>{t().begin_have_phone()}</li>
            </ul>
            {(!papers.is_empty()).then(|| view! {
                <h2>{t().procedure_papers()}</h2>
                <SummaryList rows=papers/>
            })}
            {(!fee_rows.is_empty()).then(|| view! {
                <h2>{t().procedure_fee()}</h2>
                <SummaryList rows=fee_rows/>
            })}
            <p>{t().begin_saved()}</p>
            <p>{t().begin_login_late()}</p>
            {(!begun).then(|| view! { <LinkButton href=start.clone() label=t().begin_start()/> })}
        </Page>
    }
}

/// How far each part is.
fn tasks_of(procedure: &Procedure, draft: &Draft) -> Vec<TaskRow> {
    let answers = &draft.answers;
    let mut rows: Vec<TaskRow> = procedure
        .form
        .pages_asked(answers, today())
        .map(|page| {
            let mut asked = page.questions_asked(answers, today());
            let done =
                asked.all(|question| validate::check_question(question, answers, today()).is_ok());
            TaskRow {
                name: said(&page.title),
                href: Route::Question(procedure.code.clone(), page.id.clone()).to_string(),
                state: if done { t().task_done() } else { t().task_open() }.to_owned(),
            }
        })
        .collect();
    if steps::uploads(procedure, answers).next().is_some() {
        let done = steps::uploads(procedure, answers)
            .all(|(component, must)| !must || !draft.papers_of(&component.id).is_empty());
        rows.push(TaskRow {
            name: t().papers_title().to_owned(),
            href: Route::Papers(procedure.code.clone()).to_string(),
            state: if done { t().task_done() } else { t().task_open() }.to_owned(),
        });
    }
    rows
}
