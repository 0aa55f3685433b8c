//! Owns MoMo's result codes and what they mean for the money. Knows no message.
//!
//! resultcode ("List Result Codes"): one table for create, redirect, IPN, query and refund. Codes
//! with "Final Status: No" of the system and merchant kinds are about the call, not the payment.

use crate::codes::table;
use crate::outcome::{Created, Outcome, RefundOutcome};
use motcua_domain::payment::FailureReason as Reason;

table! {
    /// `resultCode`.
    ResultCode {
        /// Successful.
        Success = "0",
        /// MoMo is under maintenance.
        Maintenance = "10",
        /// Access denied: the merchant's settings.
        AccessDenied = "11",
        /// This version of the API is not supported.
        UnsupportedVersion = "12",
        /// The merchant's credentials or signature are wrong.
        BadCredentials = "13",
        /// Bad format.
        BadFormat = "20",
        /// An amount that cannot be.
        BadAmount = "21",
        /// The amount is out of the range of the payment method.
        AmountOutOfRange = "22",
        /// This `requestId` was used before.
        DuplicateRequest = "40",
        /// This `orderId` was used before: ask what became of it.
        DuplicateOrder = "41",
        /// No such `orderId`.
        OrderNotFound = "42",
        /// A like transaction is being processed.
        AnalogousInProgress = "43",
        /// An item occurs twice.
        DuplicateItem = "45",
        /// The data given cannot be used together.
        Inapplicable = "47",
        /// The QR code could not be made.
        QrNotMade = "98",
        /// Unknown error.
        Unknown = "99",
        /// Started; waiting for the user to confirm.
        WaitingForUser = "1000",
        /// Not enough money.
        InsufficientFunds = "1001",
        /// The issuer of the payment method refused.
        IssuerRefused = "1002",
        /// Cancelled after it was authorised, by the merchant or by MoMo's time-out.
        CancelledAfterAuthorisation = "1003",
        /// Over the day's or month's limit.
        LimitExceeded = "1004",
        /// The address or QR code has expired.
        Expired = "1005",
        /// The user refused to confirm.
        UserRefused = "1006",
        /// The user's account is inactive or does not exist.
        InactiveAccount = "1007",
        /// Cancelled by the merchant.
        CancelledByMerchant = "1017",
        /// Restricted by the rules of a promotion.
        PromotionRestricted = "1026",
        /// The refund failed while it was processed; try again, best after an hour.
        RefundFailed = "1080",
        /// The refund is refused: the payment may have been refunded already.
        AlreadyRefunded = "1081",
        /// The refund is refused: this payment cannot be refunded.
        NotRefundable = "1088",
        /// Wrong `orderGroupId`.
        BadOrderGroup = "2019",
        /// The user's account is restricted.
        AccountRestricted = "4001",
        /// The user's account is not verified by C06 (biometrics by NFC in the MoMo app).
        NotVerifiedByC06 = "4002",
        /// The user failed to log in.
        LoginFailed = "4100",
        /// Being processed.
        Processing = "7000",
        /// Being processed by the provider of the payment method.
        ProcessingAtProvider = "7002",
        /// The user is to confirm again; stands in an older table only.
        ConfirmAgain = "8000",
        /// Authorised. In a payment of one step, the only kind that we make, it is to be taken as
        /// success.
        Authorised = "9000",
    }
}

impl ResultCode {
    /// What the code says about a payment; none when it is about the call or about a refund, and
    /// says nothing of the money.
    pub fn outcome(&self) -> Option<Outcome> {
        Some(match self {
            Self::Success | Self::Authorised => Outcome::Paid,
            Self::WaitingForUser
            | Self::Processing
            | Self::ProcessingAtProvider
            | Self::ConfirmAgain
            | Self::Other(_) => Outcome::Pending,
            Self::InsufficientFunds => Outcome::Failed(Reason::InsufficientFunds),
            Self::LimitExceeded => Outcome::Failed(Reason::LimitExceeded),
            Self::UserRefused => Outcome::Failed(Reason::UserCancelled),
            Self::NotVerifiedByC06 => Outcome::Failed(Reason::AccountNotVerified),
            Self::LoginFailed => Outcome::Failed(Reason::AuthenticationFailed),
            Self::CancelledAfterAuthorisation => Outcome::Failed(Reason::HoldReleased),
            Self::Expired => Outcome::Failed(Reason::TimedOut),
            Self::IssuerRefused => Outcome::Failed(Reason::Declined),
            Self::InactiveAccount | Self::AccountRestricted => {
                Outcome::Failed(Reason::AccountLocked)
            }
            Self::PromotionRestricted => Outcome::Failed(Reason::PromotionRestricted),
            Self::CancelledByMerchant | Self::BadOrderGroup => {
                Outcome::Failed(Reason::GatewayRefused)
            }
            Self::QrNotMade | Self::Unknown => Outcome::Failed(Reason::System),
            Self::Maintenance
            | Self::AccessDenied
            | Self::UnsupportedVersion
            | Self::BadCredentials
            | Self::BadFormat
            | Self::BadAmount
            | Self::AmountOutOfRange
            | Self::DuplicateRequest
            | Self::DuplicateOrder
            | Self::OrderNotFound
            | Self::AnalogousInProgress
            | Self::DuplicateItem
            | Self::Inapplicable
            | Self::RefundFailed
            | Self::AlreadyRefunded
            | Self::NotRefundable => return None,
        })
    }

