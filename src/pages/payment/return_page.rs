//! Back from a wallet. Works in any browser from the token alone, without login or draft. Says what
//! the backend knows; what the browser came back with proves nothing and is not looked at.

use super::super::procedure::fees::money;
use crate::app::payment::Watch;
use crate::app::{kept, services};
use crate::browser::{intl, tasks};
use crate::i18n::{failure_reason_words, hold_reason_words, said, t};
use crate::kit::{Button, LinkButton, Notice, Page, SummaryList, SummaryRow, Tone};
use crate::route::Route;
use leptos::prelude::*;
use motcua_contract::payments::AttemptView;
use motcua_domain::dossier::DossierCode;
use motcua_domain::payment::{AttemptState, FeeState};
use motcua_journeys::pay::Knowledge;

/// What the page shows: each has its own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Asking,
    Unknown,
    NotStarted,
    AwaitingTransfer,
    Confirming,
    UnderReview,
    Paid,
    PaidOtherwise,
    Failed,
    Expired,
    Superseded,
    RefundComing,
    Refunded,
}

fn outcome_of(attempt: Option<&AttemptView>, knowledge: Knowledge) -> Outcome {
    let Some(attempt) = attempt else {
        return if knowledge == Knowledge::Unknown { Outcome::Unknown } else { Outcome::Asking };
    };
    let fee_paid = matches!(attempt.fee_state, FeeState::Paid | FeeState::PaidOffline);
    match attempt.state {
        AttemptState::Succeeded => Outcome::Paid,
        AttemptState::RefundDue | AttemptState::RefundPending => Outcome::RefundComing,
        AttemptState::Refunded => Outcome::Refunded,
        AttemptState::UnderReview => Outcome::UnderReview,
        _ if fee_paid => Outcome::PaidOtherwise,
        AttemptState::Created | AttemptState::Ready if attempt.transfer.is_some() => {
            Outcome::AwaitingTransfer
        }
        AttemptState::Created | AttemptState::Ready => Outcome::NotStarted,
        AttemptState::Redirected
        | AttemptState::ReturnedUnverified
        | AttemptState::PendingGateway => Outcome::Confirming,
        AttemptState::Failed => Outcome::Failed,
        AttemptState::Expired => Outcome::Expired,
        AttemptState::Superseded => Outcome::Superseded,
    }
}

fn title_of(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Asking => t().pay_asking_title(),
        Outcome::Unknown => t().pay_unknown_title(),
        Outcome::NotStarted => t().pay_not_started_title(),
        Outcome::AwaitingTransfer => t().vietqr_waiting_title(),
        Outcome::Confirming => t().pay_pending_title(),
        Outcome::UnderReview => t().pay_review_title(),
        Outcome::Paid => t().pay_paid_title(),
        Outcome::PaidOtherwise => t().pay_paid_otherwise_title(),
        Outcome::Failed => t().pay_failed_title(),
        Outcome::Expired => t().pay_expired_title(),
        Outcome::Superseded => t().pay_superseded_title(),
        Outcome::RefundComing => t().pay_refund_title(),
        Outcome::Refunded => t().pay_refunded_title(),
    }
}

fn text_of(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Asking => t().pay_asking_text(),
        Outcome::Unknown => t().pay_unknown_text(),
        Outcome::NotStarted => t().pay_not_started_text(),
        Outcome::AwaitingTransfer => t().vietqr_waiting_text(),
        Outcome::Confirming => t().pay_pending_text(),
        Outcome::UnderReview => t().pay_review_text(),
        Outcome::Paid => t().pay_paid_text(),
        Outcome::PaidOtherwise => t().pay_paid_otherwise_text(),
        Outcome::Failed => t().pay_failed_text(),
        Outcome::Expired => t().pay_expired_text(),
        Outcome::Superseded => t().pay_superseded_text(),
        Outcome::RefundComing => t().pay_refund_text(),
        Outcome::Refunded => t().pay_refunded_text(),
    }
}

/// Back from a wallet.
#[component]
pub fn ReturnPage(
    /// The attempt's token.
    token: String,
) -> impl IntoView {
    let services = services();
    let watch: Watch<AttemptView> = Watch::start(services, token.clone(), None, None);
    let dossier = RwSignal::new(None::<DossierCode>);
    let own_token = token.clone();
    tasks::start(async move {
        let kept = kept::find_by_attempt(&own_token).await;
        dossier.try_set(kept.map(|kept| kept.code));
    });
    let outcome =
        Memo::new(move |_| outcome_of(watch.seen.read().as_ref(), watch.state.read().knowledge));
    move || {
        let now = outcome.get();
        view! {
            <Page title=title_of(now)>
                <Outline watch=watch outcome=now/>
                <Onward outcome=now dossier=dossier watch=watch/>
            </Page>
        }
    }
}

