//! Login by OpenID Connect: code flow with PKCE, backend for frontend (RFC 10017): tokens never
//! reach the browser. The provider is configuration. Knows nothing of what a citizen may do.
//!
//! `GET /auth/login?return_to=/path` leaves, `GET /auth/callback` comes back, `POST /auth/logout`
//! ends. Whatever goes wrong, the citizen lands where they were, with `?login=…` to say so.

use crate::app::App;
use crate::error::{Error, Result};
use crate::sessions::{self, Session};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use motcua_contract::session::{LoginFailure, Profile};
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreGenderClaim, CoreJwsSigningAlgorithm,
    CoreProviderMetadata,
};
use openidconnect::{
    AdditionalClaims, AuthorizationCode, ClientId, ClientSecret, CsrfToken, IssuerUrl, Nonce,
    OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, TokenResponse,
    UserInfoClaims,
};
use serde::{Deserialize, Serialize};
use sqlx::Row;

/// A login must be finished within this long.
const LOGIN_SECONDS: i64 = 15 * 60;

/// `GET /auth/login`.
#[derive(Debug, Deserialize)]
pub struct LoginQuery {
    #[serde(default)]
    return_to: String,
}

/// `GET /auth/callback`.
#[derive(Debug, Deserialize)]
pub struct CallbackQuery {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
}

/// Claims beyond the standard's.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct CitizenClaims {
    citizen_number: Option<String>,
}

impl AdditionalClaims for CitizenClaims {}

/// Why a login did not work, for the log; the citizen gets a `LoginFailure`.
#[derive(Debug)]
struct Failed(LoginFailure, String);

fn unavailable(error: impl std::fmt::Display) -> Failed {
    Failed(LoginFailure::Unavailable, error.to_string())
}

fn failed(error: impl std::fmt::Display) -> Failed {
    Failed(LoginFailure::Failed, error.to_string())
}

/// A path of our own site, or the start page: never another address.
fn own_path(path: &str) -> &str {
    let own = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains(['\\', '\r', '\n', '#'])
        && path.len() <= 500;
    if own { path } else { "/" }
}

fn redirect(to: &str) -> Result<Response> {
    let location = header::HeaderValue::from_str(to)
        .map_err(|error| Error::Internal(format!("redirect: {error}")))?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response())
}

fn redirect_failed(return_to: &str, Failed(failure, why): Failed) -> Result<Response> {
    tracing::warn!(failure = failure.as_str(), "login: {why}");
    let separator = if return_to.contains('?') { '&' } else { '?' };
    redirect(&format!("{return_to}{separator}login={}", failure.as_str()))
}

/// Asks the provider who it is, each time: it is known to fail often, and the citizen should learn
/// that here and not on a dead page.
async fn discover(app: &App) -> std::result::Result<CoreProviderMetadata, Failed> {
    let issuer = IssuerUrl::new(app.settings.oidc_issuer.clone()).map_err(failed)?;
    CoreProviderMetadata::discover_async(issuer, &app.http).await.map_err(unavailable)
}

macro_rules! client {
    ($app:expr, $metadata:expr) => {
        CoreClient::from_provider_metadata(
            $metadata,
            ClientId::new($app.settings.oidc_client_id.clone()),
            Some(ClientSecret::new($app.settings.oidc_client_secret.expose().to_owned())),
        )
        .set_redirect_uri(
            RedirectUrl::new(format!("{}/auth/callback", $app.settings.origin)).map_err(failed)?,
        )
    };
}

