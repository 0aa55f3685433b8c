//! Owns the return and the IPN: a received query into a proven, typed notice, and the gateway's
//! making of one. Knows no attempt: whose order it is, and whether it was seen, is the caller's.
//!
//! VNPAY PAY 2.1.0, pay.html ("Dữ liệu VNPAY gửi về"): both carry the same parameters.

use std::collections::BTreeMap;

use thiserror::Error;

use super::Merchant;
use super::amount::{Amount, parse_hundredths};
use super::canonical::{self, Empties, HASH_KEY, HASH_TYPE_KEY};
use super::codes::{ResponseCode, TransactionStatus};
use super::outcome::{Outcome, outcome};
use crate::Secret;
use crate::stamp::Stamp;

/// A return's or IPN's content after its signature was proven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// `vnp_TxnRef` of the pay request.
    pub txn_ref: String,
    /// `vnp_Amount`, in hundredths of a đồng; compare it with [`Notice::is_for`].
    pub amount_hundredths: u64,
    /// `vnp_BankCode`, e.g. `NCB`; `VNPAY` when cancelled on the QR screen.
    pub bank_code: String,
    /// `vnp_BankTranNo`; absent when cancelled.
    pub bank_tran_no: Option<String>,
    /// `vnp_CardType`: `ATM` or `QRCODE`.
    pub card_type: Option<String>,
    /// `vnp_OrderInfo`, as the gateway gives it back (another encoder may have changed it).
    pub order_info: String,
    /// `vnp_PayDate`.
    pub pay_date: Option<Stamp>,
    /// `vnp_ResponseCode`.
    pub response_code: ResponseCode,
    /// `vnp_TransactionNo`, VNPAY's number; none when it was absent or `0` (cancelled).
    pub transaction_no: Option<String>,
    /// `vnp_TransactionStatus`.
    pub transaction_status: TransactionStatus,
}

/// Why a query is no notice. Nothing of it may be believed or stored.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoticeError {
    /// A `vnp_` parameter occurs twice.
    #[error("a parameter occurs twice")]
    Duplicate,
    /// `vnp_SecureHash` is absent.
    #[error("there is no signature")]
    Unsigned,
    /// The signature is not this merchant's.
    #[error("the signature is wrong")]
    BadHash,
    /// Properly signed, but for another `vnp_TmnCode`.
    #[error("the notice is for another merchant")]
    OtherMerchant,
    /// Properly signed, but a parameter is absent or has not the documented form.
    #[error("{0} is absent or malformed")]
    Malformed(&'static str),
}

