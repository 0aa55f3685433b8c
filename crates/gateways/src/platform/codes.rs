//! Owns the platform's codes and what they mean for the money. Knows no message.
//!
//! Of `MaLoi` only 00 is known, of `TrangThaiGD` 1, 3 and 4 (the client). Everything else is kept
//! as it was received.

use crate::codes::table;
use crate::outcome::Outcome;
use motcua_domain::payment::FailureReason;

table! {
    /// `MaLoi` of a CONFIRM or of an answer, and `responseCode` of a return.
    ErrorCode {
        /// Success; of a CONFIRM: paid.
        Success = "00",
    }
}

table! {
    /// `TrangThaiGD`: what the transaction is at the platform.
    Status {
        /// Paid.
        Paid = "1",
        /// Not known yet, for example because the bank did not answer in time.
        Unknown = "3",
        /// Failed.
        Failed = "4",
    }
}

impl ErrorCode {
    /// What a CONFIRM with this code says about the money. The client takes every other code for a
    /// failure; the codes are not published, so nothing is known of the reason.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Success => Outcome::Paid,
            Self::Other(_) => Outcome::Failed(FailureReason::Unexplained),
        }
    }
}

impl Status {
    /// What the status says about the money. 3 is asked about again, without an end of its own.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Paid => Outcome::Paid,
            Self::Failed => Outcome::Failed(FailureReason::Unexplained),
            Self::Unknown | Self::Other(_) => Outcome::Pending,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_00_and_1_are_paid() {
        for n in 0..100 {
            let code = ErrorCode::from(format!("{n:02}").as_str());
            assert_eq!(code.outcome() == Outcome::Paid, n == 0);
            let status = Status::from(n.to_string().as_str());
            assert_eq!(status.outcome() == Outcome::Paid, n == 1);
            let failed = matches!(status.outcome(), Outcome::Failed(_));
            assert_eq!(failed, n == 4);
        }
        let unexplained = Outcome::Failed(FailureReason::Unexplained);
        assert_eq!(ErrorCode::from("0").outcome(), unexplained);
        assert_eq!(Status::Failed.outcome(), unexplained);
    }
}
