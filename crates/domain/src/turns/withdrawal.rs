//! A withdrawal (rút hồ sơ): a wish that the office looks at (Circular 03/2025/TT-VPCP art. 7), and what it
//! does to the fees.

use crate::payment::FeeState;
use serde::{Deserialize, Serialize};

/// What becomes of a fee line when its dossier is withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FeeEffect {
    /// It need not be paid any more.
    Dropped,
    /// It was paid; whether it goes back is the office's decision, who looks at what was done for it. No
    /// text that settles it was found: UNVERIFIED.
    OfficeDecides,
    /// It cost nothing anyway, or its money is on its way back.
    None,
}

/// What a withdrawal does to a fee line in this state.
pub fn effect_on(fee: FeeState) -> FeeEffect {
    match fee {
        FeeState::AwaitingAmount | FeeState::Due => FeeEffect::Dropped,
        FeeState::Paid | FeeState::PaidOffline => FeeEffect::OfficeDecides,
        FeeState::Waived => FeeEffect::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_paid_is_dropped_and_what_is_paid_is_decided() {
        assert_eq!(effect_on(FeeState::Due), FeeEffect::Dropped);
        assert_eq!(effect_on(FeeState::AwaitingAmount), FeeEffect::Dropped);
        assert_eq!(effect_on(FeeState::Paid), FeeEffect::OfficeDecides);
        assert_eq!(effect_on(FeeState::Waived), FeeEffect::None);
    }
}
