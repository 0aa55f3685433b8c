//! Provinces and communes: as they are sent, and as an address is held to them.

use crate::world::{HUONG, World, extract, whole_problem_of};
use motcua_domain::units::Units;
use motcua_domain::validate::{FieldProblem, Problem};
use reqwest::{Method, StatusCode, header};
use serde_json::json;

#[tokio::test]
async fn every_province_is_sent_once_and_then_only_asked_about() {
    let world = World::open().await;
    let visitor = world.visitor();
    let answer = visitor.call(Method::GET, "/units").send().await.unwrap();
    let etag = answer.headers()[header::ETAG].clone();
    let units: Units = answer.json().await.unwrap();
    assert_eq!(units.provinces.len(), 34);
    assert!(units.provinces.iter().all(|province| !province.communes.is_empty()));
    assert_eq!(&units, world.app.catalogue.units());
    let home = &world.app.config.home;
    assert_eq!(units.find_home(&home.commune).unwrap().code, home.province);
    let again = visitor.call(Method::GET, "/units").header(header::IF_NONE_MATCH, etag);
    assert_eq!(again.send().await.unwrap().status(), StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn an_address_is_where_it_says() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    for (province, commune, wrong) in [
        // No such commune; one of An Giang; no such province; neither a code.
        ("31", "99999", vec!["applicant.residence.commune"]),
        ("31", "30337", vec!["applicant.residence.commune"]),
        ("99", "10804", vec!["applicant.residence.province", "applicant.residence.commune"]),
        (
            "Hải Phòng",
            "Kim Thành",
            vec!["applicant.residence.province", "applicant.residence.commune"],
        ),
    ] {
        let mut dossier = extract();
        dossier["answers"]["applicant.residence.province"] = json!(province);
        dossier["answers"]["applicant.residence.commune"] = json!(commune);
        let refused = browser.submit_dossier("a-key-of-the-tests-units", &dossier).await;
        let (status, kind, problem) = whole_problem_of(refused).await;
        assert_eq!((status, kind.as_str()), (422, "invalid-answers"));
        let expected: Vec<FieldProblem> = wrong
            .into_iter()
            .map(|question| FieldProblem {
                question: question.to_owned(),
                problem: Problem::NotAnOption,
            })
            .collect();
        assert_eq!(problem.fields, expected, "{province} {commune}");
    }
    let mut elsewhere = extract();
    elsewhere["answers"]["applicant.residence.province"] = json!("91");
    elsewhere["answers"]["applicant.residence.commune"] = json!("30337");
    browser.filed(&elsewhere).await;
}
