//! Owns the answer to MoMo's IPN. Knows no order.
//!
//! notification: HTTP 204 within 15 seconds. How often MoMo calls again after another answer is
//! not published; an answer that is none of the 2xx does not give the money back.

use crate::ack::{Answer, Verdict};

/// The seconds that MoMo waits for the answer.
pub const WAITS_SECONDS: u32 = 15;

/// The merchant's answer to an IPN. An order that we do not know (its row may not be written yet)
/// is answered as our failure, because that is what makes a gateway call again.
pub fn answer(verdict: Verdict) -> Answer {
    Answer::empty(match verdict {
        Verdict::Recorded | Verdict::AlreadyRecorded => 204,
        // Taken note of, for staff: calling again would not change the amount.
        Verdict::WrongAmount => 204,
        Verdict::NotProven => 400,
        Verdict::UnknownOrder | Verdict::Broken => 500,
    })
}

/// The gateway's side: whether an answer ends the notice. The page names 204; any other 2xx is
/// taken too, because MoMo's retry policy is **UNVERIFIED**.
pub fn accepted(status: u16) -> bool {
    (200..300).contains(&status)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_stored_is_not_accepted() {
        for verdict in Verdict::ALL {
            let kept = matches!(
                verdict,
                Verdict::Recorded | Verdict::AlreadyRecorded | Verdict::WrongAmount
            );
            let answer = answer(verdict);
            assert_eq!(accepted(answer.status), kept, "{verdict:?}");
            assert!(answer.body.is_empty());
        }
    }
}
