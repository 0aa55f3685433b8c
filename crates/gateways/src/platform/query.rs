//! Owns QUERY and GET_BILL: asking the platform what became of a payment, and for its e-receipt.
//! Knows no attempt and no polling plan.
//!
//! Both are POSTs of the same five signed fields. The answer to GET_BILL is the stream of a PDF.

use motcua_domain::money::Vnd;
use serde_json::Value;

use super::codes::{ErrorCode, Status};
use super::{Merchant, SCHEME, VERSION, is_reference, must};
use crate::fields::{Draft, Fields, MessageError};
use crate::outcome::Outcome;
use crate::stamp::Stamp;

/// The signed fields, in the order in which they are hashed.
pub const ORDER: [&str; 5] = ["LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "ThoiGianGD"];

/// A question about one payment (QUERY).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryRequest {
    /// `MaThamChieu` of INIT.
    pub reference: String,
    /// `ThoiGianGD` of INIT.
    pub created: Stamp,
}

/// A request for the e-receipt of a paid payment (GET_BILL).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillRequest {
    /// `MaThamChieu` of INIT.
    pub reference: String,
    /// `ThoiGianGD` of INIT.
    pub created: Stamp,
}

fn signed(
    kind: &str,
    reference: &str,
    created: Stamp,
    merchant: &Merchant,
) -> Result<String, MessageError> {
    must("MaThamChieu", is_reference(reference))?;
    let draft = Draft::new([
        ("LoaiBanTin", Value::from(kind)),
        ("PhienBan", Value::from(VERSION)),
        ("MaDoiTac", Value::from(merchant.partner_code.as_str())),
        ("MaThamChieu", Value::from(reference)),
        ("ThoiGianGD", Value::from(created.to_string())),
    ]);
    Ok(draft.signed(&SCHEME, &merchant.secret, &ORDER)?.json())
}

fn verified(kind: &str, body: &str, merchant: &Merchant) -> Result<(String, Stamp), MessageError> {
    let fields = Fields::json(body)?;
    merchant.prove(&fields, kind, &ORDER)?;
    fields.must_be("PhienBan", VERSION)?;
    Ok((fields.needed("MaThamChieu")?, fields.parsed("ThoiGianGD")?))
}

impl QueryRequest {
    /// The JSON body to post.
    pub fn signed(&self, merchant: &Merchant) -> Result<String, MessageError> {
        signed("QUERY", &self.reference, self.created, merchant)
    }

    /// The platform's side: proves and reads a question.
    pub fn verify(body: &str, merchant: &Merchant) -> Result<Self, MessageError> {
        verified("QUERY", body, merchant).map(|(reference, created)| Self { reference, created })
    }
}

impl BillRequest {
    /// The JSON body to post.
    pub fn signed(&self, merchant: &Merchant) -> Result<String, MessageError> {
        signed("GET_BILL", &self.reference, self.created, merchant)
    }

    /// The platform's side: proves and reads a request.
    pub fn verify(body: &str, merchant: &Merchant) -> Result<Self, MessageError> {
        verified("GET_BILL", body, merchant).map(|(reference, created)| Self { reference, created })
    }
}

/// Whether the answer to GET_BILL is a PDF; the client stores whatever comes, an error too.
pub fn is_pdf(body: &[u8]) -> bool {
    body.starts_with(b"%PDF-")
}

/// The platform's answer about one payment. How its `MaXacThuc` is made is **UNVERIFIED**; it is
/// believed because of the TLS connection that it came through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryResponse {
    /// `MaLoi`: how the question was dealt with.
    pub code: ErrorCode,
    /// `MoTaLoi`.
    pub message: String,
    /// `TrangThaiGD`: what became of the money.
    pub status: Option<Status>,
    /// `SoTien`.
    pub amount: Option<Vnd>,
    /// `MaGiaoDich`.
    pub transaction: Option<String>,
    /// `MaNganHang`.
    pub bank: Option<String>,
}

impl QueryResponse {
    /// Reads the answer to `asked`. An answer about another payment is an error, whatever it says.
    pub fn parse(
        body: &str,
        merchant: &Merchant,
        asked: &QueryRequest,
    ) -> Result<Self, MessageError> {
        let fields = Fields::json(body)?;
        let response = Self {
            code: fields.get("MaLoi").into(),
            message: fields.owned("MoTaLoi"),
            status: fields.optional("TrangThaiGD").map(|status| status.as_str().into()),
            amount: fields.dong_if_given("SoTien")?,
            transaction: fields.optional("MaGiaoDich"),
            bank: fields.optional("MaNganHang"),
        };
        if response.status.is_some() || !fields.get("MaThamChieu").is_empty() {
            fields.must_be("MaThamChieu", &asked.reference)?;
            fields.must_be("MaDoiTac", &merchant.partner_code)?;
        }
        if response.outcome() == Some(Outcome::Paid) {
            must("SoTien", response.amount.is_some())?;
        }
        Ok(response)
    }

    /// What became of the money; none when the platform did not answer the question.
    pub fn outcome(&self) -> Option<Outcome> {
        self.status.as_ref().map(Status::outcome)
    }

    /// True when the answer is about exactly this amount.
    pub fn is_for(&self, amount: Vnd) -> bool {
        self.amount == Some(amount)
    }

    /// The platform's side: the JSON body.
    pub fn body(&self, merchant: &Merchant, asked: &QueryRequest) -> String {
        let text = |value: &Option<String>| Value::from(value.clone().unwrap_or_default());
        Draft::new([
            ("LoaiBanTin", Value::from("QUERY")),
            ("MaLoi", Value::from(self.code.code())),
            ("MoTaLoi", Value::from(self.message.as_str())),
            ("MaDoiTac", Value::from(merchant.partner_code.as_str())),
            ("MaThamChieu", Value::from(asked.reference.as_str())),
            ("ThoiGianGD", Value::from(asked.created.to_string())),
            ("SoTien", self.amount.map_or(Value::Null, |amount| amount.0.into())),
            ("MaTienTe", Value::from("VND")),
            ("MaGiaoDich", text(&self.transaction)),
            ("MaNganHang", text(&self.bank)),
            ("TrangThaiGD", Value::from(self.status.as_ref().map_or("", Status::code))),
        ])
        .without_empties()
        .json()
    }
}
