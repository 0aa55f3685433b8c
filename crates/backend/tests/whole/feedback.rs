//! Feedback (phản ánh, kiến nghị) over HTTP: taken once from anybody, with photos; shown to strangers without
//! anything personal; asked, added to, answered, refused and published by the clocks and the roles; counted
//! in the figures only where it must be.

mod acts;
mod counting;

use crate::files::{paper, photo_with_position};
use crate::world::{Browser, World, problem_of, sha256};
use motcua_backend::uploads::store::file_path;
use motcua_contract::feedback::{FeedbackReceipt, FeedbackView, StaffFeedback};
use motcua_domain::feedback::{State, Task};
use object_store::ObjectStore;
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use sqlx::Row;
use std::sync::atomic::{AtomicU32, Ordering};

/// 26 November 2026, a Thursday, 10:00 in Vietnam.
const THAT_DAY: i64 = 1_795_662_000;
const KEY: &str = "a-key-of-the-feedback-tests";
const TEXT: &str = "Đèn đường ở ngõ Vạc Đồng hỏng ba tuần, nhà bà Phạm Thị Tơ trước cửa tối om.";

static COUNT: AtomicU32 = AtomicU32::new(0);

/// A stage on Thursday morning.
async fn thursday() -> World {
    let world = World::open().await;
    at_thursday(&world);
    world
}

fn at_thursday(world: &World) {
    world.app.clock.advance(THAT_DAY - world.app.clock.now().0);
}

fn about_office(text: &str) -> Value {
    json!({ "about": "office", "text": text })
}

fn call(browser: &Browser<'_>, key: &str, body: &Value) -> RequestBuilder {
    let key = format!("\"{key}\"");
    browser.call(Method::POST, "/feedback").header("Idempotency-Key", key).json(body)
}

async fn send(browser: &Browser<'_>, key: &str, body: &Value) -> Response {
    call(browser, key, body).send().await.unwrap()
}

async fn taken(browser: &Browser<'_>, body: &Value) -> FeedbackReceipt {
    let key = format!("{KEY}-{}", COUNT.fetch_add(1, Ordering::Relaxed));
    let answer = send(browser, &key, body).await;
    assert_eq!(answer.status(), StatusCode::CREATED, "{:?}", answer.text().await);
    answer.json().await.unwrap()
}

/// What a browser sees with this key.
async fn seen(browser: &Browser<'_>, code: &str, key: Option<&str>) -> String {
    let mut call = browser.call(Method::GET, &format!("/feedback/{code}"));
    if let Some(key) = key {
        call = call.header("Feedback-Key", key);
    }
    let answer = call.send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    answer.text().await.unwrap()
}

async fn view(world: &World, receipt: &FeedbackReceipt) -> FeedbackView {
    let text = seen(&world.visitor(), receipt.code.as_str(), Some(&receipt.key)).await;
    serde_json::from_str(&text).unwrap()
}

async fn add(
    browser: &Browser<'_>,
    receipt: &FeedbackReceipt,
    key: &str,
    body: &Value,
) -> Response {
    browser
        .call(Method::POST, &format!("/feedback/{}/additions", receipt.code))
        .header("Feedback-Key", &receipt.key)
        .header("Idempotency-Key", format!("\"{key}\""))
        .json(body)
        .send()
        .await
        .unwrap()
}

/// The office does something.
async fn office(world: &World, receipt: &FeedbackReceipt, act: &str, body: Value) -> StaffFeedback {
    let answer = world.staff(&format!("/feedback/{}/{act}", receipt.code), body).await;
    assert_eq!(answer.status(), StatusCode::OK, "{act}: {:?}", answer.text().await);
    answer.json().await.unwrap()
}

async fn count(world: &World, table: &str) -> i64 {
    let sql = sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
    sqlx::query(sql).fetch_one(&world.app.db).await.unwrap().get(0)
}

fn days(view: &FeedbackView) -> Vec<(Task, String, Option<u16>)> {
    let clocks = view.clocks.iter();
    clocks.map(|one| (one.task, one.last_day.to_string(), one.days_left)).collect()
}

