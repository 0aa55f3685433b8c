//! Owns how an answer of a gateway's API leaves, or gets lost. Knows no message.

use std::time::Duration;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::knobs::{CreateKnob, Knobs};

/// Seconds of the gateway's clock after which a lost answer is given up.
const LOST: f64 = 30.0;

/// An answer in JSON.
pub(crate) fn json(body: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json; charset=utf-8")], body).into_response()
}

/// How long the answer to an order takes to get lost, where the switches say that it does.
pub(crate) fn lost(knobs: &Knobs) -> Option<Duration> {
    (knobs.create == CreateKnob::TimeoutCreated).then(|| knobs.seconds(LOST))
}

/// The answer; or, when it gets lost, HTTP 504 after that time.
pub(crate) async fn json_unless_lost(body: String, lost: Option<Duration>) -> Response {
    match lost {
        Some(wait) => {
            tokio::time::sleep(wait).await;
            StatusCode::GATEWAY_TIMEOUT.into_response()
        }
        None => json(body),
    }
}
