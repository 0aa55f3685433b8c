//! The VNPAY simulator from outside: a merchant built on `motcua-gateways` pays, is told, asks.

#![allow(clippy::unwrap_used, reason = "a panic in a test is a failed test")]

mod stage;
mod switches;

use std::time::Duration;

use motcua_gateways::HoldReason;
use motcua_gateways::vnpay::{
    Amount, ApiCode, Notice, NoticeError, Outcome, QueryResponse, Reason, RefundKind,
    RefundRequest, RefundResponse,
};
use serde_json::json;
use stage::{Stage, merchant, notice};

#[tokio::test]
async fn the_whole_way_with_card_and_password() {
    let stage = Stage::with(None, None);
    let request = Stage::request("HS1");
    let token = stage.opened(&request).await;
    let page = |path: &str| format!("{}{path}?token={token}", stage.origin);

    let methods = stage.http.get(page("/paymentv2/Transaction/PaymentMethod.html"));
    let response = methods.send().await.unwrap();
    let csp = response.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(csp.contains("form-action 'self' http://127.0.0.1:8080") && !csp.contains("unsafe"));
    let html = response.text().await.unwrap();
    for part in ["lang=\"vi\"", "BỘ GIẢ LẬP", "8.000\u{a0}đ", "HS1", "KIMTHA01"] {
        assert!(html.contains(part), "{part}");
    }
    assert_eq!(html.matches("<h1>").count(), 1);
    assert!(!html.contains("style=") && !html.contains("<script"));

    let card = [
        ("token", token.as_str()),
        ("cardNumber", "9704198526191432198"),
        ("cardHolder", "NGUYEN VAN A"),
        ("cardDate", "07/15"),
    ];
    let wrong = [("token", token.as_str()), ("cardNumber", "1"), ("cardHolder", "X")];
    let bank = "/paymentv2/Ncb/Transaction/Index.html";
    assert_eq!(stage.form(bank, &wrong).await.status(), 422);
    let response = stage.form(bank, &card).await;
    assert_eq!(response.status(), 303);
    let next = response.headers()["location"].to_str().unwrap().to_owned();
    assert_eq!(next, format!("/paymentv2/Ncb/Transaction/Confirm.html?token={token}"));
    assert_eq!(
        stage
            .http
            .get(page("/paymentv2/Ncb/Transaction/Confirm.html"))
            .send()
            .await
            .unwrap()
            .status(),
        200
    );

    let otp = "/paymentv2/Ncb/Transaction/AjaxConfirm.html";
    let bad = stage.form(otp, &[("token", &token), ("otpvalue", "000000")]).await;
    assert_eq!(bad.status(), 422);
    let response = stage.form(otp, &[("token", &token), ("otpvalue", "123456")]).await;
    assert_eq!(response.status(), 303);
    let back = response.headers()["location"].to_str().unwrap().to_owned();
    assert!(back.starts_with("http://127.0.0.1:8080/ve/abc?lang=vi&vnp_Amount=800000&"), "{back}");

    let returned = notice(&back).unwrap();
    assert_eq!(returned.outcome(), Outcome::Paid);
    assert!(returned.is_for(request.amount) && returned.txn_ref == "HS1");
    let told = stage.told(1).await;
    assert_eq!(Notice::verify(&told[0], &merchant()).unwrap(), returned);

    // Back into the gateway: it is over, nothing is paid twice.
    let again =
        stage.http.get(page("/paymentv2/Transaction/PaymentMethod.html")).send().await.unwrap();
    assert!(again.text().await.unwrap().contains("Giao dịch thành công."));
    let twice = stage.form(otp, &[("token", &token), ("otpvalue", "123456")]).await;
    assert_eq!(twice.status(), 200);
    assert_eq!(stage.told_now(), 1);
    let reopened = stage.led_to(&stage.address(&request)).await;
    assert_eq!(reopened, "/paymentv2/Payment/Error.html?code=01");
}

