//! A set-off text: something to know, to watch for, or that went wrong. Knows nothing of what it says.

use leptos::prelude::*;

/// How it is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Good to know.
    #[default]
    Calm,
    /// Watch out.
    Warning,
    /// Something went wrong.
    Bad,
}

/// A set-off text.
#[component]
pub fn Notice(
    /// How it is meant.
    #[prop(optional)]
    tone: Tone,
    /// Read out when it appears.
    #[prop(optional)]
    live: bool,
    /// What it says.
    children: Children,
) -> impl IntoView {
    let class = match tone {
        Tone::Calm => "notice",
        Tone::Warning => "notice warn",
        Tone::Bad => "notice bad",
    };
    view! { <div class=class role=live.then_some("status")>{children()}</div> }
}
