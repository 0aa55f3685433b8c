//! Things to do, each with its state. Knows nothing of the things.

use leptos::prelude::*;

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskRow {
    /// What it is.
    pub name: String,
    /// Where it is done.
    pub href: String,
    /// How far it is.
    pub state: String,
}

/// The list.
#[component]
pub fn TaskList(
    /// The things.
    rows: Vec<TaskRow>,
) -> impl IntoView {
    let rows = rows
        .into_iter()
        .map(|row| view! { <li><a href=row.href>{row.name}</a><span>{row.state}</span></li> })
        .collect_view();
    view! { <ul class="tasks">{rows}</ul> }
}
