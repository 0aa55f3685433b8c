//! When dossiers come and go: the office's hours and days, and the hours in which people file online.
//! Knows no dossier.

use super::dice::Dice;
use motcua_domain::calendar::{CLOSING_MINUTE, Holidays};
use motcua_domain::date::{CivilDate, Moment};

/// The office's hours, in minutes of the day: 7:30 to 11:30 and 13:30 to 17:00.
const OFFICE: [(u16, u16); 2] = [(450, 690), (810, CLOSING_MINUTE)];
/// The hours in which people file online.
const AWAKE: (u16, u16) = (360, 1_320);
/// Draws of a moment before the last possible one is taken.
const TRIES: u32 = 60;

/// Whether the office is at work.
fn is_open(moment: Moment, holidays: &Holidays) -> bool {
    let minute = moment.minute_of_day();
    holidays.is_working_day(moment.date())
        && OFFICE.iter().any(|(from, to)| (*from..=*to).contains(&minute))
}

/// A moment of a day at which something comes in: over the counter in the office's hours, online in the
/// hours of people. None when the counter is closed on that day.
pub fn arrival(
    dice: &mut Dice,
    day: CivilDate,
    online: bool,
    holidays: &Holidays,
) -> Option<Moment> {
    let (from, to) = if online { AWAKE } else { OFFICE[dice.below(OFFICE.len())] };
    let minute = u16::try_from(dice.between(from.into(), i64::from(to) - 1)).ok()?;
    let moment = Moment::at(day, minute).plus_seconds(dice.between(0, 59));
    (online || is_open(moment, holidays)).then_some(moment)
}

/// A moment between two at which the office is at work; the last one where none is met.
pub fn at_work(dice: &mut Dice, from: Moment, to: Moment, holidays: &Holidays) -> Moment {
    for _ in 0..TRIES {
        let moment = Moment(dice.between(from.0, to.0));
        if is_open(moment, holidays) {
            return moment;
        }
    }
    to
}

/// When the office closed on the last day on which it worked, up to this one.
pub fn last_closing(day: CivilDate, holidays: &Holidays) -> Moment {
    let mut day = day;
    while !holidays.is_working_day(day) {
        day = day.plus_days(-1);
    }
    Moment::at(day, CLOSING_MINUTE)
}
