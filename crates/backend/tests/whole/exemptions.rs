//! Who need not pay: claimed with the dossier, proven by a paper or looked up, decided by the office; and
//! what the filing day and the channel make of a fee.

use crate::files::photo;
use crate::world::{
    Browser, HUONG, World, birth, certified_copy, extract, marriage, problem_of, whole_problem_of,
};
use motcua_contract::dossiers::{DossierReceipt, DossierView, FeeView};
use motcua_domain::exemption::{EXEMPTION, ExemptGroup};
use motcua_domain::money::Vnd;
use motcua_domain::payment::FeeState;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::path::Path;

/// Sets the backend's clock; sessions that are open stay so when it goes back.
fn set_clock(world: &World, second: i64) {
    world.app.clock.advance(second - world.app.clock.now().0);
}

/// A moment of 26 November 2026, on which all of this is said to happen: 10:00 in Vietnam.
const THAT_DAY: i64 = 1_795_662_000;

fn claiming(mut dossier: Value, group: &str) -> Value {
    dossier["exempt"] = json!(group);
    dossier
}

fn proven(mut dossier: Value, paper: &Value) -> Value {
    let group = dossier["exempt"].as_str().unwrap_or("merit").to_owned();
    let component = format!("{EXEMPTION}{group}");
    let proof = json!({ "component": component, "uploads": [paper] });
    dossier["components"].as_array_mut().unwrap().push(proof);
    dossier
}

fn fee_of(view: &DossierView) -> FeeView {
    view.detail.as_ref().unwrap().fees[0].clone()
}

async fn decide(world: &World, receipt: &DossierReceipt, decision: Value) -> reqwest::Response {
    world.staff(&format!("/dossiers/{}/exemption", receipt.code), decision).await
}

async fn opened() -> World {
    World::open().await
}

async fn citizen(world: &World) -> Browser<'_> {
    let browser = world.citizen(HUONG).await;
    set_clock(world, THAT_DAY);
    browser
}

#[tokio::test]
async fn a_digital_citizen_s_extract_is_price_nothing_and_its_proof_is_looked_up() {
    let world = opened().await;
    let browser = citizen(&world).await;
    let receipt = browser.filed(&claiming(extract(), "digital_citizen")).await;
    let fee = fee_of(&receipt.dossier);
    assert_eq!((fee.state, fee.amount, fee.payable), (FeeState::Waived, Some(Vnd(0)), false));
    assert_eq!(fee.exempt, Some(ExemptGroup::DigitalCitizen));
    assert_eq!(fee.reason, Some(ExemptGroup::DigitalCitizen.reason()));
    assert!(fee.citation.vi.contains("117/2026/TT-BTC"), "{}", fee.citation.vi);
    // No money is expected: the clock runs, and the proof is the office's to look up.
    assert!(receipt.dossier.appointment.is_some());
    let detail = receipt.dossier.detail.unwrap();
    let proof =
        detail.components.iter().find(|part| part.component.starts_with(EXEMPTION)).unwrap();
    assert!(proof.reused && proof.files == 0);
}

