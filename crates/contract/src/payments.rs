//! Payments on the wire. The browser never says that something is paid: it asks.

use motcua_domain::date::Moment;
use motcua_domain::fee::FeeKind;
use motcua_domain::money::Vnd;
use motcua_domain::payment::{AttemptState, FailureReason, FeeState, HoldReason};
use motcua_domain::payment_request::RequestState;
use motcua_domain::text::Text;
use serde::{Deserialize, Serialize};

/// Starts an attempt to pay a fee, before the citizen taps, so that the tap is a plain link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateAttempt {
    /// Channel id, such as `vnpay`.
    pub channel: String,
    /// Language of the gateway's page: `vi` or `en`.
    pub language: String,
}

/// An attempt, as anyone with its token may see it: nothing personal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AttemptView {
    /// 128-bit capability of this one attempt; the return page's address ends with it.
    pub token: String,
    /// Where the attempt stands.
    pub state: AttemptState,
    /// Why the gateway took no money.
    pub failure: Option<FailureReason>,
    /// Why money may be taken though nothing is paid; only while it is looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<HoldReason>,
    /// The gateway's own code of the last answer, for the hotline.
    pub gateway_code: Option<String>,
    /// How much.
    pub amount: Vnd,
    /// What is paid for.
    pub fee_name: Text,
    /// Where the fee stands (it may have been paid by another attempt).
    pub fee_state: FeeState,
    /// Channel id.
    pub channel: String,
    /// The dossier's code with its middle hidden, such as `H24.31-…-000042`.
    pub dossier_hint: String,
    /// The gateway's page; only while paying makes sense.
    pub pay_url: Option<String>,
    /// The text of a code that a wallet or bank reads; only while paying makes sense.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qr: Option<String>,
    /// Where to transfer the money, for those who type it; only of a bank transfer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transfer: Option<TransferView>,
    /// Until when the gateway's page works.
    pub expires_at: Moment,
    /// When the money was taken, by the gateway's word.
    pub paid_at: Option<Moment>,
    /// The gateway's transaction number, for the hotline.
    pub gateway_reference: Option<String>,
    /// The request that it answers, when somebody was asked to pay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
    /// The code of the receipt, once it is paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<String>,
}

/// What a payer types into a bank's app when the code cannot be scanned. The office's own account:
/// nothing personal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TransferView {
    /// The bank by its six-digit NAPAS number.
    pub bank: String,
    /// What the bank is called; empty when its number is not in our list.
    pub bank_name: String,
    /// The account.
    pub account: String,
    /// Whose account it is.
    pub holder: String,
    /// The words of the transfer. Without them nobody knows what it is for.
    pub words: String,
}

/// A request to pay a fee for somebody, as anyone with its link may see it: what it is for in general
/// words, nothing personal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaymentRequestView {
    /// 128-bit capability of this one request: to pay, to see this, and nothing else.
    pub token: String,
    /// Where it stands.
    pub state: RequestState,
    /// How much.
    pub amount: Vnd,
    /// Phí or lệ phí. Which procedure it is for is nobody's business.
    pub kind: FeeKind,
    /// The dossier's code with its middle hidden, so that two people on the telephone know that they
    /// speak of the same.
    pub dossier_hint: String,
    /// Until when it can be used.
    pub expires_at: Moment,
    /// When the fee was paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid_at: Option<Moment>,
    /// The name that the payer left; only for the dossier's holder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payer_name: Option<String>,
}

/// Starts an attempt to pay what somebody asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PayRequest {
    /// Channel id, such as `vnpay`.
    pub channel: String,
    /// Language of the gateway's page: `vi` or `en`.
    pub language: String,
    /// Who pays, if they want to say so; the holder of the dossier reads it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payer_name: Option<String>,
}
