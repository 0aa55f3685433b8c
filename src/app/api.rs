//! The contract's endpoints as functions. Says what is sent and read; when and how often is the
//! journeys' business.

use super::{Failure, Services, wire};
use crate::browser::http::{self, Body, Method, Request, Response};
use crate::browser::tasks;
use leptos::prelude::*;
use motcua_contract::catalogue::CatalogueDocument;
use motcua_contract::config::AppConfig;
use motcua_contract::dossiers::{DossierReceipt, DossierView};
use motcua_contract::endpoints::{self, Endpoint};
use motcua_contract::figures::FiguresView;
use motcua_contract::idempotency::{self, IdempotencyKey};
use motcua_contract::papers::PaperList;
use motcua_contract::payments::{AttemptView, CreateAttempt};
use motcua_contract::problem::Problem;
use motcua_contract::receipts::ReceiptView;
use motcua_contract::session::SessionView;
use motcua_contract::slips::SlipView;
use motcua_contract::{CLIENT_HEADER, DOSSIER_KEY_HEADER};
use motcua_domain::dossier::DossierCode;
use motcua_domain::figures::Period;
use motcua_domain::procedure::{Procedure, ProcedureCode};
use motcua_domain::units::Units;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Milliseconds until an answer is given up.
const PATIENCE: u32 = 30_000;

/// The configuration beside the app.
pub async fn get_config() -> Result<AppConfig, Failure> {
    read(ask(plain(Method::Get, "/config.json".to_owned())).await?)
}

/// What search and browsing need.
pub async fn get_catalogue(services: Services) -> Result<CatalogueDocument, Failure> {
    let request = at(services, &endpoints::GET_CATALOGUE, &[]).await?;
    read(ask(request).await?)
}

/// A procedure.
pub async fn get_procedure(services: Services, code: &ProcedureCode) -> Result<Procedure, Failure> {
    let request = at(services, &endpoints::GET_PROCEDURE, &[code.as_str()]).await?;
    read(ask(request).await?)
}

/// The provinces and communes.
pub async fn get_units(services: Services) -> Result<Units, Failure> {
    let request = at(services, &endpoints::GET_UNITS, &[]).await?;
    read(ask(request).await?)
}

/// Who is signed in.
pub async fn get_session(services: Services) -> Result<SessionView, Failure> {
    let request = at(services, &endpoints::GET_SESSION, &[]).await?;
    read(ask(request).await?)
}

/// The papers that the office has from the citizen's earlier dossiers.
pub async fn list_papers(services: Services) -> Result<PaperList, Failure> {
    let request = at(services, &endpoints::LIST_PAPERS, &[]).await?;
    read(ask(request).await?)
}

/// Where the browser itself fetches a kept paper's file, to be saved.
pub fn paper_address(services: Services, id: &str) -> String {
    address(services, &endpoints::GET_PAPER, &[id])
}

/// Where the browser itself fetches something, once the configuration is known.
pub fn address(services: Services, endpoint: &Endpoint, values: &[&str]) -> String {
    let base = services
        .config
        .with_untracked(|config| config.as_ref().map(|config| config.api_base.clone()));
    format!("{}{}", base.unwrap_or_default(), endpoint.path_with(values))
}

/// The figures of a period.
pub async fn get_figures(services: Services, period: Period) -> Result<FiguresView, Failure> {
    let mut request = at(services, &endpoints::GET_FIGURES, &[]).await?;
    request.url.push_str(&query_of(period));
    read(ask(request).await?)
}

/// Where the browser itself fetches the same figures as a table.
pub fn figures_table_address(services: Services, period: Period) -> String {
    format!("{}{}", address(services, &endpoints::GET_FIGURES_TABLE, &[]), query_of(period))
}

fn query_of(period: Period) -> String {
    format!("?from={}&to={}", period.from, period.to)
}

/// Ends the session of this browser. Login is outside the API's base address: it is navigation.
pub async fn sign_out() -> Result<(), Failure> {
    let response = ask(plain(Method::Post, "/auth/logout".to_owned())).await?;
    if (200..300).contains(&response.status) { Ok(()) } else { Err(failure_of(&response)) }
}

/// A dossier, as much of it as the key or the session opens.
pub async fn get_dossier(
    services: Services,
    code: &DossierCode,
    key: Option<&str>,
) -> Result<DossierView, Failure> {
    let mut request = at(services, &endpoints::GET_DOSSIER, &[code.as_str()]).await?;
    with_dossier_key(&mut request, key);
    read(ask(request).await?)
}

/// Submits a dossier: the kept body under the kept key.
pub async fn submit_dossier(
    services: Services,
    key: &str,
    body: &str,
) -> Result<DossierReceipt, Failure> {
    let mut request = at(services, &endpoints::SUBMIT_DOSSIER, &[]).await?;
    with_json(&mut request, key, body.to_owned())?;
    read(ask(request).await?)
}

