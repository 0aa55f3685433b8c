//! The periods that figures are asked for. Days are Vietnam's; the caller says which is today.

use crate::date::{CivilDate, Moment};

/// So many days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: CivilDate,
    /// Last day.
    pub to: CivilDate,
}

/// Months of a quarter.
const QUARTER: u8 = 3;

impl Period {
    /// The quarter that a day is in, whole.
    pub fn quarter_of(day: CivilDate) -> Self {
        let first_month = (day.month() - 1) / QUARTER * QUARTER + 1;
        let from = back_to_month(first_of_month(day), first_month);
        // A quarter has 90 to 92 days: this is a day of the month after it.
        let after = first_of_month(from.plus_days(95));
        Self { from, to: after.plus_days(-1) }
    }

    /// The quarter before the one that a day is in.
    pub fn quarter_before(day: CivilDate) -> Self {
        Self::quarter_of(Self::quarter_of(day).from.plus_days(-1))
    }

    /// The year that a day is in, whole.
    pub fn year_of(day: CivilDate) -> Self {
        let from = back_to_month(first_of_month(day), 1);
        // A day of the next January.
        let to = first_of_month(from.plus_days(370)).plus_days(-1);
        Self { from, to }
    }

    /// So many days, the last of them this one.
    pub fn days_to(day: CivilDate, days: i64) -> Self {
        Self { from: day.plus_days(1 - days), to: day }
    }

    /// The first moment of it, and the first after it.
    pub fn moments(self) -> (Moment, Moment) {
        (Moment::at(self.from, 0), Moment::at(self.to.plus_days(1), 0))
    }
}

fn first_of_month(day: CivilDate) -> CivilDate {
    day.plus_days(1 - i64::from(day.day()))
}

/// The first day of an earlier month of the same year, from the first of one.
fn back_to_month(first: CivilDate, month: u8) -> CivilDate {
    let mut first = first;
    while first.month() > month {
        first = first_of_month(first.plus_days(-1));
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(period: Period) -> String {
        format!("{} {}", period.from, period.to)
    }

    #[test]
    fn quarters_and_years_are_whole() {
        let day = |text: &str| text.parse::<CivilDate>().unwrap();
        assert_eq!(written(Period::quarter_of(day("2026-11-26"))), "2026-10-01 2026-12-31");
        assert_eq!(written(Period::quarter_of(day("2028-02-29"))), "2028-01-01 2028-03-31");
        assert_eq!(written(Period::quarter_before(day("2026-02-01"))), "2025-10-01 2025-12-31");
        assert_eq!(written(Period::year_of(day("2028-12-31"))), "2028-01-01 2028-12-31");
        assert_eq!(written(Period::days_to(day("2026-03-01"), 90)), "2025-12-02 2026-03-01");
    }

    proptest! {
        #[test]
        fn quarters_cover_every_day_once(days in -30_000i64..60_000) {
            let day = CivilDate::from_days_since_epoch(days);
            let quarter = Period::quarter_of(day);
            prop_assert!(quarter.from <= day && day <= quarter.to);
            prop_assert_eq!(Period::quarter_of(quarter.to), quarter);
            prop_assert_eq!(Period::quarter_before(day).to.plus_days(1), quarter.from);
            let year = Period::year_of(day);
            prop_assert!(year.from <= quarter.from && quarter.to <= year.to);
            prop_assert_eq!(Period::year_of(year.to.plus_days(1)).from, year.to.plus_days(1));
        }
    }
}
