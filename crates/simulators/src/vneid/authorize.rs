//! Owns the front channel: the authorization request, login, consent, and the way back with a
//! code or an error. Knows no token.
//!
//! OpenID Connect Core 1.0 section 3.1.2, RFC 7636 (S256 only), RFC 9207 (`iss`).

use std::collections::BTreeMap;

use axum::extract::{Form, Query, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::citizens::Citizen;
use super::claims::SCOPES;
use super::mode::Mode;
use super::sessions::Login;
use super::{Vneid, pages};
use crate::page::Lang;
use crate::time;

/// `GET /authorize`
pub(super) async fn begin(State(provider): State<Vneid>, RawQuery(query): RawQuery) -> Response {
    let (asked, repeated) = parameters(&query.unwrap_or_default());
    let get = |key: &str| asked.get(key).map_or("", String::as_str);
    let lang = match get("ui_locales").split(' ').next() {
        Some(tag) if tag == "en" || tag.starts_with("en-") => Lang::En,
        _ => Lang::Vi,
    };
    // Nobody is sent to an address that is not known: these two errors stay here.
    if get("client_id") != provider.config().client_id {
        return pages::mistake(lang, "client_id");
    }
    let redirect_uri = get("redirect_uri");
    if !provider.config().redirect_uris.iter().any(|known| known == redirect_uri) {
        return pages::mistake(lang, "redirect_uri");
    }
    let fail = |error| back(&provider, redirect_uri, &[("error", error), ("state", get("state"))]);
    if repeated {
        return fail("invalid_request");
    }
    if get("response_type") != "code" {
        return fail("unsupported_response_type");
    }
    let scopes: Vec<String> = get("scope").split(' ').map(str::to_owned).collect();
    if !scopes.iter().any(|scope| scope == "openid") {
        return fail("invalid_scope");
    }
    let challenge = get("code_challenge");
    let s256 = get("code_challenge_method") == "S256" && challenge.len() == 43;
    if !s256 || get("state").is_empty() || get("nonce").is_empty() {
        return fail("invalid_request");
    }
    if !matches!(get("response_mode"), "" | "query") {
        return fail("invalid_request");
    }
    if asked.contains_key("request") {
        return fail("request_not_supported");
    }
    if get("prompt") == "none" {
        return fail("login_required");
    }
    if *provider.mode() == Mode::Refuse {
        return fail("access_denied");
    }
    let known = |scope: &String| SCOPES.iter().any(|(name, ..)| name == scope);
    let name = provider.sessions().begin(Login {
        redirect_uri: redirect_uri.to_owned(),
        state: get("state").to_owned(),
        nonce: asked.get("nonce").cloned(),
        challenge: challenge.to_owned(),
        scopes: scopes.into_iter().filter(known).collect(),
        lang,
        citizen: None,
        begun: time::now(),
    });
    Redirect::to(&format!("/login?login={name}")).into_response()
}

#[derive(Deserialize)]
pub(super) struct Named {
    #[serde(default)]
    login: String,
}

/// `GET /login?login=…`
pub(super) async fn login_page(State(provider): State<Vneid>, Query(at): Query<Named>) -> Response {
    let login = provider.sessions().login(&at.login).cloned();
    match login {
        Some(login) => pages::login(provider.config(), &at.login, &login),
        None => pages::over(provider.config()),
    }
}

#[derive(Deserialize)]
pub(super) struct Chosen {
    login: String,
    #[serde(default)]
    citizen: String,
    #[serde(default)]
    decision: String,
}

/// `POST /login`: `citizen` = a citizen number, or `decision` = `refuse`.
pub(super) async fn login(State(provider): State<Vneid>, Form(form): Form<Chosen>) -> Response {
    if form.decision == "refuse" {
        return refuse(&provider, &form.login);
    }
    let mut sessions = provider.sessions();
    let Some(login) = sessions.login(&form.login) else {
        return pages::over(provider.config());
    };
    match Citizen::find(&form.citizen) {
        Some(citizen) => {
            login.citizen = Some((citizen.number, time::now()));
            Redirect::to(&format!("/consent?login={}", form.login)).into_response()
        }
        None => pages::mistake(login.lang, "citizen"),
    }
}

/// `GET /consent?login=…`
pub(super) async fn consent_page(
    State(provider): State<Vneid>,
    Query(at): Query<Named>,
) -> Response {
    let login = provider.sessions().login(&at.login).cloned();
    let citizen = login.as_ref().and_then(|login| Citizen::find(login.citizen?.0));
    match (login, citizen) {
        (Some(login), Some(citizen)) => {
            pages::consent(provider.config(), &at.login, &login, citizen)
        }
        (Some(_), None) => Redirect::to(&format!("/login?login={}", at.login)).into_response(),
        (None, _) => pages::over(provider.config()),
    }
}

/// `POST /consent`: `decision` = `accept` or `refuse`.
pub(super) async fn consent(State(provider): State<Vneid>, Form(form): Form<Chosen>) -> Response {
    if form.decision != "accept" {
        return refuse(&provider, &form.login);
    }
    let mut sessions = provider.sessions();
    let ready = sessions.login(&form.login).and_then(|login| login.citizen);
    let (Some((citizen, at)), Some(login)) = (ready, sessions.end(&form.login)) else {
        return pages::over(provider.config());
    };
    let (uri, state) = (login.redirect_uri.clone(), login.state.clone());
    let code = sessions.give_code(login, citizen, at);
    back(&provider, &uri, &[("code", &code), ("state", &state)])
}

fn refuse(provider: &Vneid, name: &str) -> Response {
    let login = provider.sessions().end(name);
    match login {
        Some(login) => {
            let told = [("error", "access_denied"), ("state", &login.state)];
            back(provider, &login.redirect_uri, &told)
        }
        None => pages::over(provider.config()),
    }
}

/// 303 to the client with the parameters and `iss`.
fn back(provider: &Vneid, redirect_uri: &str, told: &[(&str, &str)]) -> Response {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (key, value) in told.iter().filter(|(_, value)| !value.is_empty()) {
        query.append_pair(key, value);
    }
    query.append_pair("iss", &provider.config().origin);
    let joint = if redirect_uri.contains('?') { '&' } else { '?' };
    let address = format!("{redirect_uri}{joint}{}", query.finish());
    let headers = [(header::LOCATION, address), (header::CACHE_CONTROL, "no-store".to_owned())];
    (StatusCode::SEE_OTHER, headers).into_response()
}

/// The parameters, and whether one was given twice (RFC 6749 3.1 forbids it). The first counts.
fn parameters(query: &str) -> (BTreeMap<String, String>, bool) {
    let mut parameters = BTreeMap::new();
    let mut repeated = false;
    for (key, value) in form_urlencoded::parse(query.as_bytes()) {
        repeated |= parameters.contains_key(&*key);
        parameters.entry(key.into_owned()).or_insert_with(|| value.into_owned());
    }
    (parameters, repeated)
}
