//! Owns the create request and its answer. Knows no attempt and no return page.
//!
//! onetime: `POST /v2/gateway/api/create`.

use motcua_domain::money::Vnd;
use serde_json::Value;

use super::codes::ResultCode;
use super::{LIMITS, Merchant, is_order_id, is_request_id, must};
use crate::fields::{Draft, Fields, MessageError, within};
use crate::outcome::Created;

/// The signed fields, in the order in which they are hashed.
pub const ORDER: [&str; 10] = [
    "accessKey",
    "amount",
    "extraData",
    "ipnUrl",
    "orderId",
    "orderInfo",
    "partnerCode",
    "redirectUrl",
    "requestId",
    "requestType",
];

/// How the citizen pays (`requestType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RequestType {
    /// `captureWallet`: the MoMo wallet.
    #[default]
    CaptureWallet,
    /// `payWithMethod`: MoMo's page lets the payer choose.
    PayWithMethod,
}

impl RequestType {
    /// The value of `requestType`.
    pub fn code(self) -> &'static str {
        match self {
            Self::CaptureWallet => "captureWallet",
            Self::PayWithMethod => "payWithMethod",
        }
    }
}

/// The language of MoMo's messages (`lang`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// `vi`
    #[default]
    Vietnamese,
    /// `en`
    English,
}

impl Lang {
    /// The value of `lang`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Vietnamese => "vi",
            Self::English => "en",
        }
    }
}

/// What a merchant asks MoMo to collect. The payment is captured at once (`autoCapture`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateRequest {
    /// `requestId`: the key of idempotency, at most 50 characters. The same one on a retry.
    pub request_id: String,
    /// `amount`, within [`LIMITS`].
    pub amount: Vnd,
    /// `orderId`: see [`super::is_order_id`]; not guessable.
    pub order_id: String,
    /// `orderInfo`, not empty.
    pub order_info: String,
    /// `redirectUrl`: where the browser comes back, http or https.
    pub redirect_url: String,
    /// `ipnUrl`: http or https, a path only: no query and no special characters.
    pub ipn_url: String,
    /// `requestType`.
    pub request_type: RequestType,
    /// `extraData`: empty, or JSON in base64. It comes back in the notice.
    pub extra_data: String,
    /// `lang`.
    pub lang: Lang,
}

impl CreateRequest {
    /// The JSON body to post.
    pub fn signed(&self, merchant: &Merchant) -> Result<String, MessageError> {
        self.check()?;
        within(LIMITS, "amount", self.amount)?;
        let draft = Draft::new([
            ("partnerCode", Value::from(merchant.partner_code.as_str())),
            ("requestId", Value::from(self.request_id.as_str())),
            ("amount", Value::from(self.amount.0)),
            ("orderId", Value::from(self.order_id.as_str())),
            ("orderInfo", Value::from(self.order_info.as_str())),
            ("redirectUrl", Value::from(self.redirect_url.as_str())),
            ("ipnUrl", Value::from(self.ipn_url.as_str())),
            ("requestType", Value::from(self.request_type.code())),
            ("extraData", Value::from(self.extra_data.as_str())),
            ("lang", Value::from(self.lang.code())),
            ("autoCapture", Value::from(true)),
        ]);
        Ok(merchant.sign(draft, &ORDER)?.json())
    }

    /// The gateway's side: proves and reads a request; the code is the one that MoMo answers with:
    /// 13 not proven, 20 bad format, 22 amount out of range.
    pub fn verify(body: &str, merchant: &Merchant) -> Result<Self, ResultCode> {
        let request = Self::read(body, merchant).map_err(|error| match error {
            MessageError::BadHash | MessageError::Unsigned | MessageError::Foreign(_) => {
                ResultCode::BadCredentials
            }
            MessageError::Malformed("amount") => ResultCode::BadAmount,
            _ => ResultCode::BadFormat,
        })?;
        within(LIMITS, "amount", request.amount).map_err(|_| ResultCode::AmountOutOfRange)?;
        Ok(request)
    }

