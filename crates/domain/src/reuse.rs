//! Papers that were handed in once and are used again, and how the national index counts them. A paper
//! fits where it is of the wanted kind, belongs to the applicant and has not run out. The flags are
//! those of `TaiLieuNop` in the national exchange (index 4.2 to 4.4). Knows no storage.

use crate::date::CivilDate;
use serde::{Deserialize, Serialize};

/// What kind of paper a component asks for or a result is, and how long one may serve again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PaperKind {
    /// Stable id; the same for every procedure that asks for this paper.
    pub id: String,
    /// The form's person whom it is about (a question of kind `person`); absent for the applicant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// Days that it is good for after it was handed in or issued; absent where no rule ends it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
    /// The rule that says how long.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citation: Option<String>,
}

impl PaperKind {
    /// The last day on which a paper of this day serves again.
    pub fn good_until(&self, since: CivilDate) -> Option<CivilDate> {
        let days = i64::from(self.days?);
        Some(CivilDate::from_days_since_epoch(since.days_since_epoch() + days))
    }
}

/// Where a kept paper came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PaperOrigin {
    /// It came with an earlier dossier.
    Component,
    /// It is the result of an earlier dossier.
    Result,
}

/// What must be known of a kept paper to say whether it fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptFact<'a> {
    /// Its kind.
    pub kind: &'a str,
    /// The citizen number of the person it is about.
    pub owner: &'a str,
    /// The last day on which it serves; nothing where none is set.
    pub good_until: Option<CivilDate>,
}

/// Why a kept paper does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// Another kind of paper is asked for.
    OtherKind,
    /// It is about another person.
    OtherOwner,
    /// It has run out.
    Expired,
}

impl Unfit {
    /// Its name on the wire.
    pub const fn id(self) -> &'static str {
        match self {
            Self::OtherKind => "other_kind",
            Self::OtherOwner => "other_owner",
            Self::Expired => "expired",
        }
    }
}

/// Whether a kept paper serves for a component of this kind in a dossier about this person.
///
/// # Errors
/// The first reason why it does not.
pub fn fits(
    paper: KeptFact<'_>,
    wanted: &PaperKind,
    applicant_number: &str,
    today: CivilDate,
) -> Result<(), Unfit> {
    if paper.kind != wanted.id {
        return Err(Unfit::OtherKind);
    }
    if applicant_number.is_empty() || paper.owner != applicant_number {
        return Err(Unfit::OtherOwner);
    }
    if paper.good_until.is_some_and(|until| until < today) {
        return Err(Unfit::Expired);
    }
    Ok(())
}

/// How a component was satisfied, as the national exchange has it (`DuocTaiSuDung`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reuse {
    /// Handed in now.
    #[default]
    No,
    /// Handed in earlier, or looked up by the office.
    Reused,
    /// Replaced by the result of an earlier dossier.
    ReplacedByResult,
}

impl Reuse {
    /// National code: 0, 1 or 2.
    pub const fn code(self) -> u8 {
        match self {
            Self::No => 0,
            Self::Reused => 1,
            Self::ReplacedByResult => 2,
        }
    }

    /// The way with this national code; anything else counts as handed in now.
    pub const fn from_code(code: u8) -> Self {
        match code {
            1 => Self::Reused,
            2 => Self::ReplacedByResult,
            _ => Self::No,
        }
    }
}

/// The flags of a component that travel with a dossier (`TaiLieuNop`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaperFlags {
    /// `DuocSoHoa`: it is there as a file.
    pub digitised: bool,
    /// `DuocTaiSuDung`.
    pub reuse: Reuse,
    /// `DuocLayTuKhoDMQG`: from the person's store at the national portal. That store is not connected
    /// yet, so it is false; papers kept by the commune do not count.
    pub from_national_store: bool,
    /// `MaKetQuaThayThe`: the number of the result that replaces it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replacing_result: Option<String>,
}

/// So many of so many, as the national formulas print it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Share {
    /// Numerator.
    pub part: u64,
    /// Denominator.
    pub whole: u64,
}

impl Share {
    /// Hundredths of a percent, cut off and not rounded, as the commune's reports print them (55.59 for
    /// 2,483 of 4,466, 99.93 for 4,365 of 4,368); nothing of nothing is nothing.
    pub fn hundredths(self) -> Option<u64> {
        let scaled = u128::from(self.part) * 10_000;
        scaled.checked_div(u128::from(self.whole)).and_then(|share| u64::try_from(share).ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> CivilDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_paper_serves_where_kind_owner_and_day_agree() {
        let wanted =
            PaperKind { id: "single".into(), about: None, days: Some(180), citation: None };
        let until = wanted.good_until(day("2026-01-31"));
        assert_eq!(until, Some(day("2026-07-30")));
        let paper = KeptFact { kind: "single", owner: "031094007428", good_until: until };
        let own = "031094007428";
        assert_eq!(fits(paper, &wanted, own, day("2026-07-30")), Ok(()));
        assert_eq!(fits(paper, &wanted, own, day("2026-07-31")), Err(Unfit::Expired));
        assert_eq!(fits(paper, &wanted, "031094007429", day("2026-07-01")), Err(Unfit::OtherOwner));
        // Who is nobody owns nothing, not even what nobody owns.
        let nobody_s = KeptFact { owner: "", ..paper };
        assert_eq!(fits(nobody_s, &wanted, "", day("2026-07-01")), Err(Unfit::OtherOwner));
        let other = KeptFact { kind: "married", ..paper };
        assert_eq!(fits(other, &wanted, own, day("2026-07-01")), Err(Unfit::OtherKind));
        let endless = KeptFact { good_until: None, ..paper };
        assert_eq!(fits(endless, &wanted, own, day("2099-01-01")), Ok(()));
    }

    #[test]
    fn national_codes_go_and_come_back() {
        for reuse in [Reuse::No, Reuse::Reused, Reuse::ReplacedByResult] {
            assert_eq!(Reuse::from_code(reuse.code()), reuse);
        }
        assert_eq!(Reuse::from_code(9), Reuse::No);
    }

    #[test]
    fn shares_are_cut_off_as_the_commune_prints_them() {
        let hundredths = |part, whole| Share { part, whole }.hundredths();
        assert_eq!(hundredths(2_483, 4_466), Some(5_559));
        assert_eq!(hundredths(1_212, 3_144), Some(3_854));
        assert_eq!(hundredths(4_365, 4_368), Some(9_993));
        assert_eq!(hundredths(0, 0), None);
        assert_eq!(hundredths(u64::MAX, u64::MAX), Some(10_000));
    }
}