/// `GET /auth/login`: leaves for the provider.
pub async fn login(
    State(app): State<App>,
    headers: HeaderMap,
    Query(query): Query<LoginQuery>,
) -> Result<Response> {
    let return_to = own_path(&query.return_to).to_owned();
    let (session, cookie) = sessions::find_or_create(&app, &headers).await?;
    let mut response = match begin(&app, &session, &return_to).await? {
        Ok(address) => redirect(&address)?,
        Err(why) => redirect_failed(&return_to, why)?,
    };
    if let Some(cookie) = cookie {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

async fn begin(
    app: &App,
    session: &Session,
    return_to: &str,
) -> Result<std::result::Result<String, Failed>> {
    let asked = async {
        let client = client!(app, discover(app).await?);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (address, state, nonce) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scope(Scope::new("profile".to_owned()))
            .add_scope(Scope::new("phone".to_owned()))
            .add_scope(Scope::new("address".to_owned()))
            .set_pkce_challenge(challenge)
            .url();
        Ok((address.to_string(), state, nonce, verifier))
    };
    let (address, state, nonce, verifier) = match asked.await {
        Ok(asked) => asked,
        Err(why) => return Ok(Err(why)),
    };
    let now = app.clock.now().0;
    sqlx::query("DELETE FROM logins WHERE created_at < ?1")
        .bind(now - LOGIN_SECONDS)
        .execute(&app.db)
        .await?;
    sqlx::query(
        "INSERT INTO logins (state, session, nonce, verifier, return_to, created_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )
    .bind(state.secret())
    .bind(&session.id_hash)
    .bind(nonce.secret())
    .bind(verifier.secret())
    .bind(return_to)
    .bind(now)
    .execute(&app.db)
    .await?;
    Ok(Ok(address))
}

/// A login that was begun: used once, by the session that began it.
struct Begun {
    nonce: Nonce,
    verifier: PkceCodeVerifier,
    return_to: String,
}

async fn take_begun(app: &App, session: &Session, state: &str) -> Result<Option<Begun>> {
    let row = sqlx::query(
        "DELETE FROM logins WHERE state = ?1 AND session = ?2 AND created_at >= ?3 \
         RETURNING nonce, verifier, return_to",
    )
    .bind(state)
    .bind(&session.id_hash)
    .bind(app.clock.now().0 - LOGIN_SECONDS)
    .fetch_optional(&app.db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Begun {
        nonce: Nonce::new(row.try_get("nonce")?),
        verifier: PkceCodeVerifier::new(row.try_get("verifier")?),
        return_to: row.try_get("return_to")?,
    }))
}

/// `GET /auth/callback`: comes back from the provider.
pub async fn callback(
    State(app): State<App>,
    headers: HeaderMap,
    Query(query): Query<CallbackQuery>,
) -> Result<Response> {
    let session = sessions::find(&app, &headers).await?;
    let begun = match (&session, &query.state) {
        (Some(session), Some(state)) => take_begun(&app, session, state).await?,
        _ => None,
    };
    let (Some(session), Some(begun)) = (session, begun) else {
        return redirect_failed("/", failed("unknown state, or another session"));
    };
    let return_to = begun.return_to.clone();
    let verified = match (query.code, query.error) {
        (_, Some(error)) if error == "access_denied" => Err(Failed(LoginFailure::Refused, error)),
        (_, Some(error)) => Err(unavailable(error)),
        (Some(code), None) => exchange(&app, code, begun).await,
        (None, None) => Err(failed("neither code nor error")),
    };
    match verified {
        Ok((subject, profile)) => {
            let cookie = sessions::sign_in(&app, &session, &subject, &profile).await?;
            let mut response = redirect(&return_to)?;
            response.headers_mut().insert(header::SET_COOKIE, cookie);
            Ok(response)
        }
        Err(why) => redirect_failed(&return_to, why),
    }
}

/// Code for tokens, tokens verified, who it is.
async fn exchange(
    app: &App,
    code: String,
    begun: Begun,
) -> std::result::Result<(String, Profile), Failed> {
    let client = client!(app, discover(app).await?);
    let tokens = client
        .exchange_code(AuthorizationCode::new(code))
        .map_err(failed)?
        .set_pkce_verifier(begun.verifier)
        .request_async(&app.http)
        .await
        .map_err(failed)?;
    let id_token = tokens.id_token().ok_or_else(|| failed("no id token"))?;
    let verifier = client.id_token_verifier().set_allowed_algs([
        CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
        CoreJwsSigningAlgorithm::EcdsaP256Sha256,
        CoreJwsSigningAlgorithm::EdDsa,
    ]);
    let claims = id_token.claims(&verifier, &begun.nonce).map_err(failed)?;
    let subject = claims.subject().clone();
    let info: UserInfoClaims<CitizenClaims, CoreGenderClaim> = client
        .user_info(tokens.access_token().clone(), Some(subject.clone()))
        .map_err(failed)?
        .request_async(&app.http)
        .await
        .map_err(failed)?;
    let name = info.name().and_then(|name| name.get(None)).map(|name| name.to_string());
    let profile = Profile {
        name: name.ok_or_else(|| failed("no name"))?,
        citizen_number: info.additional_claims().citizen_number.clone(),
        birth_date: info.birthdate().and_then(|date| date.parse().ok()),
        phone: info.phone_number().map(|phone| phone.to_string()),
        address: info
            .address()
            .and_then(|address| address.formatted.as_ref())
            .map(|address| address.to_string()),
    };
    Ok((subject.to_string(), profile))
}

/// `POST /auth/logout`.
pub async fn logout(State(app): State<App>, session: Option<Session>) -> Result<Response> {
    let mut response = StatusCode::NO_CONTENT.into_response();
    if let Some(session) = session {
        let cookie = sessions::sign_out(&app, &session).await?;
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn only_our_own_paths_are_returned_to() {
        assert_eq!(own_path("/nop/1.001193/gui?x=1"), "/nop/1.001193/gui?x=1");
        for path in [
            "",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/a\r\nb",
            "javascript:x",
        ] {
            assert_eq!(own_path(path), "/", "{path}");
        }
    }
}
