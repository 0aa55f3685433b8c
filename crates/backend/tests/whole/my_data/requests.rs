//! Requests about data: asked once, answered within the clocks, carried out without harm, refused with a
//! rule, extended once; who may do what at the desk.

use super::data_of;
use crate::desk::{Desk, world as office};
use crate::files::photo;
use crate::turns::Turn;
use crate::world::{
    ANH, Browser, HUONG, World, birth, certified_copy, problem_of, whole_problem_of,
};
use motcua_contract::my_data::{DataRequestView, RequestList, StaffRequest};
use motcua_domain::data_rights::DataRequestState;
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};
use sqlx::Row;

async fn ask(browser: &Browser<'_>, wish: &str, dossier: Option<&str>) -> DataRequestView {
    let asked = json!({ "wish": wish, "dossier": dossier, "words": "Làm giúp tôi." });
    let call = browser.call(Method::POST, "/me/data-requests").json(&asked);
    let answer = call.send().await.unwrap();
    assert!(answer.status().is_success(), "{:?}", answer.text().await);
    answer.json().await.unwrap()
}

async fn act(world: &World, code: &str, body: Value) -> Response {
    world.staff(&format!("/data-requests/{code}/acts"), body).await
}

async fn does(world: &World, code: &str, body: Value) -> DataRequestView {
    let answer = act(world, code, body).await;
    assert_eq!(answer.status(), StatusCode::OK, "{:?}", answer.text().await);
    answer.json::<StaffRequest>().await.unwrap().request
}

#[tokio::test]
async fn the_clocks_run_from_the_day_it_was_asked_and_an_extension_comes_once() {
    let world = World::open().await;
    let turn = Turn::of(&world, &certified_copy()).await;
    let asked = ask(&turn.browser, "stop", Some(turn.code())).await;
    assert_eq!(asked.answer_by.to_string(), "2026-11-30");
    assert_eq!(asked.carry_out_by.to_string(), "2026-12-11");
    assert_eq!(
        ask(&turn.browser, "stop", Some(turn.code())).await.code,
        asked.code,
        "the same one"
    );
    let listed: RequestList = world.staff_get("/data-requests").await.json().await.unwrap();
    assert_eq!(listed.requests.len(), 1);
    assert_eq!(listed.requests[0].person_number.as_deref(), Some(HUONG));

    let code = asked.code.as_str();
    let early = act(&world, code, json!({ "act": "carry_out", "words": "Xong." })).await;
    assert_eq!(problem_of(early).await, (409, "wrong-status".to_owned()));
    let answer = json!({ "act": "answer", "words": "Sẽ dừng.", "others": true });
    let answered = does(&world, code, answer).await;
    assert_eq!(answered.state, DataRequestState::Answered);
    assert_eq!(answered.carry_out_by.to_string(), "2026-12-16", "others must be told");
    let more = |days: u16| json!({ "act": "extend", "words": "Nhiều hồ sơ.", "days": days });
    assert_eq!(problem_of(act(&world, code, more(16)).await).await.0, 409);
    let extended = does(&world, code, more(15)).await;
    assert_eq!(extended.carry_out_by.to_string(), "2026-12-31");
    assert_eq!(problem_of(act(&world, code, more(1)).await).await.0, 409);
    sqlx::query(
        "INSERT INTO push_devices (dossier, endpoint, p256dh, auth, since) VALUES (?1, 'x', 'x', 'x', 0)",
    )
    .bind(turn.code())
    .execute(&world.app.db)
    .await
    .unwrap();
    let done = does(&world, code, json!({ "act": "carry_out", "words": "Đã dừng." })).await;
    assert!(crate::turns::turns_of(&turn.now().await).devices.is_empty(), "no notices either");
    assert_eq!((done.state, done.outcome.as_deref()), (DataRequestState::Done, Some("Đã dừng.")));
    assert!(done.ended_at.is_some());
    let seen = data_of(&turn.browser).await.requests;
    assert_eq!(seen, [done]);
    let told = "SELECT COUNT(*) AS n FROM messages WHERE kind = 'data_request'";
    let told: i64 = sqlx::query(told).fetch_one(&world.app.db).await.unwrap().get("n");
    assert_eq!(told, 2, "answered and extended; messages were stopped by then");
    let log = "SELECT act, detail FROM audit WHERE act LIKE 'data_%' ORDER BY id";
    let log = sqlx::query(log).fetch_all(&world.app.db).await.unwrap();
    let acts: Vec<String> = log.iter().map(|row| row.get("act")).collect();
    assert_eq!(acts, ["data_answer", "data_extend", "data_carry_out"]);
    assert_eq!(log[0].get::<String, _>("detail"), asked.code);
}

async fn snapshot(world: &World) -> Vec<i64> {
    let mut counts = vec![];
    for table in ["dossiers", "dossier_files", "uploads", "fees", "ledger", "receipts", "timeline"]
    {
        let sql = sqlx::AssertSqlSafe(format!("SELECT COUNT(*) AS n FROM {table}"));
        counts.push(sqlx::query(sql).fetch_one(&world.app.db).await.unwrap().get("n"));
    }
    counts
}

