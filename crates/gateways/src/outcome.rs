//! Owns what a gateway's word means for the citizen's money, in the domain's terms. Knows no code
//! and no payment state machine.

use motcua_domain::payment::{FailureReason, HoldReason};

use crate::vnpay;

/// What a believed message says about a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Paid.
    Paid,
    /// Not decided yet, or told in codes that we do not know: ask again.
    Pending,
    /// Money may have been taken and a person must look. Never show it as failed.
    Held(HoldReason),
    /// Not paid.
    Failed(FailureReason),
}

/// What became of the order to open a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Created {
    /// The gateway's page can be opened.
    Ready,
    /// The gateway knows the order already (an answer to us was lost): ask what became of it.
    Exists,
    /// The gateway could not answer now: the same order again, with the same numbers.
    Again,
    /// Refused; no order exists there.
    Refused(FailureReason),
}

/// What became of an order to give money back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefundOutcome {
    /// The money went back.
    Done,
    /// Accepted, not finished, or told in a code that we do not know: ask again.
    Pending,
    /// Not carried out; a new refund, with a new number, must be tried or staff must look.
    Refused,
}

impl From<vnpay::Outcome> for Outcome {
    fn from(outcome: vnpay::Outcome) -> Self {
        use vnpay::Reason as R;
        match outcome {
            vnpay::Outcome::Paid => Self::Paid,
            vnpay::Outcome::Pending => Self::Pending,
            vnpay::Outcome::Held(reason) => Self::Held(reason),
            vnpay::Outcome::Failed(reason) => Self::Failed(match reason {
                R::UserCancelled => FailureReason::UserCancelled,
                R::InsufficientFunds => FailureReason::InsufficientFunds,
                R::Limit => FailureReason::LimitExceeded,
                R::NotRegistered => FailureReason::NotRegistered,
                R::WrongDetails => FailureReason::WrongDetails,
                R::Locked => FailureReason::AccountLocked,
                R::AuthFailed => FailureReason::AuthenticationFailed,
                R::BankMaintenance => FailureReason::BankMaintenance,
                R::Declined => FailureReason::Declined,
                R::TimedOut => FailureReason::TimedOut,
                R::System => FailureReason::System,
                R::Unexplained => FailureReason::Unexplained,
            }),
        }
    }
}
