//! Dates as Vietnamese official papers write them, and the same in English. Knows no paper.
//!
//! Source: Decree 30/2020/NĐ-CP, appendix I: place and day stand as "Hà Nội, ngày 05 tháng 01 năm 2020";
//! days below 10, January and February have a 0 before them.

use crate::date::{CivilDate, Moment, Weekday};
use crate::text::Text;

/// `ngày 05 tháng 02 năm 2026`.
pub fn day(date: CivilDate) -> String {
    let month = match date.month() {
        month @ (1 | 2) => format!("0{month}"),
        month => month.to_string(),
    };
    format!("ngày {:02} tháng {month} năm {}", date.day(), date.year())
}

/// `5 February 2026`.
pub fn english_day(date: CivilDate) -> String {
    let month = match date.month() {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    };
    format!("{} {month} {}", date.day(), date.year())
}

/// Where and when a paper was written: `Hải Phòng, ngày 26 tháng 11 năm 2026`.
pub fn place_and_day(place: &str, date: CivilDate) -> Text {
    Text { vi: format!("{place}, {}", day(date)), en: format!("{place}, {}", english_day(date)) }
}

/// Hour and weekday with the day: `17 giờ 00, thứ Sáu, ngày 27 tháng 11 năm 2026`.
pub fn hour_and_day(at: Moment) -> Text {
    let date = at.date();
    let (hour, minute) = (at.minute_of_day() / 60, at.minute_of_day() % 60);
    let (weekday, english) = match date.weekday() {
        Weekday::Monday => ("thứ Hai", "Monday"),
        Weekday::Tuesday => ("thứ Ba", "Tuesday"),
        Weekday::Wednesday => ("thứ Tư", "Wednesday"),
        Weekday::Thursday => ("thứ Năm", "Thursday"),
        Weekday::Friday => ("thứ Sáu", "Friday"),
        Weekday::Saturday => ("thứ Bảy", "Saturday"),
        Weekday::Sunday => ("Chủ nhật", "Sunday"),
    };
    Text {
        vi: format!("{hour:02} giờ {minute:02}, {weekday}, {}", day(date)),
        en: format!("{hour:02}:{minute:02}, {english} {}", english_day(date)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_the_decree_says() {
        let date = |text: &str| text.parse::<CivilDate>().unwrap();
        assert_eq!(day(date("2026-02-05")), "ngày 05 tháng 02 năm 2026");
        assert_eq!(day(date("2026-03-31")), "ngày 31 tháng 3 năm 2026");
        let placed = place_and_day("Hải Phòng", date("2026-11-26"));
        assert_eq!(placed.vi, "Hải Phòng, ngày 26 tháng 11 năm 2026");
        assert_eq!(placed.en, "Hải Phòng, 26 November 2026");
        // English months are told apart.
        let months: std::collections::BTreeSet<String> =
            (1..=12).map(|m| english_day(CivilDate::new(2026, m, 1).unwrap())).collect();
        assert_eq!(months.len(), 12);
    }

    #[test]
    fn an_appointment_has_its_hour_and_weekday_in_vietnam() {
        let closing = Moment::at("2026-11-27".parse().unwrap(), 17 * 60);
        assert_eq!(hour_and_day(closing).vi, "17 giờ 00, thứ Sáu, ngày 27 tháng 11 năm 2026");
        assert_eq!(hour_and_day(closing).en, "17:00, Friday 27 November 2026");
        // 17:30 UTC on Saturday is half past midnight on Sunday there.
        let night = Moment::at("2026-11-29".parse().unwrap(), 30);
        assert_eq!(hour_and_day(night).vi, "00 giờ 30, Chủ nhật, ngày 29 tháng 11 năm 2026");
    }
}
