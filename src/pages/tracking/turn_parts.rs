//! What came of a dossier: the result, an apology, an end without a result, a wish to withdraw, a draft
//! that was answered. Asks for nothing; what waits for the citizen is `todo`'s.

use crate::app::load::FailureNotice;
use crate::app::turns::{self, Held};
use crate::app::{Failure, services};
use crate::browser::{intl, tasks};
use crate::i18n::t;
use crate::kit::{Button, LinkButton, Notice, Tone};
use crate::route::Route;
use leptos::prelude::*;
use motcua_contract::turns::{
    ApologyView, DraftView, EndingView, ResultView, SignatureState, SignatureView, Turns,
};
use motcua_domain::dossier::DossierStatus;
use motcua_domain::turns::delivery::Delivery;
use motcua_domain::turns::draft_result::DraftState;

/// What came of it.
#[component]
pub fn TurnParts(
    /// What came after filing.
    turns: Turns,
    /// Where it stands.
    status: DossierStatus,
    /// The dossier and its key.
    held: Held,
    /// Something was changed: the dossier is loaded anew.
    on_change: Callback<()>,
) -> impl IntoView {
    let Turns { withdrawal, ending, draft, apology, result, delivery, .. } = turns;
    let asked = withdrawal.map(|wish| match (wish.accepted, wish.note) {
        (None, _) => view! { <Wish held=held.clone() on_change=on_change/> }.into_any(),
        (Some(false), note) => {
            let note = note.unwrap_or_default();
            view! { <Notice><p>{t().withdrawal_refused(&note)}</p></Notice> }.into_any()
        }
        (Some(true), _) => ().into_any(),
    });
    let at_work = matches!(status, DossierStatus::Accepted | DossierStatus::InProgress);
    let ready = matches!(status, DossierStatus::Done | DossierStatus::Returned);
    let fetched = status == DossierStatus::Returned;
    view! {
        {ready.then(|| result.map(|result| outcome(&result, delivery, &held, fetched)))}
        {ending.map(ended)}
        {apology.map(|letter| sorry(&letter))}
        {asked}
        {draft.filter(|_| at_work).and_then(answered)}
    }
}

fn outcome(
    result: &ResultView,
    delivery: Option<Delivery>,
    held: &Held,
    fetched: bool,
) -> impl IntoView + use<> {
    let day = intl::day(t().locale(), result.added_at.0);
    let paper = match delivery {
        Some(Delivery::Post { to }) => {
            t().result_post(&format!("{}, {}, {}", to.recipient, to.phone, to.address))
        }
        Some(Delivery::Counter) | None => t().result_counter().to_owned(),
    };
    let choose = held.address(&Route::Delivery(held.code.clone()));
    view! {
        <h2>{t().result_title()}</h2>
        <p>{t().result_number(&result.number, &day)}</p>
        // A file: the browser fetches it by itself, the router must not take the link.
        <LinkButton href=result.file.address.clone() label=t().result_open() external=true/>
        <p>{signature_words(result.signature.as_ref())}</p>
        <p>{t().result_kept()}</p>
        {(!fetched).then(|| view! {
            <p>{paper}</p>
            <LinkButton href=choose label=t().delivery_link() quiet=true/>
        })}
    }
}

/// What was found of who signed a result.
fn signature_words(signature: Option<&SignatureView>) -> String {
    let Some(SignatureView { state, signers }) = signature else {
        return t().signature_none().to_owned();
    };
    let signers = signers.join(", ");
    match state {
        SignatureState::Checked => t().signature_checked(&signers),
        SignatureState::UnknownSigner => t().signature_unknown_signer(&signers),
        SignatureState::NotCheckable => t().signature_not_checkable().to_owned(),
    }
}

fn ended(ending: EndingView) -> impl IntoView {
    let title = if ending.refused { t().ending_refused() } else { t().ending_stopped() };
    view! {
        <Notice tone=Tone::Bad>
            <h2>{title}</h2>
            <p>{ending.reason}</p>
            {ending.basis.map(|basis| view! { <p>{t().ending_basis(&basis)}</p> })}
            {ending.advice.map(|advice| view! { <p>{advice}</p> })}
        </Notice>
    }
}

fn sorry(letter: &ApologyView) -> impl IntoView + use<> {
    let day = |moment: motcua_domain::date::Moment| intl::day(t().locale(), moment.0);
    let reason = letter.reason.clone();
    let words = t().apology_text(&day(letter.old), &day(letter.new));
    view! {
        <Notice>
            <h2>{t().apology_title()}</h2>
            <p>{words}</p>
            <p>{reason}</p>
            <p>{t().apology_once()}</p>
        </Notice>
    }
}

fn answered(draft: DraftView) -> Option<impl IntoView> {
    let words = match draft.state {
        DraftState::Waiting => return None,
        DraftState::Agreed => t().draft_agreed().to_owned(),
        DraftState::Silent => t().draft_silent().to_owned(),
        DraftState::Objected => t().draft_objected(&draft.remarks.unwrap_or_default()),
    };
    Some(view! {
        <Notice>
            <p>{words}</p>
            <p><a rel="external" target="_blank" href=draft.file.address>{t().draft_open()}</a></p>
        </Notice>
    })
}

/// The wish to withdraw, which can be taken back.
#[component]
fn Wish(
    /// The dossier and its key.
    held: Held,
    /// It was taken back.
    on_change: Callback<()>,
) -> impl IntoView {
    let services = services();
    let failure = RwSignal::new(None::<Failure>);
    let keep = Callback::new(move |()| {
        let held = held.clone();
        tasks::start(async move {
            match turns::keep(services, &held).await {
                Ok(_) => on_change.run(()),
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    });
    view! {
        <Notice><p>{t().withdrawal_waits()}</p></Notice>
        <FailureNotice failure=failure/>
        <Button label=t().withdrawal_keep().to_owned() on_press=keep quiet=true/>
    }
}
