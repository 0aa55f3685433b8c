//! Owns the opening of MoMo's orders: create with its keys of idempotency, and the address of the
//! pay page. Knows no markup.
//!
//! onetime: the same `requestId` while it is at work is HTTP 422 with 7000; after a final code the
//! same answer comes again; after another one it is 40. A known `orderId` is 41.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use motcua_gateways::momo::{CreateRequest, CreateResponse, Lang, ResultCode};
use motcua_gateways::wallet_qr::WalletCode;
use serde::Deserialize;

use super::messages::message;
use super::protocol::Momo;
use crate::paying::CreateKnob;
use crate::paying::answers::{json, json_unless_lost, lost};
use crate::paying::desk::Desk;
use crate::paying::order::{Book, NewOrder, Order};
use crate::paying::pages::pay_page;
use crate::time;

/// Seconds that an order can be paid. **UNVERIFIED**: what was read names no time.
const LASTS: f64 = 900.0;

/// The `requestId`s whose answers are being made.
#[derive(Clone, Default)]
pub(super) struct AtWork(Arc<Mutex<BTreeSet<String>>>);

/// One of them; it ends when this is dropped, also when the caller hangs up.
struct Turn {
    all: AtWork,
    id: String,
}

impl AtWork {
    fn begin(&self, id: &str) -> Option<Turn> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(id.to_owned()).then(|| Turn { all: self.clone(), id: id.to_owned() })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.all.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.id);
    }
}

/// `POST /v2/gateway/api/create`
pub(super) async fn create(State(desk): State<Desk<Momo>>, body: String) -> Response {
    let merchant = &desk.protocol().merchant;
    let request = match CreateRequest::verify(&body, merchant) {
        Ok(request) => request,
        Err(code) => return json(refusal(&code, None).body(merchant)),
    };
    let refuse = |code: &ResultCode| refusal(code, Some(&request)).body(merchant);
    let Some(_turn) = desk.protocol().at_work.begin(&request.request_id) else {
        let busy = json(refuse(&ResultCode::Processing));
        return (StatusCode::UNPROCESSABLE_ENTITY, busy).into_response();
    };
    let (answer, lost) = desk.change(|book| {
        if let Some(earlier) = book.answers.get(&request.request_id) {
            let again = earlier.clone();
            return (again.unwrap_or_else(|| refuse(&ResultCode::DuplicateRequest)), None);
        }
        let Decided { code, answer, lost } = decide(book, desk.protocol(), &request, &body);
        let is_final = code.outcome().is_some();
        book.answers.insert(request.request_id.clone(), is_final.then(|| answer.clone()));
        (answer, lost)
    });
    json_unless_lost(answer, lost).await
}

struct Decided {
    code: ResultCode,
    answer: String,
    /// How long the answer takes to get lost; none when it arrives.
    lost: Option<Duration>,
}

/// Opens the order of a request that was not seen before, or refuses it.
fn decide(book: &mut Book, momo: &Momo, request: &CreateRequest, body: &str) -> Decided {
    let refuse = |code: ResultCode| {
        let answer = refusal(&code, Some(request)).body(&momo.merchant);
        Decided { code, answer, lost: None }
    };
    if book.by_reference(&request.order_id).is_some() {
        return refuse(ResultCode::DuplicateOrder);
    }
    let knobs = book.knobs_for(&request.order_id);
    if let CreateKnob::Error(code) = knobs.create {
        return refuse(ResultCode::from(code.to_string().as_str()));
    }
    let order = book.open(
        NewOrder {
            reference: request.order_id.clone(),
            amount: request.amount.0,
            asked: body.to_owned(),
            return_url: request.redirect_url.clone(),
            english: request.lang == Lang::English,
            lasts: LASTS,
        },
        knobs,
    );
    match knobs.create {
        CreateKnob::Dup => refuse(ResultCode::DuplicateOrder),
        _ => Decided {
            code: ResultCode::Success,
            answer: opened(momo, request, &order).body(&momo.merchant),
            lost: lost(&knobs),
        },
    }
}

/// The address of an order's pay page names it twice: `t` is readable, `s` is not guessable.
fn opened(momo: &Momo, request: &CreateRequest, order: &Order) -> CreateResponse {
    let name = format!("{}|{}", momo.merchant.partner_code, order.reference);
    let t = URL_SAFE_NO_PAD.encode(name);
    let code = WalletCode {
        wallet: "vn.momo",
        place: None,
        amount: request.amount,
        bill: &order.reference,
    };
    CreateResponse {
        pay_url: Some(format!("{}/v2/gateway/pay?t={t}&s={}", momo.origin, order.token)),
        deeplink: Some(format!(
            "momo://app?action=payWithApp&isScanQR=false&serviceType=app&sid={t}&v=3.0"
        )),
        qr_code: code.payload(),
        ..refusal(&ResultCode::Success, Some(request))
    }
}

fn refusal(code: &ResultCode, request: Option<&CreateRequest>) -> CreateResponse {
    let english = request.is_some_and(|request| request.lang == Lang::English);
    CreateResponse {
        result_code: code.clone(),
        message: message(code, english).to_owned(),
        request_id: request.map(|request| request.request_id.clone()).unwrap_or_default(),
        order_id: request.map(|request| request.order_id.clone()).unwrap_or_default(),
        amount: request.map(|request| request.amount),
        response_time: Some(time::now_ms()),
        pay_url: None,
        deeplink: None,
        qr_code: None,
    }
}

#[derive(Deserialize)]
pub(super) struct Address {
    #[serde(default)]
    s: String,
}

/// `GET /v2/gateway/pay?t=…&s=…`
pub(super) async fn page(
    State(desk): State<Desk<Momo>>,
    Query(address): Query<Address>,
) -> Response {
    pay_page(&desk, &address.s)
}
