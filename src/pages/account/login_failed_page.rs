//! A login that ended without a page to come back to.

use crate::i18n::{login_words, t};
use crate::kit::{LinkButton, Page};
use crate::route::Route;
use leptos::prelude::*;
use motcua_contract::session::LoginFailure;

/// Says what happened and what to do.
#[component]
pub fn LoginFailedPage(
    /// How it ended.
    failure: Option<LoginFailure>,
) -> impl IntoView {
    let (title, advice) = login_words(failure.unwrap_or(LoginFailure::Failed));
    view! {
        <Page title=title>
            <p>{advice}</p>
            <p>{t().nothing_lost()}</p>
            <LinkButton href=Route::Start.to_string() label=t().to_start()/>
        </Page>
    }
}
