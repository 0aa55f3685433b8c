//! The one re-appointment that an overdue dossier may have, with a letter of apology (thư xin lỗi).
//!
//! Source: apology with the new day, at most one re-appointment (interlinked procedures' decree of 2025;
//! the land procedures' text says the same). Form 04.

use crate::calendar::{CLOSING_MINUTE, Holidays};
use crate::date::{CivilDate, Moment};

/// Most working days that a dossier may be put off by. No text names a number: a guard against a slip of
/// the year.
pub const MOST_DAYS: u16 = 60;

/// Why a dossier cannot have this new appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReappointmentError {
    /// It has no appointment that could be missed: it waits for the citizen, or the rule states none.
    #[error("no appointment is running")]
    NoAppointment,
    /// It had its one re-appointment.
    #[error("it was re-appointed once")]
    Again,
    /// The new day is not after the old one and after today.
    #[error("the new day is not later")]
    NotLater,
    /// The office does not work on the new day.
    #[error("not a working day")]
    NotAWorkingDay,
    /// The new day is more than [`MOST_DAYS`] working days away.
    #[error("more than {MOST_DAYS} working days away")]
    TooFar,
}

/// The new appointment of a dossier.
///
/// # Errors
/// The first reason why it may not have it.
pub fn reappoint(
    old: Option<Moment>,
    had_one: bool,
    new_day: CivilDate,
    now: Moment,
    holidays: &Holidays,
) -> Result<Moment, ReappointmentError> {
    let old = old.ok_or(ReappointmentError::NoAppointment)?;
    if had_one {
        return Err(ReappointmentError::Again);
    }
    if new_day <= old.date() || new_day <= now.date() {
        return Err(ReappointmentError::NotLater);
    }
    if !holidays.is_working_day(new_day) {
        return Err(ReappointmentError::NotAWorkingDay);
    }
    if new_day > holidays.plus_working_days(now.date(), MOST_DAYS) {
        return Err(ReappointmentError::TooFar);
    }
    Ok(Moment::at(new_day, CLOSING_MINUTE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn once_and_later_and_on_a_working_day() {
        let day = |text: &str| text.parse::<CivilDate>().unwrap();
        let holidays = Holidays([day("2027-01-01")].into());
        let old = Some(Moment::at(day("2026-12-30"), CLOSING_MINUTE));
        let now = Moment::at(day("2026-12-30"), 9 * 60);
        let ask = |old, had_one, new: &str| reappoint(old, had_one, day(new), now, &holidays);
        assert_eq!(
            ask(old, false, "2026-12-31"),
            Ok(Moment::at(day("2026-12-31"), CLOSING_MINUTE))
        );
        assert_eq!(ask(None, false, "2026-12-31"), Err(ReappointmentError::NoAppointment));
        assert_eq!(ask(old, true, "2026-12-31"), Err(ReappointmentError::Again));
        assert_eq!(ask(old, false, "2026-12-30"), Err(ReappointmentError::NotLater));
        assert_eq!(ask(old, false, "2027-01-01"), Err(ReappointmentError::NotAWorkingDay));
        assert_eq!(ask(old, false, "2027-01-02"), Err(ReappointmentError::NotAWorkingDay));
        assert_eq!(ask(old, false, "2027-12-30"), Err(ReappointmentError::TooFar));
    }
}
