//! Owns what the platform makes the e-receipt (biên lai) from: `ThongTinBienLai` of INIT. Knows no
//! fee rule. None of it is signed; the platform copies it onto the receipt.

use motcua_domain::money::Vnd;
use serde_json::{Value, json};

use crate::fields::{MessageError, dong};

/// `MaDichVu` of a fee of a public service.
const SERVICE: &str = "2";
/// The longest name of a procedure or service, in characters.
const LONGEST_NAME: usize = 250;

/// Fields for fines, which a fee has not; the client sends them all, empty.
const EMPTY: [&str; 11] = [
    "MaLoaiHinhThuPhat",
    "TenLoaiHinhThuPhat",
    "MaCoQuanQD",
    "TenCoQuanQD",
    "KhoBac",
    "NgayQD",
    "SoQD",
    "ThoiGianViPham",
    "DiaDiemViPham",
    "TenNguoiViPham",
    "TaiKhoanThuNSNN",
];

/// The account that the money goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beneficiary {
    /// `TKThuHuong`: the account's number.
    pub account: String,
    /// `MaNHThuHuong`: the bank.
    pub bank: String,
    /// `TenTKThuHuong`: whose account it is.
    pub name: String,
}

/// Who pays, as it stands on the receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payer {
    /// `HoTenNguoiNop`.
    pub name: String,
    /// `SoCMNDNguoiNop`; the client sends nine zeros when there is none.
    pub identity_number: Option<String>,
    /// `DiaChiNguoiNop`.
    pub address: String,
    /// `HuyenNguoiNop`; there are no districts any more, so it is usually empty.
    pub district: String,
    /// `TinhNguoiNop`.
    pub province: String,
}

/// Whether a line is a fee or a charge (`LoaiPhiLePhi`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FeeKind {
    /// `Phi`.
    Fee,
    /// `LePhi`. Its spelling is **UNVERIFIED**: the client only ever sends `Phi`.
    Charge,
}

impl FeeKind {
    /// The value of `LoaiPhiLePhi`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Fee => "Phi",
            Self::Charge => "LePhi",
        }
    }
}

/// A line of the receipt (`PhiLePhi` and `DSKhoanNop`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeLine {
    /// `LoaiPhiLePhi`.
    pub kind: FeeKind,
    /// `MaPhiLePhi`.
    pub code: String,
    /// `TenPhiLePhi`, and `NoiDung` of the item paid.
    pub name: String,
    /// `SoTien`.
    pub amount: Vnd,
}

/// What the receipt is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// `MaTTHC`: the procedure's national code. `MaDVC` is it with `.01`.
    pub procedure_code: String,
    /// `TenTTHC` and `TenDVC`; cut at 250 characters.
    pub procedure_name: String,
    /// `MaDonVi`: the office's identifier.
    pub office_code: String,
    /// `TenDonVi`.
    pub office_name: String,
    /// `MaHoSo`: the dossier's code.
    pub dossier_code: String,
    /// `NoiDungThanhToan`.
    pub purpose: String,
    /// Where the money goes.
    pub beneficiary: Beneficiary,
    /// Who pays.
    pub payer: Payer,
    /// `PhiLePhi` and `DSKhoanNop`.
    pub lines: Vec<FeeLine>,
}

impl Receipt {
    /// The sum of the lines. INIT refuses another amount.
    pub fn total(&self) -> Vnd {
        self.lines.iter().map(|line| line.amount).sum()
    }

    /// `ThongTinBienLai`.
    pub(crate) fn value(&self) -> Value {
        let name: String = self.procedure_name.chars().take(LONGEST_NAME).collect();
        let amount = |line: &FeeLine| line.amount.0.to_string();
        let fees = self.lines.iter().map(|line| {
            json!({
                "LoaiPhiLePhi": line.kind.code(),
                "MaPhiLePhi": line.code,
                "TenPhiLePhi": line.name,
                "SoTien": amount(line),
            })
        });
        let items =
            self.lines.iter().map(|line| json!({ "NoiDung": line.name, "SoTien": amount(line) }));
        let mut value = json!({
            "MaDichVu": SERVICE,
            "MaDVC": format!("{}.01", self.procedure_code),
            "TenDVC": name,
            "MaTTHC": self.procedure_code,
            "TenTTHC": name,
            "MaDonVi": self.office_code,
            "TenDonVi": self.office_name,
            "MaHoSo": self.dossier_code,
            "TKThuHuong": self.beneficiary.account,
            "MaNHThuHuong": self.beneficiary.bank,
            "TenTKThuHuong": self.beneficiary.name,
            "NoiDungThanhToan": self.purpose,
            "HoTenNguoiNop": self.payer.name,
            "SoCMNDNguoiNop": self.payer.identity_number.as_deref().unwrap_or("000000000"),
            "DiaChiNguoiNop": self.payer.address,
            "HuyenNguoiNop": self.payer.district,
            "TinhNguoiNop": self.payer.province,
            "PhiLePhi": fees.collect::<Vec<_>>(),
            "DSKhoanNop": items.collect::<Vec<_>>(),
        });
        if let Value::Object(fields) = &mut value {
            for name in EMPTY {
                fields.insert(name.to_owned(), Value::from(""));
            }
        }
        value
    }

    /// Reads `ThongTinBienLai`, for the platform's side.
    pub(crate) fn read(json: &str) -> Result<Self, MessageError> {
        const NAME: &str = "ThongTinBienLai";
        let bad = || MessageError::Malformed(NAME);
        let value: Value = serde_json::from_str(json).map_err(|_| bad())?;
        let text = |of: &Value, name: &str| of[name].as_str().unwrap_or_default().to_owned();
        let number = text(&value, "SoCMNDNguoiNop");
        let line = |line: &Value| {
            Ok(FeeLine {
                kind: match line["LoaiPhiLePhi"].as_str() {
                    Some("Phi") => FeeKind::Fee,
                    Some("LePhi") => FeeKind::Charge,
                    _ => return Err(bad()),
                },
                code: text(line, "MaPhiLePhi"),
                name: text(line, "TenPhiLePhi"),
                amount: dong(&text(line, "SoTien")).ok_or_else(bad)?,
            })
        };
        let lines = value["PhiLePhi"].as_array().ok_or_else(bad)?;
        Ok(Self {
            procedure_code: text(&value, "MaTTHC"),
            procedure_name: text(&value, "TenTTHC"),
            office_code: text(&value, "MaDonVi"),
            office_name: text(&value, "TenDonVi"),
            dossier_code: text(&value, "MaHoSo"),
            purpose: text(&value, "NoiDungThanhToan"),
            beneficiary: Beneficiary {
                account: text(&value, "TKThuHuong"),
                bank: text(&value, "MaNHThuHuong"),
                name: text(&value, "TenTKThuHuong"),
            },
            payer: Payer {
                name: text(&value, "HoTenNguoiNop"),
                identity_number: Some(number).filter(|n| !n.bytes().all(|b| b == b'0')),
                address: text(&value, "DiaChiNguoiNop"),
                district: text(&value, "HuyenNguoiNop"),
                province: text(&value, "TinhNguoiNop"),
            },
            lines: lines.iter().map(line).collect::<Result<_, _>>()?,
        })
    }
}