    /// What the answer to a create request says.
    pub fn created(&self) -> Created {
        match self {
            Self::Success => Created::Ready,
            Self::DuplicateOrder | Self::DuplicateRequest | Self::AnalogousInProgress => {
                Created::Exists
            }
            Self::BadAmount | Self::AmountOutOfRange => Created::Refused(Reason::AmountOutOfRange),
            Self::Maintenance | Self::Processing | Self::ProcessingAtProvider | Self::Other(_) => {
                Created::Again
            }
            _ => match self.outcome() {
                Some(Outcome::Failed(reason)) => Created::Refused(reason),
                Some(_) => Created::Exists,
                None => Created::Refused(Reason::GatewayRefused),
            },
        }
    }

    /// What the answer to a refund request, or a row of `refundTrans`, says.
    pub fn refunded(&self) -> RefundOutcome {
        match self {
            Self::Success => RefundOutcome::Done,
            // The same request may be at work, or the answer to it may have been lost.
            Self::Processing
            | Self::ProcessingAtProvider
            | Self::Maintenance
            | Self::DuplicateRequest
            | Self::DuplicateOrder
            | Self::AnalogousInProgress
            | Self::Other(_) => RefundOutcome::Pending,
            _ => RefundOutcome::Refused,
        }
    }

    /// The code as the number that MoMo sends; 99 for a code that is none.
    pub(crate) fn number(&self) -> i64 {
        self.code().parse().unwrap_or(99)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The page's pending and success codes, and nothing else, are not failures.
    #[test]
    fn the_table_of_the_page() {
        for code in ResultCode::KNOWN {
            let result = ResultCode::from(*code);
            assert_eq!(result.code(), *code);
            let outcome = result.outcome();
            let paid = ["0", "9000"].contains(code);
            assert_eq!(outcome == Some(Outcome::Paid), paid, "{code}");
            let pending = ["1000", "7000", "7002", "8000"].contains(code);
            assert_eq!(outcome == Some(Outcome::Pending), pending, "{code}");
            let about_the_call = code.len() == 2 && !["98", "99"].contains(code);
            let about_a_refund = ["1080", "1081", "1088"].contains(code);
            assert_eq!(outcome.is_none(), about_the_call || about_a_refund, "{code}");
        }
        assert_eq!(ResultCode::from("4711").outcome(), Some(Outcome::Pending));
        let unverified = Outcome::Failed(Reason::AccountNotVerified);
        assert_eq!(ResultCode::from("4002").outcome(), Some(unverified));
    }

    #[test]
    fn every_code_that_ends_a_payment_unpaid_has_its_reason() {
        let reasons = [
            ("98", Reason::System),
            ("99", Reason::System),
            ("1001", Reason::InsufficientFunds),
            ("1002", Reason::Declined),
            ("1003", Reason::HoldReleased),
            ("1004", Reason::LimitExceeded),
            ("1005", Reason::TimedOut),
            ("1006", Reason::UserCancelled),
            ("1007", Reason::AccountLocked),
            ("1017", Reason::GatewayRefused),
            ("1026", Reason::PromotionRestricted),
            ("2019", Reason::GatewayRefused),
            ("4001", Reason::AccountLocked),
            ("4002", Reason::AccountNotVerified),
            ("4100", Reason::AuthenticationFailed),
        ];
        for code in ResultCode::KNOWN {
            let told = reasons.iter().find(|(known, _)| known == code).map(|(_, reason)| *reason);
            let failed = match ResultCode::from(*code).outcome() {
                Some(Outcome::Failed(reason)) => Some(reason),
                _ => None,
            };
            assert_eq!(failed, told, "{code}");
        }
    }

    /// An order that may exist is never called refused: its money would be forgotten.
    #[test]
    fn an_order_that_may_exist_is_asked_about() {
        for code in ["40", "41", "43", "1000", "9000"] {
            assert_eq!(ResultCode::from(code).created(), Created::Exists, "{code}");
        }
        for code in ["10", "7000", "7002", "4711"] {
            assert_eq!(ResultCode::from(code).created(), Created::Again, "{code}");
        }
        assert_eq!(ResultCode::from("22").created(), Created::Refused(Reason::AmountOutOfRange));
        assert_eq!(ResultCode::from("13").created(), Created::Refused(Reason::GatewayRefused));
    }

    #[test]
    fn refunds() {
        assert_eq!(ResultCode::from("0").refunded(), RefundOutcome::Done);
        assert_eq!(ResultCode::from("7002").refunded(), RefundOutcome::Pending);
        for code in ["1080", "1081", "1088", "99"] {
            assert_eq!(ResultCode::from(code).refunded(), RefundOutcome::Refused, "{code}");
        }
    }
}
