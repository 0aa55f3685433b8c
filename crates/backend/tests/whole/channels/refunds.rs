//! Money that goes back by a call, fault 31: asynchronous, refused, its answer lost, in part. Ordered
//! once, asked about until it is done, booked as the whole or not at all.

use super::Filed;
use crate::world::World;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use motcua_backend::payments::refunds;
use motcua_contract::ledger::Totals;
use motcua_contract::payments::AttemptView;
use motcua_contract::refunds::{RefundList, RefundView};
use motcua_domain::payment::AttemptState;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// A paid fee of a dossier that was refused: its money may go back.
async fn owed(filed: &Filed<'_>, refund: Value) -> AttemptView {
    filed.knobs(json!({ "refund": refund })).await;
    let attempt = filed.begin().await;
    filed.choose(&attempt, "success").await;
    filed.becomes(&attempt, AttemptState::Succeeded).await;
    let refused = json!({ "status": 3, "note": "x" });
    let dossier = format!("/dossiers/{}/status", filed.receipt.code);
    assert_eq!(filed.world.staff(&dossier, refused).await.status(), 200);
    attempt
}

async fn order(filed: &Filed<'_>, attempt: &AttemptView) -> reqwest::Response {
    let path = format!("/payments/{}/refund", attempt.token);
    filed.world.staff(&path, json!({ "reason": "x" })).await
}

/// Lets the backend ask until the attempt is in this state.
async fn settles(filed: &Filed<'_>, attempt: &AttemptView, state: AttemptState) {
    for _ in 0..20 {
        if filed.show(attempt).await.state == state {
            return;
        }
        filed.world.app.clock.advance(3_600);
        refunds::sweep(&filed.world.app).await.unwrap();
    }
    panic!("{}: {:?}", filed.channel, filed.show(attempt).await.state);
}

/// What must still go back by the books, and whether they balance.
async fn owed_back(world: &World) -> (u64, bool) {
    let path = "/totals?from=2020-01-01&to=2099-12-31";
    let totals: Totals = world.staff_get(path).await.json().await.unwrap();
    (totals.owed_back.0, totals.balanced)
}

/// Amount and end of the refunds in the gateway's book.
async fn given(filed: &Filed<'_>) -> Vec<(Value, Value)> {
    let refunds = filed.order().await["refunds"].clone();
    let both = |refund: &Value| (refund["amount"].clone(), refund["done"].clone());
    refunds.as_array().unwrap().iter().map(both).collect()
}

#[tokio::test]
async fn fault_31_asynchronous_it_goes_back_once_when_the_wallet_takes_its_time() {
    for channel in ["momo", "zalopay"] {
        let world = World::open().await;
        let filed = Filed::at(&world, channel).await;
        let attempt = owed(&filed, json!({ "pending": 1 })).await;
        for _ in 0..2 {
            let ordered: RefundView = order(&filed, &attempt).await.json().await.unwrap();
            assert_eq!(ordered.state, AttemptState::RefundPending, "{channel}");
        }
        assert_eq!(owed_back(&world).await, (16_000, true), "{channel}: not before it went back");
        settles(&filed, &attempt, AttemptState::Refunded).await;
        assert_eq!(given(&filed).await, [(json!(16_000), json!(true))], "{channel}");
        assert_eq!(owed_back(&world).await, (0, true), "{channel}");
    }
}

#[tokio::test]
async fn fault_31_refused_it_is_still_owed_and_ordered_anew_under_a_new_number() {
    for channel in ["momo", "zalopay"] {
        let world = World::open().await;
        let filed = Filed::at(&world, channel).await;
        let attempt = owed(&filed, json!("refused")).await;
        assert_eq!(order(&filed, &attempt).await.status(), 200, "{channel}");
        settles(&filed, &attempt, AttemptState::RefundDue).await;
        let list: RefundList = world.staff_get("/refunds").await.json().await.unwrap();
        let [due] = &list.refunds[..] else { panic!("{channel}: {list:?}") };
        assert_eq!((due.refused, due.differs), (1, false), "{channel}");
        assert!(due.code.is_some(), "{channel}: the gateway's code");
        assert_eq!(owed_back(&world).await, (16_000, true), "{channel}");

        filed.knobs(json!({ "reference": filed.reference().await })).await;
        assert_eq!(order(&filed, &attempt).await.status(), 200, "{channel}");
        settles(&filed, &attempt, AttemptState::Refunded).await;
        let refunds = filed.order().await["refunds"].clone();
        let [first, second] = &refunds.as_array().unwrap()[..] else { panic!("{refunds}") };
        assert_ne!(first["reference"], second["reference"], "{channel}");
        assert_eq!((&first["done"], &second["done"]), (&json!(false), &json!(true)), "{channel}");
        assert_eq!(owed_back(&world).await, (0, true), "{channel}");
    }
}

