//! Signing in, as late as possible, and submitting.

use super::super::account::SignedIn;
use super::super::use_go;
use super::findings::against_filing;
use super::load;
use crate::app::load::Loader;
use crate::app::submit::{self, Ending};
use crate::app::{Failure, Services, api};
use crate::browser::tasks;
use crate::i18n::{behalf_problem_words, login_words, said, t};
use crate::kit::{Back, Button, LinkButton, Notice, Page, Progress, Tone};
use crate::route::Route;
use leptos::prelude::*;
use motcua_contract::dossiers::DossierReceipt;
use motcua_contract::problem::ProblemType;
use motcua_contract::session::{LoginFailure, Profile};
use motcua_domain::behalf::{Behalf, BehalfProblem};
use motcua_domain::procedure::Procedure;
use motcua_journeys::draft::{DraftKey, Event as DraftEvent};
use motcua_journeys::upload::Phase;
use std::sync::Arc;

/// Submitting.
#[component]
pub fn SendPage(
    /// Which draft.
    draft_key: DraftKey,
    /// How a login ended that did not work.
    login: Option<LoginFailure>,
) -> impl IntoView {
    let (services, procedure) = load(draft_key.clone());
    procedure.draw(move |procedure| {
        let key = draft_key.clone();
        if !services.online.get() {
            return view! { <Waiting services=services procedure=procedure draft_key=key/> }
                .into_any();
        }
        let session = Loader::start(None, move || async move {
            let citizen = api::get_session(services).await?.citizen;
            services.profile.set(citizen.clone());
            Ok(citizen)
        });
        session
            .draw(move |citizen| {
                let (procedure, key) = (Arc::clone(&procedure), key.clone());
                match citizen {
                    Some(citizen) => view! {
                        <Submit
                            services=services
                            procedure=procedure
                            draft_key=key
                            citizen=citizen
                            session=session
                        />
                    }
                    .into_any(),
                    None => view! { <SignIn draft_key=key login=login/> }.into_any(),
                }
            })
            .into_any()
    })
}

/// The address of the login, which comes back to this page.
pub fn login_address(back_to: &Route) -> String {
    format!("/auth/login?return_to={back_to}")
}

/// Without a network: sent by itself when there is one, if the citizen wants that.
#[component]
fn Waiting(
    /// Services.
    services: Services,
    /// Which procedure.
    procedure: Arc<Procedure>,
    /// Which draft.
    draft_key: DraftKey,
) -> impl IntoView {
    let back =
        Back { href: Route::Check(draft_key.clone()).to_string(), label: t().back().to_owned() };
    let queue = move |queued: bool| services.draft.tell(DraftEvent::Queued(queued));
    view! {
        <Page title=t().send_title() back=Some(back)>
            <p>{t().send_what(&said(&procedure.short_name))}</p>
            {move || {
                let queued = services.draft.find(&draft_key).is_some_and(|draft| draft.queued);
                match queued {
                    true => view! {
                        <Notice live=true>
                            <h2>{t().queue_title()}</h2>
                            <p>{t().queue_text()}</p>
                            <p>{t().queue_keep_open()}</p>
                        </Notice>
                        <Button label=t().queue_stop().to_owned() quiet=true on_press=move |()| queue(false)/>
                    }
                    .into_any(),
                    false => view! {
                        <Notice tone=Tone::Warning><p>{t().queue_offline()}</p></Notice>
                        <Button label=t().queue_start().to_owned() on_press=move |()| queue(true)/>
                    }
                    .into_any(),
                }
            }}
        </Page>
    }
}

#[component]
fn SignIn(
    /// Which draft.
    draft_key: DraftKey,
    /// How the last login ended.
    login: Option<LoginFailure>,
) -> impl IntoView {
    let here = Route::Send(draft_key.clone());
    let back =
        Back { href: Route::Check(draft_key.clone()).to_string(), label: t().back().to_owned() };
    let slip = Route::Slip(draft_key).to_string();
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
            <LinkButton href=slip label=t().sign_in_slip() quiet=true/>
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
    AtCounter,
}

