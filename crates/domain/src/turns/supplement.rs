//! A supplement request (yêu cầu bổ sung): all that is missing, asked at once, each item with its reason
//! and its own slot; and whether an answer to it is whole.
//!
//! Sources: notice within 8 working hours, with reason and full guidance, in one round; the dossier is
//! closed after 15 working days without an answer; the clock starts anew when it is complete (interlinked
//! procedures' decree of 2025, the same shape as the general rule; Decree 118/2025/NĐ-CP's own text was
//! not seen). A dossier that was asked more than once counts as overdue (Decision 766/QĐ-TTg, index 2.1).

use super::{WordsError, words};
use crate::calendar::Holidays;
use crate::date::{CivilDate, Moment};
use serde::{Deserialize, Serialize};

/// Working days within which the citizen answers.
pub const DAYS: u16 = 15;
/// Most items of a request.
pub const MAX_ITEMS: usize = 20;
/// Most files of an item.
pub const MAX_FILES: usize = 20;

/// What an item asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Ask {
    /// A paper, as photos or files.
    Paper {
        /// The component that it belongs to; none for one that the procedure does not list.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        component: Option<String>,
    },
    /// An answer in words.
    Answer {
        /// The question of the form whose answer it replaces; none for a further question.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        question: Option<String>,
    },
    /// A fee line that must be paid.
    Fee {
        /// The fee line's id.
        fee: String,
    },
}

/// One thing that is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its id in the request: `1`, `2`, …
    pub id: String,
    /// What it is, in the office's words: "Ảnh mặt sau căn cước".
    pub title: String,
    /// Why it is asked for, and what will do.
    pub reason: String,
    /// What it asks for.
    pub ask: Ask,
}

/// Why a request cannot be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// It asks for nothing, or for more than [`MAX_ITEMS`].
    #[error("1 to {MAX_ITEMS} items")]
    Count,
    /// Two items have one id, or an id is not of 1 to 20 letters, digits and hyphens.
    #[error("an item's id")]
    Id,
    /// An item has no title or no reason, or one that is too long.
    #[error("an item's title or reason")]
    Words,
}

/// Whether a request says of each item what is asked for and why.
///
/// # Errors
/// The first thing that is wrong.
pub fn check_request(items: &[Item]) -> Result<(), RequestError> {
    if items.is_empty() || items.len() > MAX_ITEMS {
        return Err(RequestError::Count);
    }
    for (index, item) in items.iter().enumerate() {
        let shaped = (1..=20).contains(&item.id.len())
            && item.id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !shaped || items[..index].iter().any(|other| other.id == item.id) {
            return Err(RequestError::Id);
        }
        if words(&item.title).is_err() || words(&item.reason).is_err() {
            return Err(RequestError::Words);
        }
    }
    Ok(())
}

/// What the citizen has for an item.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Given<'a> {
    /// How many files.
    pub files: usize,
    /// The answer, as typed.
    pub answer: &'a str,
    /// Whether the fee that it asks for needs no money any more.
    pub fee_settled: bool,
}

/// What is wrong with an item's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ItemProblem {
    /// No photo and no file.
    NoPaper,
    /// More than [`MAX_FILES`] files.
    TooManyFiles,
    /// Nothing was answered.
    NoAnswer,
    /// The answer is too long.
    TooLong,
    /// The fee is not paid.
    NotPaid,
}

/// What is wrong with the answer to an item; nothing when it will do. The phone asks before sending, the
/// backend before taking.
pub fn problem_of(ask: &Ask, given: Given<'_>) -> Option<ItemProblem> {
    match ask {
        Ask::Paper { .. } if given.files == 0 => Some(ItemProblem::NoPaper),
        Ask::Paper { .. } if given.files > MAX_FILES => Some(ItemProblem::TooManyFiles),
        Ask::Answer { .. } => match words(given.answer) {
            Ok(_) => None,
            Err(WordsError::Missing) => Some(ItemProblem::NoAnswer),
            Err(WordsError::TooLong) => Some(ItemProblem::TooLong),
        },
        Ask::Fee { .. } if !given.fee_settled => Some(ItemProblem::NotPaid),
        Ask::Paper { .. } | Ask::Fee { .. } => None,
    }
}

