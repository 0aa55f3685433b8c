//! The endpoints of payments: start an attempt, leave for the gateway, come back, hear its notice,
//! show where things stand.

use crate::api::body::JsonBody;
use crate::app::App;
use crate::database;
use crate::dossiers;
use crate::error::{Error, Result, problem};
use crate::fees;
use crate::idempotency::{self, Admission};
use crate::payments::ask::{ask, is_due};
use crate::payments::attempts::{self, Attempt, NewAttempt};
use crate::payments::drivers::Driver;
use crate::payments::open::open;
use crate::payments::settle::{Evidence, Word, hear, hear_in};
use crate::sessions::Session;
use axum::Json;
use axum::extract::{ConnectInfo, FromRequestParts, Path, RawQuery, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use motcua_contract::payments::{AttemptView, CreateAttempt};
use motcua_contract::problem::ProblemType;
use motcua_domain::date::Moment;
use motcua_domain::money::Vnd;
use motcua_domain::payment::AttemptState;
use motcua_gateways::platform;
use std::convert::Infallible;
use std::net::SocketAddr;

/// Where a request came from, as the gateway wants to know; loopback where it cannot be told.
pub struct PayerAddress(String);

impl FromRequestParts<App> for PayerAddress {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        _: &App,
    ) -> std::result::Result<Self, Infallible> {
        let address = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        Ok(Self(address.map_or_else(|| "127.0.0.1".to_owned(), |ip| ip.to_string())))
    }
}

/// `POST /dossiers/{code}/fees/{fee}/attempts`.
pub async fn create(
    State(app): State<App>,
    session: Option<Session>,
    Path((code, fee)): Path<(String, String)>,
    PayerAddress(payer_address): PayerAddress,
    headers: HeaderMap,
    JsonBody(request): JsonBody<CreateAttempt>,
) -> Result<Response> {
    let mut connection = app.db.acquire().await?;
    let dossier = dossiers::get(&mut connection, &code).await?;
    drop(connection);
    if !dossier.is_held_by(session.as_ref(), &headers) {
        return Err(ProblemType::Forbidden.into());
    }
    let code = dossier.code.as_str();
    let scope = format!("{code} create_attempt {fee}");
    let turn = match idempotency::admit(&app, &headers, scope, &request).await? {
        Admission::Replay(response) => return Ok(response),
        Admission::Run(turn) => turn,
    };
    // The gateway is asked before the lock is taken: it may be slow.
    ask_about_live(&app, code, &fee).await?;

    let mut tx = database::begin(&app.db).await?;
    let amount = payable_amount(&app, &mut tx, code, &fee, &request.channel).await?;
    let attempt = match make_room(&app, &mut tx, code, &fee, &request).await? {
        Some(unused) => unused,
        None => {
            let new = NewAttempt {
                dossier: code.to_owned(),
                fee: fee.clone(),
                channel: request.channel.clone(),
                amount,
                language: if request.language == "en" { "en" } else { "vi" }.to_owned(),
                payer_address,
            };
            attempts::insert(&app, &mut tx, new).await?
        }
    };
    // The row is on the disk before the gateway hears of it. Who dies in between asks again under the
    // same key, and finds the row.
    tx.commit().await?;
    let attempt = open(&app, attempt).await?;
    let mut tx = database::begin(&app.db).await?;
    let view = attempts::view(&app, &mut tx, &attempt).await?;
    let response = turn.finish(&mut tx, 201, &view).await?;
    tx.commit().await?;
    Ok(response)
}

/// An attempt that the citizen has not taken to the gateway yet can be used again.
fn is_unused(attempt: &Attempt, request: &CreateAttempt, now: Moment) -> bool {
    matches!(attempt.state, AttemptState::Created | AttemptState::Ready)
        && attempt.channel == request.channel
        && now.plus_seconds(60) < attempt.expires_at
}

async fn ask_about_live(app: &App, code: &str, fee: &str) -> Result<()> {
    let mut connection = app.db.acquire().await?;
    let live = attempts::live_of_fee(&mut connection, code, fee).await?;
    drop(connection);
    let can_be_paid =
        |attempt: &&Attempt| !matches!(attempt.state, AttemptState::Created | AttemptState::Ready);
    for attempt in live.iter().filter(can_be_paid) {
        ask(app, attempt).await?;
    }
    Ok(())
}

/// What is to pay, if this channel can take it now.
async fn payable_amount(
    app: &App,
    tx: &mut database::Tx,
    code: &str,
    fee: &str,
    channel: &str,
) -> Result<Vnd> {
    let status = dossiers::get(tx, code).await?.status;
    let lines = fees::of_dossier(tx, code, status).await?;
    let line = lines.into_iter().find(|line| line.view.id == fee).ok_or(ProblemType::NotFound)?;
    let amount = line.view.amount.filter(|_| line.view.payable);
    let amount = amount.ok_or(ProblemType::FeeNotPayable)?;
    let channel = app.config.channels.iter().find(|known| known.id == channel);
    let fits = channel.is_some_and(|known| (known.min..=known.max).contains(&amount));
    if fits { Ok(amount) } else { Err(ProblemType::ChannelUnavailable.into()) }
}

