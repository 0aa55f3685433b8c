//! Supplements: all asked at once, answered at once or not at all, in one round.

use super::{Turn, day, status, turns_of};
use crate::files::photo;
use crate::world::{World, certified_copy, extract, problem_of, whole_problem_of};
use motcua_contract::dossiers::DossierView;
use motcua_contract::slips::SlipForm;
use motcua_contract::turns::SupplementState;
use motcua_domain::dossier::DossierStatus as Status;
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};

fn three_items(fee: &str) -> Value {
    json!({ "items": [
        { "id": "1", "title": "Ảnh căn cước mặt sau", "reason": "Bị mờ, không đọc được",
          "ask": { "kind": "paper" } },
        { "id": "2", "title": "Nơi đăng ký khai sinh", "reason": "Ghi rõ xã, huyện khi đó",
          "ask": { "kind": "answer", "question": "registered_at" } },
        { "id": "3", "title": "Lệ phí", "reason": "Chưa nộp", "ask": { "kind": "fee", "fee": fee } }
    ] })
}

async fn answer(turn: &Turn<'_>, key: &str, body: &Value) -> Response {
    let path = format!("/dossiers/{}/supplement", turn.code());
    let key = format!("\"key-of-supplement-{key}\"");
    let call = turn.call(Method::POST, &path).header("Idempotency-Key", key);
    call.json(body).send().await.unwrap()
}

#[tokio::test]
async fn all_is_asked_at_once_and_sending_checks_that_all_is_answered() {
    let world = World::open().await;
    let turn = Turn::of(&world, &extract()).await;
    let fee = turn.receipt.dossier.detail.as_ref().unwrap().fees[0].id.clone();
    let asked = turn.staff("supplement", three_items(&fee)).await;
    assert_eq!((status(&asked), asked.appointment), (Status::SupplementRequested, None));
    assert_eq!(asked.waiting_since, Some(asked.as_of));
    let view = turns_of(&asked).supplement.clone().unwrap();
    assert_eq!((view.round, view.state, view.days_left), (1, SupplementState::Open, Some(16)));
    // Fifteen working days after Thursday, 26 November.
    assert_eq!(view.last_day.to_string(), "2026-12-17");
    assert_eq!(turns_of(&asked).slips[0].form, SlipForm::Supplement);

    let upload = turn.browser.upload(&photo()).await;
    let whole = json!({ "round": 1, "replies": [
        { "item": "1", "uploads": [upload] },
        { "item": "2", "answer": " Xã Kim Anh,  huyện Kim Thành " }
    ] });
    let (status_code, kind, problem) =
        whole_problem_of(answer(&turn, "1", &json!({ "round": 1, "replies": [] })).await).await;
    assert_eq!((status_code, kind.as_str()), (422, "supplement-incomplete"));
    assert_eq!(problem.components, ["1", "2", "3"]);
    let detail = problem.detail.unwrap();
    assert!(detail.contains("NoPaper") && detail.contains("NotPaid"), "{detail}");
    let unpaid = whole_problem_of(answer(&turn, "2", &whole).await).await.2;
    assert_eq!(unpaid.components, ["3"]);

    // Paying it does not start the clock: papers are still missing.
    let paid = turn.pays().await;
    assert_eq!((status(&paid), paid.appointment), (Status::SupplementRequested, None));
    assert_eq!(turns_of(&paid).supplement.as_ref().unwrap().settled_fees, [fee]);
    let sent: DossierView = answer(&turn, "3", &whole).await.json().await.unwrap();
    assert_eq!(turns_of(&sent).supplement.as_ref().unwrap().state, SupplementState::Answered);
    // It had not been taken in yet: it waits for that as before.
    assert_eq!((status(&sent), sent.waiting_since), (Status::Registered, None));
    let extra = sent.detail.unwrap().components;
    assert!(extra.iter().any(|part| part.component == "bo-sung-1-1" && part.files == 1));
    let kept = sqlx::query_scalar::<_, String>("SELECT answers FROM dossiers")
        .fetch_one(&world.app.db)
        .await
        .unwrap();
    assert!(kept.contains("Xã Kim Anh, huyện Kim Thành"), "{kept}");

    // The same again is the same answer; another answer finds nothing open.
    assert_eq!(answer(&turn, "3", &whole).await.status(), StatusCode::OK);
    let late = problem_of(answer(&turn, "4", &whole).await).await;
    assert_eq!(late, (409, "wrong-status".to_owned()));
}

