//! Owns what MoMo answers about money: query and refund. Knows no page.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use motcua_gateways::momo::query::RefundRow;
use motcua_gateways::momo::{
    Lang, QueryRequest, QueryResponse, RefundRequest, RefundResponse, ResultCode,
};
use motcua_gateways::{MessageError, Vnd};

use super::messages::message;
use super::protocol::Momo;
use crate::paying::answers::json;
use crate::paying::desk::Desk;
use crate::paying::order::{Book, Money, Order, Refund};
use crate::paying::{QueryKnob, RefundKnob};
use crate::time;

/// `POST /v2/gateway/api/query`
pub(super) async fn query(State(desk): State<Desk<Momo>>, body: String) -> Response {
    let merchant = &desk.protocol().merchant;
    let (asked, answer) = match QueryRequest::verify(&body, merchant) {
        Ok(asked) => {
            let answer = desk.change(|book| match book.by_reference(&asked.order_id) {
                Some(order) if order.knobs.query == QueryKnob::Down => None,
                Some(order) => Some(told(order, &asked)),
                None => Some(silence(&ResultCode::OrderNotFound, &asked)),
            });
            (asked, answer)
        }
        Err(error) => {
            let nobody = QueryRequest {
                request_id: String::new(),
                order_id: String::new(),
                lang: Lang::Vietnamese,
            };
            let answer = silence(&refused(&error), &nobody);
            (nobody, Some(answer))
        }
    };
    match answer {
        Some(answer) => json(answer.body(merchant, &asked)),
        None => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// The order as it is, or as the switches say.
fn told(order: &mut Order, asked: &QueryRequest) -> QueryResponse {
    order.queries += 1;
    order.queried_ms = time::now_ms();
    let hidden = matches!(order.knobs.query, QueryKnob::Pending(n) if order.queries <= n);
    let code = match (order.knobs.query, &order.ended) {
        (QueryKnob::Paid, _) => ResultCode::Success,
        (QueryKnob::Failed, _) => ResultCode::Unknown,
        (_, Some(_)) if hidden => ResultCode::ProcessingAtProvider,
        (_, Some(ended)) => ended.code.as_str().into(),
        (_, None) if !hidden && order.is_expired(order.queried_ms) => ResultCode::Expired,
        (_, None) => ResultCode::WaitingForUser,
    };
    // A refund that is at work is a step further each time somebody asks.
    for refund in &mut order.refunds {
        refund.ask(order.knobs.refund);
    }
    let ended = order.ended.as_ref().filter(|_| !hidden);
    let paid = ended.filter(|ended| ended.money == Money::Taken);
    let row = |refund: &Refund| RefundRow {
        order_id: refund.reference.clone(),
        amount: Vnd(refund.amount),
        result_code: code_of(refund),
        trans_id: refund.number.clone(),
    };
    QueryResponse {
        amount: Some(Vnd(order.amount)),
        trans_id: ended.map(|ended| ended.number.clone()),
        pay_type: paid.map(|_| "webApp".to_owned()),
        response_time: Some(ended.map_or(order.queried_ms, |ended| ended.at_ms)),
        refunds: order.refunds.iter().map(row).collect(),
        ..silence(&code, asked)
    }
}

/// An answer without anything of an order.
fn silence(code: &ResultCode, asked: &QueryRequest) -> QueryResponse {
    QueryResponse {
        result_code: code.clone(),
        message: message(code, asked.lang == Lang::English).to_owned(),
        order_id: asked.order_id.clone(),
        amount: None,
        trans_id: None,
        pay_type: None,
        response_time: Some(time::now_ms()),
        extra_data: String::new(),
        refunds: vec![],
    }
}

/// `POST /v2/gateway/api/refund`: of a paid order, no more than was paid. The same `requestId` gets
/// the same answer, until a refund that is at work is decided.
pub(super) async fn refund(State(desk): State<Desk<Momo>>, body: String) -> Response {
    let merchant = &desk.protocol().merchant;
    let asked = match RefundRequest::verify(&body, merchant) {
        Ok(asked) => asked,
        Err(error) => {
            let code = refused(&error);
            // Of a request that is not believed nothing is repeated.
            let head = serde_json::json!({
                "resultCode": code.code().parse::<i64>().unwrap_or(99),
                "message": message(&code, false),
            });
            return json(head.to_string());
        }
    };
    let (code, given) = desk.change(|book| give_back(book, &asked));
    let answer = RefundResponse {
        message: message(&code, asked.lang == Lang::English).to_owned(),
        amount: Some(given.as_ref().map_or(asked.amount, |refund| Vnd(refund.amount))),
        trans_id: given.map(|refund| refund.number),
        result_code: code,
    };
    json(answer.body(merchant, &asked))
}

fn give_back(book: &mut Book, asked: &RefundRequest) -> (ResultCode, Option<Refund>) {
    let key = format!("refund {}", asked.request_id);
    let seen = book.answers.contains_key(&key);
    if let Some(order) = book.by_refund(&asked.order_id) {
        let knob = order.knobs.refund;
        let Some(refund) = order.refund(&asked.order_id).filter(|_| seen) else {
            return (ResultCode::DuplicateOrder, None);
        };
        refund.ask(knob);
        return (code_of(refund), Some(refund.clone()));
    }
    if book.by_reference(&asked.order_id).is_some() {
        return (ResultCode::DuplicateOrder, None);
    }
    let number = (4_099_000_000 + book.next_number()).to_string();
    let Some(order) = book.paid_by_number(&asked.trans_id) else {
        return (ResultCode::OrderNotFound, None);
    };
    if order.given_back() + asked.amount.0 > order.amount {
        return (ResultCode::AlreadyRefunded, None);
    }
    let done = match order.knobs.refund {
        RefundKnob::Normal | RefundKnob::Partial => Some(true),
        RefundKnob::Refused => Some(false),
        RefundKnob::Pending(_) => None,
    };
    let part = if order.knobs.refund == RefundKnob::Partial { 2 } else { 1 };
    let amount = asked.amount.0 / part;
    let refund = Refund { reference: asked.order_id.clone(), number, amount, done, queries: 0 };
    let code = code_of(&refund);
    order.refunds.push(refund.clone());
    book.answers.insert(key, None);
    (code, Some(refund))
}

fn code_of(refund: &Refund) -> ResultCode {
    match refund.done {
        Some(true) => ResultCode::Success,
        Some(false) => ResultCode::RefundFailed,
        None => ResultCode::ProcessingAtProvider,
    }
}

fn refused(error: &MessageError) -> ResultCode {
    match error {
        MessageError::BadHash | MessageError::Unsigned | MessageError::Foreign(_) => {
            ResultCode::BadCredentials
        }
        MessageError::Malformed("amount") => ResultCode::AmountOutOfRange,
        _ => ResultCode::BadFormat,
    }
}
