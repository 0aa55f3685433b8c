//! One procedure on one sheet: what it is called, its code, what it costs, what to bring.

use super::super::procedure::fees;
use crate::app::{load, services};
use crate::browser::{document, navigation};
use crate::i18n::{need_words, said, t, time_limit_words};
use crate::kit::{Back, Button, Page, QrPicture};
use crate::route::Route;
use leptos::prelude::*;
use motcua_domain::procedure::{Need, Procedure, ProcedureCode};
use std::sync::Arc;

/// The poster of a procedure.
#[component]
pub fn PosterPage(
    /// Which.
    code: ProcedureCode,
) -> impl IntoView {
    let procedure = load::procedure(services(), code);
    procedure.draw(|procedure| view! { <Poster procedure=procedure/> })
}

#[component]
fn Poster(
    /// Which.
    procedure: Arc<Procedure>,
) -> impl IntoView {
    let path = Route::Procedure(procedure.code.clone()).to_string();
    let fees = fees::in_short(&procedure);
    let papers: Vec<String> = procedure
        .components
        .iter()
        .filter(|component| !matches!(component.need, Need::ReplacedByData { .. }))
        .map(|component| {
            let when = component.when.is_some().then(|| t().paper_sometimes());
            let what = said(&component.name);
            when.map_or(what.clone(), |when| format!("{what} ({when})"))
        })
        .collect();
    let not_needed: Vec<String> = procedure
        .components
        .iter()
        .filter(|component| matches!(component.need, Need::ReplacedByData { .. }))
        .map(|component| format!("{}: {}", said(&component.name), need_words(&component.need)))
        .collect();
    let no_papers = papers.is_empty() && not_needed.is_empty();
    let list =
        |rows: Vec<String>| rows.into_iter().map(|row| view! { <li>{row}</li> }).collect_view();
    view! {
        <Page
            title=said(&procedure.short_name)
            back=Some(Back { href: path.clone(), label: t().back().to_owned() })
        >
            <Button label=t().poster_print().to_owned() on_press=move |()| document::print()/>
            <div class="poster">
                <QrPicture text=format!("{}{path}", navigation::origin()) label=t().share_qr_label()/>
                <p class="poster-how">{t().poster_how()}</p>
                <p class="poster-code">{procedure.code.to_string()}</p>
                <h2>{t().poster_fee()}</h2>
                <ul>{list(fees)}</ul>
                <h2>{t().poster_time()}</h2>
                <p>{time_limit_words(procedure.time_limit)}</p>
                <h2>{t().poster_papers()}</h2>
                {no_papers.then(|| view! { <p>{t().poster_papers_unknown()}</p> })}
                <ul>{list(papers)}{list(not_needed)}</ul>
                <PosterFoot/>
            </div>
        </Page>
    }
}

/// Whose poster it is and whom to call.
#[component]
pub fn PosterFoot() -> impl IntoView {
    let config = services().config;
    view! {
        <p class="poster-foot">
            {move || config.get().map(|config| {
                format!("{} · {}", said(&config.office_address), t().foot_call(&config.hotline))
            })}
        </p>
    }
}
