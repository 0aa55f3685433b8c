//! Owns what a pair of codes means for the citizen's money. Knows no payment state machine.

use motcua_domain::payment::HoldReason;

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
    Held(HoldReason),
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
    /// Wrong card data (10).
    WrongDetails,
    /// Not registered for internet banking (09).
    NotRegistered,
    /// The card or account is locked (12).
    Locked,
    /// Wrong OTP or password (13, 79).
    AuthFailed,
    /// The bank is under maintenance (75).
    BankMaintenance,
    /// Refused in a code that is not in the table.
    Declined,
    /// The time to pay was over (11, 15).
    TimedOut,
    /// An error of the gateway (99).
    System,
    /// Failed, and no code says why: querydr tells the status only.
    Unexplained,
}

/// The meaning of a return's or IPN's two codes. Paid only if both are 00 (VNPAY PAY 2.1.0, the
/// official IPN sample).
pub fn outcome(response: &ResponseCode, status: &TransactionStatus) -> Outcome {
    use ResponseCode as R;
    use TransactionStatus as S;
    match (response, status) {
        (R::SuspectedFraud, _) => Outcome::Held(HoldReason::SuspectedFraud),
        (R::Success, S::Success) => Outcome::Paid,
        // Status says paid and the response does not: somebody has to look.
        (_, S::Success) => Outcome::Held(HoldReason::Unclear),
        (_, S::Failed) => Outcome::Failed(reason(response)),
        (_, S::Unfinished | S::Other(_)) => Outcome::Pending,
        (_, S::SuspectedFraud) => Outcome::Held(HoldReason::SuspectedFraud),
        (_, S::Reversed | S::RefundProcessing | S::RefundSent) => {
            Outcome::Held(HoldReason::Reversed)
        }
        (_, S::RefundRefused) => Outcome::Held(HoldReason::Unclear),
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
        R::NotRegistered => Reason::NotRegistered,
        R::WrongDetails => Reason::WrongDetails,
        R::Locked => Reason::Locked,
        R::WrongOtp | R::WrongPassword => Reason::AuthFailed,
        R::BankMaintenance => Reason::BankMaintenance,
        R::TimedOut | R::PageIdle => Reason::TimedOut,
        R::General => Reason::System,
        // The status says failed, the code does not: of a query it never does.
        R::Success | R::SuspectedFraud => Reason::Unexplained,
        R::Other(_) => Reason::Declined,
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
            assert_eq!(of("07", s), Outcome::Held(HoldReason::SuspectedFraud));
        }
        for r in ["00", "24", "51", "99", "xx"] {
            assert_eq!(of(r, "04"), Outcome::Held(HoldReason::Reversed));
            assert_eq!(of(r, "07"), Outcome::Held(HoldReason::SuspectedFraud));
        }
    }

    #[test]
    fn reasons() {
        let reasons = [
            ("09", Reason::NotRegistered),
            ("10", Reason::WrongDetails),
            ("11", Reason::TimedOut),
            ("12", Reason::Locked),
            ("13", Reason::AuthFailed),
            ("15", Reason::TimedOut),
            ("24", Reason::UserCancelled),
            ("51", Reason::InsufficientFunds),
            ("65", Reason::Limit),
            ("75", Reason::BankMaintenance),
            ("79", Reason::AuthFailed),
            ("99", Reason::System),
        ];
        for (code, reason) in reasons {
            assert_eq!(of(code, "02"), Outcome::Failed(reason), "{code}");
        }
        // Every code of the page has its reason, but paid and held.
        let told = |code: &&str| reasons.iter().any(|(known, _)| known == code);
        let rest: Vec<_> = ResponseCode::KNOWN.iter().filter(|code| !told(code)).collect();
        assert_eq!(rest, [&"00", &"07"]);
        assert_eq!(of("00", "02"), Outcome::Failed(Reason::Unexplained));
        assert_eq!(of("98", "02"), Outcome::Failed(Reason::Declined));
        assert_eq!(of("00", "01"), Outcome::Pending);
        assert_eq!(of("43", "88"), Outcome::Pending);
    }
}
