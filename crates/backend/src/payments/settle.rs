//! Acting on what was heard about an attempt. All evidence ends here, in one transaction that
//! holds the write lock: the domain's table says what it means, and what follows from a payment
//! follows once.

use crate::app::App;
use crate::database::{self, Tx, from_column, to_column};
use crate::dossiers::{self, Dossier, Step};
use crate::error::Result;
use crate::fees;
use crate::payments::attempts::{self, Attempt, is_open};
use crate::payments::ledger;
use crate::payments::watch::next_query;
use crate::receipts::{self, Paid};
use motcua_domain::calendar::appointment;
use motcua_domain::date::Moment;
use motcua_domain::dossier::DossierStatus;
use motcua_domain::payment::{AttemptEvent, AttemptState, FailureReason, FeeState, HoldReason};
use motcua_gateways::Outcome;
use sqlx::Row;

/// What was said about an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// The gateway opened the order.
    Opened,
    /// The gateway will not have the order.
    Refused(FailureReason),
    /// The citizen left for the gateway.
    Redirected,
    /// The browser came back.
    BrowserReturned,
    /// The gateway: still processing.
    Pending,
    /// The gateway: paid, and everything agrees.
    Paid,
    /// The gateway: money held or reversed, or an amount that differs.
    Held(HoldReason),
    /// The gateway: not paid.
    Failed(FailureReason),
    /// The gateway, asked after the expiry: not paid.
    ExpiredUnpaid,
    /// The citizen starts another attempt.
    Superseded,
    /// Staff order the money back.
    RefundOrdered,
    /// The gateway took the order to give it back.
    RefundAccepted,
    /// The money went back.
    RefundDone,
    /// The gateway did not give it back after all.
    RefundFailed,
}

impl From<Outcome> for Word {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Paid => Self::Paid,
            Outcome::Pending => Self::Pending,
            Outcome::Held(reason) => Self::Held(reason),
            Outcome::Failed(reason) => Self::Failed(reason),
        }
    }
}

/// Who said it, and what came with it.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// `local`, `return`, `ipn`, `query` or `statement`.
    pub source: &'static str,
    /// In their words.
    pub raw: String,
    /// The gateway's code.
    pub gateway_code: Option<String>,
    /// The gateway's number.
    pub gateway_reference: Option<String>,
    /// When the money was taken.
    pub paid_at: Option<Moment>,
}

/// Takes in a word about an attempt. Gives the attempt afterwards, and whether it moved.
pub async fn hear(
    app: &App,
    token: &str,
    word: Word,
    evidence: &Evidence,
) -> Result<(Attempt, bool)> {
    let mut tx = database::begin(&app.db).await?;
    let heard = hear_in(app, &mut tx, token, word, evidence).await?;
    tx.commit().await?;
    Ok(heard)
}

/// The same, in a transaction of the caller's.
pub async fn hear_in(
    app: &App,
    tx: &mut Tx,
    token: &str,
    word: Word,
    evidence: &Evidence,
) -> Result<(Attempt, bool)> {
    let before = attempts::get(tx, token).await?;
    let fee_open = waits_for_money(tx, &before).await?;
    let event = match word {
        Word::Opened => AttemptEvent::GatewayReady,
        Word::Refused(_) => AttemptEvent::GatewayRefused,
        Word::Redirected => AttemptEvent::Redirected,
        Word::BrowserReturned => AttemptEvent::BrowserReturned,
        Word::Pending => AttemptEvent::ProvenPending,
        Word::Paid => AttemptEvent::ProvenPaid { fee_open },
        Word::Held(_) => AttemptEvent::ProvenHeld,
        Word::Failed(_) => AttemptEvent::ProvenFailed,
        Word::ExpiredUnpaid => AttemptEvent::ExpiredUnpaid,
        Word::Superseded => AttemptEvent::Superseded,
        Word::RefundOrdered => AttemptEvent::RefundOrdered,
        Word::RefundAccepted => AttemptEvent::RefundAccepted,
        Word::RefundDone => AttemptEvent::RefundDone,
        Word::RefundFailed => AttemptEvent::RefundFailed,
    };
    let before_state = before.state;
    let state = before_state.after(event);
    let moved = state != before.state;
    // Notices are kept even when they add nothing; polls that add nothing are not.
    if moved || evidence.source == "ipn" {
        log(app, tx, &before, word, state, evidence).await?;
    }
    // A notice may bring the reason after a query said "failed" without one.
    let explains = state == AttemptState::Failed
        && before.failure == Some(FailureReason::Unexplained)
        && matches!(word, Word::Failed(reason) if reason != FailureReason::Unexplained);
    if !moved && !explains {
        return Ok((before, false));
    }
    // The first reason stands: a query that follows a notice says "failed" without one.
    let known = before.failure.filter(|reason| *reason != FailureReason::Unexplained);
    let failure = match word {
        Word::Failed(reason) | Word::Refused(reason) => Some(known.unwrap_or(reason)),
        _ => before.failure,
    };
    let now = app.clock.now();
    let after = Attempt {
        state,
        failure: failure.filter(|_| state == AttemptState::Failed),
        hold: match word {
            Word::Held(reason) => Some(reason),
            _ => before.hold.filter(|_| state == AttemptState::UnderReview),
        },
        gateway_code: evidence.gateway_code.clone().or(before.gateway_code),
        gateway_reference: evidence.gateway_reference.clone().or(before.gateway_reference),
        paid_at: before.paid_at.or_else(|| {
            let paid = matches!(word, Word::Paid);
            paid.then_some(evidence.paid_at.unwrap_or(now))
        }),
        ..before
    };
    store(tx, &after, now).await?;
    ledger::note_move(tx, before_state, &after, now).await?;
    if state == AttemptState::Succeeded {
        pay_fee(app, tx, &after, now).await?;
    }
    Ok((after, moved))
}

