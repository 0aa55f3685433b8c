//! ZaloPay v2: create, redirect, callback, query, refund. Owns the shape of the module and the
//! merchant's identity; knows no network, clock or dossier.
//!
//! Pages cited by their last part are those of ZaloPay's documentation (docs.zalopay.vn). Requests
//! are posted as JSON (a form is taken too); answers carry no signature: what proves them is the
//! TLS connection that they came through.
//!
//! | message | merchant (backend) | gateway (simulator) |
//! |---|---|---|
//! | `POST /v2/create` | [`CreateRequest::signed`], [`CreateResponse::parse`] | [`CreateRequest::verify`], [`CreateResponse::body`] |
//! | redirect | [`Return::verify`] | [`Return::signed_query`] |
//! | callback, only on success | [`Callback::verify`] | [`Callback::signed`] |
//! | callback's answer | [`ack::answer`] | [`ack::accepted`] |
//! | `POST /v2/query` | [`QueryRequest::signed`], [`QueryResponse::parse`] | [`QueryRequest::verify`], [`QueryResponse::body`] |
//! | `POST /v2/refund` | [`RefundRequest::signed`], [`RefundResponse::parse`] | [`RefundRequest::verify`], [`RefundResponse::body`] |
//! | `POST /v2/query_refund` | [`RefundQuery::signed`], [`RefundResponse::parse`] | [`RefundQuery::verify`], [`RefundResponse::body`] |

pub mod ack;
pub mod callback;
pub mod codes;
pub mod create;
pub mod query;
pub mod redirect;
pub mod refund;

pub use callback::Callback;
pub use codes::{ReturnCode, SubCode};
pub use create::{CreateRequest, CreateResponse};
pub use query::{QueryRequest, QueryResponse};
pub use redirect::{Return, ReturnStatus};
pub use refund::{RefundQuery, RefundRequest, RefundResponse};

use crate::Secret;
use crate::fields::{Fields, MessageError};
use crate::limits::Limits;
use crate::mac::Mac;
use crate::scheme::{Form, Scheme};
use crate::stamp::Stamp;

/// The amounts that we send to ZaloPay: 1 000 đ to 50 000 000 đ. **UNVERIFIED**: the documentation
/// that was read names no limits; these are MoMo's, chosen so that the channel is offered only
/// where a wallet surely takes the amount. ZaloPay's own refusal is a sub code (−1330 … −1343).
pub const LIMITS: Limits = Limits::new(1_000, 50_000_000);

/// Requests: HMAC-SHA256 under `key1` over values joined by `|` (overview, "Secure data
/// transmission").
pub const SCHEME: Scheme = Scheme { mac: Mac::HmacSha256, form: Form::Pipes, proof: "mac" };

/// The redirect: the same under `key2`, in another field.
pub const REDIRECT: Scheme = Scheme { mac: Mac::HmacSha256, form: Form::Pipes, proof: "checksum" };

/// Who the merchant is at ZaloPay.
#[derive(Debug, Clone)]
pub struct Merchant {
    /// `app_id`.
    pub app_id: u64,
    /// Key of what we send.
    pub key1: Secret,
    /// Key of what ZaloPay sends by itself: callback and redirect.
    pub key2: Secret,
}

impl Merchant {
    /// A merchant from its number and its two keys.
    pub fn new(app_id: u64, key1: Secret, key2: Secret) -> Self {
        Self { app_id, key1, key2 }
    }

    /// Proves a request under `key1` and sees that it is this merchant's.
    fn prove(&self, fields: &Fields, order: &[&'static str]) -> Result<(), MessageError> {
        fields.prove(&SCHEME, &self.key1, order)?;
        fields.must_be("app_id", &self.app_id.to_string())
    }
}

/// The number of an order (`app_trans_id`) or, with the app's number in `rest`, of a refund
/// (`m_refund_id`): the day in Vietnam as `yymmdd`, an underscore, and `rest`. At 17:00 UTC the day
/// is already the next one.
pub fn numbered(at: Stamp, rest: &str) -> String {
    format!("{}_{rest}", &at.day()[2..])
}

/// Refuses a field that has not the documented form.
fn must(name: &'static str, ok: bool) -> Result<(), MessageError> {
    if ok { Ok(()) } else { Err(MessageError::Malformed(name)) }
}

/// `app_trans_id` (order-create): `yymmdd_…`, at most 40 characters.
fn is_order_id(text: &str) -> bool {
    let day = text.split_once('_').map(|(day, rest)| (day, !rest.is_empty()));
    text.len() <= 40
        && text.is_ascii()
        && day.is_some_and(|(day, more)| {
            more && day.len() == 6 && day.bytes().all(|b| b.is_ascii_digit())
        })
}
