//! A procedure in a list: its name, and whether it can be filed here.

use crate::i18n::{said, t};
use crate::route::Route;
use leptos::prelude::*;
use motcua_contract::catalogue::{CatalogueDocument, ProcedureSummary};
use std::sync::Arc;

/// A procedure in a list.
#[component]
pub fn ProcedureLink(
    /// The procedure.
    row: ProcedureSummary,
    /// The catalogue, for the name of the sector.
    catalogue: Arc<CatalogueDocument>,
) -> impl IntoView {
    let sector = catalogue.find_sector(&row.sector).map(|sector| said(&sector.name));
    let here = if row.can_be_filed { t().list_here() } else { t().list_not_here() };
    // A name that nobody translated is Vietnamese to a screen reader too.
    let language = row.title().is_only_vietnamese().then_some("vi");
    view! {
        <li>
            <a href=Route::Procedure(row.code.clone()).to_string() lang=language>{said(row.title())}</a>
            <p class="hint">{format!("{} · {here}", sector.unwrap_or_default())}</p>
        </li>
    }
}
