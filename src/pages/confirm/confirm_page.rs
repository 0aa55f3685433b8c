//! The question to the applicant, and the two answers. Shows only what is needed to know what it is
//! about.

use super::super::use_go;
use crate::app::load::{FailureNotice, Loader};
use crate::app::{Failure, confirmation, services};
use crate::browser::{intl, tasks};
use crate::i18n::{said, t};
use crate::kit::{
    Back, Button, ErrorLine, ErrorSummary, Field, LinkButton, Notice, Page, SummaryList,
    SummaryRow, Tone,
};
use crate::route::Route;
use leptos::prelude::*;
use motcua_contract::confirmations::ConfirmationView;
use motcua_domain::behalf::Consent;

const DIGITS: &str = "confirm-digits";
const LAST: &str = "confirm-last";

/// Saying yes or no.
#[component]
pub fn ConfirmPage(
    /// Part of the link; none when digits are typed.
    token: Option<String>,
) -> impl IntoView {
    match token {
        None => view! { <Digits/> }.into_any(),
        Some(token) => {
            let asked = token.clone();
            let loader = Loader::start(None, move || {
                let token = asked.clone();
                async move { confirmation::get(services(), &token).await }
            });
            loader.draw(move |view| view! { <Question token=token.clone() first=view/> }).into_any()
        }
    }
}

fn only_digits(text: &str, count: usize) -> Option<String> {
    let digits: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let fits = digits.len() == count && digits.bytes().all(|byte| byte.is_ascii_digit());
    fits.then_some(digits)
}

/// Asks for the six digits.
#[component]
fn Digits() -> impl IntoView {
    let services = services();
    let go = use_go();
    let typed = RwSignal::new(String::new());
    let errors = RwSignal::new(Vec::<ErrorLine>::new());
    let error = Signal::derive(move || errors.read().first().map(|line| line.text.clone()));
    let wrong = move |text: String| {
        errors.try_set(vec![ErrorLine { target: DIGITS.to_owned(), text }]);
    };
    let submitted = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(digits) = only_digits(&typed.read_untracked(), 6) else {
            wrong(t().take_code_wrong().to_owned());
            return;
        };
        let go = go.clone();
        tasks::start(async move {
            match confirmation::find(services, digits).await {
                Ok(token) => go(Route::Confirm(Some(token)).to_string()),
                Err(failure) => wrong(format!("{}. {}", failure.title(), failure.advice())),
            }
        });
    };
    view! {
        <Page
            title=t().confirm_title()
            back=Some(Back { href: Route::Start.to_string(), label: t().back().to_owned() })
        >
            <ErrorSummary heading=t().error_heading() errors=errors/>
            <p>{t().confirm_digits_lead()}</p>
            <form novalidate on:submit=submitted>
                <Field
                    id=DIGITS
                    label=t().take_code_label()
                    error=error
                    value=""
                    on_change=move |text| typed.set(text)
                    keyboard="numeric"
                    short=true
                />
                <Button label=t().go_on().to_owned() submit=true/>
            </form>
        </Page>
    }
}

/// What is asked, and the two answers.
#[component]
fn Question(
    /// Part of the link.
    token: String,
    /// The question as it was loaded.
    first: ConfirmationView,
) -> impl IntoView {
    let services = services();
    let shown = RwSignal::new(first.clone());
    let failure = RwSignal::new(None::<Failure>);
    let typed = RwSignal::new(String::new());
    let errors = RwSignal::new(Vec::<ErrorLine>::new());
    let error = Signal::derive(move || errors.read().first().map(|line| line.text.clone()));
    let answer = Callback::new(move |agreed: bool| {
        let Some(last) = only_digits(&typed.read_untracked(), 4) else {
            let text = t().confirm_last_wrong().to_owned();
            errors.set(vec![ErrorLine { target: LAST.to_owned(), text }]);
            return;
        };
        errors.set(vec![]);
        let token = token.clone();
        tasks::start(async move {
            match confirmation::decide(services, &token, agreed, last).await {
                Ok(view) => {
                    failure.try_set(None);
                    shown.try_set(view);
                }
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    });
    let rows = vec![
        SummaryRow::fact(t().receipt_procedure(), said(&first.procedure_name)),
        SummaryRow::fact(t().receipt_submitter(), first.submitter_name.clone()),
        SummaryRow::fact(t().receipt_applicant(), first.applicant_masked.clone()),
        SummaryRow::fact(t().receipt_submitted(), intl::moment(t().locale(), first.submitted_at.0)),
    ];
    view! {
        <Page title=t().confirm_title()>
            <ErrorSummary heading=t().error_heading() errors=errors/>
            <SummaryList rows=rows/>
            <FailureNotice failure=failure/>
            {move || match (shown.get().consent, shown.get().own) {
                (Consent::Waiting, true) => view! {
                    <Notice tone=Tone::Warning><p>{t().confirm_own()}</p></Notice>
                }.into_any(),
                (Consent::Waiting, false) => view! {
                    <p>{t().confirm_ask()}</p>
                    <Field
                        id=LAST
                        label=t().confirm_last_label()
                        hint=Some(t().confirm_last_hint().to_owned())
                        error=error
                        value=typed.get_untracked()
                        on_change=move |text| typed.set(text)
                        keyboard="numeric"
                        short=true
                    />
                    <Button label=t().confirm_yes().to_owned() on_press=move |()| answer.run(true)/>
                    <Button label=t().confirm_no().to_owned() quiet=true on_press=move |()| answer.run(false)/>
                }.into_any(),
                (Consent::Refused, _) => view! {
                    <Notice tone=Tone::Warning live=true><p>{t().confirm_refused()}</p></Notice>
                }.into_any(),
                _ => view! {
                    <Notice live=true><p>{t().confirm_agreed()}</p></Notice>
                    <LinkButton href=Route::Start.to_string() label=t().give_home() quiet=true/>
                }.into_any(),
            }}
        </Page>
    }
}
