//! A filed dossier whose fee is paid through one channel: begun, chosen at the gateway's simulator,
//! looked at.

use super::dossiers::extract;
use super::{Browser, HUONG, World};
use axum::http::StatusCode;
use motcua_contract::dossiers::DossierReceipt;
use motcua_contract::payments::AttemptView;
use motcua_domain::payment::{AttemptState, FeeState};
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::Row;
use std::time::Duration;

/// A filed dossier with a fee, and the citizen who filed it.
pub struct Filed<'a> {
    pub world: &'a World,
    pub browser: Browser<'a>,
    pub receipt: DossierReceipt,
    pub channel: &'a str,
}

impl<'a> Filed<'a> {
    pub async fn at(world: &'a World, channel: &'a str) -> Self {
        let browser = world.citizen(HUONG).await;
        let receipt = browser.filed(&extract()).await;
        Self { world, browser, receipt, channel }
    }

    pub fn gateway(&self) -> &str {
        self.world.gateway(self.channel).unwrap()
    }

    /// What the gateway's control calls our number of an order.
    fn number(&self) -> &'static str {
        if self.channel == "vnpay" { "txn_ref" } else { "reference" }
    }

    pub async fn knobs(&self, knobs: Value) {
        self.world.knob(format!("{}/_simulator/knobs", self.gateway()), knobs).await;
    }

    pub async fn start(&self, channel: &str, key: &str) -> reqwest::Response {
        let fee = &self.receipt.dossier.detail.as_ref().unwrap().fees[0].id;
        self.browser
            .call(Method::POST, &format!("/dossiers/{}/fees/{fee}/attempts", self.receipt.code))
            .header("Idempotency-Key", format!("\"key-of-the-channels-{key}\""))
            .json(&json!({ "channel": channel, "language": "vi" }))
            .send()
            .await
            .unwrap()
    }

    pub async fn begin(&self) -> AttemptView {
        let response = self.start(self.channel, "1").await;
        assert_eq!(response.status(), StatusCode::CREATED, "{:?}", response.text().await);
        response.json().await.unwrap()
    }

    pub async fn show(&self, attempt: &AttemptView) -> AttemptView {
        let address = format!("/payments/{}", attempt.token);
        let stranger = self.world.visitor();
        stranger.call(Method::GET, &address).send().await.unwrap().json().await.unwrap()
    }

    /// Looks until the attempt is in a state. The gateway is asked every ten seconds at most, so the
    /// clock is moved on.
    pub async fn becomes(&self, attempt: &AttemptView, state: AttemptState) -> AttemptView {
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
    pub async fn order(&self) -> Value {
        let book = self.book().await;
        assert_eq!(book.len(), 1, "{book:?}");
        book[0].clone()
    }

    /// The gateway's book.
    pub async fn book(&self) -> Vec<Value> {
        let address = format!("{}/_simulator/payments", self.gateway());
        reqwest::get(address).await.unwrap().json().await.unwrap()
    }

    /// The order of an attempt in the gateway's book.
    async fn order_of(&self, attempt: &AttemptView) -> Value {
        let reference = self.reference_of(attempt).await;
        let mut book = self.book().await;
        book.retain(|order| order[self.number()] == reference.as_str());
        book.pop().unwrap()
    }

    /// Our number of an attempt at the gateway.
    pub async fn reference_of(&self, attempt: &AttemptView) -> String {
        let row = sqlx::query("SELECT reference FROM attempts WHERE token = ?1");
        let row = row.bind(&attempt.token).fetch_one(&self.world.app.db).await;
        row.unwrap().get("reference")
    }

    pub async fn reference(&self) -> String {
        self.order().await[self.number()].as_str().unwrap().to_owned()
    }

    /// Taps the pay link, chooses an outcome on the gateway's page, and follows the way back.
    pub async fn choose(&self, attempt: &AttemptView, outcome: &str) -> String {
        let page = self.browser.follow(attempt.pay_url.as_deref().unwrap()).await;
        assert!(page.starts_with(self.gateway()), "{page}");
        let next = self.end(attempt, outcome).await;
        self.browser.follow(&next).await
    }

    /// Chooses an outcome on the gateway's page; gives where the browser is sent.
    pub async fn end(&self, attempt: &AttemptView, outcome: &str) -> String {
        let order = self.order_of(attempt).await;
        let form = [("token", order["token"].as_str().unwrap()), ("outcome", outcome)];
        let panel = format!("{}/_simulator/outcome", self.gateway());
        self.browser.submit(&panel, &form).await
    }

    /// Decides at the gateway, without a browser; also when it was given up here.
    pub async fn decide(&self, outcome: &str) {
        let paid = json!({ self.number(): self.reference().await, "outcome": outcome });
        self.world.knob(format!("{}/_simulator/pay", self.gateway()), paid).await;
    }

    pub async fn fee(&self) -> FeeState {
        self.browser.track(self.receipt.code.as_str()).await.detail.unwrap().fees[0].state
    }
}
