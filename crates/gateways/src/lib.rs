//! The protocols of the payment gateways: how a request is signed, how an answer is proven, what
//! each code means. Pure functions over values.
//!
//! Belongs here: one module per gateway, both sides of each signature (the merchant's, which the
//! backend uses, and the gateway's, which the simulator uses), and the types that a verified
//! message turns into. What several gateways have in common stands beside them:
//!
//! | module | what the gateways share |
//! |---|---|
//! | [`mac`], [`scheme`] | keyed hashes, and the string that is hashed |
//! | [`fields`] | flat messages: JSON objects and query strings, and why one is not believed |
//! | [`outcome`] | what a code means for the citizen's money |
//! | [`ack`] | what a merchant answers to a notice |
//! | [`limits`] | the smallest and the largest amount of a channel |
//! | [`stamp`], [`text`] | times in GMT+7, order texts without diacritics |
//!
//! Must not be here: network, files, clocks, randomness, async; and nothing about dossiers or
//! fees. A caller passes the time and the identifiers in, and does the sending itself.

pub mod ack;
mod codes;
pub mod fields;
pub mod keypay;
pub mod limits;
pub mod mac;
pub mod momo;
pub mod outcome;
pub mod platform;
pub mod scheme;
pub mod secret;
pub mod stamp;
pub mod text;
pub mod vietqr;
pub mod viettel;
pub mod vnpay;
pub mod wallet_qr;
pub mod zalopay;

pub use ack::{Answer, Verdict};
pub use fields::MessageError;
pub use limits::{LimitError, Limits};
pub use motcua_domain::money::Vnd;
pub use motcua_domain::payment::{FailureReason, HoldReason};
pub use outcome::{Created, Outcome, RefundOutcome};
pub use secret::Secret;
pub use stamp::{Stamp, StampError};
