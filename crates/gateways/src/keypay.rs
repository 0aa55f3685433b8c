//! KeyPay in front of the national portal's payments: its check sums. Owns which fields are signed
//! and how; the commune does not offer the channel, so requests and answers are not modelled.
//!
//! Source: OpenCPS (VietOpenCPS/opencps-v2, `PayGateUtil.java`), compiled and run. Requests are
//! signed under the first of two keys, callbacks under the second.

use motcua_domain::money::Vnd;

use crate::Secret;
use crate::fields::MessageError;
use crate::mac::Mac;
use crate::scheme::{Form, Scheme};

/// HMAC-SHA256 over values joined by `|`.
pub const SCHEME: Scheme = Scheme { mac: Mac::HmacSha256, form: Form::Pipes, proof: "check_sum" };

/// `version` of every message.
pub const VERSION: &str = "3.0";
/// `command` of a payment.
pub const COMMAND: &str = "PAY";

/// The signed part of a create request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    /// `addition_fee`: what is paid on top, such as postage.
    pub addition_fee: Vnd,
    /// `client_id`: the merchant.
    pub client_id: String,
    /// `trans_amount`: all that is to be paid.
    pub trans_amount: Vnd,
    /// `transaction_id`: at most 20 characters.
    pub transaction_id: String,
}

impl Create {
    /// `check_sum` under `hash_key_1`.
    pub fn check_sum(&self, hash_key_1: &Secret) -> Result<String, MessageError> {
        if !(1..=20).contains(&self.transaction_id.chars().count()) {
            return Err(MessageError::Malformed("transaction_id"));
        }
        let (fee, amount) = (self.addition_fee.0.to_string(), self.trans_amount.0.to_string());
        SCHEME.sign(
            hash_key_1,
            &[
                ("addition_fee", &fee),
                ("client_id", &self.client_id),
                ("command", COMMAND),
                ("trans_amount", &amount),
                ("transaction_id", &self.transaction_id),
                ("version", VERSION),
            ],
        )
    }
}

/// `check_sum` of a question about one payment, under `hash_key_1`.
pub fn detail(
    hash_key_1: &Secret,
    client_id: &str,
    transaction_id: &str,
) -> Result<String, MessageError> {
    let fields =
        [("client_id", client_id), ("command", COMMAND), ("transaction_id", transaction_id)];
    SCHEME.sign(hash_key_1, &fields)
}
