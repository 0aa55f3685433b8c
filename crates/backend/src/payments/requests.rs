//! Requests to pay a fee for somebody (nhờ người thân trả): made and taken back by the dossier's
//! holder, paid by whoever has the link. The link shows an amount and what it is for in general words;
//! nothing of the dossier can be read or changed with it. What is paid goes the way of every attempt.

use crate::api::body::JsonBody;
use crate::app::App;
use crate::database::{self, Tx};
use crate::dossiers::{self, Dossier};
use crate::error::{Result, problem};
use crate::fees::{self, Fee};
use crate::idempotency::{self, Admission};
use crate::payments::attempts::{self, Payer};
use crate::payments::begin::{self, Wanted};
use crate::payments::handlers::PayerAddress;
use crate::secrets;
use crate::sessions::Session;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use motcua_contract::payments::{PayRequest, PaymentRequestView};
use motcua_contract::problem::ProblemType;
use motcua_domain::date::Moment;
use motcua_domain::payment::AttemptState;
use motcua_domain::payment_request::{LIFETIME, RequestState, payer_name};
use sqlx::{Row, SqliteConnection};

/// Attempts that may be begun with one link: enough for every wallet and a few mistakes, too few to
/// flood a gateway.
const MOST_ATTEMPTS: i64 = 40;

/// A request as stored.
struct Request {
    token: String,
    dossier: String,
    fee: String,
    expires_at: Moment,
    cancelled: bool,
}

/// A request with what it asks for.
struct Asked {
    request: Request,
    dossier: Dossier,
    fee: Fee,
    state: RequestState,
}

/// `POST /dossiers/{code}/fees/{fee}/requests`. A fee has one open request: asked again, it is given
/// again, so that the link that a son already has goes on working.
pub async fn ask(
    State(app): State<App>,
    session: Option<Session>,
    Path((code, fee)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<(StatusCode, Json<PaymentRequestView>)> {
    let mut tx = database::begin(&app.db).await?;
    let dossier = dossiers::get(&mut tx, &code).await?;
    if !dossier.is_held_by(&app, &mut tx, session.as_ref(), &headers).await? {
        return Err(ProblemType::Forbidden.into());
    }
    let lines = fees::of_dossier(&mut tx, &code, dossier.status).await?;
    let line = lines.iter().find(|line| line.view.id == fee).ok_or(ProblemType::NotFound)?;
    if !line.view.payable {
        return Err(ProblemType::FeeNotPayable.into());
    }
    let now = app.clock.now();
    let token = match find_open(&mut tx, &code, &fee, now).await? {
        Some(token) => token,
        None => insert(&mut tx, &code, &fee, now).await?,
    };
    let asked = get(&app, &mut tx, &token).await?;
    let view = view(&mut tx, &asked, true).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(view)))
}

/// `GET /payment-requests/{token}`.
pub async fn show(
    State(app): State<App>,
    session: Option<Session>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Json<PaymentRequestView>> {
    let mut connection = app.db.acquire().await?;
    let asked = get(&app, &mut connection, &token).await?;
    let held = asked.dossier.is_held_by(&app, &mut connection, session.as_ref(), &headers).await?;
    Ok(Json(view(&mut connection, &asked, held).await?))
}

/// `DELETE /payment-requests/{token}`. Who is paying just now may still succeed: then the fee is paid.
pub async fn cancel(
    State(app): State<App>,
    session: Option<Session>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Json<PaymentRequestView>> {
    let mut connection = app.db.acquire().await?;
    let asked = get(&app, &mut connection, &token).await?;
    let held = asked.dossier.is_held_by(&app, &mut connection, session.as_ref(), &headers).await?;
    drop(connection);
    if !held {
        return Err(ProblemType::Forbidden.into());
    }
    let Request { dossier, fee, .. } = &asked.request;
    // A gateway that does not answer keeps nobody from taking a request back.
    let _ = begin::ask_about_live(&app, dossier, fee).await;
    let mut tx = database::begin(&app.db).await?;
    sqlx::query(
        "UPDATE payment_requests SET cancelled_at = ?1 WHERE token = ?2 AND cancelled_at IS NULL",
    )
    .bind(app.clock.now().0)
    .bind(&token)
    .execute(&mut *tx)
    .await?;
    for attempt in attempts::live_of_fee(&mut tx, dossier, fee).await? {
        if attempt.request.as_ref() == Some(&token) && attempt.state != AttemptState::UnderReview {
            begin::supersede(&app, &mut tx, &attempt).await?;
        }
    }
    let asked = get(&app, &mut tx, &token).await?;
    let view = view(&mut tx, &asked, true).await?;
    tx.commit().await?;
    Ok(Json(view))
}

/// `POST /payment-requests/{token}/attempts`.
pub async fn pay(
    State(app): State<App>,
    Path(token): Path<String>,
    PayerAddress(payer_address): PayerAddress,
    headers: HeaderMap,
    JsonBody(wanted): JsonBody<PayRequest>,
) -> Result<Response> {
    let scope = format!("{token} pay_request");
    let turn = match idempotency::admit(&app, &headers, scope, &wanted).await? {
        Admission::Replay(response) => return Ok(response),
        Admission::Run(turn) => turn,
    };
    let mut connection = app.db.acquire().await?;
    let Asked { request, state, .. } = get(&app, &mut connection, &token).await?;
    match state {
        RequestState::Open => {}
        RequestState::Paid | RequestState::Closed => return Err(ProblemType::FeeNotPayable.into()),
        RequestState::Cancelled | RequestState::Expired => {
            return Err(ProblemType::PaymentRequestGone.into());
        }
    }
    let row = sqlx::query("SELECT count(*) AS attempts FROM attempts WHERE request = ?1")
        .bind(&token)
        .fetch_one(&mut *connection)
        .await?;
    if row.try_get::<i64, _>("attempts")? >= MOST_ATTEMPTS {
        return Err(problem(ProblemType::TooManyRequests, "too many attempts with one link"));
    }
    drop(connection);
    let name = wanted.payer_name.as_deref().and_then(payer_name);
    let wanted = Wanted {
        dossier: request.dossier,
        fee: request.fee,
        channel: wanted.channel,
        language: wanted.language,
        payer_address,
        payer: Some(Payer { request: token, name }),
    };
    begin::begin(&app, turn, wanted).await
}

/// The token of a fee's open request.
pub async fn find_open(
    connection: &mut SqliteConnection,
    dossier: &str,
    fee: &str,
    now: Moment,
) -> Result<Option<String>> {
    let row = sqlx::query(
        "SELECT token FROM payment_requests WHERE dossier = ?1 AND fee = ?2 \
         AND cancelled_at IS NULL AND expires_at > ?3 ORDER BY created_at DESC LIMIT 1",
    )
    .bind(dossier)
    .bind(fee)
    .bind(now.0)
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| row.try_get("token")).transpose()?)
}

