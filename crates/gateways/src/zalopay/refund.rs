//! Owns refund: asking ZaloPay to give money back, asking what became of that, and the answers.
//! Knows no fee and no policy.
//!
//! `POST /v2/refund` and `POST /v2/query_refund`. A refund is asynchronous: ask until the answer is
//! final.

use motcua_domain::money::Vnd;
use serde_json::Value;

use super::codes::{self, ReturnCode, SubCode};
use super::{LIMITS, Merchant, SCHEME, must};
use crate::fields::{Draft, Fields, MessageError, within};
use crate::limits::Limits;
use crate::outcome::RefundOutcome;

/// The signed fields of a refund request, in the order in which they are hashed.
pub const REFUND: [&str; 5] = ["app_id", "zp_trans_id", "amount", "description", "timestamp"];
/// The signed fields of a question about a refund.
pub const QUERY: [&str; 3] = ["app_id", "m_refund_id", "timestamp"];

/// A part may be given back, down to one đồng. ZaloPay's own floor of a refund is **UNVERIFIED**.
const AMOUNTS: Limits = Limits { least: Vnd(1), most: LIMITS.most };

/// A request to give money back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundRequest {
    /// `m_refund_id`: `yymmdd_appid_…`, made by [`super::numbered`]. It is not signed; at most 45
    /// characters (**UNVERIFIED**).
    pub refund_id: String,
    /// `zp_trans_id` of the payment.
    pub trans_id: String,
    /// `amount` to give back.
    pub amount: Vnd,
    /// `timestamp`: now, in milliseconds since 1970.
    pub timestamp: u64,
    /// `description`: why. It is signed.
    pub description: String,
}

impl RefundRequest {
    /// The JSON body to post.
    pub fn signed(&self, merchant: &Merchant) -> Result<String, MessageError> {
        must("m_refund_id", is_refund_id(&self.refund_id, merchant))?;
        must("zp_trans_id", !self.trans_id.is_empty())?;
        must("description", !self.description.is_empty())?;
        within(AMOUNTS, "amount", self.amount)?;
        let draft = Draft::new([
            ("app_id", Value::from(merchant.app_id)),
            ("m_refund_id", Value::from(self.refund_id.as_str())),
            ("zp_trans_id", Value::from(self.trans_id.as_str())),
            ("amount", Value::from(self.amount.0)),
            ("timestamp", Value::from(self.timestamp)),
            ("description", Value::from(self.description.as_str())),
        ]);
        Ok(draft.signed(&SCHEME, &merchant.key1, &REFUND)?.json())
    }

    /// The gateway's side: proves and reads a request.
    pub fn verify(body: &str, merchant: &Merchant) -> Result<Self, MessageError> {
        let fields = Fields::json(body)?;
        merchant.prove(&fields, &REFUND)?;
        let refund_id = fields.needed("m_refund_id")?;
        must("m_refund_id", is_refund_id(&refund_id, merchant))?;
        Ok(Self {
            refund_id,
            trans_id: fields.needed("zp_trans_id")?,
            amount: within(AMOUNTS, "amount", fields.dong("amount")?)?,
            timestamp: fields.parsed("timestamp")?,
            description: fields.needed("description")?,
        })
    }
}

/// A question about one refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundQuery {
    /// `m_refund_id` of the refund request.
    pub refund_id: String,
    /// `timestamp`: now, in milliseconds since 1970.
    pub timestamp: u64,
}

impl RefundQuery {
    /// The JSON body to post.
    pub fn signed(&self, merchant: &Merchant) -> Result<String, MessageError> {
        must("m_refund_id", is_refund_id(&self.refund_id, merchant))?;
        let draft = Draft::new([
            ("app_id", Value::from(merchant.app_id)),
            ("m_refund_id", Value::from(self.refund_id.as_str())),
            ("timestamp", Value::from(self.timestamp)),
        ]);
        Ok(draft.signed(&SCHEME, &merchant.key1, &QUERY)?.json())
    }

    /// The gateway's side: proves and reads a question.
    pub fn verify(body: &str, merchant: &Merchant) -> Result<Self, MessageError> {
        let fields = Fields::json(body)?;
        merchant.prove(&fields, &QUERY)?;
        Ok(Self {
            refund_id: fields.needed("m_refund_id")?,
            timestamp: fields.parsed("timestamp")?,
        })
    }
}

/// `yymmdd_appid_…`, with this merchant's number.
fn is_refund_id(text: &str, merchant: &Merchant) -> bool {
    let mut parts = text.splitn(3, '_');
    let day = parts.next().unwrap_or_default();
    let day = day.len() == 6 && day.bytes().all(|b| b.is_ascii_digit());
    let ours = parts.next() == Some(merchant.app_id.to_string().as_str());
    day && ours && parts.next().is_some_and(|rest| !rest.is_empty()) && text.len() <= 45
}

/// ZaloPay's answer to a refund request or to a question about one. It is not signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundResponse {
    /// `return_code`: 1 done, 2 failed, 3 processing.
    pub code: ReturnCode,
    /// `return_message`.
    pub message: String,
    /// `sub_return_code`.
    pub sub_code: SubCode,
    /// `sub_return_message`.
    pub sub_message: String,
    /// `refund_id`: ZaloPay's number of the refund.
    pub refund_id: Option<String>,
}

impl RefundResponse {
    /// Reads an answer.
    pub fn parse(body: &str) -> Result<Self, MessageError> {
        let fields = Fields::json(body)?;
        Ok(Self {
            code: fields.needed("return_code")?.as_str().into(),
            message: fields.owned("return_message"),
            sub_code: fields.get("sub_return_code").into(),
            sub_message: fields.owned("sub_return_message"),
            refund_id: fields.optional("refund_id"),
        })
    }

    /// What became of the refund.
    pub fn outcome(&self) -> RefundOutcome {
        codes::refunded(&self.code, &self.sub_code)
    }

    /// The gateway's side: the JSON body.
    pub fn body(&self) -> String {
        codes::head(&self.code, &self.message, &self.sub_code, &self.sub_message)
            .with("refund_id", self.refund_id.clone().unwrap_or_default())
            .without_empties()
            .json()
    }
}
