//! Owns `/_simulator/…` of such a gateway: what tests and the demo do from outside the browser.
//! Knows no page and no protocol.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::desk::{Desk, Protocol, can_be_paid};
use super::knobs::Knobs;
use super::order::{Book, Order};
use super::reports;

/// `POST /_simulator/knobs`: the switches, for one `reference` or for the next order.
pub(super) async fn knobs<P: Protocol>(
    State(desk): State<Desk<P>>,
    Json(body): Json<Value>,
) -> Response {
    let read = Knobs::read(body, "reference").and_then(|(reference, knobs)| {
        desk.protocol().takes(&knobs).map_err(str::to_owned)?;
        Ok((reference, knobs))
    });
    match read {
        Ok((reference, knobs)) => {
            desk.change(|book| book.set_knobs(reference, knobs));
            Json(json!({ "knobs": knobs })).into_response()
        }
        Err(why) => problem(StatusCode::UNPROCESSABLE_ENTITY, &why),
    }
}

/// `GET /_simulator/payments`
pub(super) async fn payments<P: Protocol>(State(desk): State<Desk<P>>) -> Json<Vec<Order>> {
    Json(desk.read(|book| book.orders.clone()))
}

/// `POST /_simulator/pay`: ends an order without a browser, also one that was cancelled or whose
/// time is over (a late payment). The outcome is a name of the panel or a code of the gateway.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pay {
    reference: String,
    outcome: String,
}

pub(super) async fn pay<P: Protocol>(
    State(desk): State<Desk<P>>,
    Json(request): Json<Pay>,
) -> Response {
    let Some(ending) = desk.protocol().ending(&request.outcome) else {
        return problem(StatusCode::UNPROCESSABLE_ENTITY, "no such outcome");
    };
    let token =
        desk.change(|book| book.by_reference(&request.reference).map(|order| order.token.clone()));
    let Some(token) = token else { return problem(StatusCode::NOT_FOUND, "no such reference") };
    match desk.end(&token, &ending, can_be_paid) {
        Some(order) => {
            reports::report(&desk, &token).await;
            Json(order).into_response()
        }
        None => problem(StatusCode::CONFLICT, "the money was taken already"),
    }
}

/// `POST /_simulator/reset`: forgets everything.
pub(super) async fn reset<P: Protocol>(State(desk): State<Desk<P>>) -> StatusCode {
    desk.change(|book| *book = Book::default());
    StatusCode::NO_CONTENT
}

fn problem(status: StatusCode, text: &str) -> Response {
    (status, Json::<Value>(json!({ "error": text }))).into_response()
}
