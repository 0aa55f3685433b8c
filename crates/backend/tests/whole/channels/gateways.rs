//! MoMo, ZaloPay and the national platform, each played by the gateway's side of its protocol.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use motcua_domain::money::Vnd;
use motcua_gateways::{momo, platform, zalopay};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

/// The three gateways at one address, with their own truth about each order.
pub struct Gateways {
    pub momo: momo::Merchant,
    pub zalopay: zalopay::Merchant,
    pub platform: platform::Merchant,
    /// Amount, and whether it is paid, by our reference.
    pub orders: Mutex<BTreeMap<String, (Vnd, bool)>>,
    /// Makes the order and loses the answer.
    pub loses_answers: AtomicBool,
    pub creates: AtomicU32,
}

type Played = State<Arc<Gateways>>;

impl Gateways {
    fn open(&self, reference: &str, amount: Vnd) -> Result<(), StatusCode> {
        self.creates.fetch_add(1, Ordering::Relaxed);
        self.orders.lock().unwrap().entry(reference.to_owned()).or_insert((amount, false));
        let lost = self.loses_answers.load(Ordering::Relaxed);
        if lost { Err(StatusCode::BAD_GATEWAY) } else { Ok(()) }
    }

    pub fn pay(&self, reference: &str) {
        self.orders.lock().unwrap().get_mut(reference).unwrap().1 = true;
    }

    pub fn only(&self) -> String {
        let orders = self.orders.lock().unwrap();
        assert_eq!(orders.len(), 1, "{orders:?}");
        orders.keys().next().unwrap().clone()
    }

    fn truth(&self, reference: &str) -> Option<(Vnd, bool)> {
        self.orders.lock().unwrap().get(reference).copied()
    }
}

async fn momo_create(State(played): Played, body: String) -> Result<String, StatusCode> {
    let asked = momo::CreateRequest::verify(&body, &played.momo).unwrap();
    played.open(&asked.order_id, asked.amount)?;
    let answer = momo::CreateResponse {
        result_code: momo::ResultCode::Success,
        message: String::new(),
        request_id: asked.request_id,
        order_id: asked.order_id,
        amount: Some(asked.amount),
        response_time: Some(1),
        pay_url: Some("https://test-payment.momo.vn/v2/gateway/pay?t=1".to_owned()),
        deeplink: None,
        qr_code: Some("00020101".to_owned()),
    };
    Ok(answer.body(&played.momo))
}

async fn momo_query(State(played): Played, body: String) -> String {
    let asked = momo::QueryRequest::verify(&body, &played.momo).unwrap();
    let truth = played.truth(&asked.order_id);
    let result_code = match truth {
        None => momo::ResultCode::OrderNotFound,
        Some((_, true)) => momo::ResultCode::Success,
        Some((_, false)) => "1000".into(),
    };
    let answer = momo::QueryResponse {
        result_code,
        message: String::new(),
        order_id: asked.order_id.clone(),
        amount: truth.map(|(amount, _)| amount),
        trans_id: truth.map(|_| "4088878653".to_owned()),
        pay_type: None,
        response_time: Some(1_795_000_000_000),
        extra_data: String::new(),
        refunds: vec![],
    };
    answer.body(&played.momo, &asked)
}

async fn zalopay_create(State(played): Played, body: String) -> Result<String, StatusCode> {
    let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_millis();
    let now = u64::try_from(now).unwrap();
    let asked = zalopay::CreateRequest::verify(&body, &played.zalopay, now).unwrap();
    let known = played.truth(&asked.order_id).is_some();
    played.open(&asked.order_id, asked.amount)?;
    let (code, sub) = if known { ("2", "-68") } else { ("1", "1") };
    let answer = zalopay::CreateResponse {
        code: code.into(),
        message: String::new(),
        sub_code: sub.into(),
        sub_message: String::new(),
        order_url: (!known).then(|| "https://qcgateway.zalopay.vn/openinapp?order=1".to_owned()),
        trans_token: None,
        order_token: None,
        qr_code: None,
    };
    Ok(answer.body())
}

async fn zalopay_query(State(played): Played, body: String) -> String {
    let asked = zalopay::QueryRequest::verify(&body, &played.zalopay).unwrap();
    let truth = played.truth(&asked.order_id);
    let (code, sub) = match truth {
        Some((_, true)) => ("1", "1"),
        Some((_, false)) => ("3", "-49"),
        None => ("2", "-101"),
    };
    let paid = truth.is_some_and(|(_, paid)| paid);
    let answer = zalopay::QueryResponse {
        code: code.into(),
        message: String::new(),
        sub_code: sub.into(),
        sub_message: String::new(),
        is_processing: false,
        amount: truth.map(|(amount, _)| amount).filter(|_| paid),
        discount: None,
        trans_id: paid.then(|| "241200000000001".to_owned()),
        server_time: Some(1_795_000_000_000),
    };
    answer.body()
}

async fn platform_init(State(played): Played, body: String) -> Result<String, StatusCode> {
    let asked = platform::InitRequest::verify(&body, &played.platform).unwrap();
    played.open(&asked.reference, asked.amount)?;
    Ok(platform::InitResponse::Ready("https://thanhtoan.example.vn/1".to_owned()).body())
}

async fn platform_query(State(played): Played, body: String) -> String {
    let asked = platform::QueryRequest::verify(&body, &played.platform).unwrap();
    let truth = played.truth(&asked.reference);
    let answer = platform::QueryResponse {
        code: "00".into(),
        message: String::new(),
        status: truth.map(|(_, paid)| if paid { "1" } else { "3" }.into()),
        amount: truth.map(|(amount, _)| amount),
        transaction: truth.map(|_| "GD1".to_owned()),
        bank: None,
    };
    answer.body(&played.platform, &asked)
}

/// Their addresses, all at one origin.
pub fn routes(played: Arc<Gateways>) -> Router {
    Router::new()
        .route("/v2/gateway/api/create", post(momo_create))
        .route("/v2/gateway/api/query", post(momo_query))
        .route("/v2/create", post(zalopay_create))
        .route("/v2/query", post(zalopay_query))
        .route("/Init", post(platform_init))
        .route("/Query", post(platform_query))
        .with_state(played)
}
