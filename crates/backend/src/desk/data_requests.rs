//! Requests about data at the desk: a list with both clocks, and a page for each with the acts that fit.
//! What they do is `my_data::desk`'s; which fit when is the domain's.

use super::card::{After, Back, Card, area, finish, notices};
use super::fields::Fields;
use super::sessions::OnDuty;
use super::{BASE, page, words};
use crate::api::body::JsonBody;
use crate::app::App;
use crate::audit;
use crate::database;
use crate::error::Result;
use crate::my_data::desk::{self, DOSSIER_RUNS, is_late};
use crate::my_data::requests::{self, Request};
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use motcua_contract::my_data::ActOnRequest;
use motcua_contract::problem::{Problem, ProblemType};
use motcua_domain::data_rights::{
    DataRequestState, ExtensionError, MOST_EXTENSION, RequestAct, Wish,
};
use motcua_domain::turns::MAX_WORDS;

/// Where the list is.
const LIST: &str = "/ban-lam-viec/du-lieu";

const fn wish(wish: Wish) -> &'static str {
    match wish {
        Wish::Correct => "Sửa dữ liệu",
        Wish::Delete => "Xóa dữ liệu",
        Wish::Stop => "Dừng xử lý dữ liệu",
        Wish::Object => "Phản đối việc dùng dữ liệu",
    }
}

const fn state(state: DataRequestState) -> &'static str {
    match state {
        DataRequestState::Asked => "Chờ trả lời",
        DataRequestState::Answered => "Đã trả lời, chờ làm xong",
        DataRequestState::Done => "Đã làm xong",
        DataRequestState::Refused => "Đã từ chối",
        DataRequestState::Cancelled => "Người dân đã rút",
    }
}

/// An act, as its heading and its button say; the audit log's lines too.
pub const fn act(act: RequestAct) -> &'static str {
    match act {
        RequestAct::Answer => "Trả lời",
        RequestAct::CarryOut => "Đã làm xong",
        RequestAct::Refuse => "Từ chối",
        RequestAct::Extend => "Gia hạn một lần",
    }
}

/// What the words of an act are.
const fn label(act: RequestAct) -> &'static str {
    match act {
        RequestAct::Answer => "Cơ quan sẽ làm gì, khi nào",
        RequestAct::CarryOut => "Đã làm gì",
        RequestAct::Refuse => "Lý do",
        RequestAct::Extend => "Lý do cần thêm thời gian",
    }
}

/// Why something was not done, in plain words.
fn said(problem: &Problem) -> String {
    let detail = problem.detail.as_deref().unwrap_or_default();
    if detail == DOSSIER_RUNS {
        return "Hồ sơ này đang giải quyết. Chờ kết thúc hồ sơ, hoặc từ chối và nêu căn cứ.".into();
    }
    if detail == ExtensionError::Again.to_string() {
        return "Yêu cầu này đã gia hạn một lần rồi.".into();
    }
    if detail == ExtensionError::Days.to_string() {
        return format!("Gia hạn từ 1 đến {MOST_EXTENSION} ngày.");
    }
    if detail.starts_with("rule") {
        return "Từ chối thì phải ghi căn cứ pháp lý.".into();
    }
    if detail.starts_with("words") {
        return "Hãy ghi lời cho người dân, nhiều nhất 1.000 chữ.".into();
    }
    match problem.kind {
        ProblemType::WrongStatus => "Yêu cầu này đang ở bước khác. Xem lại rồi làm tiếp.".into(),
        _ => words::said(problem),
    }
}

fn clocks(app: &App, request: &Request) -> Markup {
    let (view, now) = (request.view(), app.clock.now());
    html! {
        p {
            @if view.state == DataRequestState::Asked { "Trả lời trước hết ngày " (view.answer_by.written()) "; " }
            "làm xong trước hết ngày " (view.carry_out_by.written())
            @if request.extended { " (đã gia hạn)" }
            @if is_late(view, now) { " " strong class="late" { "QUÁ HẠN" } }
        }
    }
}

/// `GET /ban-lam-viec/du-lieu`.
pub async fn list(State(app): State<App>, on_duty: OnDuty) -> Response {
    finish(&on_duty, StatusCode::OK, "Yêu cầu về dữ liệu", drawn_list(&app).await)
}

async fn drawn_list(app: &App) -> Result<Markup> {
    let mut connection = app.db.acquire().await?;
    let open = requests::open(&mut connection).await?;
    Ok(html! {
        @if open.is_empty() {
            p { "Không có yêu cầu nào đang chờ." }
        } @else {
            ul class="dossiers" {
                @for request in &open {
                    li {
                        a href={ (LIST) "/" (request.view().code) } { (request.view().code) }
                        p { (request.staff.person_name) " · " (wish(request.view().wish)) }
                        p { (state(request.view().state)) }
                        (clocks(app, request))
                    }
                }
            }
        }
        p { a href=(BASE) { "Về danh sách hồ sơ" } }
    })
}

/// How many requests are open, for the way to the list.
pub async fn count_open(app: &App) -> Result<usize> {
    let mut connection = app.db.acquire().await?;
    Ok(requests::open(&mut connection).await?.len())
}

/// `GET /ban-lam-viec/du-lieu/{request}`.
pub async fn show(
    State(app): State<App>,
    on_duty: OnDuty,
    Path(code): Path<String>,
    Query(after): Query<After>,
) -> Response {
    let done = after.find(RequestAct::find);
    answer(&app, &on_duty, &code, StatusCode::OK, None, done).await
}

