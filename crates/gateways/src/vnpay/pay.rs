//! Owns the pay request: a typed order into a signed URL, and the gateway's check of one. Knows
//! no attempt and no return page.
//!
//! VNPAY PAY 2.1.0, pay.html ("Tham số gửi sang VNPAY"): `GET /paymentv2/vpcpay.html?…`.

use std::collections::BTreeMap;

use thiserror::Error;

use super::amount::{Amount, parse_hundredths};
use super::canonical::{self, Empties, HASH_KEY};
use super::codes::CreateError;
use super::notice::Received;
use super::{Merchant, VERSION};
use crate::stamp::Stamp;
use crate::text::OrderInfo;

/// The language of the gateway's pages (`vnp_Locale`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Locale {
    /// `vn`
    #[default]
    Vietnamese,
    /// `en`
    English,
}

impl Locale {
    /// The value of `vnp_Locale`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Vietnamese => "vn",
            Self::English => "en",
        }
    }
}

/// What a merchant asks the gateway to collect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayRequest {
    /// `vnp_TxnRef`: 1 to 100 of `[A-Za-z0-9_.-]`, unique per day (GMT+7) and merchant.
    pub txn_ref: String,
    /// `vnp_Amount`, sent in hundredths of a đồng.
    pub amount: Amount,
    /// `vnp_OrderInfo`.
    pub order_info: OrderInfo,
    /// `vnp_OrderType`: 1 to 100 characters, usually `other`.
    pub order_type: String,
    /// `vnp_ReturnUrl`: 10 to 255 characters, http or https, may have its own query.
    pub return_url: String,
    /// `vnp_IpAddr`: the payer's address, 7 to 45 characters.
    pub ip_addr: String,
    /// `vnp_CreateDate`; querydr asks for it again as `vnp_TransactionDate`.
    pub created: Stamp,
    /// `vnp_ExpireDate`, after `created`.
    pub expires: Option<Stamp>,
    /// `vnp_Locale`.
    pub locale: Locale,
    /// `vnp_BankCode`: `VNPAYQR`, `VNBANK`, `INTCARD` or a bank; none shows the chooser page.
    pub bank_code: Option<String>,
}

/// Why a request would be refused by the gateway; the name is the parameter's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PayError {
    /// The parameter has not the documented form or length.
    #[error("{0} has not the documented form")]
    Malformed(&'static str),
}

impl PayRequest {
    /// The address to send the payer to: `endpoint?…&vnp_SecureHash=…`, with empty values left
    /// out. `endpoint` is the gateway's `…/paymentv2/vpcpay.html`, without a query.
    pub fn signed_url(&self, endpoint: &str, merchant: &Merchant) -> Result<String, PayError> {
        self.check()?;
        let mut params = BTreeMap::new();
        let mut put = |key: &str, value: String| params.insert(key.to_owned(), value);
        put("vnp_Version", VERSION.to_owned());
        put("vnp_Command", "pay".to_owned());
        put("vnp_TmnCode", merchant.tmn_code.clone());
        put("vnp_Amount", self.amount.hundredths().to_string());
        put("vnp_CurrCode", "VND".to_owned());
        put("vnp_TxnRef", self.txn_ref.clone());
        put("vnp_OrderInfo", self.order_info.as_str().to_owned());
        put("vnp_OrderType", self.order_type.clone());
        put("vnp_Locale", self.locale.code().to_owned());
        put("vnp_ReturnUrl", self.return_url.clone());
        put("vnp_IpAddr", self.ip_addr.clone());
        put("vnp_CreateDate", self.created.to_string());
        put("vnp_ExpireDate", self.expires.map(|at| at.to_string()).unwrap_or_default());
        put("vnp_BankCode", self.bank_code.clone().unwrap_or_default());
        let query = canonical::canonical(&params, Empties::Drop);
        let hash = canonical::sign(&merchant.secret, &query);
        Ok(format!("{endpoint}?{query}&{HASH_KEY}={hash}"))
    }

    /// The gateway's side: reads and checks the query of a pay URL as the sandbox does. `now` is
    /// the gateway's clock. Errors are in the order: unknown merchant (72), signature (70), format
    /// (03), amount (32), time over (15).
    pub fn verify(query: &str, merchant: &Merchant, now: Stamp) -> Result<Self, CreateError> {
        let received = Received::parse(query).map_err(|_| CreateError::BadFormat)?;
        if received.get("vnp_TmnCode") != merchant.tmn_code {
            return Err(CreateError::UnknownMerchant);
        }
        if !received.proven(&merchant.secret) {
            return Err(CreateError::BadHash);
        }
        let format = |ok: bool| if ok { Ok(()) } else { Err(CreateError::BadFormat) };
        format(received.get("vnp_Version") == VERSION)?;
        format(received.get("vnp_Command") == "pay")?;
        format(received.get("vnp_CurrCode") == "VND")?;
        let stamp = |key| received.get(key).parse::<Stamp>().map_err(|_| CreateError::BadFormat);
        let created = stamp("vnp_CreateDate")?;
        let expires = match received.get("vnp_ExpireDate") {
            "" => None,
            _ => Some(stamp("vnp_ExpireDate")?),
        };
        let locale = match received.get("vnp_Locale") {
            "vn" => Locale::Vietnamese,
            "en" => Locale::English,
            _ => return Err(CreateError::BadFormat),
        };
        let hundredths =
            parse_hundredths(received.get("vnp_Amount")).ok_or(CreateError::BadFormat)?;
        format(hundredths % 100 == 0)?;
        let amount = Amount::from_dong(hundredths / 100).map_err(|_| CreateError::Amount)?;
        let text = |key| received.get(key).to_owned();
        let request = Self {
            txn_ref: text("vnp_TxnRef"),
            amount,
            order_info: OrderInfo::received(text("vnp_OrderInfo")),
            order_type: text("vnp_OrderType"),
            return_url: text("vnp_ReturnUrl"),
            ip_addr: text("vnp_IpAddr"),
            created,
            expires,
            locale,
            bank_code: Some(text("vnp_BankCode")).filter(|code| !code.is_empty()),
        };
        request.check().map_err(|_| CreateError::BadFormat)?;
        if expires.is_some_and(|at| at <= now) {
            return Err(CreateError::TimedOut);
        }
        Ok(request)
    }

    fn check(&self) -> Result<(), PayError> {
        let length = |name, text: &str, from: usize, to: usize| {
            let ok = (from..=to).contains(&text.chars().count());
            if ok { Ok(()) } else { Err(PayError::Malformed(name)) }
        };
        let sane = |name, ok: bool| if ok { Ok(()) } else { Err(PayError::Malformed(name)) };
        length("vnp_TxnRef", &self.txn_ref, 1, 100)?;
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-');
        sane("vnp_TxnRef", self.txn_ref.bytes().all(plain))?;
        length("vnp_OrderInfo", self.order_info.as_str(), 1, 255)?;
        length("vnp_OrderType", &self.order_type, 1, 100)?;
        length("vnp_ReturnUrl", &self.return_url, 10, 255)?;
        let web = self.return_url.starts_with("https://") || self.return_url.starts_with("http://");
        sane("vnp_ReturnUrl", web && self.return_url.bytes().all(|b| b.is_ascii_graphic()))?;
        length("vnp_IpAddr", &self.ip_addr, 7, 45)?;
        sane("vnp_ExpireDate", self.expires.is_none_or(|at| at > self.created))?;
        if let Some(code) = &self.bank_code {
            length("vnp_BankCode", code, 3, 20)?;
        }
        Ok(())
    }
}
