//! What holds for every MoMo message: what is signed is proven on the other side, what is changed by
//! one byte is refused, and no text makes a parser panic.

#![allow(clippy::unwrap_used, reason = "a panic in a test is a failed test")]

mod changes;

use changes::{changed, changed_query};
use motcua_gateways::momo::{
    ConfirmKind, ConfirmRequest, CreateRequest, CreateResponse, Lang, Merchant, Notice,
    QueryRequest, QueryResponse, RefundRequest, RefundResponse, RequestType, ResultCode, confirm,
    create, notice, query, refund,
};
use motcua_gateways::{Created, MessageError, Outcome, RefundOutcome, Secret, Vnd};
use proptest::prelude::*;

fn merchant() -> Merchant {
    Merchant::new("MOMOKIMTHANH2025", Secret::new("Access01"), Secret::new("Secret01"))
}

/// The signed fields and the proof.
fn all<const N: usize>(order: [&'static str; N]) -> Vec<&'static str> {
    order.into_iter().chain(["signature"]).collect()
}

fn order_id() -> impl Strategy<Value = String> {
    "[0-9a-zA-Z]([-_.]{0,2}[0-9a-zA-Z]){0,20}"
}

fn created() -> impl Strategy<Value = CreateRequest> {
    (
        "[a-f0-9-]{1,50}",
        1_000u64..=50_000_000,
        order_id(),
        "\\PC{1,60}",
        "https://app\\.example/[a-zA-Z0-9/_-]{0,40}(\\?a=[a-z&=%]{0,20})?",
        "https://app\\.example/ipn/[a-z]{1,9}",
        "[A-Za-z0-9+/]{0,40}=?",
    )
        .prop_map(|(request_id, dong, order_id, order_info, redirect_url, ipn_url, extra)| {
            CreateRequest {
                request_id,
                amount: Vnd(dong),
                order_id,
                order_info,
                redirect_url,
                ipn_url,
                request_type: RequestType::CaptureWallet,
                extra_data: extra,
                lang: Lang::English,
            }
        })
}

fn notices() -> impl Strategy<Value = Notice> {
    let code = prop::sample::select(ResultCode::KNOWN);
    (
        order_id(),
        "[a-f0-9-]{1,50}",
        0u64..1_000_000_000_000,
        any::<String>(),
        "[1-9][0-9]{0,13}",
        code,
        any::<String>(),
        "[a-z]{0,8}",
        any::<u64>(),
    )
        .prop_map(|(order_id, request_id, dong, info, trans, code, message, pay_type, at)| {
            Notice {
                order_id,
                request_id,
                amount: Vnd(dong),
                order_info: info,
                order_type: "momo_wallet".into(),
                trans_id: trans,
                result_code: ResultCode::from(code),
                message,
                pay_type,
                response_time: at,
                extra_data: String::new(),
            }
        })
}

proptest! {
    #[test]
    fn a_create_request_is_read_back(request in created(), at: usize, bit in 0u32..5) {
        let body = request.signed(&merchant()).unwrap();
        prop_assert_eq!(CreateRequest::verify(&body, &merchant()), Ok(request));
        let body = changed(&body, &all(create::ORDER), at, bit);
        let refused = CreateRequest::verify(&body, &merchant());
        prop_assert_eq!(refused, Err(ResultCode::BadCredentials));
    }

    #[test]
    fn a_notice_is_read_back(notice in notices(), extra in "[a-z]{1,8}") {
        let body = notice.signed_ipn(&merchant()).unwrap();
        prop_assert_eq!(Notice::verify_ipn(&body, &merchant()), Ok(notice.clone()));
        let query = notice.signed_query(&merchant()).unwrap();
        // Trackers' parameters on either side change nothing.
        let tracked = format!("fbclid={extra}&{query}&utm_source={extra}&fbclid=2");
        prop_assert_eq!(Notice::verify_redirect(&tracked, &merchant()), Ok(notice));
        // A second value of any of MoMo's own is refused.
        let parts: Vec<&str> = query.split('&').collect();
        let twice = format!("{query}&{}", parts[extra.len() % parts.len()]);
        let twice = Notice::verify_redirect(&twice, &merchant());
        prop_assert!(matches!(twice, Err(MessageError::Ambiguous(_))));
    }

    #[test]
    fn a_changed_notice_is_refused(notice in notices(), at: usize, bit in 0u32..5) {
        let body = notice.signed_ipn(&merchant()).unwrap();
        let body = changed(&body, &all(notice::ORDER), at, bit);
        prop_assert_eq!(Notice::verify_ipn(&body, &merchant()), Err(MessageError::BadHash));
        let query = changed_query(&notice.signed_query(&merchant()).unwrap(), at, bit);
        prop_assert_eq!(Notice::verify_redirect(&query, &merchant()), Err(MessageError::BadHash));
    }

    #[test]
    fn another_key_is_refused(notice in notices(), key in "[A-Z]{8,32}") {
        let body = notice.signed_ipn(&merchant()).unwrap();
        for other in [
            Merchant { secret: Secret::new(key.clone()), ..merchant() },
            Merchant { access_key: Secret::new(key.clone()), ..merchant() },
            Merchant { partner_code: key, ..merchant() },
        ] {
            prop_assert!(Notice::verify_ipn(&body, &other).is_err());
        }
    }

    #[test]
    fn query_refund_and_confirm_go_both_ways(
        request_id in "[a-f0-9]{1,50}", order_id in order_id(), dong in 1_000u64..=50_000_000,
        trans in "[1-9][0-9]{0,13}", description in "\\PC{0,40}", at: usize, bit in 0u32..5,
    ) {
        let lang = Lang::Vietnamese;
        let asked = QueryRequest { request_id: request_id.clone(), order_id: order_id.clone(), lang };
        let body = asked.signed(&merchant()).unwrap();
        prop_assert_eq!(QueryRequest::verify(&body, &merchant()), Ok(asked));
        let body = changed(&body, &all(query::ORDER), at, bit);
        prop_assert_eq!(QueryRequest::verify(&body, &merchant()), Err(MessageError::BadHash));

        let refund = RefundRequest {
            request_id: request_id.clone(), order_id: order_id.clone(), amount: Vnd(dong),
            trans_id: trans, description: description.clone(), lang,
        };
        let body = refund.signed(&merchant()).unwrap();
        prop_assert_eq!(RefundRequest::verify(&body, &merchant()), Ok(refund));
        let body = changed(&body, &all(refund::ORDER), at, bit);
        prop_assert_eq!(RefundRequest::verify(&body, &merchant()), Err(MessageError::BadHash));

        let confirm = ConfirmRequest {
            request_id, order_id, kind: ConfirmKind::Cancel, amount: Vnd(dong), description, lang,
        };
        let body = confirm.signed(&merchant()).unwrap();
        prop_assert_eq!(ConfirmRequest::verify(&body, &merchant()), Ok(confirm));
        let body = changed(&body, &all(confirm::ORDER), at, bit);
        prop_assert_eq!(ConfirmRequest::verify(&body, &merchant()), Err(MessageError::BadHash));
    }

    #[test]
    fn no_text_makes_a_parser_panic(
        text in any::<String>(),
        object in "\\{(\"(orderId|amount|resultCode|refundTrans)\":(\"\\PC{0,4}\"|[0-9.e-]{1,5}|\\[\\{\\}\\]|null),){0,4}\"signature\":\"[0-9a-f]{0,4}\"\\}",
        request in created(),
    ) {
        let asked = QueryRequest { request_id: "R".into(), order_id: "O".into(), lang: Lang::English };
        let refund = RefundRequest {
            request_id: "R".into(), order_id: "O".into(), amount: Vnd(1_000), trans_id: "1".into(),
            description: String::new(), lang: Lang::English,
        };
        for text in [text, object] {
            let _ = CreateRequest::verify(&text, &merchant());
            let _ = CreateResponse::parse(&text, &merchant(), &request);
            let _ = Notice::verify_ipn(&text, &merchant());
            let _ = Notice::verify_redirect(&text, &merchant());
            let _ = QueryRequest::verify(&text, &merchant());
            let _ = QueryResponse::parse(&text, &merchant(), &asked);
            let _ = RefundRequest::verify(&text, &merchant());
            let _ = RefundResponse::parse(&text, &merchant(), &refund);
            let _ = ConfirmRequest::verify(&text, &merchant());
        }
    }
}

fn request() -> CreateRequest {
    CreateRequest {
        request_id: "R1".into(),
        amount: Vnd(15_000),
        order_id: "HS1-01".into(),
        order_info: "Le phi".into(),
        redirect_url: "https://app.example/pay/return".into(),
        ipn_url: "https://app.example/pay/ipn".into(),
        request_type: RequestType::CaptureWallet,
        extra_data: String::new(),
        lang: Lang::Vietnamese,
    }
}

/// What MoMo refuses is not sent.
#[test]
fn limits_of_a_create_request() {
    let refused = |change: fn(&mut CreateRequest)| {
        let mut request = request();
        change(&mut request);
        request.signed(&merchant()).unwrap_err()
    };
    for (name, change) in [
        ("amount", (|r| r.amount = Vnd(999)) as fn(&mut CreateRequest)),
        ("amount", |r| r.amount = Vnd(50_000_001)),
        ("orderId", |r| r.order_id = "-HS1".into()),
        ("orderId", |r| r.order_id = "H".repeat(64)),
        ("requestId", |r| r.request_id = "R".repeat(51)),
        ("ipnUrl", |r| r.ipn_url = "https://app.example/ipn?a=1".into()),
        ("redirectUrl", |r| r.redirect_url = "momo://app".into()),
        ("extraData", |r| r.extra_data = "{}".into()),
        ("orderInfo", |r| r.order_info = String::new()),
    ] {
        assert_eq!(refused(change), MessageError::Malformed(name));
    }
    let forged = refused(|r| r.order_info = "x&orderId=HS2".into());
    assert_eq!(forged, MessageError::Ambiguous("orderInfo"));
}

#[test]
fn answers_are_about_what_was_asked() {
    let answer = CreateResponse {
        result_code: ResultCode::Success,
        message: "Successful.".into(),
        request_id: "R1".into(),
        order_id: "HS1-01".into(),
        amount: Some(Vnd(15_000)),
        response_time: Some(1),
        pay_url: Some("https://gateway.example/pay?t=1".into()),
        deeplink: None,
        qr_code: None,
    };
    let body = answer.body(&merchant());
    let read = CreateResponse::parse(&body, &merchant(), &request()).unwrap();
    assert_eq!((read.created(), &read), (Created::Ready, &answer));
    let other = CreateRequest { order_id: "HS2".into(), ..request() };
    let foreign = CreateResponse::parse(&body, &merchant(), &other);
    assert_eq!(foreign, Err(MessageError::Foreign("orderId")));
    let cheaper = body.replace("15000", "1500");
    let refused = CreateResponse::parse(&cheaper, &merchant(), &request());
    assert_eq!(refused, Err(MessageError::Malformed("amount")));

    let lang = Lang::Vietnamese;
    let asked = QueryRequest { request_id: "Q1".into(), order_id: "HS1-01".into(), lang };
    let body = r#"{"partnerCode":"MOMOKIMTHANH2025","orderId":"HS1-01","resultCode":0,
        "amount":15000,"transId":4088878653,"refundTrans":[{"orderId":"RF1","amount":5000,
        "resultCode":0,"transId":5}],"message":"Successful.","responseTime":1}"#;
    let read = QueryResponse::parse(body, &merchant(), &asked).unwrap();
    assert_eq!(read.outcome(), Some(Outcome::Paid));
    assert!(read.is_for(Vnd(15_000)) && !read.is_for(Vnd(1_500)));
    assert_eq!(read.refunds[0].result_code.refunded(), RefundOutcome::Done);
    let again = QueryResponse::parse(&read.body(&merchant(), &asked), &merchant(), &asked);
    assert_eq!(again, Ok(read));
    let other = QueryRequest { order_id: "HS2".into(), ..asked };
    let foreign = QueryResponse::parse(body, &merchant(), &other);
    assert_eq!(foreign, Err(MessageError::Foreign("orderId")));

    let refund = RefundRequest {
        request_id: "R2".into(),
        order_id: "HS1-01-RF1".into(),
        amount: Vnd(15_000),
        trans_id: "4088878653".into(),
        description: String::new(),
        lang,
    };
    let answer = RefundResponse {
        result_code: ResultCode::Success,
        message: "Successful.".into(),
        trans_id: Some("6".into()),
        amount: Some(Vnd(15_000)),
    };
    let body = answer.body(&merchant(), &refund);
    assert_eq!(RefundResponse::parse(&body, &merchant(), &refund), Ok(answer));
    let other = RefundRequest { order_id: "RF2".into(), ..refund };
    assert!(RefundResponse::parse(&body, &merchant(), &other).is_err());
}
