//! Owns confirm: capturing or cancelling a payment that was only authorised. Knows no attempt. We
//! let MoMo capture at once; this is for a payment found authorised (9000).
//!
//! confirm: `POST /v2/gateway/api/confirm`.

use motcua_domain::money::Vnd;
use serde_json::Value;

use super::create::Lang;
use super::{LIMITS, Merchant, is_order_id, is_request_id, must};
use crate::fields::{Draft, Fields, MessageError, within};

/// The signed fields, in the order in which they are hashed.
pub const ORDER: [&str; 7] =
    ["accessKey", "amount", "description", "orderId", "partnerCode", "requestId", "requestType"];

/// What becomes of the money that is held (`requestType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ConfirmKind {
    /// `capture`: take it.
    Capture,
    /// `cancel`: let it go.
    Cancel,
}

impl ConfirmKind {
    /// The value of `requestType`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Capture => "capture",
            Self::Cancel => "cancel",
        }
    }
}

/// A request to capture or cancel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfirmRequest {
    /// `requestId`: the key of idempotency.
    pub request_id: String,
    /// `orderId` of the create request.
    pub order_id: String,
    /// `requestType`.
    pub kind: ConfirmKind,
    /// `amount` of the order.
    pub amount: Vnd,
    /// `description`; may be empty.
    pub description: String,
    /// `lang`.
    pub lang: Lang,
}

impl ConfirmRequest {
    /// The JSON body to post.
    pub fn signed(&self, merchant: &Merchant) -> Result<String, MessageError> {
        must("requestId", is_request_id(&self.request_id))?;
        must("orderId", is_order_id(&self.order_id))?;
        within(LIMITS, "amount", self.amount)?;
        let draft = Draft::new([
            ("partnerCode", Value::from(merchant.partner_code.as_str())),
            ("requestId", Value::from(self.request_id.as_str())),
            ("orderId", Value::from(self.order_id.as_str())),
            ("requestType", Value::from(self.kind.code())),
            ("amount", Value::from(self.amount.0)),
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
            kind: match fields.get("requestType") {
                "capture" => ConfirmKind::Capture,
                "cancel" => ConfirmKind::Cancel,
                _ => return Err(MessageError::Malformed("requestType")),
            },
            amount: fields.dong("amount")?,
            description: fields.owned("description"),
            lang: if fields.get("lang") == "en" { Lang::English } else { Lang::Vietnamese },
        })
    }
}
