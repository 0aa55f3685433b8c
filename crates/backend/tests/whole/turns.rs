//! What comes after filing, staff and citizen in turn: taking in, supplements, withdrawals, endings, drafts,
//! one re-appointment, results, a one-time code; and that the citizen hears of it.

mod signatures;
mod supplements;

use crate::files::photo;
use crate::world::{Browser, HUONG, World, birth, certified_copy, extract, problem_of};
use motcua_contract::dossiers::{DossierReceipt, DossierView};
use motcua_contract::slips::SlipForm;
use motcua_contract::turns::{Pass, Turns};
use motcua_domain::date::Moment;
use motcua_domain::dossier::DossierStatus as Status;
use motcua_domain::payment::FeeState;
use motcua_domain::turns::draft_result::DraftState;
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use sqlx::Row;
use std::time::Duration;

/// 26 November 2026, a Thursday, 10:00 in Vietnam.
const THAT_DAY: i64 = 1_795_662_000;

/// A citizen with a dossier at the office.
pub struct Turn<'a> {
    pub world: &'a World,
    pub browser: Browser<'a>,
    pub receipt: DossierReceipt,
}

impl<'a> Turn<'a> {
    /// Files on Thursday morning.
    pub async fn of(world: &'a World, dossier: &Value) -> Self {
        let browser = world.citizen(HUONG).await;
        world.app.clock.advance(THAT_DAY - world.app.clock.now().0);
        let receipt = browser.filed(dossier).await;
        Self { world, browser, receipt }
    }

    pub fn code(&self) -> &str {
        self.receipt.code.as_str()
    }

    /// Staff do something; it must be taken.
    pub async fn staff(&self, act: &str, body: Value) -> DossierView {
        let answer = self.try_staff(act, body).await;
        assert_eq!(answer.status(), StatusCode::OK, "{act}: {:?}", answer.text().await);
        answer.json().await.unwrap()
    }

    pub async fn try_staff(&self, act: &str, body: Value) -> Response {
        self.world.staff(&format!("/dossiers/{}/{act}", self.code()), body).await
    }

    /// The citizen does something; it must be taken.
    pub async fn citizen(&self, act: &str, body: Value) -> DossierView {
        let answer = self.try_citizen(act, body).await;
        assert_eq!(answer.status(), StatusCode::OK, "{act}: {:?}", answer.text().await);
        answer.json().await.unwrap()
    }

    pub async fn try_citizen(&self, act: &str, body: Value) -> Response {
        let path = format!("/dossiers/{}/{act}", self.code());
        self.call(Method::POST, &path).json(&body).send().await.unwrap()
    }

    /// A call by the receipt's key: sessions end while a test's clock moves by days.
    pub fn call(&self, method: Method, path: &str) -> RequestBuilder {
        self.browser.call(method, path).header("Dossier-Key", &self.receipt.key)
    }

    pub async fn now(&self) -> DossierView {
        let path = format!("/dossiers/{}", self.code());
        self.call(Method::GET, &path).send().await.unwrap().json().await.unwrap()
    }

    /// The fee is paid at the counter.
    pub async fn pays(&self) -> DossierView {
        let fee = self.now().await.detail.unwrap().fees[0].id.clone();
        self.staff(&format!("fees/{fee}/cash"), json!({})).await
    }

    /// Bytes as staff send a result or a draft.
    async fn send_file(&self, act: &str) -> Response {
        self.send_bytes(act, photo()).await
    }

    async fn send_bytes(&self, act: &str, bytes: Vec<u8>) -> Response {
        let address = format!("{}/api/v1/staff/dossiers/{}/{act}", self.world.origin, self.code());
        let call = reqwest::Client::new().post(address).bearer_auth(crate::world::STAFF_TOKEN);
        call.body(bytes).send().await.unwrap()
    }

    async fn result(&self) {
        let answer = self.send_file("result?number=12/TLKT-BS").await;
        assert_eq!(answer.status(), StatusCode::CREATED);
    }