#[component]
fn Outline(
    /// The attempt.
    watch: Watch<AttemptView>,
    /// What is shown.
    outcome: Outcome,
) -> impl IntoView {
    let tone = match outcome {
        Outcome::Failed | Outcome::Expired | Outcome::Unknown => Tone::Bad,
        Outcome::UnderReview | Outcome::NotStarted | Outcome::Confirming => Tone::Warning,
        _ => Tone::Calm,
    };
    let waiting = matches!(
        outcome,
        Outcome::Asking | Outcome::NotStarted | Outcome::AwaitingTransfer | Outcome::Confirming
    );
    let ask = Callback::new(move |()| watch.ask_again());
    view! {
        <Notice tone=tone live=true>
            <p>{text_of(outcome)}</p>
            {move || {
                let attempt = watch.seen.read();
                let attempt = attempt.as_ref();
                let words = match outcome {
                    Outcome::Failed => attempt.and_then(|attempt| attempt.failure).map(failure_reason_words),
                    Outcome::UnderReview => attempt.and_then(|attempt| attempt.hold).map(hold_reason_words),
                    _ => None,
                };
                words.map(|words| view! { <p>{words}</p> })
            }}
        </Notice>
        {move || watch.state.read().unreachable.then(|| view! {
            <Notice tone=Tone::Warning live=true><p>{t().pay_unreachable()}</p></Notice>
        })}
        {waiting.then(|| view! {
            <p role="status">
                {move || if watch.state.read().is_patient() { t().pay_waiting() } else { t().pay_may_close() }}
            </p>
            <Button label=t().pay_check_again().to_owned() quiet=true on_press=ask/>
        })}
        {move || watch.seen.get().map(|attempt| view! { <SummaryList rows=facts_of(&attempt)/> })}
    }
}

fn facts_of(attempt: &AttemptView) -> Vec<SummaryRow> {
    let mut facts = vec![
        SummaryRow::fact(t().fee_what(), said(&attempt.fee_name)),
        SummaryRow {
            act: attempt
                .receipt
                .clone()
                .map(|token| (Route::FeeReceipt(token).to_string(), t().bill_link().to_owned())),
            ..SummaryRow::fact(t().fee_amount(), money(attempt.amount))
        },
        SummaryRow::fact(t().pay_dossier(), attempt.dossier_hint.clone()),
    ];
    if let Some(moment) = attempt.paid_at {
        facts.push(SummaryRow::fact(t().pay_when(), intl::moment(t().locale(), moment.0)));
    }
    if let Some(reference) = &attempt.gateway_reference {
        facts.push(SummaryRow::fact(t().pay_reference(), reference.clone()));
    }
    let strange = attempt.failure.is_some() || attempt.hold.is_some();
    if let Some(code) = attempt.gateway_code.as_ref().filter(|_| strange) {
        facts.push(SummaryRow::fact(t().pay_code(), code.clone()));
    }
    facts
}

/// Where to go from here. Another browser may not know the dossier's whole code.
#[component]
fn Onward(
    /// What is shown.
    outcome: Outcome,
    /// The dossier, when this device submitted it.
    dossier: RwSignal<Option<DossierCode>>,
    /// The attempt.
    watch: Watch<AttemptView>,
) -> impl IntoView {
    let again = matches!(outcome, Outcome::Failed | Outcome::Expired);
    move || {
        let pay_url = (outcome == Outcome::NotStarted)
            .then(|| watch.seen.read().as_ref().and_then(|attempt| attempt.pay_url.clone()))
            .flatten();
        let request = watch.seen.read().as_ref().and_then(|attempt| attempt.request.clone());
        let links = match dossier.get() {
            Some(code) if again => view! {
                <LinkButton href=Route::Fee(code.clone()).to_string() label=t().pay_again()/>
                <LinkButton href=Route::Receipt(code).to_string() label=t().pay_see_receipt() quiet=true/>
            }
            .into_any(),
            Some(code) => view! {
                <LinkButton href=Route::Receipt(code.clone()).to_string() label=t().pay_see_receipt()/>
                <LinkButton href=Route::Dossier(code).to_string() label=t().receipt_follow() quiet=true/>
            }
            .into_any(),
            // A relative who was asked: the dossier is not theirs.
            None if request.is_some() => view! {
                {matches!(outcome, Outcome::Paid | Outcome::PaidOtherwise).then(|| view! { <p>{t().for_done()}</p> })}
                {again.then(|| request.map(|token| view! {
                    <LinkButton href=Route::PayFor(token).to_string() label=t().pay_again()/>
                }))}
            }
            .into_any(),
            None => view! {
                <p>{t().pay_other_browser()}</p>
                <LinkButton href=Route::Track.to_string() label=t().start_track() quiet=true/>
            }
            .into_any(),
        };
        view! {
            <div class="actions">
                {pay_url.map(|url| view! { <LinkButton href=url external=true label=t().pay_open_again()/> })}
                {links}
            </div>
        }
    }
}
