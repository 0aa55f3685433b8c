//! Paying: what the browser says proves nothing, what the gateway proves counts once, and nothing
//! that was paid is forgotten.

use crate::world::{Browser, HUONG, World, certified_copy, extract, problem_of};
use motcua_backend::payments::watch;
use motcua_contract::dossiers::DossierReceipt;
use motcua_contract::payments::AttemptView;
use motcua_domain::payment::{AttemptState, FailureReason, FeeState, HoldReason};
use reqwest::{Method, Response};
use serde_json::{Value, json};
use std::time::Duration;

async fn start(browser: &Browser<'_>, receipt: &DossierReceipt, key: &str) -> Response {
    let fee = &receipt.dossier.detail.as_ref().unwrap().fees[0].id;
    browser
        .call(Method::POST, &format!("/dossiers/{}/fees/{fee}/attempts", receipt.code))
        .header("Idempotency-Key", format!("\"attempt-of-the-tests-{key}\""))
        .json(&json!({ "channel": "vnpay", "language": "vi" }))
        .send()
        .await
        .unwrap()
}

async fn started(browser: &Browser<'_>, receipt: &DossierReceipt, key: &str) -> AttemptView {
    let response = start(browser, receipt, key).await;
    assert_eq!(response.status(), 201, "{:?}", response.text().await);
    response.json().await.unwrap()
}

async fn look(world: &World, token: &str) -> AttemptView {
    // Any browser: no cookie, no key.
    let path = format!("/payments/{token}");
    world.visitor().call(Method::GET, &path).send().await.unwrap().json().await.unwrap()
}

