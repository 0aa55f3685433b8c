//! Civil dates and Vietnam's wall clock (GMT+7, no daylight saving). Knows no machine zone and no
//! "now": the caller passes the time. Civil-day arithmetic after Howard Hinnant's algorithms.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// Seconds that Vietnam's clock is ahead of UTC, all year.
pub const VIETNAM_OFFSET_SECONDS: i64 = 7 * 3600;

/// A day of the Gregorian calendar between the years 1800 and 2200. On the wire `YYYY-MM-DD`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CivilDate {
    year: i32,
    month: u8,
    day: u8,
}

/// Why a text is not a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Not `YYYY-MM-DD`, nor `dd/mm/yyyy` where people write it.
    #[error("not a date")]
    Shape,
    /// The parts are numbers but no such day exists, such as 31/02.
    #[error("no such day in the calendar")]
    NoSuchDay,
}

/// Days of the week, Monday first as offices count them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say all there is")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl CivilDate {
    /// A day by its parts; fails when there is no such day.
    pub fn new(year: i32, month: u8, day: u8) -> Result<Self, DateError> {
        let valid = (1800..=2200).contains(&year)
            && (1..=12).contains(&month)
            && day >= 1
            && day <= days_in_month(year, month);
        if valid { Ok(Self { year, month, day }) } else { Err(DateError::NoSuchDay) }
    }

    /// The year, such as 2026.
    pub fn year(self) -> i32 {
        self.year
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u8 {
        self.day
    }

    /// What people write: `1/2/1990`, `01-02-1990`, `01.02.1990`, `1 2 1990`, `01021990`, or the
    /// wire form `1990-02-01`.
    pub fn parse_written(written: &str) -> Result<Self, DateError> {
        let written = written.trim();
        if written.len() == 8 && written.bytes().all(|b| b.is_ascii_digit()) {
            return Self::from_parts(&written[4..], &written[2..4], &written[..2]);
        }
        let parts: Vec<&str> =
            written.split(['/', '-', '.', ' ']).filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [year, month, day] if year.len() == 4 => Self::from_parts(year, month, day),
            [day, month, year] if year.len() == 4 => Self::from_parts(year, month, day),
            _ => Err(DateError::Shape),
        }
    }

    fn from_parts(year: &str, month: &str, day: &str) -> Result<Self, DateError> {
        let number = |part: &str| {
            if part.is_empty() || part.len() > 4 || !part.bytes().all(|b| b.is_ascii_digit()) {
                return Err(DateError::Shape);
            }
            part.parse::<i32>().map_err(|_| DateError::Shape)
        };
        let month = u8::try_from(number(month)?).map_err(|_| DateError::NoSuchDay)?;
        let day = u8::try_from(number(day)?).map_err(|_| DateError::NoSuchDay)?;
        Self::new(number(year)?, month, day)
    }

    /// Days since 1 January 1970; negative before it.
    pub fn days_since_epoch(self) -> i64 {
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let month = (i64::from(self.month) + 9) % 12;
        let day_of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// The day that is `days` after 1 January 1970.
    pub fn from_days_since_epoch(days: i64) -> Self {
        let days = days + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_index = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_index + 2) / 5 + 1;
        let month = if month_index < 10 { month_index + 3 } else { month_index - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        // The ranges are those of the algorithm: month 1..=12, day 1..=31.
        Self { year: year as i32, month: month as u8, day: day as u8 }
    }

    /// The day `days` later (earlier when negative).
    pub fn plus_days(self, days: i64) -> Self {
        Self::from_days_since_epoch(self.days_since_epoch() + days)
    }

    /// Whole days from `earlier` to this day; negative when it is later.
    pub fn days_after(self, earlier: Self) -> i64 {
        self.days_since_epoch() - earlier.days_since_epoch()
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        // 1 January 1970 was a Thursday.
        match (self.days_since_epoch() + 3).rem_euclid(7) {
            0 => Weekday::Monday,
            1 => Weekday::Tuesday,
            2 => Weekday::Wednesday,
            3 => Weekday::Thursday,
            4 => Weekday::Friday,
            5 => Weekday::Saturday,
            _ => Weekday::Sunday,
        }
    }

    /// Whole years from this day (a birth date) to `on`; negative when `on` is before it.
    pub fn age_on(self, on: Self) -> i32 {
        let birthday_passed = (on.month, on.day) >= (self.month, self.day);
        on.year - self.year - i32::from(!birthday_passed)
    }

    /// As people write it in Vietnam: `05/01/2026`.
    pub fn written(self) -> String {
        format!("{:02}/{:02}/{:04}", self.day, self.month, self.year)
    }
}

fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

impl fmt::Display for CivilDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl fmt::Debug for CivilDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The wire form only: `YYYY-MM-DD`.
impl FromStr for CivilDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let parts: Vec<&str> = text.split('-').collect();
        match parts.as_slice() {
            [year, month, day] if (year.len(), month.len(), day.len()) == (4, 2, 2) => {
                Self::from_parts(year, month, day)
            }
            _ => Err(DateError::Shape),
        }
    }
}

impl Serialize for CivilDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CivilDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for CivilDate {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .format(Some(utoipa::openapi::SchemaFormat::KnownFormat(
                utoipa::openapi::KnownFormat::Date,
            )))
            .build()
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for CivilDate {}

/// A moment: whole seconds since 1970 in UTC. On the wire an integer.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Moment(pub i64);

impl Moment {
    /// The day on Vietnam's calendar.
    pub fn date(self) -> CivilDate {
        CivilDate::from_days_since_epoch((self.0 + VIETNAM_OFFSET_SECONDS).div_euclid(86_400))
    }

    /// Minutes since midnight on Vietnam's clock, 0 to 1439.
    pub fn minute_of_day(self) -> u16 {
        // The remainder is below 86 400, so the minutes fit.
        ((self.0 + VIETNAM_OFFSET_SECONDS).rem_euclid(86_400) / 60) as u16
    }

    /// The moment of `minute` (since midnight) on `date`, on Vietnam's clock.
    pub fn at(date: CivilDate, minute: u16) -> Self {
        Self(date.days_since_epoch() * 86_400 + i64::from(minute) * 60 - VIETNAM_OFFSET_SECONDS)
    }

    /// `seconds` later (earlier when negative).
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0 + seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_people_write() {
        let expected = CivilDate::new(1990, 2, 1).unwrap();
        for written in
            ["1/2/1990", "01-02-1990", " 01.02.1990 ", "1 2 1990", "01021990", "1990-02-01"]
        {
            assert_eq!(CivilDate::parse_written(written), Ok(expected), "{written}");
        }
        assert_eq!(CivilDate::parse_written("31/02/1990"), Err(DateError::NoSuchDay));
        assert_eq!(CivilDate::parse_written("hôm qua"), Err(DateError::Shape));
        assert_eq!(CivilDate::parse_written("1/2/90"), Err(DateError::Shape));
    }

    #[test]
    fn knows_leap_years_and_weekdays() {
        assert!(CivilDate::new(2000, 2, 29).is_ok());
        assert!(CivilDate::new(1900, 2, 29).is_err());
        assert_eq!(CivilDate::new(2026, 11, 22).unwrap().weekday(), Weekday::Sunday);
    }

    #[test]
    fn vietnam_is_seven_hours_ahead() {
        // 2026-11-22T17:30:00Z is half past midnight of the 23rd in Vietnam.
        let moment = Moment(1_795_368_600);
        assert_eq!(moment.date().to_string(), "2026-11-23");
        assert_eq!(moment.minute_of_day(), 30);
        assert_eq!(Moment::at(moment.date(), 30), moment);
    }

    #[test]
    fn ages_count_from_the_birthday() {
        let born: CivilDate = "1951-11-23".parse().unwrap();
        assert_eq!(born.age_on("2026-11-22".parse().unwrap()), 74);
        assert_eq!(born.age_on("2026-11-23".parse().unwrap()), 75);
    }

    proptest! {
        #[test]
        fn days_round_trip(days in -60_000i64..80_000) {
            let date = CivilDate::from_days_since_epoch(days);
            prop_assert_eq!(date.days_since_epoch(), days);
            prop_assert_eq!(date.to_string().parse::<CivilDate>(), Ok(date));
            prop_assert_eq!(CivilDate::parse_written(&date.written()), Ok(date));
        }

        #[test]
        fn never_panics(text in ".{0,20}") {
            let _ = CivilDate::parse_written(&text);
            let _ = text.parse::<CivilDate>();
        }
    }
}
