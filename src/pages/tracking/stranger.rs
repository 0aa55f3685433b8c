//! What somebody sees who has only a dossier's code: how to see the rest. By signing in, by the receipt's
//! QR, or by a one-time code that goes to the applicant's phone.

use super::super::dossier::login_address;
use super::super::use_go;
use crate::app::load::FailureNotice;
use crate::app::turns::{self, Held};
use crate::app::{Failure, services};
use crate::browser::tasks;
use crate::i18n::{login_words, t};
use crate::kit::{Button, Field, Notice, Tone};
use crate::route::Route;
use leptos::prelude::*;
use motcua_contract::session::LoginFailure;
use motcua_domain::dossier::DossierCode;

/// How to see the rest.
#[component]
pub fn Stranger(
    /// Which dossier.
    code: DossierCode,
    /// How a login ended that did not work.
    login: Option<LoginFailure>,
) -> impl IntoView {
    let here = Route::Dossier(code.clone());
    view! {
        {login.map(|failure| {
            let (title, advice) = login_words(failure);
            view! { <Notice tone=Tone::Bad live=true><h2>{title}</h2><p>{advice}</p></Notice> }
        })}
        <Notice>
            <h2>{t().dossier_stranger_title()}</h2>
            <p>{t().dossier_stranger_text()}</p>
            <p><a href=login_address(&here) rel="external">{t().sign_in()}</a></p>
        </Notice>
        <OneTimeCode code=code/>
    }
}

/// Asks for a one-time code, and takes it.
#[component]
fn OneTimeCode(
    /// Which dossier.
    code: DossierCode,
) -> impl IntoView {
    let services = services();
    let go = use_go();
    let sent = RwSignal::new(false);
    let typed = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<String>);
    let failure = RwSignal::new(None::<Failure>);
    let code = StoredValue::new(code);
    let send = Callback::new(move |()| {
        let Some(code) = code.try_get_value() else { return };
        tasks::start(async move {
            match turns::send_pass(services, &code).await {
                Ok(_) => {
                    failure.try_set(None);
                    sent.try_set(true);
                }
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    });
    let open = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let digits: String =
            typed.get_untracked().chars().filter(|letter| !letter.is_whitespace()).collect();
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            wrong.set(Some(t().pass_digits_wrong().to_owned()));
            return;
        }
        wrong.set(None);
        let Some(code) = code.try_get_value() else { return };
        let go = go.clone();
        tasks::start(async move {
            match turns::claim_pass(services, &code, digits).await {
                Ok(pass) => go(Held { code, key: Some(pass.key) }.followed()),
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    };
    view! {
        <p>{t().pass_ask()}</p>
        <FailureNotice failure=failure/>
        <Button label=t().pass_send().to_owned() on_press=send quiet=true/>
        {move || sent.get().then(|| view! {
            <p role="status">{t().pass_sent()}</p>
            <form novalidate on:submit=open.clone()>
                <Field
                    id="one-time-code"
                    label=t().pass_digits()
                    error=wrong
                    value=""
                    keyboard="numeric"
                    autocomplete="one-time-code"
                    short=true
                    on_change=move |text| typed.set(text)
                />
                <Button label=t().pass_open().to_owned() submit=true/>
            </form>
        })}
    }
}
