//! Owns the opening of ZaloPay's orders: create, in JSON or as a form, and the address of the pay
//! page. Knows no markup.

use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use motcua_gateways::wallet_qr::WalletCode;
use motcua_gateways::zalopay::create::LASTS_SECONDS;
use motcua_gateways::zalopay::{CreateRequest, CreateResponse, ReturnCode, SubCode};
use serde::Deserialize;
use serde_json::Value;

use super::protocol::Zalopay;
use crate::paying::CreateKnob;
use crate::paying::answers::{json, json_unless_lost, lost};
use crate::paying::desk::Desk;
use crate::paying::order::{NewOrder, Order};
use crate::paying::pages::pay_page;
use crate::time;

/// The body as JSON; a form's fields become texts.
pub(super) fn as_json(headers: &HeaderMap, body: String) -> String {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if kind.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded")) {
        let fields = form_urlencoded::parse(body.as_bytes());
        let fields = fields.map(|(name, value)| (name.into_owned(), Value::from(value)));
        return Value::Object(fields.collect()).to_string();
    }
    body
}

/// `POST /v2/create`
pub(super) async fn create(
    State(desk): State<Desk<Zalopay>>,
    headers: HeaderMap,
    body: String,
) -> Response {
    let body = as_json(&headers, body);
    let request = match CreateRequest::verify(&body, &desk.protocol().merchant, time::now_ms()) {
        Ok(request) => request,
        Err(sub) => return json(refusal(sub).body()),
    };
    let (response, lost) = desk.change(|book| {
        if book.by_reference(&request.order_id).is_some() {
            return (refusal(SubCode::DuplicateOrder), None);
        }
        let knobs = book.knobs_for(&request.order_id);
        if let CreateKnob::Error(code) = knobs.create {
            return (refusal(code.to_string().as_str().into()), None);
        }
        let order = book.open(
            NewOrder {
                reference: request.order_id.clone(),
                amount: request.amount.0,
                asked: body.clone(),
                return_url: Zalopay::return_url(&request),
                english: false,
                lasts: f64::from(request.lasts_seconds.unwrap_or(LASTS_SECONDS)),
            },
            knobs,
        );
        match knobs.create {
            CreateKnob::Dup => (refusal(SubCode::DuplicateOrder), None),
            _ => (opened(desk.protocol(), &request, &order), lost(&knobs)),
        }
    });
    json_unless_lost(response.body(), lost).await
}

fn opened(zalopay: &Zalopay, request: &CreateRequest, order: &Order) -> CreateResponse {
    let app_id = zalopay.merchant.app_id;
    let named = serde_json::json!({ "zptranstoken": order.token, "appid": app_id }).to_string();
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("order", &STANDARD.encode(named))
        .finish();
    // ZaloPay's collecting bank is BVBank; the account is of this order alone.
    let account = format!("99ZP{}", order.token.get(..12).unwrap_or_default().to_uppercase());
    let code = WalletCode {
        wallet: "vn.zalopay",
        place: Some(("970454", &account)),
        amount: request.amount,
        bill: &order.reference,
    };
    CreateResponse {
        order_url: Some(format!("{}/openinapp?{query}", zalopay.origin)),
        trans_token: Some(order.token.clone()),
        order_token: Some(order.token.clone()),
        qr_code: code.payload(),
        ..said(ReturnCode::Success, SubCode::Success)
    }
}

fn refusal(sub: SubCode) -> CreateResponse {
    said(ReturnCode::Failure, sub)
}

fn said(code: ReturnCode, sub: SubCode) -> CreateResponse {
    CreateResponse {
        message: message(&code).to_owned(),
        sub_message: sub_message(&sub).to_owned(),
        code,
        sub_code: sub,
        order_url: None,
        trans_token: None,
        order_token: None,
        qr_code: None,
    }
}

/// `return_message` of a code.
pub(super) fn message(code: &ReturnCode) -> &'static str {
    match code {
        ReturnCode::Success => "Giao dịch thành công",
        ReturnCode::Processing => "Giao dịch đang được xử lý",
        ReturnCode::Failure | ReturnCode::Other(_) => "Giao dịch không thành công",
    }
}

/// `sub_return_message` of a code.
pub(super) fn sub_message(sub: &SubCode) -> &'static str {
    match sub {
        SubCode::Success => "Giao dịch thành công",
        SubCode::Cancelled => "Người dùng huỷ giao dịch",
        SubCode::Expired => "Đơn hàng đã hết hạn",
        SubCode::InsufficientFunds => "Số dư không đủ",
        SubCode::DuplicateOrder => "Mã giao dịch bị trùng",
        SubCode::NotFound => "Không tìm thấy giao dịch",
        SubCode::BadData => "Dữ liệu không hợp lệ",
        SubCode::BadSignature => "Chữ ký không hợp lệ",
        SubCode::TooMany => "Quá nhiều yêu cầu",
        SubCode::System => "Lỗi hệ thống",
        SubCode::Maintenance => "Hệ thống bảo trì",
        limit if limit.is_limit() => "Quá hạn mức",
        SubCode::Other(_) => "",
    }
}

#[derive(Deserialize)]
pub(super) struct Address {
    #[serde(default)]
    order: String,
}

/// `GET /openinapp?order=…`
pub(super) async fn page(
    State(desk): State<Desk<Zalopay>>,
    Query(address): Query<Address>,
) -> Response {
    let named = STANDARD.decode(&address.order).ok();
    let named: Option<Value> = named.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let token = named.as_ref().and_then(|named| named["zptranstoken"].as_str());
    pay_page(&desk, token.unwrap_or_default())
}