/// The last day on which an answer is taken.
pub fn last_day(asked: Moment, holidays: &Holidays) -> CivilDate {
    holidays.plus_working_days(asked.date(), DAYS)
}

/// How many working days are left, today included; nothing once the last day is over.
pub fn days_left(today: CivilDate, last: CivilDate, holidays: &Holidays) -> Option<u16> {
    if today > last {
        return None;
    }
    let mut left = 0;
    let mut day = today;
    while day <= last {
        left += u16::from(holidays.is_working_day(day));
        day = day.plus_days(1);
    }
    Some(left)
}

/// Whether a dossier that was asked in so many rounds counts as overdue, however fast it was (index 2.1).
pub fn counts_as_overdue(rounds: u32) -> bool {
    rounds > 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn item(id: &str) -> Item {
        let ask = Ask::Paper { component: None };
        Item { id: id.into(), title: "Ảnh mặt sau".into(), reason: "Bị mờ".into(), ask }
    }

    fn day(text: &str) -> CivilDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_request_names_each_item_once_and_says_why() {
        assert_eq!(check_request(&[item("1"), item("2")]), Ok(()));
        assert_eq!(check_request(&[]), Err(RequestError::Count));
        assert_eq!(check_request(&vec![item("1"); MAX_ITEMS + 1]), Err(RequestError::Count));
        assert_eq!(check_request(&[item("1"), item("1")]), Err(RequestError::Id));
        assert_eq!(check_request(&[item("a b")]), Err(RequestError::Id));
        assert_eq!(
            check_request(&[Item { reason: " ".into(), ..item("1") }]),
            Err(RequestError::Words)
        );
    }

    #[test]
    fn each_kind_of_item_has_its_own_way_of_being_unanswered() {
        let paper = Ask::Paper { component: None };
        let answer = Ask::Answer { question: None };
        let fee = Ask::Fee { fee: "le-phi".into() };
        let nothing = Given::default();
        assert_eq!(problem_of(&paper, nothing), Some(ItemProblem::NoPaper));
        assert_eq!(problem_of(&answer, nothing), Some(ItemProblem::NoAnswer));
        assert_eq!(problem_of(&fee, nothing), Some(ItemProblem::NotPaid));
        let all = Given { files: 2, answer: "Có", fee_settled: true };
        for ask in [&paper, &answer, &fee] {
            assert_eq!(problem_of(ask, all), None);
        }
        let many = Given { files: MAX_FILES + 1, ..nothing };
        assert_eq!(problem_of(&paper, many), Some(ItemProblem::TooManyFiles));
    }

    #[test]
    fn fifteen_working_days_leap_over_tet() {
        // Tết 2027: holidays from Thursday 4 to Wednesday 10 February.
        let tet = (4..=10).map(|d| CivilDate::new(2027, 2, d).unwrap());
        let holidays = Holidays(tet.collect());
        let asked = Moment::at(day("2027-01-29"), 16 * 60);
        assert_eq!(last_day(asked, &holidays), day("2027-02-26"));
        assert_eq!(days_left(day("2027-02-26"), day("2027-02-26"), &holidays), Some(1));
        assert_eq!(days_left(day("2027-02-27"), day("2027-02-26"), &holidays), None);
    }

    #[test]
    fn a_second_round_counts_as_overdue() {
        assert!(!counts_as_overdue(1));
        assert!(counts_as_overdue(2));
    }

    proptest! {
        #[test]
        fn the_day_after_asking_there_are_fifteen_days(seconds in 1_700_000_000i64..1_900_000_000) {
            let holidays = Holidays([day("2026-09-02")].into());
            let asked = Moment(seconds);
            let last = last_day(asked, &holidays);
            let next = asked.date().plus_days(1);
            prop_assert_eq!(days_left(next, last, &holidays), Some(DAYS));
        }
    }
}
