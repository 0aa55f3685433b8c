//! Owns the redirect and the IPN: received fields into a proven, typed notice, and the gateway's
//! making of one. Knows no attempt: whose order it is, and whether it was seen, is the caller's.
//!
//! notification: the redirect (GET, query) and the IPN (POST, JSON) carry the same 13 fields under
//! the same signature. Checked against three notices of MoMo's sandbox: values as they are, UTF-8,
//! an empty `payType` and `extraData` take part.

use motcua_domain::money::Vnd;
use serde_json::Value;

use super::Merchant;
use super::codes::ResultCode;
use crate::fields::{Draft, Fields, MessageError};
use crate::outcome::Outcome;

/// The signed fields, in the order in which they are hashed.
pub const ORDER: [&str; 13] = [
    "accessKey",
    "amount",
    "extraData",
    "message",
    "orderId",
    "orderInfo",
    "orderType",
    "partnerCode",
    "payType",
    "requestId",
    "responseTime",
    "resultCode",
    "transId",
];

/// A redirect's or IPN's content after its signature was proven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// `orderId` of the create request.
    pub order_id: String,
    /// `requestId` of the create request.
    pub request_id: String,
    /// `amount`; compare it with the order's.
    pub amount: Vnd,
    /// `orderInfo` of the create request.
    pub order_info: String,
    /// `orderType`: `momo_wallet`.
    pub order_type: String,
    /// `transId`: MoMo's number, wanted by a refund. After a cancellation it is a number of 13
    /// digits that looks like a time.
    pub trans_id: String,
    /// `resultCode`.
    pub result_code: ResultCode,
    /// `message`.
    pub message: String,
    /// `payType`: `qr`, `webApp`, `app`, `napas` …; empty when nothing was paid.
    pub pay_type: String,
    /// `responseTime`, in milliseconds since 1970.
    pub response_time: u64,
    /// `extraData` of the create request.
    pub extra_data: String,
}

impl Notice {
    /// Proves and reads the body of an IPN, as received.
    pub fn verify_ipn(body: &str, merchant: &Merchant) -> Result<Self, MessageError> {
        Self::verify(Fields::json(body)?, merchant)
    }

    /// Proves and reads the query of a redirect, as received (without the `?`). Foreign parameters
    /// (`utm_…`, `fbclid`) are ignored.
    pub fn verify_redirect(query: &str, merchant: &Merchant) -> Result<Self, MessageError> {
        Self::verify(Fields::query(query), merchant)
    }

    fn verify(mut fields: Fields, merchant: &Merchant) -> Result<Self, MessageError> {
        merchant.prove(&mut fields, &ORDER)?;
        Ok(Self {
            order_id: fields.needed("orderId")?,
            request_id: fields.needed("requestId")?,
            amount: fields.dong("amount")?,
            order_info: fields.owned("orderInfo"),
            order_type: fields.owned("orderType"),
            trans_id: fields.owned("transId"),
            result_code: fields.needed("resultCode")?.as_str().into(),
            message: fields.owned("message"),
            pay_type: fields.owned("payType"),
            response_time: fields.parsed("responseTime")?,
            extra_data: fields.owned("extraData"),
        })
    }

    /// What the notice says about the money. A code about a call or a refund decides nothing here.
    pub fn outcome(&self) -> Outcome {
        self.result_code.outcome().unwrap_or(Outcome::Pending)
    }

    /// True when the notice is about exactly this amount.
    pub fn is_for(&self, amount: Vnd) -> bool {
        self.amount == amount
    }

    /// The gateway's side: the signed body of the IPN.
    pub fn signed_ipn(&self, merchant: &Merchant) -> Result<String, MessageError> {
        Ok(self.draft(merchant)?.json())
    }

    /// The gateway's side: the signed query of the redirect.
    pub fn signed_query(&self, merchant: &Merchant) -> Result<String, MessageError> {
        Ok(self.draft(merchant)?.query())
    }

    fn draft(&self, merchant: &Merchant) -> Result<Draft, MessageError> {
        // MoMo's number is a JSON number where it is one.
        let trans_id = match self.trans_id.parse::<u64>() {
            Ok(number) if number.to_string() == self.trans_id => Value::from(number),
            _ => Value::from(self.trans_id.as_str()),
        };
        let draft = Draft::new([
            ("partnerCode", Value::from(merchant.partner_code.as_str())),
            ("orderId", Value::from(self.order_id.as_str())),
            ("requestId", Value::from(self.request_id.as_str())),
            ("amount", Value::from(self.amount.0)),
            ("orderInfo", Value::from(self.order_info.as_str())),
            ("orderType", Value::from(self.order_type.as_str())),
            ("transId", trans_id),
            ("resultCode", Value::from(self.result_code.number())),
            ("message", Value::from(self.message.as_str())),
            ("payType", Value::from(self.pay_type.as_str())),
            ("responseTime", Value::from(self.response_time)),
            ("extraData", Value::from(self.extra_data.as_str())),
        ]);
        merchant.sign(draft, &ORDER)
    }
}
