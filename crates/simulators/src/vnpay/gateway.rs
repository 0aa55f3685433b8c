//! Owns the citizen's way through the gateway: opening, choosing, bank, password, cancelling,
//! going back. Knows no markup (that is `pages`) and no report (that is `ipn`).

use axum::Json;
use axum::extract::{Form, Query, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use motcua_gateways::vnpay::{CreateError, PayRequest, Stamp};
use serde::Deserialize;
use serde_json::json;

use super::payment::{Ending, Payment, Visit};
use super::{Vnpay, pages, pay_pages};
use crate::paying::back::{self, Lies};
use crate::paying::{ReturnKnob, reports};
use crate::time;

/// The one card of the sandbox, and its one-time password.
pub(super) const CARD_NUMBER: &str = "9704198526191432198";
pub(super) const CARD_HOLDER: &str = "NGUYEN VAN A";
pub(super) const CARD_ISSUED: &str = "07/15";
pub(super) const CARD_OTP: &str = "123456";

#[derive(Deserialize)]
pub(super) struct Token {
    #[serde(default)]
    token: String,
}

/// `GET /paymentv2/vpcpay.html`: checks the signed request and leads to the pay page or the error.
pub(super) async fn open(State(gateway): State<Vnpay>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let now = Stamp::from_unix(time::now());
    let opened = PayRequest::verify(&query, &gateway.config().merchant, now)
        .and_then(|request| gateway.change(|book| book.open(&request, &query)));
    match opened {
        Ok(token) => found(&format!("/paymentv2/Transaction/PaymentMethod.html?token={token}")),
        Err(error) => refused(&error),
    }
}

#[derive(Deserialize)]
pub(super) struct Code {
    #[serde(default)]
    code: String,
}

/// `GET /paymentv2/Payment/Error.html?code=NN`
pub(super) async fn error(Query(query): Query<Code>) -> Response {
    pages::error(&CreateError::from(query.code.as_str()))
}

/// `GET …/Transaction/PaymentMethod.html`
pub(super) async fn methods(State(gateway): State<Vnpay>, Query(query): Query<Token>) -> Response {
    visit(&gateway, &query.token, |payment| pay_pages::methods(&gateway, payment))
}

/// `GET …/Ncb/Transaction/Index.html`
pub(super) async fn card_page(
    State(gateway): State<Vnpay>,
    Query(query): Query<Token>,
) -> Response {
    visit(&gateway, &query.token, |payment| pay_pages::card(&gateway, payment, false))
}

#[derive(Deserialize)]
pub(super) struct Card {
    token: String,
    #[serde(default, rename = "cardNumber")]
    number: String,
    #[serde(default, rename = "cardHolder")]
    holder: String,
    #[serde(default, rename = "cardDate")]
    issued: String,
}

/// `POST …/Ncb/Transaction/Index.html`
pub(super) async fn card(State(gateway): State<Vnpay>, Form(form): Form<Card>) -> Response {
    let digits: String = form.number.chars().filter(char::is_ascii_digit).collect();
    let right = digits == CARD_NUMBER
        && form.holder.trim().eq_ignore_ascii_case(CARD_HOLDER)
        && form.issued.trim() == CARD_ISSUED;
    visit(&gateway, &form.token, |payment| {
        if right {
            let next = "/paymentv2/Ncb/Transaction/Confirm.html?token=";
            Redirect::to(&format!("{next}{}", payment.token)).into_response()
        } else {
            pay_pages::card(&gateway, payment, true)
        }
    })
}

/// `GET …/Ncb/Transaction/Confirm.html`
pub(super) async fn otp_page(State(gateway): State<Vnpay>, Query(query): Query<Token>) -> Response {
    visit(&gateway, &query.token, |payment| pay_pages::otp(&gateway, payment))
}

#[derive(Deserialize)]
pub(super) struct Confirm {
    token: String,
    #[serde(default)]
    otpvalue: String,
    #[serde(default, rename = "btnCancel")]
    cancel: String,
}

/// `POST …/Ncb/Transaction/AjaxConfirm.html`: the one-time password. A page without a script gets
/// the redirect; a script (`X-Requested-With`) gets `{"code":"00","url":…}`, as from the real one.
pub(super) async fn confirm(
    State(gateway): State<Vnpay>,
    headers: HeaderMap,
    Form(form): Form<Confirm>,
) -> Response {
    let ending = if form.cancel == "cancel" {
        Ending::Cancel
    } else if form.otpvalue.trim() == CARD_OTP {
        Ending::Success
    } else {
        let wrong = gateway.change(|book| {
            let payment = book.by_token(&form.token)?;
            payment.wrong_otps = payment.wrong_otps.saturating_add(1);
            Some(payment.wrong_otps)
        });
        if wrong.unwrap_or_default() < 3 {
            return visit(&gateway, &form.token, |payment| pay_pages::otp(&gateway, payment));
        }
        Ending::WrongOtp
    };
    match finish(&gateway, &form.token, ending).await {
        Some(address) if headers.contains_key("x-requested-with") => {
            Json(json!({ "code": "00", "url": address })).into_response()
        }
        Some(address) => Redirect::to(&address).into_response(),
        None => ended(&gateway, &form.token),
    }
}

/// `GET …/Transaction/Cancel.html`: asks whether it is meant.
pub(super) async fn cancel_page(
    State(gateway): State<Vnpay>,
    Query(query): Query<Token>,
) -> Response {
    visit(&gateway, &query.token, |payment| pay_pages::cancel(&gateway, payment))
}

/// `POST …/Transaction/Cancel.html` with `btnCancel=cancel`
pub(super) async fn cancel(State(gateway): State<Vnpay>, Form(form): Form<Confirm>) -> Response {
    if form.cancel != "cancel" {
        return StatusCode::BAD_REQUEST.into_response();
    }
    go_back(&gateway, &form.token, Ending::Cancel).await
}

#[derive(Deserialize)]
pub(super) struct Outcome {
    token: String,
    outcome: Ending,
}

/// `POST /_simulator/outcome`: the panel's buttons.
pub(super) async fn outcome(State(gateway): State<Vnpay>, Form(form): Form<Outcome>) -> Response {
    go_back(&gateway, &form.token, form.outcome).await
}

/// `GET …/Transaction/Done.html`: the gateway's own last page, when the browser is not sent back.
pub(super) async fn done(State(gateway): State<Vnpay>, Query(query): Query<Token>) -> Response {
    let payment = gateway.change(|book| book.by_token(&query.token).map(|p| p.clone()));
    match payment {
        Some(payment) => pay_pages::done(&gateway, &payment),
        None => refused(&CreateError::BadFormat),
    }
}

/// A page of an open payment; the way back for one that ended; the error for any other.
fn visit(gateway: &Vnpay, token: &str, page: impl FnOnce(&Payment) -> Response) -> Response {
    match gateway.change(|book| book.visit(token)) {
        Visit::Open(payment) => page(&payment),
        Visit::Ended(payment) => pay_pages::done(gateway, &payment),
        Visit::TimedOut => refused(&CreateError::TimedOut),
        Visit::Unknown => refused(&CreateError::BadFormat),
    }
}

async fn go_back(gateway: &Vnpay, token: &str, ending: Ending) -> Response {
    match finish(gateway, token, ending).await {
        Some(address) => Redirect::to(&address).into_response(),
        None => ended(gateway, token),
    }
}

/// Ends an open payment, starts its report, and says where the browser goes; none for a payment
/// that is not open.
async fn finish(gateway: &Vnpay, token: &str, ending: Ending) -> Option<String> {
    let payment = gateway.change(|book| match book.visit(token) {
        Visit::Open(_) => book.end(token, ending),
        Visit::Ended(_) | Visit::TimedOut | Visit::Unknown => None,
    })?;
    reports::report(gateway, token).await;
    Some(way_back(gateway, &payment))
}

/// The page of a payment that is not open.
fn ended(gateway: &Vnpay, token: &str) -> Response {
    visit(gateway, token, |payment| pay_pages::done(gateway, payment))
}

/// What a forger changes in a return.
pub(super) const LIES: Lies = Lies {
    paid: &[("vnp_ResponseCode", "00"), ("vnp_TransactionStatus", "00")],
    amount: "vnp_Amount",
};

/// The signed parameters that the browser comes back with; none while it is open.
pub(super) fn returned(gateway: &Vnpay, payment: &Payment) -> Option<String> {
    let earlier = match payment.knobs.back {
        ReturnKnob::Replayed => gateway.read(|book| book.ended_before(&payment.token).cloned()),
        _ => None,
    };
    earlier.as_ref().unwrap_or(payment).signed(&gateway.config().merchant)
}

/// Where the browser goes after the end of a payment.
fn way_back(gateway: &Vnpay, payment: &Payment) -> String {
    let signed = returned(gateway, payment).unwrap_or_default();
    let done = format!("/paymentv2/Transaction/Done.html?token={}", payment.token);
    back::way_back(payment.knobs.back, &payment.return_url, &signed, &LIES, &done)
}

fn refused(error: &CreateError) -> Response {
    found(&format!("/paymentv2/Payment/Error.html?code={}", error.code()))
}

/// 302, as the real gateway answers.
fn found(address: &str) -> Response {
    (StatusCode::FOUND, [(axum::http::header::LOCATION, address.to_owned())]).into_response()
}