    fn read(body: &str, merchant: &Merchant) -> Result<Self, MessageError> {
        let mut fields = Fields::json(body)?;
        merchant.prove(&mut fields, &ORDER)?;
        let request = Self {
            request_id: fields.needed("requestId")?,
            amount: fields.dong("amount")?,
            order_id: fields.needed("orderId")?,
            order_info: fields.needed("orderInfo")?,
            redirect_url: fields.needed("redirectUrl")?,
            ipn_url: fields.needed("ipnUrl")?,
            request_type: match fields.get("requestType") {
                "captureWallet" => RequestType::CaptureWallet,
                "payWithMethod" => RequestType::PayWithMethod,
                _ => return Err(MessageError::Malformed("requestType")),
            },
            extra_data: fields.owned("extraData"),
            lang: match fields.get("lang") {
                "en" => Lang::English,
                "vi" | "" => Lang::Vietnamese,
                _ => return Err(MessageError::Malformed("lang")),
            },
        };
        request.check()?;
        Ok(request)
    }

    fn check(&self) -> Result<(), MessageError> {
        let web = |url: &str| {
            let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
            rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_graphic()))
        };
        let path_only = |b: u8| b.is_ascii_alphanumeric() || b"-._~/:[]".contains(&b);
        let base64 = |b: u8| b.is_ascii_alphanumeric() || b"+/=-_".contains(&b);
        must("requestId", is_request_id(&self.request_id))?;
        must("orderId", is_order_id(&self.order_id))?;
        must("orderInfo", !self.order_info.is_empty())?;
        must("redirectUrl", web(&self.redirect_url))?;
        must("ipnUrl", web(&self.ipn_url) && self.ipn_url.bytes().all(path_only))?;
        must("extraData", self.extra_data.bytes().all(base64))
    }
}

/// MoMo's answer to a create request. It is not signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateResponse {
    /// `resultCode`.
    pub result_code: ResultCode,
    /// `message`, in the language asked for.
    pub message: String,
    /// `requestId` of the request.
    pub request_id: String,
    /// `orderId` of the request.
    pub order_id: String,
    /// `amount` of the request.
    pub amount: Option<Vnd>,
    /// `responseTime`, in milliseconds since 1970.
    pub response_time: Option<u64>,
    /// `payUrl`: MoMo's page; send the citizen there.
    pub pay_url: Option<String>,
    /// `deeplink`: opens the MoMo app.
    pub deeplink: Option<String>,
    /// `qrCodeUrl`: the text of a QR code (EMVCo), in spite of its name not the address of a
    /// picture.
    pub qr_code: Option<String>,
}

impl CreateResponse {
    /// Reads the answer to `asked`. An answer about another order is an error, whatever it says.
    pub fn parse(
        body: &str,
        merchant: &Merchant,
        asked: &CreateRequest,
    ) -> Result<Self, MessageError> {
        let fields = Fields::json(body)?;
        let response = Self {
            result_code: fields.needed("resultCode")?.as_str().into(),
            message: fields.owned("message"),
            request_id: fields.owned("requestId"),
            order_id: fields.owned("orderId"),
            amount: fields.dong_if_given("amount")?,
            response_time: fields.parsed_if_given("responseTime")?,
            pay_url: fields.optional("payUrl"),
            deeplink: fields.optional("deeplink"),
            qr_code: fields.optional("qrCodeUrl"),
        };
        let ready = response.result_code == ResultCode::Success;
        for (name, ours) in [
            ("partnerCode", &merchant.partner_code),
            ("requestId", &asked.request_id),
            ("orderId", &asked.order_id),
        ] {
            // A refusal of a malformed request need not name the order.
            if ready || !fields.get(name).is_empty() {
                fields.must_be(name, ours)?;
            }
        }
        if ready {
            must("payUrl", response.pay_url.is_some())?;
            must("amount", response.amount == Some(asked.amount))?;
        }
        Ok(response)
    }

    /// What became of the order.
    pub fn created(&self) -> Created {
        self.result_code.created()
    }

    /// The gateway's side: the JSON body.
    pub fn body(&self, merchant: &Merchant) -> String {
        let text = |value: &Option<String>| Value::from(value.clone().unwrap_or_default());
        let draft = Draft::new([
            ("partnerCode", Value::from(merchant.partner_code.as_str())),
            ("requestId", Value::from(self.request_id.as_str())),
            ("orderId", Value::from(self.order_id.as_str())),
            ("amount", self.amount.map_or(Value::Null, |amount| Value::from(amount.0))),
            ("responseTime", self.response_time.map_or(Value::Null, Value::from)),
            ("message", Value::from(self.message.as_str())),
            ("resultCode", Value::from(self.result_code.number())),
            ("payUrl", text(&self.pay_url)),
            ("deeplink", text(&self.deeplink)),
            ("qrCodeUrl", text(&self.qr_code)),
        ]);
        draft.without_empties().json()
    }
}
