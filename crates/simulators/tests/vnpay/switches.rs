//! The switches of the return, the opening and the late payment, and those that VNPAY has no answer for.

use motcua_gateways::vnpay::{Notice, NoticeError, Outcome, Reason};
use serde_json::json;

use crate::stage::{Stage, merchant, notice};

#[tokio::test]
async fn how_the_browser_comes_back() {
    let stage = Stage::with(None, None);
    stage.knobs(json!({ "return": "never" })).await;
    let token = stage.opened(&Stage::request("A")).await;
    let back = stage.press(&token, "success").await;
    assert_eq!(back, format!("/paymentv2/Transaction/Done.html?token={token}"));
    let page = stage.http.get(format!("{}{back}", stage.origin)).send().await.unwrap();
    assert!(page.text().await.unwrap().contains("Bạn có thể đóng trang này."));

    stage.knobs(json!({ "return": "extra_params" })).await;
    let token = stage.opened(&Stage::request("B")).await;
    let back = stage.press(&token, "success").await;
    assert!(back.contains("utm_source=") && back.contains("fbclid="));
    assert_eq!(notice(&back).unwrap().outcome(), Outcome::Paid);

    for outcome in ["success", "cancel"] {
        stage.knobs(json!({ "return": "tampered" })).await;
        let token = stage.opened(&Stage::request(outcome)).await;
        let back = stage.press(&token, outcome).await;
        assert!(back.contains("vnp_ResponseCode=00"));
        assert_eq!(notice(&back), Err(NoticeError::BadHash));
    }

    stage.knobs(json!({ "return": "replayed" })).await;
    let token = stage.opened(&Stage::request("C")).await;
    let replayed = notice(&stage.press(&token, "cancel").await).unwrap();
    assert_eq!(
        (replayed.outcome(), replayed.txn_ref.as_str()),
        (Outcome::Failed(Reason::UserCancelled), "cancel")
    );
}

#[tokio::test]
async fn the_browser_comes_back_by_post_or_elsewhere() {
    let stage = Stage::with(None, None);
    for knob in ["post", "other_browser"] {
        stage.knobs(json!({ "return": knob })).await;
        let token = stage.opened(&Stage::request(knob)).await;
        let back = stage.press(&token, "cancel").await;
        assert_eq!(back, format!("/paymentv2/Transaction/Done.html?token={token}"));
        let page = stage.http.get(format!("{}{back}", stage.origin)).send().await.unwrap();
        let html = page.text().await.unwrap();
        assert_eq!(html.contains("method=\"post\""), knob == "post", "{knob}");
        assert_eq!(html.contains("target=\"_blank\""), knob == "other_browser", "{knob}");
        assert!(html.contains("vnp_SecureHash"), "{knob}");
    }
}

#[tokio::test]
async fn refused_by_a_switch_or_paid_after_it_was_cancelled() {
    let stage = Stage::with(None, None);
    stage.knobs(json!({ "create": { "error": 1 } })).await;
    let request = Stage::request("HS1");
    let led = stage.led_to(&stage.address(&request)).await;
    assert_eq!(led, "/paymentv2/Payment/Error.html?code=01");

    stage.knobs(json!({ "txn_ref": "HS1", "late_pay_after_s": 0.2 })).await;
    let token = stage.opened(&request).await;
    stage.press(&token, "cancel").await;
    let told = stage.told(2).await;
    let outcome = |query: &str| Notice::verify(query, &merchant()).unwrap().outcome();
    assert_eq!(outcome(&told[0]), Outcome::Failed(Reason::UserCancelled));
    assert_eq!(outcome(&told[1]), Outcome::Paid);

    for none in [json!({ "create": "timeout_created" }), json!({ "refund": "refused" })] {
        assert_eq!(stage.post("/_simulator/knobs", none).await.status(), 422);
    }
}
