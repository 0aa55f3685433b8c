//! Signing in, as late as possible, and submitting.

use super::super::account::SignedIn;
use super::super::use_go;
use super::load;
use crate::app::load::Loader;
use crate::app::submit::{self, Ending};
use crate::app::{Failure, Services, api};
use crate::browser::tasks;
use crate::i18n::{login_words, said, t};
use crate::kit::{Back, Button, LinkButton, Notice, Page, Progress, Tone};
use crate::route::Route;
use leptos::prelude::*;
use motcua_contract::dossiers::DossierReceipt;
use motcua_contract::problem::ProblemType;
use motcua_contract::session::{LoginFailure, Profile};
use motcua_domain::procedure::{Procedure, ProcedureCode};
use motcua_journeys::upload::Phase;
use std::sync::Arc;

/// Submitting.
#[component]
pub fn SendPage(
    /// Which procedure.
    code: ProcedureCode,
    /// How a login ended that did not work.
    login: Option<LoginFailure>,
) -> impl IntoView {
    let (services, procedure) = load(code);
    procedure.draw(move |procedure| {
        let session = Loader::start(None, move || async move {
            let citizen = api::get_session(services).await?.citizen;
            services.profile.set(citizen.clone());
            Ok(citizen)
        });
        session.draw(move |citizen| {
            let procedure = Arc::clone(&procedure);
            match citizen {
                Some(citizen) => view! {
                    <Submit services=services procedure=procedure citizen=citizen session=session/>
                }
                .into_any(),
                None => view! { <SignIn procedure=procedure login=login/> }.into_any(),
            }
        })
    })
}

/// The address of the login, which comes back to this page.
pub fn login_address(back_to: &Route) -> String {
    format!("/auth/login?return_to={back_to}")
}

#[component]
fn SignIn(
    /// Which procedure.
    procedure: Arc<Procedure>,
    /// How the last login ended.
    login: Option<LoginFailure>,
) -> impl IntoView {
    let here = Route::Send(procedure.code.clone());
    let back = Back {
        href: Route::Check(procedure.code.clone()).to_string(),
        label: t().back().to_owned(),
    };
    view! {
        <Page title=t().sign_in_title() back=Some(back)>
            {login.map(|failure| {
                let (title, advice) = login_words(failure);
                view! {
                    <Notice tone=Tone::Bad live=true><h2>{title}</h2><p>{advice}</p></Notice>
                }
            })}
            <p>{t().sign_in_why()}</p>
            <p>{t().sign_in_kept()}</p>
            <LinkButton
                href=login_address(&here)
                external=true
                label=if login.is_some() { t().sign_in_again() } else { t().sign_in() }
            />
            <p>{t().sign_in_otherwise()}</p>
        </Page>
    }
}

/// What the page shows below its button.
#[derive(Clone, PartialEq, Eq)]
enum Stage {
    Ready,
    Sending,
    NotTaken(Failure),
    Unknown,
}

