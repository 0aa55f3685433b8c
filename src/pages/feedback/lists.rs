//! Feedback of this device: what was sent from here, to be opened again, and what still waits to go.

use super::OnItsWay;
use crate::app::Services;
use crate::app::feedback::notes;
use crate::app::feedback::voices::{self, KeptVoice};
use crate::browser::{document, intl, tasks};
use crate::i18n::{feedback_state_words, t};
use crate::kit::Removal;
use crate::pages::start_page::removal_words;
use crate::route::Route;
use leptos::prelude::*;
use motcua_domain::feedback::FeedbackCode;

/// Milliseconds between looks while something waits: another window may be sending it.
const LOOK: u32 = 2_000;

/// The lists; nothing where there is nothing.
#[component]
pub fn Lists(
    /// Services.
    services: Services,
) -> impl IntoView {
    let voices = RwSignal::new(Vec::<KeptVoice>::new());
    let waits = RwSignal::new(false);
    Effect::new(move |_| {
        services.feedback.outcome.track();
        services.feedback.asked.track();
        tasks::start(async move {
            loop {
                let waiting = !notes::waiting().await.is_empty();
                let own = voices::all().await;
                if voices.try_with_untracked(|shown| *shown != own).unwrap_or(false) {
                    voices.set(own);
                }
                if waits.try_with_untracked(|shown| *shown != waiting).unwrap_or(false) {
                    waits.set(waiting);
                }
                if !waiting || waits.try_get_untracked().is_none() {
                    return;
                }
                tasks::sleep(LOOK).await;
            }
        });
    });
    let remove = move |code: FeedbackCode| {
        tasks::start(async move {
            voices::remove(&code).await;
            voices.try_update(|rows| rows.retain(|row| row.code != code));
            document::focus_heading();
        });
    };
    view! {
        {move || waits.get().then(|| view! { <OnItsWay services=services/> })}
        {move || {
            let rows = voices.get();
            (!rows.is_empty()).then(|| view! {
                <h2>{t().voice_own_title()}</h2>
                <ul class="links">
                    {rows
                        .into_iter()
                        .map(|voice| {
                            let code = voice.code.to_string();
                            let when = intl::day(t().locale(), voice.sent_at.0);
                            let state = voice.seen().map(|seen| feedback_state_words(seen.state));
                            let href = Route::Voice(code.clone()).to_string();
                            view! {
                                <li>
                                    <a href=href>{voice.glimpse}</a>
                                    {state.map(|state| view! { <p>{state}</p> })}
                                    <p class="hint">{t().start_dossier_line(&code, &when)}</p>
                                    <Removal
                                        id=format!("remove-{code}")
                                        name=code
                                        words=removal_words(t().voice_remove_ask())
                                        on_remove=Callback::new(move |()| remove(voice.code.clone()))
                                    />
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            })
        }}
    }
}
