//! Owns CONFIRM, the platform's notice: a received body into proven, typed content, and the
//! platform's making of one. Knows no attempt.
//!
//! CONFIRM: POST of JSON to the merchant. `SoTien` is a JSON number here, a text in INIT.

use motcua_domain::money::Vnd;
use serde_json::Value;

use super::codes::ErrorCode;
use super::{Merchant, SCHEME};
use crate::fields::{Draft, Fields, MessageError};
use crate::outcome::Outcome;
use crate::stamp::Stamp;

/// The signed fields, in the order in which they are hashed.
pub const ORDER: [&str; 10] = [
    "LoaiBanTin",
    "MaLoi",
    "MaDoiTac",
    "MaThamChieu",
    "SoTien",
    "MaTienTe",
    "MaGiaoDich",
    "MaNganHang",
    "ThoiGianGD",
    "ThongTinGiaoDich",
];

/// A CONFIRM's content after its hash was proven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirm {
    /// `MaLoi`: 00 is paid.
    pub code: ErrorCode,
    /// `MaThamChieu` of INIT.
    pub reference: String,
    /// `SoTien`; compare it with the order's.
    pub amount: Vnd,
    /// `MaGiaoDich`: the platform's number; empty after a failure.
    pub transaction: Option<String>,
    /// `MaNganHang`: where it was paid, e.g. `VNPTPAY`.
    pub bank: String,
    /// `ThoiGianGD`: when.
    pub at: Stamp,
    /// `ThongTinGiaoDich` of INIT.
    pub order_info: String,
    /// `MaXacThuc`, as it was received: the answer repeats it.
    pub proof: String,
}

impl Confirm {
    /// Proves and reads the body of a CONFIRM, as received.
    pub fn verify(body: &str, merchant: &Merchant) -> Result<Self, MessageError> {
        let fields = Fields::json(body)?;
        merchant.prove(&fields, "CONFIRM", &ORDER)?;
        fields.must_be("MaTienTe", "VND")?;
        Ok(Self {
            code: fields.needed("MaLoi")?.as_str().into(),
            reference: fields.needed("MaThamChieu")?,
            amount: fields.dong("SoTien")?,
            transaction: fields.optional("MaGiaoDich"),
            bank: fields.owned("MaNganHang"),
            at: fields.parsed("ThoiGianGD")?,
            order_info: fields.owned("ThongTinGiaoDich"),
            proof: fields.owned(SCHEME.proof),
        })
    }

    /// What the notice says about the money.
    pub fn outcome(&self) -> Outcome {
        self.code.outcome()
    }

    /// True when the notice is about exactly this amount. The client never looks.
    pub fn is_for(&self, amount: Vnd) -> bool {
        self.amount == amount
    }

    /// The platform's side: the signed body. `proof` is made anew.
    pub fn signed(&self, merchant: &Merchant) -> Result<String, MessageError> {
        let draft = Draft::new([
            ("LoaiBanTin", Value::from("CONFIRM")),
            ("MaLoi", Value::from(self.code.code())),
            ("MaDoiTac", Value::from(merchant.partner_code.as_str())),
            ("MaThamChieu", Value::from(self.reference.as_str())),
            ("SoTien", Value::from(self.amount.0)),
            ("MaTienTe", Value::from("VND")),
            ("MaGiaoDich", Value::from(self.transaction.clone().unwrap_or_default())),
            ("MaNganHang", Value::from(self.bank.as_str())),
            ("ThoiGianGD", Value::from(self.at.to_string())),
            ("ThongTinGiaoDich", Value::from(self.order_info.as_str())),
        ]);
        Ok(draft.signed(&SCHEME, &merchant.secret, &ORDER)?.json())
    }
}
