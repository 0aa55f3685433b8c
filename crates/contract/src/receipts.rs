//! Receipts of paid fees (biên lai) on the wire: what anyone with the printed code may check, and what only
//! the dossier's holder sees.

use motcua_domain::date::Moment;
use motcua_domain::dossier::DossierCode;
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

/// A receipt as anyone with its code may see it: enough to compare a print with, nothing personal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptView {
    /// 128-bit code of this receipt; the address in its QR ends with it.
    pub token: String,
    /// Its number, such as `H24.31-BL26-0000042`.
    pub number: String,
    /// Whether it stands.
    pub state: ReceiptState,
    /// Who gave it.
    pub issuer: Text,
    /// What was paid for.
    pub fee_name: Text,
    /// Phí or lệ phí.
    pub kind: FeeKind,
    /// How much.
    pub amount: Vnd,
    /// The same in words.
    pub words: Text,
    /// Channel id, or `cash`.
    pub channel: String,
    /// When the money was taken.
    pub paid_at: Moment,
    /// The dossier's code with its middle hidden.
    pub dossier_hint: String,
    /// The submitter's family name, and the first letters of the others.
    pub payer_hint: String,
    /// The rest, for the dossier's holder.
    pub detail: Option<ReceiptDetail>,
}

/// What only the holder sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptDetail {
    /// The dossier.
    pub dossier: DossierCode,
    /// Who filed it.
    pub payer: String,
    /// The gateway's transaction number.
    pub gateway_reference: Option<String>,
    /// The text that sets the fee.
    pub citation: Text,
    /// Path of the receipt as PDF, which whoever has it may open.
    pub file: String,
}

/// Staff: takes back a receipt of cash that was noted by mistake. The fee falls due again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct VoidReceipt {
    /// Why; the citizen reads it. At most 500 characters.
    pub reason: String,
}