#[tokio::test]
async fn deleting_breaks_no_running_dossier_and_no_record() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let receipt = browser.filed(&birth(&browser.upload(&photo()).await)).await;
    let code = receipt.code.to_string();
    let request = ask(&browser, "delete", Some(&code)).await;
    does(&world, &request.code, json!({ "act": "answer", "words": "Sẽ xem." })).await;
    let done = json!({ "act": "carry_out", "words": "Đã xóa." });
    let (status, kind, problem) =
        whole_problem_of(act(&world, &request.code, done.clone()).await).await;
    assert_eq!((status, kind.as_str()), (409, "wrong-status"));
    assert!(problem.detail.unwrap().contains("not at its end"));
    assert_eq!(data_of(&browser).await.papers.len(), 1, "nothing was done by half");

    // Of everything, what runs is left alone.
    let all = ask(&browser, "delete", None).await;
    does(&world, &all.code, json!({ "act": "answer", "words": "Sẽ xem." })).await;
    does(&world, &all.code, done.clone()).await;
    assert_eq!(data_of(&browser).await.papers.len(), 1);

    let refusal = json!({ "reason": "Thiếu giấy.", "basis": "Luật" });
    world.staff(&format!("/dossiers/{code}/refusal"), refusal).await;
    let before = snapshot(&world).await;
    assert_eq!(does(&world, &request.code, done).await.state, DataRequestState::Done);
    assert_eq!(snapshot(&world).await, before, "the record is the office's");
    assert!(data_of(&browser).await.papers.is_empty(), "but it is used for nothing else");
    assert!(browser.track(&code).await.detail.is_some());
}

#[tokio::test]
async fn a_refusal_names_its_rule_and_a_request_can_be_taken_back() {
    let world = World::open().await;
    let turn = Turn::of(&world, &certified_copy()).await;
    let browser = &turn.browser;
    let request = ask(browser, "object", Some(turn.code())).await;
    let no =
        |rule: Option<&str>| json!({ "act": "refuse", "words": "Hồ sơ lưu trữ.", "rule": rule });
    assert_eq!(problem_of(act(&world, &request.code, no(None)).await).await.0, 400);
    let refused = does(&world, &request.code, no(Some("Luật Lưu trữ 33/2024/QH15"))).await;
    assert_eq!(refused.state, DataRequestState::Refused);
    assert_eq!(refused.rule.as_deref(), Some("Luật Lưu trữ 33/2024/QH15"));

    let second = ask(browser, "object", Some(turn.code())).await;
    assert_ne!(second.code, request.code);
    let path = format!("/me/data-requests/{}", second.code);
    let other = world.citizen(ANH).await;
    let strange = other.call(Method::DELETE, &path).send().await.unwrap();
    assert_eq!(problem_of(strange).await.0, 404);
    let back = browser.call(Method::DELETE, &path).send().await.unwrap();
    assert_eq!(back.json::<DataRequestView>().await.unwrap().state, DataRequestState::Cancelled);
    let twice = browser.call(Method::DELETE, &path).send().await.unwrap();
    assert_eq!(problem_of(twice).await.0, 409);
    let empty = json!({ "wish": "correct", "words": "  " });
    let empty = browser.call(Method::POST, "/me/data-requests").json(&empty).send().await.unwrap();
    assert_eq!(problem_of(empty).await.0, 400);
}

#[tokio::test]
async fn at_the_desk_each_role_has_its_acts() {
    let world = office().await;
    let browser = world.citizen(HUONG).await;
    let receipt = browser.filed(&certified_copy()).await;
    let request = ask(&browser, "correct", Some(receipt.code.as_str())).await;
    let (page, list) = (format!("/du-lieu/{}", request.code), "/du-lieu");
    let way = |act: &str| format!("{page}/viec/{act}");

    let reception = Desk::of(&world, "reception").await;
    assert!(reception.page("").await.contains("Yêu cầu về dữ liệu (1)"));
    assert!(reception.page(list).await.contains(&request.code));
    assert_eq!(crate::desk::jobs_on(&reception.page(&page).await), ["answer"]);
    let read = "SELECT who FROM audit WHERE act = 'read' AND dossier = ?1";
    let read: Vec<String> =
        sqlx::query_scalar(read).bind(&request.code).fetch_all(&world.app.db).await.unwrap();
    assert_eq!(read, [crate::desk::name_of("reception")]);
    let refused = reception.post(&way("refuse"), &[("words", "x"), ("rule", "y")]).await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    let empty = reception.post(&way("answer"), &[("words", "")]).await;
    assert_eq!(empty.status(), StatusCode::BAD_REQUEST);
    assert!(empty.text().await.unwrap().contains("Hãy ghi lời"));
    let done = reception.post(&way("answer"), &[("words", "Sẽ sửa tên.")]).await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);

    let officer = Desk::of(&world, "officer").await;
    assert_eq!(crate::desk::jobs_on(&officer.page(&page).await), ["carry_out"]);
    let leader = Desk::of(&world, "leader").await;
    assert_eq!(crate::desk::jobs_on(&leader.page(&page).await), ["carry_out", "extend", "refuse"]);
    let long = leader.post(&way("extend"), &[("words", "x"), ("days", "40")]).await;
    assert!(long.text().await.unwrap().contains("từ 1 đến 15 ngày"));
    officer.post(&way("carry_out"), &[("words", "Đã sửa tên đệm.")]).await;
    assert!(officer.page(list).await.contains("Không có yêu cầu nào"));
    let seen = &data_of(&browser).await.requests[0];
    assert_eq!(
        (seen.state, seen.outcome.as_deref()),
        (DataRequestState::Done, Some("Đã sửa tên đệm."))
    );
    // The dossier's own log has it, in words.
    let dossier = officer.page(&format!("/ho-so/{}", receipt.code)).await;
    assert!(dossier.contains("Yêu cầu về dữ liệu: Trả lời"), "{dossier}");
}
