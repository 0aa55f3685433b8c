//! What is around every page: skip link, header with the language switch, word of a lost network,
//! and the foot with the hotline in the same place everywhere. `index.html` holds the same markup.

use super::services;
use crate::i18n::{Language, said, t};
use crate::kit::{Notice, SkipLink, Tone};
use leptos::prelude::*;

/// The header.
#[component]
pub fn Header() -> impl IntoView {
    let services = services();
    let other = match t() {
        Language::Vi => Language::En,
        Language::En => Language::Vi,
    };
    view! {
        <SkipLink label=t().skip_link()/>
        <header class="top">
            <div class="top-in">
                <a class="brand" href="/">
                    <svg class="brand-mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
                        <path d="M4 28V11L16 3l12 8v17h-4V13l-8-5.3-8 5.3v15z"></path>
                        <path d="M13 28V17h6v11z"></path>
                    </svg>
                    <span>{t().brand()}</span>
                </a>
                <button class="plain" type="button" lang=other.code() on:click=move |_| services.speak(other)>
                    {t().other_language()}
                </button>
            </div>
        </header>
    }
}

/// Word of a lost network; nothing while there is one.
#[component]
pub fn NetworkNote() -> impl IntoView {
    let online = services().online;
    view! {
        <div class="page-note" role="status">
            {move || (!online.get()).then(|| view! {
                <Notice tone=Tone::Warning><p>{t().offline_note()}</p></Notice>
            })}
        </div>
    }
}

/// The foot.
#[component]
pub fn Footer() -> impl IntoView {
    let config = services().config;
    view! {
        <footer class="foot">
            <div class="foot-in">
                <p><b>{t().foot_help()}</b></p>
                {move || match config.get() {
                    Some(config) => {
                        let dial: String = config.hotline.chars().filter(|c| !c.is_whitespace()).collect();
                        view! {
                            <p>
                                <a href=format!("tel:{dial}") rel="external">
                                    {t().foot_call(&config.hotline)}
                                </a>
                            </p>
                            <p>{said(&config.commune_name)}</p>
                            <p>{said(&config.office_address)}</p>
                            <p>{said(&config.office_hours)}</p>
                        }
                            .into_any()
                    }
                    None => view! { <p>{t().foot_counter()}</p> }.into_any(),
                }}
            </div>
        </footer>
    }
}
