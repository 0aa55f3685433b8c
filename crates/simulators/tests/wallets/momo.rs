//! MoMo: opened once whatever gets lost, paid, refused by each code, told, asked, given back.

use std::path::PathBuf;

use motcua_gateways::ack::{Answer, Verdict};
use motcua_gateways::momo::{
    CreateRequest, CreateResponse, Lang, Merchant, Notice, QueryRequest, QueryResponse,
    RefundRequest, RefundResponse, RequestType, ResultCode, ack,
};
use motcua_gateways::{FailureReason, MessageError, Outcome, Secret, Vnd};
use motcua_simulators::{demo, momo};
use serde_json::json;

use crate::stage::{AMOUNT, RETURN_URL, Shop, Stage, listen, query_of, run};

fn merchant() -> Merchant {
    let (access, secret) = (Secret::new(demo::MOMO_ACCESS_KEY), Secret::new(demo::MOMO_SECRET));
    Merchant::new(demo::MOMO_PARTNER, access, secret)
}

fn hears(body: &str) -> Answer {
    ack::answer(match Notice::verify_ipn(body, &merchant()) {
        Ok(notice) if notice.is_for(Vnd(AMOUNT)) => Verdict::Recorded,
        Ok(_) => Verdict::WrongAmount,
        Err(_) => Verdict::NotProven,
    })
}

fn open_with(data: Option<PathBuf>) -> (Stage, momo::Momo) {
    let (listener, origin) = listen();
    let config = momo::Config {
        origin: origin.clone(),
        app_origin: demo::APP_ORIGIN.to_owned(),
        merchant: merchant(),
        data,
        extra_ca: None,
    };
    let gateway = momo::Momo::new(config).unwrap();
    run(listener, gateway.router());
    (Stage::new(origin, Shop::open(hears)), gateway)
}

fn open() -> Stage {
    open_with(None).0
}

impl Stage {
    fn momo_request(&self, id: &str) -> CreateRequest {
        CreateRequest {
            request_id: id.to_owned(),
            amount: Vnd(AMOUNT),
            order_id: id.to_owned(),
            order_info: "Le phi ho so".to_owned(),
            redirect_url: RETURN_URL.to_owned(),
            ipn_url: self.shop.address.clone(),
            request_type: RequestType::CaptureWallet,
            extra_data: String::new(),
            lang: Lang::Vietnamese,
        }
    }

    async fn momo_create(&self, request: &CreateRequest) -> (u16, ResultCode, Option<String>) {
        let body = request.signed(&merchant()).unwrap();
        let (status, body) = self.call("/v2/gateway/api/create", body).await;
        if body.is_empty() {
            return (status, ResultCode::Unknown, None);
        }
        let answer = CreateResponse::parse(&body, &merchant(), request).unwrap();
        (status, answer.result_code, answer.pay_url)
    }

    /// An order that is open: the token of its page.
    async fn momo_opened(&self, id: &str) -> String {
        let (_, code, pay_url) = self.momo_create(&self.momo_request(id)).await;
        assert_eq!(code, ResultCode::Success);
        pay_url.unwrap().split_once("&s=").unwrap().1.to_owned()
    }

    async fn momo_query(&self, id: &str) -> QueryResponse {
        let asked = QueryRequest {
            request_id: "Q1".to_owned(),
            order_id: id.to_owned(),
            lang: Lang::Vietnamese,
        };
        let body = asked.signed(&merchant()).unwrap();
        let (_, body) = self.call("/v2/gateway/api/query", body).await;
        QueryResponse::parse(&body, &merchant(), &asked).unwrap()
    }

    async fn momo_refund(&self, id: &str, trans_id: &str, amount: u64) -> ResultCode {
        let asked = RefundRequest {
            request_id: id.to_owned(),
            order_id: id.to_owned(),
            amount: Vnd(amount),
            trans_id: trans_id.to_owned(),
            description: String::new(),
            lang: Lang::Vietnamese,
        };
        let body = asked.signed(&merchant()).unwrap();
        let (_, body) = self.call("/v2/gateway/api/refund", body).await;
        match RefundResponse::parse(&body, &merchant(), &asked) {
            Ok(answer) => answer.result_code,
            // Of another amount than asked for: no merchant believes it.
            Err(_) => ResultCode::Unknown,
        }
    }
}

