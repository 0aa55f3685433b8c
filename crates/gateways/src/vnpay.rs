//! VNPAY PAY 2.1.0: redirect, return, IPN, querydr, refund. Owns the shape of the module and the
//! merchant's identity; knows no network, clock or dossier.
//!
//! Sections cited as "pay.html" and "querydr&refund.html" are those of VNPAY's public
//! documentation (sandbox.vnpayment.vn/apis/docs).
//!
//! | message | merchant (backend) | gateway (simulator) |
//! |---|---|---|
//! | pay URL | [`PayRequest::signed_url`] | [`PayRequest::verify`] |
//! | return, IPN | [`Notice::verify`] | [`Notice::signed_query`] |
//! | IPN answer | [`IpnAck`] | [`IpnAck::parse`] |
//! | querydr | [`QueryRequest::signed`], [`QueryResponse::verify`] | [`QueryRequest::verify`], [`QueryResponse::signed`] |
//! | refund | [`RefundRequest::signed`], [`RefundResponse::verify`] | [`RefundRequest::verify`], [`RefundResponse::signed`] |

pub mod ack;
pub mod amount;
pub mod canonical;
pub mod codes;
pub mod notice;
pub mod outcome;
pub mod pay;
pub mod query;
pub mod refund;

pub use ack::IpnAck;
pub use amount::{Amount, AmountError};
pub use codes::{ApiCode, CreateError, ResponseCode, TransactionStatus};
pub use notice::{Notice, NoticeError};
pub use outcome::{Outcome, Reason};
pub use pay::{Locale, PayError, PayRequest};
pub use query::{QueryRequest, QueryResponse};
pub use refund::{RefundKind, RefundRequest, RefundResponse};

pub use crate::fields::MessageError as ApiError;
pub use crate::stamp::{Stamp, StampError};
pub use crate::text::OrderInfo;

use crate::Secret;

/// `vnp_Version` of every message.
pub const VERSION: &str = "2.1.0";

/// Who the merchant is at VNPAY: the site code and the secret that came with it.
#[derive(Debug, Clone)]
pub struct Merchant {
    /// `vnp_TmnCode`, 8 letters and digits, e.g. `KIMTHA01`.
    pub tmn_code: String,
    /// Key of HMAC-SHA512 for every message, both ways.
    pub secret: Secret,
}

impl Merchant {
    /// A merchant from its site code and secret.
    pub fn new(tmn_code: impl Into<String>, secret: Secret) -> Self {
        Self { tmn_code: tmn_code.into(), secret }
    }
}
