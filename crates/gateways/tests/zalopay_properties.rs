//! What holds for every ZaloPay message: what is signed is proven on the other side, what is changed
//! by one byte is refused, and no text makes a parser panic.

#![allow(clippy::unwrap_used, reason = "a panic in a test is a failed test")]

mod changes;

use changes::{changed, changed_query};
use motcua_gateways::zalopay::{
    Callback, CreateRequest, CreateResponse, Merchant, QueryRequest, QueryResponse, RefundQuery,
    RefundRequest, RefundResponse, Return, ReturnCode, SubCode, create, numbered, refund,
};
use motcua_gateways::{MessageError, Outcome, Secret, Stamp, Vnd};
use proptest::prelude::*;

fn merchant() -> Merchant {
    Merchant::new(990_001, Secret::new("Key1"), Secret::new("Key2"))
}

/// Text without the separator, as `signed` wants it.
fn plain() -> impl Strategy<Value = String> {
    "[^|\u{0}]{1,50}"
}

fn created() -> impl Strategy<Value = CreateRequest> {
    (0u64..4_102_444_800_000, "[A-Za-z0-9_]{1,33}", plain(), 1_000u64..=50_000_000, "[^|]{1,99}")
        .prop_map(|(app_time, rest, app_user, dong, description)| CreateRequest {
            order_id: numbered(Stamp::from_unix(app_time / 1000), &rest),
            app_user,
            app_time,
            lasts_seconds: Some(900),
            amount: Vnd(dong),
            description,
            item: "[]".into(),
            embed_data: create::embed_data("https://app.example/pay/return", &["vietqr"]),
            callback_url: "https://app.example/pay/callback".into(),
            bank_code: String::new(),
        })
}

fn callbacks() -> impl Strategy<Value = Callback> {
    (
        "[0-9]{6}_[A-Za-z0-9_]{1,30}",
        any::<u64>(),
        any::<String>(),
        0u64..1_000_000_000_000,
        any::<String>(),
        "[1-9][0-9]{0,14}",
        any::<String>(),
    )
        .prop_map(|(order_id, at, app_user, dong, item, trans_id, user_id)| Callback {
            order_id,
            app_time: at,
            app_user,
            amount: Vnd(dong),
            embed_data: "{}".into(),
            item,
            trans_id,
            server_time: at,
            channel: "38".into(),
            user_id,
            user_fee: Vnd::ZERO,
            discount: Vnd(5),
        })
}

proptest! {
    #[test]
    fn a_create_request_is_read_back(request in created(), at: usize, bit in 0u32..5) {
        let body = request.signed(&merchant()).unwrap();
        let now = request.app_time;
        prop_assert_eq!(CreateRequest::verify(&body, &merchant(), now), Ok(request));
        let names: Vec<&str> = create::ORDER.into_iter().chain(["mac"]).collect();
        let body = changed(&body, &names, at, bit);
        let refused = CreateRequest::verify(&body, &merchant(), now);
        prop_assert_eq!(refused, Err(SubCode::BadSignature));
    }

    #[test]
    fn a_callback_is_read_back(callback in callbacks(), at: usize, bit in 0u32..5) {
        let body = callback.signed(&merchant());
        prop_assert_eq!(Callback::verify(&body, &merchant()), Ok(callback));
        let body = changed(&body, &["data", "mac"], at, bit);
        prop_assert_eq!(Callback::verify(&body, &merchant()), Err(MessageError::BadHash));
    }

    #[test]
    fn a_redirect_is_read_back(
        order_id in "[0-9]{6}_[A-Z0-9]{1,30}", bank_code in "[A-Z]{0,8}", dong in 0u64..999_999_999,
        status in prop::sample::select(SubCode::KNOWN), at: usize, bit in 0u32..5,
        extra in "[a-z]{1,8}",
    ) {
        let back = Return {
            order_id, method: "38".into(), bank_code, amount: Vnd(dong), discount: Vnd::ZERO,
            status: SubCode::from(status),
        };
        let query = back.signed_query(&merchant()).unwrap();
        let tracked = format!("fbclid={extra}&{query}");
        prop_assert_eq!(Return::verify(&tracked, &merchant()), Ok(back.clone()));
        prop_assert_eq!(back.outcome() == Outcome::Paid, status == "1");
        let query = changed_query(&query, at, bit);
        prop_assert_eq!(Return::verify(&query, &merchant()), Err(MessageError::BadHash));
    }

    #[test]
    fn query_and_refund_go_both_ways(
        order_id in "[0-9]{6}_[A-Z0-9]{1,33}", rest in "[0-9]{1,20}", trans_id in "[0-9]{1,15}",
        dong in 1u64..=50_000_000, timestamp: u64, description in plain(), at: usize,
        bit in 0u32..5,
    ) {
        let asked = QueryRequest { order_id };
        let body = asked.signed(&merchant()).unwrap();
        prop_assert!(!body.contains("Key1"), "the key is never sent");
        prop_assert_eq!(QueryRequest::verify(&body, &merchant()), Ok(asked));
        let body = changed(&body, &["app_id", "app_trans_id", "mac"], at, bit);
        prop_assert_eq!(QueryRequest::verify(&body, &merchant()), Err(MessageError::BadHash));

        let refund_id = format!("251124_990001_{rest}");
        let request = RefundRequest {
            refund_id: refund_id.clone(), trans_id, amount: Vnd(dong), timestamp, description,
        };
        let body = request.signed(&merchant()).unwrap();
        prop_assert_eq!(RefundRequest::verify(&body, &merchant()), Ok(request));
        let names: Vec<&str> = refund::REFUND.into_iter().chain(["mac"]).collect();
        let body = changed(&body, &names, at, bit);
        prop_assert_eq!(RefundRequest::verify(&body, &merchant()), Err(MessageError::BadHash));

        let asked = RefundQuery { refund_id, timestamp };
        let body = asked.signed(&merchant()).unwrap();
        prop_assert_eq!(RefundQuery::verify(&body, &merchant()), Ok(asked));
        let names: Vec<&str> = refund::QUERY.into_iter().chain(["mac"]).collect();
        let body = changed(&body, &names, at, bit);
        prop_assert_eq!(RefundQuery::verify(&body, &merchant()), Err(MessageError::BadHash));
    }

    #[test]
    fn no_text_makes_a_parser_panic(
        text in any::<String>(),
        object in "\\{(\"(amount|return_code|data|server_time)\":(\"\\PC{0,4}\"|[0-9.e-]{1,5}|null),){0,4}\"mac\":\"[0-9a-f]{0,4}\"\\}",
    ) {
        for text in [text, object] {
            let _ = CreateRequest::verify(&text, &merchant(), 0);
            let _ = CreateResponse::parse(&text);
            let _ = Callback::verify(&text, &merchant());
            let _ = Return::verify(&text, &merchant());
            let _ = QueryRequest::verify(&text, &merchant());
            let _ = QueryResponse::parse(&text);
            let _ = RefundRequest::verify(&text, &merchant());
            let _ = RefundQuery::verify(&text, &merchant());
            let _ = RefundResponse::parse(&text);
        }
    }
}

