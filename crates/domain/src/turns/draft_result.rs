//! A draft of the result (bản dự thảo) that the citizen looks at before it is signed. Silence is consent.
//!
//! Source: Decision 1833/QĐ-BTP (2025) for births with a foreign element: at most one day, silence counts
//! as agreed. For ordinary births (1.001193) the same step is UNVERIFIED.

use crate::date::Moment;
use serde::{Deserialize, Serialize};

/// How long the citizen has, in seconds: one day.
pub const LIFETIME: i64 = 86_400;

/// What the citizen said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DraftAnswer {
    /// It is right.
    Agreed,
    /// Something is wrong.
    Objected,
}

/// Where a draft stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DraftState {
    /// The citizen may still answer.
    Waiting,
    /// The citizen found it right.
    Agreed,
    /// The citizen found something wrong.
    Objected,
    /// The day went by without a word, which counts as agreed.
    Silent,
}

impl DraftState {
    /// Whether the office may sign it.
    pub fn may_be_signed(self) -> bool {
        matches!(self, Self::Agreed | Self::Silent)
    }
}

/// Until when the citizen may answer a draft that was sent at a moment.
pub fn last_moment(sent: Moment) -> Moment {
    sent.plus_seconds(LIFETIME)
}

/// Where a draft stands that was sent, and perhaps answered.
pub fn state(sent: Moment, answer: Option<DraftAnswer>, now: Moment) -> DraftState {
    match answer {
        Some(DraftAnswer::Agreed) => DraftState::Agreed,
        Some(DraftAnswer::Objected) => DraftState::Objected,
        None if now < last_moment(sent) => DraftState::Waiting,
        None => DraftState::Silent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_is_consent_after_a_day_and_not_before() {
        let sent = Moment(1_795_662_300);
        assert_eq!(state(sent, None, sent.plus_seconds(LIFETIME - 1)), DraftState::Waiting);
        assert_eq!(state(sent, None, sent.plus_seconds(LIFETIME)), DraftState::Silent);
        let late = sent.plus_seconds(2 * LIFETIME);
        assert_eq!(state(sent, Some(DraftAnswer::Objected), late), DraftState::Objected);
        assert!(!DraftState::Objected.may_be_signed() && !DraftState::Waiting.may_be_signed());
        assert!(DraftState::Silent.may_be_signed() && DraftState::Agreed.may_be_signed());
    }
}
