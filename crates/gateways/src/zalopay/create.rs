//! Owns the create request and its answer. Knows no attempt and no return page.
//!
//! order-create: `POST /v2/create`.

use motcua_domain::money::Vnd;
use serde_json::Value;

use super::codes::{self, ReturnCode, SubCode};
use super::{LIMITS, Merchant, SCHEME, is_order_id, must, numbered};
use crate::fields::{Draft, Fields, MessageError, within};
use crate::outcome::Created;
use crate::stamp::Stamp;

/// The signed fields, in the order in which they are hashed.
pub const ORDER: [&str; 7] =
    ["app_id", "app_trans_id", "app_user", "amount", "app_time", "embed_data", "item"];

/// How far `app_time` may be from ZaloPay's clock, in milliseconds: 15 minutes.
pub const CLOCK_MILLIS: u64 = 15 * 60 * 1000;
/// `expire_duration_seconds` when it is not sent.
pub const LASTS_SECONDS: u32 = 900;

/// What a merchant asks ZaloPay to collect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateRequest {
    /// `app_trans_id`: at most 40 characters, made by [`super::numbered`]; the same one on a retry.
    pub order_id: String,
    /// `app_user`: who pays, 1 to 50 characters, nothing personal.
    pub app_user: String,
    /// `app_time`: now, in milliseconds since 1970.
    pub app_time: u64,
    /// `expire_duration_seconds`: 300 to 2 592 000; none is 900.
    pub lasts_seconds: Option<u32>,
    /// `amount`, within [`LIMITS`].
    pub amount: Vnd,
    /// `description`: 1 to 256 characters. It is not signed.
    pub description: String,
    /// `item`: a JSON array as text, `[]` when there is nothing to list.
    pub item: String,
    /// `embed_data`: a JSON object as text, `{}` when empty; see [`embed_data`].
    pub embed_data: String,
    /// `callback_url`.
    pub callback_url: String,
    /// `bank_code`: empty shows all methods, `zalopayapp` the app.
    pub bank_code: String,
}

/// An `embed_data`: where the browser comes back, and the methods to show first (`zalopay_wallet`,
/// `vietqr`, `domestic_card`, `account`, `international_card`; none for all).
pub fn embed_data(redirect_url: &str, methods: &[&str]) -> String {
    serde_json::json!({ "redirecturl": redirect_url, "preferred_payment_method": methods })
        .to_string()
}

impl CreateRequest {
    /// The JSON body to post.
    pub fn signed(&self, merchant: &Merchant) -> Result<String, MessageError> {
        self.check()?;
        within(LIMITS, "amount", self.amount)?;
        let draft = Draft::new([
            ("app_id", Value::from(merchant.app_id)),
            ("app_trans_id", Value::from(self.order_id.as_str())),
            ("app_user", Value::from(self.app_user.as_str())),
            ("app_time", Value::from(self.app_time)),
            ("expire_duration_seconds", self.lasts_seconds.map_or(Value::Null, Value::from)),
            ("amount", Value::from(self.amount.0)),
            ("description", Value::from(self.description.as_str())),
            ("item", Value::from(self.item.as_str())),
            ("embed_data", Value::from(self.embed_data.as_str())),
            ("callback_url", Value::from(self.callback_url.as_str())),
            // An empty one is sent: the field is required.
            ("bank_code", Value::from(self.bank_code.as_str())),
        ]);
        Ok(draft.signed(&SCHEME, &merchant.key1, &ORDER)?.json())
    }

    /// The gateway's side: proves and reads a request. `now` is the gateway's clock in
    /// milliseconds since 1970. The code is the one that ZaloPay answers with: −402 not proven,
    /// −401 bad data or a clock that is too far off.
    pub fn verify(body: &str, merchant: &Merchant, now: u64) -> Result<Self, SubCode> {
        let request = Self::read(body, merchant).map_err(|error| match error {
            MessageError::BadHash | MessageError::Unsigned | MessageError::Foreign(_) => {
                SubCode::BadSignature
            }
            _ => SubCode::BadData,
        })?;
        if request.app_time.abs_diff(now) > CLOCK_MILLIS {
            return Err(SubCode::BadData);
        }
        Ok(request)
    }

