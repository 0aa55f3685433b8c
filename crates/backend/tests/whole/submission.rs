//! Submitting: once, whole, by the rules; and what tracking shows to whom.

use crate::files::photo;
use crate::world::{
    ANH, HUONG, World, birth, certified_copy, extract, on_behalf, problem_of, whole_problem_of,
};
use motcua_contract::DOSSIER_KEY_HEADER;
use motcua_contract::dossiers::{DossierReceipt, DossierView};
use motcua_domain::payment::FeeState;
use motcua_domain::validate::Problem;
use reqwest::{Method, StatusCode};
use serde_json::json;

const KEY: &str = "3f2504e0-4f89-11d3-9a0c-0305e82c3301";

#[tokio::test]
async fn the_same_intent_makes_one_dossier() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let first = browser.submit_dossier(KEY, &extract()).await;
    assert_eq!(first.status(), StatusCode::CREATED);
    let first: DossierReceipt = first.json().await.unwrap();
    let again = browser.submit_dossier(KEY, &extract()).await;
    assert_eq!(again.status(), StatusCode::CREATED);
    assert_eq!(again.json::<DossierReceipt>().await.unwrap(), first);

    let mut other = extract();
    other["answers"]["copies"] = json!("3");
    let reused = browser.submit_dossier(KEY, &other).await;
    assert_eq!(problem_of(reused).await, (422, "idempotency-key-reused".to_owned()));
    let bare = browser.call(Method::POST, "/dossiers").json(&extract()).send().await.unwrap();
    assert_eq!(problem_of(bare).await, (400, "idempotency-key-missing".to_owned()));
    let unquoted = browser.call(Method::POST, "/dossiers").header("Idempotency-Key", KEY);
    let unquoted = unquoted.json(&extract()).send().await.unwrap();
    assert_eq!(problem_of(unquoted).await, (400, "idempotency-key-missing".to_owned()));

    // Another citizen with the same key gets a dossier of their own, not this one.
    let relative = on_behalf(extract(), json!({ "kind": "relative" }));
    let other = world.citizen(ANH).await.submit_dossier(KEY, &relative).await;
    assert_ne!(other.json::<DossierReceipt>().await.unwrap().code, first.code);
}

#[tokio::test]
async fn twenty_at_once_make_one_dossier() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let dossier = extract();
    let tries =
        futures_util::future::join_all((0..20).map(|_| browser.submit_dossier(KEY, &dossier)));
    let mut codes = std::collections::BTreeSet::new();
    for answer in tries.await {
        if answer.status() == StatusCode::CREATED {
            codes.insert(answer.json::<DossierReceipt>().await.unwrap().code);
        } else {
            assert_eq!(problem_of(answer).await, (409, "request-in-flight".to_owned()));
        }
    }
    assert_eq!(codes.len(), 1);
}

#[tokio::test]
async fn nobody_files_without_signing_in() {
    let world = World::open().await;
    let refused = world.visitor().submit_dossier(KEY, &extract()).await;
    assert_eq!(problem_of(refused).await, (401, "sign-in-required".to_owned()));
}

#[tokio::test]
async fn wrong_answers_are_named_and_nothing_is_made() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let mut dossier = extract();
    dossier["answers"]["copies"] = json!("0");
    dossier["answers"]["applicant.phone"] = json!("12");
    dossier["answers"]["applicant.birth_date"] = json!("1990-03-08");
    let (status, kind, problem) =
        whole_problem_of(browser.submit_dossier(KEY, &dossier).await).await;
    assert_eq!((status, kind.as_str()), (422, "invalid-answers"));
    let fields: Vec<&str> = problem.fields.iter().map(|field| field.question.as_str()).collect();
    assert_eq!(fields, ["applicant.citizen_number", "copies", "applicant.phone"]);
    // The key is free again: nothing was made with it.
    assert_eq!(browser.submit_dossier(KEY, &extract()).await.status(), StatusCode::CREATED);
}

