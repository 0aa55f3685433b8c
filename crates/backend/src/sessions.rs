//! Sessions: a random cookie, its hash in the database. A session exists before login (uploads
//! belong to it) and is made anew at login. Knows nothing of how a citizen logs in.

use crate::app::App;
use crate::error::{Error, Result};
use crate::secrets;
use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use motcua_contract::problem::ProblemType;
use motcua_contract::session::{Profile, SessionView};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// A session ends after this long without a request.
const IDLE_SECONDS: i64 = 12 * 3600;
/// A session ends after this long in any case.
const ABSOLUTE_SECONDS: i64 = 30 * 86_400;

/// A session as stored.
#[derive(Debug, Clone)]
pub struct Session {
    /// Hash of the cookie.
    pub id_hash: String,
    /// Whose uploads these are.
    pub owner: String,
    /// The citizen, by the identity provider.
    pub subject: Option<String>,
    /// What the identity provider vouches for.
    pub profile: Option<Profile>,
    /// Which browser: the same through sign-in and sign-out, for as long as a session lives.
    pub browser: String,
}

/// A citizen who is signed in.
#[derive(Debug, Clone)]
pub struct Citizen {
    /// The identity provider's `sub`.
    pub subject: String,
    /// Whose uploads these are.
    pub owner: String,
    /// What the identity provider vouches for.
    pub profile: Profile,
    /// Which browser.
    pub browser: String,
    /// Hash of the cookie.
    pub session: String,
}

/// The cookie's name. The prefix `__Host-` binds it to this very host and path; browsers take it
/// over TLS, and over plain http from loopback, where the demo runs.
const COOKIE: &str = "__Host-motcua";

/// The value of a cookie.
pub fn find_cookie(headers: &HeaderMap, cookie: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == cookie)
        .map(|(_, value)| value.to_owned())
}

/// The `Set-Cookie` header for a session.
fn set_cookie(value: &str) -> Result<HeaderValue> {
    let cookie = format!(
        "{COOKIE}={value}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={ABSOLUTE_SECONDS}"
    );
    HeaderValue::from_str(&cookie).map_err(|error| Error::Internal(format!("cookie: {error}")))
}

fn read(row: &SqliteRow) -> Result<Session> {
    let profile: Option<String> = row.try_get("profile")?;
    Ok(Session {
        id_hash: row.try_get("id_hash")?,
        owner: row.try_get("owner")?,
        subject: row.try_get("subject")?,
        profile: profile.map(|text| serde_json::from_str(&text)).transpose()?,
        browser: row.try_get("browser")?,
    })
}

/// The session of a request, when its cookie names one that has not ended.
pub async fn find(app: &App, headers: &HeaderMap) -> Result<Option<Session>> {
    let Some(cookie) = find_cookie(headers, COOKIE) else { return Ok(None) };
    let now = app.clock.now().0;
    let row = sqlx::query(
        "UPDATE sessions SET seen_at = ?1 WHERE id_hash = ?2 AND seen_at > ?3 AND expires_at > ?1 \
         RETURNING id_hash, owner, subject, profile, browser",
    )
    .bind(now)
    .bind(secrets::hash(&cookie))
    .bind(now - IDLE_SECONDS)
    .fetch_optional(&app.db)
    .await?;
    row.as_ref().map(read).transpose()
}

/// Makes a session and the cookie that names it.
async fn create(
    app: &App,
    browser: &str,
    owner: &str,
    citizen: Option<(&str, &Profile)>,
) -> Result<(Session, HeaderValue)> {
    let cookie = secrets::token()?;
    let session = Session {
        id_hash: secrets::hash(&cookie),
        owner: owner.to_owned(),
        subject: citizen.map(|(subject, _)| subject.to_owned()),
        profile: citizen.map(|(_, profile)| profile.clone()),
        browser: browser.to_owned(),
    };
    let profile = session.profile.as_ref().map(serde_json::to_string).transpose()?;
    let now = app.clock.now().0;
    sqlx::query(
        "INSERT INTO sessions (id_hash, owner, subject, profile, created_at, seen_at, expires_at, browser) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?7)",
    )
    .bind(&session.id_hash)
    .bind(&session.owner)
    .bind(&session.subject)
    .bind(profile)
    .bind(now)
    .bind(now + ABSOLUTE_SECONDS)
    .bind(browser)
    .execute(&app.db)
    .await?;
    Ok((session, set_cookie(&cookie)?))
}

/// The request's session, or a new one before login with the cookie to send.
pub async fn find_or_create(
    app: &App,
    headers: &HeaderMap,
) -> Result<(Session, Option<HeaderValue>)> {
    if let Some(session) = find(app, headers).await? {
        return Ok((session, None));
    }
    let (session, cookie) = create_visitor(app, &secrets::token()?).await?;
    Ok((session, Some(cookie)))
}

/// A session of nobody in particular.
async fn create_visitor(app: &App, browser: &str) -> Result<(Session, HeaderValue)> {
    create(app, browser, &format!("visitor:{}", secrets::token()?), None).await
}

/// Ends the session before login and begins one for the citizen; uploads made before go along.
pub async fn sign_in(
    app: &App,
    before: &Session,
    subject: &str,
    profile: &Profile,
) -> Result<HeaderValue> {
    let owner = format!("citizen:{subject}");
    let (_, cookie) = create(app, &before.browser, &owner, Some((subject, profile))).await?;
    sqlx::query("UPDATE uploads SET owner = ?1 WHERE owner = ?2 AND dossier IS NULL")
        .bind(&owner)
        .bind(&before.owner)
        .execute(&app.db)
        .await?;
    end(app, before).await?;
    Ok(cookie)
}

/// Ends a citizen's session and begins one of nobody's in the same browser; gives its cookie.
pub async fn sign_out(app: &App, session: &Session) -> Result<HeaderValue> {
    end(app, session).await?;
    let (_, cookie) = create_visitor(app, &session.browser).await?;
    Ok(cookie)
}

async fn end(app: &App, session: &Session) -> Result<()> {
    sqlx::query("DELETE FROM sessions WHERE id_hash = ?1")
        .bind(&session.id_hash)
        .execute(&app.db)
        .await?;
    Ok(())
}

impl Session {
    /// What the app may know.
    pub fn view(&self) -> SessionView {
        SessionView { citizen: self.profile.clone() }
    }
}

impl FromRequestParts<App> for Session {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        find(app, &parts.headers).await?.ok_or_else(|| ProblemType::SignInRequired.into())
    }
}

impl OptionalFromRequestParts<App> for Session {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>> {
        find(app, &parts.headers).await
    }
}

impl FromRequestParts<App> for Citizen {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let session = find(app, &parts.headers).await?;
        session
            .and_then(|session| {
                Some(Self {
                    subject: session.subject?,
                    owner: session.owner,
                    profile: session.profile?,
                    browser: session.browser,
                    session: session.id_hash,
                })
            })
            .ok_or_else(|| ProblemType::SignInRequired.into())
    }
}