/// The two keys are not exchangeable.
#[test]
fn a_callback_under_key1_is_refused() {
    let data = r#"{"app_id":990001,"app_trans_id":"251123_1","app_time":1,"amount":1}"#;
    let mac = motcua_gateways::zalopay::SCHEME.mac.hex(&merchant().key1, data);
    let body = serde_json::json!({ "data": data, "mac": mac, "type": 1 }).to_string();
    assert_eq!(Callback::verify(&body, &merchant()), Err(MessageError::BadHash));
}

#[test]
fn the_day_of_an_order_is_vietnams() {
    // 2025-11-23 16:59:59 and 17:00:00 UTC.
    assert_eq!(numbered(Stamp::from_unix(1_763_917_199), "1"), "251123_1");
    assert_eq!(numbered(Stamp::from_unix(1_763_917_200), "1"), "251124_1");
    let request = CreateRequest {
        order_id: "251123_HS1".into(),
        app_user: "congdan".into(),
        app_time: 1_763_917_200_000,
        lasts_seconds: None,
        amount: Vnd(15_000),
        description: "Le phi".into(),
        item: "[]".into(),
        embed_data: "{}".into(),
        callback_url: String::new(),
        bank_code: String::new(),
    };
    let yesterdays = request.signed(&merchant());
    assert_eq!(yesterdays, Err(MessageError::Malformed("app_trans_id")));
    let request = CreateRequest { order_id: "251124_HS1".into(), ..request };
    let body = request.signed(&merchant()).unwrap();
    let late = request.app_time + create::CLOCK_MILLIS;
    assert!(CreateRequest::verify(&body, &merchant(), late).is_ok());
    assert_eq!(CreateRequest::verify(&body, &merchant(), late + 1), Err(SubCode::BadData));
    let user = CreateRequest { app_user: "a|b".into(), ..request };
    assert_eq!(user.signed(&merchant()), Err(MessageError::Ambiguous("app_user")));
}

#[test]
fn answers_go_both_ways() {
    let paid = QueryResponse {
        code: ReturnCode::Success,
        message: "Giao dịch thành công".into(),
        sub_code: SubCode::Success,
        sub_message: String::new(),
        is_processing: false,
        amount: Some(Vnd(15_000)),
        discount: Some(Vnd::ZERO),
        trans_id: Some("251123000000389".into()),
        server_time: Some(1),
    };
    assert_eq!(QueryResponse::parse(&paid.body()), Ok(paid.clone()));
    assert!(paid.is_for(Vnd(15_000)) && !paid.is_for(Vnd(1_500)));
    let without = QueryResponse { amount: None, ..paid }.body();
    assert_eq!(QueryResponse::parse(&without), Err(MessageError::Malformed("amount")));
    let ready = CreateResponse {
        code: ReturnCode::Success,
        message: "ok".into(),
        sub_code: SubCode::Success,
        sub_message: "ok".into(),
        order_url: Some("https://gateway.example/openinapp?order=1".into()),
        trans_token: Some("t".into()),
        order_token: None,
        qr_code: None,
    };
    assert_eq!(CreateResponse::parse(&ready.body()), Ok(ready));
    let refund = RefundResponse {
        code: ReturnCode::Processing,
        message: "x".into(),
        sub_code: SubCode::from("-2"),
        sub_message: "y".into(),
        refund_id: Some("1".into()),
    };
    assert_eq!(RefundResponse::parse(&refund.body()), Ok(refund));
}
