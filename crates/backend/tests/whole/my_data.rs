//! "Dữ liệu của tôi": a person sees, takes along, puts right and has removed what is theirs, and nothing of
//! anybody else; the ledger of consents; requests with their clocks, at the desk and back.

mod consents;
mod requests;

use crate::files::photo;
use crate::world::{
    ANH, Browser, Filed, HOA, HUONG, World, birth, certified_copy, extract, for_relative,
    problem_of,
};
use motcua_contract::my_data::{MyData, MyDossier, Tie};
use motcua_domain::payment::AttemptState;
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};
use sqlx::Row;
use std::io::Read;

/// What the office has of whoever this is.
pub async fn data_of(browser: &Browser<'_>) -> MyData {
    let answer = browser.call(Method::GET, "/me/data").send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK, "{:?}", answer.text().await);
    answer.json().await.unwrap()
}

/// The files of an export, by name.
async fn export_of(browser: &Browser<'_>) -> Vec<(String, Vec<u8>)> {
    let answer = browser.call(Method::GET, "/me/data/export").send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["content-type"], "application/zip");
    assert_eq!(answer.headers()["cache-control"], "private, no-store");
    let bytes = std::io::Cursor::new(answer.bytes().await.unwrap());
    let mut zip = zip::ZipArchive::new(bytes).unwrap();
    (0..zip.len())
        .map(|place| {
            let mut file = zip.by_index(place).unwrap();
            let mut bytes = vec![];
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().to_string(), bytes)
        })
        .collect()
}

fn json_of(export: &[(String, Vec<u8>)]) -> Value {
    assert_eq!(export[0].0, "du-lieu.json");
    serde_json::from_slice(&export[0].1).unwrap()
}

async fn contact(browser: &Browser<'_>, code: &str, phone: &str) -> Response {
    let path = format!("/me/dossiers/{code}/contact");
    browser.call(Method::POST, &path).json(&json!({ "phone": phone })).send().await.unwrap()
}

#[tokio::test]
async fn a_person_sees_and_takes_along_what_they_sent() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let sent = photo();
    let receipt = browser.filed(&birth(&browser.upload(&sent).await)).await;
    browser.upload(&sent).await;

    let data = data_of(&browser).await;
    let dossier = &data.dossiers[0];
    assert_eq!((&dossier.code, dossier.tie), (&receipt.code, Tie::Own));
    assert_eq!(dossier.phone.as_deref(), Some("•••• 678"));
    assert_eq!((data.papers.len(), data.uploads.len(), data.sessions.len()), (1, 1, 1));
    assert!(data.sessions[0].this);

    let export = export_of(&browser).await;
    let whole = json_of(&export);
    assert_eq!(whole["form"], 1);
    assert_eq!(whole["person"]["name"], "Phạm Thị Thu Hương");
    assert_eq!(whole["dossiers"][0]["answers"]["child.name"], "Phạm Gia Bảo");
    let [_, file] = &export[..] else { panic!("{} files", export.len()) };
    assert_eq!(file.0, format!("tep/{}/birth_notice-1.jpg", receipt.code));
    assert_eq!(whole["dossiers"][0]["files"][0], file.0.as_str());
    // What is kept: the photo, drawn anew.
    assert_eq!(file.1.len() as u64, data.papers[0].size);
}

#[tokio::test]
async fn nobody_sees_another_s_and_nobody_without_signing_in_sees_anything() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let receipt = browser.filed(&birth(&browser.upload(&photo()).await)).await;
    let paper = data_of(&browser).await.papers[0].id.clone();
    let code = receipt.code.as_str();

    let other = world.citizen(ANH).await;
    let data = data_of(&other).await;
    assert!(data.dossiers.is_empty() && data.papers.is_empty() && data.payments.is_empty());
    assert!(data.messages.is_empty() && data.uploads.is_empty() && data.ledger.is_empty());
    let export = export_of(&other).await;
    assert_eq!(export.len(), 1);
    assert!(!String::from_utf8_lossy(&export[0].1).contains("Phạm Gia Bảo"));
    assert_eq!(problem_of(contact(&other, code, "0900000009").await).await.0, 404);
    let asked = json!({ "wish": "delete", "dossier": code, "words": "Xóa giúp." });
    let path = "/me/data-requests";
    let refused = other.call(Method::POST, path).json(&asked).send().await.unwrap();
    assert_eq!(problem_of(refused).await.0, 404);
    let removal = format!("/papers/{paper}");
    let refused = other.call(Method::DELETE, &removal).send().await.unwrap();
    assert_eq!(problem_of(refused).await.0, 404);
    other.call(Method::DELETE, "/me/sessions").send().await.unwrap();
    assert_eq!(data_of(&browser).await.papers.len(), 1, "still signed in, still there");

    // The dossier's key opens the dossier, not the person.
    let stranger = world.visitor();
    for path in ["/me/data", "/me/data/export"] {
        let call = stranger.call(Method::GET, path).header("Dossier-Key", &receipt.key);
        let refused = call.send().await.unwrap();
        assert_eq!(problem_of(refused).await, (401, "sign-in-required".to_owned()), "{path}");
    }
}

