//! Owns what the platform answers about money: QUERY, and GET_BILL of a paid order. Knows no page,
//! and not how the bill looks.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use motcua_gateways::Vnd;
use motcua_gateways::platform::{BillRequest, ErrorCode, QueryRequest, QueryResponse, Status};

use super::bill;
use super::protocol::Platform;
use crate::paying::QueryKnob;
use crate::paying::answers::json;
use crate::paying::desk::Desk;
use crate::paying::order::{Money, Order};
use crate::time;

/// Codes of an answer that is none; the real ones are not published.
const NOT_FOUND: &str = "01";
const NOT_BELIEVED: &str = "97";

/// `POST /Query`
pub(super) async fn query(State(desk): State<Desk<Platform>>, body: String) -> Response {
    let merchant = &desk.protocol().merchant;
    let asked = match QueryRequest::verify(&body, merchant) {
        Ok(asked) => asked,
        Err(error) => return refusal(NOT_BELIEVED, &error.to_string()),
    };
    let told = desk.change(|book| {
        let created = |order: &Order| desk.protocol().asked(order).map(|init| init.created);
        match book.by_reference(&asked.reference) {
            Some(order) if created(order) == Some(asked.created) => match order.knobs.query {
                QueryKnob::Down => None,
                _ => Some(told(order)),
            },
            _ => Some(silence(NOT_FOUND, "Khong tim thay giao dich")),
        }
    });
    match told {
        Some(told) => json(told.body(merchant, &asked)),
        None => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// The order as it is, or as the switches say.
fn told(order: &mut Order) -> QueryResponse {
    let now = time::now_ms();
    order.queries += 1;
    order.queried_ms = now;
    let hidden = matches!(order.knobs.query, QueryKnob::Pending(n) if order.queries <= n);
    let status = match (order.knobs.query, order.money()) {
        (QueryKnob::Paid, _) => Status::Paid,
        (QueryKnob::Failed, _) => Status::Failed,
        _ if hidden => Status::Unknown,
        (_, Money::Taken) => Status::Paid,
        (_, Money::NotTaken) => Status::Failed,
        (_, Money::Pending) if order.is_expired(now) => Status::Failed,
        (_, Money::Pending) => Status::Unknown,
    };
    let paid = order.ended.as_ref().filter(|_| status == Status::Paid && order.is_paid());
    QueryResponse {
        amount: Some(Vnd(order.amount)),
        transaction: paid.map(|ended| ended.number.clone()),
        bank: paid.map(|_| order.bank.clone()),
        status: Some(status),
        ..silence(ErrorCode::Success.code(), "")
    }
}

fn silence(code: &str, message: &str) -> QueryResponse {
    QueryResponse {
        code: code.into(),
        message: message.to_owned(),
        status: None,
        amount: None,
        transaction: None,
        bank: None,
    }
}

/// `POST /GetBill`: the e-receipt of a paid order, a PDF; of any other an answer in JSON.
pub(super) async fn get_bill(State(desk): State<Desk<Platform>>, body: String) -> Response {
    let asked = match BillRequest::verify(&body, &desk.protocol().merchant) {
        Ok(asked) => asked,
        Err(error) => return refusal(NOT_BELIEVED, &error.to_string()),
    };
    let order = desk.change(|book| book.by_reference(&asked.reference).map(|order| order.clone()));
    let paid = order.filter(Order::is_paid).and_then(|order| {
        let init = desk.protocol().asked(&order).filter(|init| init.created == asked.created)?;
        Some((order, init))
    });
    match paid {
        Some((order, init)) => {
            let headers = [
                (header::CONTENT_TYPE, "application/pdf"),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"bien-lai.pdf\""),
            ];
            (headers, bill::draw(&order, &init)).into_response()
        }
        None => refusal(NOT_FOUND, "Khong co bien lai"),
    }
}

fn refusal(code: &str, message: &str) -> Response {
    json(serde_json::json!({ "MaLoi": code, "MoTaLoi": message }).to_string())
}
