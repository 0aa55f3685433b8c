//! Papers that were handed in once serve again: for the same person, by consent, and are counted.

use crate::files::photo;
use crate::world::{ANH, Browser, HUONG, World, birth, problem_of, whole_problem_of};
use motcua_contract::papers::{KeptPaper, PaperList, ReuseFigures};
use motcua_domain::reuse::{PaperOrigin, Reuse};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const STAFF: &str = crate::world::STAFF_TOKEN;

async fn papers(browser: &Browser<'_>) -> Vec<KeptPaper> {
    let answer = browser.call(Method::GET, "/papers").send().await.unwrap();
    answer.json::<PaperList>().await.unwrap().papers
}

/// The same birth again, with a kept paper in the place of the photo.
fn again(paper: &str) -> Value {
    let mut dossier = birth(&json!(null));
    let reused = json!([{ "paper": paper, "consented_at": 1_764_000_000 }]);
    dossier["components"] =
        json!([{ "component": "birth_notice", "uploads": [], "reused": reused }]);
    dossier
}

async fn filed_once(browser: &Browser<'_>) -> (String, KeptPaper) {
    let receipt = browser.filed(&birth(&browser.upload(&photo()).await)).await;
    let [only] = <[KeptPaper; 1]>::try_from(papers(browser).await).unwrap();
    (receipt.code.to_string(), only)
}

#[tokio::test]
async fn a_paper_of_an_earlier_dossier_serves_again_and_the_dossier_says_so() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let (code, kept) = filed_once(&browser).await;
    assert_eq!((kept.kind.as_str(), kept.origin), ("birth_notice", PaperOrigin::Component));
    assert_eq!((kept.owner.as_str(), kept.dossier.to_string()), (HUONG, code));

    let second = browser.filed(&again(&kept.id)).await;
    let detail = second.dossier.detail.unwrap();
    let notice = detail.components.iter().find(|part| part.component == "birth_notice").unwrap();
    assert_eq!((notice.files, notice.flags.reuse), (0, Reuse::Reused));
    assert!(notice.flags.digitised && !notice.flags.from_national_store);
    // A paper that came from the list is not in it twice.
    assert_eq!(papers(&browser).await.len(), 1);
}

#[tokio::test]
async fn the_file_comes_back_as_it_is_kept_and_only_to_its_citizen() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let (_, kept) = filed_once(&browser).await;
    let address = format!("/papers/{}", kept.id);
    let answer = browser.call(Method::GET, &address).send().await.unwrap();
    let headers = answer.headers().clone();
    assert!(headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    assert_eq!(headers["x-content-type-options"], "nosniff");
    assert_eq!(headers["content-type"], "image/jpeg");
    assert_eq!(answer.bytes().await.unwrap().len() as u64, kept.size);

    let other = world.citizen(ANH).await;
    assert!(papers(&other).await.is_empty());
    let refused = other.call(Method::GET, &address).send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::NOT_FOUND);
    let stranger = world.visitor().call(Method::GET, "/papers").send().await.unwrap();
    assert_eq!(problem_of(stranger).await, (401, "sign-in-required".to_owned()));
}

#[tokio::test]
async fn what_does_not_fit_is_refused_by_its_reason_and_nothing_is_made() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let (_, kept) = filed_once(&browser).await;

    // The dossier is about another person now.
    let mut other_person = again(&kept.id);
    other_person["answers"]["applicant.citizen_number"] = json!("031161004511");
    other_person["answers"]["applicant.birth_date"] = json!("1961-09-02");
    other_person["behalf"] = json!({ "kind": "relative" });
    // Nothing like it is known.
    let unknown = again("AAAAAAAAAAAAAAAAAAAAAA");
    // Papers of this kind never serve again.
    let mut never = again(&kept.id);
    never["components"][0]["component"] = json!("no_such_component");
    for (name, dossier) in [("unknown", unknown), ("never", never)] {
        let refused = browser.submit_dossier(&format!("key-of-the-test-{name}"), &dossier).await;
        let (status, kind, _) = whole_problem_of(refused).await;
        assert!([409, 422].contains(&status), "{name}: {status} {kind}");
    }
    let refused = browser.submit_dossier("key-of-the-test-other", &other_person).await;
    assert!(refused.status().is_client_error());

    // Another citizen cannot use it, even knowing its id.
    let other = world.citizen(ANH).await;
    let mut theirs = again(&kept.id);
    theirs["behalf"] = json!({ "kind": "relative" });
    let refused = other.submit_dossier("key-of-the-test-theirs", &theirs).await;
    let (_, kind, problem) = whole_problem_of(refused).await;
    assert_eq!(kind, "upload-invalid");
    assert_eq!(problem.components, ["birth_notice"]);
    assert_eq!(papers(&browser).await.len(), 1);
}

#[tokio::test]
async fn a_result_is_kept_for_its_citizen() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let (code, _) = filed_once(&browser).await;
    let add = |query: &str, bytes: Vec<u8>| {
        reqwest::Client::new()
            .post(format!("{}/api/v1/staff/dossiers/{code}/result{query}", world.origin))
            .bearer_auth(STAFF)
            .body(bytes)
            .send()
    };
    let nameless = add("?number=", photo()).await.unwrap();
    assert_eq!(problem_of(nameless).await, (400, "malformed-body".to_owned()));
    let huge = add("?number=12", vec![0; 12 * 1024 * 1024 + 1]).await.unwrap();
    assert_eq!(problem_of(huge).await, (413, "body-too-large".to_owned()));
    // Larger than other bodies may be: it is looked at.
    let large = add("?number=12", vec![0; 3 * 1024 * 1024]).await.unwrap();
    assert_eq!(large.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let strange = add("?number=12", b"MZ program".to_vec()).await.unwrap();
    assert_eq!(strange.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let added = add("?number=12%2F2026%2FKS", photo()).await.unwrap();
    assert_eq!(added.status(), StatusCode::CREATED);
    let listed = papers(&browser).await;
    let result = listed.iter().find(|paper| paper.origin == PaperOrigin::Result).unwrap();
    assert_eq!(result.number.as_deref(), Some("12/2026/KS"));
    assert_eq!(result.kind, "result-1.001193");
}

#[tokio::test]
async fn the_rate_that_could_not_be_counted_is_counted() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let count = async |period: &str| {
        let address = format!("{}/api/v1/staff/figures/reuse?{period}", world.origin);
        reqwest::Client::new().get(address).bearer_auth(STAFF).send().await.unwrap()
    };
    let (_, kept) = filed_once(&browser).await;
    browser.filed(&again(&kept.id)).await;
    let figures: ReuseFigures = count("from=2020-01-01&to=2099-12-31").await.json().await.unwrap();
    // In both the identity card is looked up by the office, which counts as used again.
    assert_eq!((figures.dossiers.part, figures.dossiers.whole), (2, 2));
    assert_eq!(figures.dossiers.hundredths(), Some(10_000));
    assert_eq!(figures.replaced_components, 0);
    let none: ReuseFigures = count("from=2020-01-01&to=2020-01-02").await.json().await.unwrap();
    assert_eq!(none.dossiers.hundredths(), None);
    let backwards = count("from=2026-02-01&to=2026-01-01").await;
    assert_eq!(problem_of(backwards).await, (400, "malformed-body".to_owned()));
}
