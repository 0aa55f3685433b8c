//! MoMo, ZaloPay and the national platform over sockets, each by its simulator: opened, paid, told,
//! asked, refused, replayed; and opened though the answer was lost.

mod forged;
mod refunds;

use crate::world::{Filed, World, problem_of};
use motcua_contract::payments::AttemptView;
use motcua_contract::receipts::ReceiptView;
use motcua_domain::payment::{AttemptState, FailureReason, FeeState, HoldReason};
use reqwest::Method;
use serde_json::json;
use std::time::Duration;

const CHANNELS: [&str; 3] = ["momo", "zalopay", "platform"];

#[tokio::test]
async fn paid_by_the_notice_or_when_asked_though_no_notice_came() {
    for channel in CHANNELS {
        for ipn in ["before_return", "never"] {
            let world = World::open().await;
            let filed = Filed::at(&world, channel).await;
            filed.knobs(json!({ "ipn": ipn })).await;
            let attempt = filed.begin().await;
            assert_eq!(attempt.state, AttemptState::Ready, "{channel}");
            let landed = filed.choose(&attempt, "success").await;
            assert_eq!(landed, format!("{}/thanh-toan/{}", world.origin, attempt.token));
            let seen = filed.show(&attempt).await;
            assert_eq!(seen.state, AttemptState::Succeeded, "{channel} {ipn}");
            assert_eq!(filed.fee().await, FeeState::Paid);
            let order = filed.order().await;
            assert_eq!(order["ended"]["number"].as_str(), seen.gateway_reference.as_deref());
            let accepted =
                order["notices"].as_array().unwrap().iter().all(|n| n["accepted"] == true);
            assert!(accepted, "{channel}: {order}");
        }
    }
}

#[tokio::test]
async fn fault_24_a_return_by_post_tampered_or_never_changes_nothing_of_the_truth() {
    for channel in CHANNELS {
        let world = World::open().await;
        let filed = Filed::at(&world, channel).await;
        filed.knobs(json!({ "return": "tampered", "ipn": "never", "query": "down" })).await;
        let attempt = filed.begin().await;
        filed.choose(&attempt, "cancel").await;
        let seen = filed.show(&attempt).await;
        assert_eq!(seen.state, AttemptState::ReturnedUnverified, "{channel}");

        let world = World::open().await;
        let filed = Filed::at(&world, channel).await;
        filed.knobs(json!({ "return": "post", "ipn": "never" })).await;
        let attempt = filed.begin().await;
        filed.choose(&attempt, "success").await;
        // The browser sends the form; it adds no cookie to a POST from another site.
        let order = filed.order().await;
        let back = order["return_url"].as_str().unwrap();
        let form = [("data", order["reference"].as_str().unwrap()), ("responseCode", "24")];
        let landed = world.visitor().submit(back, &form).await;
        assert_eq!(landed, format!("{}/thanh-toan/{}", world.origin, attempt.token));
        assert_eq!(filed.show(&attempt).await.state, AttemptState::Succeeded, "{channel}");
    }
}

