//! For whom a dossier is filed: what is refused and by which reason, and what is kept of whom.

use crate::files::photo;
use crate::world::{
    ANH, Browser, HOA, HOA_HIMSELF, HUONG, Person, World, birth, extract, extract_of, for_relative,
    marriage, on_behalf, whole_problem_of,
};
use motcua_contract::DOSSIER_KEY_HEADER;
use motcua_contract::dossiers::{DossierDetail, DossierView};
use motcua_domain::behalf::{AUTHORISATION, BehalfProblem, Consent};
use motcua_domain::date::CivilDate;
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::Row;

const KEY: &str = "a-key-of-the-tests-behalf";

/// The day so many days from today.
fn day(world: &World, days: i64) -> CivilDate {
    world.app.clock.now().plus_seconds(days * 86_400).date()
}

/// An authorisation of her who is signed in, good from yesterday until tomorrow, for everything.
fn paper(world: &World) -> Value {
    json!({
        "kind": "authorised",
        "agent_number": HUONG,
        "from": day(world, -1),
        "until": day(world, 1)
    })
}

/// A dossier for her father-in-law with this authorisation and its photo.
fn authorised(behalf: Value, photo: &Value) -> Value {
    let mut dossier = on_behalf(extract_of(&HOA_HIMSELF), behalf);
    dossier["components"] = json!([{ "component": AUTHORISATION, "uploads": [photo] }]);
    dossier
}

async fn reason(browser: &Browser<'_>, dossier: &Value) -> String {
    let refused = browser.submit_dossier(KEY, dossier).await;
    let (status, kind, problem) = whole_problem_of(refused).await;
    assert_eq!((status, kind.as_str()), (422, "behalf-refused"));
    problem.detail.unwrap()
}

#[tokio::test]
async fn every_reason_against_filing_is_named() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let photo = browser.upload(&photo()).await;
    let changed = |field: &str, value: Value| {
        let mut behalf = paper(&world);
        behalf[field] = value;
        authorised(behalf, &photo)
    };
    let mut without_paper = authorised(paper(&world), &photo);
    without_paper["components"] = json!([]);
    let mut in_person = on_behalf(marriage(), paper(&world));
    in_person["components"] = json!([{ "component": AUTHORISATION, "uploads": [&photo] }]);

    let mut named = Vec::new();
    for (problem, dossier) in [
        (BehalfProblem::OtherPerson, extract_of(&HOA_HIMSELF)),
        (BehalfProblem::Oneself, on_behalf(extract(), json!({ "kind": "relative" }))),
        (BehalfProblem::NotAllowed, in_person),
        (BehalfProblem::Expired, changed("until", json!(day(&world, -1)))),
        (BehalfProblem::NotYet, changed("from", json!(day(&world, 1)))),
        (BehalfProblem::OtherAgent, changed("agent_number", json!(ANH))),
        (BehalfProblem::OutOfScope, changed("procedures", json!(["1.001193"]))),
        (BehalfProblem::NotANumber, changed("agent_number", json!("12"))),
        (BehalfProblem::PaperMissing, without_paper),
    ] {
        assert_eq!(reason(&browser, &dossier).await, problem.id());
        named.push(problem);
    }
    assert_eq!(named, BehalfProblem::ALL);
    // Nothing was made: neither a dossier nor an answer to the key, and the photo is still free.
    let made = sqlx::query("SELECT 1 FROM dossiers").fetch_all(&world.app.db).await.unwrap();
    assert!(made.is_empty());
    let key = browser.submit_dossier(KEY, &authorised(paper(&world), &photo)).await;
    assert_eq!(key.status(), 201);
}

#[tokio::test]
async fn a_component_without_a_file_is_no_paper() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let mut empty = on_behalf(extract_of(&HOA_HIMSELF), paper(&world));
    empty["components"] = json!([{ "component": AUTHORISATION, "uploads": [] }]);
    assert_eq!(reason(&browser, &empty).await, BehalfProblem::PaperMissing.id());
}

#[tokio::test]
async fn the_authorisation_is_bound_to_the_dossier() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let photo = browser.upload(&photo()).await;
    let mut behalf = paper(&world);
    behalf["procedures"] = json!(["2.000635", "1.001193"]);
    let receipt = browser.filed(&authorised(behalf.clone(), &photo)).await;
    let detail = receipt.dossier.detail.unwrap();
    assert_eq!((detail.behalf.as_str(), detail.consent), ("authorised", Consent::Waiting));
    let paper = detail.components.iter().find(|part| part.component == AUTHORISATION).unwrap();
    assert_eq!((paper.name.vi.as_str(), paper.files, paper.reused), ("Giấy ủy quyền", 1, false));
    assert!(motcua_backend::submission::files_are_stored(&world.app, &receipt.code).await.unwrap());

    let row = sqlx::query("SELECT component, upload FROM dossier_files WHERE dossier = ?1")
        .bind(receipt.code.as_str())
        .fetch_one(&world.app.db)
        .await
        .unwrap();
    assert_eq!(row.get::<String, _>("component"), AUTHORISATION);
    assert_eq!(json!(row.get::<String, _>("upload")), photo["id"]);
    let row = sqlx::query("SELECT authorisation FROM dossiers WHERE code = ?1")
        .bind(receipt.code.as_str())
        .fetch_one(&world.app.db)
        .await
        .unwrap();
    let kept: Value = serde_json::from_str(row.get("authorisation")).unwrap();
    behalf.as_object_mut().unwrap().remove("kind");
    assert_eq!(kept, behalf, "as it was written");
}