#[tokio::test]
async fn what_the_office_would_send_back_is_refused_by_the_rules_name() {
    let world = World::open().await;
    let mut dossier = extract();
    // One's own death: the person is not the applicant, so name and birth date are asked.
    dossier["answers"]["record_kind"] = json!("death");
    dossier["answers"]["subject.name"] = json!("Phạm Văn Lộc");
    dossier["answers"]["subject.birth_date"] = json!("1946-02-10");
    let refused = world.citizen(HUONG).await.submit_dossier(KEY, &dossier).await;
    let (_, kind, problem) = whole_problem_of(refused).await;
    assert_eq!(kind, "invalid-answers");
    let rules: Vec<&Problem> = problem.fields.iter().map(|field| &field.problem).collect();
    assert_eq!(rules, [&Problem::Rule { check: "death-of-self".to_owned() }]);
}

#[tokio::test]
async fn answers_that_are_not_asked_any_more_are_not_kept() {
    let world = World::open().await;
    let mut dossier = extract();
    // She named somebody else before she said that the certificate is her own.
    dossier["answers"]["subject.name"] = json!("Phạm Văn Lộc");
    let receipt = world.citizen(HUONG).await.filed(&dossier).await;
    let mut connection = world.app.db.acquire().await.unwrap();
    let code = receipt.code.as_str();
    let kept = motcua_backend::dossiers::get(&mut connection, code).await.unwrap().answers;
    assert_eq!(kept.find_one("subject.name"), Some("Phạm Thị Thu Hương"), "copied from her");
    assert_eq!(kept.find_one("subject.citizen_number"), Some(HUONG));
}

#[tokio::test]
async fn an_outdated_form_and_an_information_only_procedure_are_refused() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let mut old = extract();
    old["form_version"] = json!(1);
    assert_eq!(
        problem_of(browser.submit_dossier(KEY, &old).await).await,
        (409, "form-outdated".to_owned())
    );
    let mut elsewhere = extract();
    elsewhere["procedure"] = json!("2.000884");
    let refused = browser.submit_dossier(KEY, &elsewhere).await;
    assert_eq!(problem_of(refused).await, (409, "procedure-not-filed-here".to_owned()));
}

#[tokio::test]
async fn a_birth_is_free_and_its_papers_are_bound_to_it() {
    let world = World::open().await;
    // Photographed before login, submitted after it.
    let browser = world.visitor();
    let notice = browser.upload(&photo()).await;
    browser.sign_in(HUONG, "/").await;
    let receipt = browser.filed(&birth(&notice)).await;
    let detail = receipt.dossier.detail.as_ref().unwrap();
    assert!(detail.fees.iter().all(|fee| fee.state == FeeState::Waived && fee.reason.is_some()));
    assert!(receipt.dossier.appointment.is_some());
    let reused: Vec<&str> =
        detail.components.iter().filter(|c| c.reused).map(|c| c.component.as_str()).collect();
    assert_eq!(reused, ["identity", "marriage_certificate"]);
    assert!(motcua_backend::submission::files_are_stored(&world.app, &receipt.code).await.unwrap());

    // The same file cannot go into a second dossier.
    let twice = browser.submit_dossier(KEY, &birth(&notice)).await;
    assert_eq!(problem_of(twice).await, (422, "upload-invalid".to_owned()));
}

#[tokio::test]
async fn missing_foreign_and_altered_papers_are_refused() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let mut without = birth(&json!(null));
    without["components"] = json!([]);
    let (_, kind, problem) = whole_problem_of(browser.submit_dossier(KEY, &without).await).await;
    assert_eq!(kind, "components-missing");
    assert_eq!(problem.components, ["birth_notice"]);

    let foreign = world.visitor().upload(&photo()).await;
    let refused = browser.submit_dossier(KEY, &birth(&foreign)).await;
    assert_eq!(problem_of(refused).await, (422, "upload-invalid".to_owned()));

    let mut altered = browser.upload(&photo()).await;
    altered["sha256"] = json!("00".repeat(32));
    let refused = browser.submit_dossier(KEY, &birth(&altered)).await;
    assert_eq!(problem_of(refused).await, (422, "upload-invalid".to_owned()));
}

