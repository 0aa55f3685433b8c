//! Giving money back, on the wire, for staff: what must go back, ordering it, noting that it went back
//! by hand.

use motcua_domain::date::Moment;
use motcua_domain::dossier::DossierCode;
use motcua_domain::money::Vnd;
use motcua_domain::payment::AttemptState;
use serde::{Deserialize, Serialize};

/// Payments whose money must go back or is on its way, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefundList {
    /// Them.
    pub refunds: Vec<RefundView>,
}

/// A payment whose money goes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefundView {
    /// The attempt's token.
    pub attempt: String,
    /// The dossier.
    pub dossier: DossierCode,
    /// The fee line.
    pub fee: String,
    /// Channel id.
    pub channel: String,
    /// How much.
    pub amount: Vnd,
    /// `refund_due`, `refund_pending` or `refunded`.
    pub state: AttemptState,
    /// Whether the channel gives money back by a call; else it goes by hand.
    pub by_call: bool,
    /// Orders that the gateway refused so far.
    pub refused: u32,
    /// Whether the gateway says that another amount than ordered went back; the rest goes by hand.
    pub differs: bool,
    /// The gateway's code of its last word.
    pub code: Option<String>,
    /// When the money was taken.
    pub paid_at: Option<Moment>,
}

/// Orders money back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OrderRefund {
    /// Why, for the books.
    pub reason: String,
}

/// Says that money was given back outside the gateway: a transfer, cash against a signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RefundedByHand {
    /// The bank's number, or that of the signed slip.
    pub reference: String,
}
