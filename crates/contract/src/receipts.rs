//! Receipts of paid fees (biên lai) on the wire: what anyone with the printed code may check, and what only
//! the dossier's holder sees.

use motcua_domain::date::Moment;
use motcua_domain::fee::FeeKind;
use motcua_domain::money::Vnd;
use motcua_domain::text::Text;
use serde::{Deserialize, Serialize};

/// Whether a receipt still stands for money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReceiptState {
    /// The money is with the office.
    Valid,
    /// The money goes back.
    Refunding,
    /// The money went back.
    Refunded,
    /// It was given by mistake.
    Voided,
}

/// A receipt: whole for the dossier's holder; for anyone else who has its code enough to compare a print
/// with, and nothing personal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptView {
    /// Its number, such as `H24.31-BL26-0000042`.
    pub number: String,
    /// Whether it stands.
    pub state: ReceiptState,
    /// Who gave it.
    pub issuer: Text,
    /// The dossier's code; its middle hidden from anyone else.
    pub dossier: String,
    /// Who filed it; for anyone else the family name, and the first letters of the others.
    pub payer: String,
    /// What was paid for.
    pub fee_name: Text,
    /// Phí or lệ phí.
    pub kind: FeeKind,
    /// The text that sets the fee.
    pub citation: Text,
    /// How much.
    pub amount: Vnd,
    /// The same in words.
    pub words: Text,
    /// Channel id, or `cash`.
    pub channel: String,
    /// The gateway's transaction number; for the holder only.
    pub gateway_reference: Option<String>,
    /// When the money was taken.
    pub paid_at: Moment,
    /// Path of the receipt as PDF, which whoever has it may open; for the holder only.
    pub file: Option<String>,
    /// Path of the national platform's own receipt, where the money went through it; for the holder only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform_file: Option<String>,
}

/// Staff: takes back a receipt of cash that was noted by mistake. The fee falls due again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct VoidReceipt {
    /// Why; the citizen reads it. At most 500 characters.
    pub reason: String,
}
