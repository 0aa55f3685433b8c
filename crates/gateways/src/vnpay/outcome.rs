//! Owns what a pair of codes means for the citizen's money. Knows no payment state machine.

use super::codes::{ResponseCode, TransactionStatus};

/// What a verified message says about the money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Paid: response code 00 and transaction status 00.
    Paid,
    /// Not decided yet, or told in codes that we do not know: ask again.
    Pending,
    /// Money may have been taken and a person must look (07, 04, or codes that contradict each
    /// other in favour of "paid"). Never show it as failed.
    Held,
    /// Not paid.
    Failed(Reason),
}

/// Why a payment failed, in the kinds that need different words to the citizen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The citizen cancelled (24).
    UserCancelled,
    /// Not enough money (51).
    InsufficientFunds,
    /// Over the day's limit (65).
    Limit,
    /// Wrong card data, OTP or password (10, 13, 79).
    AuthFailed,
    /// The bank is under maintenance (75).
    BankMaintenance,
    /// The bank refused: locked, not registered, or no reason told (09, 12, other).
    Declined,
    /// The time to pay was over (11, 15).
    TimedOut,
    /// An error of the gateway (99).
    System,
}

/// The meaning of a return's or IPN's two codes. Paid only if both are 00 (VNPAY PAY 2.1.0, the
/// official IPN sample).
pub fn outcome(response: &ResponseCode, status: &TransactionStatus) -> Outcome {
    use ResponseCode as R;
    use TransactionStatus as S;
    match (response, status) {
        (R::SuspectedFraud, _) => Outcome::Held,
        (R::Success, S::Success) => Outcome::Paid,
        // Status says paid and the response does not: somebody has to look.
        (_, S::Success) => Outcome::Held,
        (_, S::Failed) => Outcome::Failed(reason(response)),
        (_, S::Unfinished | S::Other(_)) => Outcome::Pending,
        (_, S::Reversed | S::SuspectedFraud) => Outcome::Held,
        (_, S::RefundProcessing | S::RefundSent | S::RefundRefused) => Outcome::Held,
    }
}

/// The meaning of querydr's transaction status, which comes without a reason.
pub fn outcome_of_status(status: &TransactionStatus) -> Outcome {
    outcome(&ResponseCode::Success, status)
}

fn reason(response: &ResponseCode) -> Reason {
    use ResponseCode as R;
    match response {
        R::Cancelled => Reason::UserCancelled,
        R::InsufficientFunds => Reason::InsufficientFunds,
        R::DailyLimit => Reason::Limit,
        R::WrongDetails | R::WrongOtp | R::WrongPassword => Reason::AuthFailed,
        R::BankMaintenance => Reason::BankMaintenance,
        R::TimedOut | R::PageIdle => Reason::TimedOut,
        R::General => Reason::System,
        R::Success | R::SuspectedFraud | R::NotRegistered | R::Locked | R::Other(_) => {
            Reason::Declined
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(response: &str, status: &str) -> Outcome {
        outcome(&ResponseCode::from(response), &TransactionStatus::from(status))
    }

    #[test]
    fn only_00_with_00_is_paid() {
        for r in 0..100 {
            for s in 0..100 {
                let (response, status) = (format!("{r:02}"), format!("{s:02}"));
                assert_eq!(of(&response, &status) == Outcome::Paid, r == 0 && s == 0);
            }
        }
    }

    #[test]
    fn money_that_may_be_taken_is_never_failed() {
        for s in ["00", "01", "02", "04", "07", "xx"] {
            assert_eq!(of("07", s), Outcome::Held);
        }
        for r in ["00", "24", "51", "99", "xx"] {
            assert_eq!(of(r, "04"), Outcome::Held);
            assert_eq!(of(r, "07"), Outcome::Held);
        }
    }

    #[test]
    fn reasons() {
        for (code, reason) in [
            ("24", Reason::UserCancelled),
            ("51", Reason::InsufficientFunds),
            ("65", Reason::Limit),
            ("13", Reason::AuthFailed),
            ("75", Reason::BankMaintenance),
            ("12", Reason::Declined),
            ("11", Reason::TimedOut),
            ("99", Reason::System),
        ] {
            assert_eq!(of(code, "02"), Outcome::Failed(reason));
        }
        assert_eq!(of("00", "01"), Outcome::Pending);
        assert_eq!(of("43", "88"), Outcome::Pending);
    }
}