#[tokio::test]
async fn a_stranger_sees_status_and_dates_only() {
    let world = World::open().await;
    let filed = world.citizen(HUONG).await.filed(&extract()).await;
    let stranger = world.visitor();
    let seen = stranger.track(filed.code.as_str()).await;
    assert_eq!((seen.status.code, seen.detail.clone()), (1, None));
    let text = serde_json::to_string(&seen).unwrap();
    assert!(!text.contains("Hương") && !text.contains(HUONG), "{text}");
    assert_eq!(world.citizen(ANH).await.track(filed.code.as_str()).await.detail, None);

    let keyed = stranger
        .call(Method::GET, &format!("/dossiers/{}", filed.code))
        .header(DOSSIER_KEY_HEADER, &filed.key)
        .send()
        .await
        .unwrap();
    let whole = keyed.json::<DossierView>().await.unwrap().detail.unwrap();
    assert_eq!(whole.applicant_name, "Phạm Thị Thu Hương");
    let unknown =
        stranger.call(Method::GET, "/dossiers/H24.31-261122-999999").send().await.unwrap();
    assert_eq!(problem_of(unknown).await, (404, "not-found".to_owned()));
}

#[tokio::test]
async fn the_page_count_sets_the_fee_of_a_certified_copy() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let receipt = browser.filed(&certified_copy()).await;
    let fee = &receipt.dossier.detail.as_ref().unwrap().fees[0];
    assert_eq!((fee.state, fee.amount, fee.payable), (FeeState::AwaitingAmount, None, false));
    assert_eq!(receipt.dossier.appointment, None);

    let path = format!("/dossiers/{}/page-count", receipt.code);
    let counted: DossierView =
        world.staff(&path, json!({ "pages": 5 })).await.json().await.unwrap();
    assert_eq!(counted.status.code, 6);
    let fee = &counted.detail.as_ref().unwrap().fees[0];
    assert_eq!((fee.state, fee.amount.unwrap().0, fee.payable), (FeeState::Due, 14_000, true));
    let zero = world.staff(&path, json!({ "pages": 0 })).await;
    assert_eq!(problem_of(zero).await.0, 400);
}

#[tokio::test]
async fn staff_move_a_dossier_only_along_the_table_and_only_with_their_token() {
    let world = World::open().await;
    let receipt = world.citizen(HUONG).await.filed(&extract()).await;
    let path = format!("/dossiers/{}/status", receipt.code);
    let jump = world.staff(&path, json!({ "status": 10, "note": null })).await;
    assert_eq!(problem_of(jump).await, (409, "wrong-status".to_owned()));
    let taken: DossierView =
        world.staff(&path, json!({ "status": 2, "note": "Đã nhận" })).await.json().await.unwrap();
    assert_eq!(taken.status.code, 2);
    let outsider = reqwest::Client::new()
        .post(format!("{}/api/v1/staff{path}", world.origin))
        .bearer_auth("guess")
        .json(&json!({ "status": 4, "note": null }));
    assert_eq!(problem_of(outsider.send().await.unwrap()).await, (403, "forbidden".to_owned()));
}

#[tokio::test]
async fn a_dossier_of_a_guided_run_is_marked_and_a_real_installation_refuses_it() {
    let mut sample = extract();
    sample["sample"] = json!(true);
    let marks = async |world: &World| -> Vec<(String, bool)> {
        let rows = sqlx::query_as("SELECT code, sample FROM dossiers ORDER BY code");
        rows.fetch_all(&world.app.db).await.unwrap()
    };

    let real = World::open().await;
    let refused = real.citizen(HUONG).await.submit_dossier(KEY, &sample).await;
    assert_eq!(problem_of(refused).await, (409, "sample-refused".to_owned()));
    assert!(marks(&real).await.is_empty());

    let demo = World::open_with(|settings| settings.demo = true).await;
    let browser = demo.citizen(HUONG).await;
    let taken: DossierReceipt = browser.submit_dossier(KEY, &sample).await.json().await.unwrap();
    let other = "3f2504e0-4f89-11d3-9a0c-0305e82c3302";
    let plain: DossierReceipt =
        browser.submit_dossier(other, &extract()).await.json().await.unwrap();
    let wanted = vec![(taken.code.to_string(), true), (plain.code.to_string(), false)];
    assert_eq!(marks(&demo).await, wanted);
    // What is made up counts nowhere.
    let figures = reqwest::get(format!("{}/api/v1/figures", demo.origin)).await.unwrap();
    let figures: serde_json::Value = figures.json().await.unwrap();
    assert_eq!(figures["figures"][0]["share"]["whole"], 1, "{figures}");
}