#[tokio::test]
async fn the_clock_starts_anew_with_a_whole_dossier() {
    let world = World::open().await;
    let turn = Turn::of(&world, &extract()).await;
    turn.pays().await;
    turn.staff("intake", json!({})).await;
    let item = json!({ "items": [{ "id": "1", "title": "Họ tên mẹ", "reason": "Để tìm sổ",
        "ask": { "kind": "answer" } }] });
    turn.staff("supplement", item.clone()).await;
    // Four days later, after 15:00 on Monday: it counts as received on Tuesday.
    world.app.clock.advance(4 * 86_400 + 6 * 3_600);
    let reply = json!({ "round": 1, "replies": [{ "item": "1", "answer": "Nguyễn Thị Mùi" }] });
    let sent: DossierView = answer(&turn, "5", &reply).await.json().await.unwrap();
    assert_eq!((status(&sent), day(&sent)), (Status::InProgress, "2026-12-01".to_owned()));

    // A second round must be meant: it counts as overdue.
    let unmeant = turn.try_staff("supplement", item.clone()).await;
    assert_eq!(problem_of(unmeant).await, (409, "second-round".to_owned()));
    let mut meant = item;
    meant["counts_as_overdue"] = json!(true);
    let second = turn.staff("supplement", meant).await;
    assert_eq!(turns_of(&second).supplement.as_ref().unwrap().round, 2);

    // The last day goes by.
    world.app.clock.advance(40 * 86_400);
    let lapsed = turn.now().await;
    assert_eq!(turns_of(&lapsed).supplement.as_ref().unwrap().state, SupplementState::Lapsed);
    let reply = json!({ "round": 2, "replies": [{ "item": "1", "answer": "Nguyễn Thị Mùi" }] });
    assert_eq!(answer(&turn, "6", &reply).await.status(), StatusCode::CONFLICT);
    let stopped = turn.staff("stop", json!({ "reason": "Quá 15 ngày làm việc" })).await;
    assert_eq!(status(&stopped), Status::Stopped);
}

#[tokio::test]
async fn pages_that_are_counted_meanwhile_leave_the_request_open_and_the_money_due() {
    let world = World::open().await;
    let turn = Turn::of(&world, &certified_copy()).await;
    turn.staff("intake", json!({})).await;
    let item = json!({ "items": [{ "id": "1", "title": "Bản chính", "reason": "Mờ",
        "ask": { "kind": "answer" } }] });
    turn.staff("supplement", item).await;
    let counted = turn.staff("page-count", json!({ "pages": 2 })).await;
    assert_eq!((status(&counted), counted.appointment), (Status::SupplementRequested, None));
    assert!(counted.detail.as_ref().unwrap().fees[0].payable);
    let reply = json!({ "round": 1, "replies": [{ "item": "1", "answer": "Đã rõ" }] });
    let sent: DossierView = answer(&turn, "9", &reply).await.json().await.unwrap();
    assert_eq!((status(&sent), sent.appointment), (Status::PaymentRequested, None));
    let paid = turn.pays().await;
    assert_eq!(status(&paid), Status::InProgress);
    assert!(paid.appointment.is_some());
}

#[tokio::test]
async fn an_answer_that_the_form_would_not_take_is_not_taken_and_nothing_is_lost() {
    let world = World::open().await;
    let turn = Turn::of(&world, &extract()).await;
    let item = json!({ "items": [
        { "id": "1", "title": "Số bản", "reason": "Ghi lại", "ask": { "kind": "answer", "question": "copies" } },
        { "id": "2", "title": "Căn cước", "reason": "Mờ", "ask": { "kind": "paper" } }
    ] });
    turn.staff("supplement", item).await;
    let upload = turn.browser.upload(&photo()).await;
    let reply = |copies: &str| {
        json!({ "round": 1, "replies": [
            { "item": "1", "answer": copies }, { "item": "2", "uploads": [upload] }] })
    };
    let refused = whole_problem_of(answer(&turn, "7", &reply("rất nhiều")).await).await;
    assert_eq!((refused.0, refused.1.as_str()), (422, "invalid-answers"));
    // The photo was not used up by the answer that failed.
    assert_eq!(answer(&turn, "8", &reply("3")).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_stranger_answers_nothing_and_officers_ask_about_what_is_there() {
    let world = World::open().await;
    let turn = Turn::of(&world, &extract()).await;
    let nonsense = json!({ "items": [{ "id": "1", "title": "x", "reason": "y",
        "ask": { "kind": "fee", "fee": "no-such-fee" } }] });
    assert_eq!(turn.try_staff("supplement", nonsense).await.status(), StatusCode::BAD_REQUEST);
    let item = json!({ "items": [{ "id": "1", "title": "x", "reason": "y", "ask": { "kind": "answer" } }] });
    turn.staff("supplement", item.clone()).await;
    assert_eq!(turn.try_staff("supplement", item).await.status(), StatusCode::CONFLICT);
    let path = format!("/dossiers/{}/supplement", turn.code());
    let call = world
        .visitor()
        .call(Method::POST, &path)
        .header("Idempotency-Key", "\"strange-key-of-tests\"");
    let body = json!({ "round": 1, "replies": [{ "item": "1", "answer": "z" }] });
    assert_eq!(call.json(&body).send().await.unwrap().status(), StatusCode::FORBIDDEN);
}
