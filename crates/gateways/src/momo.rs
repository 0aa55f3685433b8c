//! MoMo v2, captureWallet: create, redirect, IPN, query, refund, confirm. Owns the shape of the
//! module and the merchant's identity; knows no network, clock or dossier.
//!
//! Pages cited by their last part are those of MoMo's documentation
//! (developers.momo.vn/v3/docs/payment/api). Every call is a POST of JSON in UTF-8; wait at least
//! 30 seconds for an answer.
//!
//! | message | merchant (backend) | gateway (simulator) |
//! |---|---|---|
//! | `POST /v2/gateway/api/create` | [`CreateRequest::signed`], [`CreateResponse::parse`] | [`CreateRequest::verify`], [`CreateResponse::body`] |
//! | redirect | [`Notice::verify_redirect`] | [`Notice::signed_query`] |
//! | IPN | [`Notice::verify_ipn`] | [`Notice::signed_ipn`] |
//! | IPN answer | [`ack::answer`] | [`ack::accepted`] |
//! | `POST /v2/gateway/api/query` | [`QueryRequest::signed`], [`QueryResponse::parse`] | [`QueryRequest::verify`], [`QueryResponse::body`] |
//! | `POST /v2/gateway/api/refund` | [`RefundRequest::signed`], [`RefundResponse::parse`] | [`RefundRequest::verify`], [`RefundResponse::body`] |
//! | `POST /v2/gateway/api/confirm` | [`ConfirmRequest::signed`] | [`ConfirmRequest::verify`] |
//!
//! Answers of create, query, refund and confirm carry no signature in the documented form: what
//! proves them is the TLS connection that they came through.

pub mod ack;
pub mod codes;
pub mod confirm;
pub mod create;
pub mod notice;
pub mod query;
pub mod refund;

pub use codes::ResultCode;
pub use confirm::{ConfirmKind, ConfirmRequest};
pub use create::{CreateRequest, CreateResponse, Lang, RequestType};
pub use notice::Notice;
pub use query::{QueryRequest, QueryResponse};
pub use refund::{RefundRequest, RefundResponse};

use crate::Secret;
use crate::fields::{Draft, Fields, MessageError};
use crate::limits::Limits;
use crate::mac::Mac;
use crate::scheme::{Form, Scheme};

/// The amounts that MoMo takes: 1 000 đ to 50 000 000 đ (onetime, "amount").
pub const LIMITS: Limits = Limits::new(1_000, 50_000_000);

/// Every message: HMAC-SHA256 over `name=value&…` in the order of the alphabet, values as they are
/// (onetime, "signature").
pub const SCHEME: Scheme = Scheme { mac: Mac::HmacSha256, form: Form::Pairs, proof: "signature" };

const ACCESS_KEY: &str = "accessKey";
const PARTNER: &str = "partnerCode";

/// Who the merchant is at MoMo.
#[derive(Debug, Clone)]
pub struct Merchant {
    /// `partnerCode`.
    pub partner_code: String,
    /// `accessKey`: part of every signed string; it need not be sent, and is not.
    pub access_key: Secret,
    /// Key of HMAC-SHA256 for every message, both ways.
    pub secret: Secret,
}

impl Merchant {
    /// A merchant from its code and its two keys.
    pub fn new(partner_code: impl Into<String>, access_key: Secret, secret: Secret) -> Self {
        Self { partner_code: partner_code.into(), access_key, secret }
    }

    /// Signs a message of this merchant.
    fn sign(&self, draft: Draft, order: &[&'static str]) -> Result<Draft, MessageError> {
        draft.unsent(ACCESS_KEY, self.access_key.expose_text()).signed(&SCHEME, &self.secret, order)
    }

    /// Proves a message with this merchant's keys and sees that it is for this merchant.
    fn prove(&self, fields: &mut Fields, order: &[&'static str]) -> Result<(), MessageError> {
        // Whatever access key the message names, ours is the one that is signed.
        fields.put(ACCESS_KEY, self.access_key.expose_text());
        fields.prove(&SCHEME, &self.secret, order)?;
        fields.must_be(PARTNER, &self.partner_code)
    }
}

/// `orderId` and `requestId` as MoMo takes them (onetime, "orderId"): letters and digits, with
/// `-`, `_` and `.` between them, fewer than 64 bytes.
pub fn is_order_id(text: &str) -> bool {
    let plain = |b: &u8| b.is_ascii_alphanumeric();
    let bytes = text.as_bytes();
    bytes.len() < 64
        && bytes.first().is_some_and(plain)
        && bytes.last().is_some_and(plain)
        && bytes.iter().all(|b| plain(b) || matches!(b, b'-' | b'_' | b'.'))
}

/// `requestId` (onetime): the key of idempotency, 1 to 50 characters.
fn is_request_id(text: &str) -> bool {
    (1..=50).contains(&text.chars().count())
}

/// Refuses a field that has not the documented form.
fn must(name: &'static str, ok: bool) -> Result<(), MessageError> {
    if ok { Ok(()) } else { Err(MessageError::Malformed(name)) }
}