/// A line to a gateway that loses the first answer to a refund.
struct Line {
    gateway: String,
    orders: Arc<AtomicU32>,
}

async fn carry(State(line): State<Arc<Line>>, uri: Uri, sent: HeaderMap, body: String) -> Response {
    let call = reqwest::Client::new().post(format!("{}{uri}", line.gateway)).body(body);
    let kind = sent.get(header::CONTENT_TYPE).unwrap().clone();
    let answer = call.header(header::CONTENT_TYPE, kind).send().await.unwrap();
    let is_order = uri.path().ends_with("/refund");
    if is_order && line.orders.fetch_add(1, Ordering::Relaxed) == 0 {
        return StatusCode::GATEWAY_TIMEOUT.into_response();
    }
    answer.text().await.unwrap().into_response()
}

/// Puts such a line in front of a gateway, which counts the orders; gives what the backend is to call.
fn losing(gateway: &str, orders: &Arc<AtomicU32>) -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let listener = tokio::net::TcpListener::from_std(listener).unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let line = Line { gateway: gateway.to_owned(), orders: Arc::clone(orders) };
    let router = Router::new().fallback(carry).with_state(Arc::new(line));
    tokio::spawn(async move { axum::serve(listener, router).await });
    origin
}

#[tokio::test]
async fn fault_31_its_answer_lost_it_is_asked_about_and_not_told_twice() {
    for channel in ["momo", "zalopay"] {
        let orders = Arc::default();
        let world = World::open_with(|settings| match channel {
            "momo" => settings.momo_url = losing(&settings.momo_url, &orders),
            _ => settings.zalopay_url = losing(&settings.zalopay_url, &orders),
        })
        .await;
        let filed = Filed::at(&world, channel).await;
        let attempt = owed(&filed, json!("ok")).await;
        assert_eq!(order(&filed, &attempt).await.status(), 503, "{channel}");
        assert_eq!(owed_back(&world).await, (16_000, true), "{channel}: nobody knows yet");
        settles(&filed, &attempt, AttemptState::Refunded).await;
        assert_eq!(orders.load(Ordering::Relaxed), 1, "{channel}");
        assert_eq!(given(&filed).await, [(json!(16_000), json!(true))], "{channel}");
        assert_eq!(owed_back(&world).await, (0, true), "{channel}");
    }
}

#[tokio::test]
async fn fault_31_in_part_it_is_never_booked_as_the_whole() {
    for channel in ["vnpay", "momo"] {
        let world = World::open().await;
        let filed = Filed::at(&world, channel).await;
        let attempt = owed(&filed, json!("partial")).await;
        // MoMo says so at once, and is not believed; VNPAY says so when it is asked.
        order(&filed, &attempt).await;
        for _ in 0..20 {
            world.app.clock.advance(3_600);
            refunds::sweep(&world.app).await.unwrap();
        }
        let list: RefundList = world.staff_get("/refunds").await.json().await.unwrap();
        let [held] = &list.refunds[..] else { panic!("{channel}: {list:?}") };
        assert_eq!((held.state, held.differs), (AttemptState::RefundPending, true), "{channel}");
        assert_eq!(owed_back(&world).await, (16_000, true), "{channel}");
        assert_eq!(order(&filed, &attempt).await.status(), 409, "{channel}: not told again");

        // Staff gave the rest by a transfer.
        let path = format!("/payments/{}/refund/by-hand", attempt.token);
        let rest = json!({ "reference": "FT7" });
        assert_eq!(world.staff(&path, rest.clone()).await.status(), 200, "{channel}");
        assert_eq!(filed.show(&attempt).await.state, AttemptState::Refunded, "{channel}");
        assert_eq!(owed_back(&world).await, (0, true), "{channel}");
        assert_eq!(world.staff(&path, rest).await.status(), 409, "{channel}: once");
    }
}
