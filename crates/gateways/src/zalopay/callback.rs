//! Owns the callback, ZaloPay's notice: a received body into proven, typed content, and the
//! gateway's making of one. Knows no attempt.
//!
//! callback-api: only after a success, `POST {"data":"<JSON as text>","mac","type":1}`;
//! `mac` = HMAC-SHA256 under `key2` of `data` exactly as it was received.

use motcua_domain::money::Vnd;
use serde_json::Value;

use super::{Merchant, SCHEME};
use crate::fields::{Draft, Fields, MessageError};
use crate::outcome::Outcome;

/// A callback's content after its signature was proven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callback {
    /// `app_trans_id` of the create request.
    pub order_id: String,
    /// `app_time` of the create request.
    pub app_time: u64,
    /// `app_user` of the create request.
    pub app_user: String,
    /// `amount`; compare it with the order's.
    pub amount: Vnd,
    /// `embed_data` of the create request.
    pub embed_data: String,
    /// `item` of the create request.
    pub item: String,
    /// `zp_trans_id`: ZaloPay's number, wanted by a refund.
    pub trans_id: String,
    /// `server_time`: when it was paid, in milliseconds since 1970.
    pub server_time: u64,
    /// `channel`: 36 Visa/Master/JCB, 37 bank account, 38 wallet, 39 ATM, 41 Visa/Master debit
    /// (the numbers other than 38 are from **MEMORY**).
    pub channel: String,
    /// `merchant_user_id`, in other versions `zp_user_id`.
    pub user_id: String,
    /// `user_fee_amount`: what the payer paid on top.
    pub user_fee: Vnd,
    /// `discount_amount`: what ZaloPay paid for the payer.
    pub discount: Vnd,
}

impl Callback {
    /// Proves and reads the body of a callback, as received.
    pub fn verify(body: &str, merchant: &Merchant) -> Result<Self, MessageError> {
        let outer = Fields::json(body)?;
        // One signed value, whatever stands in it: there is no border to forge.
        let data = outer.get("data");
        let mac = outer.get(SCHEME.proof);
        if mac.is_empty() {
            return Err(MessageError::Unsigned);
        }
        if !SCHEME.mac.proves(&merchant.key2, data, mac) {
            return Err(MessageError::BadHash);
        }
        // The type is not signed; 1 is the only one that tells of a payment.
        outer.must_be("type", "1")?;
        let fields = Fields::json(data)?;
        fields.must_be("app_id", &merchant.app_id.to_string())?;
        let zero = |amount: Option<Vnd>| amount.unwrap_or(Vnd::ZERO);
        Ok(Self {
            order_id: fields.needed("app_trans_id")?,
            app_time: fields.parsed("app_time")?,
            app_user: fields.owned("app_user"),
            amount: fields.dong("amount")?,
            embed_data: fields.owned("embed_data"),
            item: fields.owned("item"),
            trans_id: fields.needed("zp_trans_id")?,
            server_time: fields.parsed("server_time")?,
            channel: fields.owned("channel"),
            user_id: fields
                .optional("merchant_user_id")
                .unwrap_or_else(|| fields.owned("zp_user_id")),
            user_fee: zero(fields.dong_if_given("user_fee_amount")?),
            discount: zero(fields.dong_if_given("discount_amount")?),
        })
    }

    /// What the callback says about the money: it comes only when it was paid.
    pub fn outcome(&self) -> Outcome {
        Outcome::Paid
    }

    /// True when the callback is about exactly this amount.
    pub fn is_for(&self, amount: Vnd) -> bool {
        self.amount == amount
    }

    /// The gateway's side: the signed body.
    pub fn signed(&self, merchant: &Merchant) -> String {
        let number = |text: &str| match text.parse::<u64>() {
            Ok(number) if number.to_string() == text => Value::from(number),
            _ => Value::from(text),
        };
        let data = Draft::new([
            ("app_id", Value::from(merchant.app_id)),
            ("app_trans_id", Value::from(self.order_id.as_str())),
            ("app_time", Value::from(self.app_time)),
            ("app_user", Value::from(self.app_user.as_str())),
            ("amount", Value::from(self.amount.0)),
            ("embed_data", Value::from(self.embed_data.as_str())),
            ("item", Value::from(self.item.as_str())),
            ("zp_trans_id", number(&self.trans_id)),
            ("server_time", Value::from(self.server_time)),
            ("channel", number(&self.channel)),
            ("merchant_user_id", Value::from(self.user_id.as_str())),
            ("user_fee_amount", Value::from(self.user_fee.0)),
            ("discount_amount", Value::from(self.discount.0)),
        ])
        .json();
        let mac = SCHEME.mac.hex(&merchant.key2, &data);
        Draft::new([
            ("data", Value::from(data)),
            (SCHEME.proof, Value::from(mac)),
            ("type", Value::from(1)),
        ])
        .json()
    }
}
