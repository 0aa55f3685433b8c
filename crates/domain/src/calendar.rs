//! Working days and appointments. Knows no concrete holiday: the table is data and an argument.
//!
//! Sources: civil-status and certification procedures are answered the same day, and the next
//! working day when received after 15:00 (Decree 123/2015/NĐ-CP, Decree 23/2015/NĐ-CP as printed
//! on the procedures' national pages); Saturday is a voluntary working day and does not count.

use crate::date::{CivilDate, Moment, Weekday};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What is received after this minute of the day counts as received the next working day (15:00).
pub const CUT_OFF_MINUTE: u16 = 15 * 60;
/// Results are handed out until this minute of the day (17:00).
pub const CLOSING_MINUTE: u16 = 17 * 60;

/// Days on which offices are closed besides weekends.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Holidays(pub BTreeSet<CivilDate>);

impl Holidays {
    /// Whether the office works on this day.
    pub fn is_working_day(&self, date: CivilDate) -> bool {
        !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) && !self.0.contains(&date)
    }

    /// The first working day on or after `date`.
    pub fn working_day_from(&self, date: CivilDate) -> CivilDate {
        let mut day = date;
        while !self.is_working_day(day) {
            day = day.plus_days(1);
        }
        day
    }

    /// The working day `count` working days after `date`.
    pub fn plus_working_days(&self, date: CivilDate, count: u16) -> CivilDate {
        let mut day = date;
        for _ in 0..count {
            day = self.working_day_from(day.plus_days(1));
        }
        day
    }
}

/// How long the office may take by rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum TimeLimit {
    /// The same working day; the next one after 15:00.
    SameDay,
    /// So many working days after the day of receipt.
    WorkingDays {
        /// How many, at least 1.
        days: u16,
    },
    /// So many calendar days, moved to a working day.
    CalendarDays {
        /// How many, at least 1.
        days: u16,
    },
    /// The rule states none.
    NotStated,
    /// Not established, or sources disagree: the office says.
    Unknown,
}

/// When the result of a dossier received at `received` is due; `None` when the rule states no
/// time or none is known.
pub fn appointment(limit: TimeLimit, received: Moment, holidays: &Holidays) -> Option<Moment> {
    let received_day = received.date();
    let late = received.minute_of_day() >= CUT_OFF_MINUTE;
    let first = if holidays.is_working_day(received_day) && !late {
        received_day
    } else {
        holidays.working_day_from(received_day.plus_days(1))
    };
    let due = match limit {
        TimeLimit::SameDay => first,
        TimeLimit::WorkingDays { days } => holidays.plus_working_days(first, days),
        TimeLimit::CalendarDays { days } => {
            holidays.working_day_from(first.plus_days(i64::from(days)))
        }
        TimeLimit::NotStated | TimeLimit::Unknown => return None,
    };
    Some(Moment::at(due, CLOSING_MINUTE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> CivilDate {
        text.parse().unwrap()
    }

    fn due(limit: TimeLimit, date: &str, hour: u16, holidays: &[&str]) -> String {
        let holidays = Holidays(holidays.iter().map(|text| day(text)).collect());
        appointment(limit, Moment::at(day(date), hour * 60), &holidays).unwrap().date().to_string()
    }

    #[test]
    fn same_day_before_three_and_the_next_working_day_after() {
        assert_eq!(due(TimeLimit::SameDay, "2026-11-20", 14, &[]), "2026-11-20");
        assert_eq!(due(TimeLimit::SameDay, "2026-11-20", 15, &[]), "2026-11-23");
        assert_eq!(due(TimeLimit::SameDay, "2026-11-22", 9, &[]), "2026-11-23");
    }

    #[test]
    fn working_days_skip_weekends_and_holidays() {
        let three = TimeLimit::WorkingDays { days: 3 };
        assert_eq!(due(three, "2026-11-20", 9, &[]), "2026-11-25");
        assert_eq!(due(three, "2026-11-20", 9, &["2026-11-24"]), "2026-11-26");
        assert_eq!(due(TimeLimit::CalendarDays { days: 15 }, "2026-11-20", 9, &[]), "2026-12-07");
    }

    proptest! {
        #[test]
        fn an_appointment_is_a_working_day_and_never_before_receipt(
            seconds in 1_700_000_000i64..1_900_000_000, days in 0u16..60,
        ) {
            let holidays = Holidays([day("2026-11-24"), day("2027-01-01")].into());
            let received = Moment(seconds);
            let limit = if days == 0 { TimeLimit::SameDay } else { TimeLimit::WorkingDays { days } };
            let due = appointment(limit, received, &holidays).unwrap();
            prop_assert!(holidays.is_working_day(due.date()));
            prop_assert!(due.date() >= received.date());
        }
    }
}
