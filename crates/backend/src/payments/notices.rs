//! What gateways tell us by themselves. Order of checks as in VNPAY's sample: signature, order, amount,
//! state. A notice that does not verify leaves no trace but a line in the log.

use crate::app::App;
use crate::error::Result;
use crate::payments::attempts;
use crate::payments::drivers::{Driver, Heard};
use crate::payments::settle::{Evidence, Word, hear};
use axum::extract::{RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use motcua_domain::payment::HoldReason;
use motcua_gateways::Outcome;
use motcua_gateways::ack::Verdict;

/// `GET /pay/ipn/vnpay`.
pub async fn vnpay(State(app): State<App>, RawQuery(query): RawQuery) -> Response {
    take_in(&app, Driver::Vnpay, &query.unwrap_or_default()).await
}

/// `POST /pay/ipn/momo`.
pub async fn momo(State(app): State<App>, body: String) -> Response {
    take_in(&app, Driver::Momo, &body).await
}

/// `POST /pay/ipn/zalopay`.
pub async fn zalopay(State(app): State<App>, body: String) -> Response {
    take_in(&app, Driver::Zalopay, &body).await
}

/// `POST /DvcPayment/Confirm`: the path that the platform's public client listens at.
pub async fn platform(State(app): State<App>, body: String) -> Response {
    take_in(&app, Driver::Platform, &body).await
}

async fn take_in(app: &App, driver: Driver, raw: &str) -> Response {
    let verdict = match driver.read_notice(app, raw) {
        Ok(heard) => settle(app, driver, &heard).await.unwrap_or_else(|error| {
            // Not recorded: the gateway must call again.
            tracing::error!(channel = driver.id(), "notice: {error}");
            Verdict::Broken
        }),
        Err(why) => {
            tracing::warn!(channel = driver.id(), "notice refused: {why}");
            Verdict::NotProven
        }
    };
    let answer = driver.answer(app, raw, verdict);
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if answer.body.is_empty() {
        return status.into_response();
    }
    (status, [(header::CONTENT_TYPE, "application/json")], answer.body).into_response()
}

async fn settle(app: &App, driver: Driver, heard: &Heard) -> Result<Verdict> {
    let mut connection = app.db.acquire().await?;
    let found = attempts::find_by_reference(&mut connection, driver.id(), &heard.reference).await?;
    drop(connection);
    let Some(attempt) = found else { return Ok(Verdict::UnknownOrder) };
    let told = &heard.told;
    let evidence = Evidence {
        source: "ipn",
        raw: told.raw.clone(),
        gateway_code: told.code.clone(),
        gateway_reference: told.reference.clone(),
        paid_at: told.paid_at,
    };
    if told.amount != Some(attempt.amount) {
        // One that says "not paid" holds no money, whatever amount it names.
        if matches!(told.outcome, Some(Outcome::Failed(_))) {
            return Ok(Verdict::WrongAmount);
        }
        hear(app, &attempt.token, Word::Held(HoldReason::AmountDiffers), &evidence).await?;
        return Ok(Verdict::WrongAmount);
    }
    let word = Word::from(told.outcome.unwrap_or(Outcome::Pending));
    let (_, moved) = hear(app, &attempt.token, word, &evidence).await?;
    Ok(if moved { Verdict::Recorded } else { Verdict::AlreadyRecorded })
}