    /// The texts of messages, oldest first, as they stand in the outbox.
    pub async fn messages(&self) -> Vec<(String, String)> {
        let rows = sqlx::query("SELECT kind, words FROM messages WHERE dossier = ?1 ORDER BY id")
            .bind(self.code())
            .fetch_all(&self.world.app.db)
            .await
            .unwrap();
        rows.iter().map(|row| (row.get("kind"), row.get("words"))).collect()
    }
}

pub fn turns_of(view: &DossierView) -> &Turns {
    &view.detail.as_ref().unwrap().turns
}

fn status(view: &DossierView) -> Status {
    view.status.status()
}

fn day(view: &DossierView) -> String {
    view.appointment.unwrap().date().to_string()
}

#[tokio::test]
async fn taken_in_paid_worked_on_ended_and_handed_out_with_who_has_it() {
    let world = World::open().await;
    let turn = Turn::of(&world, &extract()).await;
    turn.pays().await;
    let taken = turn.staff("intake", json!({})).await;
    assert_eq!((status(&taken), day(&taken)), (Status::Accepted, "2026-11-26".to_owned()));
    assert_eq!(turns_of(&taken).slips[0].form, SlipForm::Intake);
    assert!(turns_of(&taken).slips[0].number.ends_with("-P0126-000001"));
    let calendar = format!("{}/api/v1/dossiers/{}/appointment.ics", world.origin, turn.code());
    let calendar = reqwest::get(calendar).await.unwrap();
    assert_eq!(calendar.headers()["content-type"], "text/calendar; charset=utf-8");
    let calendar = calendar.text().await.unwrap();
    // 17:00 in Vietnam; no name.
    assert!(
        calendar.contains("DTEND:20261126T100000Z") && !calendar.contains("Hương"),
        "{calendar}"
    );
    let early = turn.try_citizen("rating", json!({ "liked": true })).await;
    assert_eq!(problem_of(early).await, (409, "wrong-status".to_owned()));
    turn.staff("processing", json!({})).await;

    // Without a result it does not end by mistake: it would not count as online.
    let early = turn.try_staff("finish", json!({})).await;
    assert_eq!(problem_of(early).await, (409, "wrong-status".to_owned()));
    turn.result().await;
    let done = turn.staff("finish", json!({ "note": "Mời nhận tại quầy." })).await;
    assert_eq!(status(&done), Status::Done);
    let file = &turns_of(&done).result.as_ref().unwrap().file;
    let address = format!("{}{}", world.origin, file.address);
    let bytes = reqwest::get(address).await.unwrap();
    assert_eq!(bytes.headers()["content-type"], "image/jpeg");
    assert_eq!(bytes.bytes().await.unwrap().len() as u64, file.size);

    let post = json!({ "way": "post", "to": {
        "recipient": "Phạm Thị Thu Hương", "phone": "0912345678",
        "address": "Thôn Bắc, xã Kim Thành, Hải Phòng" } });
    let chosen = turn.citizen("delivery", post).await;
    assert!(turns_of(&chosen).delivery.is_some());
    let returned = turn.staff("return", json!({})).await;
    assert_eq!(status(&returned), Status::Returned);
    let units: Vec<_> = returned.timeline.iter().filter_map(|entry| entry.unit.clone()).collect();
    assert!(units.contains(&"Bộ phận Một cửa".to_owned()), "{units:?}");
    // A stranger is told status and dates, not who has it.
    let seen = world.visitor().track(turn.code()).await;
    assert!(seen.detail.is_none());
    assert!(seen.timeline.iter().all(|entry| entry.unit.is_none() && entry.note.is_none()));
    // Rated at the end; the last word counts, and the public figure knows it.
    let rate = |liked: bool| json!({ "liked": liked, "reason": "Chờ lâu ở quầy" });
    turn.citizen("rating", rate(true)).await;
    let rated = turn.citizen("rating", rate(false)).await;
    assert_eq!(turns_of(&rated).rating.as_ref().map(|rating| rating.liked), Some(false));
    let address = format!("{}/api/v1/figures?from=2026-11-01&to=2026-11-30", world.origin);
    let figures: Value = reqwest::get(address).await.unwrap().json().await.unwrap();
    let satisfied = figures["figures"].as_array().unwrap().iter();
    let satisfied = satisfied.clone().find(|figure| figure["id"] == "satisfied");
    assert_eq!(satisfied.unwrap()["share"]["part"], 0, "{figures}");
    let kinds: Vec<String> = turn.messages().await.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["taken_in", "done"]);
}