async fn answer(
    app: &App,
    on_duty: &OnDuty,
    code: &str,
    status: StatusCode,
    back: Option<&Back<RequestAct>>,
    done: Option<RequestAct>,
) -> Response {
    let drawn = drawn(app, on_duty, code, back, done).await;
    finish(on_duty, status, &format!("Yêu cầu {code}"), drawn)
}

async fn drawn(
    app: &App,
    on_duty: &OnDuty,
    code: &str,
    back: Option<&Back<RequestAct>>,
    done: Option<RequestAct>,
) -> Result<Markup> {
    let mut tx = database::begin(&app.db).await?;
    let request = requests::get(&mut tx, code).await?;
    audit::note_reading(&mut tx, &on_duty.staff, code, app.clock.now()).await?;
    tx.commit().await?;
    let view = request.view();
    let role = on_duty.staff.role;
    let fits = |act: &RequestAct| act.is_of(role) && act.leads(view.state).is_some();
    let acts: Vec<RequestAct> = RequestAct::ALL
        .into_iter()
        .filter(fits)
        .filter(|act| *act != RequestAct::Extend || !request.extended)
        .collect();
    Ok(html! {
        (notices(done.map(act), back, &acts))
        dl class="head" {
            div { dt { "Yêu cầu" } dd { strong { (wish(view.wish)) } } }
            div { dt { "Tình trạng" } dd { (state(view.state)) } }
            div {
                dt { "Người yêu cầu" }
                dd { (request.staff.person_name) @if let Some(number) = &request.staff.person_number { ", " (number) } }
            }
            div {
                dt { "Về" }
                dd {
                    @match &view.dossier {
                        Some(code) => a href={ (BASE) "/ho-so/" (code) } { "Hồ sơ " (code) },
                        None => "Mọi dữ liệu",
                    }
                }
            }
            div { dt { "Lời của người dân" } dd { (view.words) } }
            div { dt { "Nhận lúc" } dd { (words::moment(view.asked_at)) } }
            @if let Some(answer) = &view.answer { div { dt { "Đã trả lời" } dd { (answer) } } }
            @if let Some(why) = &view.extension { div { dt { "Gia hạn vì" } dd { (why) } } }
            @if let Some(outcome) = &view.outcome { div { dt { "Kết quả" } dd { (outcome) } } }
            @if let Some(rule) = &view.rule { div { dt { "Căn cứ" } dd { (rule) } } }
        }
        @if view.state.is_open() { (clocks(app, &request)) }
        @if view.wish == Wish::Delete {
            p { "Hồ sơ là tài liệu lưu trữ. Xóa ở đây là thôi dùng lại giấy tờ và thôi nhắn tin." }
        }
        h2 { "Việc làm được bây giờ" }
        @if acts.is_empty() { p { "Vai trò của bạn không có việc gì với yêu cầu này lúc này." } }
        @for act in &acts { (form(on_duty, view.code.as_str(), *act, back)) }
        p { a href=(LIST) { "Về danh sách yêu cầu" } }
    })
}

fn form(on_duty: &OnDuty, code: &str, kind: RequestAct, back: Option<&Back<RequestAct>>) -> Markup {
    let back = Back::of(back, kind);
    let typed = |name: &str| Back::typed(back, name);
    let id = |name: &str| format!("{}-{name}", kind.id());
    let fields = html! {
        (area(kind.id(), "words", label(kind), &typed("words"), true, MAX_WORDS))
        @if kind == RequestAct::Refuse {
            label for=(id("rule")) { "Căn cứ pháp lý" }
            input id=(id("rule")) name="rule" value=(typed("rule")) maxlength=(MAX_WORDS) required;
        }
        @if kind == RequestAct::Extend {
            label for=(id("days")) { "Thêm mấy ngày, nhiều nhất " (MOST_EXTENSION) }
            input id=(id("days")) name="days" type="number" min="1" max=(MOST_EXTENSION)
                value=(typed("days")) required;
        }
        @if kind == RequestAct::Answer {
            label class="choice" {
                input type="checkbox" name="others" value="1"
                    checked[back.is_some_and(|back| back.fields.has("others"))];
                "Phải báo bên xử lý hoặc bên thứ ba (hạn 20 ngày)"
            }
        }
    };
    let card = Card {
        id: kind.id(),
        title: act(kind),
        action: format!("{LIST}/{code}/viec/{}", kind.id()),
        sends_file: false,
        fields: Some(fields),
    };
    card.draw(on_duty, back)
}

/// `POST /ban-lam-viec/du-lieu/{request}/viec/{act}`.
pub async fn take(
    State(app): State<App>,
    on_duty: OnDuty,
    Path((code, name)): Path<(String, String)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let fields = Fields(fields);
    if let Err(refused) = on_duty.sent(fields.get("csrf")) {
        return *refused;
    }
    let Some(act) = RequestAct::find(&name) else {
        return page::refused(StatusCode::NOT_FOUND, "Không có việc này.");
    };
    let wanted = ActOnRequest {
        act,
        words: fields.get("words").to_owned(),
        rule: fields.find("rule"),
        days: fields.find("days").and_then(|days| days.parse().ok()),
        others: fields.has("others"),
    };
    let (state, path) = (State(app.clone()), Path(code.clone()));
    match desk::act(state, on_duty.staff.clone(), path, JsonBody(wanted)).await {
        Ok(_) => Redirect::to(&format!("{LIST}/{code}?xong={name}")).into_response(),
        Err(error) => {
            let (status, back) = Back::refused(act, fields, error, said);
            answer(&app, &on_duty, &code, status, Some(&back), None).await
        }
    }
}