#[tokio::test]
async fn a_refused_exemption_is_due_again_and_can_be_paid() {
    let world = opened().await;
    let browser = citizen(&world).await;
    let receipt = browser.filed(&claiming(extract(), "digital_citizen")).await;
    let unsaid = decide(&world, &receipt, json!({ "accepted": false })).await;
    assert_eq!(problem_of(unsaid).await, (400, "malformed-body".to_owned()));
    let reason = "Tài khoản chưa đủ điều kiện.";
    let refused: DossierView =
        decide(&world, &receipt, json!({ "accepted": false, "reason": reason }))
            .await
            .json()
            .await
            .unwrap();
    let fee = fee_of(&refused);
    assert_eq!((fee.state, fee.amount), (FeeState::Due, Some(Vnd(16_000))));
    assert_eq!((fee.exempt, fee.reason, fee.payable), (None, None, true));
    assert!(fee.citation.vi.contains("281/2016"), "{}", fee.citation.vi);
    assert_eq!((refused.status.code, refused.appointment), (6, None));
    let note = refused.timeline.last().unwrap().note.clone().unwrap();
    assert!(note.contains(reason) && note.contains("Công dân số"), "{note}");

    // Decided once; and kept for who audits it.
    let again = decide(&world, &receipt, json!({ "accepted": true })).await;
    assert_eq!(problem_of(again).await, (409, "wrong-status".to_owned()));
    let kept: (String, bool, String) =
        sqlx_row(&world, "SELECT exempt, accepted, reason FROM exemption_decisions").await;
    assert_eq!(kept, ("digital_citizen".to_owned(), false, reason.to_owned()));
    let change = sqlx::query("UPDATE exemption_decisions SET accepted = 1");
    assert!(change.execute(&world.app.db).await.is_err());

    let path = format!("/dossiers/{}/fees/{}/cash", receipt.code, fee.id);
    let paid: DossierView = world.staff(&path, json!({})).await.json().await.unwrap();
    assert_eq!((fee_of(&paid).state, paid.status.code), (FeeState::PaidOffline, 4));
    assert!(paid.appointment.is_some());
}

async fn sqlx_row(world: &World, sql: &'static str) -> (String, bool, String) {
    sqlx::query_as(sql).fetch_one(&world.app.db).await.unwrap()
}

#[tokio::test]
async fn an_unproven_exemption_waits_for_the_office_and_nobody_pays_meanwhile() {
    let world = opened().await;
    let browser = citizen(&world).await;
    let claim = claiming(extract(), "disabled");
    let (_, kind, problem) =
        whole_problem_of(browser.submit_dossier("no-proof-given-key-of-the-test", &claim).await)
            .await;
    assert_eq!(
        (kind.as_str(), problem.components),
        ("components-missing", vec!["mien-phi-disabled".to_owned()])
    );
    let paper = browser.upload(&photo()).await;
    let receipt = browser.filed(&proven(claim, &paper)).await;
    let fee = fee_of(&receipt.dossier);
    assert_eq!((fee.state, fee.amount), (FeeState::AwaitingAmount, None));
    assert_eq!(fee.exempt, Some(ExemptGroup::Disabled));
    let attempt = browser
        .call(Method::POST, &format!("/dossiers/{}/fees/{}/attempts", receipt.code, fee.id))
        .header("Idempotency-Key", "\"pays-too-early-key-of-the-test\"")
        .json(&json!({ "channel": "vnpay", "language": "vi" }))
        .send()
        .await
        .unwrap();
    assert_eq!(problem_of(attempt).await, (409, "fee-not-payable".to_owned()));

    let accepted: DossierView =
        decide(&world, &receipt, json!({ "accepted": true })).await.json().await.unwrap();
    let fee = fee_of(&accepted);
    assert_eq!((fee.state, fee.amount), (FeeState::Waived, Some(Vnd(0))));
    assert_eq!(fee.reason, Some(ExemptGroup::Disabled.reason()));
    assert_eq!(accepted.status.code, 1);
}

#[tokio::test]
async fn what_changes_nothing_cannot_be_claimed() {
    let world = opened().await;
    let browser = citizen(&world).await;
    let notice = browser.upload(&photo()).await;
    for dossier in [
        // Free online already; no group is exempt; only for the old; unknown as a group.
        claiming(marriage(), "merit"),
        claiming(birth(&notice), "digital_citizen"),
        claiming(certified_copy(), "poor_household"),
        claiming(extract(), "older"),
    ] {
        let refused = browser.submit_dossier("claims-what-is-not-there", &dossier).await;
        assert_eq!(problem_of(refused).await, (422, "exemption-refused".to_owned()), "{dossier}");
    }
    let unknown =
        browser.submit_dossier("unknown-group-key-of-the-test", &claiming(extract(), "rich")).await;
    assert_eq!(problem_of(unknown).await, (400, "malformed-body".to_owned()));
    // A proof that nobody asked for.
    let unasked =
        browser.submit_dossier("unasked-proof-key-of-the-test", &proven(extract(), &notice)).await;
    assert_eq!(problem_of(unasked).await, (422, "upload-invalid".to_owned()));
    // Nothing is claimed: there is nothing to decide.
    let receipt = browser.filed(&extract()).await;
    let nothing = decide(&world, &receipt, json!({ "accepted": true })).await;
    assert_eq!(problem_of(nothing).await, (409, "wrong-status".to_owned()));
    assert_eq!(fee_of(&receipt.dossier).state, FeeState::Due);
}

