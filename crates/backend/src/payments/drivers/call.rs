//! What the drivers share: calling a gateway (POST of JSON, bounded in time, a dead line told apart from
//! a refusal, the gateway's clock noticed) and reading its moments.

use super::Driver;
use crate::app::App;
use crate::error::Error;
use axum::http::header;
use motcua_contract::problem::ProblemType;
use motcua_domain::date::Moment;

/// The body of the answer.
///
/// # Errors
/// When there is no answer with a body: the gateway may have the order all the same.
pub async fn post(app: &App, driver: Driver, url: &str, body: String) -> Result<String, Error> {
    sent(app, driver, url, body).await?.text().await.map_err(|why| unavailable(url, why))
}

/// The body of an answer that is a file.
///
/// # Errors
/// When there is no answer with a body.
pub async fn post_for_file(
    app: &App,
    driver: Driver,
    url: &str,
    body: String,
) -> Result<Vec<u8>, Error> {
    let file =
        sent(app, driver, url, body).await?.bytes().await.map_err(|why| unavailable(url, why))?;
    Ok(file.to_vec())
}

async fn sent(
    app: &App,
    driver: Driver,
    url: &str,
    body: String,
) -> Result<reqwest::Response, Error> {
    let request = app.http.post(url).header(header::CONTENT_TYPE, "application/json").body(body);
    let answer = request.send().await.map_err(|why| unavailable(url, why))?;
    let date = answer.headers().get(header::DATE).and_then(|date| date.to_str().ok());
    if let Some(date) = date.and_then(|date| httpdate::parse_http_date(date).ok()) {
        app.gateway_clocks.learn(driver, date, app.clock.now());
    }
    Ok(answer)
}

fn unavailable(url: &str, why: reqwest::Error) -> Error {
    tracing::warn!(url, "gateway: {why}");
    Error::from(ProblemType::GatewayUnavailable)
}

/// An answer that cannot be believed is as good as none.
pub fn unbelievable(why: impl std::fmt::Display) -> Error {
    tracing::warn!("gateway: {why}");
    Error::from(ProblemType::GatewayUnavailable)
}

/// A request that we cannot even make: our own fault.
pub fn ours(why: impl std::fmt::Display) -> Error {
    Error::Internal(format!("gateway request: {why}"))
}

/// A moment as wallets write it: milliseconds since 1970.
pub fn moment(milliseconds: u64) -> Option<Moment> {
    i64::try_from(milliseconds / 1_000).ok().map(Moment)
}
