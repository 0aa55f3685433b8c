//! The ledger of consents: words, version, hash and time; only ever longer; a withdrawal takes effect at once.

use super::data_of;
use crate::files::photo;
use crate::turns::Turn;
use crate::world::{
    Browser, HUONG, World, birth, certified_copy, problem_of, sha256, whole_problem_of,
};
use motcua_contract::my_data::ConsentState;
use motcua_contract::papers::PaperList;
use motcua_domain::consent::Purpose;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use sqlx::Row;

/// The words of every version that was ever shown. Who changes words adds a version, and a line here.
const HASHES: [(&str, u16, &str); 3] = [
    ("reuse", 1, "f960bb162a1460922cfca4db08b52aa6b194b27e46ad177e5a91fe56ac32e401"),
    ("messages", 1, "c8ff94b335635d2aaac6fdfc5e1db90035dc76ee86d6ab16891ec8c81f5f37d2"),
    ("push", 1, "651735490a22a858f569b6cd0dbbf7d8c9cdbd7996f3e8b4192ed7be894c40cb"),
];

#[test]
fn words_that_were_shown_are_never_changed() {
    let now: Vec<(&str, u16, String)> = motcua_domain::consent::WORDS
        .iter()
        .map(|words| {
            let both = format!("{}\n{}", words.get(true), words.get(false));
            (words.purpose.id(), words.version, sha256(both.as_bytes()))
        })
        .collect();
    let known: Vec<(&str, u16, String)> = HASHES
        .iter()
        .map(|(purpose, version, hash)| (*purpose, *version, (*hash).into()))
        .collect();
    assert_eq!(now, known);
}

async fn set(browser: &Browser<'_>, purpose: &str, given: bool) -> reqwest::Response {
    let wanted = json!({ "given": given, "shown": { "version": 1, "vietnamese": true } });
    let path = format!("/me/consents/{purpose}");
    browser.call(Method::POST, &path).json(&wanted).send().await.unwrap()
}

async fn papers(browser: &Browser<'_>) -> PaperList {
    browser.call(Method::GET, "/papers").send().await.unwrap().json().await.unwrap()
}

fn again(paper: &str, version: u16) -> Value {
    let mut dossier = birth(&json!(null));
    let shown = json!({ "version": version, "vietnamese": false });
    let reused = json!([{ "paper": paper, "consented_at": 1_764_000_000, "shown": shown }]);
    dossier["components"] =
        json!([{ "component": "birth_notice", "uploads": [], "reused": reused }]);
    dossier
}

#[tokio::test]
async fn a_use_is_written_down_with_the_words_that_were_shown() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    browser.filed(&birth(&browser.upload(&photo()).await)).await;
    assert!(data_of(&browser).await.consents.is_empty(), "nobody agreed to anything yet");
    let kept = papers(&browser).await.papers.remove(0);
    let receipt = browser.filed(&again(&kept.id, 1)).await;

    let data = data_of(&browser).await;
    let [entry] = &data.ledger[..] else { panic!("{:?}", data.ledger) };
    assert_eq!((entry.purpose, entry.given), (Purpose::Reuse, true));
    assert_eq!(entry.dossier.as_ref(), Some(&receipt.code));
    let words = entry.words.clone().unwrap();
    assert_eq!(words, Purpose::Reuse.words().get(false));
    assert_eq!(entry.words_sha256.as_deref(), Some(sha256(words.as_bytes()).as_str()));
    assert_eq!(entry.version, Some(1));

    // Words that never were are nobody's consent.
    let refused = browser.submit_dossier("a-key-of-the-consents-1", &again(&kept.id, 9)).await;
    assert_eq!(problem_of(refused).await, (400, "malformed-body".to_owned()));
    assert_eq!(data_of(&browser).await.ledger.len(), 1);
}