#[tokio::test]
async fn a_notice_said_ten_times_settles_once() {
    for channel in CHANNELS {
        let world = World::open().await;
        let filed = Filed::at(&world, channel).await;
        filed.knobs(json!({ "ipn": { "dup": 10 } })).await;
        let attempt = filed.begin().await;
        filed.choose(&attempt, "success").await;
        filed.becomes(&attempt, AttemptState::Succeeded).await;
        for _ in 0..100 {
            if filed.order().await["notices"].as_array().unwrap().len() == 10 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let notices = filed.order().await["notices"].clone();
        assert_eq!(notices.as_array().unwrap().len(), 10);
        assert!(notices.as_array().unwrap().iter().all(|notice| notice["accepted"] == true));
        let tracked = filed.browser.track(filed.receipt.code.as_str()).await;
        assert_eq!(tracked.timeline.len(), 2, "{channel}: one payment, one step");
    }
}

#[tokio::test]
async fn another_amount_is_held_and_the_gateway_goes_quiet() {
    for channel in CHANNELS {
        let world = World::open().await;
        let filed = Filed::at(&world, channel).await;
        let knobs = json!({ "ipn": "wrong_amount", "return": "never", "query": "down" });
        filed.knobs(knobs).await;
        let attempt = filed.begin().await;
        filed.choose(&attempt, "success").await;
        let seen = filed.becomes(&attempt, AttemptState::UnderReview).await;
        assert_eq!(seen.hold, Some(HoldReason::AmountDiffers), "{channel}");
        assert_eq!(filed.fee().await, FeeState::Due);
    }
}

#[tokio::test]
async fn a_refusal_has_its_own_reason() {
    for (channel, outcome, reason) in [
        ("momo", "cancel", FailureReason::UserCancelled),
        ("momo", "unverified", FailureReason::AccountNotVerified),
        ("momo", "1007", FailureReason::AccountLocked),
        ("zalopay", "cancel", FailureReason::UserCancelled),
        ("zalopay", "-1335", FailureReason::LimitExceeded),
        ("platform", "cancel", FailureReason::Unexplained),
    ] {
        let world = World::open().await;
        let filed = Filed::at(&world, channel).await;
        let attempt = filed.begin().await;
        filed.choose(&attempt, outcome).await;
        let seen = filed.becomes(&attempt, AttemptState::Failed).await;
        assert_eq!(seen.failure, Some(reason), "{channel} {outcome}");
        assert_eq!(filed.fee().await, FeeState::Due);
    }
}

#[tokio::test]
async fn fault_13_paid_after_it_was_cancelled_it_counts() {
    for channel in CHANNELS {
        let world = World::open().await;
        let filed = Filed::at(&world, channel).await;
        filed.knobs(json!({ "late_pay_after_s": 0.3 })).await;
        let attempt = filed.begin().await;
        filed.choose(&attempt, "cancel").await;
        filed.becomes(&attempt, AttemptState::Succeeded).await;
        assert_eq!(filed.order().await["settlements"], 2, "{channel}: cancelled first");
        assert_eq!(filed.fee().await, FeeState::Paid, "{channel}");
    }
}

#[tokio::test]
async fn fault_17_opened_though_the_answer_was_lost_it_is_one_order() {
    for channel in CHANNELS {
        let world = World::open().await;
        let filed = Filed::at(&world, channel).await;
        filed.knobs(json!({ "create": "timeout_created", "clock_factor": 0.01 })).await;
        let attempt = filed.begin().await;
        assert_eq!((attempt.state, &attempt.pay_url), (AttemptState::Created, &None), "{channel}");
        let again = filed.show(&attempt).await;
        match channel {
            // ZaloPay does not give the page of a known order again: another attempt takes over, and
            // this one is watched.
            "zalopay" => assert_eq!(again.state, AttemptState::Superseded),
            _ => assert_eq!(again.state, AttemptState::Ready, "{channel}"),
        }
        // Paid by whoever saw its page: it counts.
        filed.decide("success").await;
        filed.becomes(&attempt, AttemptState::Succeeded).await;
        assert_eq!(filed.fee().await, FeeState::Paid, "{channel}");
    }
}

#[tokio::test]
async fn an_order_that_is_refused_or_known_already() {
    let world = World::open().await;
    let filed = Filed::at(&world, "momo").await;
    filed.knobs(json!({ "create": { "error": 13 } })).await;
    let refused = filed.begin().await;
    assert_eq!(refused.state, AttemptState::Failed);
    assert_eq!(refused.gateway_code.as_deref(), Some("13"));

    let world = World::open().await;
    let filed = Filed::at(&world, "momo").await;
    // Under maintenance; the same request again is a duplicate there, of an order that is none.
    filed.knobs(json!({ "create": { "error": 10 } })).await;
    let attempt = filed.begin().await;
    assert_eq!(attempt.state, AttemptState::Created);
    assert_eq!(filed.show(&attempt).await.state, AttemptState::Superseded);
    let second = filed.start("momo", "2").await;
    let second: AttemptView = second.json().await.unwrap();
    assert_eq!(second.state, AttemptState::Ready);
    filed.choose(&second, "success").await;
    filed.becomes(&second, AttemptState::Succeeded).await;
}

#[tokio::test]
async fn fault_30_asked_too_often_the_state_is_kept() {
    let world = World::open().await;
    let filed = Filed::at(&world, "zalopay").await;
    filed.knobs(json!({ "ipn": "never", "query": "rate_limited" })).await;
    let attempt = filed.begin().await;
    filed.choose(&attempt, "pending").await;
    filed.becomes(&attempt, AttemptState::PendingGateway).await;
    for _ in 0..3 {
        world.app.clock.advance(11);
        assert_eq!(filed.show(&attempt).await.state, AttemptState::PendingGateway);
    }
    filed.decide("success").await;
    let knobs = json!({ "reference": filed.reference().await });
    filed.knobs(knobs).await;
    filed.becomes(&attempt, AttemptState::Succeeded).await;
}

#[tokio::test]
async fn a_channel_that_is_not_enabled_is_refused() {
    let world = World::open().await;
    let filed = Filed::at(&world, "momo").await;
    for channel in ["paypal", "cash"] {
        let refused = filed.start(channel, "refused").await;
        let (_, kind) = problem_of(refused).await;
        assert_eq!(kind, "channel-unavailable", "{channel}");
    }
}

#[tokio::test]
async fn the_platform_s_own_receipt_is_fetched_for_the_holder() {
    let world = World::open().await;
    let filed = Filed::at(&world, "platform").await;
    let attempt = filed.begin().await;
    filed.choose(&attempt, "success").await;
    let paid = filed.becomes(&attempt, AttemptState::Succeeded).await;
    let path = format!("/receipts/{}", paid.receipt.unwrap());
    let whole: ReceiptView =
        filed.browser.call(Method::GET, &path).send().await.unwrap().json().await.unwrap();
    let address = format!("{}{}", world.origin, whole.platform_file.unwrap());
    let file = reqwest::get(&address).await.unwrap();
    assert_eq!(file.headers()["content-type"], "application/pdf");
    assert!(file.bytes().await.unwrap().starts_with(b"%PDF-"));
    let masked: ReceiptView =
        world.visitor().call(Method::GET, &path).send().await.unwrap().json().await.unwrap();
    assert_eq!((masked.file, masked.platform_file), (None, None));

    let filed = Filed::at(&world, "momo").await;
    let attempt = filed.begin().await;
    filed.choose(&attempt, "success").await;
    let paid = filed.becomes(&attempt, AttemptState::Succeeded).await;
    let path = format!("/receipts/{}", paid.receipt.unwrap());
    let other: ReceiptView =
        filed.browser.call(Method::GET, &path).send().await.unwrap().json().await.unwrap();
    assert_eq!(other.platform_file, None);
    let address = format!("{}{}/platform", world.origin, other.file.unwrap());
    assert_eq!(reqwest::get(&address).await.unwrap().status(), 404);
}