#[tokio::test]
async fn one_intent_is_one_feedback_and_its_photo_is_kept_without_its_position() {
    let world = thursday().await;
    let browser = world.visitor();
    let photo = photo_with_position();
    let upload = browser.upload(&photo).await;
    let body = json!({
        "about": { "page": { "page": "/tra-cuu/H24.31-261126-000042" } },
        "text": format!("  {TEXT}\n"), "place": "Ngõ Vạc Đồng", "phone": "0912 345 678",
        "photos": [upload],
    });
    let first = send(&browser, KEY, &body).await;
    assert_eq!(first.status(), StatusCode::CREATED);
    let first = first.text().await.unwrap();
    // The answer was lost: the same again, from the same person in a browser without its cookie.
    let again = send(&world.visitor(), KEY, &body).await;
    assert_eq!((again.status(), again.text().await.unwrap()), (StatusCode::CREATED, first.clone()));
    assert_eq!(count(&world, "feedback").await, 1);
    let other = send(&browser, KEY, &about_office("Khác.")).await;
    assert_eq!(problem_of(other).await.1, "idempotency-key-reused");

    let receipt: FeedbackReceipt = serde_json::from_str(&first).unwrap();
    assert!(receipt.code.as_str().starts_with("PA-261126-0001-"), "{}", receipt.code);
    let seen = view(&world, &receipt).await;
    assert_eq!(seen.state, State::Received);
    assert_eq!(
        days(&seen),
        [
            (Task::Refuse, "2026-11-30".to_owned(), Some(2)),
            (Task::Ask, "2026-12-03".to_owned(), Some(5)),
            (Task::Answer, "2026-12-17".to_owned(), Some(15)),
        ]
    );
    let detail = seen.detail.unwrap();
    assert_eq!((detail.text.as_str(), detail.photos), (TEXT, 1));
    assert_eq!(detail.phone_ending.as_deref(), Some("678"));
    assert_eq!(serde_json::to_value(&detail.about).unwrap()["page"]["page"], "/tra-cuu/_");

    let staff: Value = world.staff_get("/feedback").await.json().await.unwrap();
    let kept = &staff["feedback"][0]["photos"][0];
    assert_eq!(kept["sent_sha256"], sha256(&photo));
    let path = file_path(kept["id"].as_str().unwrap());
    let bytes = world.app.files.get(&path).await.unwrap().bytes().await.unwrap();
    assert_eq!(kept["sha256"], sha256(&bytes));
    assert!(!bytes.windows(3).any(|part| part == b"GPS"));
    // What is bound to feedback is not swept away.
    world.app.clock.advance(8 * 86_400);
    motcua_backend::uploads::store::remove_expired(&world.app).await.unwrap();
    assert!(world.app.files.head(&path).await.is_ok());
}

#[tokio::test]
async fn a_stranger_with_the_code_sees_nothing_personal_and_changes_nothing() {
    let world = thursday().await;
    let mut body = about_office(TEXT);
    body["phone"] = json!("0912345678");
    body["place"] = json!("Ngõ Vạc Đồng");
    let receipt = taken(&world.visitor(), &body).await;
    office(&world, &receipt, "question", json!({ "question": "Số cột đèn trước nhà bà Tơ?" }))
        .await;
    let stranger = world.visitor();
    for key in [None, Some("abcdefghijklmnopqrstuv"), Some("")] {
        let text = seen(&stranger, receipt.code.as_str(), key).await;
        for secret in ["Vạc", "Tơ", "678", "office", receipt.key.as_str()] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
        let seen: FeedbackView = serde_json::from_str(&text).unwrap();
        assert_eq!((seen.state, seen.detail), (State::Asked, None));
    }
    let forged = FeedbackReceipt { key: "abcdefghijklmnopqrstuv".to_owned(), ..receipt.clone() };
    let refused = add(&stranger, &forged, KEY, &json!({ "text": "Giả." })).await;
    assert_eq!(problem_of(refused).await, (403, "forbidden".to_owned()));
    assert_eq!(view(&world, &receipt).await.state, State::Asked);
    // A code that nobody has, and what is no code.
    for code in ["PA-261126-0002-2", "PA-261126-0001-0", "x"] {
        let path = format!("/feedback/{code}");
        let answer = stranger.call(Method::GET, &path).send().await.unwrap();
        assert_eq!(problem_of(answer).await, (404, "not-found".to_owned()), "{code}");
    }
    // Nobody does the office's part from outside, and the secret is not in the table.
    let path = format!("/staff/feedback/{}/answer", receipt.code);
    let outside = stranger.call(Method::POST, &path).json(&json!({ "answer": "x" }));
    assert_eq!(problem_of(outside.send().await.unwrap()).await, (403, "forbidden".to_owned()));
    let row = sqlx::query("SELECT key_hash FROM feedback").fetch_one(&world.app.db).await.unwrap();
    assert_eq!(row.get::<String, _>(0), sha256(receipt.key.as_bytes()));
}

