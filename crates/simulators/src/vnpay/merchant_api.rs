//! Owns `/merchant_webapi/api/transaction`: querydr and refund. Knows no page.
//!
//! VNPAY PAY 2.1.0, querydr&refund.html. Every answer is signed.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use motcua_gateways::vnpay::{
    ApiCode, ApiError, QueryRequest, QueryResponse, RefundKind, RefundRequest, RefundResponse,
    Stamp, TransactionStatus,
};

use super::Vnpay;
use super::payment::Payment;
use crate::paying::{QueryKnob, RefundKnob};
use crate::{random, time};

/// How long the API calls a repeated query a duplicate, in seconds of the gateway's clock.
const DUPLICATE: f64 = 300.0;

/// `POST /merchant_webapi/api/transaction`
pub(super) async fn transaction(State(gateway): State<Vnpay>, body: String) -> Response {
    let command = serde_json::from_str::<serde_json::Value>(&body).ok();
    let command = command.as_ref().and_then(|value| value["vnp_Command"].as_str());
    let answer = if command == Some("refund") {
        refund(&gateway, &body)
    } else {
        match query(&gateway, &body) {
            Some(response) => response.signed(&gateway.config().merchant),
            None => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
        }
    };
    match answer {
        Ok(json) => ([(header::CONTENT_TYPE, "application/json")], json).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The answer to querydr; none when the switch says that the API is down.
fn query(gateway: &Vnpay, body: &str) -> Option<QueryResponse> {
    let asked = match QueryRequest::verify(body, &gateway.config().merchant) {
        Ok(asked) => asked,
        Err(error) => return Some(refusal(refusal_code(&error))),
    };
    gateway.change(|book| {
        let created = asked.transaction_date.to_string();
        let known = |p: &&mut Payment| p.create_date == created;
        let Some(payment) = book.by_ref(&asked.txn_ref).filter(known) else {
            return Some(refusal(ApiCode::NotFound));
        };
        let now = time::now_ms();
        let window = payment.knobs.seconds(DUPLICATE).as_millis();
        let again = u128::from(now.saturating_sub(payment.queried_ms)) < window;
        match payment.knobs.query {
            QueryKnob::Down => return None,
            QueryKnob::RateLimited if payment.queries > 0 && again => {
                return Some(refusal(ApiCode::Duplicate));
            }
            _ => {}
        }
        payment.queries += 1;
        payment.queried_ms = now;
        let hidden = matches!(payment.knobs.query, QueryKnob::Pending(n) if payment.queries <= n);
        Some(told(payment, hidden))
    })
}

/// The transaction as it is, or as not finished.
fn told(payment: &Payment, hidden: bool) -> QueryResponse {
    let settled = payment.settled.as_ref().filter(|_| !hidden);
    let in_part = payment.knobs.refund == RefundKnob::Partial;
    let over = payment.timed_out || payment.expired(time::now());
    let status = match (payment.knobs.query, settled, &payment.refund) {
        (QueryKnob::Paid, ..) => "00",
        (QueryKnob::Failed, ..) => "02",
        // What the real one says of a part is UNVERIFIED but for its type.
        (_, Some(_), Some(_)) if in_part => "00",
        (_, Some(_), Some(_)) => "05",
        (_, Some(settled), None) => settled.transaction_status.as_str(),
        (_, None, _) if over && !hidden => "02",
        (_, None, _) => "01",
    };
    let kind = payment.refund.clone().filter(|_| settled.is_some());
    let kind = kind.map(|kind| if in_part { RefundKind::Partial.code().to_owned() } else { kind });
    QueryResponse {
        response_id: random::token(),
        response_code: ApiCode::Success,
        message: "QueryDR Success".to_owned(),
        txn_ref: Some(payment.txn_ref.clone()),
        amount_hundredths: Some(payment.amount_hundredths),
        bank_code: settled.map(|s| s.bank_code.clone()),
        pay_date: settled.map(|s| Stamp::from_unix(s.pay_date)),
        transaction_no: settled.and_then(|s| s.transaction_no.clone()),
        transaction_type: Some(kind.unwrap_or_else(|| "01".to_owned())),
        transaction_status: Some(TransactionStatus::from(status)),
        order_info: Some(payment.order_info.replace('|', " ")),
    }
}

fn refusal(code: ApiCode) -> QueryResponse {
    QueryResponse {
        response_id: random::token(),
        message: message(&code).to_owned(),
        response_code: code,
        txn_ref: None,
        amount_hundredths: None,
        bank_code: None,
        pay_date: None,
        transaction_no: None,
        transaction_type: None,
        transaction_status: None,
        order_info: None,
    }
}

/// A refund is restricted, as in the sandbox: of a paid transaction, once, and it stays "being
/// processed" (05).
fn refund(gateway: &Vnpay, body: &str) -> Result<String, ApiError> {
    let merchant = &gateway.config().merchant;
    let asked = match RefundRequest::verify(body, merchant) {
        Ok(asked) => asked,
        Err(error) => {
            return refund_answer(&refusal_code(&error), None, None).signed(merchant);
        }
    };
    let (code, payment) = gateway.change(|book| {
        let created = asked.transaction_date.to_string();
        let known = |p: &&mut Payment| p.create_date == created;
        let Some(payment) = book.by_ref(&asked.txn_ref).filter(known) else {
            return (ApiCode::NotFound, None);
        };
        let paid = payment.settled.as_ref().is_some_and(|s| s.transaction_status == "00");
        let whole = payment.amount_hundredths == asked.amount_hundredths;
        let fits = match asked.kind {
            RefundKind::Full => whole,
            RefundKind::Partial => asked.amount_hundredths < payment.amount_hundredths,
        };
        let code = if !paid {
            ApiCode::NotPaid
        } else if payment.refund.is_some() {
            ApiCode::Duplicate
        } else if !fits || asked.amount_hundredths == 0 {
            ApiCode::BadFormat
        } else {
            payment.refund = Some(asked.kind.code().to_owned());
            ApiCode::Success
        };
        (code, Some(payment.clone()))
    });
    refund_answer(&code, Some(&asked), payment.as_ref()).signed(merchant)
}

fn refund_answer(
    code: &ApiCode,
    asked: Option<&RefundRequest>,
    payment: Option<&Payment>,
) -> RefundResponse {
    let accepted = *code == ApiCode::Success;
    let settled = payment.and_then(|p| p.settled.as_ref());
    RefundResponse {
        response_id: random::token(),
        response_code: code.clone(),
        message: message(code).to_owned(),
        txn_ref: asked.map(|a| a.txn_ref.clone()).unwrap_or_default(),
        amount_hundredths: asked.map(|a| a.amount_hundredths),
        bank_code: settled.map(|s| s.bank_code.clone()),
        pay_date: accepted.then(|| Stamp::from_unix(time::now())),
        transaction_no: settled.and_then(|s| s.transaction_no.clone()),
        transaction_type: asked.map(|a| a.kind.code().to_owned()),
        transaction_status: accepted.then_some(TransactionStatus::RefundProcessing),
        order_info: asked.map(|a| a.order_info.to_string()),
    }
}

fn refusal_code(error: &ApiError) -> ApiCode {
    match error {
        ApiError::BadHash | ApiError::Unsigned => ApiCode::BadHash,
        ApiError::Foreign("vnp_TmnCode") => ApiCode::UnknownMerchant,
        ApiError::NotAnObject
        | ApiError::Ambiguous(_)
        | ApiError::Malformed(_)
        | ApiError::Foreign(_) => ApiCode::BadFormat,
    }
}

fn message(code: &ApiCode) -> &'static str {
    match code {
        ApiCode::Success => "Success",
        ApiCode::UnknownMerchant => "Invalid TmnCode",
        ApiCode::BadFormat => "Invalid data format",
        ApiCode::NotFound => "Transaction not found",
        ApiCode::Duplicate => "Duplicate request",
        ApiCode::NotPaid => "Transaction is not successful",
        ApiCode::BadHash => "Invalid checksum",
        ApiCode::General | ApiCode::Other(_) => "Other error",
    }
}