#[tokio::test]
async fn the_whole_way_with_a_password() {
    let stage = open();
    let (_, code, pay_url) = stage.momo_create(&stage.momo_request("HS1")).await;
    assert_eq!(code, ResultCode::Success);
    let pay_url = pay_url.unwrap();
    // The shape of a sandbox's address: base64url of "PARTNER|orderId", then 64 hex digits.
    assert!(
        pay_url
            .starts_with(&format!("{}/v2/gateway/pay?t=TU9NT0tJTVRIQU5IfEhTMQ&s=", stage.origin))
    );
    let token = pay_url.split_once("&s=").unwrap().1.to_owned();
    assert!(token.len() == 64 && token.bytes().all(|b| b.is_ascii_hexdigit()));

    let response = stage.http.get(&pay_url).send().await.unwrap();
    let csp = response.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(csp.contains("form-action 'self' http://127.0.0.1:8080") && !csp.contains("unsafe"));
    let html = response.text().await.unwrap();
    for part in ["lang=\"vi\"", "BỘ GIẢ LẬP", "8.000\u{a0}đ", "HS1", "MOMOKIMTHANH"] {
        assert!(html.contains(part), "{part}");
    }
    assert!(!html.contains("style=") && !html.contains("<script"));
    assert_eq!(stage.momo_query("HS1").await.result_code, ResultCode::WaitingForUser);

    let typed = |code| [("token", token.as_str()), ("code", code)];
    assert_eq!(stage.form("/_simulator/code", &typed("1")).await.0, 422);
    let (status, back) = stage.form("/_simulator/code", &typed("000000")).await;
    assert_eq!(status, 303);
    let returned = Notice::verify_redirect(query_of(&back), &merchant()).unwrap();
    assert!(returned.outcome() == Outcome::Paid && returned.is_for(Vnd(AMOUNT)));
    let told = stage.shop.told(1).await;
    assert_eq!(Notice::verify_ipn(&told[0], &merchant()).unwrap(), returned);

    // Back into the gateway: it is over, nothing is paid twice.
    assert!(stage.page(&pay_url).await.1.contains("Giao dịch thành công."));
    assert_eq!(stage.form("/_simulator/code", &typed("000000")).await.0, 200);
    let asked = stage.momo_query("HS1").await;
    assert!(asked.outcome() == Some(Outcome::Paid) && asked.is_for(Vnd(AMOUNT)));
    assert_eq!(asked.trans_id, Some(returned.trans_id));
    assert_eq!(stage.shop.told_now(), 1);
    assert_eq!(stage.page(&format!("{}/v2/gateway/pay?s=x", stage.origin)).await.0, 404);
}

#[tokio::test]
async fn a_refusal_has_the_real_shape_and_three_wrong_passwords_are_one() {
    let stage = open();
    let token = stage.momo_opened("HS1").await;
    let back = stage.form("/_simulator/code", &[("token", &token), ("cancel", "cancel")]).await.1;
    let notice = Notice::verify_redirect(query_of(&back), &merchant()).unwrap();
    assert_eq!(notice.outcome(), Outcome::Failed(FailureReason::UserCancelled));
    assert_eq!(notice.message, "Giao dịch bị từ chối bởi người dùng.");
    assert!(notice.pay_type.is_empty() && notice.trans_id.len() == 13);

    let token = stage.momo_opened("HS2").await;
    let wrong = [("token", token.as_str()), ("code", "9")];
    for status in [422, 422, 303] {
        assert_eq!(stage.form("/_simulator/code", &wrong).await.0, status);
    }
    assert_eq!(stage.momo_query("HS2").await.result_code, ResultCode::LoginFailed);
}

#[tokio::test]
async fn every_code_that_decides_or_leaves_open_can_be_the_end() {
    let stage = open();
    let mut ends = 0;
    for code in ResultCode::KNOWN {
        let meaning = ResultCode::from(*code).outcome();
        let id = format!("HS{code}");
        let token = stage.momo_opened(&id).await;
        let (status, back) =
            stage.form("/_simulator/outcome", &[("token", &token), ("outcome", code)]).await;
        let Some(meaning) = meaning else {
            assert_eq!(status, 422, "{code} is about a call");
            continue;
        };
        ends += 1;
        let notice = Notice::verify_redirect(query_of(&back), &merchant()).unwrap();
        assert_eq!((notice.result_code.code(), notice.outcome()), (*code, meaning));
        assert_eq!(stage.momo_query(&id).await.outcome(), Some(meaning), "{code}");
    }
    let told = stage.shop.told(ends).await;
    assert!(told.iter().all(|body| Notice::verify_ipn(body, &merchant()).is_ok()));
}

