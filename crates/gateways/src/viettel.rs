//! Viettel Money (ViettelPay): its check sums. Owns which fields are signed and how; the commune
//! does not offer the channel, so requests and answers are not modelled.
//!
//! Sources, no public document exists: a public PHP class for the redirect, OpenCPS
//! (`modules/pay-gate-integration`) for the QR flow. **UNVERIFIED**: the hosts.
//!
//! The values stand one after the other with nothing between them, so a check sum does not prove
//! where one ends: order `1` with amount `5000` is order `15` with amount `000`. Whoever verifies
//! must compare order, bill and amount with its own, never read them from the message.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::Secret;
use crate::mac::Mac;
use crate::scheme::{Form, Scheme};

/// HMAC-SHA1 over the values one after the other.
pub const SCHEME: Scheme = Scheme { mac: Mac::HmacSha1, form: Form::Joined, proof: "check_sum" };

/// Who the merchant is at Viettel.
#[derive(Debug, Clone)]
pub struct Merchant {
    /// `access_code`, which is signed and not sent.
    pub access_code: Secret,
    /// `merchant_code`.
    pub merchant_code: String,
    /// Key of HMAC-SHA1.
    pub hash_key: Secret,
}

/// What a check sum is made over. Amounts are digits of đồng.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message<'a> {
    /// The redirect to the payment page (version 2.0, command PAYMENT). Its check sum is base64.
    Redirect {
        /// `billcode`
        bill: &'a str,
        /// `order_id`
        order: &'a str,
        /// `trans_amount`
        amount: &'a str,
    },
    /// Viettel asks whether an order may be paid.
    Confirm {
        /// `billcode`
        bill: &'a str,
        /// `order_id`
        order: &'a str,
        /// `amount`
        amount: &'a str,
    },
    /// Our answer to Viettel's word about the result.
    ResultAnswer {
        /// `error_code`
        error: &'a str,
        /// `order_id`
        order: &'a str,
    },
    /// We ask about an order.
    Search {
        /// `cmd`
        command: &'a str,
        /// `order_id`
        order: &'a str,
        /// `version`
        version: &'a str,
    },
}

impl Message<'_> {
    /// The check sum: base64 of a redirect, else lower-case hex.
    pub fn check_sum(&self, merchant: &Merchant) -> String {
        let digest = SCHEME.mac.digest(&merchant.hash_key, &self.text(merchant));
        match self {
            Self::Redirect { .. } => STANDARD.encode(digest),
            _ => hex::encode(digest),
        }
    }

    /// True when `given` is the check sum of exactly these values, compared in constant time.
    pub fn is_proven_by(&self, given: &str, merchant: &Merchant) -> bool {
        let bytes = match self {
            Self::Redirect { .. } => STANDARD.decode(given).ok(),
            _ => hex::decode(given).ok(),
        };
        let text = self.text(merchant);
        bytes.is_some_and(|bytes| SCHEME.mac.proves_bytes(&merchant.hash_key, &text, &bytes))
    }

    /// The string that is hashed.
    pub fn text(&self, merchant: &Merchant) -> String {
        let access = ("access_code", merchant.access_code.expose_text());
        let shop = ("merchant_code", merchant.merchant_code.as_str());
        match *self {
            Self::Redirect { bill, order, amount } => SCHEME.text(&[
                access,
                ("billcode", bill),
                ("command", "PAYMENT"),
                shop,
                ("order_id", order),
                ("trans_amount", amount),
                ("version", "2.0"),
            ]),
            Self::Confirm { bill, order, amount } => SCHEME.text(&[
                access,
                ("billcode", bill),
                shop,
                ("order_id", order),
                ("amount", amount),
            ]),
            Self::ResultAnswer { error, order } => {
                SCHEME.text(&[access, ("error_code", error), shop, ("order_id", order)])
            }
            Self::Search { command, order, version } => SCHEME.text(&[
                access,
                ("cmd", command),
                shop,
                ("order_id", order),
                ("version", version),
            ]),
        }
    }
}
