//! Why a payment attempt took no money, and why money may be taken though nothing is paid: as many kinds
//! as need words of their own. Knows no gateway's code and no word.

use serde::{Deserialize, Serialize};

/// Why the gateway took no money: as many kinds as need other words and another next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FailureReason {
    /// The payer cancelled.
    UserCancelled,
    /// Not enough money in the account.
    InsufficientFunds,
    /// Over a limit of the account, of a day or of a payment.
    LimitExceeded,
    /// The wallet's account is not verified by face and identity card (C06).
    AccountNotVerified,
    /// The card or account is not registered for payments on the internet.
    NotRegistered,
    /// The card or account is locked, restricted or closed.
    AccountLocked,
    /// The card's or account's data were wrong.
    WrongDetails,
    /// A password or one-time code was wrong.
    AuthenticationFailed,
    /// The bank is under maintenance.
    BankMaintenance,
    /// Cancelled after the wallet had set the money aside; it lets it go by itself.
    HoldReleased,
    /// A promotion that the payer chose does not fit.
    PromotionRestricted,
    /// The bank or the wallet refused, and told no reason that a payer could act on.
    Declined,
    /// The time to pay was over.
    TimedOut,
    /// The gateway will not have the order: a matter between the office and the gateway.
    GatewayRefused,
    /// The channel does not take this amount.
    AmountOutOfRange,
    /// An error of the gateway.
    System,
    /// Not paid; the gateway tells no reason, or a newer backend one that is not known here.
    #[serde(other)]
    Unexplained,
}

impl FailureReason {
    /// All reasons, for tables and tests.
    pub const ALL: [Self; 17] = [
        Self::UserCancelled,
        Self::InsufficientFunds,
        Self::LimitExceeded,
        Self::AccountNotVerified,
        Self::NotRegistered,
        Self::AccountLocked,
        Self::WrongDetails,
        Self::AuthenticationFailed,
        Self::BankMaintenance,
        Self::HoldReleased,
        Self::PromotionRestricted,
        Self::Declined,
        Self::TimedOut,
        Self::GatewayRefused,
        Self::AmountOutOfRange,
        Self::System,
        Self::Unexplained,
    ];
}

/// Why money may be taken though nothing is paid: a person must look, and nobody may pay again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HoldReason {
    /// The money was taken, and the gateway suspects fraud (VNPAY 07).
    SuspectedFraud,
    /// The bank took the money, the gateway did not get it: it goes back (VNPAY 04 and its refunds).
    Reversed,
    /// Another amount than the fee's was paid.
    AmountDiffers,
    /// The gateway's words contradict each other, or a newer backend's reason is not known here.
    #[serde(other)]
    Unclear,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_goes_round_and_an_unknown_one_is_read() {
        for reason in FailureReason::ALL {
            let json = serde_json::to_string(&reason).unwrap();
            assert_eq!(serde_json::from_str::<FailureReason>(&json).unwrap(), reason, "{json}");
        }
        let newer: FailureReason = serde_json::from_str("\"of_a_newer_backend\"").unwrap();
        assert_eq!(newer, FailureReason::Unexplained);
        let newer: HoldReason = serde_json::from_str("\"of_a_newer_backend\"").unwrap();
        assert_eq!(newer, HoldReason::Unclear);
    }
}