/// Looks until an attempt is in a state (the gateway is asked every ten seconds at most, so the
/// clock is moved on).
async fn becomes(world: &World, token: &str, state: AttemptState) -> AttemptView {
    for _ in 0..40 {
        let seen = look(world, token).await;
        if seen.state == state {
            return seen;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        world.app.clock.advance(10);
    }
    panic!("{token} is {:?}, not {state:?}", look(world, token).await);
}

/// Taps the pay link: leads to the gateway's page; gives the payment's token there.
async fn at_gateway(browser: &Browser<'_>, attempt: &AttemptView) -> String {
    let page = browser.follow(attempt.pay_url.as_ref().unwrap()).await;
    assert!(page.contains("/paymentv2/Transaction/PaymentMethod.html?token="), "{page}");
    page.split_once("token=").unwrap().1.to_owned()
}

/// Chooses an outcome on the gateway's page and follows wherever it leads.
async fn choose(browser: &Browser<'_>, token: &str, outcome: &str) -> String {
    let form = [("token", token), ("outcome", outcome)];
    let next = browser.submit(&format!("{}/_simulator/outcome", browser.world.vnpay), &form).await;
    browser.follow(&next).await
}

async fn knobs(world: &World, knobs: Value) {
    world.knob(format!("{}/_simulator/knobs", world.vnpay), knobs).await;
}

async fn filed(world: &World) -> (Browser<'_>, DossierReceipt) {
    let browser = world.citizen(HUONG).await;
    let receipt = browser.filed(&extract()).await;
    (browser, receipt)
}

async fn fee_state(browser: &Browser<'_>, receipt: &DossierReceipt) -> FeeState {
    browser.track(receipt.code.as_str()).await.detail.unwrap().fees[0].state
}

#[tokio::test]
async fn fault_04_the_notice_comes_before_the_return() {
    let world = World::open().await;
    let (browser, receipt) = filed(&world).await;
    assert_eq!(receipt.dossier.appointment, None, "the clock starts when the fee is paid");
    knobs(&world, json!({ "ipn": "before_return" })).await;
    let attempt = started(&browser, &receipt, "1").await;
    assert_eq!((attempt.state, attempt.amount.0), (AttemptState::Ready, 16_000));
    let token = at_gateway(&browser, &attempt).await;
    let landed = choose(&browser, &token, "success").await;
    assert_eq!(landed, format!("{}/thanh-toan/{}", world.origin, attempt.token));
    let seen = look(&world, &attempt.token).await;
    assert_eq!((seen.state, seen.fee_state), (AttemptState::Succeeded, FeeState::Paid));
    assert!(seen.gateway_reference.is_some() && seen.paid_at.is_some() && seen.pay_url.is_none());
    let tracked = browser.track(receipt.code.as_str()).await;
    assert!(tracked.appointment.is_some());
    assert_eq!(tracked.timeline.len(), 2);
}

#[tokio::test]
async fn fault_07_the_notice_comes_ten_times() {
    let world = World::open().await;
    let (browser, receipt) = filed(&world).await;
    knobs(&world, json!({ "ipn": { "dup": 10 } })).await;
    let attempt = started(&browser, &receipt, "1").await;
    let token = at_gateway(&browser, &attempt).await;
    choose(&browser, &token, "success").await;
    becomes(&world, &attempt.token, AttemptState::Succeeded).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let tracked = browser.track(receipt.code.as_str()).await;
    assert_eq!(tracked.timeline.len(), 2, "one payment, one step");
}

#[tokio::test]
async fn fault_01_and_06_no_return_and_no_notice() {
    let world = World::open().await;
    let (browser, receipt) = filed(&world).await;
    knobs(&world, json!({ "ipn": "never", "return": "never" })).await;
    let attempt = started(&browser, &receipt, "1").await;
    let token = at_gateway(&browser, &attempt).await;
    choose(&browser, &token, "success").await;
    assert_eq!(fee_state(&browser, &receipt).await, FeeState::Due);
    // Nobody looks; the watch asks once the attempt has run out.
    world.app.clock.advance(17 * 60);
    assert_eq!(watch::sweep(&world.app).await.unwrap(), 1);
    assert_eq!(fee_state(&browser, &receipt).await, FeeState::Paid);
}

#[tokio::test]
async fn an_attempt_that_was_never_opened_runs_out_and_is_watched_for_a_day() {
    let world = World::open().await;
    let (browser, receipt) = filed(&world).await;
    let attempt = started(&browser, &receipt, "1").await;
    world.app.clock.advance(17 * 60);
    watch::sweep(&world.app).await.unwrap();
    let seen = look(&world, &attempt.token).await;
    assert_eq!((seen.state, seen.pay_url), (AttemptState::Expired, None));
    world.app.clock.advance(24 * 3_600);
    assert_eq!(watch::sweep(&world.app).await.unwrap(), 1);
    world.app.clock.advance(48 * 3_600);
    assert_eq!(watch::sweep(&world.app).await.unwrap(), 0, "the watch ends");
    let seen = look(&world, &attempt.token).await;
    assert_eq!((seen.state, seen.fee_state), (AttemptState::Expired, FeeState::Due));
}

#[tokio::test]
async fn cancelled_can_be_tried_again() {
    let world = World::open().await;
    let (browser, receipt) = filed(&world).await;
    let attempt = started(&browser, &receipt, "1").await;
    let token = at_gateway(&browser, &attempt).await;
    choose(&browser, &token, "cancel").await;
    let seen = becomes(&world, &attempt.token, AttemptState::Failed).await;
    assert_eq!(seen.failure, Some(FailureReason::UserCancelled));
    // The dossier tells of it too.
    let fee = browser.track(receipt.code.as_str()).await.detail.unwrap().fees[0].clone();
    assert_eq!(
        (fee.payable, fee.attempt, fee.attempt_state),
        (true, Some(attempt.token.clone()), Some(AttemptState::Failed))
    );
    let second = started(&browser, &receipt, "2").await;
    assert_ne!(second.token, attempt.token);
    let token = at_gateway(&browser, &second).await;
    choose(&browser, &token, "success").await;
    becomes(&world, &second.token, AttemptState::Succeeded).await;
    let paid = start(&browser, &receipt, "3").await;
    assert_eq!(problem_of(paid).await, (409, "fee-not-payable".to_owned()));
}

#[tokio::test]
async fn every_refusal_of_the_gateway_has_its_reason() {
    for (outcome, reason) in [
        ("insufficient", FailureReason::InsufficientFunds),
        ("cancel", FailureReason::UserCancelled),
    ] {
        let world = World::open().await;
        let (browser, receipt) = filed(&world).await;
        let attempt = started(&browser, &receipt, "1").await;
        let token = at_gateway(&browser, &attempt).await;
        choose(&browser, &token, outcome).await;
        let seen = becomes(&world, &attempt.token, AttemptState::Failed).await;
        assert_eq!(seen.failure, Some(reason));
    }
}

#[tokio::test]
async fn a_reason_that_comes_after_the_refusal_is_taken() {
    let world = World::open().await;
    let (browser, receipt) = filed(&world).await;
    knobs(&world, json!({ "ipn": { "delay_ms": 600 } })).await;
    let attempt = started(&browser, &receipt, "1").await;
    let token = at_gateway(&browser, &attempt).await;
    choose(&browser, &token, "insufficient").await;
    // The gateway, asked, says only that it failed; its notice says why.
    let seen = look(&world, &attempt.token).await;
    assert_eq!(seen.failure, Some(FailureReason::Unexplained));
    for _ in 0..100 {
        if look(&world, &attempt.token).await.failure == Some(FailureReason::InsufficientFunds) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("no reason came");
}

#[tokio::test]
async fn fault_29_money_taken_under_suspicion_is_held() {
    let world = World::open().await;
    let (browser, receipt) = filed(&world).await;
    let attempt = started(&browser, &receipt, "1").await;
    let token = at_gateway(&browser, &attempt).await;
    choose(&browser, &token, "fraud").await;
    let seen = becomes(&world, &attempt.token, AttemptState::UnderReview).await;
    assert_eq!((seen.hold, seen.failure), (Some(HoldReason::SuspectedFraud), None));
    let second = start(&browser, &receipt, "2").await;
    assert_eq!(problem_of(second).await, (409, "fee-not-payable".to_owned()));
}

#[tokio::test]
async fn fault_09_and_10_a_forged_return_or_notice_pays_nothing_and_leaves_nothing() {
    let world = World::open().await;
    let (browser, receipt) = filed(&world).await;
    let attempt = started(&browser, &receipt, "1").await;
    at_gateway(&browser, &attempt).await;
    let forged = "vnp_ResponseCode=00&vnp_TransactionStatus=00&vnp_Amount=1600000";
    browser.follow(&format!("{}/pay/return/{}?{forged}", world.origin, attempt.token)).await;
    let ipn = format!("{}/pay/ipn/vnpay?{forged}&vnp_SecureHash=00", world.origin);
    let answer: Value = reqwest::get(ipn).await.unwrap().json().await.unwrap();
    assert_eq!(answer["RspCode"], "97");
    assert_ne!(look(&world, &attempt.token).await.state, AttemptState::Succeeded);
    assert_eq!(fee_state(&browser, &receipt).await, FeeState::Due);
}

#[tokio::test]
async fn fault_12_another_amount_is_held_and_answered_04() {
    let world = World::open().await;
    let (browser, receipt) = filed(&world).await;
    knobs(&world, json!({ "ipn": "wrong_amount", "return": "never", "query": "down" })).await;
    let attempt = started(&browser, &receipt, "1").await;
    let token = at_gateway(&browser, &attempt).await;
    choose(&browser, &token, "success").await;
    let seen = becomes(&world, &attempt.token, AttemptState::UnderReview).await;
    assert_eq!(seen.fee_state, FeeState::Due);

    let world = World::open().await;
    let (browser, receipt) = filed(&world).await;
    knobs(&world, json!({ "ipn": "bad_signature", "return": "never" })).await;
    let attempt = started(&browser, &receipt, "1").await;
    let token = at_gateway(&browser, &attempt).await;
    choose(&browser, &token, "success").await;
    // The notice proves nothing, but the gateway, asked, says paid.
    becomes(&world, &attempt.token, AttemptState::Succeeded).await;
}

#[tokio::test]
async fn a_gateway_that_is_down_leaves_everything_as_it_is() {
    let world = World::open().await;
    let (browser, receipt) = filed(&world).await;
    knobs(&world, json!({ "ipn": "never", "query": "down" })).await;
    let attempt = started(&browser, &receipt, "1").await;
    let token = at_gateway(&browser, &attempt).await;
    choose(&browser, &token, "success").await;
    assert_eq!(look(&world, &attempt.token).await.state, AttemptState::ReturnedUnverified);
    // No second attempt while nobody knows about the first.
    let second = start(&browser, &receipt, "2").await;
    assert_eq!(problem_of(second).await, (503, "gateway-unavailable".to_owned()));
}

#[tokio::test]
async fn fault_16_a_double_tap_makes_one_attempt() {
    let world = World::open().await;
    let (browser, receipt) = filed(&world).await;
    let first = started(&browser, &receipt, "1").await;
    assert_eq!(started(&browser, &receipt, "1").await.token, first.token);
    assert_eq!(started(&browser, &receipt, "2").await.token, first.token);
}

#[tokio::test]
async fn fault_15_two_pay_and_one_goes_back() {
    let world = World::open().await;
    let (browser, receipt) = filed(&world).await;
    knobs(&world, json!({ "ipn": "before_return" })).await;
    let first = started(&browser, &receipt, "1").await;
    let left_behind = at_gateway(&browser, &first).await;
    let second = started(&browser, &receipt, "2").await;
    assert_eq!(look(&world, &first.token).await.state, AttemptState::Superseded);
    let token = at_gateway(&browser, &second).await;
    knobs(&world, json!({ "ipn": "before_return" })).await;
    choose(&browser, &token, "success").await;
    becomes(&world, &second.token, AttemptState::Succeeded).await;
    // The citizen pays the first one too, in the tab that stayed open.
    choose(&browser, &left_behind, "success").await;
    let seen = becomes(&world, &first.token, AttemptState::RefundDue).await;
    assert_eq!(seen.fee_state, FeeState::Paid);
}

#[tokio::test]
async fn a_fee_known_after_the_page_count_is_paid_from_tracking() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let receipt = browser.filed(&certified_copy()).await;
    let early = start(&browser, &receipt, "1").await;
    assert_eq!(problem_of(early).await, (409, "fee-not-payable".to_owned()));
    world.staff(&format!("/dossiers/{}/page-count", receipt.code), json!({ "pages": 3 })).await;
    let attempt = started(&browser, &receipt, "2").await;
    assert_eq!(attempt.amount.0, 10_000);
    let token = at_gateway(&browser, &attempt).await;
    choose(&browser, &token, "success").await;
    becomes(&world, &attempt.token, AttemptState::Succeeded).await;
    let tracked = browser.track(receipt.code.as_str()).await;
    assert_eq!(tracked.status.code, 4);
    assert!(tracked.appointment.is_some());
}

#[tokio::test]
async fn fault_32_a_strangers_token_shows_nothing() {
    let world = World::open().await;
    let (browser, receipt) = filed(&world).await;
    let refused = start(&world.visitor(), &receipt, "1").await;
    assert_eq!(problem_of(refused).await, (403, "forbidden".to_owned()));
    let unknown =
        browser.call(Method::GET, "/payments/AAAAAAAAAAAAAAAAAAAAAA").send().await.unwrap();
    assert_eq!(problem_of(unknown).await, (404, "not-found".to_owned()));
    let attempt = started(&browser, &receipt, "1").await;
    let text = serde_json::to_string(&look(&world, &attempt.token).await).unwrap();
    assert!(!text.contains("Hương") && !text.contains(receipt.code.as_str()), "{text}");
}
