//! Messages to citizens: written with what they tell of, brought by the office's service, tried again, not
//! sent at night, and not to who wants none.

use crate::turns::Turn;
use crate::world::{World, certified_copy};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use motcua_backend::outbox::send_due;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

/// The office's service: what it answers next, and what came.
#[derive(Clone, Default)]
struct Service {
    answers: Arc<Mutex<Vec<u16>>>,
    came: Arc<Mutex<Vec<Value>>>,
}

async fn take(
    State(service): State<Service>,
    headers: HeaderMap,
    Json(message): Json<Value>,
) -> StatusCode {
    assert_eq!(headers["authorization"], "Bearer token-of-the-service");
    service.came.lock().unwrap().push(message);
    let answer = service.answers.lock().unwrap().pop().unwrap_or(202);
    StatusCode::from_u16(answer).unwrap()
}

async fn stage() -> (World, Service) {
    let service = Service::default();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/send", listener.local_addr().unwrap());
    let router = Router::new().route("/send", post(take)).with_state(service.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let world = World::open_with(|settings| {
        settings.message_url = Some(url);
        settings.message_token = Some("token-of-the-service".parse().unwrap());
    })
    .await;
    (world, service)
}

#[tokio::test]
async fn a_message_that_the_service_does_not_take_comes_again_under_its_id() {
    let (world, service) = stage().await;
    let turn = Turn::of(&world, &certified_copy()).await;
    turn.staff("intake", json!({})).await;
    *service.answers.lock().unwrap() = vec![503];
    assert_eq!(send_due(&world.app).await.unwrap(), 0);
    // Not at once.
    assert_eq!(send_due(&world.app).await.unwrap(), 0);
    assert_eq!(service.came.lock().unwrap().len(), 1);
    world.app.clock.advance(60);
    assert_eq!(send_due(&world.app).await.unwrap(), 1);
    let came = service.came.lock().unwrap().clone();
    assert_eq!(
        (came[0]["id"].clone(), came[0]["to"].clone()),
        (came[1]["id"].clone(), json!("0912345678"))
    );
    assert!(came[1]["text"].as_str().unwrap().contains(turn.code()));
    world.app.clock.advance(3_600);
    assert_eq!(send_due(&world.app).await.unwrap(), 0);
}

#[tokio::test]
async fn what_the_service_refuses_is_given_up_and_what_never_goes_through_too() {
    let (world, service) = stage().await;
    let turn = Turn::of(&world, &certified_copy()).await;
    turn.staff("intake", json!({})).await;
    *service.answers.lock().unwrap() = vec![400];
    assert_eq!(send_due(&world.app).await.unwrap(), 0);
    world.app.clock.advance(3_600);
    assert_eq!(send_due(&world.app).await.unwrap(), 0);
    assert_eq!(service.came.lock().unwrap().len(), 1);

    turn.staff(
        "supplement",
        json!({ "items": [{ "id": "1", "title": "x", "reason": "y",
        "ask": { "kind": "answer" } }] }),
    )
    .await;
    *service.answers.lock().unwrap() = vec![503; 20];
    for _ in 0..10 {
        send_due(&world.app).await.unwrap();
        world.app.clock.advance(3_600);
    }
    // The first, and five tries of the second.
    assert_eq!(service.came.lock().unwrap().len(), 6);
}

#[tokio::test]
async fn nobody_is_woken_and_nobody_told_who_does_not_want_it() {
    let (world, service) = stage().await;
    let turn = Turn::of(&world, &certified_copy()).await;
    // 22:00 in Vietnam.
    world.app.clock.advance(12 * 3_600);
    turn.staff("intake", json!({})).await;
    assert_eq!(send_due(&world.app).await.unwrap(), 0);
    let off = turn.citizen("messages", json!({ "wanted": false })).await;
    assert_eq!(crate::turns::turns_of(&off).messages, Some(false));
    world.app.clock.advance(9 * 3_600);
    assert_eq!(send_due(&world.app).await.unwrap(), 0);
    turn.staff("processing", json!({})).await;
    turn.staff("apology", json!({ "day": "2026-12-07", "reason": "x" })).await;
    assert_eq!(send_due(&world.app).await.unwrap(), 0);
    // A code that was asked for comes all the same.
    let path = format!("/dossiers/{}/passes", turn.code());
    world.visitor().call(reqwest::Method::POST, &path).send().await.unwrap();
    assert_eq!(send_due(&world.app).await.unwrap(), 1);
    assert_eq!(service.came.lock().unwrap().len(), 1);
}
