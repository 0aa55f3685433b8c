//! Owns the gateways' timestamps: `yyyyMMddHHmmss` in GMT+7. Knows no clock and no machine time
//! zone.
//!
//! VNPAY PAY 2.1.0, pay.html: `vnp_CreateDate`, `vnp_ExpireDate`, `vnp_PayDate`. The national
//! PaymentPlatform: `ThoiGianGD`. ZaloPay's order numbers begin with the day of the same zone.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// Vietnam's offset from UTC in seconds; the country has no summer time.
const OFFSET: i64 = 7 * 3600;
const DAY: i64 = 86_400;
/// 9999-12-31 23:59:59 GMT+7, the last moment that fourteen digits can say.
const LAST: i64 = 253_402_300_799 - OFFSET;

/// A moment to the second. Prints and parses as fourteen digits in GMT+7, 24-hour clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp(i64);

/// Why a text is not a timestamp.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("not a yyyyMMddHHmmss moment of 1970 or later")]
pub struct StampError;

impl Stamp {
    /// From seconds since 1970-01-01T00:00:00Z; a moment after the year 9999 becomes its end.
    pub fn from_unix(seconds: u64) -> Self {
        Self(i64::try_from(seconds).unwrap_or(LAST).min(LAST))
    }

    /// Seconds since 1970-01-01T00:00:00Z. Negative only for the first seven hours of 1970 GMT+7.
    pub fn unix(self) -> i64 {
        self.0
    }

    /// This moment plus `seconds`.
    pub fn plus(self, seconds: u32) -> Self {
        Self((self.0 + i64::from(seconds)).min(LAST))
    }

    /// The day in Vietnam, `yyyyMMdd`: within it VNPAY's `vnp_TxnRef` is unique.
    pub fn day(self) -> String {
        let (year, month, day) = civil((self.0 + OFFSET).div_euclid(DAY));
        format!("{year:04}{month:02}{day:02}")
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let in_day = (self.0 + OFFSET).rem_euclid(DAY);
        let (hour, minute, second) = (in_day / 3600, in_day / 60 % 60, in_day % 60);
        write!(f, "{}{hour:02}{minute:02}{second:02}", self.day())
    }
}

impl FromStr for Stamp {
    type Err = StampError;

    fn from_str(text: &str) -> Result<Self, StampError> {
        if text.len() != 14 || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(StampError);
        }
        let part = |from: usize, to: usize| text[from..to].parse::<i64>().map_err(|_| StampError);
        let (year, month, day) = (part(0, 4)?, part(4, 6)?, part(6, 8)?);
        let (hour, minute, second) = (part(8, 10)?, part(10, 12)?, part(12, 14)?);
        if year < 1970 || !(1..=12).contains(&month) || day < 1 || hour > 23 || minute > 59 {
            return Err(StampError);
        }
        let days = days_from_civil(year, month, day);
        if second > 59 || civil(days) != (year, month, day) {
            return Err(StampError);
        }
        Ok(Self(days * DAY + hour * 3600 + minute * 60 + second - OFFSET))
    }
}

/// Days since 1970-01-01 of a date of the Gregorian calendar. Years are counted from March, in
/// eras of 400 years, so that the leap day comes last.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The inverse of [`days_from_civil`]: (year, month, day).
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_moments() {
        // `TZ=Etc/GMT-7 date -d @… +%Y%m%d%H%M%S`
        for (unix, text) in [
            (0, "19700101070000"),
            (951_782_400, "20000229070000"),
            (1_709_225_999, "20240229235959"),
            (1_709_226_000, "20240301000000"),
            (1_763_861_400, "20251123083000"),
            (1_767_200_399, "20251231235959"),
            (1_767_200_400, "20260101000000"),
            (4_107_542_400, "21000301070000"),
        ] {
            assert_eq!(Stamp::from_unix(unix).to_string(), text);
            assert_eq!(text.parse::<Stamp>().unwrap().unix(), i64::try_from(unix).unwrap());
        }
    }

    #[test]
    fn the_far_future_is_cut_and_still_fourteen_digits() {
        assert_eq!(Stamp::from_unix(u64::MAX).to_string(), "99991231235959");
        assert_eq!(Stamp::from_unix(u64::MAX).plus(5).to_string(), "99991231235959");
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for bad in [
            "",
            "2025112308300",
            "202511230830000",
            "20251323083000",
            "20250229083000",
            "20251123243000",
            "20251123086000",
            "20251123083060",
            "2025112308300x",
            "19691231235959",
            "２０２５1123",
        ] {
            assert!(bad.parse::<Stamp>().is_err(), "{bad}");
        }
    }
}