#[tokio::test]
async fn cancelling_has_the_real_shape() {
    let stage = Stage::with(None, None);
    let token = stage.opened(&Stage::request("HS1")).await;
    let path = "/paymentv2/Transaction/Cancel.html";
    assert_eq!(stage.form(path, &[("token", &token)]).await.status(), 400);
    let fields = [("token", token.as_str()), ("btnCancel", "cancel")];
    let response = stage.form(path, &fields).await;
    let back = response.headers()["location"].to_str().unwrap().to_owned();
    for part in ["vnp_TransactionNo=0&", "vnp_BankCode=VNPAY&", "vnp_CardType=QRCODE&"] {
        assert!(back.contains(part), "{part} in {back}");
    }
    assert!(!back.contains("vnp_BankTranNo"));
    assert_eq!(notice(&back).unwrap().outcome(), Outcome::Failed(Reason::UserCancelled));
}

#[tokio::test]
async fn every_button_of_the_panel() {
    let stage = Stage::with(None, None);
    for (outcome, meaning) in [
        ("success", Outcome::Paid),
        ("cancel", Outcome::Failed(Reason::UserCancelled)),
        ("insufficient", Outcome::Failed(Reason::InsufficientFunds)),
        ("fraud", Outcome::Held(HoldReason::SuspectedFraud)),
        ("pending", Outcome::Pending),
    ] {
        let token = stage.opened(&Stage::request(outcome)).await;
        let back = stage.press(&token, outcome).await;
        assert_eq!(notice(&back).unwrap().outcome(), meaning, "{outcome}");
    }
}

#[tokio::test]
async fn three_wrong_passwords_end_it() {
    let stage = Stage::with(None, None);
    let token = stage.opened(&Stage::request("HS1")).await;
    let otp = "/paymentv2/Ncb/Transaction/AjaxConfirm.html";
    let wrong = [("token", token.as_str()), ("otpvalue", "1")];
    assert_eq!(stage.form(otp, &wrong).await.status(), 422);
    assert_eq!(stage.form(otp, &wrong).await.status(), 422);
    let response = stage.form(otp, &wrong).await;
    let back = response.headers()["location"].to_str().unwrap().to_owned();
    assert_eq!(notice(&back).unwrap().outcome(), Outcome::Failed(Reason::AuthFailed));
}

#[tokio::test]
async fn requests_that_are_refused() {
    let stage = Stage::with(None, None);
    let request = Stage::request("HS1");
    let good = stage.address(&request);
    for (address, code) in [
        (good.replace("=800000&", "=900000&"), "70"),
        (good.replace("KIMTHA01", "KIMTHA02"), "72"),
        (format!("{}/paymentv2/vpcpay.html", stage.origin), "72"),
        (format!("{good}&vnp_Amount=1"), "03"),
    ] {
        let error = format!("/paymentv2/Payment/Error.html?code={code}");
        assert_eq!(stage.led_to(&address).await, error, "{address}");
        let page = stage.http.get(format!("{}{error}", stage.origin)).send().await.unwrap();
        assert!(page.text().await.unwrap().contains(code));
    }
    let hostile = format!("{}/paymentv2/Payment/Error.html?code=<script>", stage.origin);
    let page = stage.http.get(hostile).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("&lt;script&gt;") && !page.contains("<script"));
    // The same tap twice opens one payment.
    let token = stage.opened(&request).await;
    assert_eq!(stage.opened(&request).await, token);
}

#[tokio::test]
async fn pages_idle_out() {
    let stage = Stage::with(None, None);
    stage.knobs(json!({ "clock_factor": 0.0001 })).await;
    let token = stage.opened(&Stage::request("HS1")).await;
    tokio::time::sleep(Duration::from_millis(150)).await;
    let page = format!("{}/paymentv2/Transaction/PaymentMethod.html?token={token}", stage.origin);
    assert_eq!(stage.led_to(&page).await, "/paymentv2/Payment/Error.html?code=15");
    let late =
        stage.form("/_simulator/outcome", &[("token", &token), ("outcome", "success")]).await;
    assert_eq!(late.status(), 302);
    assert_eq!(stage.told_now(), 0);
    // Money can still come late, outside the page.
    assert_eq!(stage.pay_late("HS1", "success").await, 200);
    let told = stage.told(1).await;
    assert_eq!(Notice::verify(&told[0], &merchant()).unwrap().outcome(), Outcome::Paid);
    assert_eq!(stage.pay_late("HS1", "success").await, 409);
    assert_eq!(stage.pay_late("HS2", "success").await, 404);
}