    fn read(body: &str, merchant: &Merchant) -> Result<Self, MessageError> {
        let fields = Fields::json(body)?;
        merchant.prove(&fields, &ORDER)?;
        let request = Self {
            order_id: fields.needed("app_trans_id")?,
            app_user: fields.needed("app_user")?,
            app_time: fields.parsed("app_time")?,
            lasts_seconds: fields.parsed_if_given("expire_duration_seconds")?,
            amount: within(LIMITS, "amount", fields.dong("amount")?)?,
            description: fields.needed("description")?,
            item: fields.needed("item")?,
            embed_data: fields.needed("embed_data")?,
            callback_url: fields.owned("callback_url"),
            bank_code: fields.owned("bank_code"),
        };
        request.check()?;
        Ok(request)
    }

    fn check(&self) -> Result<(), MessageError> {
        let length = |text: &str, most: usize| (1..=most).contains(&text.chars().count());
        must("app_trans_id", is_order_id(&self.order_id))?;
        // The day in the number must be the day of the order, in GMT+7.
        let today = numbered(Stamp::from_unix(self.app_time / 1000), "");
        must("app_trans_id", self.order_id.starts_with(&today))?;
        must("app_user", length(&self.app_user, 50))?;
        must("description", length(&self.description, 256))?;
        let lasts = self.lasts_seconds.is_none_or(|lasts| (300..=2_592_000).contains(&lasts));
        must("expire_duration_seconds", lasts)?;
        must("item", serde_json::from_str::<Vec<Value>>(&self.item).is_ok())?;
        let object = serde_json::from_str::<serde_json::Map<String, Value>>(&self.embed_data);
        must("embed_data", object.is_ok())
    }
}

/// ZaloPay's answer to a create request. It is not signed, and names no order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateResponse {
    /// `return_code`.
    pub code: ReturnCode,
    /// `return_message`.
    pub message: String,
    /// `sub_return_code`.
    pub sub_code: SubCode,
    /// `sub_return_message`.
    pub sub_message: String,
    /// `order_url`: ZaloPay's page; send the citizen there.
    pub order_url: Option<String>,
    /// `zp_trans_token`.
    pub trans_token: Option<String>,
    /// `order_token`.
    pub order_token: Option<String>,
    /// `qr_code`: the text of a QR code (EMVCo), which banks read too.
    pub qr_code: Option<String>,
}

impl CreateResponse {
    /// Reads an answer.
    pub fn parse(body: &str) -> Result<Self, MessageError> {
        let fields = Fields::json(body)?;
        let response = Self {
            code: fields.needed("return_code")?.as_str().into(),
            message: fields.owned("return_message"),
            sub_code: fields.get("sub_return_code").into(),
            sub_message: fields.owned("sub_return_message"),
            order_url: fields.optional("order_url"),
            trans_token: fields.optional("zp_trans_token"),
            order_token: fields.optional("order_token"),
            qr_code: fields.optional("qr_code"),
        };
        if response.code == ReturnCode::Success {
            must("order_url", response.order_url.is_some())?;
        }
        Ok(response)
    }

    /// What became of the order.
    pub fn created(&self) -> Created {
        codes::created(&self.code, &self.sub_code)
    }

    /// The gateway's side: the JSON body.
    pub fn body(&self) -> String {
        let text = |value: &Option<String>| Value::from(value.clone().unwrap_or_default());
        codes::head(&self.code, &self.message, &self.sub_code, &self.sub_message)
            .with("order_url", text(&self.order_url))
            .with("zp_trans_token", text(&self.trans_token))
            .with("order_token", text(&self.order_token))
            .with("qr_code", text(&self.qr_code))
            .without_empties()
            .json()
    }
}
