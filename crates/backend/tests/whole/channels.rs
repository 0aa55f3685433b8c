//! MoMo, ZaloPay and the national platform over sockets, each by its simulator: opened, paid, told,
//! asked, refused, replayed; and opened though the answer was lost.

mod forged;
mod refunds;

use crate::world::{Browser, HUONG, World, extract, problem_of};
use axum::http::StatusCode;
use motcua_contract::dossiers::DossierReceipt;
use motcua_contract::payments::AttemptView;
use motcua_domain::payment::{AttemptState, FailureReason, FeeState, HoldReason};
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;

const CHANNELS: [&str; 3] = ["momo", "zalopay", "platform"];

/// A filed dossier with a fee, and the citizen who filed it.
struct Filed<'a> {
    world: &'a World,
    browser: Browser<'a>,
    receipt: DossierReceipt,
    channel: &'a str,
}

impl<'a> Filed<'a> {
    async fn at(world: &'a World, channel: &'a str) -> Self {
        let browser = world.citizen(HUONG).await;
        let receipt = browser.filed(&extract()).await;
        Self { world, browser, receipt, channel }
    }

    fn gateway(&self) -> &str {
        match self.channel {
            "momo" => &self.world.momo,
            "zalopay" => &self.world.zalopay,
            _ => &self.world.platform,
        }
    }

    async fn knobs(&self, knobs: Value) {
        self.world.knob(format!("{}/_simulator/knobs", self.gateway()), knobs).await;
    }

    async fn start(&self, channel: &str, key: &str) -> reqwest::Response {
        let fee = &self.receipt.dossier.detail.as_ref().unwrap().fees[0].id;
        self.browser
            .call(Method::POST, &format!("/dossiers/{}/fees/{fee}/attempts", self.receipt.code))
            .header("Idempotency-Key", format!("\"key-of-the-channels-{key}\""))
            .json(&json!({ "channel": channel, "language": "vi" }))
            .send()
            .await
            .unwrap()
    }

    async fn begin(&self) -> AttemptView {
        let response = self.start(self.channel, "1").await;
        assert_eq!(response.status(), StatusCode::CREATED, "{:?}", response.text().await);
        response.json().await.unwrap()
    }

    async fn show(&self, attempt: &AttemptView) -> AttemptView {
        let address = format!("/payments/{}", attempt.token);
        let stranger = self.world.visitor();
        stranger.call(Method::GET, &address).send().await.unwrap().json().await.unwrap()
    }

    /// Looks until the attempt is in a state. The gateway is asked every ten seconds at most, so the
    /// clock is moved on.
    async fn becomes(&self, attempt: &AttemptView, state: AttemptState) -> AttemptView {
        for _ in 0..40 {
            let seen = self.show(attempt).await;
            if seen.state == state {
                return seen;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
            self.world.app.clock.advance(10);
        }
        panic!("{} is {:?}, not {state:?}", self.channel, self.show(attempt).await);
    }

    /// The gateway's book: its only order.
    async fn order(&self) -> Value {
        let address = format!("{}/_simulator/payments", self.gateway());
        let book: Value = reqwest::get(address).await.unwrap().json().await.unwrap();
        assert_eq!(book.as_array().unwrap().len(), 1, "{book}");
        book[0].clone()
    }

    async fn reference(&self) -> String {
        self.order().await["reference"].as_str().unwrap().to_owned()
    }

    /// Taps the pay link, chooses an outcome on the gateway's page, and follows the way back.
    async fn choose(&self, attempt: &AttemptView, outcome: &str) -> String {
        let page = self.browser.follow(attempt.pay_url.as_deref().unwrap()).await;
        assert!(page.starts_with(self.gateway()), "{page}");
        let order = self.order().await;
        let form = [("token", order["token"].as_str().unwrap()), ("outcome", outcome)];
        let panel = format!("{}/_simulator/outcome", self.gateway());
        let next = self.browser.submit(&panel, &form).await;
        self.browser.follow(&next).await
    }

    async fn fee(&self) -> FeeState {
        self.browser.track(self.receipt.code.as_str()).await.detail.unwrap().fees[0].state
    }
}

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
async fn a_return_by_post_tampered_or_never_changes_nothing_of_the_truth() {
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
async fn paid_after_it_was_cancelled_it_counts() {
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
async fn opened_though_the_answer_was_lost_it_is_one_order() {
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
        let paid = json!({ "reference": filed.reference().await, "outcome": "success" });
        world.knob(format!("{}/_simulator/pay", filed.gateway()), paid).await;
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
async fn a_gateway_that_is_asked_too_often_or_lies_low_leaves_everything_as_it_is() {
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
    let paid = json!({ "reference": filed.reference().await, "outcome": "success" });
    world.knob(format!("{}/_simulator/pay", filed.gateway()), paid).await;
    let knobs = json!({ "reference": filed.reference().await });
    filed.knobs(knobs).await;
    filed.becomes(&attempt, AttemptState::Succeeded).await;
}

#[tokio::test]
async fn a_channel_is_refused_outside_its_limits_or_when_it_is_not_enabled() {
    let world = World::open().await;
    let filed = Filed::at(&world, "momo").await;
    for channel in ["paypal", "cash"] {
        let refused = filed.start(channel, "refused").await;
        let (_, kind) = problem_of(refused).await;
        assert_eq!(kind, "channel-unavailable", "{channel}");
    }
}
