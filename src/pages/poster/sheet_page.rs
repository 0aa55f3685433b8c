//! A whole sector as a grid of codes, for one board beside the counter.

use super::poster_page::PosterFoot;
use crate::app::{load, services};
use crate::browser::{document, navigation};
use crate::i18n::{said, t};
use crate::kit::{Back, Button, Page, QrPicture};
use crate::route::Route;
use leptos::prelude::*;
use motcua_contract::catalogue::{CatalogueDocument, ProcedureSummary};
use std::sync::Arc;

/// The poster of a sector.
#[component]
pub fn SheetPage(
    /// Which sector.
    sector: String,
) -> impl IntoView {
    let catalogue = load::catalogue(services());
    catalogue.draw(move |catalogue: Arc<CatalogueDocument>| {
        let rows: Vec<ProcedureSummary> =
            catalogue.procedures.iter().filter(|row| row.sector == sector).cloned().collect();
        let found = catalogue.find_sector(&sector);
        let title = found.map(|sector| said(&sector.name)).unwrap_or_default();
        view! { <Sheet title=title rows=rows/> }
    })
}

#[component]
fn Sheet(
    /// The sector's name.
    title: String,
    /// The sector's procedures.
    rows: Vec<ProcedureSummary>,
) -> impl IntoView {
    let cells = rows
        .into_iter()
        .map(|row| {
            let path = Route::Procedure(row.code.clone());
            view! {
                <li>
                    <QrPicture text=format!("{}{path}", navigation::origin()) label=t().share_qr_label()/>
                    <b>{said(row.title())}</b>
                    <span>{row.code.to_string()}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <Page
            title=t().sheet_title(&title)
            back=Some(Back { href: Route::Search.to_string(), label: t().back_to_list().to_owned() })
        >
            <Button label=t().poster_print().to_owned() on_press=move |()| document::print()/>
            <p class="poster-how">{t().poster_how()}</p>
            <ul class="poster-grid">{cells}</ul>
            <PosterFoot/>
        </Page>
    }
}
