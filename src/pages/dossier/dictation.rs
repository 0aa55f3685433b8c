//! Easy mode's ear and voice: a button that takes dictation, one that reads the page aloud. Each is
//! there only where the device can do it.

use crate::app::Services;
use crate::browser::speech;
use crate::i18n::t;
use leptos::prelude::*;

/// Takes dictation for a field of words.
#[component]
pub fn Dictation(
    /// Services.
    services: Services,
    /// Called with what was heard.
    on_heard: Callback<String>,
) -> impl IntoView {
    let hearing = RwSignal::new(false);
    let shown = services.easy.get_untracked() && speech::can_listen();
    let press = move |_| {
        let heard = move |text: String| on_heard.run(text);
        let over = move || {
            hearing.try_set(false);
        };
        hearing.set(speech::listen(t().locale(), heard, over).is_some());
    };
    shown.then(|| {
        view! {
            <button type="button" class="btn btn-2 say" on:click=press aria-pressed=move || hearing.get().to_string()>
                {move || if hearing.get() { t().easy_listening() } else { t().easy_say() }}
            </button>
        }
    })
}

/// Reads a text aloud.
#[component]
pub fn ReadAloud(
    /// Services.
    services: Services,
    /// What to read.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let can = RwSignal::new(speech::has_voice(t().code()));
    speech::on_voices(move || {
        can.try_set(speech::has_voice(t().code()));
    });
    move || {
        (services.easy.get() && can.get()).then(|| {
            view! {
                <button type="button" class="btn btn-2 say" on:click=move |_| speech::read(&text.get_untracked(), t().code())>
                    {t().easy_read()}
                </button>
            }
        })
    }
}
