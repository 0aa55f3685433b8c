//! A gateway on a free port and a tiny merchant that it reports to. Knows the gateway over HTTP
//! only; what the merchant answers is each protocol's own.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum_server::Handle;
use motcua_gateways::ack::Answer;
use motcua_simulators::serve;
use serde_json::{Value, json};

/// The amount of every order here, in đồng.
pub const AMOUNT: u64 = 8_000;
/// Where the browser comes back to; nobody is there.
pub const RETURN_URL: &str = "http://127.0.0.1:8080/ve/abc?lang=vi";

/// The merchant: what it was told, and how it answers.
#[derive(Clone)]
pub struct Shop {
    pub told: Arc<Mutex<Vec<String>>>,
    /// Breaks so many times before it works.
    pub broken: Arc<Mutex<u32>>,
    answer: fn(&str) -> Answer,
    pub address: String,
}

async fn hear(State(shop): State<Shop>, body: String) -> Response {
    shop.told.lock().unwrap().push(body.clone());
    let mut broken = shop.broken.lock().unwrap();
    if *broken > 0 {
        *broken -= 1;
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let answer = (shop.answer)(&body);
    (StatusCode::from_u16(answer.status).unwrap(), answer.body).into_response()
}

/// A free port of loopback.
pub fn listen() -> (std::net::TcpListener, String) {
    let listener = serve::listen("127.0.0.1:0".parse().unwrap()).unwrap();
    let address: SocketAddr = listener.local_addr().unwrap();
    (listener, format!("http://{address}"))
}

pub fn run(listener: std::net::TcpListener, router: Router) {
    tokio::spawn(serve::serve(listener, router, None, Handle::new()));
}

impl Shop {
    pub fn open(answer: fn(&str) -> Answer) -> Self {
        let (listener, address) = listen();
        let (told, broken) = (Arc::default(), Arc::default());
        let shop = Self { told, broken, answer, address: format!("{address}/told") };
        run(listener, Router::new().route("/told", post(hear)).with_state(shop.clone()));
        shop
    }

    /// What the merchant was told, once that is at least `count` notices.
    pub async fn told(&self, count: usize) -> Vec<String> {
        for _ in 0..250 {
            let told = self.told.lock().unwrap().clone();
            if told.len() >= count {
                return told;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("the merchant was not told {count} times");
    }

    pub fn told_now(&self) -> usize {
        self.told.lock().unwrap().len()
    }
}

/// A gateway as others see it.
pub struct Stage {
    pub origin: String,
    pub shop: Shop,
    pub http: reqwest::Client,
}

impl Stage {
    pub fn new(origin: String, shop: Shop) -> Self {
        let http =
            reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { origin, shop, http }
    }

    /// Calls the gateway's API: status and body.
    pub async fn call(&self, path: &str, body: String) -> (u16, String) {
        let request = self.http.post(format!("{}{path}", self.origin));
        let request = request.header("content-type", "application/json").body(body);
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    }

    pub async fn knobs(&self, knobs: Value) {
        let (status, body) = self.call("/_simulator/knobs", knobs.to_string()).await;
        assert_eq!(status, 200, "{body}");
    }

    /// Opens a page: status and markup.
    pub async fn page(&self, address: &str) -> (u16, String) {
        let response = self.http.get(address).send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    }

    /// Posts a form of a page: status, and where the browser is sent to.
    pub async fn form(&self, path: &str, fields: &[(&str, &str)]) -> (u16, String) {
        let request = self.http.post(format!("{}{path}", self.origin)).form(fields);
        let response = request.send().await.unwrap();
        let next = response.headers().get("location").map(|to| to.to_str().unwrap().to_owned());
        (response.status().as_u16(), next.unwrap_or_default())
    }

    /// Presses a button of the panel: the address that the browser is sent to.
    pub async fn press(&self, token: &str, outcome: &str) -> String {
        let fields = [("token", token), ("outcome", outcome)];
        let (status, back) = self.form("/_simulator/outcome", &fields).await;
        assert_eq!(status, 303, "{outcome}");
        back
    }

    pub async fn pay_late(&self, reference: &str, outcome: &str) -> u16 {
        let body = json!({ "reference": reference, "outcome": outcome });
        self.call("/_simulator/pay", body.to_string()).await.0
    }

    pub async fn payments(&self) -> Value {
        let (_, body) = self.page(&format!("{}/_simulator/payments", self.origin)).await;
        serde_json::from_str(&body).unwrap()
    }

    /// The token of the newest order.
    pub async fn newest(&self) -> String {
        let payments = self.payments().await;
        let newest = payments.as_array().unwrap().last().unwrap();
        newest["token"].as_str().unwrap().to_owned()
    }
}

/// The query of an address that the browser is sent to, without the merchant's own part.
pub fn query_of(back: &str) -> &str {
    back.strip_prefix(RETURN_URL).unwrap().trim_start_matches('&')
}

pub fn now() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.unwrap().as_secs()
}