#[tokio::test]
async fn only_staff_decide() {
    let world = opened().await;
    let browser = citizen(&world).await;
    let receipt = browser.filed(&claiming(extract(), "digital_citizen")).await;
    let path = format!("/staff/dossiers/{}/exemption", receipt.code);
    let call = browser.call(Method::POST, &path).json(&json!({ "accepted": true }));
    assert_eq!(problem_of(call.send().await.unwrap()).await, (403, "forbidden".to_owned()));
}

#[tokio::test]
async fn the_filing_day_in_vietnam_decides() {
    let world = opened().await;
    let her = world.citizen(HUONG).await;
    // The digital citizens' exemption begins at midnight of 15 August 2026 in Vietnam, 17:00 UTC of the
    // day before.
    let midnight = 1_786_726_800;
    set_clock(&world, midnight - 1);
    let claim = claiming(extract(), "digital_citizen");
    let early = her.submit_dossier("a-second-too-early-key-of-the-test", &claim).await;
    assert_eq!(problem_of(early).await, (422, "exemption-refused".to_owned()));
    set_clock(&world, midnight);
    let receipt = her.filed(&claim).await;
    assert_eq!(fee_of(&receipt.dossier).state, FeeState::Waived);
}

/// A catalogue in which an extract costs 8,000 đồng a copy at the counter and 5,000 online.
fn cheaper_online(to: &Path) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogue");
    for part in ["", "procedures"] {
        std::fs::create_dir_all(to.join(part)).unwrap();
        for entry in std::fs::read_dir(from.join(part)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                std::fs::copy(&path, to.join(part).join(path.file_name().unwrap())).unwrap();
            }
        }
    }
    let file = to.join("procedures/2.000635.json");
    let mut procedure: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    let mut online = procedure["fees"][0].clone();
    procedure["fees"][0]["channels"] = json!(["in_person", "post"]);
    online["id"] = json!("extract_copies_online");
    online["channels"] = json!(["online"]);
    online["price"]["amount"] = json!(5_000);
    procedure["fees"].as_array_mut().unwrap().push(online);
    std::fs::write(&file, procedure.to_string()).unwrap();
}

#[tokio::test]
async fn what_filing_online_saved_is_on_the_receipt_and_stays() {
    let folder = std::env::temp_dir().join(format!("motcua-cheaper-{}", std::process::id()));
    cheaper_online(&folder);
    let world = World::open_with(|settings| settings.catalogue.clone_from(&folder)).await;
    let browser = citizen(&world).await;
    let receipt = browser.filed(&extract()).await;
    let detail = receipt.dossier.detail.unwrap();
    assert_eq!((detail.fees[0].amount, detail.saved), (Some(Vnd(10_000)), Some(Vnd(6_000))));
    let tracked = browser.track(receipt.code.as_str()).await;
    assert_eq!(tracked.detail.unwrap().saved, Some(Vnd(6_000)));
    std::fs::remove_dir_all(&folder).unwrap();

    let world = opened().await;
    let receipt = citizen(&world).await.filed(&extract()).await;
    assert_eq!(receipt.dossier.detail.unwrap().saved, None);
}

#[tokio::test]
async fn pages_that_are_counted_after_a_claim_do_not_undo_it() {
    let world = opened().await;
    let browser = citizen(&world).await;
    let receipt = browser.filed(&claiming(extract(), "digital_citizen")).await;
    let path = format!("/dossiers/{}/page-count", receipt.code);
    let counted = world.staff(&path, json!({ "pages": 3 })).await;
    assert_eq!(counted.status(), StatusCode::OK);
    let counted: DossierView = counted.json().await.unwrap();
    assert_eq!(fee_of(&counted).state, FeeState::Waived);
}
