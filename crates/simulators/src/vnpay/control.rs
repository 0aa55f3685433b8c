//! Owns `/_simulator/…` of the gateway: what tests and the demo do from outside the browser. Knows
//! no page.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Vnpay;
use super::payment::{Book, Ending, Payment};
use crate::paying::{CreateKnob, Knobs, RefundKnob, reports};

/// `POST /_simulator/knobs`: the switches, for one `txn_ref` or for the next payment. There is no
/// call that opens a payment here, so its answer cannot be lost, and a refund stays as it is, or half
/// of it is carried out.
pub(super) async fn knobs(State(gateway): State<Vnpay>, Json(body): Json<Value>) -> Response {
    let read = Knobs::read(body, "txn_ref").and_then(|(txn_ref, knobs)| {
        let lost = matches!(knobs.create, CreateKnob::TimeoutCreated | CreateKnob::Dup);
        let refund = !matches!(knobs.refund, RefundKnob::Normal | RefundKnob::Partial);
        let cannot = lost || refund;
        if cannot { Err("VNPAY has no such answer".to_owned()) } else { Ok((txn_ref, knobs)) }
    });
    match read {
        Ok((txn_ref, knobs)) => {
            gateway.change(|book| book.set_knobs(txn_ref, knobs));
            Json(json!({ "knobs": knobs })).into_response()
        }
        Err(why) => problem(StatusCode::UNPROCESSABLE_ENTITY, &why),
    }
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
            reports::report(&gateway, &payment.token).await;
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
