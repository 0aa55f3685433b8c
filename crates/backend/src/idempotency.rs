//! The same intent twice is done once: replay, refuse, or ask to wait, by `Idempotency-Key`.
//! Rules in `motcua_contract::idempotency`. What is stored is what was committed with the work
//! itself; a request that died left nothing, so its retry runs.

use crate::app::App;
use crate::database::Tx;
use crate::error::{Error, Result, problem};
use crate::secrets;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use motcua_contract::idempotency::{HEADER, IdempotencyKey};
use motcua_contract::problem::ProblemType;
use serde::Serialize;
use sqlx::Row;

/// How long answers are kept: a phone may be offline for weeks.
const KEEP_SECONDS: i64 = 31 * 86_400;

/// A request that may run now. Dropping it lets the next one with this key in.
pub struct Turn<'a> {
    app: &'a App,
    scope: String,
    key: IdempotencyKey,
    payload_hash: String,
}

/// What to do with a request.
pub enum Admission<'a> {
    /// Run it.
    Run(Turn<'a>),
    /// It ran before; this was the answer.
    Replay(Response),
}

/// Admits a request: `scope` is who asks for what, `payload` everything that it asks for.
pub async fn admit<'a>(
    app: &'a App,
    headers: &HeaderMap,
    scope: String,
    payload: &impl Serialize,
) -> Result<Admission<'a>> {
    let value = headers.get(HEADER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let key = IdempotencyKey::parse_header(value)
        .map_err(|error| problem(ProblemType::IdempotencyKeyMissing, error.to_string()))?;
    let payload_hash = secrets::hash(&serde_json::to_string(payload)?);
    // The turn is taken before the look-up: two equal requests at once cannot both find nothing.
    let turn = Turn::take(app, scope, key, payload_hash)?;
    let row = sqlx::query(
        "SELECT payload_hash, status, body FROM idempotency \
         WHERE scope = ?1 AND key = ?2 AND created_at > ?3",
    )
    .bind(&turn.scope)
    .bind(turn.key.as_str())
    .bind(app.clock.now().0 - KEEP_SECONDS)
    .fetch_optional(&app.db)
    .await?;
    let Some(row) = row else { return Ok(Admission::Run(turn)) };
    if row.try_get::<String, _>("payload_hash")? != turn.payload_hash {
        return Err(ProblemType::IdempotencyKeyReused.into());
    }
    let status = u16::try_from(row.try_get::<i64, _>("status")?).unwrap_or(500);
    Ok(Admission::Replay(json(status, row.try_get("body")?)))
}

impl<'a> Turn<'a> {
    fn take(
        app: &'a App,
        scope: String,
        key: IdempotencyKey,
        payload_hash: String,
    ) -> Result<Self> {
        let entry = (scope.clone(), key.as_str().to_owned());
        let mut running =
            app.in_flight.lock().map_err(|_| Error::Internal("in-flight lock".to_owned()))?;
        if !running.insert(entry) {
            return Err(ProblemType::RequestInFlight.into());
        }
        Ok(Self { app, scope, key, payload_hash })
    }

    /// Stores the answer in the transaction of the work, and makes the response.
    pub async fn finish(
        &self,
        tx: &mut Tx,
        status: u16,
        answer: &impl Serialize,
    ) -> Result<Response> {
        let body = serde_json::to_string(answer)?;
        sqlx::query(
            "INSERT INTO idempotency (scope, key, payload_hash, status, body, created_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
             ON CONFLICT (scope, key) DO UPDATE SET payload_hash = ?3, status = ?4, body = ?5, created_at = ?6",
        )
        .bind(&self.scope)
        .bind(self.key.as_str())
        .bind(&self.payload_hash)
        .bind(i64::from(status))
        .bind(&body)
        .bind(self.app.clock.now().0)
        .execute(&mut **tx)
        .await?;
        Ok(json(status, body))
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if let Ok(mut running) = self.app.in_flight.lock() {
            running.remove(&(self.scope.clone(), self.key.as_str().to_owned()));
        }
    }
}

fn json(status: u16, body: String) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let content_type = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    (status, content_type, body).into_response()
}