#[tokio::test]
async fn who_filed_sees_what_they_filed_and_the_applicant_what_is_about_them() {
    let world = World::open().await;
    let helper = world.citizen(HUONG).await;
    let receipt = helper.filed(&for_relative()).await;
    let code = receipt.code.as_str();
    let filed = data_of(&helper).await;
    assert_eq!((filed.dossiers[0].tie, filed.dossiers[0].phone.clone()), (Tie::Filed, None));
    assert_eq!(filed.dossiers[0].applicant_name, "Trần Văn Hoà");

    let father = world.citizen(HOA).await;
    let about = data_of(&father).await;
    assert_eq!((about.dossiers[0].code.as_str(), about.dossiers[0].tie), (code, Tie::About));
    assert_eq!(about.dossiers[0].submitter_name, "Phạm Thị Thu Hương");
    assert!(about.papers.is_empty());
    let whole = json_of(&export_of(&father).await);
    let answers = whole["dossiers"][0]["answers"].as_object().unwrap();
    assert!(answers.contains_key("applicant.name"));
    assert!(answers.keys().all(|id| id.starts_with("applicant.")), "{answers:?}");
    assert!(whole["dossiers"][0]["course"]["detail"].is_null());

    // Messages to him are his to lead elsewhere; she would lead them away from him.
    assert_eq!(problem_of(contact(&helper, code, "0900000009").await).await.0, 403);
    assert_eq!(problem_of(contact(&father, code, "không số").await).await.0, 400);
    let changed = contact(&father, code, "0987 654 321").await;
    let changed: MyDossier = changed.json().await.unwrap();
    assert_eq!(changed.phone.as_deref(), Some("•••• 321"));
}

#[tokio::test]
async fn a_new_phone_gets_what_waits_and_the_old_one_opens_nothing() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let receipt = browser.filed(&certified_copy()).await;
    let code = receipt.code.as_str();
    world.staff(&format!("/dossiers/{code}/intake"), json!({})).await;
    let passes = format!("/dossiers/{code}/passes");
    browser.call(Method::POST, &passes).send().await.unwrap();
    assert_eq!(contact(&browser, code, "0987654321").await.status(), StatusCode::OK);
    let count = async |sql: &'static str| -> i64 {
        sqlx::query(sql).fetch_one(&world.app.db).await.unwrap().get(0)
    };
    let waiting = "SELECT COUNT(*) FROM messages WHERE phone = '0987654321' AND kind <> 'pass'";
    assert!(count(waiting).await > 0);
    assert_eq!(count("SELECT COUNT(*) FROM one_time_codes").await, 0);
    let declared = "SELECT COUNT(*) FROM dossiers WHERE answers LIKE '%0912345678%'";
    assert_eq!(count(declared).await, 1, "what was declared stays as it was declared");
    let notes = browser.track(code).await.timeline;
    assert!(notes.last().unwrap().note.as_deref().unwrap().contains("đổi số điện thoại"));

    world.staff(&format!("/dossiers/{code}/refusal"), json!({ "reason": "x", "basis": "y" })).await;
    world.staff(&format!("/dossiers/{code}/stop"), json!({ "reason": "x" })).await;
    let late = contact(&browser, code, "0912345678").await;
    assert_eq!(problem_of(late).await, (409, "wrong-status".to_owned()));
}

#[tokio::test]
async fn payments_are_shown_masked_and_files_under_way_can_go() {
    let world = World::open().await;
    let filed = Filed::at(&world, "vnpay").await;
    let attempt = filed.begin().await;
    filed.choose(&attempt, "success").await;
    filed.becomes(&attempt, AttemptState::Succeeded).await;
    filed.browser.upload(&photo()).await;
    let data = data_of(&filed.browser).await;
    assert_eq!((data.payments.len(), data.uploads.len()), (1, 1));
    assert_eq!(data.payments[0].channel, "vnpay");
    let text = serde_json::to_string(&data).unwrap();
    let reference = filed.reference_of(&attempt).await;
    assert!(!text.contains(&reference) && !text.contains("0912345678"), "{text}");
    let ledger = "SELECT COUNT(*) AS n FROM ledger";
    let before: i64 = sqlx::query(ledger).fetch_one(&world.app.db).await.unwrap().get("n");
    filed.browser.call(Method::DELETE, "/me/uploads").send().await.unwrap();
    assert!(data_of(&filed.browser).await.uploads.is_empty());
    let after: i64 = sqlx::query(ledger).fetch_one(&world.app.db).await.unwrap().get("n");
    assert_eq!(before, after);
}

#[tokio::test]
async fn other_sign_ins_end_and_this_one_stays() {
    let world = World::open().await;
    let (here, there) = (world.citizen(HUONG).await, world.citizen(HUONG).await);
    here.filed(&extract()).await;
    assert_eq!(data_of(&here).await.sessions.len(), 2);
    let ended = here.call(Method::DELETE, "/me/sessions").send().await.unwrap();
    assert_eq!(ended.status(), StatusCode::NO_CONTENT);
    assert_eq!(data_of(&here).await.sessions.len(), 1);
    let out = there.call(Method::GET, "/me/data").send().await.unwrap();
    assert_eq!(out.status(), StatusCode::UNAUTHORIZED);
}
