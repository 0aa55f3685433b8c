//! Whatever is sent, the answer is a problem with a stable type, and never a page or a panic.

use crate::world::{HUONG, World, problem_of};
use reqwest::{Method, StatusCode, header};

#[tokio::test]
async fn broken_bodies_and_unknown_routes() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let post = |body: &'static str| {
        browser
            .call(Method::POST, "/dossiers")
            .header("Idempotency-Key", "\"a-key-of-the-tests-000\"")
            .header(header::CONTENT_TYPE, "application/json")
            .body(body)
            .send()
    };
    for body in
        ["", "{", "[]", "null", "{\"procedure\":\"x\"}", "{\"procedure\":\"2.000635\",\"extra\":1}"]
    {
        let answer = post(body).await.unwrap();
        assert_eq!(problem_of(answer).await, (400, "malformed-body".to_owned()), "{body}");
    }
    let huge = browser
        .call(Method::POST, "/dossiers")
        .header(header::CONTENT_TYPE, "application/json")
        .body("x".repeat(300_000))
        .send()
        .await
        .unwrap();
    assert_eq!(problem_of(huge).await, (413, "body-too-large".to_owned()));
    let unknown = browser.call(Method::GET, "/nothing").send().await.unwrap();
    assert_eq!(problem_of(unknown).await, (404, "not-found".to_owned()));
    let method = browser.call(Method::DELETE, "/procedures").send().await.unwrap();
    assert_eq!(problem_of(method).await, (405, "method-not-allowed".to_owned()));
    let code = browser.call(Method::GET, "/procedures/9.999999").send().await.unwrap();
    assert_eq!(problem_of(code).await, (404, "not-found".to_owned()));
}

#[tokio::test]
async fn a_change_without_our_header_or_from_another_origin_is_refused() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let address = format!("{}/api/v1/dossiers", world.origin);
    let bare = browser.http.post(&address).body("{}").send().await.unwrap();
    assert_eq!(problem_of(bare).await, (403, "missing-client-header".to_owned()));
    let foreign =
        browser.call(Method::POST, "/dossiers").header(header::ORIGIN, "https://evil.example");
    assert_eq!(problem_of(foreign.send().await.unwrap()).await.0, 403);
    let logout = browser.http.post(format!("{}/auth/logout", world.origin)).send().await.unwrap();
    assert_eq!(logout.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn every_procedure_and_the_document_are_served() {
    let world = World::open().await;
    let browser = world.visitor();
    let list: motcua_contract::catalogue::ProcedureList =
        browser.call(Method::GET, "/procedures").send().await.unwrap().json().await.unwrap();
    assert!(list.procedures.len() >= 12);
    for summary in &list.procedures {
        let path = format!("/procedures/{}", summary.code);
        let answer = browser.call(Method::GET, &path).send().await.unwrap();
        let procedure: motcua_domain::procedure::Procedure = answer.json().await.unwrap();
        assert_eq!(procedure.code, summary.code);
    }
    let document: serde_json::Value =
        browser.call(Method::GET, "/openapi.json").send().await.unwrap().json().await.unwrap();
    assert_eq!(document["openapi"], "3.1.0");
}
