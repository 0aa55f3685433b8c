//! Owns the redirect: the query with which the browser comes back, proven and typed, and the
//! gateway's making of one. Knows no attempt. A redirect only makes us ask.
//!
//! overview ("Redirect"): `?appid&apptransid&pmcid&bankcode&amount&discountamount&status&checksum`.

use motcua_domain::money::Vnd;
use serde_json::Value;

use super::codes::SubCode;
use super::{Merchant, REDIRECT};
use crate::fields::{Draft, Fields, MessageError};
use crate::outcome::Outcome;

/// The signed fields, in the order in which they are hashed.
pub const ORDER: [&str; 7] =
    ["appid", "apptransid", "pmcid", "bankcode", "amount", "discountamount", "status"];

/// `status` of a redirect.
pub type ReturnStatus = SubCode;

/// A redirect's content after its check sum was proven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Return {
    /// `apptransid`: `app_trans_id` of the create request.
    pub order_id: String,
    /// `pmcid`: the method, as `channel` of a callback.
    pub method: String,
    /// `bankcode`; may be empty.
    pub bank_code: String,
    /// `amount`.
    pub amount: Vnd,
    /// `discountamount`.
    pub discount: Vnd,
    /// `status`: 1 success, else a sub code.
    pub status: ReturnStatus,
}

impl Return {
    /// Proves and reads the query of a redirect, as received (without the `?`). Foreign parameters
    /// (`utm_…`, `fbclid`) are ignored.
    pub fn verify(query: &str, merchant: &Merchant) -> Result<Self, MessageError> {
        let fields = Fields::query(query);
        fields.prove(&REDIRECT, &merchant.key2, &ORDER)?;
        fields.must_be("appid", &merchant.app_id.to_string())?;
        Ok(Self {
            order_id: fields.needed("apptransid")?,
            method: fields.owned("pmcid"),
            bank_code: fields.owned("bankcode"),
            amount: fields.dong("amount")?,
            discount: fields.dong_if_given("discountamount")?.unwrap_or(Vnd::ZERO),
            status: fields.needed("status")?.as_str().into(),
        })
    }

    /// What the redirect says about the money. Anything but success is "not decided": the same
    /// order may still be paid until it expires, and there is no callback for a failure, so the
    /// query decides.
    pub fn outcome(&self) -> Outcome {
        if self.status == ReturnStatus::Success { Outcome::Paid } else { Outcome::Pending }
    }

    /// The gateway's side: the signed query.
    pub fn signed_query(&self, merchant: &Merchant) -> Result<String, MessageError> {
        let draft = Draft::new([
            ("appid", Value::from(merchant.app_id)),
            ("apptransid", Value::from(self.order_id.as_str())),
            ("pmcid", Value::from(self.method.as_str())),
            ("bankcode", Value::from(self.bank_code.as_str())),
            ("amount", Value::from(self.amount.0)),
            ("discountamount", Value::from(self.discount.0)),
            ("status", Value::from(self.status.code())),
        ]);
        Ok(draft.signed(&REDIRECT, &merchant.key2, &ORDER)?.query())
    }
}
