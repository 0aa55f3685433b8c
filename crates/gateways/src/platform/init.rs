//! Owns INIT, its answer, and the browser's return. Knows no attempt.
//!
//! INIT: POST of JSON to the platform, with a bearer token where one was given.

use motcua_domain::money::Vnd;
use serde_json::{Value, json};

use super::codes::ErrorCode;
use super::receipt::Receipt;
use super::{LIMITS, Merchant, SCHEME, VERSION, is_reference, must};
use crate::fields::{Draft, Fields, MessageError, within};
use crate::outcome::Created;
use crate::stamp::Stamp;
use crate::text::OrderInfo;
use motcua_domain::payment::FailureReason;

/// The signed fields, in the order in which they are hashed.
pub const ORDER: [&str; 14] = [
    "LoaiBanTin",
    "PhienBan",
    "MaDoiTac",
    "MaThamChieu",
    "SoTien",
    "LoaiHinhThanhToan",
    "MaKenhThanhToan",
    "MaThietBi",
    "NgonNgu",
    "MaTienTe",
    "MaNganHang",
    "ThongTinGiaoDich",
    "ThoiGianGD",
    "Ip",
];

/// The fields of INIT that have one value.
const FIXED: [(&str, &str); 8] = [
    ("LoaiBanTin", "INIT"),
    ("PhienBan", VERSION),
    ("LoaiHinhThanhToan", "PAY"),
    ("MaKenhThanhToan", "1"),
    ("MaThietBi", "1"),
    ("NgonNgu", "vi-VN"),
    ("MaTienTe", "VND"),
    ("MaNganHang", "PAYMENT"),
];

/// What a merchant asks the platform to collect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InitRequest {
    /// `MaThamChieu`: see [`super::is_reference`]; a new one for every attempt.
    pub reference: String,
    /// `SoTien`, in đồng, sent as text.
    pub amount: Vnd,
    /// `ThongTinGiaoDich`.
    pub order_info: OrderInfo,
    /// `ThoiGianGD`; QUERY and GET_BILL name it again.
    pub created: Stamp,
    /// `Ip`: the merchant's server.
    pub ip_addr: String,
    /// `ThongTinBienLai`.
    pub receipt: Receipt,
}

impl InitRequest {
    /// The JSON body to post.
    pub fn signed(&self, merchant: &Merchant) -> Result<String, MessageError> {
        self.check()?;
        let fixed = FIXED.map(|(name, value)| (name, Value::from(value)));
        let draft = Draft::new(fixed)
            .with("MaDoiTac", merchant.partner_code.as_str())
            .with("MaThamChieu", self.reference.as_str())
            .with("SoTien", self.amount.0.to_string())
            .with("ThongTinGiaoDich", self.order_info.as_str())
            .with("ThoiGianGD", self.created.to_string())
            .with("Ip", self.ip_addr.as_str())
            .with("ThongTinBienLai", self.receipt.value());
        Ok(draft.signed(&SCHEME, &merchant.secret, &ORDER)?.json())
    }

    /// The platform's side: proves and reads a request.
    pub fn verify(body: &str, merchant: &Merchant) -> Result<Self, MessageError> {
        let fields = Fields::json(body)?;
        merchant.prove(&fields, "INIT", &ORDER)?;
        for (name, value) in FIXED {
            fields.must_be(name, value)?;
        }
        let request = Self {
            reference: fields.needed("MaThamChieu")?,
            amount: fields.dong("SoTien")?,
            order_info: OrderInfo::received(fields.needed("ThongTinGiaoDich")?),
            created: fields.parsed("ThoiGianGD")?,
            ip_addr: fields.needed("Ip")?,
            receipt: Receipt::read(fields.get("ThongTinBienLai"))?,
        };
        request.check()?;
        Ok(request)
    }

    fn check(&self) -> Result<(), MessageError> {
        must("MaThamChieu", is_reference(&self.reference))?;
        within(LIMITS, "SoTien", self.amount)?;
        must("Ip", (2..=45).contains(&self.ip_addr.len()))?;
        // The receipt is not signed and may not tell of another sum.
        must("ThongTinBienLai", self.receipt.total() == self.amount)
    }
}

/// The platform's answer to INIT. It is not signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InitResponse {
    /// `error_code` 0: the page to send the citizen to, `UrlThanhToan`.
    Ready(String),
    /// Any other `error_code` (the codes are not published), and what `message` says.
    Refused(String, String),
}

impl InitResponse {
    /// Reads an answer: `{"error_code":"0","message":"<JSON as text with UrlThanhToan>"}`.
    pub fn parse(body: &str) -> Result<Self, MessageError> {
        let fields = Fields::json(body)?;
        let code = fields.needed("error_code")?;
        if code != "0" {
            return Ok(Self::Refused(code, fields.owned("message")));
        }
        let inner = Fields::json(fields.get("message"))?;
        Ok(Self::Ready(inner.needed("UrlThanhToan")?))
    }

    /// What became of the order. The meaning of a refusal is not known, so it may be that the
    /// reference exists: the caller asks by QUERY before it gives another one.
    pub fn created(&self) -> Created {
        match self {
            Self::Ready(_) => Created::Ready,
            Self::Refused(..) => Created::Refused(FailureReason::GatewayRefused),
        }
    }

    /// The platform's side: the JSON body.
    pub fn body(&self) -> String {
        let (code, message) = match self {
            Self::Ready(url) => ("0", json!({ "UrlThanhToan": url }).to_string()),
            Self::Refused(code, message) => (code.as_str(), message.clone()),
        };
        json!({ "error_code": code, "message": message }).to_string()
    }
}

/// The browser's return, to an address that was registered beforehand:
/// `?data=<MaThamChieu>&responseCode=<00…>&secureCode=<…>`. How `secureCode` is made is
/// **UNVERIFIED**, so nothing of it is believed: it only makes us ask by QUERY.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Return {
    /// `data`: the reference.
    pub reference: String,
    /// `responseCode`.
    pub code: ErrorCode,
}

impl Return {
    /// Reads the query of a return. It proves nothing.
    pub fn parse(query: &str) -> Result<Self, MessageError> {
        let fields = Fields::query(query);
        let reference = fields.needed("data")?;
        must("data", is_reference(&reference))?;
        Ok(Self { reference, code: fields.get("responseCode").into() })
    }

    /// The platform's side: the query, with whatever the simulator gives as `secureCode`.
    pub fn query(&self, secure_code: &str) -> String {
        Draft::new([
            ("data", Value::from(self.reference.as_str())),
            ("responseCode", Value::from(self.code.code())),
            ("secureCode", Value::from(secure_code)),
        ])
        .query()
    }
}
