//! The first thing on every page for those who use the keyboard: past the header to the content.

use crate::browser::document;
use leptos::prelude::*;

/// The link.
#[component]
pub fn SkipLink(
    /// What it says.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let skip = |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        document::focus_heading();
    };
    view! { <a class="skip" href="#noi-dung" on:click=skip>{label}</a> }
}