#[tokio::test]
async fn what_will_not_do_is_refused_by_its_name() {
    let world = thursday().await;
    let browser = world.visitor();
    let pdf = browser.upload(&paper(2_000)).await;
    let photo = browser.upload(&photo_with_position()).await;
    let others = world.visitor().upload(&photo_with_position()).await;
    let with = |name: &str, value: Value| {
        let mut body = about_office("Đèn hỏng.");
        body[name] = value;
        body
    };
    for (number, (body, kind)) in [
        (with("text", json!("  ")), "malformed-body"),
        (with("text", json!("ữ".repeat(2_001))), "malformed-body"),
        (with("place", json!("x".repeat(201))), "malformed-body"),
        (with("phone", json!("12")), "malformed-body"),
        (with("about", json!({ "procedure": { "code": "9.999999" } })), "malformed-body"),
        (with("about", json!({ "dossier": { "code": "x" } })), "malformed-body"),
        (with("about", json!("nobody")), "malformed-body"),
        (with("name", json!("Ai đó")), "malformed-body"),
        (with("photos", json!([pdf])), "upload-invalid"),
        (with("photos", json!([others])), "upload-invalid"),
        (with("photos", json!([photo, photo])), "upload-invalid"),
        (with("photos", json!([photo, photo, photo, photo])), "malformed-body"),
        (with("sample", json!(true)), "sample-refused"),
    ]
    .into_iter()
    .enumerate()
    {
        let answer = send(&browser, &format!("{KEY}-{number}"), &body).await;
        assert_eq!(problem_of(answer).await.1, kind, "{body}");
    }
    let without = browser.call(Method::POST, "/feedback").json(&about_office("x"));
    assert_eq!(problem_of(without.send().await.unwrap()).await.1, "idempotency-key-missing");
    assert_eq!(count(&world, "feedback").await, 0);
    // What was refused took nothing: the photo goes with the next one.
    let receipt = taken(&browser, &with("photos", json!([photo]))).await;
    assert_eq!(receipt.feedback.detail.unwrap().photos, 1);
}

#[tokio::test]
async fn nobody_floods_the_office() {
    let world = thursday().await;
    let browser = world.visitor();
    for number in 0..10 {
        taken(&browser, &about_office(&format!("Lần {number}."))).await;
    }
    let eleventh = send(&world.visitor(), KEY, &about_office("Lần nữa.")).await;
    assert_eq!(problem_of(eleventh).await, (429, "too-many-requests".to_owned()));
    world.app.clock.advance(601);
    // The same intent, later, is taken.
    let later = send(&world.visitor(), KEY, &about_office("Lần nữa.")).await;
    assert_eq!(later.status(), StatusCode::CREATED);
}

