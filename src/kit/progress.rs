//! How far something is. Knows nothing of what it is.

use leptos::prelude::*;

/// A bar with words beside it.
#[component]
pub fn Progress(
    /// What is under way.
    #[prop(into)]
    label: String,
    /// From 0 to 100.
    #[prop(into)]
    percent: Signal<u8>,
) -> impl IntoView {
    view! { <progress class="progress" max="100" value=percent aria-label=label></progress> }
}