#[tokio::test]
async fn create_is_idempotent() {
    let stage = open();
    let request = stage.momo_request("HS1");
    let first = stage.momo_create(&request).await;
    // After a final code the same answer comes again.
    assert_eq!(stage.momo_create(&request).await, first);
    let other = CreateRequest { request_id: "R2".to_owned(), ..request.clone() };
    assert_eq!(stage.momo_create(&other).await.1, ResultCode::DuplicateOrder);
    assert_eq!(stage.momo_create(&other).await.1, ResultCode::DuplicateRequest);
    let tampered = request.signed(&merchant()).unwrap().replace("8000", "9000");
    let (_, body) = stage.call("/v2/gateway/api/create", tampered).await;
    assert!(body.contains("\"resultCode\":13"), "{body}");
    assert_eq!(stage.payments().await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_create_whose_answer_gets_lost_is_at_work_and_then_answered() {
    let stage = open();
    stage.knobs(json!({ "create": "timeout_created", "clock_factor": 0.02 })).await;
    let request = stage.momo_request("HS1");
    let (lost, busy) = tokio::join!(stage.momo_create(&request), async {
        stage.newest_when_there().await;
        stage.momo_create(&request).await
    });
    assert_eq!(lost.0, 504);
    assert_eq!((busy.0, busy.1), (422, ResultCode::Processing));
    let (_, code, pay_url) = stage.momo_create(&request).await;
    assert!(code == ResultCode::Success && pay_url.is_some());

    stage.knobs(json!({ "create": { "error": 10 } })).await;
    let request = stage.momo_request("HS2");
    assert_eq!(stage.momo_create(&request).await.1, ResultCode::Maintenance);
    assert_eq!(stage.momo_create(&request).await.1, ResultCode::DuplicateRequest);
    assert_eq!(stage.momo_query("HS2").await.result_code, ResultCode::OrderNotFound);
    stage.knobs(json!({ "create": "dup" })).await;
    assert_eq!(stage.momo_create(&stage.momo_request("HS3")).await.1, ResultCode::DuplicateOrder);
    assert_eq!(stage.momo_query("HS3").await.result_code, ResultCode::WaitingForUser);
}

impl Stage {
    /// Waits until an order is written down.
    async fn newest_when_there(&self) {
        for _ in 0..100 {
            if !self.payments().await.as_array().unwrap().is_empty() {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        panic!("no order came");
    }
}

#[tokio::test]
async fn an_ipn_is_repeated_until_it_is_answered_with_204() {
    let stage = open();
    *stage.shop.broken.lock().unwrap() = 2;
    stage.knobs(json!({ "clock_factor": 0.0005 })).await;
    let token = stage.momo_opened("HS1").await;
    stage.press(&token, "success").await;
    stage.shop.told(3).await;
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    assert_eq!(stage.shop.told_now(), 3);

    stage.knobs(json!({ "ipn": "bad_signature", "clock_factor": 0.0005 })).await;
    let token = stage.momo_opened("HS2").await;
    stage.press(&token, "success").await;
    let told = stage.shop.told(8).await;
    assert_eq!(Notice::verify_ipn(&told[7], &merchant()), Err(MessageError::BadHash));
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    assert_eq!(stage.shop.told_now(), 8, "five times and no more");

    stage.knobs(json!({ "ipn": "wrong_amount" })).await;
    let token = stage.momo_opened("HS3").await;
    stage.press(&token, "success").await;
    let told = stage.shop.told(9).await;
    assert_eq!(Notice::verify_ipn(&told[8], &merchant()).unwrap().amount, Vnd(AMOUNT + 100));
    assert!(stage.momo_query("HS3").await.is_for(Vnd(AMOUNT)));
}

#[tokio::test]
async fn an_old_return_comes_again() {
    let stage = open();
    // The first order has none before it: its own.
    for (id, ending, told) in [("A", "success", "A"), ("B", "cancel", "A"), ("C", "limit", "B")] {
        stage.knobs(json!({ "return": "replayed" })).await;
        let token = stage.momo_opened(id).await;
        let back = stage.press(&token, ending).await;
        let read = Notice::verify_redirect(query_of(&back), &merchant()).unwrap();
        assert_eq!(read.order_id, told, "{id}");
    }
}

#[tokio::test]
async fn how_it_misbehaves() {
    let stage = open();
    for (knob, outcome) in [("tampered", "cancel"), ("tampered", "success")] {
        stage.knobs(json!({ "return": knob })).await;
        let token = stage.momo_opened(&format!("T{outcome}")).await;
        let back = stage.press(&token, outcome).await;
        let read = Notice::verify_redirect(query_of(&back), &merchant());
        assert!(back.contains("resultCode=0") && read == Err(MessageError::BadHash), "{back}");
    }
    stage.knobs(json!({ "query": { "pending": 1 }, "late_pay_after_s": 0.2 })).await;
    let token = stage.momo_opened("HS1").await;
    stage.press(&token, "unverified").await;
    assert_eq!(stage.momo_query("HS1").await.outcome(), Some(Outcome::Pending));
    let reason = FailureReason::AccountNotVerified;
    assert_eq!(stage.momo_query("HS1").await.outcome(), Some(Outcome::Failed(reason)));
    let told = stage.shop.told(4).await;
    assert_eq!(Notice::verify_ipn(&told[3], &merchant()).unwrap().outcome(), Outcome::Paid);
    assert_eq!(stage.pay_late("HS1", "success").await, 409);
    assert_eq!(stage.pay_late("HS9", "success").await, 404);
    assert_eq!(stage.pay_late("HS1", "13").await, 422);
    let refused = stage.call("/_simulator/knobs", json!({ "query": "rate_limited" }).to_string());
    assert_eq!(refused.await.0, 422);

    stage.knobs(json!({ "clock_factor": 0.0001 })).await;
    stage.momo_opened("HS2").await;
    tokio::time::sleep(std::time::Duration::from_millis(150)).await;
    assert_eq!(stage.momo_query("HS2").await.result_code, ResultCode::Expired);
    let token = stage.newest().await;
    assert_eq!(stage.page(&format!("{}/v2/gateway/pay?s={token}", stage.origin)).await.0, 410);
    assert_eq!(stage.pay_late("HS2", "success").await, 200);
}

#[tokio::test]
async fn money_goes_back_once() {
    let stage = open();
    let token = stage.momo_opened("HS1").await;
    stage.press(&token, "success").await;
    let paid = stage.momo_query("HS1").await.trans_id.unwrap();
    assert_eq!(stage.momo_refund("B0", "1", 1_000).await, ResultCode::OrderNotFound);
    assert_eq!(stage.momo_refund("HS1", &paid, 1_000).await, ResultCode::DuplicateOrder);
    assert_eq!(stage.momo_refund("B1", &paid, 5_000).await, ResultCode::Success);
    assert_eq!(stage.momo_refund("B1", &paid, 5_000).await, ResultCode::Success);
    assert_eq!(stage.momo_refund("B2", &paid, 5_000).await, ResultCode::AlreadyRefunded);
    stage.knobs(json!({ "reference": "HS1", "refund": "refused" })).await;
    assert_eq!(stage.momo_refund("B3", &paid, 1_000).await, ResultCode::RefundFailed);
    stage.knobs(json!({ "reference": "HS1", "refund": { "pending": 1 } })).await;
    assert_eq!(stage.momo_refund("B4", &paid, 3_000).await, ResultCode::ProcessingAtProvider);
    let rows = stage.momo_query("HS1").await.refunds;
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0].result_code, ResultCode::Success);
    assert_eq!(stage.momo_refund("B4", &paid, 3_000).await, ResultCode::Success);

    stage.knobs(json!({ "refund": "partial" })).await;
    let token = stage.momo_opened("HS2").await;
    stage.press(&token, "success").await;
    let paid = stage.momo_query("HS2").await.trans_id.unwrap();
    assert_eq!(stage.momo_refund("B5", &paid, AMOUNT).await, ResultCode::Unknown);
    let rows = stage.momo_query("HS2").await.refunds;
    assert_eq!((rows[0].amount, &rows[0].result_code), (Vnd(AMOUNT / 2), &ResultCode::Success));
}

#[tokio::test]
async fn orders_survive_a_restart_and_open_ipns_go_on() {
    let folder = std::env::temp_dir().join(format!("motcua-momo-{}", std::process::id()));
    let (first, _) = open_with(Some(folder.clone()));
    *first.shop.broken.lock().unwrap() = 1;
    let token = first.momo_opened("HS1").await;
    first.press(&token, "success").await;
    first.shop.told(1).await;
    let (second, gateway) = open_with(Some(folder.clone()));
    gateway.resume();
    // The address of the merchant came with the order.
    let told = first.shop.told(2).await;
    assert_eq!(Notice::verify_ipn(&told[1], &merchant()).unwrap().order_id, "HS1");
    assert_eq!(second.momo_query("HS1").await.outcome(), Some(Outcome::Paid));
    std::fs::remove_dir_all(folder).unwrap();
}
