//! What happened when, newest first. Knows nothing of what happened.

use leptos::prelude::*;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// What.
    pub what: String,
    /// When, in words.
    pub when: String,
    /// More about it.
    pub note: Option<String>,
}

/// The line of time; the first is where things stand now.
#[component]
pub fn Timeline(
    /// What happened.
    moments: Vec<Moment>,
) -> impl IntoView {
    let items = moments
        .into_iter()
        .enumerate()
        .map(|(index, moment)| {
            view! {
                <li class:now=index == 0>
                    <b>{moment.what}</b>
                    <span class="hint">{moment.when}</span>
                    {moment.note.map(|note| view! { <span>{note}</span> })}
                </li>
            }
        })
        .collect_view();
    view! { <ol class="timeline">{items}</ol> }
}
