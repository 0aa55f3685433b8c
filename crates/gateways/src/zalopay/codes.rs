//! Owns ZaloPay's codes and what they mean for the money. Knows no message.
//!
//! errors: `return_code` is the whole answer, `sub_return_code` its reason.

use serde_json::Value;

use crate::codes::table;
use crate::fields::Draft;
use crate::outcome::{Created, Outcome, RefundOutcome};
use motcua_domain::payment::FailureReason as Reason;

table! {
    /// `return_code`.
    ReturnCode {
        /// Success; of a query: paid.
        Success = "1",
        /// Failure.
        Failure = "2",
        /// Processing; of a query: or not paid yet.
        Processing = "3",
    }
}

table! {
    /// `sub_return_code`, and the `status` of a redirect, which is one of them when it is not 1.
    /// The limits of accounts and methods, −1330 to −1343, are documented as a range only: see
    /// [`SubCode::is_limit`].
    SubCode {
        /// Success.
        Success = "1",
        /// The citizen cancelled. From **MEMORY**, seen in a redirect.
        Cancelled = "-49",
        /// The order has expired.
        Expired = "-54",
        /// Not enough money.
        InsufficientFunds = "-63",
        /// This `app_trans_id` was used before: ask what became of it.
        DuplicateOrder = "-68",
        /// No such order.
        NotFound = "-101",
        /// The request's data are wrong.
        BadData = "-401",
        /// The signature or the app is wrong.
        BadSignature = "-402",
        /// Too many requests: slow down.
        TooMany = "-429",
        /// An error of ZaloPay.
        System = "-500",
        /// ZaloPay is under maintenance.
        Maintenance = "-999",
    }
}

impl SubCode {
    /// Whether it is one of the limits of an account or a method, −1330 to −1343.
    pub fn is_limit(&self) -> bool {
        matches!(self, Self::Other(text)
            if text.parse::<i32>().is_ok_and(|code| (-1343..=-1330).contains(&code)))
    }

    /// Whether it is about the call and says nothing of the money.
    fn is_about_the_call(&self) -> bool {
        matches!(
            self,
            Self::NotFound
                | Self::BadData
                | Self::BadSignature
                | Self::TooMany
                | Self::System
                | Self::Maintenance
        )
    }

    /// Why a payment that failed did.
    pub fn reason(&self) -> Reason {
        match self {
            Self::Cancelled => Reason::UserCancelled,
            Self::Expired => Reason::TimedOut,
            Self::InsufficientFunds => Reason::InsufficientFunds,
            Self::System | Self::Maintenance => Reason::System,
            Self::BadData | Self::BadSignature | Self::DuplicateOrder | Self::NotFound => {
                Reason::GatewayRefused
            }
            limit if limit.is_limit() => Reason::LimitExceeded,
            // The codes are not all published; what is not in the table says nothing to a payer.
            Self::Success | Self::TooMany | Self::Other(_) => Reason::Unexplained,
        }
    }
}

/// What the codes of a query say about the payment; none when they are about the call.
pub fn outcome(code: &ReturnCode, sub: &SubCode) -> Option<Outcome> {
    match code {
        ReturnCode::Success => Some(Outcome::Paid),
        _ if sub.is_about_the_call() => None,
        ReturnCode::Failure => Some(Outcome::Failed(sub.reason())),
        ReturnCode::Processing | ReturnCode::Other(_) => Some(Outcome::Pending),
    }
}

/// What the codes of a create answer say.
pub fn created(code: &ReturnCode, sub: &SubCode) -> Created {
    match (code, sub) {
        (ReturnCode::Success, _) => Created::Ready,
        (_, SubCode::DuplicateOrder) => Created::Exists,
        (_, SubCode::TooMany | SubCode::System | SubCode::Maintenance) => Created::Again,
        (ReturnCode::Failure, sub) => Created::Refused(match sub.reason() {
            // Nobody was asked yet: it is ZaloPay that will not have the order.
            Reason::Unexplained => Reason::GatewayRefused,
            reason => reason,
        }),
        (ReturnCode::Processing | ReturnCode::Other(_), _) => Created::Again,
    }
}

/// What the codes of a refund or of a question about one say. A refund is asynchronous.
pub fn refunded(code: &ReturnCode, sub: &SubCode) -> RefundOutcome {
    match code {
        ReturnCode::Success => RefundOutcome::Done,
        // The same number again, or no word about the refund itself: ask.
        _ if *sub == SubCode::DuplicateOrder || sub.is_about_the_call() => RefundOutcome::Pending,
        ReturnCode::Failure => RefundOutcome::Refused,
        ReturnCode::Processing | ReturnCode::Other(_) => RefundOutcome::Pending,
    }
}

/// The four fields that every answer of ZaloPay begins with. Codes are JSON numbers.
pub(crate) fn head(code: &ReturnCode, message: &str, sub: &SubCode, sub_message: &str) -> Draft {
    let number = |code: &str| match code.parse::<i64>() {
        Ok(number) => Value::from(number),
        Err(_) => Value::from(code),
    };
    Draft::new([
        ("return_code", number(code.code())),
        ("return_message", Value::from(message)),
        ("sub_return_code", number(sub.code())),
        ("sub_return_message", Value::from(sub_message)),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: &str, sub: &str) -> Option<Outcome> {
        outcome(&ReturnCode::from(code), &SubCode::from(sub))
    }

    #[test]
    fn only_1_is_paid() {
        for code in -5..10 {
            for sub in SubCode::KNOWN {
                let paid = of(&code.to_string(), sub) == Some(Outcome::Paid);
                assert_eq!(paid, code == 1, "{code} {sub}");
            }
        }
        assert_eq!(of("3", "x"), Some(Outcome::Pending));
        assert_eq!(of("8", ""), Some(Outcome::Pending));
    }

    #[test]
    fn reasons() {
        for (sub, reason) in [
            ("-49", Reason::UserCancelled),
            ("-54", Reason::TimedOut),
            ("-63", Reason::InsufficientFunds),
            ("-1330", Reason::LimitExceeded),
            ("-1343", Reason::LimitExceeded),
            ("-1344", Reason::Unexplained),
            ("-68", Reason::GatewayRefused),
        ] {
            assert_eq!(of("2", sub), Some(Outcome::Failed(reason)), "{sub}");
        }
        for limit in -1343..=-1330 {
            let told = Some(Outcome::Failed(Reason::LimitExceeded));
            assert_eq!(of("2", &limit.to_string()), told, "{limit}");
        }
        for sub in ["-101", "-401", "-402", "-429", "-500", "-999"] {
            assert_eq!(of("2", sub), None, "{sub}");
        }
    }

    #[test]
    fn an_order_that_may_exist_is_asked_about() {
        let of = |code: &str, sub: &str| created(&ReturnCode::from(code), &SubCode::from(sub));
        assert_eq!(of("1", "1"), Created::Ready);
        assert_eq!(of("2", "-68"), Created::Exists);
        assert_eq!(of("2", "-500"), Created::Again);
        assert_eq!(of("2", "-402"), Created::Refused(Reason::GatewayRefused));
        assert_eq!(of("2", "-1335"), Created::Refused(Reason::LimitExceeded));
    }
}