/// Starts an attempt to pay a fee.
pub async fn create_attempt(
    services: Services,
    dossier: &DossierCode,
    fee: &str,
    dossier_key: Option<&str>,
    key: &str,
    wanted: &CreateAttempt,
) -> Result<AttemptView, Failure> {
    let path = [dossier.as_str(), fee];
    let mut request = at(services, &endpoints::CREATE_ATTEMPT, &path).await?;
    with_dossier_key(&mut request, dossier_key);
    with_intent(&mut request, key, wanted)?;
    read(ask(request).await?)
}

/// Where an attempt stands.
pub async fn get_attempt(services: Services, token: &str) -> Result<AttemptView, Failure> {
    let request = at(services, &endpoints::GET_ATTEMPT, &[token]).await?;
    read(ask(request).await?)
}

/// A fee's receipt, as much of it as the key or the session opens.
pub async fn get_receipt(
    services: Services,
    token: &str,
    key: Option<&str>,
) -> Result<ReceiptView, Failure> {
    let mut request = at(services, &endpoints::GET_RECEIPT, &[token]).await?;
    with_dossier_key(&mut request, key);
    read(ask(request).await?)
}

/// A slip of the office, as much of it as the key or the session opens.
pub async fn get_slip(
    services: Services,
    token: &str,
    key: Option<&str>,
) -> Result<SlipView, Failure> {
    let mut request = at(services, &endpoints::GET_SLIP, &[token]).await?;
    with_dossier_key(&mut request, key);
    read(ask(request).await?)
}

/// A request to an endpoint.
pub async fn at(
    services: Services,
    endpoint: &Endpoint,
    values: &[&str],
) -> Result<Request, Failure> {
    let base = services.get_config().await?.api_base.clone();
    let method = match endpoint.method {
        endpoints::Method::Get | endpoints::Method::Options => Method::Get,
        endpoints::Method::Head => Method::Head,
        endpoints::Method::Post => Method::Post,
        endpoints::Method::Patch => Method::Patch,
        endpoints::Method::Delete => Method::Delete,
    };
    Ok(plain(method, format!("{base}{}", endpoint.path_with(values))))
}

/// A request to an address. Everything that changes something says that it comes from the app.
pub fn plain(method: Method, url: String) -> Request {
    let mut headers = vec![];
    if !matches!(method, Method::Get | Method::Head) {
        headers.push((CLIENT_HEADER, "1".to_owned()));
    }
    Request { method, url, headers, body: Body::Empty, patience: PATIENCE }
}

/// Sends a request; an answer of any status is an answer.
pub async fn ask(request: Request) -> Result<Response, Failure> {
    http::send(request).await.map_err(|why| {
        tasks::log_failure("request", &why);
        Failure::NoAnswer
    })
}

/// The problem that an unhappy answer states.
pub fn failure_of(response: &Response) -> Failure {
    match wire::read::<Problem>(&response.text) {
        Ok(problem) => Failure::Problem(Box::new(problem)),
        Err(_) => Failure::Strange,
    }
}

/// What a happy answer holds.
pub fn read<T: DeserializeOwned>(response: Response) -> Result<T, Failure> {
    if !(200..300).contains(&response.status) {
        return Err(failure_of(&response));
    }
    // A captive portal answers 200 with its own page: only what can be read counts.
    wire::read(&response.text).map_err(|_| Failure::Strange)
}

/// Adds the secret of a dossier's receipt, where this device has it.
pub fn with_dossier_key(request: &mut Request, key: Option<&str>) {
    if let Some(key) = key {
        request.headers.push((DOSSIER_KEY_HEADER, key.to_owned()));
    }
}

/// Adds a body.
pub fn with_body(request: &mut Request, body: &impl Serialize) -> Result<(), Failure> {
    with_text(request, serde_json::to_string(body).map_err(|_| Failure::Strange)?);
    Ok(())
}

/// Adds a body that is text already.
pub fn with_text(request: &mut Request, body: String) {
    request.headers.push(("Content-Type", "application/json".to_owned()));
    request.body = Body::Text(body);
}

/// Adds a body and the key that makes the same intent twice one.
pub fn with_intent(request: &mut Request, key: &str, body: &impl Serialize) -> Result<(), Failure> {
    with_json(request, key, serde_json::to_string(body).map_err(|_| Failure::Strange)?)
}

/// Adds a body that is text already, and the key that makes the same intent twice one.
pub fn with_json(request: &mut Request, key: &str, body: String) -> Result<(), Failure> {
    let key = IdempotencyKey::new(key).map_err(|_| Failure::Strange)?;
    request.headers.push((idempotency::HEADER, key.header()));
    request.headers.push(("Content-Type", "application/json".to_owned()));
    request.body = Body::Text(body);
    Ok(())
}
