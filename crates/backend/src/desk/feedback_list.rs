//! The desk's list of feedback (phản ánh, kiến nghị): what is due first comes first, what is late is red.

use super::sessions::OnDuty;
use super::{BASE, page, words};
use crate::app::App;
use crate::error::Result;
use crate::feedback::store::{self, Feedback};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use motcua_domain::calendar::Holidays;
use motcua_domain::date::CivilDate;
use motcua_domain::feedback::{About, Clock, Task, working_days_left};

/// Most characters of a text in the list.
const GLIMPSE: usize = 120;

/// What feedback is about, in a few words.
pub fn about(app: &App, about: &About) -> String {
    match about {
        About::Page { page } => format!("Trang {page}"),
        About::Dossier { code } => format!("Hồ sơ {code}"),
        About::Office => "Cơ quan, cán bộ".to_owned(),
        About::Procedure { code } => {
            let known = app.catalogue.find(code);
            known.map_or_else(|| code.to_string(), |known| known.short_name.vi.clone())
        }
    }
}

/// What a clock is for.
const fn task(task: Task) -> &'static str {
    match task {
        Task::Ask => "Hỏi thêm chậm nhất",
        Task::Refuse => "Từ chối chậm nhất",
        Task::Answer => "Trả lời chậm nhất",
        Task::Publish => "Công khai chậm nhất",
    }
}

/// A clock: its day, and how much is left.
pub fn clock(clock: Clock, today: CivilDate, holidays: &Holidays) -> Markup {
    let left = working_days_left(today, clock.last_day, holidays);
    html! {
        (task(clock.task)) " " (clock.last_day.written())
        @match left {
            Some(0) => " (hôm nay là ngày cuối)",
            Some(days) => { " (còn " (days) " ngày làm việc)" },
            // What only may be done is over; what is owed is late.
            None if clock.task.is_owed() => { " " strong class="late" { "QUÁ HẠN" } },
            None => " (đã hết hạn)",
        }
    }
}

/// How many wait, for the link.
pub async fn count(app: &App) -> Result<usize> {
    Ok(store::owed(app).await?.len())
}

/// `GET /ban-lam-viec/phan-anh`.
pub async fn show(State(app): State<App>, on_duty: OnDuty) -> Response {
    match store::owed(&app).await {
        Ok(owed) => {
            let body = drawn(&app, &owed);
            page::page(StatusCode::OK, "Phản ánh, kiến nghị", Some(&on_duty), &body)
        }
        Err(error) => page::broken(error),
    }
}

fn drawn(app: &App, owed: &[Feedback]) -> Markup {
    let (today, holidays) = (app.clock.now().date(), &app.catalogue.holidays);
    html! {
        p { a href=(BASE) { "Về danh sách hồ sơ" } }
        @if owed.is_empty() { p { "Không có phản ánh nào đang chờ." } }
        ul class="dossiers" {
            @for one in owed {
                li {
                    a href={ (BASE) "/phan-anh/" (one.code) } { (one.code) }
                    p { (about(app, &one.about)) " · " (words::feedback_state(one.course.state()))
                        " · gửi " (words::moment(one.course.received)) }
                    p { (glimpse(&one.text)) }
                    @match one.course.due(holidays) {
                        Some(due) => p { (clock(due, today, holidays)) },
                        None => p { "Đang chờ người gửi. Thời hạn trả lời tạm dừng." },
                    }
                }
            }
        }
    }
}

fn glimpse(text: &str) -> String {
    let mut glimpse: String = text.chars().take(GLIMPSE).collect();
    if text.chars().count() > GLIMPSE {
        glimpse.push('…');
    }
    glimpse
}