#[component]
fn Submit(
    /// Services.
    services: Services,
    /// Which procedure.
    procedure: Arc<Procedure>,
    /// Who is signed in.
    citizen: Profile,
    /// Asks again who is signed in.
    session: Loader<Option<Profile>>,
) -> impl IntoView {
    let go = use_go();
    let code = procedure.code.clone();
    let locked = services.draft.find_now(&code).is_some_and(|draft| draft.is_locked());
    let stage = RwSignal::new(if locked { Stage::Unknown } else { Stage::Ready });
    let watched = code.clone();
    // Papers that are not there yet: how many, and how far they are.
    let waiting = Memo::new(move |_| {
        let papers = services.draft.find(&watched).map(|draft| draft.papers).unwrap_or_default();
        let unfinished = |phase: &Phase| !matches!(phase, Phase::Finished { .. });
        let late: Vec<_> =
            papers.into_values().flatten().filter(|paper| unfinished(&paper.upload)).collect();
        let size: u64 = late.iter().map(|paper| paper.size).sum();
        let sent: u64 = late
            .iter()
            .filter_map(|paper| services.uploads.find_state(&paper.id))
            .map(|state| state.sent())
            .sum();
        let percent = u8::try_from((sent * 100).checked_div(size).unwrap_or(0)).unwrap_or(100);
        (late.len(), percent)
    });
    let press_procedure = Arc::clone(&procedure);
    let press = move || {
        if stage.get_untracked() == Stage::Sending || waiting.get_untracked().0 > 0 {
            return;
        }
        stage.set(Stage::Sending);
        let procedure = Arc::clone(&press_procedure);
        let go = go.clone();
        tasks::start(async move {
            let Some(draft) = services.draft.find_now(&procedure.code) else { return };
            let ending = match submit::prepare(&procedure, &draft) {
                Ok(submission) => submit::run(services, submission).await,
                Err(failure) => Ending::NotTaken(failure),
            };
            match ending {
                Ending::Taken(receipt) => go(next_of(&receipt).to_string()),
                Ending::Unknown => {
                    stage.try_set(Stage::Unknown);
                }
                Ending::NotTaken(failure) => {
                    match failure.find_kind() {
                        Some(ProblemType::SignInRequired) => session.refresh(),
                        Some(ProblemType::FormOutdated) => {
                            services.forget_procedure(&procedure.code);
                        }
                        _ => {}
                    }
                    stage.try_set(Stage::NotTaken(failure));
                }
            }
        });
    };
    let press = Callback::new(move |()| press());
    let check = StoredValue::new(Route::Check(code.clone()).to_string());
    let papers = StoredValue::new(Route::Papers(code).to_string());
    let label = Signal::derive(move || match stage.get() {
        Stage::Unknown => t().send_again().to_owned(),
        _ => t().send_button().to_owned(),
    });
    view! {
        <Page
            title=t().send_title()
            back=Some(Back { href: check.get_value(), label: t().back().to_owned() })
        >
            <p>{t().send_what(&said(&procedure.short_name))}</p>
            <p>{t().send_who(&citizen.name)}</p>
            {move || {
                let (count, percent) = waiting.get();
                (count > 0).then(|| view! {
                    <Notice tone=Tone::Warning live=true>
                        <p>{t().send_papers_late(&count.to_string())}</p>
                        <Progress label=t().paper_sending() percent=percent/>
                        <p><a href=papers.get_value()>{t().send_see_papers()}</a></p>
                    </Notice>
                })
            }}
            {move || match stage.get() {
                Stage::Ready => view! { <p>{t().send_truth()}</p> }.into_any(),
                Stage::Sending => view! {
                    <Notice live=true><p>{t().send_sending()}</p></Notice>
                }.into_any(),
                Stage::Unknown => view! {
                    <Notice tone=Tone::Warning live=true>
                        <h2>{t().send_unknown_title()}</h2>
                        <p>{t().send_unknown_text()}</p>
                    </Notice>
                }.into_any(),
                Stage::NotTaken(failure) => view! {
                    <Notice tone=Tone::Bad live=true>
                        <h2>{failure.title()}</h2>
                        <p>{failure.advice()}</p>
                        <p>{t().nothing_lost()}</p>
                        <p><a href=check.get_value()>{t().send_see_answers()}</a></p>
                    </Notice>
                }.into_any(),
            }}
            {move || {
                let can_press = stage.get() != Stage::Sending && waiting.get().0 == 0;
                can_press.then(|| view! { <Button label=label on_press=press/> })
            }}
            <SignedIn services=services on_end=move |()| session.refresh()/>
        </Page>
    }
}

/// To the fee when one is due at once, else to the receipt.
fn next_of(receipt: &DossierReceipt) -> Route {
    let fee_due = receipt
        .dossier
        .detail
        .as_ref()
        .is_some_and(|detail| detail.fees.iter().any(|fee| fee.payable));
    if fee_due { Route::Fee(receipt.code.clone()) } else { Route::Receipt(receipt.code.clone()) }
}
