//! Who is signed in at the desk: a cookie of its own, its hash in a table, over after half an hour without a
//! request. Knows no page but the one for signing in.

use super::{BASE, page};
use crate::app::App;
use crate::error::{Error, Result};
use crate::secrets;
use crate::sessions::find_cookie;
use crate::staff::Staff;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use sqlx::Row;
use subtle::ConstantTimeEq;

/// A session ends after this long without a request, in seconds.
pub const IDLE_SECONDS: i64 = 30 * 60;
/// The cookie's name. Strict: no link on another site opens the desk as somebody.
const COOKIE: &str = "__Host-motcua-desk";

/// Somebody who is signed in at the desk.
#[derive(Debug, Clone)]
pub struct OnDuty {
    /// Who, and what they do.
    pub staff: Staff,
    /// What every form of theirs carries.
    pub csrf: String,
    token_hash: String,
}

impl OnDuty {
    /// Whether a form is from a page of this session.
    ///
    /// # Errors
    /// The page that says it is not.
    pub fn sent(&self, csrf: &str) -> std::result::Result<(), Box<Response>> {
        if bool::from(csrf.as_bytes().ct_eq(self.csrf.as_bytes())) {
            return Ok(());
        }
        let words = "Biểu mẫu này đã cũ. Mở lại trang rồi làm lại.";
        Err(Box::new(page::refused(StatusCode::FORBIDDEN, words)))
    }
}

fn cookie(value: &str, seconds: i64) -> Result<HeaderValue> {
    let text =
        format!("{COOKIE}={value}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age={seconds}");
    HeaderValue::from_str(&text).map_err(|error| Error::Internal(format!("cookie: {error}")))
}

/// Begins a session; gives its cookie.
pub async fn begin(app: &App, staff: &Staff) -> Result<HeaderValue> {
    let token = secrets::token()?;
    sqlx::query(
        "INSERT INTO desk_sessions (token_hash, name, csrf, used_at) VALUES (?1, ?2, ?3, ?4)",
    )
    .bind(secrets::hash(&token))
    .bind(&staff.who)
    .bind(secrets::token()?)
    .bind(app.clock.now().0)
    .execute(&app.db)
    .await?;
    cookie(&token, 12 * 3600)
}

/// Ends a session; gives the cookie that takes the other away.
pub async fn end(app: &App, on_duty: &OnDuty) -> Result<HeaderValue> {
    sqlx::query("DELETE FROM desk_sessions WHERE token_hash = ?1")
        .bind(&on_duty.token_hash)
        .execute(&app.db)
        .await?;
    cookie("", 0)
}

async fn find(app: &App, headers: &HeaderMap) -> Result<Option<OnDuty>> {
    let Some(token) = find_cookie(headers, COOKIE) else { return Ok(None) };
    let (token_hash, now) = (secrets::hash(&token), app.clock.now().0);
    let row = sqlx::query(
        "UPDATE desk_sessions SET used_at = ?1 WHERE token_hash = ?2 AND used_at > ?3 \
         RETURNING name, csrf",
    )
    .bind(now)
    .bind(&token_hash)
    .bind(now - IDLE_SECONDS)
    .fetch_optional(&app.db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    // Who was taken out of the file is out.
    let Some(staff) = app.accounts.find(row.try_get("name")?) else { return Ok(None) };
    Ok(Some(OnDuty { staff, csrf: row.try_get("csrf")?, token_hash }))
}

impl FromRequestParts<App> for OnDuty {
    type Rejection = Response;

    async fn from_request_parts(
        parts: &mut Parts,
        app: &App,
    ) -> std::result::Result<Self, Response> {
        match find(app, &parts.headers).await {
            Ok(Some(on_duty)) => Ok(on_duty),
            Ok(None) => Err(Redirect::to(&format!("{BASE}/dang-nhap")).into_response()),
            Err(error) => Err(page::broken(error)),
        }
    }
}

/// Removes sessions that are over.
pub async fn remove_expired(app: &App) -> Result<()> {
    sqlx::query("DELETE FROM desk_sessions WHERE used_at <= ?1")
        .bind(app.clock.now().0 - IDLE_SECONDS)
        .execute(&app.db)
        .await?;
    Ok(())
}
