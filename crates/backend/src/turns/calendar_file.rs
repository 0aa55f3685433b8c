//! The appointment as a calendar file (iCalendar, RFC 5545), for a phone's own calendar. It says what
//! anyone with the code may know: no name, no procedure.

use crate::app::App;
use crate::dossiers;
use crate::error::{Error, Result};
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use motcua_contract::problem::ProblemType;
use motcua_domain::date::Moment;

/// A reminder so long before, in minutes: the evening before.
const REMIND_MINUTES: i64 = 20 * 60;
/// How long the entry lasts, in seconds: it ends when the counter closes.
const LENGTH: i64 = 1_800;
/// Most octets of a line, without its end.
const LINE: usize = 75;

/// `20261126T100500Z`.
fn stamp(at: Moment) -> String {
    let second = at.0.rem_euclid(86_400);
    let date = motcua_domain::date::CivilDate::from_days_since_epoch(at.0.div_euclid(86_400));
    format!(
        "{:04}{:02}{:02}T{:02}{:02}{:02}Z",
        date.year(),
        date.month(),
        date.day(),
        second / 3_600,
        second / 60 % 60,
        second % 60
    )
}

/// A text value: what separates values is escaped.
fn escaped(text: &str) -> String {
    text.chars()
        .flat_map(|letter| match letter {
            '\\' | ';' | ',' => vec!['\\', letter],
            '\n' => vec!['\\', 'n'],
            other => vec![other],
        })
        .collect()
}

/// A line, folded where it is too long.
fn folded(line: &str) -> String {
    let (mut out, mut length) = (String::new(), 0);
    for letter in line.chars() {
        if length + letter.len_utf8() > LINE {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(letter);
        length += letter.len_utf8();
    }
    out + "\r\n"
}

/// What the file is made of.
struct Entry<'a> {
    code: &'a str,
    due: Moment,
    now: Moment,
    host: &'a str,
    place: &'a str,
    link: &'a str,
}

fn file(entry: &Entry<'_>) -> String {
    let begin = entry.due.plus_seconds(-LENGTH);
    [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Mot Cua//VI".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        // The same entry when the day is set anew: a calendar puts it in the place of the old one.
        format!("UID:{}@{}", entry.code, entry.host),
        format!("SEQUENCE:{}", entry.due.0 / 60),
        format!("DTSTAMP:{}", stamp(entry.now)),
        format!("DTSTART:{}", stamp(begin)),
        format!("DTEND:{}", stamp(entry.due)),
        format!("SUMMARY:{}", escaped("Hẹn trả kết quả hồ sơ")),
        format!("DESCRIPTION:{}", escaped(&format!("Hồ sơ {}. {}", entry.code, entry.link))),
        format!("LOCATION:{}", escaped(entry.place)),
        "BEGIN:VALARM".to_owned(),
        "ACTION:DISPLAY".to_owned(),
        format!("DESCRIPTION:{}", escaped("Hẹn trả kết quả hồ sơ")),
        format!("TRIGGER:-PT{REMIND_MINUTES}M"),
        "END:VALARM".to_owned(),
        "END:VEVENT".to_owned(),
        "END:VCALENDAR".to_owned(),
    ]
    .iter()
    .map(|line| folded(line))
    .collect()
}

/// `GET /dossiers/{code}/appointment.ics`.
pub async fn give(State(app): State<App>, Path(code): Path<String>) -> Result<Response> {
    let mut connection = app.db.acquire().await?;
    let dossier = dossiers::get(&mut connection, &code).await?;
    let due = dossier.appointment.ok_or(ProblemType::NotFound)?;
    let code = dossier.code.as_str();
    let text = file(&Entry {
        code,
        due,
        now: app.clock.now(),
        host: app.settings.host(),
        place: &app.config.office_address.vi,
        link: &format!("{}/tra-cuu/{code}", app.settings.origin),
    });
    let name = HeaderValue::from_str(&format!("attachment; filename=\"hen-{code}.ics\""))
        .map_err(|why| Error::Internal(why.to_string()))?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8")),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, text).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_in_utc_escaped_and_folded() {
        let due = Moment::at("2026-12-31".parse().unwrap(), 17 * 60);
        let entry = Entry {
            code: "H24.31-261126-000042",
            due,
            now: due.plus_seconds(-86_400),
            host: "motcua.example",
            place: "Trung tâm Phục vụ hành chính công xã Kim Thành, thành phố Hải Phòng",
            link: "https://motcua.example/tra-cuu/H24.31-261126-000042",
        };
        let text = file(&entry);
        // 17:00 in Vietnam is 10:00 in UTC.
        assert!(text.contains("DTEND:20261231T100000Z\r\n"), "{text}");
        assert!(text.contains("DTSTART:20261231T093000Z\r\n"));
        assert!(text.contains("Kim Thành\\, thành"), "{text}");
        for line in text.split("\r\n") {
            assert!(line.len() <= LINE, "{line}");
        }
        let unfolded = text.replace("\r\n ", "");
        assert!(unfolded.contains("LOCATION:Trung tâm Phục vụ hành chính công xã Kim Thành\\, "));
        assert!(text.ends_with("END:VCALENDAR\r\n"));
    }
}
