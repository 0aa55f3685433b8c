//! A request to pay a fee for somebody (nhờ người thân trả): where it stands. Knows no link, no
//! storage and no gateway; whether money came is the fee's to say, never the request's.

use crate::date::Moment;
use crate::payment::FeeState;
use serde::{Deserialize, Serialize};

/// Seconds for which a request can be used: a week, so that a son who works far away has a Sunday.
pub const LIFETIME: i64 = 7 * 86_400;
/// The longest name that a payer may leave, in characters.
pub const LONGEST_NAME: usize = 60;

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RequestState {
    /// Whoever has the link can pay.
    Open,
    /// The fee is paid, by whomever.
    Paid,
    /// The citizen took it back.
    Cancelled,
    /// It is older than [`LIFETIME`].
    Expired,
    /// There is nothing to pay any more: waived, or the dossier takes no payment.
    Closed,
}

impl RequestState {
    /// Where a request stands. That the fee is paid comes before all else: who pays late must read
    /// that it is done, not that they came too late.
    pub fn of(
        fee: FeeState,
        payable: bool,
        cancelled: bool,
        expires_at: Moment,
        now: Moment,
    ) -> Self {
        match fee {
            FeeState::Paid | FeeState::PaidOffline => Self::Paid,
            _ if cancelled => Self::Cancelled,
            _ if now >= expires_at => Self::Expired,
            _ if !payable => Self::Closed,
            _ => Self::Open,
        }
    }
}

/// A payer's name as it is kept: one line, without control characters, at most [`LONGEST_NAME`]
/// characters. Nothing when nothing is left.
pub fn payer_name(typed: &str) -> Option<String> {
    let words: Vec<String> = typed
        .split_whitespace()
        .map(|word| word.chars().filter(|c| !c.is_control()).collect::<String>())
        .filter(|word| !word.is_empty())
        .collect();
    let name: String = words.join(" ").chars().take(LONGEST_NAME).collect();
    let name = name.trim_end();
    (!name.is_empty()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LATER: Moment = Moment(1_000);

    #[test]
    fn paid_comes_before_all_else() {
        for fee in [FeeState::Paid, FeeState::PaidOffline] {
            for (cancelled, now) in [(true, 0), (false, 2_000), (true, 2_000)] {
                let state = RequestState::of(fee, false, cancelled, LATER, Moment(now));
                assert_eq!(state, RequestState::Paid);
            }
        }
    }

    #[test]
    fn only_an_open_request_can_be_paid() {
        let of = |payable, cancelled, now| {
            RequestState::of(FeeState::Due, payable, cancelled, LATER, Moment(now))
        };
        assert_eq!(of(true, false, 999), RequestState::Open);
        assert_eq!(of(true, false, 1_000), RequestState::Expired);
        assert_eq!(of(true, true, 0), RequestState::Cancelled);
        assert_eq!(of(false, false, 0), RequestState::Closed);
        let waived = RequestState::of(FeeState::Waived, false, false, LATER, Moment(0));
        assert_eq!(waived, RequestState::Closed);
    }

    #[test]
    fn a_name_is_one_short_line() {
        assert_eq!(payer_name("  Nguyễn \n Văn\u{0}  An "), Some("Nguyễn Văn An".to_owned()));
        assert_eq!(payer_name(" \u{7} \n"), None);
        let long = payer_name(&"đ".repeat(500)).unwrap();
        assert_eq!(long.chars().count(), LONGEST_NAME);
        assert_eq!(payer_name(&format!("{} b", "a".repeat(59))).unwrap().len(), 59);
    }
}
