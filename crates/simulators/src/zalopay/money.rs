//! Owns what ZaloPay answers about money: query, refund, and the query of a refund, which is carried
//! out later. Knows no page.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use motcua_gateways::zalopay::{
    QueryRequest, QueryResponse, RefundQuery, RefundRequest, RefundResponse, ReturnCode, SubCode,
};
use motcua_gateways::{MessageError, Vnd};

use super::create::{as_json, message, sub_message};
use super::protocol::Zalopay;
use crate::paying::answers::json;
use crate::paying::desk::Desk;
use crate::paying::order::{Book, Money, Order, Refund};
use crate::paying::{Knobs, QueryKnob};
use crate::time;

/// How long it is too soon to ask again, in seconds of the gateway's clock: it is recommended to ask
/// once a minute. It counts only where the switch says so.
const TOO_SOON: f64 = 60.0;
/// The sub code of what is not decided; what the real one says is **UNVERIFIED**.
const UNDECIDED: &str = "0";

fn too_soon(knobs: Knobs, last_ms: u64, now_ms: u64) -> bool {
    let wait = knobs.seconds(TOO_SOON).as_millis();
    knobs.query == QueryKnob::RateLimited && u128::from(now_ms.saturating_sub(last_ms)) < wait
}

/// `POST /v2/query`
pub(super) async fn query(
    State(desk): State<Desk<Zalopay>>,
    headers: HeaderMap,
    body: String,
) -> Response {
    let asked = match QueryRequest::verify(&as_json(&headers, body), &desk.protocol().merchant) {
        Ok(asked) => asked,
        Err(error) => return json(said(ReturnCode::Failure, refused(&error)).body()),
    };
    let told = desk.change(|book| match book.by_reference(&asked.order_id) {
        None => Some(said(ReturnCode::Failure, SubCode::NotFound)),
        Some(order) if order.knobs.query == QueryKnob::Down => None,
        Some(order) => Some(told(order, time::now_ms())),
    });
    match told {
        Some(told) => json(told.body()),
        None => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// The order as it is, or as the switches say.
fn told(order: &mut Order, now: u64) -> QueryResponse {
    if too_soon(order.knobs, order.queried_ms, now) {
        return said(ReturnCode::Failure, SubCode::TooMany);
    }
    order.queries += 1;
    order.queried_ms = now;
    let hidden = matches!(order.knobs.query, QueryKnob::Pending(n) if order.queries <= n);
    let undecided = (ReturnCode::Processing, SubCode::from(UNDECIDED));
    let expired = order.is_expired(now);
    let (code, sub) = match (order.knobs.query, &order.ended) {
        (QueryKnob::Paid, _) => (ReturnCode::Success, SubCode::Success),
        (QueryKnob::Failed, _) => (ReturnCode::Failure, SubCode::from(UNDECIDED)),
        _ if hidden => undecided,
        (_, None) if expired => (ReturnCode::Failure, SubCode::Expired),
        (_, None) => undecided,
        (_, Some(ended)) => match ended.money {
            Money::Taken => (ReturnCode::Success, SubCode::Success),
            Money::Pending => undecided,
            Money::NotTaken => (ReturnCode::Failure, ended.code.as_str().into()),
        },
    };
    let paid = code == ReturnCode::Success;
    let ended = order.ended.as_ref().filter(|_| paid);
    QueryResponse {
        is_processing: code == ReturnCode::Processing,
        amount: paid.then_some(Vnd(order.amount)),
        discount: paid.then_some(Vnd::ZERO),
        trans_id: ended.map(|ended| ended.number.clone()),
        server_time: ended.map(|ended| ended.at_ms),
        ..said(code, sub)
    }
}

fn said(code: ReturnCode, sub: SubCode) -> QueryResponse {
    QueryResponse {
        message: message(&code).to_owned(),
        sub_message: sub_message(&sub).to_owned(),
        code,
        sub_code: sub,
        is_processing: false,
        amount: None,
        discount: None,
        trans_id: None,
        server_time: None,
    }
}

/// `POST /v2/refund`: taken now, carried out later.
pub(super) async fn refund(
    State(desk): State<Desk<Zalopay>>,
    headers: HeaderMap,
    body: String,
) -> Response {
    let asked = RefundRequest::verify(&as_json(&headers, body), &desk.protocol().merchant);
    json(match asked {
        Ok(asked) => desk.change(|book| take(book, &asked)).body(),
        Err(error) => gave(ReturnCode::Failure, refused(&error), None).body(),
    })
}

fn take(book: &mut Book, asked: &RefundRequest) -> RefundResponse {
    if book.by_refund(&asked.refund_id).is_some() {
        return gave(ReturnCode::Failure, SubCode::DuplicateOrder, None);
    }
    let number = (900_000 + book.next_number()).to_string();
    let Some(order) = book.paid_by_number(&asked.trans_id) else {
        return gave(ReturnCode::Failure, SubCode::NotFound, None);
    };
    if order.given_back() + asked.amount.0 > order.amount {
        return gave(ReturnCode::Failure, SubCode::BadData, None);
    }
    order.refunds.push(Refund {
        reference: asked.refund_id.clone(),
        number: number.clone(),
        amount: asked.amount.0,
        done: None,
        queries: 0,
    });
    gave(ReturnCode::Processing, SubCode::from(UNDECIDED), Some(number))
}

/// `POST /v2/query_refund`
pub(super) async fn query_refund(
    State(desk): State<Desk<Zalopay>>,
    headers: HeaderMap,
    body: String,
) -> Response {
    let asked = RefundQuery::verify(&as_json(&headers, body), &desk.protocol().merchant);
    json(match asked {
        Ok(asked) => desk.change(|book| became(book, &asked)).body(),
        Err(error) => gave(ReturnCode::Failure, refused(&error), None).body(),
    })
}

fn became(book: &mut Book, asked: &RefundQuery) -> RefundResponse {
    let Some(order) = book.by_refund(&asked.refund_id) else {
        return gave(ReturnCode::Failure, SubCode::NotFound, None);
    };
    let (now, knobs) = (time::now_ms(), order.knobs);
    if too_soon(knobs, order.queried_ms, now) {
        return gave(ReturnCode::Failure, SubCode::TooMany, None);
    }
    order.queried_ms = now;
    let Some(refund) = order.refund(&asked.refund_id) else {
        return gave(ReturnCode::Failure, SubCode::NotFound, None);
    };
    refund.ask(knobs.refund);
    let number = Some(refund.number.clone());
    match refund.done {
        Some(true) => gave(ReturnCode::Success, SubCode::Success, number),
        // The merchant's own account is empty: the one documented reason that is about the money.
        Some(false) => gave(ReturnCode::Failure, SubCode::InsufficientFunds, number),
        None => gave(ReturnCode::Processing, SubCode::from(UNDECIDED), number),
    }
}

fn gave(code: ReturnCode, sub: SubCode, number: Option<String>) -> RefundResponse {
    RefundResponse {
        message: message(&code).to_owned(),
        sub_message: sub_message(&sub).to_owned(),
        code,
        sub_code: sub,
        refund_id: number,
    }
}

fn refused(error: &MessageError) -> SubCode {
    match error {
        MessageError::BadHash | MessageError::Unsigned | MessageError::Foreign(_) => {
            SubCode::BadSignature
        }
        MessageError::NotAnObject | MessageError::Ambiguous(_) | MessageError::Malformed(_) => {
            SubCode::BadData
        }
    }
}
