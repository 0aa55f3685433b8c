//! What the citizen thought of it, at the end (index 5.4). The last word counts. Draws no conclusion.

use super::{begin_held, end, optional};
use crate::api::body::JsonBody;
use crate::app::App;
use crate::error::Result;
use crate::sessions::Session;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use motcua_contract::dossiers::DossierView;
use motcua_contract::problem::ProblemType;
use motcua_contract::turns::Rating;
use sqlx::{Row, SqliteConnection};

/// `POST /dossiers/{code}/rating`.
pub async fn rate(
    State(app): State<App>,
    session: Option<Session>,
    Path(code): Path<String>,
    headers: HeaderMap,
    JsonBody(rating): JsonBody<Rating>,
) -> Result<Json<DossierView>> {
    let reason = optional(rating.reason.as_deref(), "reason")?;
    let (mut tx, dossier) = begin_held(&app, session.as_ref(), &headers, &code).await?;
    if !dossier.status.is_final() {
        return Err(ProblemType::WrongStatus.into());
    }
    let code = dossier.code.as_str();
    sqlx::query(
        "INSERT INTO ratings (dossier, liked, reason, at) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT (dossier) DO UPDATE SET liked = ?2, reason = ?3, at = ?4",
    )
    .bind(code)
    .bind(rating.liked)
    .bind(reason)
    .bind(app.clock.now().0)
    .execute(&mut *tx)
    .await?;
    end(&app, tx, code).await
}

/// What the citizen thought of it.
pub async fn find(connection: &mut SqliteConnection, dossier: &str) -> Result<Option<Rating>> {
    let row = sqlx::query("SELECT liked, reason FROM ratings WHERE dossier = ?1")
        .bind(dossier)
        .fetch_optional(connection)
        .await?;
    row.map(|row| Ok(Rating { liked: row.try_get("liked")?, reason: row.try_get("reason")? }))
        .transpose()
}
