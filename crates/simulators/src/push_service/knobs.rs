//! Owns `/_simulator/…`: switches that make the service misbehave, and what came. Knows no protocol.

use super::PushService;
use super::book::{Answer, Notice};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;

/// `POST /_simulator/knobs`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    /// The next answers to a sender.
    #[serde(default)]
    answer: Option<WantedAnswer>,
    /// Forget all browsers and their subscriptions: they are given new names when they come back.
    #[serde(default)]
    forget: bool,
    /// Break all connections.
    #[serde(default)]
    disconnect: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WantedAnswer {
    status: u16,
    #[serde(default = "once")]
    times: u32,
}

fn once() -> u32 {
    1
}

pub(super) async fn set(
    State(service): State<PushService>,
    Json(wanted): Json<Wanted>,
) -> StatusCode {
    let mut book = service.book();
    if let Some(WantedAnswer { status, times }) = wanted.answer {
        book.answer = Some(Answer { status, times });
    }
    if wanted.forget {
        book.agents.clear();
        let ended: Vec<String> = book.channels.drain().map(|(token, _)| token).collect();
        book.ended.extend(ended);
    }
    if wanted.forget || wanted.disconnect {
        book.open.clear();
    }
    StatusCode::NO_CONTENT
}

/// `GET /_simulator/notices`: what came, without what it says, which nobody here can read.
pub(super) async fn notices(State(service): State<PushService>) -> Json<Vec<Notice>> {
    Json(service.book().notices.clone())
}
