//! ZaloPay: opened, called back only after a success, asked, given back later.

use motcua_gateways::ack::{Answer, Verdict};
use motcua_gateways::zalopay::create::embed_data;
use motcua_gateways::zalopay::{
    Callback, CreateRequest, CreateResponse, Merchant, QueryRequest, QueryResponse, RefundQuery,
    RefundRequest, RefundResponse, Return, SubCode, ack, numbered,
};
use motcua_gateways::{
    Created, FailureReason, MessageError, Outcome, RefundOutcome, Secret, Stamp, Vnd,
};
use motcua_simulators::{demo, zalopay};
use serde_json::json;

use crate::stage::{AMOUNT, RETURN_URL, Shop, Stage, listen, now, query_of, run};

fn merchant() -> Merchant {
    let (key1, key2) = (Secret::new(demo::ZALOPAY_KEY1), Secret::new(demo::ZALOPAY_KEY2));
    Merchant::new(demo::ZALOPAY_APP_ID, key1, key2)
}

fn hears(body: &str) -> Answer {
    ack::answer(match Callback::verify(body, &merchant()) {
        Ok(callback) if callback.is_for(Vnd(AMOUNT)) => Verdict::Recorded,
        Ok(_) => Verdict::WrongAmount,
        Err(_) => Verdict::NotProven,
    })
}

fn open() -> Stage {
    let (listener, origin) = listen();
    let config = zalopay::Config {
        origin: origin.clone(),
        app_origin: demo::APP_ORIGIN.to_owned(),
        merchant: merchant(),
        data: None,
        extra_ca: None,
    };
    run(listener, zalopay::Zalopay::new(config).unwrap().router());
    Stage::new(origin, Shop::open(hears))
}

fn number(rest: &str) -> String {
    numbered(Stamp::from_unix(now()), rest)
}

impl Stage {
    fn zalopay_request(&self, rest: &str) -> CreateRequest {
        CreateRequest {
            order_id: number(rest),
            app_user: "motcua".to_owned(),
            app_time: now() * 1_000,
            lasts_seconds: Some(900),
            amount: Vnd(AMOUNT),
            description: "Le phi ho so".to_owned(),
            item: "[]".to_owned(),
            embed_data: embed_data(RETURN_URL, &[]),
            callback_url: self.shop.address.clone(),
            bank_code: String::new(),
        }
    }

    async fn zalopay_create(&self, request: &CreateRequest) -> CreateResponse {
        let (_, body) = self.call("/v2/create", request.signed(&merchant()).unwrap()).await;
        CreateResponse::parse(&body).unwrap()
    }

    /// An order that is open: the token of its page.
    async fn zalopay_opened(&self, rest: &str) -> String {
        let answer = self.zalopay_create(&self.zalopay_request(rest)).await;
        assert_eq!(answer.created(), Created::Ready);
        answer.trans_token.unwrap()
    }

    async fn zalopay_query(&self, rest: &str) -> QueryResponse {
        let asked = QueryRequest { order_id: number(rest) }.signed(&merchant()).unwrap();
        QueryResponse::parse(&self.call("/v2/query", asked).await.1).unwrap()
    }

    async fn zalopay_refund(&self, rest: &str, trans_id: &str, amount: u64) -> RefundResponse {
        let asked = RefundRequest {
            refund_id: number(&format!("2553_{rest}")),
            trans_id: trans_id.to_owned(),
            amount: Vnd(amount),
            timestamp: now() * 1_000,
            description: "Tra lai".to_owned(),
        };
        let body = asked.signed(&merchant()).unwrap();
        RefundResponse::parse(&self.call("/v2/refund", body).await.1).unwrap()
    }

    async fn zalopay_refunded(&self, rest: &str) -> RefundResponse {
        let refund_id = number(&format!("2553_{rest}"));
        let asked = RefundQuery { refund_id, timestamp: now() * 1_000 };
        let body = asked.signed(&merchant()).unwrap();
        RefundResponse::parse(&self.call("/v2/query_refund", body).await.1).unwrap()
    }
}

