//! What can be wrong with a photographed paper, and how many pages one has. The names travel from the
//! phone to the dossier; the limits behind them are `crates/paper`'s, the words are the app's. Knows
//! no pixels.

use serde::{Deserialize, Serialize};

/// Something that an office would send a photographed paper back for. Always advice: the citizen may
/// send it all the same, and the dossier says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PaperFault {
    /// The paper itself is dark.
    TooDark,
    /// Shaken or out of focus.
    Blurred,
    /// Light is mirrored in it.
    Glare,
    /// A corner is outside the photo.
    CutCorner,
    /// A finger or something else lies over its rim.
    Covered,
    /// Too far away: small print cannot be read.
    TooSmall,
    /// Nothing is written on it.
    Blank,
    /// Another page of this paper is the same.
    SamePage,
    /// The paper has more pages than were photographed.
    TooFewPages,
    /// The paper has fewer pages than were photographed.
    TooManyPages,
    /// A page was photographed before the one that now comes first.
    OutOfOrder,
}

impl PaperFault {
    /// All of them, for tables and tests.
    pub const ALL: [Self; 11] = [
        Self::TooDark,
        Self::Blurred,
        Self::Glare,
        Self::CutCorner,
        Self::Covered,
        Self::TooSmall,
        Self::Blank,
        Self::SamePage,
        Self::TooFewPages,
        Self::TooManyPages,
        Self::OutOfOrder,
    ];

    /// Its name on the wire and in the paper worker's answers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::TooDark => "too_dark",
            Self::Blurred => "blurred",
            Self::Glare => "glare",
            Self::CutCorner => "cut_corner",
            Self::Covered => "covered",
            Self::TooSmall => "too_small",
            Self::Blank => "blank",
            Self::SamePage => "same_page",
            Self::TooFewPages => "too_few_pages",
            Self::TooManyPages => "too_many_pages",
            Self::OutOfOrder => "out_of_order",
        }
    }

    /// The fault with this name.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fault| fault.name() == name)
    }
}

/// How many pages a paper has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PageCount {
    /// At least; 1 or more.
    pub least: u32,
    /// At most; absent where nobody can know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<u32>,
}

/// A fault that the citizen saw and sent the paper with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PaperDoubt {
    /// Which page, counted from 1; absent when it is about all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// What is wrong.
    pub fault: PaperFault,
}

/// What is wrong with the pages of one paper together: their number against what the paper has, and
/// their order against the moments when they were taken (milliseconds; 0 where nobody knows).
pub fn doubts_of_pages(taken: &[i64], expected: Option<PageCount>) -> Vec<PaperDoubt> {
    let mut doubts = Vec::new();
    let count = u32::try_from(taken.len()).unwrap_or(u32::MAX);
    if let Some(expected) = expected.filter(|_| count > 0) {
        if count < expected.least {
            doubts.push(PaperDoubt { page: None, fault: PaperFault::TooFewPages });
        }
        if expected.most.is_some_and(|most| count > most) {
            doubts.push(PaperDoubt { page: None, fault: PaperFault::TooManyPages });
        }
    }
    for (page, pair) in (2..).zip(taken.windows(2)) {
        if let [before, after] = pair
            && *after > 0
            && after < before
        {
            doubts.push(PaperDoubt { page: Some(page), fault: PaperFault::OutOfOrder });
        }
    }
    doubts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_wire_s() {
        for fault in PaperFault::ALL {
            assert_eq!(serde_json::to_value(fault).unwrap(), fault.name());
            assert_eq!(PaperFault::find(fault.name()), Some(fault));
        }
        assert_eq!(PaperFault::find("perfect"), None);
    }

    #[test]
    fn pages_are_counted_against_the_paper() {
        let two = PageCount { least: 2, most: Some(2) };
        let faults = |taken: &[i64], expected| {
            let doubts = doubts_of_pages(taken, expected);
            doubts.iter().map(|doubt| doubt.fault).collect::<Vec<_>>()
        };
        assert_eq!(faults(&[1], Some(two)), [PaperFault::TooFewPages]);
        assert_eq!(faults(&[1, 2], Some(two)), []);
        assert_eq!(faults(&[1, 2, 3], Some(two)), [PaperFault::TooManyPages]);
        // Nothing was given yet: that is another question.
        assert_eq!(faults(&[], Some(two)), []);
        let any = PageCount { least: 1, most: None };
        assert_eq!(faults(&[1, 2, 3, 4], Some(any)), []);
        assert_eq!(faults(&[1; 9], None), []);
    }

    #[test]
    fn a_page_taken_earlier_than_the_one_before_it_is_told_by_its_number() {
        let doubts = doubts_of_pages(&[10, 30, 20, 40], None);
        assert_eq!(doubts, [PaperDoubt { page: Some(3), fault: PaperFault::OutOfOrder }]);
        // A moment nobody knows says nothing.
        assert_eq!(doubts_of_pages(&[10, 0, 20], None), []);
    }
}
