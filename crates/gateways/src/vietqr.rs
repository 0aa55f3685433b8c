//! VietQR bank transfer codes: making one, and reading one back. Knows no fee.
//!
//! NAPAS IBFT v1.5.2 over EMVCo merchant-presented QR: fields of two digits id, two digits length,
//! value; field 63 is the CRC. A transfer has no notice: whether it was paid is told by a bank
//! statement or by staff, so the reference of the attempt stands in field 62. Reading and the check
//! sum are the domain's, which reads such codes from the camera too.

pub mod banks;

use motcua_domain::money::Vnd;
use motcua_domain::vietqr::check_sum;
pub use motcua_domain::vietqr::{Transfer, TransferError};
use thiserror::Error;

use crate::limits::{LimitError, Limits};
use crate::text::plain;

/// The amounts that a code can ask for: field 54 has at most 13 digits.
pub const LIMITS: Limits = Limits::new(1, 9_999_999_999_999);

/// The longest bill number (62-01) and purpose (62-08), in characters.
pub const LONGEST_TEXT: usize = 25;

/// What the money is sent to (38-02).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Service {
    /// `QRIBFTTA`: an account.
    #[default]
    Account,
    /// `QRIBFTTC`: a card.
    Card,
}

impl Service {
    /// The value of field 38-02.
    pub fn code(self) -> &'static str {
        match self {
            Self::Account => "QRIBFTTA",
            Self::Card => "QRIBFTTC",
        }
    }
}

/// A transfer to ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferRequest {
    /// The bank by its six-digit NAPAS number; see [`banks`].
    pub bank: String,
    /// Account or card: 1 to 19 letters and digits.
    pub account: String,
    /// Which of the two.
    pub service: Service,
    /// The amount; none lets the payer type one.
    pub amount: Option<Vnd>,
    /// Bill number: at most 25 printable ASCII characters.
    pub bill: Option<String>,
    /// Words to the transfer: at most 25 characters; see [`purpose`].
    pub purpose: Option<String>,
}

/// Why a transfer cannot be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TransferRequestError {
    /// A part has not the documented form.
    #[error("{0} has not the documented form")]
    Malformed(&'static str),
    /// The amount cannot be asked for.
    #[error(transparent)]
    Amount(#[from] LimitError),
}

/// Words for a transfer: plain ASCII, at most 25 characters. The libraries of the banks disagree
/// whether a length counts characters or bytes; of ASCII they are the same.
pub fn purpose(text: &str) -> String {
    plain(text, LONGEST_TEXT)
}

impl TransferRequest {
    /// The text of the code.
    pub fn payload(&self) -> Result<String, TransferRequestError> {
        self.check()?;
        let place = field("00", &self.bank) + &field("01", &self.account);
        let account =
            field("00", "A000000727") + &field("01", &place) + &field("02", self.service.code());
        // A code that asks for a sum or a reference is for one payment: "dynamic".
        let once = self.amount.is_some() || self.bill.is_some() || self.purpose.is_some();
        let mut text = field("00", "01");
        text += &field("01", if once { "12" } else { "11" });
        text += &field("38", &account);
        text += &field("53", "704");
        if let Some(amount) = self.amount {
            text += &field("54", &amount.0.to_string());
        }
        text += &field("58", "VN");
        let bill = self.bill.as_deref().map(|bill| field("01", bill));
        let purpose = self.purpose.as_deref().map(|purpose| field("08", purpose));
        let more = bill.unwrap_or_default() + &purpose.unwrap_or_default();
        if !more.is_empty() {
            text += &field("62", &more);
        }
        text += "6304";
        let sum = check_sum(text.as_bytes());
        Ok(format!("{text}{sum:04X}"))
    }

    fn check(&self) -> Result<(), TransferRequestError> {
        let must = |name, ok: bool| {
            if ok { Ok(()) } else { Err(TransferRequestError::Malformed(name)) }
        };
        let short = |text: &str| {
            (1..=LONGEST_TEXT).contains(&text.len())
                && text.bytes().all(|b| b == b' ' || b.is_ascii_graphic())
        };
        must("bank", self.bank.len() == 6 && self.bank.bytes().all(|b| b.is_ascii_digit()))?;
        let account = (1..=19).contains(&self.account.len());
        must("account", account && self.account.bytes().all(|b| b.is_ascii_alphanumeric()))?;
        must("bill", self.bill.as_deref().is_none_or(short))?;
        must("purpose", self.purpose.as_deref().is_none_or(short))?;
        self.amount.map(|amount| LIMITS.check(amount)).transpose()?;
        Ok(())
    }
}

/// Reads the text of a code. Only transfers by VietQR; a damaged code is an error.
pub fn read(text: &str) -> Result<Transfer, TransferError> {
    Transfer::parse(text)
}

/// One field of a value that is ASCII and shorter than 100 characters. Here the longest, field 38, has
/// 14 + 4 + 10 + 23 + 12 = 63, field 62 has 58.
pub(crate) fn field(id: &str, value: &str) -> String {
    format!("{id}{:02}{value}", value.len())
}
