//! Owns `/_simulator/…` of the gateway: what tests and the demo do from outside the browser. Knows
//! no page.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Vnpay;
use super::knobs::{IpnKnob, Knobs, QueryKnob, ReturnKnob};
use super::payment::{Book, Ending, Payment};

/// `POST /_simulator/knobs`: the switches, for one `txn_ref` or for the next payment.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KnobRequest {
    #[serde(default)]
    txn_ref: Option<String>,
    #[serde(default)]
    ipn: IpnKnob,
    #[serde(default, rename = "return")]
    back: ReturnKnob,
    #[serde(default)]
    query: QueryKnob,
    #[serde(default = "one")]
    clock_factor: f64,
}

fn one() -> f64 {
    1.0
}

pub(super) async fn knobs(
    State(gateway): State<Vnpay>,
    Json(request): Json<KnobRequest>,
) -> Response {
    if !request.clock_factor.is_finite() || request.clock_factor <= 0.0 {
        return problem(StatusCode::UNPROCESSABLE_ENTITY, "clock_factor must be over 0");
    }
    let knobs = Knobs {
        ipn: request.ipn,
        back: request.back,
        query: request.query,
        clock_factor: request.clock_factor,
    };
    gateway.change(|book| book.set_knobs(request.txn_ref, knobs));
    Json(json!({ "knobs": knobs })).into_response()
}

/// `GET /_simulator/payments`
pub(super) async fn payments(State(gateway): State<Vnpay>) -> Json<Vec<Payment>> {
    Json(gateway.read(|book| book.payments.clone()))
}

/// `POST /_simulator/pay`: ends a payment without a browser, also one that was cancelled or whose
/// time is over (a late payment).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PayRequest {
    txn_ref: String,
    outcome: Ending,
}

pub(super) async fn pay(State(gateway): State<Vnpay>, Json(request): Json<PayRequest>) -> Response {
    let ended = gateway.change(|book| {
        let payment = book.by_ref(&request.txn_ref).ok_or(StatusCode::NOT_FOUND)?;
        if payment.settled.as_ref().is_some_and(|settled| settled.money_taken) {
            return Err(StatusCode::CONFLICT);
        }
        let token = payment.token.clone();
        book.end(&token, request.outcome).ok_or(StatusCode::NOT_FOUND)
    });
    match ended {
        Ok(payment) => {
            gateway.report(&payment).await;
            Json(payment).into_response()
        }
        Err(StatusCode::NOT_FOUND) => problem(StatusCode::NOT_FOUND, "no such txn_ref"),
        Err(status) => problem(status, "the money was taken already"),
    }
}

/// `POST /_simulator/reset`: forgets everything.
pub(super) async fn reset(State(gateway): State<Vnpay>) -> StatusCode {
    gateway.change(|book| *book = Book::default());
    StatusCode::NO_CONTENT
}

fn problem(status: StatusCode, text: &str) -> Response {
    (status, Json::<Value>(json!({ "error": text }))).into_response()
}
