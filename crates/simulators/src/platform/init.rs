//! Owns INIT, and the address of the pay page. Knows no markup.

use axum::extract::{Query, State};
use axum::response::Response;
use motcua_gateways::platform::{InitRequest, InitResponse};
use serde::Deserialize;

use super::protocol::Platform;
use crate::paying::CreateKnob;
use crate::paying::answers::{json, json_unless_lost, lost};
use crate::paying::desk::Desk;
use crate::paying::order::{NewOrder, Order};
use crate::paying::pages::pay_page;
use crate::time;

/// Seconds that an order can be paid. **UNVERIFIED**.
const LASTS: f64 = 900.0;

/// Codes of a refusal; the real ones are not published.
const NOT_BELIEVED: &str = "1";
const KNOWN_REFERENCE: &str = "2";

/// `POST /Init`. The very same message again finds the same page, as long as it can be paid.
pub(super) async fn init(State(desk): State<Desk<Platform>>, body: String) -> Response {
    let request = match InitRequest::verify(&body, &desk.protocol().merchant) {
        Ok(request) => request,
        Err(error) => return json(refused(NOT_BELIEVED, &error.to_string()).body()),
    };
    let ready = |order: &Order| {
        let address = format!("{}/ThanhToan?token={}", desk.protocol().origin, order.token);
        InitResponse::Ready(address)
    };
    let known = || refused(KNOWN_REFERENCE, "MaThamChieu da ton tai");
    let (response, lost) = desk.change(|book| {
        if let Some(order) = book.by_reference(&request.reference) {
            let same = order.asked == body && order.is_open(time::now_ms());
            return (if same { ready(order) } else { known() }, None);
        }
        let knobs = book.knobs_for(&request.reference);
        if let CreateKnob::Error(code) = knobs.create {
            return (refused(&code.to_string(), "Loi gia lap"), None);
        }
        let order = book.open(
            NewOrder {
                reference: request.reference.clone(),
                amount: request.amount.0,
                asked: body.clone(),
                return_url: desk.protocol().return_url.clone(),
                english: false,
                lasts: LASTS,
            },
            knobs,
        );
        match knobs.create {
            CreateKnob::Dup => (known(), None),
            _ => (ready(&order), lost(&knobs)),
        }
    });
    json_unless_lost(response.body(), lost).await
}

fn refused(code: &str, message: &str) -> InitResponse {
    InitResponse::Refused(code.to_owned(), message.to_owned())
}

#[derive(Deserialize)]
pub(super) struct Token {
    #[serde(default)]
    token: String,
}

/// `GET /ThanhToan?token=…`
pub(super) async fn page(
    State(desk): State<Desk<Platform>>,
    Query(query): Query<Token>,
) -> Response {
    pay_page(&desk, &query.token)
}
