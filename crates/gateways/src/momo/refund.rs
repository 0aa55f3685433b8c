//! Owns refund: asking MoMo to give money back, and its answer. Knows no fee and no policy.
//!
//! refund: `POST /v2/gateway/api/refund`. The documented answer carries no signature.

use motcua_domain::money::Vnd;
use serde_json::Value;

use super::codes::ResultCode;
use super::create::Lang;
use super::{LIMITS, Merchant, is_order_id, is_request_id, must};
use crate::fields::{Draft, Fields, MessageError, within};
use crate::limits::Limits;
use crate::outcome::RefundOutcome;

/// The signed fields, in the order in which they are hashed.
pub const ORDER: [&str; 7] =
    ["accessKey", "amount", "description", "orderId", "partnerCode", "requestId", "transId"];

/// A part may be given back, down to one đồng; no more than a payment can be. MoMo's own floor of a
/// refund is **UNVERIFIED**.
const REFUND: Limits = Limits { least: Vnd(1), most: LIMITS.most };

/// A request to give money back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundRequest {
    /// `requestId`: the key of idempotency.
    pub request_id: String,
    /// `orderId`: a new one, not the payment's.
    pub order_id: String,
    /// `amount` to give back.
    pub amount: Vnd,
    /// `transId` of the payment.
    pub trans_id: String,
    /// `description`; may be empty, and takes part in the signature then too.
    pub description: String,
    /// `lang`.
    pub lang: Lang,
}

impl RefundRequest {
    /// The JSON body to post.
    pub fn signed(&self, merchant: &Merchant) -> Result<String, MessageError> {
        must("requestId", is_request_id(&self.request_id))?;
        must("orderId", is_order_id(&self.order_id))?;
        within(REFUND, "amount", self.amount)?;
        let trans_id: u64 =
            self.trans_id.parse().map_err(|_| MessageError::Malformed("transId"))?;
        let draft = Draft::new([
            ("partnerCode", Value::from(merchant.partner_code.as_str())),
            ("orderId", Value::from(self.order_id.as_str())),
            ("requestId", Value::from(self.request_id.as_str())),
            ("amount", Value::from(self.amount.0)),
            ("transId", Value::from(trans_id)),
            ("lang", Value::from(self.lang.code())),
            ("description", Value::from(self.description.as_str())),
        ]);
        Ok(merchant.sign(draft, &ORDER)?.json())
    }

    /// The gateway's side: proves and reads a request.
    pub fn verify(body: &str, merchant: &Merchant) -> Result<Self, MessageError> {
        let mut fields = Fields::json(body)?;
        merchant.prove(&mut fields, &ORDER)?;
        Ok(Self {
            request_id: fields.needed("requestId")?,
            order_id: fields.needed("orderId")?,
            amount: within(REFUND, "amount", fields.dong("amount")?)?,
            trans_id: fields.needed("transId")?,
            description: fields.owned("description"),
            lang: if fields.get("lang") == "en" { Lang::English } else { Lang::Vietnamese },
        })
    }
}

/// MoMo's answer to a refund request. It is not signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundResponse {
    /// `resultCode`.
    pub result_code: ResultCode,
    /// `message`.
    pub message: String,
    /// `transId` of the refund.
    pub trans_id: Option<String>,
    /// `amount` given back.
    pub amount: Option<Vnd>,
}

impl RefundResponse {
    /// Reads the answer to `asked`.
    pub fn parse(
        body: &str,
        merchant: &Merchant,
        asked: &RefundRequest,
    ) -> Result<Self, MessageError> {
        let fields = Fields::json(body)?;
        let response = Self {
            result_code: fields.needed("resultCode")?.as_str().into(),
            message: fields.owned("message"),
            trans_id: fields.optional("transId"),
            amount: fields.dong_if_given("amount")?,
        };
        if response.outcome() == RefundOutcome::Done {
            fields.must_be("partnerCode", &merchant.partner_code)?;
            fields.must_be("orderId", &asked.order_id)?;
            fields.must_be("requestId", &asked.request_id)?;
            must("amount", response.amount == Some(asked.amount))?;
        }
        Ok(response)
    }

    /// What became of the refund.
    pub fn outcome(&self) -> RefundOutcome {
        self.result_code.refunded()
    }

    /// The gateway's side: the JSON body.
    pub fn body(&self, merchant: &Merchant, asked: &RefundRequest) -> String {
        let draft = Draft::new([
            ("partnerCode", Value::from(merchant.partner_code.as_str())),
            ("orderId", Value::from(asked.order_id.as_str())),
            ("requestId", Value::from(asked.request_id.as_str())),
            ("amount", self.amount.map_or(Value::Null, |amount| Value::from(amount.0))),
            ("transId", Value::from(self.trans_id.clone().unwrap_or_default())),
            ("resultCode", Value::from(self.result_code.number())),
            ("message", Value::from(self.message.as_str())),
        ]);
        draft.without_empties().json()
    }
}
