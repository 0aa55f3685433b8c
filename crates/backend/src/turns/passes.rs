//! A one-time code for who has only the dossier's code: sent to the applicant's phone, typed in within ten
//! minutes, good for a key that opens the dossier for half an hour.

use crate::api::body::JsonBody;
use crate::app::App;
use crate::database::{self, Tx};
use crate::dossiers;
use crate::error::Result;
use crate::misses;
use crate::outbox::{self, When};
use crate::secrets;
use axum::Json;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::StatusCode;
use motcua_contract::problem::ProblemType;
use motcua_contract::turns::{ClaimPass, Pass, PassSent};
use motcua_domain::date::Moment;
use sqlx::{Row, SqliteConnection};
use std::net::SocketAddr;

/// How long the code works, in seconds.
pub const CODE_SECONDS: i64 = 600;
/// How long the key works, in seconds.
pub const KEY_SECONDS: i64 = 1_800;
/// A dossier's next code comes no sooner, in seconds.
const PAUSE_SECONDS: i64 = 60;
/// Wrong codes before it is void.
const TRIES: i64 = 5;

/// `POST /dossiers/{code}/passes`. Says the same whether there is a phone or not, and counts like a try:
/// nobody's phone rings all day.
pub async fn send(
    State(app): State<App>,
    ConnectInfo(caller): ConnectInfo<SocketAddr>,
    Path(code): Path<String>,
) -> Result<(StatusCode, Json<PassSent>)> {
    let mut tx = database::begin(&app.db).await?;
    let dossier = dossiers::get(&mut tx, &code).await?;
    misses::admit(&app, &mut tx, caller).await?;
    misses::note(&app, &mut tx, caller).await?;
    let now = app.clock.now();
    let digits = secrets::six_digits()?;
    let written = sqlx::query(
        "INSERT INTO one_time_codes (dossier, digits_hash, sent_at, expires_at) \
         VALUES (?1, ?2, ?3, ?4) ON CONFLICT (dossier) DO UPDATE \
         SET digits_hash = ?2, tries = 0, sent_at = ?3, expires_at = ?4 WHERE sent_at <= ?5",
    )
    .bind(dossier.code.as_str())
    .bind(secrets::hash(&digits))
    .bind(now.0)
    .bind(now.0 + CODE_SECONDS)
    .bind(now.0 - PAUSE_SECONDS)
    .execute(&mut *tx)
    .await?;
    if written.rows_affected() == 0 {
        return Err(ProblemType::TooManyRequests.into());
    }
    let words = format!("Mã xem hồ sơ: {digits}. Dùng trong 10 phút. Không đưa mã cho ai.");
    outbox::write(&app, &mut tx, &dossier, "pass", &words, When::Now).await?;
    tx.commit().await?;
    let sent = PassSent { expires_at: now.plus_seconds(CODE_SECONDS) };
    Ok((StatusCode::ACCEPTED, Json(sent)))
}

/// `POST /dossiers/{code}/passes/claims`.
pub async fn claim(
    State(app): State<App>,
    ConnectInfo(caller): ConnectInfo<SocketAddr>,
    Path(code): Path<String>,
    JsonBody(typed): JsonBody<ClaimPass>,
) -> Result<Json<Pass>> {
    let mut tx = database::begin(&app.db).await?;
    let dossier = dossiers::get(&mut tx, &code).await?;
    misses::admit(&app, &mut tx, caller).await?;
    let code = dossier.code.as_str();
    let right = take(&mut tx, code, &typed.digits, app.clock.now()).await?;
    if !right {
        misses::note(&app, &mut tx, caller).await?;
        tx.commit().await?;
        return Err(ProblemType::PassRefused.into());
    }
    let key = secrets::token()?;
    let expires_at = app.clock.now().plus_seconds(KEY_SECONDS);
    sqlx::query("INSERT INTO passes (key_hash, dossier, expires_at) VALUES (?1, ?2, ?3)")
        .bind(secrets::hash(&key))
        .bind(code)
        .bind(expires_at.0)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(Json(Pass { key, expires_at }))
}

/// Uses the code up when it is right; counts a wrong one.
async fn take(tx: &mut Tx, dossier: &str, digits: &str, now: Moment) -> Result<bool> {
    let used = sqlx::query(
        "DELETE FROM one_time_codes WHERE dossier = ?1 AND digits_hash = ?2 AND expires_at > ?3 \
         AND tries < ?4",
    )
    .bind(dossier)
    .bind(secrets::hash(digits))
    .bind(now.0)
    .bind(TRIES)
    .execute(&mut **tx)
    .await?;
    if used.rows_affected() == 1 {
        return Ok(true);
    }
    sqlx::query("UPDATE one_time_codes SET tries = tries + 1 WHERE dossier = ?1")
        .bind(dossier)
        .execute(&mut **tx)
        .await?;
    Ok(false)
}

/// Whether a key is a pass to this dossier.
pub async fn opens(
    connection: &mut SqliteConnection,
    key: &str,
    dossier: &str,
    now: Moment,
) -> Result<bool> {
    let row = sqlx::query(
        "SELECT 1 AS there FROM passes WHERE key_hash = ?1 AND dossier = ?2 AND expires_at > ?3",
    )
    .bind(secrets::hash(key))
    .bind(dossier)
    .bind(now.0)
    .fetch_optional(connection)
    .await?;
    Ok(row.is_some_and(|row| row.try_get::<i64, _>("there").is_ok()))
}

/// Removes what has expired.
pub async fn remove_expired(app: &App) -> Result<()> {
    for table in [
        "DELETE FROM one_time_codes WHERE expires_at <= ?1",
        "DELETE FROM passes WHERE expires_at <= ?1",
    ] {
        sqlx::query(table).bind(app.clock.now().0).execute(&app.db).await?;
    }
    Ok(())
}