#[tokio::test]
async fn it_is_asked_about_added_to_answered_and_published() {
    let world = thursday().await;
    let browser = world.visitor();
    let mut body = about_office(TEXT);
    body["phone"] = json!("0912345678");
    let receipt = taken(&browser, &body).await;
    let early = add(&browser, &receipt, KEY, &json!({ "text": "Thêm." })).await;
    assert_eq!(problem_of(early).await, (409, "wrong-status".to_owned()));

    world.app.clock.advance(86_400);
    office(&world, &receipt, "question", json!({ "question": "Cột đèn số mấy?" })).await;
    let asked = view(&world, &receipt).await;
    assert_eq!((asked.state, asked.days_kept, days(&asked)), (State::Asked, Some(14), vec![]));
    let path = format!("/feedback/{}/question", receipt.code);
    let twice = world.staff(&path, json!({ "question": "Nữa?" })).await;
    assert_eq!(problem_of(twice).await, (409, "wrong-status".to_owned()));

    // From Friday to the Friday after: five working days are the sender's.
    world.app.clock.advance(7 * 86_400);
    let addition =
        json!({ "text": "Cột số 12.", "photos": [browser.upload(&photo_with_position()).await] });
    let added = add(&browser, &receipt, KEY, &addition).await;
    assert_eq!(added.status(), StatusCode::OK);
    let added = added.text().await.unwrap();
    // The answer was lost: the same again, also when the office went on meanwhile.
    office(&world, &receipt, "answer", json!({ "answer": "Đèn sẽ được thay trong tuần." })).await;
    let again = add(&world.visitor(), &receipt, KEY, &addition).await.text().await.unwrap();
    assert_eq!(again, added);
    let added: FeedbackView = serde_json::from_str(&added).unwrap();
    let due = added.clocks.iter().find(|one| one.task == Task::Answer).unwrap();
    assert_eq!((due.last_day.to_string().as_str(), due.days_left), ("2026-12-24", Some(14)));

    let answered = view(&world, &receipt).await;
    assert_eq!(answered.state, State::Answered);
    assert_eq!(days(&answered), [(Task::Publish, "2026-12-08".to_owned(), Some(2))]);
    let detail = answered.detail.unwrap();
    assert_eq!(
        (detail.photos, detail.answer.unwrap().words.as_str()),
        (1, "Đèn sẽ được thay trong tuần.")
    );

    let path = format!("/feedback/{}/publication", receipt.code);
    for naming in ["Gọi 0912 345 678.", "Xem hồ sơ H24.31-261126-000042.", "Viết cho a@b.vn"]
    {
        let words = json!({ "question": "Đèn ở thôn Bắc hỏng.", "answer": naming });
        let refused = world.staff(&path, words).await;
        assert_eq!(problem_of(refused).await, (422, "personal-data".to_owned()), "{naming}");
    }
    let words = json!({ "question": "Đèn ở thôn Bắc hỏng.", "answer": "Đèn đã được thay." });
    office(&world, &receipt, "publication", words).await;
    let public = browser.call(Method::GET, "/feedback").send().await.unwrap().text().await.unwrap();
    let list: Value = serde_json::from_str(&public).unwrap();
    assert_eq!(
        list["answers"],
        json!([{ "question": "Đèn ở thôn Bắc hỏng.", "answer": "Đèn đã được thay.",
                 "procedure": null, "published_on": "2026-12-04" }])
    );
    let done = view(&world, &receipt).await;
    let published = done.published_at.map(|at| at.date().to_string());
    assert_eq!((published.as_deref(), days(&done)), (Some("2026-12-04"), vec![]));

    let rows = sqlx::query("SELECT id, kind, phone, words FROM feedback_messages ORDER BY id");
    let rows = rows.fetch_all(&world.app.db).await.unwrap();
    let kinds: Vec<String> = rows.iter().map(|row| row.get("kind")).collect();
    assert_eq!(kinds, ["feedback_ask", "feedback_answer"]);
    for row in &rows {
        let words: String = row.get("words");
        assert!(words.contains(&format!("/phan-anh/{}", receipt.code)), "{words}");
        assert!(!words.contains("Vạc") && row.get::<String, _>("phone") == "0912345678");
        // No id of the other table's.
        assert!(row.get::<i64, _>("id") > 1_000_000_000_000);
    }
    assert_eq!(motcua_backend::outbox::send_due(&world.app).await.unwrap(), 2);
    assert_eq!(motcua_backend::outbox::send_due(&world.app).await.unwrap(), 0);
}