#[tokio::test]
async fn a_photo_of_an_authorisation_is_taken_only_with_one() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let photo = browser.upload(&photo()).await;
    let mut dossier = for_relative();
    dossier["components"] = json!([{ "component": AUTHORISATION, "uploads": [photo] }]);
    let (_, kind, problem) = whole_problem_of(browser.submit_dossier(KEY, &dossier).await).await;
    assert_eq!(kind, "upload-invalid");
    assert_eq!(problem.components, [AUTHORISATION]);
}

fn both_names(detail: &DossierDetail) -> (&str, &str) {
    (&detail.applicant_name, &detail.submitter_name)
}

#[tokio::test]
async fn applicant_and_submitter_are_both_named_and_kept_apart() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let receipt = browser.filed(&for_relative()).await;
    let names = ("Trần Văn Hoà", "Phạm Thị Thu Hương");
    assert_eq!(both_names(receipt.dossier.detail.as_ref().unwrap()), names);
    let tracked = browser.track(receipt.code.as_str()).await;
    assert_eq!(both_names(tracked.detail.as_ref().unwrap()), names);
    let keyed = world.visitor().call(Method::GET, &format!("/dossiers/{}", receipt.code));
    let keyed = keyed.header(DOSSIER_KEY_HEADER, &receipt.key).send().await.unwrap();
    let keyed: DossierView = keyed.json().await.unwrap();
    assert_eq!(both_names(keyed.detail.as_ref().unwrap()), names);
    // Who stands outside sees neither, nor that it was filed for somebody.
    let seen = world.visitor().track(receipt.code.as_str()).await;
    assert_eq!(seen.detail, None);

    let row = sqlx::query(
        "SELECT submitter_name, submitter_number, applicant_name, applicant FROM dossiers \
         WHERE code = ?1",
    )
    .bind(receipt.code.as_str())
    .fetch_one(&world.app.db)
    .await
    .unwrap();
    let column = |name: &str| row.get::<String, _>(name);
    assert_eq!((column("applicant_name").as_str(), column("submitter_name").as_str()), names);
    assert_eq!(column("submitter_number"), HUONG);
    let applicant: Value = serde_json::from_str(&column("applicant")).unwrap();
    let kept = json!({ "name": names.0, "citizen_number": HOA, "phone": "0912345678" });
    assert_eq!(applicant, kept);
}

#[tokio::test]
async fn who_is_asked_and_who_is_not() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let child =
        Person { name: "Phạm Minh Khang", birth_date: "2015-05-02", number: "030215004428" };
    for (kind, applicant, consent) in [
        ("relative", &HOA_HIMSELF, Consent::Waiting),
        ("counter", &HOA_HIMSELF, Consent::Waiting),
        ("ward", &child, Consent::NotAsked),
    ] {
        let dossier = on_behalf(extract_of(applicant), json!({ "kind": kind }));
        let detail = browser.filed(&dossier).await.dossier.detail.unwrap();
        assert_eq!((detail.behalf.as_str(), detail.consent), (kind, consent));
    }
    // Not said is for oneself.
    for dossier in [extract(), on_behalf(extract(), json!({ "kind": "myself" }))] {
        let detail = browser.filed(&dossier).await.dossier.detail.unwrap();
        assert_eq!((detail.behalf.as_str(), detail.consent), ("myself", Consent::NotAsked));
    }
    let notice = browser.upload(&photo()).await;
    let detail = browser.filed(&birth(&notice)).await.dossier.detail.unwrap();
    assert_eq!(detail.consent, Consent::NotAsked);
}

#[tokio::test]
async fn a_kind_that_does_not_exist_or_says_too_much_is_malformed() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    for behalf in [
        json!({ "kind": "neighbour" }),
        json!({ "kind": "authorised" }),
        json!({ "kind": "authorised", "agent_number": HUONG, "from": "yesterday" }),
    ] {
        let answer = browser.submit_dossier(KEY, &on_behalf(extract(), behalf.clone())).await;
        let (status, kind, _) = whole_problem_of(answer).await;
        assert_eq!((status, kind.as_str()), (400, "malformed-body"), "{behalf}");
    }
}
