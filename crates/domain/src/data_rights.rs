//! What a person may ask the office to do with data about them: the clocks, the states of a request, and
//! who at the office may do what. Knows no storage; holidays are an argument.
//!
//! Sources: Law 91/2025/QH15 and Decree 356/2025/NĐ-CP, in force since 1 January 2026, as secondary pages
//! tell them: an answer within 2 working days; correction within 10 days, stopping and objecting within 15
//! (20 when a processor or third party must be told), deletion within 20; one extension of at most 15 days.
//! The numbers for correction and deletion are UNVERIFIED. Days are counted as the Civil Code 2015 does
//! (articles 147 and 148): the day of receipt is not one of them, and a period that ends on a day off ends
//! with the next working day.

use crate::calendar::Holidays;
use crate::date::{CivilDate, Moment};
use crate::desk::Role;
use serde::{Deserialize, Serialize};

/// Working days within which the office answers.
pub const ANSWER_DAYS: u16 = 2;
/// Most days of the one extension.
pub const MOST_EXTENSION: u16 = 15;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    /// Put right what only the office may.
    Correct,
    /// Delete.
    Delete,
    /// Stop processing.
    Stop,
    /// Object to a use.
    Object,
}

impl Wish {
    /// Every wish, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Correct, Self::Delete, Self::Stop, Self::Object];

    /// Its name on the wire.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Correct => "correct",
            Self::Delete => "delete",
            Self::Stop => "stop",
            Self::Object => "object",
        }
    }

    /// Days within which it is carried out; `others` when somebody else must be told.
    pub const fn days(self, others: bool) -> u16 {
        match (self, others) {
            (Self::Correct, false) => 10,
            (Self::Stop | Self::Object, false) => 15,
            (Self::Delete, _) | (_, true) => 20,
        }
    }
}

/// The last days of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clocks {
    /// On which the office answers.
    pub answer_by: CivilDate,
    /// On which it is carried out.
    pub carry_out_by: CivilDate,
}

/// So many days after a day; moved on to a working day.
fn days_after(day: CivilDate, days: u16, holidays: &Holidays) -> CivilDate {
    holidays.working_day_from(day.plus_days(i64::from(days)))
}

/// The last days of a request that came at a moment.
pub fn clocks(wish: Wish, others: bool, asked: Moment, holidays: &Holidays) -> Clocks {
    let day = asked.date();
    Clocks {
        answer_by: holidays.plus_working_days(day, ANSWER_DAYS),
        carry_out_by: days_after(day, wish.days(others), holidays),
    }
}

/// Why a request is not extended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ExtensionError {
    /// It was extended before.
    #[error("extended once already")]
    Again,
    /// No day, or more than [`MOST_EXTENSION`].
    #[error("1 to {MOST_EXTENSION} days")]
    Days,
}

/// The last day of a request that is extended.
///
/// # Errors
/// When it may not be extended so.
pub fn extended(
    carry_out_by: CivilDate,
    was_extended: bool,
    days: u16,
    holidays: &Holidays,
) -> Result<CivilDate, ExtensionError> {
    if was_extended {
        return Err(ExtensionError::Again);
    }
    if !(1..=MOST_EXTENSION).contains(&days) {
        return Err(ExtensionError::Days);
    }
    Ok(days_after(carry_out_by, days, holidays))
}

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DataRequestState {
    /// The office has it and did not answer yet.
    Asked,
    /// The office said what it will do; it is not done yet.
    Answered,
    /// It is done.
    Done,
    /// The office refused, with its reason and the rule.
    Refused,
    /// The person took it back.
    Cancelled,
}

impl DataRequestState {
    /// Every state.
    pub const ALL: [Self; 5] =
        [Self::Asked, Self::Answered, Self::Done, Self::Refused, Self::Cancelled];

    /// Whether the office still has something to do.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Asked | Self::Answered)
    }
}

/// What somebody does with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RequestAct {
    /// Say what will be done.
    Answer,
    /// Say that it is done.
    CarryOut,
    /// Refuse, with reason and rule.
    Refuse,
    /// Take more days, once, with a reason.
    Extend,
}

impl RequestAct {
    /// Every act, in the desk's order.
    pub const ALL: [Self; 4] = [Self::Answer, Self::CarryOut, Self::Extend, Self::Refuse];

    /// Its name on the wire and in addresses.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::CarryOut => "carry_out",
            Self::Refuse => "refuse",
            Self::Extend => "extend",
        }
    }

    /// The act of a name.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.id() == id)
    }

    /// Whether it is this role's: who receives answers, who works carries out, who decides refuses.
    pub const fn is_of(self, role: Role) -> bool {
        match role {
            Role::Leader | Role::System => true,
            Role::Officer => matches!(self, Self::Answer | Self::CarryOut),
            Role::Reception => matches!(self, Self::Answer),
        }
    }

    /// The state that it leads to from another; none where it does not fit. Nothing is carried out that
    /// was not answered: the person hears first.
    pub const fn leads(self, from: DataRequestState) -> Option<DataRequestState> {
        use DataRequestState::{Answered, Asked, Done, Refused};
        match (self, from) {
            (Self::Answer, Asked) => Some(Answered),
            (Self::CarryOut, Answered) => Some(Done),
            (Self::Refuse, Asked | Answered) => Some(Refused),
            (Self::Extend, Asked | Answered) => Some(from),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