/// Makes room for a new attempt: gives an unused one back, ends an open one that the gateway says
/// is not paid, and refuses while money may be held.
async fn make_room(
    app: &App,
    tx: &mut database::Tx,
    code: &str,
    fee: &str,
    request: &CreateAttempt,
) -> Result<Option<Attempt>> {
    for attempt in attempts::live_of_fee(tx, code, fee).await? {
        if attempt.state == AttemptState::UnderReview {
            return Err(problem(ProblemType::FeeNotPayable, "an attempt is under review"));
        }
        if is_unused(&attempt, request, app.clock.now()) {
            return Ok(Some(attempt));
        }
        let evidence = Evidence { source: "local", ..Evidence::default() };
        hear_in(app, tx, &attempt.token, Word::Superseded, &evidence).await?;
    }
    Ok(None)
}

/// `GET /payments/{token}`.
pub async fn show(State(app): State<App>, Path(token): Path<String>) -> Result<Json<AttemptView>> {
    let mut connection = app.db.acquire().await?;
    let mut attempt = attempts::get(&mut connection, &token).await?;
    if attempt.state == AttemptState::Created {
        drop(connection);
        // The gateway did not answer when it was to open the order.
        attempt = open(&app, attempt.clone()).await.unwrap_or(attempt);
        connection = app.db.acquire().await?;
    } else if is_due(&attempt, app.clock.now()) {
        drop(connection);
        // A gateway that does not answer changes nothing: the state that is known is shown.
        if let Ok(asked) = ask(&app, &attempt).await {
            attempt = asked;
        }
        connection = app.db.acquire().await?;
    }
    Ok(Json(attempts::view(&app, &mut connection, &attempt).await?))
}

fn see_other(location: &str) -> Result<Response> {
    let location = HeaderValue::from_str(location)
        .map_err(|error| Error::Internal(format!("redirect: {error}")))?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response())
}

/// The app's page about an attempt, in any browser, with or without a session.
fn result_page(app: &App, token: &str) -> String {
    let safe: String =
        token.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    format!("{}/thanh-toan/{safe}", app.settings.origin)
}

/// `GET /pay/return`: back from the national platform, whose return address is registered once for all
/// attempts; which one it was stands in the query, and proves as little as anything there.
pub async fn come_back_registered(
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let query = query.unwrap_or_default();
    let Ok(back) = platform::Return::parse(&query) else {
        return see_other(&format!("{}/", app.settings.origin));
    };
    let mut connection = app.db.acquire().await?;
    let channel = Driver::Platform.id();
    let found = attempts::find_by_reference(&mut connection, channel, &back.reference).await?;
    drop(connection);
    match found {
        Some(attempt) => come_back(State(app), Path(attempt.token), RawQuery(Some(query))).await,
        None => see_other(&format!("{}/", app.settings.origin)),
    }
}

/// `GET /pay/go/{token}`: a plain link to the gateway, so that wallets open. What cannot be paid
/// any more leads to the page that says why: the back button shows the truth.
pub async fn go(State(app): State<App>, Path(token): Path<String>) -> Result<Response> {
    let evidence = Evidence { source: "local", ..Evidence::default() };
    let attempt = match hear(&app, &token, Word::Redirected, &evidence).await {
        Ok((attempt, _)) => attempt,
        Err(Error::Problem(_)) => return see_other(&result_page(&app, &token)),
        Err(fault) => return Err(fault),
    };
    let open = matches!(attempt.state, AttemptState::Redirected | AttemptState::ReturnedUnverified)
        && app.clock.now() < attempt.expires_at;
    if !open {
        return see_other(&result_page(&app, &token));
    }
    let Some(address) = attempt.pay_url else { return see_other(&result_page(&app, &token)) };
    see_other(&address)
}

/// `GET /pay/return/{token}`: the browser is back. What it brings proves nothing; it only makes us
/// ask. Works without cookie, in any browser.
pub async fn come_back(
    State(app): State<App>,
    Path(token): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let raw: String = query.unwrap_or_default().chars().take(2_000).collect();
    let evidence = Evidence { source: "return", raw, ..Evidence::default() };
    match hear(&app, &token, Word::BrowserReturned, &evidence).await {
        Ok(_) | Err(Error::Problem(_)) => see_other(&result_page(&app, &token)),
        Err(fault) => Err(fault),
    }
}
