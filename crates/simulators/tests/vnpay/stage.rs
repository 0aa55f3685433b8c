//! A gateway on a free port and a tiny merchant that it reports to. Knows the gateway over HTTP
//! only.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::extract::{RawQuery, State};
use axum::routing::get;
use axum::{Json, Router};
use axum_server::Handle;
use motcua_gateways::Secret;
use motcua_gateways::vnpay::{
    Amount, IpnAck, Locale, Merchant, Notice, OrderInfo, PayRequest, QueryRequest, Stamp,
};
use motcua_simulators::vnpay::{Config, Vnpay};
use motcua_simulators::{demo, serve};
use serde_json::{Value, json};

/// The merchant: what it was told, and how it answers.
#[derive(Clone, Default)]
pub struct Shop {
    pub told: Arc<Mutex<Vec<String>>>,
    /// Answers 99 so many times before it works.
    pub broken: Arc<Mutex<u32>>,
}

/// The whole scene.
pub struct Stage {
    pub gateway: Vnpay,
    pub origin: String,
    pub shop: Shop,
    pub http: reqwest::Client,
}

pub fn merchant() -> Merchant {
    Merchant::new(demo::VNPAY_TMN_CODE, Secret::new(demo::VNPAY_SECRET))
}

pub fn now() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.unwrap().as_secs()
}

async fn ipn(State(shop): State<Shop>, RawQuery(query): RawQuery) -> Json<IpnAck> {
    let query = query.unwrap_or_default();
    let verified = Notice::verify(&query, &merchant());
    shop.told.lock().unwrap().push(query);
    let mut broken = shop.broken.lock().unwrap();
    if *broken > 0 {
        *broken -= 1;
        return Json(IpnAck::Unknown);
    }
    Json(match verified {
        Err(_) => IpnAck::InvalidSignature,
        Ok(notice) if notice.amount_hundredths != 800_000 => IpnAck::InvalidAmount,
        Ok(_) => IpnAck::Confirmed,
    })
}

fn run(router: Router) -> SocketAddr {
    let listener = serve::listen("127.0.0.1:0".parse().unwrap()).unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(serve::serve(listener, router, None, Handle::new()));
    address
}

impl Stage {
    /// A gateway that keeps its state in `data`, and reports to the merchant or to `elsewhere`.
    pub fn with(data: Option<PathBuf>, elsewhere: Option<&str>) -> Self {
        let shop = Shop::default();
        let till = run(Router::new().route("/ipn", get(ipn)).with_state(shop.clone()));
        let ipn_url = elsewhere.map_or_else(|| format!("http://{till}/ipn"), str::to_owned);
        let config = Config {
            app_origin: demo::APP_ORIGIN.to_owned(),
            merchant: merchant(),
            ipn_url,
            data,
            extra_ca: None,
        };
        let gateway = Vnpay::new(config).unwrap();
        let origin = format!("http://{}", run(gateway.router()));
        let http =
            reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { gateway, origin, shop, http }
    }

    pub fn request(txn_ref: &str) -> PayRequest {
        PayRequest {
            txn_ref: txn_ref.to_owned(),
            amount: Amount::from_dong(8_000).unwrap(),
            order_info: OrderInfo::new("Lệ phí <hồ sơ> KT250001"),
            order_type: "other".to_owned(),
            return_url: "http://127.0.0.1:8080/ve/abc?lang=vi".to_owned(),
            ip_addr: "127.0.0.1".to_owned(),
            created: Stamp::from_unix(now()),
            expires: Some(Stamp::from_unix(now() + 900)),
            locale: Locale::Vietnamese,
            bank_code: None,
        }
    }

    pub fn address(&self, request: &PayRequest) -> String {
        let endpoint = format!("{}/paymentv2/vpcpay.html", self.origin);
        request.signed_url(&endpoint, &merchant()).unwrap()
    }

    /// Where a GET leads to.
    pub async fn led_to(&self, address: &str) -> String {
        let response = self.http.get(address).send().await.unwrap();
        assert_eq!(response.status(), 302, "{address}");
        response.headers()["location"].to_str().unwrap().to_owned()
    }

    /// Opens a payment: its token.
    pub async fn opened(&self, request: &PayRequest) -> String {
        let next = self.led_to(&self.address(request)).await;
        let (path, token) = next.split_once("?token=").unwrap();
        assert_eq!(path, "/paymentv2/Transaction/PaymentMethod.html");
        token.to_owned()
    }

    /// Posts a form.
    pub async fn form(&self, path: &str, fields: &[(&str, &str)]) -> reqwest::Response {
        let address = format!("{}{path}", self.origin);
        self.http.post(address).form(fields).send().await.unwrap()
    }

    /// Presses a button of the panel: the address that the browser is sent to.
    pub async fn press(&self, token: &str, outcome: &str) -> String {
        let fields = [("token", token), ("outcome", outcome)];
        let response = self.form("/_simulator/outcome", &fields).await;
        assert_eq!(response.status(), 303);
        response.headers()["location"].to_str().unwrap().to_owned()
    }

    pub async fn post(&self, path: &str, body: Value) -> reqwest::Response {
        self.http.post(format!("{}{path}", self.origin)).json(&body).send().await.unwrap()
    }

    pub async fn knobs(&self, knobs: Value) {
        assert_eq!(self.post("/_simulator/knobs", knobs).await.status(), 200);
    }

    /// What the merchant was told, once that is at least `count` reports.
    pub async fn told(&self, count: usize) -> Vec<String> {
        for _ in 0..250 {
            let told = self.shop.told.lock().unwrap().clone();
            if told.len() >= count {
                return told;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("the merchant was not told {count} times");
    }

    pub fn told_now(&self) -> usize {
        self.shop.told.lock().unwrap().len()
    }

    pub async fn payments(&self) -> Value {
        let address = format!("{}/_simulator/payments", self.origin);
        self.http.get(address).send().await.unwrap().json().await.unwrap()
    }

    pub fn question(request: &PayRequest) -> QueryRequest {
        QueryRequest {
            request_id: "R1".to_owned(),
            txn_ref: request.txn_ref.clone(),
            transaction_date: request.created,
            created: Stamp::from_unix(now()),
            ip_addr: "127.0.0.1".to_owned(),
            order_info: OrderInfo::new("Truy vấn"),
        }
    }

    /// Posts to the query API: status and body.
    pub async fn api(&self, body: String) -> (u16, String) {
        let address = format!("{}/merchant_webapi/api/transaction", self.origin);
        let request = self.http.post(address).header("content-type", "application/json");
        let response = request.body(body).send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    }

    pub async fn pay_late(&self, txn_ref: &str, outcome: &str) -> u16 {
        let body = json!({ "txn_ref": txn_ref, "outcome": outcome });
        self.post("/_simulator/pay", body).await.status().as_u16()
    }
}

/// The notice in an address that the browser is sent to.
pub fn notice(address: &str) -> Result<Notice, motcua_gateways::vnpay::NoticeError> {
    Notice::verify(address.split_once('?').unwrap().1, &merchant())
}