#[tokio::test]
async fn the_whole_way_with_a_password() {
    let stage = open();
    let request = stage.zalopay_request("HS1");
    let answer = stage.zalopay_create(&request).await;
    let order_url = answer.order_url.unwrap();
    assert!(order_url.starts_with(&format!("{}/openinapp?order=eyJ", stage.origin)), "{order_url}");
    assert!(answer.qr_code.unwrap().contains("vn.zalopay"));
    let (status, html) = stage.page(&order_url).await;
    assert_eq!(status, 200);
    for part in ["BỘ GIẢ LẬP", "8.000\u{a0}đ", request.order_id.as_str()] {
        assert!(html.contains(part), "{part}");
    }
    assert_eq!(stage.zalopay_query("HS1").await.outcome(), Some(Outcome::Pending));
    let token = answer.trans_token.unwrap();
    let back = stage.form("/_simulator/code", &[("token", &token), ("code", "111111")]).await.1;
    let returned = Return::verify(query_of(&back), &merchant()).unwrap();
    assert!(returned.outcome() == Outcome::Paid && returned.order_id == request.order_id);
    let told = stage.shop.told(1).await;
    let callback = Callback::verify(&told[0], &merchant()).unwrap();
    assert!(callback.is_for(Vnd(AMOUNT)) && callback.app_time == request.app_time);
    let asked = stage.zalopay_query("HS1").await;
    assert!(asked.outcome() == Some(Outcome::Paid) && asked.is_for(Vnd(AMOUNT)));
    assert_eq!(asked.trans_id, Some(callback.trans_id));
    assert_eq!(stage.zalopay_create(&request).await.sub_code, SubCode::DuplicateOrder);
}

#[tokio::test]
async fn only_a_success_is_called_back() {
    let stage = open();
    for (outcome, reason) in [
        ("cancel", FailureReason::UserCancelled),
        ("insufficient", FailureReason::InsufficientFunds),
        ("-1343", FailureReason::LimitExceeded),
    ] {
        let rest = format!("HS{}", outcome.trim_start_matches('-'));
        let token = stage.zalopay_opened(&rest).await;
        let back = stage.press(&token, outcome).await;
        let returned = Return::verify(query_of(&back), &merchant()).unwrap();
        assert_eq!(returned.outcome(), Outcome::Pending, "a redirect decides no failure");
        let asked = stage.zalopay_query(&rest).await;
        assert_eq!(asked.outcome(), Some(Outcome::Failed(reason)), "{outcome}");
    }
    let token = stage.zalopay_opened("HSP").await;
    stage.press(&token, "pending").await;
    assert_eq!(stage.zalopay_query("HSP").await.outcome(), Some(Outcome::Pending));
    assert_eq!(stage.shop.told_now(), 0);
    // It is decided later, in the page that stayed open.
    stage.press(&token, "success").await;
    stage.shop.told(1).await;
}

#[tokio::test]
async fn a_create_is_proven_refused_or_lost() {
    let stage = open();
    let request = stage.zalopay_request("HS1");
    let body = request.signed(&merchant()).unwrap();
    for (bad, sub) in [
        (body.replace("8000", "9000"), "-402"),
        (
            CreateRequest { app_time: request.app_time - 1_000_000, ..request.clone() }
                .signed(&merchant())
                .unwrap_or_default(),
            "-401",
        ),
        ("nothing".to_owned(), "-401"),
    ] {
        let answer = CreateResponse::parse(&stage.call("/v2/create", bad).await.1).unwrap();
        assert_eq!(answer.sub_code.code(), sub);
    }
    // As a form, which the real one takes too.
    let fields: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&body).unwrap();
    let text = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let form: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), text(value))).collect();
    let sent = stage.http.post(format!("{}/v2/create", stage.origin)).form(&form).send().await;
    let answer = CreateResponse::parse(&sent.unwrap().text().await.unwrap()).unwrap();
    assert_eq!(answer.created(), Created::Ready);

    stage.knobs(json!({ "create": "timeout_created", "clock_factor": 0.005 })).await;
    let lost = stage.zalopay_request("HS2");
    let (status, _) = stage.call("/v2/create", lost.signed(&merchant()).unwrap()).await;
    assert_eq!(status, 504);
    assert_eq!(stage.zalopay_create(&lost).await.created(), Created::Exists);
    stage.knobs(json!({ "create": { "error": -500 } })).await;
    let refused = stage.zalopay_create(&stage.zalopay_request("HS3")).await;
    assert_eq!(refused.created(), Created::Again);
    assert_eq!(stage.zalopay_query("HS3").await.sub_code, SubCode::NotFound);
}