#[tokio::test]
async fn a_withdrawal_is_asked_taken_back_refused_and_accepted() {
    let world = World::open().await;
    let turn = Turn::of(&world, &extract()).await;
    turn.pays().await;
    let taken = turn.staff("intake", json!({})).await;
    let due = taken.appointment;

    assert_eq!(turn.try_citizen("withdrawal", json!({ "reason": " " })).await.status(), 400);
    let asked = turn.citizen("withdrawal", json!({ "reason": "Nộp nhầm thủ tục" })).await;
    assert_eq!(status(&asked), Status::WithdrawalRequested);
    let twice = turn.try_citizen("withdrawal", json!({ "reason": "Lại rút" })).await;
    assert_eq!(problem_of(twice).await, (409, "wrong-status".to_owned()));

    let path = format!("/dossiers/{}/withdrawal", turn.code());
    let kept = turn.browser.call(Method::DELETE, &path).send().await.unwrap();
    let kept: DossierView = kept.json().await.unwrap();
    assert_eq!((status(&kept), kept.appointment), (Status::Accepted, due));
    assert!(turns_of(&kept).withdrawal.is_none());

    turn.citizen("withdrawal", json!({ "reason": "Nộp nhầm" })).await;
    let unsaid = turn.try_staff("withdrawal", json!({ "accepted": false })).await;
    assert_eq!(problem_of(unsaid).await, (400, "malformed-body".to_owned()));
    let no = json!({ "accepted": false, "note": "Kết quả đã ký." });
    let refused = turn.staff("withdrawal", no).await;
    assert_eq!((status(&refused), refused.appointment), (Status::Accepted, due));
    assert_eq!(turns_of(&refused).withdrawal.as_ref().unwrap().accepted, Some(false));

    turn.citizen("withdrawal", json!({ "reason": "Vẫn muốn rút" })).await;
    let stopped = turn.staff("withdrawal", json!({ "accepted": true })).await;
    assert_eq!((status(&stopped), stopped.appointment), (Status::Stopped, None));
    assert_eq!(turns_of(&stopped).slips[0].form, SlipForm::Stop);
    // What was paid is the refund desk's to decide.
    assert_eq!(stopped.detail.unwrap().fees[0].state, FeeState::PaidOffline);
}

#[tokio::test]
async fn what_is_refused_says_why_and_by_which_rule_and_costs_nothing_more() {
    let world = World::open().await;
    let turn = Turn::of(&world, &extract()).await;
    let unfounded = turn.try_staff("refusal", json!({ "reason": "Không thuộc thẩm quyền" })).await;
    assert_eq!(problem_of(unfounded).await, (400, "malformed-body".to_owned()));
    let refused = turn
        .staff(
            "refusal",
            json!({ "reason": "Không thuộc thẩm quyền của xã", "basis": "Điều 5 Nghị định 123/2015",
                    "advice": "Nộp tại nơi đăng ký khai sinh" }),
        )
        .await;
    assert_eq!(status(&refused), Status::Refused);
    let ending = turns_of(&refused).ending.as_ref().unwrap();
    assert!(ending.refused && ending.basis.is_some() && ending.advice.is_some());
    assert_eq!(turns_of(&refused).slips[0].form, SlipForm::Refusal);
    assert_eq!(refused.detail.as_ref().unwrap().fees[0].state, FeeState::Waived);
    assert_eq!(turn.try_staff("stop", json!({ "reason": "x" })).await.status(), 409);
}

