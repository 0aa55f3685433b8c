//! What an officer reads of a dossier: the answers in the form's words, the papers with their files and what
//! the citizen was told of them, fees, what happened, and who did it.

use super::sessions::OnDuty;
use super::{BASE, page, words};
use crate::app::App;
use crate::dossiers::Dossier;
use crate::error::Result;
use crate::uploads::serving;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use motcua_contract::dossiers::{ComponentCount, DossierDetail, DossierView, FeeView};
use motcua_contract::uploads::StaffFile;
use motcua_domain::date::Moment;
use motcua_domain::form::declaration::in_words;
use sqlx::Row;

/// `GET /ban-lam-viec/tep/{upload}`: a file of a citizen, as an attachment, to who is signed in.
pub async fn give(State(app): State<App>, on_duty: OnDuty, Path(upload): Path<String>) -> Response {
    match serving::give(State(app), on_duty.staff, Path(upload)).await {
        Ok(response) => response,
        Err(error) => page::broken(error),
    }
}

/// Everything, in the order in which it is read.
pub async fn reading(
    app: &App,
    on_duty: &OnDuty,
    dossier: &Dossier,
    view: &DossierView,
    detail: &DossierDetail,
) -> Result<Markup> {
    let code = Path(dossier.code.to_string());
    let Json(files) = serving::list(State(app.clone()), on_duty.staff.clone(), code).await?;
    let log = audit_of(app, dossier.code.as_str()).await?;
    let feedback = feedback_of(app, dossier.code.as_str()).await?;
    Ok(html! {
        h2 { "Tờ khai" }
        (answers(app, dossier))
        h2 { "Giấy tờ" }
        (papers(&detail.components, &files.files))
        h2 { "Phí, lệ phí" }
        @if detail.fees.is_empty() { p { "Không có khoản thu." } }
        @else { dl { @for line in &detail.fees { (fee(line)) } } }
        (given(detail))
        @if !feedback.is_empty() {
            h2 { "Phản ánh về hồ sơ này" }
            ul {
                @for code in &feedback {
                    li { a class="file" href={ (BASE) "/phan-anh/" (code) } { (code) } }
                }
            }
        }
        h2 { "Diễn biến" }
        ol class="timeline" {
            @for step in view.timeline.iter().rev() {
                li {
                    strong { (step.status.text) } " · " (words::moment(step.at))
                    @if let Some(unit) = &step.unit { " · " (unit) }
                    @if let Some(note) = &step.note { p { (note) } }
                }
            }
        }
        h2 { "Nhật ký" }
        ol class="timeline" {
            @for line in &log { li { (line) } }
        }
    })
}

fn answers(app: &App, dossier: &Dossier) -> Markup {
    let Some(procedure) = app.catalogue.find(&dossier.procedure) else {
        return html! { p { "Danh mục không còn thủ tục này." } };
    };
    let (form, given, day) = (&procedure.form, &dossier.answers, dossier.submitted_at.date());
    html! {
        @for part in form.pages_asked(given, day) {
            h3 { (part.title.vi) }
            dl {
                @for question in form.asked_on(part, given, day) {
                    div {
                        dt {
                            @if let Some(within) = &question.within { (within.vi) ": " }
                            (question.label.vi)
                        }
                        dd {
                            @match given.find(&question.id).filter(|answer| !answer.is_empty()) {
                                Some(answer) => (in_words(&question.kind, answer, app.catalogue.units())),
                                None => "Không trả lời",
                            }
                        }
                    }
                }
            }
        }
    }
}

fn papers(components: &[ComponentCount], files: &[StaffFile]) -> Markup {
    html! {
        @if components.is_empty() { p { "Không có giấy tờ." } }
        ul {
            @for component in components {
                li {
                    strong { (component.name.vi) }
                    @if component.reused { " – tự tra cứu" }
                    @else if component.files == 0 { " – xuất trình tại quầy" }
                    @for doubt in &component.doubts {
                        p class="late" {
                            "Người dân đã được báo: " (words::fault(doubt.fault))
                            @if let Some(at) = doubt.page { ", trang " (at) }
                        }
                    }
                    @for file in files.iter().filter(|file| file.component == component.component) {
                        p {
                            a class="file" href={ (BASE) "/tep/" (file.id) } {
                                "Tệp " (file.position + 1) " của " (component.name.vi)
                                " (" (file.length.div_ceil(1024)) " kB)"
                            }
                        }
                    }
                }
            }
        }
    }
}

fn fee(line: &FeeView) -> Markup {
    html! {
        div {
            dt { (line.name.vi) }
            dd {
                @if let Some(amount) = line.amount { (amount) " · " }
                (words::fee(line.state))
                @if let Some(group) = line.exempt { " · xin miễn: " (group.name().vi) }
            }
        }
    }
}

/// What the office gave the citizen, and what the citizen said of it.
fn given(detail: &DossierDetail) -> Markup {
    let turns = &detail.turns;
    html! {
        @if let Some(asked) = &turns.supplement {
            h2 { "Yêu cầu bổ sung lần " (asked.round) }
            p {
                "Hạn " (asked.last_day.written())
                @if let Some(at) = asked.answered_at { " · đã trả lời " (words::moment(at)) }
            }
            ol { @for item in &asked.items { li { strong { (item.title) } ": " (item.reason) } } }
        }
        @if let Some(wish) = &turns.withdrawal {
            h2 { "Xin rút hồ sơ" }
            p { (words::moment(wish.asked_at)) ": " (wish.reason) }
        }
        @if let Some(draft) = &turns.draft {
            h2 { "Bản dự thảo" }
            p {
                a class="file" href=(draft.file.address) { "Mở bản dự thảo" }
                @if let Some(remarks) = &draft.remarks { " · người dân: " (remarks) }
            }
        }
        @if let Some(result) = &turns.result {
            h2 { "Kết quả điện tử" }
            p {
                a class="file" href=(result.file.address) { "Mở kết quả số " (result.number) }
                " · " (words::signature(result.signature.as_ref()))
            }
        }
        @if !turns.slips.is_empty() {
            h2 { "Giấy tờ đã phát" }
            ul {
                @for slip in &turns.slips {
                    li {
                        a class="file" href={ "/phieu/" (slip.token) } { (slip.number) }
                        " · " (words::moment(slip.at))
                    }
                }
            }
        }
    }
}

/// The codes of the feedback about a dossier, newest first.
async fn feedback_of(app: &App, code: &str) -> Result<Vec<String>> {
    let sql = "SELECT code FROM feedback WHERE dossier = ?1 ORDER BY received_at DESC, code DESC";
    Ok(sqlx::query_scalar(sql).bind(code).fetch_all(&app.db).await?)
}

/// The lines of the audit log about a dossier, newest first.
/// What the audit log has under a code, newest first.
pub async fn audit_of(app: &App, code: &str) -> Result<Vec<String>> {
    let rows = sqlx::query(
        "SELECT at, who, act, detail FROM audit WHERE dossier = ?1 ORDER BY id DESC LIMIT 200",
    )
    .bind(code)
    .fetch_all(&app.db)
    .await?;
    rows.iter()
        .map(|row| {
            let at = words::moment(Moment(row.try_get("at")?));
            let (who, act): (String, String) = (row.try_get("who")?, row.try_get("act")?);
            let detail: Option<String> = row.try_get("detail")?;
            let detail = detail.map(|detail| format!(" ({detail})")).unwrap_or_default();
            Ok(format!("{at} · {who}: {}{detail}", words::logged(&act)))
        })
        .collect()
}