#[component]
fn Submit(
    /// Services.
    services: Services,
    /// Which procedure.
    procedure: Arc<Procedure>,
    /// Which draft.
    draft_key: DraftKey,
    /// Who is signed in.
    citizen: Profile,
    /// Asks again who is signed in.
    session: Loader<Option<Profile>>,
) -> impl IntoView {
    let go = use_go();
    let draft = services.draft.find_now(&draft_key);
    let locked = draft.as_ref().is_some_and(|draft| draft.is_locked());
    let not_allowed = draft.as_ref().and_then(|draft| {
        let own = citizen.citizen_number.as_deref();
        against_filing(&procedure, draft, own).first().copied()
    });
    let applicant = draft.as_ref().and_then(|draft| {
        let name = procedure.answer_of_applicant(&draft.answers, "name")?.to_owned();
        (draft.behalf != Behalf::Myself).then_some(name)
    });
    let stage = RwSignal::new(if locked { Stage::Unknown } else { Stage::Ready });
    let watched = draft_key.clone();
    // Papers that are not there yet: how many, and how far they are.
    let waiting = Memo::new(move |_| {
        let draft = services.draft.find(&watched);
        let unbound = draft.as_ref().is_some_and(|draft| !draft.is_bound());
        let papers = draft.map(|draft| draft.papers).unwrap_or_default();
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
        (late.len() + usize::from(unbound), percent)
    });
    let (press_procedure, press_key) = (Arc::clone(&procedure), draft_key.clone());
    let press = move || {
        if stage.get_untracked() == Stage::Sending || waiting.get_untracked().0 > 0 {
            return;
        }
        stage.set(Stage::Sending);
        let (procedure, key) = (Arc::clone(&press_procedure), press_key.clone());
        let go = go.clone();
        tasks::start(async move {
            match submit::send(services, &procedure, &key).await {
                Ending::AtCounter => {
                    stage.try_set(Stage::AtCounter);
                }
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
    let check = StoredValue::new(Route::Check(draft_key.clone()).to_string());
    let behalf = Route::Behalf(draft_key.clone()).to_string();
    let papers = StoredValue::new(Route::Papers(draft_key).to_string());
    let allowed = not_allowed.is_none();
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
            {applicant.map(|name| view! { <p>{t().send_for(&name)}</p> })}
            {not_allowed.map(|problem| view! {
                <Notice tone=Tone::Bad>
                    <p>{behalf_problem_words(problem)}</p>
                    <p><a href=behalf>{t().behalf_change()}</a></p>
                </Notice>
            })}
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
                Stage::AtCounter => view! {
                    <Notice tone=Tone::Warning live=true><p>{t().slip_taken()}</p></Notice>
                }.into_any(),
                Stage::NotTaken(failure) => view! {
                    <Notice tone=Tone::Bad live=true>
                        <h2>{failure.title()}</h2>
                        <p>{behalf_refusal(&failure).unwrap_or_else(|| failure.advice())}</p>
                        <p>{t().nothing_lost()}</p>
                        <p><a href=check.get_value()>{t().send_see_answers()}</a></p>
                    </Notice>
                }.into_any(),
            }}
            {move || {
                let busy = matches!(stage.get(), Stage::Sending | Stage::AtCounter);
                let can_press = allowed && !busy && waiting.get().0 == 0;
                can_press.then(|| view! { <Button label=label on_press=press/> })
            }}
            <SignedIn services=services on_end=move |()| session.refresh()/>
        </Page>
    }
}

/// The backend's reason for not taking a dossier for this person.
fn behalf_refusal(failure: &Failure) -> Option<&'static str> {
    let Failure::Problem(problem) = failure else { return None };
    let reason =
        problem.detail.as_deref().filter(|_| problem.kind == ProblemType::BehalfRefused)?;
    let found = BehalfProblem::ALL.iter().find(|known| known.id() == reason)?;
    Some(behalf_problem_words(*found))
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
