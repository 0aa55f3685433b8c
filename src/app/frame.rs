//! What is around every page: header with the language switch, word of a lost network,
//! and the foot with the hotline in the same place everywhere. `index.html` holds the same markup.

use super::outbox::News;
use super::services;
use crate::browser::navigation;
use crate::i18n::{Language, said, t};
use crate::kit::{Notice, Tone};
use crate::route::Route;
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
        <header class="top">
            <div class="top-in">
                <a class="brand" href="/">
                    <svg class="brand-mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
                        <path d="M4 28V11L16 3l12 8v17h-4V13l-8-5.3-8 5.3v15z"></path>
                        <path d="M13 28V17h6v11z"></path>
                    </svg>
                    <span>{t().brand()}</span>
                </a>
                <div class="switches">
                    <button
                        class="plain"
                        type="button"
                        aria-pressed=move || services.easy.get().to_string()
                        on:click=move |_| services.make_easy(!services.easy.get_untracked())
                    >
                        {move || if services.easy.get() { t().easy_off() } else { t().easy_on() }}
                    </button>
                    <button class="plain" type="button" lang=other.code() on:click=move |_| services.speak(other)>
                        {t().other_language()}
                    </button>
                </div>
            </div>
        </header>
    }
}

/// In easy mode: a large button to a person who helps, on every page.
#[component]
pub fn EasyBar() -> impl IntoView {
    let services = services();
    move || {
        let config = services.config.get().filter(|_| services.easy.get())?;
        Some(view! {
            <aside class="easy-bar" aria-label=t().foot_help()>
                <a class="btn btn-2" href=dial(&config.hotline) rel="external">{t().easy_help()}</a>
            </aside>
        })
    }
}

/// What became of dossiers that waited for a network.
#[component]
pub fn OutboxNews() -> impl IntoView {
    let services = services();
    let rows = move || {
        let news = services.outbox.news.get();
        news.into_iter()
            .map(|news| match news {
                News::Sent(code, name) => {
                    let href = Route::Receipt(code.clone()).to_string();
                    view! {
                        <Notice>
                            <p>{t().queue_sent(&said(&name), code.as_str())}</p>
                            <p><a href=href>{t().pay_see_receipt()}</a></p>
                        </Notice>
                    }
                    .into_any()
                }
                News::NotSent(key, name, why) => {
                    let href = Route::Check(key).to_string();
                    view! {
                        <Notice tone=Tone::Warning>
                            <p>{t().queue_not_sent(&said(&name), why)}</p>
                            <p><a href=href>{t().send_see_answers()}</a></p>
                        </Notice>
                    }
                    .into_any()
                }
                News::LoginNeeded => {
                    view! { <Notice tone=Tone::Warning><p>{t().queue_login()}</p></Notice> }
                        .into_any()
                }
            })
            .collect_view()
    };
    view! { <div class="page-note" role="status">{rows}</div> }
}

/// The link that dials a number.
fn dial(number: &str) -> String {
    let digits: String = number.chars().filter(|c| !c.is_whitespace()).collect();
    format!("tel:{digits}")
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
    let services = services();
    let config = services.config;
    // In the memory, not in the address: that is written down.
    let leave = move |_| services.feedback.from.set_value(navigation::path());
    view! {
        <footer class="foot">
            <div class="foot-in">
                <p><b>{t().foot_help()}</b></p>
                {move || match config.get() {
                    Some(config) => {
                        view! {
                            <p>
                                <a href=dial(&config.hotline) rel="external">
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
                <p><a href=Route::Feedback(None).to_string() on:click=leave>{t().voice_link()}</a></p>
            </div>
        </footer>
    }
}
