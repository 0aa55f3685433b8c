//! What staff call about money that goes back: the list, ordering it, noting that it went back by hand.

use crate::api::body::JsonBody;
use crate::app::App;
use crate::audit;
use crate::database;
use crate::dossiers;
use crate::error::{Result, problem};
use crate::fees;
use crate::payments::attempts;
use crate::payments::drivers::Driver;
use crate::payments::refunds;
use crate::payments::settle::{Evidence, Word, hear_in};
use crate::staff::Staff;
use axum::Json;
use axum::extract::{Path, State};
use motcua_contract::problem::ProblemType;
use motcua_contract::refunds::{OrderRefund, RefundList, RefundView, RefundedByHand};
use motcua_domain::dossier::{DossierCode, DossierStatus};
use motcua_domain::payment::{AttemptState, FeeState};
use sqlx::{Row, SqliteConnection};

/// `GET /staff/refunds`.
pub async fn list(State(app): State<App>, _: Staff) -> Result<Json<RefundList>> {
    let mut connection = app.db.acquire().await?;
    let tokens = sqlx::query(
        "SELECT token FROM attempts WHERE state IN ('refund_due', 'refund_pending') \
         ORDER BY created_at",
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut refunds = Vec::with_capacity(tokens.len());
    for row in &tokens {
        refunds.push(view(&mut connection, row.try_get("token")?).await?);
    }
    Ok(Json(RefundList { refunds }))
}

/// `POST /staff/payments/{token}/refund`. Of a payment that paid its fee, the money goes back only when
/// the dossier came to nothing.
pub async fn order(
    State(app): State<App>,
    staff: Staff,
    Path(token): Path<String>,
    JsonBody(wanted): JsonBody<OrderRefund>,
) -> Result<Json<RefundView>> {
    let mut tx = database::begin(&app.db).await?;
    let attempt = attempts::get(&mut tx, &token).await?;
    let (code, now) = (Some(attempt.dossier.as_str()), app.clock.now());
    audit::note(&mut tx, &staff, "order_refund", code, Some(&attempt.reference), now).await?;
    if attempt.state == AttemptState::Succeeded {
        let status = dossiers::get(&mut tx, &attempt.dossier).await?.status;
        if !matches!(status, DossierStatus::Refused | DossierStatus::Stopped) {
            return Err(problem(ProblemType::WrongStatus, "the dossier is not refused or stopped"));
        }
        let evidence = Evidence { source: "staff", ..Evidence::default() };
        hear_in(&app, &mut tx, &token, Word::RefundOrdered, &evidence).await?;
        fees::set_state(&mut tx, &attempt.dossier, &attempt.fee, FeeState::Waived).await?;
    }
    tx.commit().await?;
    // Where the channel gives nothing back by a call, it is due, and goes by hand.
    if Driver::find(&attempt.channel).is_some_and(Driver::gives_back) {
        refunds::order(&app, &token, &wanted.reason).await?;
    }
    let mut connection = app.db.acquire().await?;
    Ok(Json(view(&mut connection, &token).await?))
}

/// `POST /staff/payments/{token}/refund/by-hand`.
pub async fn by_hand(
    State(app): State<App>,
    staff: Staff,
    Path(token): Path<String>,
    JsonBody(done): JsonBody<RefundedByHand>,
) -> Result<Json<RefundView>> {
    let reference = done.reference.trim();
    if reference.is_empty() || reference.chars().count() > 100 {
        return Err(problem(ProblemType::MalformedBody, "a reference of 1 to 100 characters"));
    }
    refunds::done_by_hand(&app, &token, reference).await?;
    let mut connection = app.db.acquire().await?;
    let (said, now) = (Some(reference), app.clock.now());
    let attempt = attempts::get(&mut connection, &token).await?;
    let code = Some(attempt.dossier.as_str());
    audit::note(&mut connection, &staff, "refund_by_hand", code, said, now).await?;
    Ok(Json(view(&mut connection, &token).await?))
}

async fn view(connection: &mut SqliteConnection, token: &str) -> Result<RefundView> {
    let attempt = attempts::get(connection, token).await?;
    let row = sqlx::query(
        "SELECT COALESCE(SUM(state = 'refused'), 0) AS refused, \
         (SELECT code FROM refunds WHERE attempt = ?1 ORDER BY ordered_at DESC, rowid DESC LIMIT 1) \
         AS code FROM refunds WHERE attempt = ?1",
    )
    .bind(token)
    .fetch_one(&mut *connection)
    .await?;
    Ok(RefundView {
        by_call: Driver::find(&attempt.channel).is_some_and(Driver::gives_back),
        dossier: DossierCode::parse(&attempt.dossier).map_err(|_| ProblemType::NotFound)?,
        attempt: attempt.token,
        fee: attempt.fee,
        channel: attempt.channel,
        amount: attempt.amount,
        state: attempt.state,
        refused: u32::try_from(row.try_get::<i64, _>("refused")?).unwrap_or(0),
        differs: refunds::differs(connection, token).await?,
        code: row.try_get("code")?,
        paid_at: attempt.paid_at,
    })
}