impl Notice {
    /// Proves and reads the query of a return or IPN, as received (without the `?`). Foreign
    /// parameters (`utm_…`, `fbclid`) are ignored; the signature may be over the raw or the
    /// re-encoded pairs, with or without empty values, in either case of hex.
    pub fn verify(query: &str, merchant: &Merchant) -> Result<Self, NoticeError> {
        let received = Received::parse(query)?;
        if received.hash.is_empty() {
            return Err(NoticeError::Unsigned);
        }
        if !received.proven(&merchant.secret) {
            return Err(NoticeError::BadHash);
        }
        if received.get("vnp_TmnCode") != merchant.tmn_code {
            return Err(NoticeError::OtherMerchant);
        }
        let needed = |key: &'static str| match received.get(key) {
            "" => Err(NoticeError::Malformed(key)),
            value => Ok(value),
        };
        let optional = |key| Some(received.get(key).to_owned()).filter(|v| !v.is_empty());
        let amount = parse_hundredths(needed("vnp_Amount")?);
        Ok(Self {
            txn_ref: needed("vnp_TxnRef")?.to_owned(),
            amount_hundredths: amount.ok_or(NoticeError::Malformed("vnp_Amount"))?,
            bank_code: received.get("vnp_BankCode").to_owned(),
            bank_tran_no: optional("vnp_BankTranNo"),
            card_type: optional("vnp_CardType"),
            order_info: received.get("vnp_OrderInfo").to_owned(),
            pay_date: match received.get("vnp_PayDate") {
                "" => None,
                text => Some(text.parse().map_err(|_| NoticeError::Malformed("vnp_PayDate"))?),
            },
            response_code: needed("vnp_ResponseCode")?.into(),
            transaction_no: optional("vnp_TransactionNo").filter(|no| no != "0"),
            transaction_status: needed("vnp_TransactionStatus")?.into(),
        })
    }

    /// What the notice says about the money.
    pub fn outcome(&self) -> Outcome {
        outcome(&self.response_code, &self.transaction_status)
    }

    /// True when the notice is about exactly this amount.
    pub fn is_for(&self, amount: Amount) -> bool {
        self.amount_hundredths == amount.hundredths()
    }

    /// The gateway's side: the signed query string of the return and the IPN.
    pub fn signed_query(&self, merchant: &Merchant) -> String {
        let mut params = BTreeMap::new();
        let mut put = |key: &str, value: &str| params.insert(key.to_owned(), value.to_owned());
        put("vnp_Amount", &self.amount_hundredths.to_string());
        put("vnp_BankCode", &self.bank_code);
        put("vnp_BankTranNo", self.bank_tran_no.as_deref().unwrap_or_default());
        put("vnp_CardType", self.card_type.as_deref().unwrap_or_default());
        put("vnp_OrderInfo", &self.order_info);
        put("vnp_PayDate", &self.pay_date.map(|at| at.to_string()).unwrap_or_default());
        put("vnp_ResponseCode", self.response_code.code());
        put("vnp_TmnCode", &merchant.tmn_code);
        put("vnp_TransactionNo", self.transaction_no.as_deref().unwrap_or("0"));
        put("vnp_TransactionStatus", self.transaction_status.code());
        put("vnp_TxnRef", &self.txn_ref);
        let query = canonical::canonical(&params, Empties::Drop);
        let hash = canonical::sign(&merchant.secret, &query);
        format!("{query}&{HASH_KEY}={hash}")
    }
}

/// The `vnp_` parameters of a query, decoded and as they were received.
pub(crate) struct Received {
    decoded: BTreeMap<String, String>,
    raw: BTreeMap<String, String>,
    hash: String,
}

impl Received {
    /// Takes a query apart. Only a repeated `vnp_` parameter is an error.
    pub(crate) fn parse(query: &str) -> Result<Self, NoticeError> {
        let mut received =
            Self { decoded: BTreeMap::new(), raw: BTreeMap::new(), hash: String::new() };
        for piece in query.split('&') {
            let raw_value = piece.split_once('=').map_or("", |(_, value)| value);
            let Some((key, value)) = form_urlencoded::parse(piece.as_bytes()).next() else {
                continue;
            };
            if !key.starts_with("vnp_") {
                continue;
            }
            let key = key.into_owned();
            if received.decoded.insert(key.clone(), value.into_owned()).is_some() {
                return Err(NoticeError::Duplicate);
            }
            received.raw.insert(key, raw_value.to_owned());
        }
        received.hash = received.decoded.remove(HASH_KEY).unwrap_or_default();
        received.decoded.remove(HASH_TYPE_KEY);
        Ok(received)
    }

    /// The decoded value, or an empty text.
    pub(crate) fn get(&self, key: &str) -> &str {
        self.decoded.get(key).map_or("", String::as_str)
    }

    /// True when the hash is that of one of the accepted readings of the parameters.
    pub(crate) fn proven(&self, secret: &Secret) -> bool {
        [Empties::Keep, Empties::Drop].into_iter().any(|empties| {
            let raw = canonical::canonical_raw(&self.raw, empties);
            let encoded = canonical::canonical(&self.decoded, empties);
            canonical::verify(secret, &raw, &self.hash)
                || (encoded != raw && canonical::verify(secret, &encoded, &self.hash))
        })
    }
}
