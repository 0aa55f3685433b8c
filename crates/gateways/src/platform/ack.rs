//! Owns the answer to CONFIRM. Knows no order.
//!
//! The client answers `{MaLoi, MoTaLoi, MaDoiTac, ThoiGianGD, MaXacThuc}` with HTTP 200, where
//! `MaLoi`, `ThoiGianGD` and `MaXacThuc` are the notice's own, and breaks off with an HTTP error when
//! the hash is wrong. Whether the platform wants another proof, which codes it knows, and when it
//! calls again, is **UNVERIFIED**.

use serde_json::json;

use super::Merchant;
use super::confirm::Confirm;
use crate::ack::{Answer, Verdict};
use crate::fields::Fields;

/// The merchant's answer to a CONFIRM that was proven, or (`None`) to one that was not.
pub fn answer(verdict: Verdict, confirm: Option<&Confirm>, merchant: &Merchant) -> Answer {
    let status = match verdict {
        // A difference is for staff: calling again would not change the amount.
        Verdict::Recorded | Verdict::AlreadyRecorded | Verdict::WrongAmount => 200,
        Verdict::NotProven => 400,
        Verdict::UnknownOrder | Verdict::Broken => 500,
    };
    match confirm {
        Some(confirm) if status == 200 => {
            let body = json!({
                "MaLoi": confirm.code.code(),
                "MoTaLoi": "",
                "MaDoiTac": merchant.partner_code,
                "ThoiGianGD": confirm.at.to_string(),
                "MaXacThuc": confirm.proof,
            });
            Answer { status, body: body.to_string() }
        }
        // Nothing is repeated of a message that was not proven or not kept.
        Some(_) => Answer::empty(status),
        None => Answer::empty(if status == 200 { 500 } else { status }),
    }
}

/// The platform's side: whether an answer to `confirm` ends the notice.
pub fn accepted(answer: &Answer, confirm: &Confirm) -> bool {
    answer.status == 200
        && Fields::json(&answer.body).is_ok_and(|fields| {
            fields.get("MaLoi") == confirm.code.code() && fields.get("MaXacThuc") == confirm.proof
        })
}
