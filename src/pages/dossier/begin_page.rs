//! Before you start: what is needed, how long it takes, for whom it is, and what was already filled.

use super::super::procedure::fees;
use super::kept_note::KeptNote;
use super::{load, steps, today};
use crate::app::Services;
use crate::i18n::{behalf_words, need_words, said, t};
use crate::kit::{
    Back, LinkButton, Notice, Page, SummaryList, SummaryRow, TaskList, TaskRow, Tone,
};
use crate::route::Route;
use leptos::prelude::*;
use motcua_domain::behalf::Behalf;
use motcua_domain::procedure::Procedure;
use motcua_domain::validate;
use motcua_journeys::draft::{Draft, DraftKey};
use std::sync::Arc;

/// Before you start.
#[component]
pub fn BeginPage(
    /// Which draft.
    draft_key: DraftKey,
) -> impl IntoView {
    let (services, procedure) = load(draft_key.clone());
    procedure.draw(move |procedure| {
        view! { <Begin services=services procedure=procedure draft_key=draft_key.clone()/> }
    })
}

#[component]
fn Begin(
    /// Services.
    services: Services,
    /// Which procedure.
    procedure: Arc<Procedure>,
    /// Which draft.
    draft_key: DraftKey,
) -> impl IntoView {
    let back = Back {
        href: Route::Procedure(procedure.code.clone()).to_string(),
        label: t().back().to_owned(),
    };
    let draft = services.draft.find_now(&draft_key);
    let draft = draft.unwrap_or_else(|| Draft::new(draft_key.clone(), procedure.version, 0));
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
    let claimed = draft.claimed(&procedure, today());
    let fee_rows = fees::facts(&procedure, &draft.answers, claimed);
    let tasks = tasks_of(&procedure, &draft);
    // On with what is not done yet; a fresh draft begins at the beginning.
    let open = tasks.iter().find(|row| row.state == t().task_open()).map(|row| row.href.clone());
    let start = if begun {
        open.unwrap_or_else(|| Route::Check(draft_key.clone()).to_string())
    } else {
        steps::first(&procedure, &draft_key, &draft.answers).to_string()
    };
    let for_other = (draft.behalf != Behalf::Myself).then(|| {
        let act = (Route::Behalf(draft_key.clone()).to_string(), t().check_change().to_owned());
        let text = behalf_words(&draft.behalf).to_owned();
        vec![SummaryRow { term: t().behalf_term().to_owned(), text, act: Some(act) }]
    });
    let send_href = Route::Send(draft_key.clone()).to_string();
    let give_href = Route::Give(draft_key.clone()).to_string();
    let others = Route::Behalf(draft_key.clone()).to_string();
    let own = draft_key.slot.is_none() && !begun;
    view! {
        <Page title=t().begin_title(&said(&procedure.short_name)) back=Some(back)>
            <KeptNote services=services/>
            {for_other.map(|rows| view! { <SummaryList rows=rows/> })}
            {begun.then(|| view! {
                <Notice>
                    <h2>{t().begin_restored_title()}</h2>
                    <p>{t().begin_restored_text()}</p>
                </Notice>
                <LinkButton href=start.clone() label=t().begin_continue()/>
                <TaskList rows=tasks/>
                <LinkButton href=give_href label=t().give_link() quiet=true/>
            })}
            {draft.is_locked().then(|| view! {
                <Notice tone=Tone::Warning>
                    <p>{t().send_unknown_text()}</p>
                    <p><a href=send_href>{t().send_again()}</a></p>
                </Notice>
            })}
            {(!begun).then(|| view! { <LinkButton href=start.clone() label=t().begin_start()/> })}
            {own.then(|| view! { <LinkButton href=others label=t().begin_for_other() quiet=true/> })}
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
        </Page>
    }
}

/// How far each part is.
fn tasks_of(procedure: &Procedure, draft: &Draft) -> Vec<TaskRow> {
    let answers = &draft.answers;
    let state = |done| if done { t().task_done() } else { t().task_open() }.to_owned();
    let mut rows: Vec<TaskRow> = procedure
        .form
        .pages_asked(answers, today())
        .map(|page| {
            let asked = procedure.form.asked_on(page, answers, today());
            let fits = |question| validate::check_question(question, answers, today()).is_ok();
            TaskRow {
                name: said(&page.title),
                href: Route::Question(draft.key(), page.id.clone()).to_string(),
                state: state(asked.iter().all(fits)),
            }
        })
        .collect();
    let uploads = steps::uploads_on_papers_page(procedure, draft);
    if !uploads.is_empty() {
        let done = uploads.iter().all(|(part, must)| !must || draft.has_paper(&part.id));
        rows.push(TaskRow {
            name: t().papers_title().to_owned(),
            href: Route::Papers(draft.key()).to_string(),
            state: state(done),
        });
    }
    rows
}