async fn insert(tx: &mut Tx, dossier: &str, fee: &str, now: Moment) -> Result<String> {
    let token = secrets::token()?;
    sqlx::query(
        "INSERT INTO payment_requests (token, dossier, fee, created_at, expires_at) \
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )
    .bind(&token)
    .bind(dossier)
    .bind(fee)
    .bind(now.0)
    .bind(now.plus_seconds(LIFETIME).0)
    .execute(&mut **tx)
    .await?;
    Ok(token)
}

async fn get(app: &App, connection: &mut SqliteConnection, token: &str) -> Result<Asked> {
    let row = sqlx::query("SELECT * FROM payment_requests WHERE token = ?1")
        .bind(token)
        .fetch_optional(&mut *connection)
        .await?;
    let row = row.ok_or(ProblemType::NotFound)?;
    let request = Request {
        token: row.try_get("token")?,
        dossier: row.try_get("dossier")?,
        fee: row.try_get("fee")?,
        expires_at: Moment(row.try_get("expires_at")?),
        cancelled: row.try_get::<Option<i64>, _>("cancelled_at")?.is_some(),
    };
    let dossier = dossiers::get(connection, &request.dossier).await?;
    let lines = fees::of_dossier(connection, &request.dossier, dossier.status).await?;
    let fee = lines.into_iter().find(|line| line.view.id == request.fee);
    let fee = fee.ok_or(ProblemType::NotFound)?;
    let state = RequestState::of(
        fee.view.state,
        fee.view.payable,
        request.cancelled,
        request.expires_at,
        app.clock.now(),
    );
    Ok(Asked { request, dossier, fee, state })
}

async fn view(
    connection: &mut SqliteConnection,
    asked: &Asked,
    held: bool,
) -> Result<PaymentRequestView> {
    // Whoever began it: a holder who paid the fee themselves is no payer with a name.
    let row = sqlx::query(
        "SELECT paid_at, payer_name FROM attempts WHERE dossier = ?1 AND fee = ?2 \
         AND state = 'succeeded'",
    )
    .bind(&asked.request.dossier)
    .bind(&asked.request.fee)
    .fetch_optional(connection)
    .await?;
    let paid_at = row.as_ref().map(|row| row.try_get::<Option<i64>, _>("paid_at")).transpose()?;
    let name: Option<Option<String>> = row.map(|row| row.try_get("payer_name")).transpose()?;
    Ok(PaymentRequestView {
        token: asked.request.token.clone(),
        state: asked.state,
        amount: asked.fee.view.amount.unwrap_or_default(),
        kind: asked.fee.view.kind,
        dossier_hint: attempts::hint(&asked.request.dossier),
        expires_at: asked.request.expires_at,
        paid_at: paid_at.flatten().map(Moment),
        payer_name: name.flatten().filter(|_| held),
    })
}
