//! The link at the top that goes one step back. Knows no routes.

use leptos::prelude::*;

/// A link to the step before.
#[component]
pub fn BackLink(
    /// Where to.
    #[prop(into)]
    href: String,
    /// What it says.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! { <a class="back" href=href>{label}</a> }
}
