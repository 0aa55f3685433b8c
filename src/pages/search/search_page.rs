//! The search page: every procedure on offer, narrowed while typing.

use crate::app::load::Loader;
use crate::app::{order, services};
use crate::browser::intl;
use crate::i18n::{Language, level_words, said, t};
use crate::kit::{Back, Field, Page};
use crate::route::Route;
use leptos::prelude::*;
use motcua_contract::catalogue::ProcedureSummary;
use motcua_domain::search;
use std::sync::Arc;

/// The search page.
#[component]
pub fn SearchPage() -> impl IntoView {
    let services = services();
    let list = Loader::start(None, move || services.get_list());
    list.draw(|list| view! { <Results list=list/> })
}

#[component]
fn Results(
    /// All procedures.
    list: Arc<Vec<ProcedureSummary>>,
) -> impl IntoView {
    let services = services();
    let query = services.query;
    let found = Memo::new(move |_| find(&list, &intl::composed(&query.read())));
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
                    0 => t().search_none().to_owned(),
                    count => t().search_count(&count.to_string()),
                }}
            </p>
            <ul class="links">
                {move || {
                    found
                        .get()
                        .into_iter()
                        .map(|procedure| view! {
                            <li>
                                <a href=Route::Procedure(procedure.code.clone()).to_string()>{said(procedure.title())}</a>
                                <p class="hint">
                                    {if procedure.can_be_filed { level_words(procedure.level) } else { t().procedure_not_here_title() }}
                                </p>
                            </li>
                        })
                        .collect_view()
                }}
            </ul>
        </Page>
    }
}

/// What matches, best first; everything when nothing was typed.
fn find(list: &[ProcedureSummary], query: &str) -> Vec<ProcedureSummary> {
    if query.trim().is_empty() {
        return list.to_vec();
    }
    let vietnamese = t() == Language::Vi;
    let mut scored: Vec<(u32, &ProcedureSummary)> = list
        .iter()
        .filter_map(|procedure| {
            Some((search::score(query, procedure.searchable(vietnamese))?, procedure))
        })
        .collect();
    order::falling(&mut scored, |(score, _)| i64::from(*score));
    scored.into_iter().map(|(_, procedure)| procedure.clone()).collect()
}
