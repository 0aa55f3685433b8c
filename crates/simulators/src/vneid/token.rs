//! Owns the token endpoint: a code into an ID token and an access token. Knows no page.
//!
//! RFC 6749 sections 3.2, 4.1.3, 5; OpenID Connect Core 1.0 section 3.1.3; RFC 7636 section 4.6.

use std::collections::HashMap;

use axum::Json;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use openidconnect::core::{CoreErrorResponseType, CoreJwsSigningAlgorithm};
use openidconnect::{
    AccessToken, Audience, AuthenticationContextClass, AuthorizationCode, IdTokenClaims, IssuerUrl,
    Nonce,
};
use serde_json::json;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::Vneid;
use super::citizens::Citizen;
use super::claims::{self, ACR, CitizenIdToken};
use super::sessions::{ACCESS, Grant};

/// `POST /token`
pub(super) async fn exchange(
    State(provider): State<Vneid>,
    headers: HeaderMap,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Response {
    let count = pairs.len();
    let form: HashMap<String, String> = pairs.into_iter().collect();
    if form.len() != count {
        return refused(CoreErrorResponseType::InvalidRequest);
    }
    let get = |key: &str| form.get(key).map_or("", String::as_str);
    if !is_client(&provider, &headers, get("client_id"), form.get("client_secret")) {
        return refused(CoreErrorResponseType::InvalidClient);
    }
    match get("grant_type") {
        "authorization_code" => {}
        "" => return refused(CoreErrorResponseType::InvalidRequest),
        _ => return refused(CoreErrorResponseType::UnsupportedGrantType),
    }
    if get("code").is_empty() || get("code_verifier").is_empty() {
        return refused(CoreErrorResponseType::InvalidRequest);
    }
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(get("code_verifier")));
    let spent = provider.sessions().spend(get("code"), |login| {
        login.redirect_uri == get("redirect_uri") && login.challenge == challenge
    });
    let Some((grant, access)) = spent else {
        return refused(CoreErrorResponseType::InvalidGrant);
    };
    match id_token(&provider, &grant, &access, get("code")) {
        Some(id_token) => no_store(Json(json!({
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": ACCESS,
            "scope": grant.login.scopes.join(" "),
            "id_token": id_token,
        }))),
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The signed statement about the login.
fn id_token(provider: &Vneid, grant: &Grant, access: &str, code: &str) -> Option<CitizenIdToken> {
    let citizen = Citizen::find(grant.citizen)?;
    let (standard, additional) = claims::about(citizen, &grant.login.scopes);
    let now = Utc::now();
    let auth_time = i64::try_from(grant.auth_time).ok()?;
    let claims = IdTokenClaims::new(
        IssuerUrl::new(provider.config().origin.clone()).ok()?,
        vec![Audience::new(provider.config().client_id.clone())],
        now + chrono::Duration::minutes(5),
        now,
        standard,
        additional,
    )
    .set_auth_time(DateTime::from_timestamp(auth_time, 0))
    .set_auth_context_ref(Some(AuthenticationContextClass::new(ACR.to_owned())))
    .set_nonce(grant.login.nonce.clone().map(Nonce::new));
    CitizenIdToken::new(
        claims,
        &provider.0.key,
        CoreJwsSigningAlgorithm::EdDsa,
        Some(&AccessToken::new(access.to_owned())),
        Some(&AuthorizationCode::new(code.to_owned())),
    )
    .ok()
}

/// `client_secret_basic` (RFC 6749 2.3.1: both parts form-encoded) or `client_secret_post`, not
/// both.
fn is_client(
    provider: &Vneid,
    headers: &HeaderMap,
    posted_id: &str,
    posted_secret: Option<&String>,
) -> bool {
    let config = provider.config();
    let same = |id: &str, secret: &str| {
        let id = id.as_bytes().ct_eq(config.client_id.as_bytes());
        bool::from(id & secret.as_bytes().ct_eq(config.client_secret.expose()))
    };
    match (headers.get(header::AUTHORIZATION), posted_secret) {
        (Some(value), None) => basic(value).is_some_and(|(id, secret)| {
            same(&id, &secret) && (posted_id.is_empty() || posted_id == id)
        }),
        (None, Some(secret)) => same(posted_id, secret),
        _ => false,
    }
}

fn basic(value: &HeaderValue) -> Option<(String, String)> {
    let (scheme, encoded) = value.to_str().ok()?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    let decoded = |part: &str| {
        let part = format!("x={part}");
        form_urlencoded::parse(part.as_bytes()).next().map(|(_, value)| value.into_owned())
    };
    Some((decoded(id)?, decoded(secret)?))
}

fn refused(error: CoreErrorResponseType) -> Response {
    let client = error == CoreErrorResponseType::InvalidClient;
    let mut response = no_store(Json(json!({ "error": error.as_ref() })));
    *response.status_mut() =
        if client { StatusCode::UNAUTHORIZED } else { StatusCode::BAD_REQUEST };
    if client {
        let challenge = HeaderValue::from_static("Basic realm=\"vneid-simulator\"");
        response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    }
    response
}

fn no_store(body: impl IntoResponse) -> Response {
    ([(header::CACHE_CONTROL, "no-store")], body).into_response()
}