#[tokio::test]
async fn a_callback_comes_three_times_at_most() {
    let stage = open();
    *stage.shop.broken.lock().unwrap() = 1;
    stage.knobs(json!({ "clock_factor": 0.0005 })).await;
    let token = stage.zalopay_opened("HS1").await;
    stage.press(&token, "success").await;
    stage.shop.told(2).await;
    stage.knobs(json!({ "ipn": "bad_signature", "clock_factor": 0.0005 })).await;
    let token = stage.zalopay_opened("HS2").await;
    stage.press(&token, "success").await;
    let told = stage.shop.told(5).await;
    assert_eq!(Callback::verify(&told[4], &merchant()), Err(MessageError::BadHash));
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    assert_eq!(stage.shop.told_now(), 5);
}

#[tokio::test]
async fn asked_too_soon_or_while_it_lies() {
    let stage = open();
    stage.knobs(json!({ "query": "rate_limited", "clock_factor": 0.005 })).await;
    let token = stage.zalopay_opened("HS1").await;
    stage.press(&token, "success").await;
    assert_eq!(stage.zalopay_query("HS1").await.outcome(), Some(Outcome::Paid));
    let soon = stage.zalopay_query("HS1").await;
    assert!(soon.sub_code == SubCode::TooMany && soon.outcome().is_none());
    tokio::time::sleep(std::time::Duration::from_millis(350)).await;
    assert_eq!(stage.zalopay_query("HS1").await.outcome(), Some(Outcome::Paid));
    for (knob, paid) in [("failed", false), ("paid", true)] {
        stage.knobs(json!({ "reference": number("HS1"), "query": knob })).await;
        let outcome = stage.zalopay_query("HS1").await.outcome().unwrap();
        assert_eq!(outcome == Outcome::Paid, paid, "{knob}");
        assert_eq!(matches!(outcome, Outcome::Failed(_)), !paid, "{knob}");
    }
    let reference = number("HS1");
    stage.knobs(json!({ "reference": reference, "query": "down" })).await;
    let asked = QueryRequest { order_id: reference }.signed(&merchant()).unwrap();
    assert_eq!(stage.call("/v2/query", asked).await.0, 503);
}

#[tokio::test]
async fn money_goes_back_later() {
    let stage = open();
    let token = stage.zalopay_opened("HS1").await;
    stage.press(&token, "success").await;
    let paid = stage.zalopay_query("HS1").await.trans_id.unwrap();
    assert_eq!(stage.zalopay_refunded("B1").await.sub_code, SubCode::NotFound);
    stage.knobs(json!({ "reference": number("HS1"), "refund": { "pending": 2 } })).await;
    assert_eq!(stage.zalopay_refund("B1", &paid, 5_000).await.outcome(), RefundOutcome::Pending);
    let again = stage.zalopay_refund("B1", &paid, 5_000).await;
    assert_eq!(again.sub_code, SubCode::DuplicateOrder);
    for outcome in [RefundOutcome::Pending, RefundOutcome::Pending, RefundOutcome::Done] {
        assert_eq!(stage.zalopay_refunded("B1").await.outcome(), outcome);
    }
    assert_eq!(stage.zalopay_refund("B2", &paid, 5_000).await.sub_code, SubCode::BadData);
    stage.knobs(json!({ "reference": number("HS1"), "refund": "refused" })).await;
    stage.zalopay_refund("B3", &paid, 3_000).await;
    assert_eq!(stage.zalopay_refunded("B3").await.outcome(), RefundOutcome::Refused);
    let partial = json!({ "refund": "partial" }).to_string();
    assert_eq!(stage.call("/_simulator/knobs", partial).await.0, 422, "no answer names an amount");
}