/// Whether the fee still waits for money: it is open, and its dossier was not refused or stopped.
async fn waits_for_money(tx: &mut Tx, attempt: &Attempt) -> Result<bool> {
    let row = sqlx::query(
        "SELECT fees.state, dossiers.status FROM fees JOIN dossiers ON code = dossier \
         WHERE dossier = ?1 AND id = ?2",
    )
    .bind(&attempt.dossier)
    .bind(&attempt.fee)
    .fetch_one(&mut **tx)
    .await?;
    let fee: FeeState = from_column(row.try_get("state")?)?;
    let status = u16::try_from(row.try_get::<i64, _>("status")?).unwrap_or(0);
    let ended =
        matches!(DossierStatus::from_code(status), DossierStatus::Refused | DossierStatus::Stopped);
    Ok(fee.is_open() && !ended)
}

async fn log(
    app: &App,
    tx: &mut Tx,
    attempt: &Attempt,
    word: Word,
    state: AttemptState,
    evidence: &Evidence,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO attempt_events (attempt, at, evidence, event, state, raw) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )
    .bind(&attempt.token)
    .bind(app.clock.now().0)
    .bind(evidence.source)
    .bind(format!("{word:?}"))
    .bind(to_column(&state)?)
    .bind(&evidence.raw)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn store(tx: &mut Tx, attempt: &Attempt, now: Moment) -> Result<()> {
    sqlx::query(
        "UPDATE attempts SET state = ?1, live = ?2, failure = ?3, gateway_code = ?4, \
         gateway_reference = ?5, paid_at = ?6, next_query_at = ?7, hold = ?9 WHERE token = ?8",
    )
    .bind(to_column(&attempt.state)?)
    .bind(is_open(attempt.state))
    .bind(attempt.failure.as_ref().map(to_column).transpose()?)
    .bind(&attempt.gateway_code)
    .bind(&attempt.gateway_reference)
    .bind(attempt.paid_at.map(|moment| moment.0))
    .bind(next_query(attempt, now).map(|moment| moment.0))
    .bind(&attempt.token)
    .bind(attempt.hold.as_ref().map(to_column).transpose()?)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The fee is paid: the line says so, and there is a receipt for it.
async fn pay_fee(app: &App, tx: &mut Tx, attempt: &Attempt, now: Moment) -> Result<()> {
    fees::set_state(tx, &attempt.dossier, &attempt.fee, FeeState::Paid).await?;
    let paid = Paid {
        dossier: &attempt.dossier,
        fee: &attempt.fee,
        channel: &attempt.channel,
        attempt: Some(&attempt.token),
        amount: attempt.amount,
        at: attempt.paid_at.unwrap_or(now),
    };
    receipts::issue(app, tx, paid).await?;
    let note = format!("Đã nộp {} trực tuyến.", attempt.amount);
    paid_up(app, tx, &attempt.dossier, &note, now).await
}

/// A fee line is paid, however: when none is due any more the dossier moves on and its clock starts.
pub async fn paid_up(app: &App, tx: &mut Tx, code: &str, note: &str, now: Moment) -> Result<()> {
    let dossier = dossiers::get(tx, code).await?;
    let lines = fees::of_dossier(tx, code, dossier.status).await?;
    let still_due = lines.iter().any(|fee| fee.view.state == FeeState::Due);
    let status = match dossier.status {
        DossierStatus::PaymentRequested if !still_due => DossierStatus::InProgress,
        other => other,
    };
    let step = Step { note: Some(note), ..Step::new(status, now) };
    dossiers::take(tx, &dossier.code, step).await?;
    // A supplement stops the clock until all of it is answered.
    let waits = status == DossierStatus::SupplementRequested;
    if !still_due && !waits && dossier.appointment.is_none() {
        restart_clock(app, tx, &dossier, now).await?;
    }
    Ok(())
}

/// Sets the appointment from now on: what held the dossier up is done.
pub async fn restart_clock(app: &App, tx: &mut Tx, dossier: &Dossier, now: Moment) -> Result<()> {
    let Some(procedure) = app.catalogue.find(&dossier.procedure) else { return Ok(()) };
    let due = appointment(procedure.time_limit, now, &app.catalogue.holidays);
    dossiers::set_appointment(tx, &dossier.code, due).await
}
