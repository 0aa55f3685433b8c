//! Giving money back: ordered by staff, once, asked about until it is done; by hand where no call does
//! it. Judged from the ledger.

use crate::world::{Browser, HUONG, World, extract, problem_of};
use motcua_contract::dossiers::DossierReceipt;
use motcua_contract::ledger::Totals;
use motcua_contract::payments::AttemptView;
use motcua_contract::refunds::{RefundList, RefundView};
use motcua_domain::payment::{AttemptState, FeeState};
use reqwest::{Method, Response};
use serde_json::{Value, json};
use std::time::Duration;

async fn begun(browser: &Browser<'_>, receipt: &DossierReceipt, channel: &str) -> AttemptView {
    let fee = &receipt.dossier.detail.as_ref().unwrap().fees[0].id;
    let response = browser
        .call(Method::POST, &format!("/dossiers/{}/fees/{fee}/attempts", receipt.code))
        .header("Idempotency-Key", format!("\"refunds-of-the-tests-{channel}\""))
        .json(&json!({ "channel": channel, "language": "vi" }))
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 201);
    response.json().await.unwrap()
}

async fn look(world: &World, token: &str) -> AttemptView {
    let path = format!("/payments/{token}");
    world.visitor().call(Method::GET, &path).send().await.unwrap().json().await.unwrap()
}

/// A dossier whose fee was paid by VNPAY.
async fn paid(world: &World) -> (Browser<'_>, DossierReceipt, AttemptView) {
    let browser = world.citizen(HUONG).await;
    let receipt = browser.filed(&extract()).await;
    let attempt = begun(&browser, &receipt, "vnpay").await;
    let page = browser.follow(attempt.pay_url.as_ref().unwrap()).await;
    let token = page.split_once("token=").unwrap().1.to_owned();
    let form = [("token", token.as_str()), ("outcome", "success")];
    let next = browser.submit(&format!("{}/_simulator/outcome", world.vnpay), &form).await;
    browser.follow(&next).await;
    for _ in 0..40 {
        if look(world, &attempt.token).await.state == AttemptState::Succeeded {
            return (browser, receipt, attempt);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("not paid");
}

async fn order(world: &World, token: &str) -> Response {
    let reason = json!({ "reason": "Hồ sơ không được tiếp nhận" });
    world.staff(&format!("/payments/{token}/refund"), reason).await
}

async fn refuse(world: &World, receipt: &DossierReceipt) {
    let refused = world
        .staff(&format!("/dossiers/{}/status", receipt.code), json!({ "status": 3, "note": "x" }))
        .await;
    assert_eq!(refused.status(), 200, "{:?}", refused.text().await);
}

async fn owed(world: &World) -> (u64, bool) {
    let path = "/totals?from=2020-01-01&to=2099-12-31";
    let totals: Totals = world.staff_get(path).await.json().await.unwrap();
    (totals.owed_back.0, totals.balanced)
}

#[tokio::test]
async fn fault_31_money_goes_back_only_when_the_dossier_came_to_nothing_and_once() {
    let world = World::open().await;
    let (browser, receipt, attempt) = paid(&world).await;
    let early = order(&world, &attempt.token).await;
    assert_eq!(problem_of(early).await, (409, "wrong-status".to_owned()));
    assert_eq!(owed(&world).await, (0, true));

    refuse(&world, &receipt).await;
    let ordered: RefundView = order(&world, &attempt.token).await.json().await.unwrap();
    assert_eq!((ordered.state, ordered.amount.0), (AttemptState::RefundPending, 16_000));
    let again: RefundView = order(&world, &attempt.token).await.json().await.unwrap();
    assert_eq!((again.state, again.refused), (AttemptState::RefundPending, 0));
    let by_hand = json!({ "reference": "PC 12" });
    let path = format!("/payments/{}/refund/by-hand", attempt.token);
    let both = world.staff(&path, by_hand).await;
    assert_eq!(problem_of(both).await, (409, "wrong-status".to_owned()), "one way at a time");
    let fee = &browser.track(receipt.code.as_str()).await.detail.unwrap().fees[0];
    assert_eq!(fee.state, FeeState::Waived);
    assert_eq!(owed(&world).await, (16_000, true), "not before it went back");
}

#[tokio::test]
async fn fault_31_a_transfer_goes_back_by_hand_and_the_books_say_so() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let receipt = browser.filed(&extract()).await;
    let attempt = begun(&browser, &receipt, "vietqr").await;
    let words = attempt.transfer.unwrap().words;
    let table = format!("Ngày,Số tiền,Nội dung,Mã giao dịch\n26/11/2026 08:15,16000,{words},FT1\n");
    world.staff_text("/statements", table).await;
    refuse(&world, &receipt).await;
    let due: RefundView = order(&world, &attempt.token).await.json().await.unwrap();
    assert_eq!((due.state, due.by_call), (AttemptState::RefundDue, false));
    let list: RefundList = world.staff_get("/refunds").await.json().await.unwrap();
    assert_eq!(list.refunds, [due]);
    let path = format!("/payments/{}/refund/by-hand", attempt.token);
    let empty = world.staff(&path, json!({ "reference": " " })).await;
    assert_eq!(empty.status(), 400);
    let done: RefundView =
        world.staff(&path, json!({ "reference": "FT99" })).await.json().await.unwrap();
    assert_eq!(done.state, AttemptState::Refunded);
    assert_eq!(owed(&world).await, (0, true));
    let twice = world.staff(&path, json!({ "reference": "FT99" })).await;
    assert_eq!(problem_of(twice).await, (409, "wrong-status".to_owned()));
    assert_eq!(look(&world, &attempt.token).await.state, AttemptState::Refunded);
}

#[tokio::test]
async fn fault_14_paid_after_the_dossier_was_refused_it_goes_back() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let receipt = browser.filed(&extract()).await;
    let attempt = begun(&browser, &receipt, "vnpay").await;
    let page = browser.follow(attempt.pay_url.as_ref().unwrap()).await;
    refuse(&world, &receipt).await;
    let token = page.split_once("token=").unwrap().1.to_owned();
    let form = [("token", token.as_str()), ("outcome", "success")];
    browser.submit(&format!("{}/_simulator/outcome", world.vnpay), &form).await;
    let mut state = attempt.state;
    for _ in 0..40 {
        state = look(&world, &attempt.token).await.state;
        if state == AttemptState::RefundDue {
            break;
        }
        world.app.clock.advance(10);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(state, AttemptState::RefundDue);
    assert_eq!(owed(&world).await, (16_000, true));
}

#[tokio::test]
async fn fault_31_a_stranger_orders_nothing() {
    let world = World::open().await;
    let (browser, _, attempt) = paid(&world).await;
    let path = format!("/staff/payments/{}/refund", attempt.token);
    let body: Value = json!({ "reason": "x" });
    let refused = browser.call(Method::POST, &path).json(&body).send().await.unwrap();
    assert_eq!(problem_of(refused).await.0, 403);
}
