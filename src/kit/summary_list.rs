//! Facts one below the other, each with an act where it can be changed. Knows nothing of the facts.

use leptos::prelude::*;

/// One fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryRow {
    /// What it is.
    pub term: String,
    /// What it says.
    pub text: String,
    /// Address and word of the act, such as changing it.
    pub act: Option<(String, String)>,
}

impl SummaryRow {
    /// A fact without an act.
    pub fn fact(term: impl Into<String>, text: impl Into<String>) -> Self {
        Self { term: term.into(), text: text.into(), act: None }
    }
}

/// The list.
#[component]
pub fn SummaryList(
    /// The facts.
    rows: Vec<SummaryRow>,
) -> impl IntoView {
    let rows = rows
        .into_iter()
        .map(|row| {
            let act = row.act.map(|(href, word)| {
                view! {
                    <dd class="act">
                        <a href=href>{word}<span class="hidden-text">{format!(": {}", row.term)}</span></a>
                    </dd>
                }
            });
            view! { <div><dt>{row.term.clone()}</dt><dd>{row.text}</dd>{act}</div> }
        })
        .collect_view();
    view! { <dl class="facts">{rows}</dl> }
}
