//! Feedback at the desk: its clocks, what may be done now, all that was said, and who did what. Its forms
//! call what the JSON endpoints call.

use super::card::{After, Back, Card, area, finish, notices};
use super::feedback_list::{about, clock};
use super::fields::Fields;
use super::sessions::OnDuty;
use super::{BASE, page, reading, words};
use crate::api::body::JsonBody;
use crate::app::App;
use crate::audit;
use crate::database;
use crate::error::Result;
use crate::feedback::acts;
use crate::feedback::store::{self, Feedback};
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use motcua_contract::feedback::{
    AnswerFeedback, AskSender, FeedbackDetail, PublishFeedback, RefuseFeedback, StaffFeedback,
};
use motcua_domain::feedback::{Act, MAX_ANSWER, State as Stand};

/// `GET /ban-lam-viec/phan-anh/{code}`.
pub async fn show(
    State(app): State<App>,
    on_duty: OnDuty,
    Path(code): Path<String>,
    Query(after): Query<After>,
) -> Response {
    let done = after.find(Act::find);
    answer(&app, &on_duty, &code, StatusCode::OK, None, done).await
}

/// `POST /ban-lam-viec/phan-anh/{code}/viec/{act}`.
pub async fn take(
    State(app): State<App>,
    on_duty: OnDuty,
    Path((code, act)): Path<(String, String)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let fields = Fields(fields);
    if let Err(refused) = on_duty.sent(fields.get("csrf")) {
        return *refused;
    }
    let Some(act) = Act::find(&act) else {
        return page::refused(StatusCode::NOT_FOUND, "Không có việc này.");
    };
    match run(&app, &on_duty, &code, act, &fields).await {
        Ok(()) => {
            Redirect::to(&format!("{BASE}/phan-anh/{code}?xong={}", act.id())).into_response()
        }
        Err(error) => {
            let (status, back) = Back::refused(act, fields, error, words::said);
            answer(&app, &on_duty, &code, status, Some(&back), None).await
        }
    }
}

async fn run(app: &App, on_duty: &OnDuty, code: &str, act: Act, fields: &Fields) -> Result<()> {
    let (app, staff) = (State(app.clone()), on_duty.staff.clone());
    let path = Path(code.to_owned());
    let of = |name| fields.get(name).to_owned();
    let done = match act {
        Act::Ask => {
            let wanted = AskSender { question: of("question") };
            acts::ask(app, staff, path, JsonBody(wanted)).await
        }
        Act::Answer => {
            let given = AnswerFeedback { answer: of("answer") };
            acts::answer(app, staff, path, JsonBody(given)).await
        }
        Act::Refuse => {
            let given = RefuseFeedback { reason: of("reason"), advice: fields.find("advice") };
            acts::refuse(app, staff, path, JsonBody(given)).await
        }
        Act::Publish => {
            let given = PublishFeedback { question: of("question"), answer: of("answer") };
            acts::publish(app, staff, path, JsonBody(given)).await
        }
    };
    done.map(drop)
}

async fn answer(
    app: &App,
    on_duty: &OnDuty,
    code: &str,
    status: StatusCode,
    back: Option<&Back<Act>>,
    done: Option<Act>,
) -> Response {
    let drawn = drawn(app, on_duty, code, back, done).await;
    finish(on_duty, status, &format!("Phản ánh {code}"), drawn)
}

async fn drawn(
    app: &App,
    on_duty: &OnDuty,
    code: &str,
    back: Option<&Back<Act>>,
    done: Option<Act>,
) -> Result<Markup> {
    let mut tx = database::begin(&app.db).await?;
    let feedback = store::get(&mut tx, code).await?;
    let seen = store::staff_view(app, &mut tx, &feedback).await?;
    let (staff, now) = (&on_duty.staff, app.clock.now());
    audit::note_reading(&mut tx, staff, feedback.code.as_str(), now).await?;
    tx.commit().await?;
    let (today, holidays) = (app.clock.now().date(), &app.catalogue.holidays);
    let role = on_duty.staff.role;
    let may = |act: &Act| act.is_of(role) && feedback.course.takes(*act, today, holidays);
    let jobs: Vec<Act> = Act::ALL.into_iter().filter(may).collect();
    let log = reading::audit_of(app, feedback.code.as_str()).await?;
    Ok(html! {
        (notices(done.map(words::feedback_act), back, &jobs))
        p { a href={ (BASE) "/phan-anh" } { "Về danh sách phản ánh" } }
        (head(app, &feedback, &seen))
        h2 { "Việc làm được bây giờ" }
        @if jobs.is_empty() { p { "Vai trò của bạn không có việc gì với phản ánh này lúc này." } }
        @for act in &jobs { (form(on_duty, &feedback, *act, Back::of(back, *act))) }
        @if let Some(detail) = &seen.feedback.detail { (said(detail, &seen)) }
        h2 { "Nhật ký" }
        ol class="timeline" { @for line in &log { li { (line) } } }
    })
}

