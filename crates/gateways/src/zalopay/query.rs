//! Owns query: asking ZaloPay what became of an order, and its answer. Knows no attempt and no
//! polling plan.
//!
//! order-query: `POST /v2/query`; the mac is over `app_id|app_trans_id|key1`. It is recommended to
//! ask once a minute until the callback or the expiry, then once more.

use motcua_domain::money::Vnd;
use serde_json::Value;

use super::codes::{self, ReturnCode, SubCode};
use super::{Merchant, SCHEME, is_order_id, must};
use crate::fields::{Draft, Fields, MessageError};
use crate::outcome::Outcome;

/// The signed fields, in the order in which they are hashed; the last is the key itself.
pub const ORDER: [&str; 3] = ["app_id", "app_trans_id", KEY];
/// `key1` stands in the signed string and is never sent.
const KEY: &str = "key1";

/// A question about one order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryRequest {
    /// `app_trans_id` of the create request.
    pub order_id: String,
}

impl QueryRequest {
    /// The JSON body to post.
    pub fn signed(&self, merchant: &Merchant) -> Result<String, MessageError> {
        must("app_trans_id", is_order_id(&self.order_id))?;
        let draft = Draft::new([
            ("app_id", Value::from(merchant.app_id)),
            ("app_trans_id", Value::from(self.order_id.as_str())),
        ]);
        let draft = draft.unsent(KEY, merchant.key1.expose_text());
        Ok(draft.signed(&SCHEME, &merchant.key1, &ORDER)?.json())
    }

    /// The gateway's side: proves and reads a question.
    pub fn verify(body: &str, merchant: &Merchant) -> Result<Self, MessageError> {
        let mut fields = Fields::json(body)?;
        fields.put(KEY, merchant.key1.expose_text());
        merchant.prove(&fields, &ORDER)?;
        Ok(Self { order_id: fields.needed("app_trans_id")? })
    }
}

/// ZaloPay's answer about one order. It is not signed, and names no order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryResponse {
    /// `return_code`: 1 paid, 2 failed, 3 processing or not paid yet.
    pub code: ReturnCode,
    /// `return_message`.
    pub message: String,
    /// `sub_return_code`.
    pub sub_code: SubCode,
    /// `sub_return_message`.
    pub sub_message: String,
    /// `is_processing`.
    pub is_processing: bool,
    /// `amount`, of a paid order.
    pub amount: Option<Vnd>,
    /// `discount_amount`.
    pub discount: Option<Vnd>,
    /// `zp_trans_id`: wanted by a refund.
    pub trans_id: Option<String>,
    /// `server_time`, in milliseconds since 1970.
    pub server_time: Option<u64>,
}

impl QueryResponse {
    /// Reads an answer.
    pub fn parse(body: &str) -> Result<Self, MessageError> {
        let fields = Fields::json(body)?;
        let response = Self {
            code: fields.needed("return_code")?.as_str().into(),
            message: fields.owned("return_message"),
            sub_code: fields.get("sub_return_code").into(),
            sub_message: fields.owned("sub_return_message"),
            is_processing: fields.get("is_processing") == "true",
            amount: fields.dong_if_given("amount")?,
            discount: fields.dong_if_given("discount_amount")?,
            // An order that is not paid has the number 0.
            trans_id: fields.optional("zp_trans_id").filter(|number| number != "0"),
            server_time: fields.parsed_if_given("server_time")?,
        };
        if response.outcome() == Some(Outcome::Paid) {
            must("amount", response.amount.is_some())?;
        }
        Ok(response)
    }

    /// What became of the money; none when ZaloPay did not answer the question (see
    /// [`QueryResponse::sub_code`], e.g. −101 not found, −429 asked too often).
    pub fn outcome(&self) -> Option<Outcome> {
        codes::outcome(&self.code, &self.sub_code)
    }

    /// True when the answer is about exactly this amount.
    pub fn is_for(&self, amount: Vnd) -> bool {
        self.amount == Some(amount)
    }

    /// The gateway's side: the JSON body.
    pub fn body(&self) -> String {
        let money = |amount: Option<Vnd>| amount.map_or(Value::Null, |amount| amount.0.into());
        codes::head(&self.code, &self.message, &self.sub_code, &self.sub_message)
            .with("is_processing", self.is_processing)
            .with("amount", money(self.amount))
            .with("discount_amount", money(self.discount))
            .with("zp_trans_id", self.trans_id.clone().unwrap_or_default())
            .with("server_time", self.server_time.map_or(Value::Null, Value::from))
            .without_empties()
            .json()
    }
}
