//! The payment platform of the National Public Service Portal (PaymentPlatform, DVCQG), 1.0.6:
//! INIT, CONFIRM, QUERY, GET_BILL. Owns the shape of the module and the merchant's identity; knows
//! no network, clock or dossier.
//!
//! No official text could be read. Fields, their order and the hash come from one public client,
//! HuanVu201/DichVuCong_KhoaLuan_PASETO (`DvcPaymentService.cs`, `InitDvcPaymentRequest.cs`,
//! `ConfirmDvcPaymentCommandHandler.cs`), cited as "the client"; the fields of the receipt stand in
//! OpenCPS too. **UNVERIFIED** against the platform itself: the whole module is single-sourced.
//!
//! | message | merchant (backend) | platform (simulator) |
//! |---|---|---|
//! | INIT | [`InitRequest::signed`], [`InitResponse::parse`] | [`InitRequest::verify`], [`InitResponse::body`] |
//! | browser's return | [`Return::parse`], which proves nothing | [`Return::query`] |
//! | CONFIRM | [`Confirm::verify`] | [`Confirm::signed`] |
//! | CONFIRM's answer | [`ack::answer`] | [`ack::accepted`] |
//! | QUERY | [`QueryRequest::signed`], [`QueryResponse::parse`] | [`QueryRequest::verify`], [`QueryResponse::body`] |
//! | GET_BILL | [`BillRequest::signed`], [`is_pdf`] | [`BillRequest::verify`] |
//!
//! The client prints times with a 12-hour clock (`hh`), so that morning and evening collide; ours
//! are of 24 hours, as [`crate::Stamp`] prints them.

pub mod ack;
pub mod codes;
pub mod confirm;
pub mod init;
pub mod query;
pub mod receipt;

pub use codes::{ErrorCode, Status};
pub use confirm::Confirm;
pub use init::{InitRequest, InitResponse, Return};
pub use query::{BillRequest, QueryRequest, QueryResponse, is_pdf};
pub use receipt::{Beneficiary, FeeKind, FeeLine, Payer, Receipt};

use crate::Secret;
use crate::fields::{Fields, MessageError};
use crate::limits::Limits;
use crate::mac::Mac;
use crate::scheme::{Form, Scheme};

/// `PhienBan` of every message.
pub const VERSION: &str = "1.0.6";

/// The amounts that we send to the platform: 1 đ to 999 999 999 999 đ. **UNVERIFIED**: no limit is
/// known; the bank or wallet that the citizen chooses there has its own.
pub const LIMITS: Limits = Limits::new(1, 999_999_999_999);

/// Every message: lower-case hex of SHA-256 over `value|value|…|secret`. That is a keyed hash, not
/// an HMAC: a value must not contain `|`.
pub const SCHEME: Scheme =
    Scheme { mac: Mac::Sha256AndSecret, form: Form::Pipes, proof: "MaXacThuc" };

/// Who the merchant is at the platform.
#[derive(Debug, Clone)]
pub struct Merchant {
    /// `MaDoiTac`.
    pub partner_code: String,
    /// The secret at the end of every hashed string.
    pub secret: Secret,
}

impl Merchant {
    /// A merchant from its code and secret.
    pub fn new(partner_code: impl Into<String>, secret: Secret) -> Self {
        Self { partner_code: partner_code.into(), secret }
    }

    /// Proves a message of one kind and sees that it is for this merchant.
    fn prove(
        &self,
        fields: &Fields,
        kind: &str,
        order: &[&'static str],
    ) -> Result<(), MessageError> {
        fields.prove(&SCHEME, &self.secret, order)?;
        fields.must_be("LoaiBanTin", kind)?;
        fields.must_be("MaDoiTac", &self.partner_code)
    }
}

/// `MaThamChieu`, our number of a payment: letters and digits, as the client makes it, at most 255
/// (the limit of the client's own field).
pub fn is_reference(text: &str) -> bool {
    (1..=255).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// Refuses a field that has not the documented form.
fn must(name: &'static str, ok: bool) -> Result<(), MessageError> {
    if ok { Ok(()) } else { Err(MessageError::Malformed(name)) }
}