#[tokio::test]
async fn when_the_ipn_comes() {
    let stage = Stage::with(None, None);
    stage.knobs(json!({ "txn_ref": "BEFORE", "ipn": "before_return" })).await;
    let token = stage.opened(&Stage::request("BEFORE")).await;
    stage.press(&token, "success").await;
    assert_eq!(stage.told_now(), 1);

    stage.knobs(json!({ "txn_ref": "AFTER", "ipn": "after_return" })).await;
    let token = stage.opened(&Stage::request("AFTER")).await;
    stage.press(&token, "success").await;
    assert_eq!(stage.told_now(), 1);
    stage.told(2).await;

    stage.knobs(json!({ "txn_ref": "DELAY", "ipn": { "delay_ms": 200 } })).await;
    let token = stage.opened(&Stage::request("DELAY")).await;
    stage.press(&token, "success").await;
    assert_eq!(stage.told_now(), 2);
    stage.told(3).await;

    stage.knobs(json!({ "txn_ref": "DUP", "ipn": { "dup": 4 } })).await;
    let token = stage.opened(&Stage::request("DUP")).await;
    stage.press(&token, "success").await;
    let told = stage.told(7).await;
    assert!(told[3..].iter().all(|query| *query == told[3]));

    stage.knobs(json!({ "txn_ref": "NEVER", "ipn": "never" })).await;
    let token = stage.opened(&Stage::request("NEVER")).await;
    stage.press(&token, "success").await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(stage.told_now(), 7);
}

#[tokio::test]
async fn spoilt_ipns_are_repeated_ten_times_and_never_confirmed() {
    let stage = Stage::with(None, None);
    for (knob, code) in [("bad_signature", "97"), ("wrong_amount", "04")] {
        stage.shop.told.lock().unwrap().clear();
        stage.knobs(json!({ "ipn": knob, "clock_factor": 0.0002 })).await;
        let token = stage.opened(&Stage::request(knob)).await;
        let back = stage.press(&token, "success").await;
        assert_eq!(notice(&back).unwrap().outcome(), Outcome::Paid, "the return is true");
        let told = stage.told(10).await;
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert_eq!(stage.told_now(), 10);
        let read = Notice::verify(&told[0], &merchant());
        match knob {
            "bad_signature" => assert_eq!(read, Err(NoticeError::BadHash)),
            _ => assert!(!read.unwrap().is_for(Amount::from_dong(8_000).unwrap())),
        }
        let payments = stage.payments().await;
        let payment = payments.as_array().unwrap().last().unwrap();
        let ipns = payment["ipns"].as_array().unwrap();
        assert!(ipns.len() == 10 && ipns.iter().all(|ipn| ipn["rsp_code"] == code));
    }
}

#[tokio::test]
async fn an_ipn_is_repeated_until_it_is_confirmed() {
    let stage = Stage::with(None, None);
    *stage.shop.broken.lock().unwrap() = 3;
    stage.knobs(json!({ "clock_factor": 0.0002 })).await;
    let token = stage.opened(&Stage::request("HS1")).await;
    stage.press(&token, "success").await;
    stage.told(4).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(stage.told_now(), 4);
}

#[tokio::test]
async fn querydr_tells_the_truth_and_is_signed() {
    let stage = Stage::with(None, None);
    let request = Stage::request("HS1");
    let question = Stage::question(&request);
    let body = question.signed(&merchant()).unwrap();
    let ask = async |body: &str| {
        let (status, answer) = stage.api(body.to_owned()).await;
        assert_eq!(status, 200);
        QueryResponse::verify(&answer, &merchant(), &question).unwrap()
    };
    assert_eq!(ask(&body).await.response_code, ApiCode::NotFound);
    let token = stage.opened(&request).await;
    assert_eq!(ask(&body).await.outcome(), Some(Outcome::Pending));
    stage.press(&token, "success").await;
    let paid = ask(&body).await;
    assert!(paid.outcome() == Some(Outcome::Paid) && paid.is_for(request.amount));
    assert!(paid.transaction_no.is_some());

    assert_eq!(ask(&body.replace("HS1", "HS9")).await.response_code, ApiCode::BadHash);
    assert_eq!(ask("nothing").await.response_code, ApiCode::BadFormat);
    assert_eq!(ask(&body.replace("KIMTHA01", "X")).await.response_code, ApiCode::UnknownMerchant);
}

