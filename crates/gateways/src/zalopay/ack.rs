//! Owns the answer to ZaloPay's callback. Knows no order.
//!
//! callback-api: `{"return_code","return_message"}`; 1 is success, and in the text of 2026 2 is
//! failure. Older samples used 2 for "recorded earlier" and 0 for an error after which ZaloPay calls
//! up to three times: that is from **MEMORY** and **UNVERIFIED**. Our answers do not depend on it:
//! what is recorded is answered by 1 every time.

use serde_json::json;

use crate::ack::{Answer, Verdict};
use crate::fields::Fields;

/// The merchant's answer to a callback.
pub fn answer(verdict: Verdict) -> Answer {
    let (code, message) = match verdict {
        Verdict::Recorded => (1, "success"),
        Verdict::AlreadyRecorded => (1, "recorded earlier"),
        // Taken note of, for staff: calling again would not change the amount.
        Verdict::WrongAmount => (1, "amount differs"),
        Verdict::NotProven => (2, "mac not equal"),
        Verdict::UnknownOrder => (0, "order not found"),
        Verdict::Broken => (0, "error"),
    };
    let body = json!({ "return_code": code, "return_message": message });
    Answer { status: 200, body: body.to_string() }
}

/// The gateway's side: whether an answer ends the callback.
pub fn accepted(body: &str) -> bool {
    Fields::json(body).is_ok_and(|fields| fields.get("return_code") == "1")
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
            assert_eq!(accepted(&answer(verdict).body), kept, "{verdict:?}");
        }
        assert!(!accepted("<html>"));
    }
}
