//! Owns query: asking MoMo what became of an order, and its answer. Knows no attempt and no
//! polling plan.
//!
//! query: `POST /v2/gateway/api/query`. The documented answer carries no signature.

use motcua_domain::money::Vnd;
use serde_json::Value;

use super::codes::ResultCode;
use super::create::Lang;
use super::{Merchant, is_order_id, is_request_id, must};
use crate::fields::{Draft, Fields, MessageError};
use crate::outcome::Outcome;

/// The signed fields, in the order in which they are hashed.
pub const ORDER: [&str; 4] = ["accessKey", "orderId", "partnerCode", "requestId"];

/// A question about one order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryRequest {
    /// `requestId`: a new one for every question.
    pub request_id: String,
    /// `orderId` of the create request.
    pub order_id: String,
    /// `lang`.
    pub lang: Lang,
}

impl QueryRequest {
    /// The JSON body to post.
    pub fn signed(&self, merchant: &Merchant) -> Result<String, MessageError> {
        must("requestId", is_request_id(&self.request_id))?;
        must("orderId", is_order_id(&self.order_id))?;
        let draft = Draft::new([
            ("partnerCode", Value::from(merchant.partner_code.as_str())),
            ("requestId", Value::from(self.request_id.as_str())),
            ("orderId", Value::from(self.order_id.as_str())),
            ("lang", Value::from(self.lang.code())),
        ]);
        Ok(merchant.sign(draft, &ORDER)?.json())
    }

    /// The gateway's side: proves and reads a question.
    pub fn verify(body: &str, merchant: &Merchant) -> Result<Self, MessageError> {
        let mut fields = Fields::json(body)?;
        merchant.prove(&mut fields, &ORDER)?;
        Ok(Self {
            request_id: fields.needed("requestId")?,
            order_id: fields.needed("orderId")?,
            lang: if fields.get("lang") == "en" { Lang::English } else { Lang::Vietnamese },
        })
    }
}

/// MoMo's answer about one order. It is not signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryResponse {
    /// `resultCode`: of the payment, or of the question when that could not be answered.
    pub result_code: ResultCode,
    /// `message`.
    pub message: String,
    /// `orderId`.
    pub order_id: String,
    /// `amount` of the order.
    pub amount: Option<Vnd>,
    /// `transId`.
    pub trans_id: Option<String>,
    /// `payType`.
    pub pay_type: Option<String>,
    /// `responseTime`, in milliseconds since 1970.
    pub response_time: Option<u64>,
    /// `extraData` of the create request.
    pub extra_data: String,
    /// `refundTrans`: the refunds of this order.
    pub refunds: Vec<RefundRow>,
}

/// A row of `refundTrans`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundRow {
    /// `orderId` of the refund request.
    pub order_id: String,
    /// `amount` given back.
    pub amount: Vnd,
    /// `resultCode` of the refund.
    pub result_code: ResultCode,
    /// `transId` of the refund.
    pub trans_id: String,
}

impl QueryResponse {
    /// Reads the answer to `asked`. An answer about another order is an error, whatever it says.
    pub fn parse(
        body: &str,
        merchant: &Merchant,
        asked: &QueryRequest,
    ) -> Result<Self, MessageError> {
        let fields = Fields::json(body)?;
        let response = Self {
            result_code: fields.needed("resultCode")?.as_str().into(),
            message: fields.owned("message"),
            order_id: fields.owned("orderId"),
            amount: fields.dong_if_given("amount")?,
            trans_id: fields.optional("transId"),
            pay_type: fields.optional("payType"),
            response_time: fields.parsed_if_given("responseTime")?,
            extra_data: fields.owned("extraData"),
            refunds: rows(fields.get("refundTrans"))?,
        };
        // An answer that decides something must say what it is about.
        if response.outcome().is_some() || !response.order_id.is_empty() {
            fields.must_be("orderId", &asked.order_id)?;
            fields.must_be("partnerCode", &merchant.partner_code)?;
        }
        if response.outcome() == Some(Outcome::Paid) {
            must("amount", response.amount.is_some())?;
        }
        Ok(response)
    }

    /// What became of the money; none when MoMo did not answer the question (see
    /// [`QueryResponse::result_code`], e.g. 42 not found).
    pub fn outcome(&self) -> Option<Outcome> {
        self.result_code.outcome()
    }

    /// True when the answer is about exactly this amount.
    pub fn is_for(&self, amount: Vnd) -> bool {
        self.amount == Some(amount)
    }

    /// The gateway's side: the JSON body.
    pub fn body(&self, merchant: &Merchant, asked: &QueryRequest) -> String {
        let text = |value: &Option<String>| Value::from(value.clone().unwrap_or_default());
        let refunds: Vec<Value> = self
            .refunds
            .iter()
            .map(|row| {
                serde_json::json!({
                    "orderId": row.order_id,
                    "amount": row.amount.0,
                    "resultCode": row.result_code.number(),
                    "transId": row.trans_id,
                })
            })
            .collect();
        let draft = Draft::new([
            ("partnerCode", Value::from(merchant.partner_code.as_str())),
            ("requestId", Value::from(asked.request_id.as_str())),
            ("orderId", Value::from(self.order_id.as_str())),
            ("extraData", Value::from(self.extra_data.as_str())),
            ("amount", self.amount.map_or(Value::Null, |amount| Value::from(amount.0))),
            ("transId", text(&self.trans_id)),
            ("payType", text(&self.pay_type)),
            ("resultCode", Value::from(self.result_code.number())),
            ("refundTrans", Value::from(refunds)),
            ("message", Value::from(self.message.as_str())),
            ("responseTime", self.response_time.map_or(Value::Null, Value::from)),
        ]);
        draft.without_empties().json()
    }
}

fn rows(json: &str) -> Result<Vec<RefundRow>, MessageError> {
    if json.is_empty() {
        return Ok(Vec::new());
    }
    let bad = MessageError::Malformed("refundTrans");
    let Ok(rows) = serde_json::from_str::<Vec<Value>>(json) else {
        return Err(bad);
    };
    let read = |row: Value| {
        let fields = Fields::json(&row.to_string())?;
        Ok(RefundRow {
            order_id: fields.owned("orderId"),
            amount: fields.dong("amount")?,
            result_code: fields.needed("resultCode")?.as_str().into(),
            trans_id: fields.owned("transId"),
        })
    };
    rows.into_iter().map(|row| read(row).map_err(|_: MessageError| bad.clone())).collect()
}