#[tokio::test]
async fn querydr_misbehaves() {
    let stage = Stage::with(None, None);
    let request = Stage::request("HS1");
    let question = Stage::question(&request);
    let body = question.signed(&merchant()).unwrap();
    let token = stage.opened(&request).await;
    stage.press(&token, "success").await;
    let ask = async || {
        let (status, answer) = stage.api(body.clone()).await;
        (status, QueryResponse::verify(&answer, &merchant(), &question).ok())
    };
    stage.knobs(json!({ "txn_ref": "HS1", "query": { "pending": 2 } })).await;
    for meaning in [Outcome::Pending, Outcome::Pending, Outcome::Paid] {
        assert_eq!(ask().await.1.unwrap().outcome(), Some(meaning));
    }
    stage.knobs(json!({ "txn_ref": "HS1", "query": "duplicate_94" })).await;
    let refused = ask().await.1.unwrap();
    assert!(refused.response_code == ApiCode::Duplicate && refused.outcome().is_none());
    for (knob, status) in [("failed", "02"), ("paid", "00")] {
        stage.knobs(json!({ "txn_ref": "HS1", "query": knob })).await;
        assert_eq!(ask().await.1.unwrap().transaction_status, Some(status.into()));
    }
    stage.knobs(json!({ "txn_ref": "HS1", "query": "down" })).await;
    assert_eq!(ask().await, (503, None));
    let bad = stage.post("/_simulator/knobs", json!({ "query": "maybe" })).await;
    assert_eq!(bad.status(), 422);
}

#[tokio::test]
async fn a_refund_is_taken_once_and_only_of_a_payment() {
    let stage = Stage::with(None, None);
    let request = Stage::request("HS1");
    let token = stage.opened(&request).await;
    let asked = RefundRequest {
        request_id: "R2".to_owned(),
        kind: RefundKind::Full,
        txn_ref: "HS1".to_owned(),
        amount_hundredths: 800_000,
        transaction_no: None,
        transaction_date: request.created,
        created_by: "canbo01".to_owned(),
        created: request.created,
        ip_addr: "127.0.0.1".to_owned(),
        order_info: request.order_info.clone(),
    };
    let body = asked.signed(&merchant()).unwrap();
    let ask = async || {
        let (_, answer) = stage.api(body.clone()).await;
        RefundResponse::verify(&answer, &merchant(), &asked).unwrap().response_code
    };
    assert_eq!(ask().await, ApiCode::NotPaid);
    stage.press(&token, "success").await;
    assert_eq!(ask().await, ApiCode::Success);
    assert_eq!(ask().await, ApiCode::Duplicate);
}

#[tokio::test]
async fn payments_survive_a_restart_and_open_ipns_go_on() {
    let folder = std::env::temp_dir().join(format!("motcua-vnpay-{}", std::process::id()));
    // Nobody hears the first gateway's report.
    let first = Stage::with(Some(folder.clone()), Some("http://127.0.0.1:1/nobody"));
    let request = Stage::request("HS1");
    let token = first.opened(&request).await;
    first.press(&token, "success").await;
    let second = Stage::with(Some(folder.clone()), None);
    second.gateway.resume();
    let told = second.told(1).await;
    assert_eq!(Notice::verify(&told[0], &merchant()).unwrap().txn_ref, "HS1");
    let reopened = second.led_to(&second.address(&request)).await;
    assert_eq!(reopened, "/paymentv2/Payment/Error.html?code=01");
    std::fs::remove_dir_all(folder).unwrap();
}
