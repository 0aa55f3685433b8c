//! The frame of one screen: its title, its one heading, its way back, and where focus goes. Knows
//! nothing of what is on it.

use super::BackLink;
use crate::browser::{document, tasks};
use crate::i18n::t;
use leptos::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering};

/// The browser itself sets focus on the first page; from the second on we do.
static ARRIVED_BEFORE: AtomicBool = AtomicBool::new(false);

/// A way back: address and words.
#[derive(Debug, Clone)]
pub struct Back {
    /// Where to.
    pub href: String,
    /// What it says.
    pub label: String,
}

/// One screen.
#[component]
pub fn Page(
    /// The heading, and the window's title.
    #[prop(into)]
    title: String,
    /// The way back.
    #[prop(optional_no_strip)]
    back: Option<Back>,
    /// Said before the title while something is wrong on the page.
    #[prop(optional, into)]
    trouble: Signal<Option<&'static str>>,
    /// Said above the heading, such as which page of how many.
    #[prop(optional_no_strip)]
    before: Option<String>,
    /// The page draws the heading itself, within `main`.
    #[prop(optional)]
    own_heading: bool,
    /// What is on it.
    children: Children,
) -> impl IntoView {
    let heading = title.clone();
    Effect::new(move |_| {
        let prefix = trouble.get().unwrap_or_default();
        document::set_title(&format!("{prefix} {title} – {}", t().brand()));
    });
    tasks::start(async {
        tasks::next_frame().await;
        if ARRIVED_BEFORE.swap(true, Ordering::Relaxed) {
            document::focus_heading();
        }
    });
    view! {
        <main id="noi-dung" class="page">
            {back.map(|back| view! { <BackLink href=back.href label=back.label/> })}
            {before.map(|before| view! { <p class="step-of">{before}</p> })}
            {(!own_heading).then(|| view! { <h1 tabindex="-1">{heading}</h1> })}
            {children()}
        </main>
    }
}
