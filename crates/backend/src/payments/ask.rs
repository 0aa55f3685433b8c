//! Asking VNPAY what became of an attempt (querydr). The strongest evidence there is; bounded in
//! how often. Knows no page and no notice.

use crate::app::App;
use crate::error::{Error, Result};
use crate::payments::attempts::Attempt;
use crate::payments::settle::{Evidence, Word, hear};
use crate::payments::watch::next_query;
use crate::secrets;
use axum::http::header;
use motcua_contract::problem::ProblemType;
use motcua_domain::date::Moment;
use motcua_domain::payment::AttemptState;
use motcua_gateways::vnpay::{Amount, ApiCode, OrderInfo, QueryRequest, QueryResponse, Stamp};

/// The gateway is not asked about one attempt more often than this (it answers 94 to repeats).
pub const PAUSE_SECONDS: i64 = 10;
/// A page that was just opened may stay open a little after the expiry.
const GRACE_SECONDS: i64 = 60;

/// A moment as the gateway writes it.
pub fn stamp(moment: Moment) -> Stamp {
    Stamp::from_unix(u64::try_from(moment.0).unwrap_or(0))
}

/// Whether it is time to ask about an attempt because somebody looks at it.
pub fn is_due(attempt: &Attempt, now: Moment) -> bool {
    let rested = attempt.last_query_at.is_none_or(|last| now.0 - last.0 >= PAUSE_SECONDS);
    let open = matches!(
        attempt.state,
        AttemptState::Redirected
            | AttemptState::ReturnedUnverified
            | AttemptState::PendingGateway
            | AttemptState::UnderReview
    );
    let run_out = attempt.state == AttemptState::Ready && now > attempt.expires_at;
    rested && (open || run_out)
}

/// Asks, and acts on the answer. Fails when the gateway gives none that can be believed; then
/// nothing changed but the time of the last question.
pub async fn ask(app: &App, attempt: &Attempt) -> Result<Attempt> {
    let now = app.clock.now();
    note_question(app, attempt, now).await?;
    let request = QueryRequest {
        request_id: secrets::reference()?,
        txn_ref: attempt.reference.clone(),
        transaction_date: stamp(attempt.created_at),
        created: stamp(now),
        ip_addr: app.settings.listen.ip().to_string(),
        order_info: OrderInfo::new(&format!("Truy van {}", attempt.reference)),
    };
    let (response, raw) = send(app, &request).await?;
    let Some(word) = meaning(attempt, &response, now) else { return Ok(attempt.clone()) };
    let evidence = Evidence {
        source: "query",
        raw,
        gateway_code: response.transaction_status.as_ref().map(|s| s.code().to_owned()),
        gateway_reference: response.transaction_no.clone(),
        paid_at: response.pay_date.map(|at| Moment(at.unix())),
    };
    Ok(hear(app, &attempt.token, word, &evidence).await?.0)
}

async fn send(app: &App, request: &QueryRequest) -> Result<(QueryResponse, String)> {
    let unavailable = |why: String| {
        tracing::warn!(reference = %request.txn_ref, "querydr: {why}");
        Error::from(ProblemType::GatewayUnavailable)
    };
    let body =
        request.signed(&app.vnpay).map_err(|error| Error::Internal(format!("querydr: {error}")))?;
    let response = app
        .http
        .post(&app.settings.vnpay_api_url)
        .header(header::CONTENT_TYPE, "application/json")
        .body(body)
        .send()
        .await
        .map_err(|error| unavailable(error.to_string()))?;
    let text = response.text().await.map_err(|error| unavailable(error.to_string()))?;
    let verified = QueryResponse::verify(&text, &app.vnpay, request)
        .map_err(|error| unavailable(error.to_string()))?;
    Ok((verified, text))
}

/// What an answer says about the attempt, if anything.
fn meaning(attempt: &Attempt, response: &QueryResponse, now: Moment) -> Option<Word> {
    let run_out = now > attempt.expires_at.plus_seconds(GRACE_SECONDS);
    if response.response_code == ApiCode::NotFound {
        // The citizen never opened the gateway's page.
        return run_out.then_some(Word::ExpiredUnpaid);
    }
    let agreed = Amount::from_dong(attempt.amount.0).is_ok_and(|amount| response.is_for(amount));
    match Word::from(response.outcome()?) {
        Word::Paid if !agreed => Some(Word::Held),
        // "Not finished" is what the gateway says of a page that is open, and of one left behind.
        Word::Pending if run_out => Some(Word::ExpiredUnpaid),
        Word::Pending if attempt.state != AttemptState::ReturnedUnverified => None,
        word => Some(word),
    }
}

async fn note_question(app: &App, attempt: &Attempt, now: Moment) -> Result<()> {
    sqlx::query(
        "UPDATE attempts SET last_query_at = ?1, queries = queries + 1, next_query_at = ?2 \
         WHERE token = ?3",
    )
    .bind(now.0)
    .bind(next_query(attempt, now).map(|moment| moment.0))
    .bind(&attempt.token)
    .execute(&app.db)
    .await?;
    Ok(())
}
