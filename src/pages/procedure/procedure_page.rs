//! The page of a procedure.

use super::super::dossier::first_question;
use super::fees;
use super::sharing::Sharing;
use super::sources::Sources;
use crate::app::{load, services};
use crate::browser::tasks;
use crate::i18n::{level_words, need_words, said, t, time_limit_words};
use crate::kit::{Back, LinkButton, Notice, Page, SummaryList, SummaryRow, Tone};
use crate::route::Route;
use leptos::prelude::*;
use motcua_domain::answers::Answers;
use motcua_domain::procedure::{Detail, Procedure, ProcedureCode, ServiceLevel};
use motcua_journeys::draft::DraftKey;
use std::sync::Arc;

/// The page of a procedure.
#[component]
pub fn ProcedurePage(
    /// Which.
    code: ProcedureCode,
) -> impl IntoView {
    let procedure = load::procedure(services(), code);
    procedure.draw(|procedure| view! { <Description procedure=procedure/> })
}

#[component]
fn Description(
    /// Which.
    procedure: Arc<Procedure>,
) -> impl IntoView {
    let can_be_filled = procedure.can_be_filed() && !procedure.form.pages.is_empty();
    // Where the counter takes it, the form can still be filled before going there.
    let can_be_prepared = !can_be_filled && !procedure.form.pages.is_empty();
    let begin_href = Route::Begin(DraftKey::own(procedure.code.clone())).to_string();
    let partly = can_be_filled && procedure.level == ServiceLevel::Partial;
    let at_counter = |otherwise: &'static str| {
        procedure.at_counter.as_ref().map_or_else(|| otherwise.to_owned(), said)
    };
    let partly_words = at_counter(t().procedure_partial());
    let not_here_words = at_counter(match procedure.detail {
        Detail::Full => t().procedure_not_here_text(),
        Detail::Listed => t().procedure_listed_text(),
    });
    let facts: Vec<SummaryRow> = [
        procedure.who.as_ref().map(|who| SummaryRow::fact(t().procedure_who(), said(who))),
        procedure.result.as_ref().map(|what| SummaryRow::fact(t().procedure_result(), said(what))),
        Some(SummaryRow::fact(
            t().procedure_time(),
            with_note(&time_limit_words(procedure.time_limit), procedure.time_note.as_ref()),
        )),
        Some(SummaryRow::fact(t().procedure_level(), level_words(procedure.level))),
    ]
    .into_iter()
    .flatten()
    .collect();
    // Of a procedure that is only listed, papers are not known, nor mostly fees: silence, not "none".
    let described = procedure.detail == Detail::Full;
    let fee_rows = fees::facts(&procedure, &Answers::default(), None);
    let no_fees = described && fee_rows.is_empty();
    let fee_title = described || !fee_rows.is_empty();
    let papers = procedure.components.iter().map(|component| {
        let sometimes = component.when.is_some().then(|| t().paper_sometimes());
        let words: Vec<String> = [
            sometimes.map(str::to_owned),
            Some(need_words(&component.need)),
            component.note.as_ref().map(said),
        ]
        .into_iter()
        .flatten()
        .collect();
        SummaryRow::fact(said(&component.name), words.join("\n"))
    });
    let papers: Vec<SummaryRow> = papers.collect();
    let no_papers = described && papers.is_empty();
    let legal_basis: Vec<_> = procedure
        .legal_basis
        .iter()
        .cloned()
        .map(|law| view! { <li lang="vi">{law}</li> })
        .collect();
    view! {
        <Page
            title=said(&procedure.short_name)
            back=Some(Back { href: Route::Search.to_string(), label: t().back_to_list().to_owned() })
        >
            {procedure.purpose.as_ref().map(|purpose| view! { <p class="lead">{said(purpose)}</p> })}
            {partly.then(|| view! {
                <Notice><p>{partly_words}</p></Notice>
            })}
            {(!can_be_filled).then(|| view! {
                <Notice tone=Tone::Warning>
                    <h2>{t().procedure_not_here_title()}</h2>
                    <p>{not_here_words}</p>
                </Notice>
                <PortalLink code=procedure.code.clone()/>
            })}
            {can_be_prepared.then(|| view! {
                <LinkButton href=begin_href label=t().procedure_prepare()/>
            })}
            <LookAlikes code=procedure.code.clone()/>
            {can_be_filled.then(|| view! { <Start procedure=Arc::clone(&procedure)/> })}
            <h2>{t().procedure_facts()}</h2>
            <SummaryList rows=facts/>
            {fee_title.then(|| view! { <h2>{t().procedure_fee()}</h2> })}
            {no_fees.then(|| view! { <p>{t().procedure_no_fee()}</p> })}
            <SummaryList rows=fee_rows/>
            {procedure.fee_note.as_ref().map(|note| view! { <p>{said(note)}</p> })}
            {described.then(|| view! { <h2>{t().procedure_papers()}</h2> })}
            {no_papers.then(|| view! { <p>{t().papers_none()}</p> })}
            <SummaryList rows=papers/>
            <p class="hint">{t().procedure_official(&said(&procedure.name), procedure.code.as_str())}</p>
            {(!legal_basis.is_empty()).then(|| view! {
                <h2>{t().procedure_legal_basis()}</h2>
                <ul>{legal_basis}</ul>
            })}
            <Sources sources=procedure.sources.clone()/>
            <Sharing
                path=Route::Procedure(procedure.code.clone()).to_string()
                title=said(&procedure.short_name)
                poster=Route::Poster(procedure.code.clone()).to_string()
            />
        </Page>
    }
}

