//! The procedures of an event of life or of a sector, as lists of links.

use crate::app::{load, services};
use crate::i18n::{said, t};
use crate::kit::{Back, LinkButton, Page};
use crate::pages::search::ProcedureLink;
use crate::route::Route;
use leptos::prelude::*;
use motcua_contract::catalogue::{CatalogueDocument, ProcedureSummary};
use motcua_domain::procedure::ProcedureCode;
use std::sync::Arc;

/// The procedures of an event of life, the first one needed first.
#[component]
pub fn EventPage(
    /// Which event.
    id: String,
) -> impl IntoView {
    let catalogue = load::catalogue(services());
    catalogue.draw(move |catalogue: Arc<CatalogueDocument>| {
        let event = catalogue.life_events.iter().find(|event| event.id == id);
        let codes = event.map(|event| event.codes.as_slice()).unwrap_or_default();
        let rows = summaries(&catalogue, codes);
        // Questions spare reading names that look alike, where most of them are in this list.
        let choosers: Vec<_> = catalogue
            .choosers
            .iter()
            .filter(|chooser| {
                let here = chooser.codes.iter().filter(|code| codes.contains(code)).count();
                here * 2 > chooser.codes.len()
            })
            .map(|chooser| {
                (Route::Choose(chooser.id.clone(), None).to_string(), said(&chooser.title))
            })
            .collect();
        let title =
            event.map_or_else(|| t().not_found_title().to_owned(), |event| said(&event.title));
        view! { <Listed title=title rows=rows choosers=choosers catalogue=catalogue/> }
    })
}

/// The procedures of a sector.
#[component]
pub fn SectorPage(
    /// Which sector.
    id: String,
) -> impl IntoView {
    let catalogue = load::catalogue(services());
    catalogue.draw(move |catalogue: Arc<CatalogueDocument>| {
        let rows: Vec<ProcedureSummary> =
            catalogue.procedures.iter().filter(|row| row.sector == id).cloned().collect();
        let title = catalogue
            .find_sector(&id)
            .map_or_else(|| t().not_found_title().to_owned(), |sector| said(&sector.name));
        let sheet = Some(Route::Sheet(id.clone()).to_string());
        view! { <Listed title=title rows=rows choosers=vec![] catalogue=catalogue sheet=sheet/> }
    })
}

fn summaries(catalogue: &CatalogueDocument, codes: &[ProcedureCode]) -> Vec<ProcedureSummary> {
    codes
        .iter()
        .filter_map(|code| catalogue.procedures.iter().find(|row| row.code == *code))
        .cloned()
        .collect()
}

#[component]
fn Listed(
    /// The page's title.
    title: String,
    /// The procedures.
    rows: Vec<ProcedureSummary>,
    /// Address and title of the choosers that help here.
    choosers: Vec<(String, String)>,
    /// The catalogue, for the names of sectors.
    catalogue: Arc<CatalogueDocument>,
    /// Where the poster of all of them is.
    #[prop(default = None)]
    sheet: Option<String>,
) -> impl IntoView {
    let links = rows
        .into_iter()
        .map(|row| view! { <ProcedureLink row=row catalogue=Arc::clone(&catalogue)/> })
        .collect_view();
    let choosers = choosers
        .into_iter()
        .map(|(href, title)| view! { <LinkButton href=href label=title quiet=true/> })
        .collect_view();
    view! {
        <Page
            title=title
            back=Some(Back { href: Route::Search.to_string(), label: t().back_to_list().to_owned() })
        >
            {choosers}
            <ul class="links">{links}</ul>
            {sheet.map(|href| view! { <LinkButton href=href label=t().poster_link() quiet=true/> })}
        </Page>
    }
}
