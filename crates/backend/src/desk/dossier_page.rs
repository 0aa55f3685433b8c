//! A dossier at the desk: what may be done now, then all that is to be read.

use super::card::{After, Back, finish, notices};
use super::forms;
use super::job::{Job, jobs};
use super::reading::reading;
use super::sessions::OnDuty;
use super::words;
use crate::app::App;
use crate::dossiers;
use crate::error::{Error, Result};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

/// `GET /ban-lam-viec/ho-so/{code}`.
pub async fn show(
    State(app): State<App>,
    on_duty: OnDuty,
    Path(code): Path<String>,
    Query(after): Query<After>,
) -> Response {
    let done = after.find(Job::find);
    answer(&app, &on_duty, &code, StatusCode::OK, None, done).await
}

/// The page, with a form that comes back to be put right, or with what was just done.
pub async fn answer(
    app: &App,
    on_duty: &OnDuty,
    code: &str,
    status: StatusCode,
    back: Option<&Back<Job>>,
    done: Option<Job>,
) -> Response {
    let drawn = drawn(app, on_duty, code, back, done).await;
    finish(on_duty, status, &format!("Hồ sơ {code}"), drawn)
}

async fn drawn(
    app: &App,
    on_duty: &OnDuty,
    code: &str,
    back: Option<&Back<Job>>,
    done: Option<Job>,
) -> Result<Markup> {
    let mut connection = app.db.acquire().await?;
    let dossier = dossiers::get(&mut connection, code).await?;
    let view = dossiers::view(app, &mut connection, &dossier, true).await?;
    drop(connection);
    let detail = view.detail.as_ref().ok_or_else(|| Error::Internal("no detail".to_owned()))?;
    let mut jobs = jobs(on_duty.staff.role, dossier.status);
    jobs.retain(|job| *job != Job::TakeCash || detail.fees.iter().any(|fee| fee.payable));
    let late = dossier.appointment.is_some_and(|due| due < app.clock.now());
    let form = forms::Drawn { app, on_duty, dossier: &dossier, detail, back };
    Ok(html! {
        (notices(done.map(words::job), back, &jobs))
        dl class="head" {
            div { dt { "Trạng thái" } dd { strong { (view.status.text) } } }
            div { dt { "Thủ tục" } dd { (dossier.procedure_name.vi) } }
            div { dt { "Người yêu cầu" } dd { (dossier.applicant_name) ", " (dossier.applicant_number) } }
            @if !dossier.applicant_phone.is_empty() {
                div { dt { "Điện thoại" } dd { (dossier.applicant_phone) } }
            }
            div { dt { "Người nộp" } dd { (dossier.submitter_name) } }
            div { dt { "Nộp lúc" } dd { (words::moment(dossier.submitted_at)) } }
            div {
                dt { "Hẹn trả" }
                dd {
                    @match dossier.appointment {
                        Some(due) => { (words::moment(due)) @if late { " " strong class="late" { "QUÁ HẠN" } } }
                        None => "Chưa hẹn",
                    }
                }
            }
        }
        h2 { "Việc làm được bây giờ" }
        @if jobs.is_empty() { p { "Vai trò của bạn không có việc gì với hồ sơ này lúc này." } }
        @for job in &jobs { (form.draw(*job)) }
        (reading(app, on_duty, &dossier, &view, detail).await?)
    })
}