/// Straight to the first question, for oneself; to what was begun, where something was; or for
/// somebody else.
#[component]
fn Start(
    /// Which.
    procedure: Arc<Procedure>,
) -> impl IntoView {
    let services = services();
    let key = DraftKey::own(procedure.code.clone());
    let first = first_question(&procedure, &key).to_string();
    let (begin, others) = (Route::Begin(key.clone()).to_string(), Route::Behalf(key.clone()));
    let begun = RwSignal::new(false);
    tasks::start(async move {
        begun.try_set(services.draft.has_kept(&key).await);
    });
    view! {
        {move || match begun.get() {
            true => view! { <LinkButton href=begin.clone() label=t().begin_continue()/> },
            false => view! { <LinkButton href=first.clone() label=t().procedure_start()/> },
        }}
        <LinkButton href=others.to_string() label=t().begin_for_other() quiet=true/>
    }
}

/// The way to the national portal, which describes what is only listed here and takes what cannot be
/// filed here.
#[component]
fn PortalLink(
    /// Which procedure.
    code: ProcedureCode,
) -> impl IntoView {
    let config = services().config;
    move || {
        let page = config.get()?.portal_page.clone()?.replace("{code}", code.as_str());
        Some(view! {
            <LinkButton href=page label=t().procedure_portal() quiet=true external=true/>
        })
    }
}

/// Plain questions for who may mean a procedure that looks like this one.
#[component]
fn LookAlikes(
    /// Which procedure.
    code: ProcedureCode,
) -> impl IntoView {
    let services = services();
    let found = RwSignal::new(None::<(String, String)>);
    tasks::start(async move {
        let Ok(catalogue) = services.get_catalogue().await else { return };
        let chooser = catalogue.find_chooser(&code);
        found.try_set(chooser.map(|chooser| {
            (Route::Choose(chooser.id.clone(), None).to_string(), said(&chooser.title))
        }));
    });
    move || {
        found.get().map(|(href, title)| {
            view! {
                <p class="no-print">{t().procedure_look_alikes()}" "<a href=href>{title}</a></p>
            }
        })
    }
}

fn with_note(text: &str, note: Option<&motcua_domain::text::Text>) -> String {
    match note {
        Some(note) => format!("{text}\n{}", said(note)),
        None => text.to_owned(),
    }
}