#[tokio::test]
async fn taken_back_nothing_serves_again_until_it_is_given_anew() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    browser.filed(&birth(&browser.upload(&photo()).await)).await;
    let list = papers(&browser).await;
    assert!(list.may_serve);
    let kept = &list.papers[0];
    let state: ConsentState = set(&browser, "reuse", false).await.json().await.unwrap();
    assert!(!state.given);
    let list = papers(&browser).await;
    assert!(!list.may_serve && list.papers.len() == 1, "still to be seen, not offered");
    let refused = browser.submit_dossier("a-key-of-the-consents-2", &again(&kept.id, 1)).await;
    let (status, kind, problem) = whole_problem_of(refused).await;
    assert_eq!((status, kind.as_str()), (422, "upload-invalid"));
    assert_eq!(problem.components, ["birth_notice"]);
    assert_eq!(set(&browser, "reuse", true).await.status(), StatusCode::OK);
    browser.filed(&again(&kept.id, 1)).await;
    let given: Vec<bool> = data_of(&browser).await.ledger.iter().map(|entry| entry.given).collect();
    assert_eq!(given, [true, true, false]);
    assert_eq!(problem_of(set(&browser, "cookies", true).await).await.0, 404);
}

#[tokio::test]
async fn a_paper_that_was_taken_out_is_offered_no_more_and_its_dossier_keeps_it() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let receipt = browser.filed(&birth(&browser.upload(&photo()).await)).await;
    let kept = papers(&browser).await.papers.remove(0);
    let path = format!("/papers/{}", kept.id);
    let removed = browser.call(Method::DELETE, &path).send().await.unwrap();
    assert_eq!(removed.status(), StatusCode::NO_CONTENT);
    assert!(papers(&browser).await.papers.is_empty());
    assert_eq!(browser.call(Method::GET, &path).send().await.unwrap().status(), 404);
    let refused = browser.submit_dossier("a-key-of-the-consents-3", &again(&kept.id, 1)).await;
    assert_eq!(problem_of(refused).await.1, "upload-invalid");
    let files = world.staff_get(&format!("/dossiers/{}/files", receipt.code)).await;
    let files: Value = files.json().await.unwrap();
    let id = files["files"][0]["id"].as_str().unwrap();
    let file = world.staff_get(&format!("/files/{id}")).await;
    assert_eq!(file.status(), StatusCode::OK);
    assert_eq!(file.bytes().await.unwrap().len() as u64, kept.size);
}

#[tokio::test]
async fn messages_stop_at_once_also_for_what_waits_and_for_what_is_filed_next() {
    let world = World::open().await;
    let turn = Turn::of(&world, &certified_copy()).await;
    turn.staff("intake", json!({})).await;
    set(&turn.browser, "messages", false).await;
    assert_eq!(motcua_backend::outbox::send_due(&world.app).await.unwrap(), 0);
    turn.staff("processing", json!({})).await;
    let next = turn.browser.filed(&certified_copy()).await;
    world.staff(&format!("/dossiers/{}/intake", next.code), json!({})).await;
    assert_eq!(motcua_backend::outbox::send_due(&world.app).await.unwrap(), 0);
    // One dossier's choice is in the ledger too, also of who only has its key.
    turn.citizen("messages", json!({ "wanted": true })).await;
    let stranger = world.visitor();
    let path = format!("/dossiers/{}/messages", turn.code());
    let call = stranger.call(Method::POST, &path).header("Dossier-Key", &turn.receipt.key);
    let shown = json!({ "version": 1, "vietnamese": true });
    let answer = call.json(&json!({ "wanted": false, "shown": shown })).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    let rows = sqlx::query("SELECT subject, given FROM consents ORDER BY id");
    let rows = rows.fetch_all(&world.app.db).await.unwrap();
    let said: Vec<(bool, bool)> = rows
        .iter()
        .map(|row| (row.get::<String, _>("subject").starts_with("holder of "), row.get("given")))
        .collect();
    assert_eq!(said, [(false, false), (false, true), (true, false)]);
}

#[tokio::test]
async fn the_ledger_only_grows() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let receipt = browser.filed(&certified_copy()).await;
    let device = "INSERT INTO push_devices (dossier, endpoint, p256dh, auth, since) VALUES (?1, 'x', 'y', 'z', 0)";
    sqlx::query(device).bind(receipt.code.as_str()).execute(&world.app.db).await.unwrap();
    set(&browser, "push", true).await;
    set(&browser, "push", false).await;
    let left = sqlx::query("SELECT * FROM push_devices").fetch_all(&world.app.db).await.unwrap();
    assert!(left.is_empty(), "taken back, no device gets notices");
    for sql in ["UPDATE consents SET given = 0", "DELETE FROM consents"] {
        let refused = sqlx::query(sql).execute(&world.app.db).await.unwrap_err();
        assert!(refused.to_string().contains("append-only"), "{refused}");
    }
}
