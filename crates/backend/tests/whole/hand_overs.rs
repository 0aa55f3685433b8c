//! Handing a draft over: one taker, ten minutes (a slip three days), sealed parts as they were put, no
//! guessing.

use crate::world::{Browser, World, problem_of};
use motcua_contract::hand_overs::{
    HAND_OVER_TOKEN_HEADER, HandOverClaimed, HandOverOpened, HandOverView, LIFETIME, SLIP_LIFETIME,
};
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};

async fn ask(who: &Browser<'_>, method: Method, path: &str, token: &str, body: Value) -> Response {
    let call = who.call(method, path).header(HAND_OVER_TOKEN_HEADER, token);
    let call = if body.is_null() { call } else { call.json(&body) };
    call.send().await.unwrap()
}

async fn open_for(who: &Browser<'_>, asked: Value) -> HandOverOpened {
    let answer = who.call(Method::POST, "/hand-overs").json(&asked).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::CREATED);
    answer.json().await.unwrap()
}

async fn open(who: &Browser<'_>) -> HandOverOpened {
    open_for(who, json!({"purpose": "device"})).await
}

async fn claim(who: &Browser<'_>, claim: Value) -> Response {
    who.call(Method::POST, "/hand-overs/claims").json(&claim).send().await.unwrap()
}

async fn put(who: &Browser<'_>, opened: &HandOverOpened, part: u32, bytes: &[u8]) -> StatusCode {
    let path = format!("/hand-overs/{}/parts/{part}", opened.slot);
    let call = who.call(Method::POST, &path).header(HAND_OVER_TOKEN_HEADER, &opened.token);
    call.body(bytes.to_vec()).send().await.unwrap().status()
}

async fn view(who: &Browser<'_>, slot: &str, token: &str) -> HandOverView {
    let path = format!("/hand-overs/{slot}");
    ask(who, Method::GET, &path, token, Value::Null).await.json().await.unwrap()
}