#[tokio::test]
async fn a_draft_is_agreed_by_silence_after_a_day_and_not_signed_before() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let notice = browser.upload(&photo()).await;
    world.app.clock.advance(THAT_DAY - world.app.clock.now().0);
    let receipt = browser.filed(&birth(&notice)).await;
    let turn = Turn { world: &world, browser, receipt };
    turn.staff("intake", json!({})).await;
    let sent: DossierView = turn.send_file("draft-result").await.json().await.unwrap();
    assert_eq!(turns_of(&sent).draft.as_ref().unwrap().state, DraftState::Waiting);
    turn.result().await;
    assert_eq!(turn.try_staff("finish", json!({})).await.status(), StatusCode::CONFLICT);

    // Objected, sent again, and then nothing.
    let mute = turn.try_citizen("draft-result", json!({ "answer": "objected" })).await;
    assert_eq!(problem_of(mute).await, (400, "malformed-body".to_owned()));
    let wrong = json!({ "answer": "objected", "remarks": "Sai ngày sinh" });
    let objected = turn.citizen("draft-result", wrong).await;
    assert_eq!(turns_of(&objected).draft.as_ref().unwrap().state, DraftState::Objected);
    assert_eq!(turn.try_staff("finish", json!({})).await.status(), StatusCode::CONFLICT);
    assert_eq!(turn.send_file("draft-result").await.status(), StatusCode::OK);
    world.app.clock.advance(86_399);
    assert_eq!(turn.try_staff("finish", json!({})).await.status(), StatusCode::CONFLICT);
    world.app.clock.advance(1);
    let late = turn.try_citizen("draft-result", json!({ "answer": "agreed" })).await;
    assert_eq!(problem_of(late).await, (409, "wrong-status".to_owned()));
    assert_eq!(motcua_backend::turns::drafts::note_silence(&world.app).await.unwrap(), 1);
    assert_eq!(motcua_backend::turns::drafts::note_silence(&world.app).await.unwrap(), 0);
    let done = turn.staff("finish", json!({})).await;
    assert_eq!(turns_of(&done).draft.as_ref().unwrap().state, DraftState::Silent);
    assert!(done.timeline.iter().any(|entry| {
        entry.note.as_deref().is_some_and(|note| note.contains("coi như đồng ý"))
    }));
}

#[tokio::test]
async fn an_overdue_dossier_is_apologised_for_once() {
    let world = World::open().await;
    let turn = Turn::of(&world, &extract()).await;
    turn.pays().await;
    turn.staff("intake", json!({})).await;
    // The day after, it is overdue.
    world.app.clock.advance(86_400);
    let wanted = |day: &str| json!({ "day": day, "reason": "Phải xác minh nơi khác" });
    let weekend = turn.try_staff("apology", wanted("2026-11-28")).await;
    assert_eq!(problem_of(weekend).await, (409, "wrong-status".to_owned()));
    let put_off = turn.staff("apology", wanted("2026-11-30")).await;
    assert_eq!(day(&put_off), "2026-11-30");
    let apology = turns_of(&put_off).apology.as_ref().unwrap();
    assert_eq!(apology.old.date().to_string(), "2026-11-26");
    assert_eq!(turns_of(&put_off).slips[0].form, SlipForm::Apology);
    assert_eq!(turn.try_staff("apology", wanted("2026-12-01")).await.status(), 409);
    let (_, words) = turn.messages().await.pop().unwrap();
    assert!(words.contains("30/11/2026") && !words.contains("Hương"), "{words}");
}

