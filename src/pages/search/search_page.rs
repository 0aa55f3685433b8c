//! The search page: while nothing is typed, ways in by event of life and by sector; while typing, what
//! fits best, and plain questions where look-alikes are among it.

use super::procedure_link::ProcedureLink;
use crate::app::load;
use crate::app::{Services, services};
use crate::browser::intl;
use crate::i18n::{Language, said, t};
use crate::kit::{Back, Field, LinkButton, Page};
use crate::route::Route;
use leptos::prelude::*;
use motcua_contract::catalogue::{CatalogueDocument, ProcedureSummary};
use std::sync::Arc;

/// Results shown at once; who does not see theirs among them types another word.
const SHOWN: usize = 20;

/// The search page.
#[component]
pub fn SearchPage() -> impl IntoView {
    let catalogue = load::catalogue(services());
    catalogue.draw(|catalogue| view! { <Search catalogue=catalogue/> })
}

#[component]
fn Search(
    /// The catalogue.
    catalogue: Arc<CatalogueDocument>,
) -> impl IntoView {
    let services = services();
    let query = services.query;
    let idle = Memo::new(move |_| query.read().trim().is_empty());
    let searched = Arc::clone(&catalogue);
    let found = Memo::new(move |_| find(services, &searched, &intl::composed(&query.read())));
    let shown = Arc::clone(&catalogue);
    view! {
        <Page
            title=t().search_title()
            back=Some(Back { href: Route::Start.to_string(), label: t().back().to_owned() })
        >
            <form role="search" novalidate on:submit=|event: leptos::ev::SubmitEvent| event.prevent_default()>
                <Field
                    id="query"
                    label=t().search_label()
                    hint=Some(t().search_hint().to_owned())
                    value=query.get_untracked()
                    on_change=move |text| query.set(text)
                />
            </form>
            <p role="status">
                {move || match found.read().len() {
                    _ if idle.get() => t().search_count(&catalogue.procedures.len().to_string()),
                    0 => t().search_none().to_owned(),
                    count => t().search_found(&count.to_string()),
                }}
            </p>
            {move || if idle.get() {
                view! { <Ways catalogue=Arc::clone(&shown)/> }.into_any()
            } else {
                view! { <Results catalogue=Arc::clone(&shown) found=found/> }.into_any()
            }}
        </Page>
    }
}

/// What fits the query.
#[component]
fn Results(
    /// The catalogue.
    catalogue: Arc<CatalogueDocument>,
    /// What fits, best first.
    found: Memo<Vec<ProcedureSummary>>,
) -> impl IntoView {
    let shown = Arc::clone(&catalogue);
    let chooser = move || {
        let best = found.read().first().map(|row| row.code.clone())?;
        let chooser = catalogue.find_chooser(&best)?;
        let href = Route::Choose(chooser.id.clone(), None).to_string();
        Some(view! {
            <div class="panel">
                <p>{t().search_unsure()}</p>
                <LinkButton href=href label=said(&chooser.title) quiet=true/>
            </div>
        })
    };
    let rows = move || {
        let catalogue = Arc::clone(&shown);
        found
            .get()
            .into_iter()
            .map(move |row| view! { <ProcedureLink row=row catalogue=Arc::clone(&catalogue)/> })
            .collect_view()
    };
    view! {
        {chooser}
        <ul class="links">{rows}</ul>
    }
}

/// Ways in for who has no word for it.
#[component]
fn Ways(
    /// The catalogue.
    catalogue: Arc<CatalogueDocument>,
) -> impl IntoView {
    let link = |href: String, words: String| view! { <li><a href=href>{words}</a></li> };
    let events = catalogue
        .life_events
        .iter()
        .map(|event| link(Route::Event(event.id.clone()).to_string(), said(&event.title)))
        .collect_view();
    let sectors = catalogue
        .sectors
        .iter()
        .map(|sector| {
            let count = catalogue.procedures.iter().filter(|row| row.sector == sector.id).count();
            let words = t().search_sector(&said(&sector.name), &count.to_string());
            link(Route::Sector(sector.id.clone()).to_string(), words)
        })
        .collect_view();
    view! {
        <h2>{t().search_events()}</h2>
        <ul class="links tiles">{events}</ul>
        <h2>{t().search_sectors()}</h2>
        <ul class="links">{sectors}</ul>
    }
}

/// What matches, best first.
fn find(services: Services, catalogue: &CatalogueDocument, query: &str) -> Vec<ProcedureSummary> {
    if query.trim().is_empty() {
        return Vec::new();
    }
    let index = services.get_index(catalogue);
    let hits = index.find(query, t() == Language::Vi, SHOWN);
    hits.into_iter().filter_map(|hit| catalogue.procedures.get(hit.entry).cloned()).collect()
}