#[tokio::test]
async fn parts_arrive_as_they_were_put_and_are_gone_once_taken() {
    let world = World::open().await;
    let (giver, taker) = (world.visitor(), world.visitor());
    let opened = open(&giver).await;
    assert_eq!(opened.code.len(), 6);
    let slot = &opened.slot;
    assert_eq!(put(&giver, &opened, 0, b"sealed").await, StatusCode::NO_CONTENT);
    assert_eq!(put(&giver, &opened, 1, &[0, 255, 7]).await, StatusCode::NO_CONTENT);

    let early = json!({"parts": 3});
    let path = format!("/hand-overs/{slot}/close");
    let short = ask(&giver, Method::POST, &path, &opened.token, early).await;
    assert_eq!(problem_of(short).await.0, 400);
    let closed = ask(&giver, Method::POST, &path, &opened.token, json!({"parts": 2})).await;
    assert_eq!(closed.status(), StatusCode::NO_CONTENT);

    let claimed: HandOverClaimed = claim(&taker, json!({"slot": slot})).await.json().await.unwrap();
    let seen = view(&taker, slot, &claimed.token).await;
    assert_eq!((seen.claimed, seen.taken, seen.parts), (true, false, Some(2)));
    let part = format!("/hand-overs/{slot}/parts/1");
    let bytes = ask(&taker, Method::GET, &part, &claimed.token, Value::Null).await;
    assert_eq!(bytes.bytes().await.unwrap().as_ref(), &[0, 255, 7]);

    let end = format!("/hand-overs/{slot}");
    let ended = ask(&taker, Method::DELETE, &end, &claimed.token, Value::Null).await;
    assert_eq!(ended.status(), StatusCode::NO_CONTENT);
    assert!(view(&giver, slot, &opened.token).await.taken);
    let gone = ask(&taker, Method::GET, &part, &claimed.token, Value::Null).await;
    assert_eq!(gone.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn only_the_first_claim_counts_and_only_its_sides_are_heard() {
    let world = World::open().await;
    let (giver, taker, stranger) = (world.visitor(), world.visitor(), world.visitor());
    let opened = open(&giver).await;
    let claimed: HandOverClaimed =
        claim(&taker, json!({"code": opened.code})).await.json().await.unwrap();
    assert_eq!(claimed.slot, opened.slot);
    for second in [json!({"code": opened.code}), json!({"slot": opened.slot})] {
        assert_eq!(claim(&stranger, second).await.status(), StatusCode::GONE);
    }
    let messages = format!("/hand-overs/{}/messages", opened.slot);
    for (who, token, message) in
        [(&giver, &opened.token, "commit"), (&taker, &claimed.token, "key")]
    {
        let told = ask(who, Method::POST, &messages, token, json!({"message": message})).await;
        assert_eq!(told.status(), StatusCode::NO_CONTENT);
    }
    assert_eq!(view(&giver, &opened.slot, &opened.token).await.heard, ["key"]);
    assert_eq!(view(&taker, &opened.slot, &claimed.token).await.heard, ["commit"]);
    let forged = ask(&stranger, Method::POST, &messages, "x", json!({"message": "m"})).await;
    assert_eq!(forged.status(), StatusCode::FORBIDDEN);
    // The taker puts nothing, the giver takes nothing.
    let part = format!("/hand-overs/{}/parts/0", opened.slot);
    let put = ask(&taker, Method::POST, &part, &claimed.token, json!({})).await;
    assert_eq!(put.status(), StatusCode::FORBIDDEN);
    let got = ask(&giver, Method::GET, &part, &opened.token, Value::Null).await;
    assert_eq!(got.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn after_ten_minutes_there_is_nothing() {
    let world = World::open().await;
    let giver = world.visitor();
    let opened = open(&giver).await;
    assert_eq!(put(&giver, &opened, 0, b"sealed").await, StatusCode::NO_CONTENT);
    world.app.clock.advance(LIFETIME + 1);
    assert_eq!(claim(&giver, json!({"slot": opened.slot})).await.status(), StatusCode::GONE);
    assert_eq!(put(&giver, &opened, 1, b"late").await, StatusCode::GONE);
    motcua_backend::hand_overs::remove_expired(&world.app).await.unwrap();
    let left = sqlx::query("SELECT 1 FROM hand_over_parts").fetch_all(&world.app.db).await.unwrap();
    assert!(left.is_empty());
}

#[tokio::test]
async fn digits_cannot_be_guessed_and_parts_are_bounded() {
    let world = World::open().await;
    let (giver, guesser) = (world.visitor(), world.visitor());
    let opened = open(&giver).await;
    assert_eq!(
        put(&giver, &opened, 0, &vec![0; 1024 * 1024 + 65]).await,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    assert_eq!(put(&giver, &opened, 64, b"x").await, StatusCode::PAYLOAD_TOO_LARGE);
    let wrong = if opened.code == "000000" { "000001" } else { "000000" };
    for _ in 0..10 {
        assert_eq!(claim(&guesser, json!({"code": wrong})).await.status(), StatusCode::GONE);
    }
    let right = claim(&guesser, json!({"code": opened.code})).await;
    assert_eq!(right.status(), StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn a_hundred_guesses_at_once_are_counted_like_a_hundred_in_a_row() {
    let world = World::open().await;
    let (giver, guesser) = (world.visitor(), world.visitor());
    let opened = open(&giver).await;
    let wrong = if opened.code == "000000" { "000001" } else { "000000" };
    let guesses = (0..100).map(|_| claim(&guesser, json!({"code": wrong})));
    let answers = futures_util::future::join_all(guesses).await;
    let count = |status| answers.iter().filter(|answer| answer.status() == status).count();
    assert_eq!((count(StatusCode::GONE), count(StatusCode::TOO_MANY_REQUESTS)), (10, 90));
    // Ten minutes later they may try again; the other's hand-over is gone by then.
    world.app.clock.advance(LIFETIME + 1);
    assert_eq!(claim(&guesser, json!({"code": wrong})).await.status(), StatusCode::GONE);
}

#[tokio::test]
async fn a_slip_has_no_digits_and_is_claimed_once_by_its_link() {
    let world = World::open().await;
    let (giver, counter) = (world.visitor(), world.visitor());
    // Several at once: having no digits, they do not stand in each other's way.
    let other = open_for(&giver, json!({"purpose": "slip"})).await;
    let slip = open_for(&giver, json!({"purpose": "slip"})).await;
    assert_eq!((slip.code.as_str(), other.code.as_str()), ("", ""));
    assert_ne!(slip.slot, other.slot);
    assert_eq!(claim(&counter, json!({"code": ""})).await.status(), StatusCode::GONE);
    assert!(!view(&giver, &slip.slot, &slip.token).await.claimed);

    let claimed = claim(&counter, json!({"slot": slip.slot})).await;
    assert_eq!(claimed.json::<HandOverClaimed>().await.unwrap().slot, slip.slot);
    assert!(view(&giver, &slip.slot, &slip.token).await.claimed);
    assert!(!view(&giver, &other.slot, &other.token).await.claimed);
    let again = claim(&world.visitor(), json!({"slot": slip.slot})).await;
    assert_eq!(problem_of(again).await, (410, "hand-over-gone".to_owned()));
}

#[tokio::test]
async fn a_slip_lives_three_days() {
    let world = World::open().await;
    let (giver, counter) = (world.visitor(), world.visitor());
    let slip = open_for(&giver, json!({"purpose": "slip"})).await;
    assert_eq!(slip.expires_at - world.app.clock.now().0, SLIP_LIFETIME);
    assert_eq!(SLIP_LIFETIME, 3 * 24 * 3_600);
    assert_eq!(put(&giver, &slip, 0, b"sealed").await, StatusCode::NO_CONTENT);
    world.app.clock.advance(SLIP_LIFETIME - 60);
    motcua_backend::hand_overs::remove_expired(&world.app).await.unwrap();
    let claimed = claim(&counter, json!({"slot": slip.slot})).await;
    let claimed: HandOverClaimed = claimed.json().await.unwrap();
    let part = format!("/hand-overs/{}/parts/0", slip.slot);
    let bytes = ask(&counter, Method::GET, &part, &claimed.token, Value::Null).await;
    assert_eq!(bytes.bytes().await.unwrap().as_ref(), b"sealed");
    world.app.clock.advance(61);
    let late = ask(&counter, Method::GET, &part, &claimed.token, Value::Null).await;
    assert_eq!(problem_of(late).await, (410, "hand-over-gone".to_owned()));
}

#[tokio::test]
async fn what_a_hand_over_is_for_is_said_or_it_is_for_a_device() {
    let world = World::open().await;
    let giver = world.visitor();
    let opened = open_for(&giver, json!({})).await;
    assert_eq!((opened.code.len(), opened.expires_at - world.app.clock.now().0), (6, LIFETIME));
    let unknown = giver.call(Method::POST, "/hand-overs").json(&json!({"purpose": "fax"}));
    let unknown = unknown.send().await.unwrap();
    assert_eq!(problem_of(unknown).await, (400, "malformed-body".to_owned()));
}
