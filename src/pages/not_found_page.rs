//! An address that names no page.

use crate::i18n::t;
use crate::kit::{LinkButton, Page};
use crate::route::Route;
use leptos::prelude::*;

/// Says so, and where to go.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <Page title=t().not_found_title()>
            <p>{t().not_found_text()}</p>
            <div class="actions">
                <LinkButton href=Route::Scan.to_string() label=t().start_scan()/>
                <LinkButton href=Route::Search.to_string() label=t().start_search() quiet=true/>
                <LinkButton href=Route::Track.to_string() label=t().start_track() quiet=true/>
            </div>
        </Page>
    }
}
