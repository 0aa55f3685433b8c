//! Taking a draft from another device, by the link that was scanned or by six digits.

use super::super::use_go;
use crate::app::hand_over::{Taker, Taking};
use crate::app::services;
use crate::i18n::t;
use crate::kit::{Back, Button, ErrorLine, ErrorSummary, Field, LinkButton, Notice, Page, Tone};
use crate::route::Route;
use leptos::prelude::*;

const FIELD: &str = "hand-over-code";

/// Takes a draft.
#[component]
pub fn TakePage(
    /// The slot in the scanned link.
    link: Option<String>,
    /// What opens it.
    key: Option<String>,
) -> impl IntoView {
    let services = services();
    let taker = Taker::new();
    if let (Some(slot), Some(key)) = (link, key) {
        taker.by_link(services, slot, key);
    }
    view! {
        <Page
            title=t().take_title()
            back=Some(Back { href: Route::Start.to_string(), label: t().back().to_owned() })
        >
            {move || match taker.state.get() {
                Taking::Asking => view! { <Asked taker=taker/> }.into_any(),
                Taking::Claiming => view! { <p role="status">{t().take_claiming()}</p> }.into_any(),
                Taking::Comparing(digits) => view! {
                    <Notice live=true>
                        <h2>{t().take_compare()}</h2>
                        <p class="digits">{digits}</p>
                        <p>{t().take_compare_how()}</p>
                    </Notice>
                }.into_any(),
                Taking::Fetching(done, all) => view! {
                    <p role="status">{t().take_fetching(&done.to_string(), &all.to_string())}</p>
                }.into_any(),
                Taking::Conflict(draft) => {
                    let begin = Route::Begin(draft.key()).to_string();
                    let replace = move |()| taker.replace(services, (*draft).clone());
                    view! {
                        <Notice tone=Tone::Warning live=true>
                            <h2>{t().take_conflict_title()}</h2>
                            <p>{t().take_conflict_text()}</p>
                        </Notice>
                        <Button label=t().take_conflict_new().to_owned() on_press=replace/>
                        <LinkButton href=begin label=t().take_conflict_old() quiet=true/>
                    }.into_any()
                }
                Taking::Done(key) => view! {
                    <Notice live=true>
                        <h2>{t().take_done_title()}</h2>
                        <p>{t().take_done_text()}</p>
                    </Notice>
                    <LinkButton href=Route::Begin(key).to_string() label=t().begin_continue()/>
                }.into_any(),
                Taking::Failed(failure) => view! {
                    <Notice tone=Tone::Bad live=true>
                        <h2>{failure.title()}</h2>
                        <p>{failure.advice()}</p>
                    </Notice>
                    <Button
                        label=t().take_failed_again().to_owned()
                        on_press=move |()| taker.state.set(Taking::Asking)
                    />
                }.into_any(),
            }}
        </Page>
    }
}

/// Asks for the digits.
#[component]
fn Asked(
    /// The taker.
    taker: Taker,
) -> impl IntoView {
    let services = services();
    let go = use_go();
    let typed = RwSignal::new(String::new());
    let errors = RwSignal::new(Vec::<ErrorLine>::new());
    let error = Signal::derive(move || errors.read().first().map(|line| line.text.clone()));
    let submitted = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let digits: String =
            typed.read_untracked().chars().filter(|c| !c.is_ascii_whitespace()).collect();
        if digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            taker.by_digits(services, digits);
        } else {
            let text = t().take_code_wrong().to_owned();
            errors.set(vec![ErrorLine { target: FIELD.to_owned(), text }]);
        }
    };
    view! {
        <ErrorSummary heading=t().error_heading() errors=errors/>
        <p>{t().take_lead()}</p>
        <Button label=t().start_scan().to_owned() quiet=true on_press=move |()| go(Route::Scan.to_string())/>
        <form novalidate on:submit=submitted>
            <Field
                id=FIELD
                label=t().take_code_label()
                error=error
                value=""
                on_change=move |text| typed.set(text)
                keyboard="numeric"
                short=true
            />
            <Button label=t().take_go().to_owned() submit=true/>
        </form>
    }
}
