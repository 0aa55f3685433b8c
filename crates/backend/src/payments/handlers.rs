//! The endpoints of payments: start an attempt, leave for the gateway, come back, hear its notice,
//! show where things stand.

use crate::api::body::JsonBody;
use crate::app::App;
use crate::dossiers;
use crate::error::{Error, Result};
use crate::idempotency::{self, Admission};
use crate::payments::ask::{ask, is_due};
use crate::payments::attempts;
use crate::payments::begin::{Wanted, begin};
use crate::payments::drivers::Driver;
use crate::payments::open::open;
use crate::payments::settle::{Evidence, Word, hear};
use crate::sessions::Session;
use axum::Json;
use axum::extract::{ConnectInfo, FromRequestParts, Path, RawQuery, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use motcua_contract::payments::{AttemptView, CreateAttempt};
use motcua_contract::problem::ProblemType;
use motcua_domain::payment::AttemptState;
use motcua_gateways::platform;
use std::convert::Infallible;
use std::net::SocketAddr;

/// Where a request came from, as the gateway wants to know; loopback where it cannot be told.
pub struct PayerAddress(pub String);

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
    let held = dossier.is_held_by(&app, &mut connection, session.as_ref(), &headers).await?;
    drop(connection);
    if !held {
        return Err(ProblemType::Forbidden.into());
    }
    let dossier = dossier.code.as_str().to_owned();
    let scope = format!("{dossier} create_attempt {fee}");
    let turn = match idempotency::admit(&app, &headers, scope, &request).await? {
        Admission::Replay(response) => return Ok(response),
        Admission::Run(turn) => turn,
    };
    let CreateAttempt { channel, language } = request;
    let wanted = Wanted { dossier, fee, channel, language, payer_address, payer: None };
    begin(&app, turn, wanted).await
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

/// `GET` and `POST /pay/return`: back from the national platform, whose return address is registered
/// once for all attempts; which one it was stands in the query or form, and proves as little as
/// anything there.
pub async fn come_back_registered(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    form: String,
) -> Result<Response> {
    let query = query.unwrap_or(form);
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

/// `GET` and `POST /pay/return/{token}`: the browser is back. What it brings proves nothing; it only makes us
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