fn head(app: &App, feedback: &Feedback, seen: &StaffFeedback) -> Markup {
    let (today, holidays) = (app.clock.now().date(), &app.catalogue.holidays);
    let course = &feedback.course;
    html! {
        dl class="head" {
            div { dt { "Trạng thái" } dd { strong { (words::feedback_state(course.state())) } } }
            div { dt { "Về việc" } dd {
                (about(app, &feedback.about))
                @if seen.by_holder { " · người gửi là chủ hồ sơ: tính vào chỉ số hài lòng" }
            } }
            div { dt { "Nhận lúc" } dd { (words::moment(course.received)) } }
            @for one in course.clocks(holidays) {
                div { dt { "Thời hạn" } dd { (clock(one, today, holidays)) } }
            }
            @if let Some(days) = course.days_kept(holidays) {
                div { dt { "Thời hạn" } dd { "Đang chờ người gửi. Còn giữ " (days) " ngày làm việc để trả lời." } }
            }
            @if let Some(place) = &feedback.place { div { dt { "Nơi xảy ra" } dd { (place) } } }
            div { dt { "Điện thoại" } dd { (feedback.phone.as_deref().unwrap_or("Không để lại")) } }
        }
    }
}

fn said(detail: &FeedbackDetail, seen: &StaffFeedback) -> Markup {
    html! {
        h2 { "Nội dung" }
        dl {
            div { dt { "Người gửi viết" } dd { (detail.text) } }
            @for (label, words) in [
                ("Đã hỏi thêm", &detail.question),
                ("Người gửi nói thêm", &detail.addition),
                ("Đã trả lời", &detail.answer),
            ] {
                @if let Some(said) = words {
                    div { dt { (label) } dd { (said.words) "\n" (words::moment(said.at)) } }
                }
            }
            @if let Some(refusal) = &detail.refusal {
                div { dt { "Đã từ chối" } dd {
                    (refusal.reason)
                    @if let Some(advice) = &refusal.advice { "\n" (advice) }
                    "\n" (words::moment(refusal.at))
                } }
            }
            @if let Some(at) = seen.feedback.published_at {
                div { dt { "Đã công khai" } dd { (words::moment(at)) } }
            }
        }
        @if !seen.photos.is_empty() {
            h2 { "Ảnh" }
            @for (at, photo) in seen.photos.iter().enumerate() {
                p { a class="file" href={ (BASE) "/tep/" (photo.id) } { "Ảnh " (at + 1) } }
            }
        }
    }
}

fn form(on_duty: &OnDuty, feedback: &Feedback, act: Act, back: Option<&Back<Act>>) -> Markup {
    let typed = |name: &str| Back::typed(back, name);
    let room = |name: &str, label: &str, value: &str, must: bool| {
        area(act.id(), name, label, value, must, MAX_ANSWER)
    };
    // What was answered is where the published words begin.
    let answer = match back {
        Some(_) => typed("answer"),
        None => feedback.answer.clone().filter(|_| act == Act::Publish).unwrap_or_default(),
    };
    let waits = feedback.course.state() == Stand::Asked;
    let fields = match act {
        Act::Ask => html! {
            p { "Chỉ hỏi thêm được một lần. Trong lúc chờ, thời hạn trả lời tạm dừng." }
            (room("question", "Cần người gửi nói thêm gì", &typed("question"), true))
        },
        Act::Answer => html! {
            @if waits { p { "Người gửi chưa nói thêm. Vẫn trả lời được." } }
            (room("answer", "Câu trả lời", &answer, true))
        },
        Act::Refuse => html! {
            (room("reason", "Lý do", &typed("reason"), true))
            (room("advice", "Hướng dẫn cho người gửi", &typed("advice"), false))
        },
        Act::Publish => html! {
            p { "Ai cũng đọc được. Không ghi tên, số điện thoại, số giấy tờ, địa chỉ của ai." }
            (room("question", "Nội dung phản ánh, viết lại ngắn gọn", &typed("question"), true))
            (room("answer", "Câu trả lời", &answer, true))
        },
    };
    let card = Card {
        id: act.id(),
        title: words::feedback_act(act),
        action: format!("{BASE}/phan-anh/{}/viec/{}", feedback.code, act.id()),
        sends_file: false,
        fields: Some(fields),
    };
    card.draw(on_duty, back)
}
