//! Owns the switch that makes the provider slow, down or refusing. Knows no login.

use std::time::Duration;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Vneid, pages};

/// How the provider behaves. In JSON: `{"mode":"slow","delay_ms":3000}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "mode", rename_all = "snake_case", deny_unknown_fields)]
pub enum Mode {
    /// As it should.
    #[default]
    Normal,
    /// Every endpoint answers after a wait.
    Slow {
        /// How long, in milliseconds.
        #[serde(default = "five_seconds")]
        delay_ms: u64,
    },
    /// Every endpoint answers 503 with a page that says so.
    Down,
    /// Every login is refused at once (`access_denied`), without a page.
    Refuse,
}

fn five_seconds() -> u64 {
    5_000
}

/// Holds every endpoint of the provider to the mode.
pub(super) async fn apply(State(provider): State<Vneid>, request: Request, next: Next) -> Response {
    let mode = *provider.mode();
    match mode {
        Mode::Down => return pages::down(provider.config()),
        Mode::Slow { delay_ms } => tokio::time::sleep(Duration::from_millis(delay_ms)).await,
        Mode::Normal | Mode::Refuse => {}
    }
    next.run(request).await
}

/// `GET /_simulator/mode`
pub(super) async fn get(State(provider): State<Vneid>) -> Json<Mode> {
    Json(*provider.mode())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    mode: String,
    #[serde(default)]
    delay_ms: Option<u64>,
}

/// `POST /_simulator/mode`; `delay_ms` is read for `slow` only.
pub(super) async fn set(State(provider): State<Vneid>, Json(wanted): Json<Wanted>) -> Response {
    let mode = match wanted.mode.as_str() {
        "normal" => Mode::Normal,
        "slow" => Mode::Slow { delay_ms: wanted.delay_ms.unwrap_or_else(five_seconds) },
        "down" => Mode::Down,
        "refuse" => Mode::Refuse,
        _ => {
            let text = json!({ "error": "mode must be normal, slow, down or refuse" });
            return (StatusCode::UNPROCESSABLE_ENTITY, Json(text)).into_response();
        }
    };
    *provider.mode() = mode;
    Json(mode).into_response()
}

/// `POST /_simulator/reset`: normal again, every login under way forgotten.
pub(super) async fn reset(State(provider): State<Vneid>) -> StatusCode {
    *provider.mode() = Mode::Normal;
    *provider.sessions() = super::Sessions::default();
    StatusCode::NO_CONTENT
}