#[tokio::test]
async fn a_one_time_code_opens_the_dossier_for_half_an_hour() {
    let world = World::open().await;
    let turn = Turn::of(&world, &certified_copy()).await;
    let stranger = world.visitor();
    let path = format!("/dossiers/{}/passes", turn.code());
    let sent = stranger.call(Method::POST, &path).send().await.unwrap();
    assert_eq!(sent.status(), StatusCode::ACCEPTED);
    // Nothing says whose phone it is, and the next one must wait.
    assert!(!sent.text().await.unwrap().contains("0912"));
    let again = stranger.call(Method::POST, &path).send().await.unwrap();
    assert_eq!(problem_of(again).await, (429, "too-many-requests".to_owned()));

    let (_, words) = turn.messages().await.pop().unwrap();
    let digits: String = words.chars().filter(char::is_ascii_digit).take(6).collect();
    let claim = |digits: String| {
        let call = stranger.call(Method::POST, &format!("{path}/claims"));
        call.json(&json!({ "digits": digits })).send()
    };
    let wrong = if digits == "000000" { "000001" } else { "000000" };
    let refused = claim(wrong.to_owned()).await.unwrap();
    assert_eq!(problem_of(refused).await, (422, "pass-refused".to_owned()));
    let pass: Pass = claim(digits.clone()).await.unwrap().json().await.unwrap();
    let used = claim(digits).await.unwrap();
    assert_eq!(problem_of(used).await, (422, "pass-refused".to_owned()));

    let open = || async {
        let call = stranger.call(Method::GET, &format!("/dossiers/{}", turn.code()));
        let answer = call.header("Dossier-Key", &pass.key).send().await.unwrap();
        answer.json::<DossierView>().await.unwrap().detail.is_some()
    };
    assert!(open().await);
    world.app.clock.advance(1_800);
    assert!(!open().await);
}

#[tokio::test]
async fn who_has_it_open_hears_of_a_change_within_two_seconds_and_of_nothing_else() {
    let world = World::open().await;
    let turn = Turn::of(&world, &certified_copy()).await;
    let other = turn.browser.filed(&certified_copy()).await;
    let address = format!("{}/api/v1/dossiers/{}/events", world.origin, turn.code());
    let mut events = reqwest::get(address).await.unwrap();
    assert_eq!(events.headers()["content-type"], "text/event-stream");
    let mut next = async || {
        let chunk = tokio::time::timeout(Duration::from_secs(2), events.chunk()).await;
        chunk.ok().map(|chunk| String::from_utf8(chunk.unwrap().unwrap().to_vec()).unwrap())
    };
    // The first comes at once, so that nothing between looking and listening is missed.
    assert!(next().await.unwrap().contains("event: changed"));
    world.staff(&format!("/dossiers/{}/intake", other.code), json!({})).await;
    assert_eq!(next().await, None);
    turn.staff("intake", json!({})).await;
    assert!(next().await.unwrap().contains("event: changed"));

    let nowhere = format!("{}/api/v1/dossiers/H24.31-261126-999999/events", world.origin);
    assert_eq!(reqwest::get(nowhere).await.unwrap().status(), 404);
}

#[tokio::test]
async fn every_act_of_staff_is_in_a_log_that_nobody_changes() {
    let world = World::open().await;
    let turn = Turn::of(&world, &certified_copy()).await;
    turn.staff("page-count", json!({ "pages": 2 })).await;
    turn.pays().await;
    let rows = sqlx::query("SELECT who, role, act, at FROM audit WHERE dossier = ?1 ORDER BY id")
        .bind(turn.code())
        .fetch_all(&world.app.db)
        .await
        .unwrap();
    let acts: Vec<String> = rows.iter().map(|row| row.get("act")).collect();
    assert_eq!(acts, ["enter_pages", "paid_in_cash"]);
    assert!(Moment(rows[0].get("at")).0 >= THAT_DAY);
    for sql in ["UPDATE audit SET who = 'x'", "DELETE FROM audit"] {
        assert!(sqlx::query(sql).execute(&world.app.db).await.is_err(), "{sql}");
    }
}
