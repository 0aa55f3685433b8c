//! What holds for every value: what is signed is proven on the other side, what is changed by one
//! byte is refused, and no text makes a parser panic.

#![allow(clippy::unwrap_used, reason = "a panic in a test is a failed test")]

use motcua_gateways::Secret;
use motcua_gateways::vnpay::canonical::HASH_KEY;
use motcua_gateways::vnpay::{
    Amount, ApiCode, ApiError, CreateError, IpnAck, Locale, Merchant, Notice, NoticeError,
    OrderInfo, PayRequest, QueryRequest, QueryResponse, RefundKind, RefundRequest, RefundResponse,
    ResponseCode, Stamp, TransactionStatus,
};
use proptest::prelude::*;

fn merchant() -> Merchant {
    Merchant::new("KIMTHA01", Secret::new("KIMTHANHVNPAYSANDBOXSECRET000001"))
}

fn stamp() -> impl Strategy<Value = Stamp> {
    (0u64..4_102_444_800).prop_map(Stamp::from_unix)
}

fn pay_request() -> impl Strategy<Value = PayRequest> {
    (
        "[A-Za-z0-9_.-]{1,100}",
        5_000u64..1_000_000_000,
        any::<String>(),
        "https://app\\.example/[a-zA-Z0-9/_-]{0,40}(\\?a=[a-z&=%]{0,20})?",
        stamp(),
        proptest::option::of(1u32..100_000),
        proptest::option::of("[A-Z]{3,20}"),
    )
        .prop_map(|(txn_ref, dong, info, return_url, created, lasts, bank_code)| PayRequest {
            txn_ref,
            amount: Amount::from_dong(dong).unwrap(),
            order_info: OrderInfo::new(&info),
            order_type: "other".into(),
            return_url,
            ip_addr: "203.0.113.7".into(),
            created,
            expires: lasts.map(|seconds| created.plus(seconds)),
            locale: Locale::English,
            bank_code,
        })
}

fn notice() -> impl Strategy<Value = Notice> {
    (
        "[A-Za-z0-9_.-]{1,100}",
        0u64..999_999_999_999,
        "[A-Z]{3,20}",
        proptest::option::of("[A-Z0-9]{1,20}"),
        any::<String>(),
        proptest::option::of(stamp()),
        "[0-9]{2}",
        "[0-9]{2}",
        proptest::option::of("[1-9][0-9]{0,14}"),
    )
        .prop_map(|(txn_ref, amount, bank, tran_no, info, pay_date, response, status, no)| {
            Notice {
                txn_ref,
                amount_hundredths: amount,
                bank_code: bank,
                bank_tran_no: tran_no,
                card_type: Some("ATM".into()),
                order_info: info,
                pay_date,
                response_code: ResponseCode::from(response.as_str()),
                transaction_no: no,
                transaction_status: TransactionStatus::from(status.as_str()),
            }
        })
}

/// The query with one byte of one decoded value changed (`at` picks which).
fn flipped(query: &str, at: usize, by: u8) -> String {
    let mut pairs: Vec<(String, Vec<u8>)> = form_urlencoded::parse(query.as_bytes())
        .map(|(key, value)| (key.into_owned(), value.into_owned().into_bytes()))
        .collect();
    let total: usize = pairs.iter().map(|(_, value)| value.len()).sum();
    let mut at = at % total;
    for (_, value) in &mut pairs {
        if at < value.len() {
            value[at] ^= by;
            break;
        }
        at -= value.len();
    }
    let mut out = Vec::new();
    for (key, value) in pairs {
        let value: String = form_urlencoded::byte_serialize(&value).collect();
        out.push(format!("{key}={value}"));
    }
    out.join("&")
}

proptest! {
    #[test]
    fn a_pay_url_is_read_back(request in pay_request()) {
        let url = request.signed_url("https://g.example/p", &merchant()).unwrap();
        let query = url.split_once('?').unwrap().1;
        prop_assert_eq!(PayRequest::verify(query, &merchant(), request.created), Ok(request));
    }

    #[test]
    fn a_changed_pay_url_is_refused(request in pay_request(), at: usize, bit in 0u32..5) {
        let url = request.signed_url("https://g.example/p", &merchant()).unwrap();
        let query = flipped(url.split_once('?').unwrap().1, at, 1 << bit);
        let refused = PayRequest::verify(&query, &merchant(), request.created);
        let expected = [CreateError::BadHash, CreateError::UnknownMerchant];
        prop_assert!(expected.contains(&refused.unwrap_err()));
    }

    #[test]
    fn a_notice_is_read_back(notice in notice(), extra in "[a-z]{1,8}") {
        let query = notice.signed_query(&merchant());
        prop_assert_eq!(Notice::verify(&query, &merchant()), Ok(notice.clone()));
        // Trackers' parameters on either side, and the order, change nothing.
        let mut parts: Vec<&str> = query.split('&').collect();
        parts.reverse();
        let tracked = format!("fbclid={extra}&{}&utm_source={extra}", parts.join("&"));
        prop_assert_eq!(Notice::verify(&tracked, &merchant()), Ok(notice.clone()));
        // Hex in the other case too.
        let (body, hash) = query.split_once("&vnp_SecureHash=").unwrap();
        let upper = format!("{body}&{HASH_KEY}={}", hash.to_uppercase());
        prop_assert_eq!(Notice::verify(&upper, &merchant()), Ok(notice));
    }

    #[test]
    fn a_changed_notice_is_refused(notice in notice(), at: usize, bit in 0u32..5) {
        // Bit 5 is left out: in a hexadecimal hash it is only the letter's case.
        let query = flipped(&notice.signed_query(&merchant()), at, 1 << bit);
        prop_assert_eq!(Notice::verify(&query, &merchant()), Err(NoticeError::BadHash));
    }

    #[test]
    fn a_repeated_parameter_is_refused(notice in notice(), at: usize) {
        let query = notice.signed_query(&merchant());
        let parts: Vec<&str> = query.split('&').collect();
        let twice = format!("{query}&{}", parts[at % parts.len()]);
        prop_assert_eq!(Notice::verify(&twice, &merchant()), Err(NoticeError::Duplicate));
    }

    #[test]
    fn another_secret_is_refused(notice in notice(), secret in "[A-Z]{8,32}") {
        let other = Merchant::new("KIMTHA01", Secret::new(secret));
        let query = notice.signed_query(&merchant());
        prop_assert_eq!(Notice::verify(&query, &other), Err(NoticeError::BadHash));
    }

    #[test]
    fn querydr_goes_both_ways(
        txn_ref in "[A-Z0-9]{1,30}", created in stamp(), status in "0[0-9]", amount in 0u64..99_999_999,
        change in 0usize..128,
    ) {
        let asked = QueryRequest {
            request_id: "R1".into(), txn_ref: txn_ref.clone(), transaction_date: created,
            created, ip_addr: "127.0.0.1".into(), order_info: OrderInfo::new("Truy vấn"),
        };
        let body = asked.signed(&merchant()).unwrap();
        prop_assert_eq!(QueryRequest::verify(&body, &merchant()), Ok(asked.clone()));
        let response = QueryResponse {
            response_id: "1".into(), response_code: ApiCode::Success, message: "QueryDR".into(),
            txn_ref: Some(txn_ref), amount_hundredths: Some(amount), bank_code: None,
            pay_date: Some(created), transaction_no: Some("7".into()),
            transaction_type: Some("01".into()), order_info: Some("Lệ phí".into()),
            transaction_status: Some(TransactionStatus::from(status.as_str())),
        };
        let body = response.signed(&merchant()).unwrap();
        prop_assert_eq!(QueryResponse::verify(&body, &merchant(), &asked), Ok(response.clone()));
        let mut object: serde_json::Map<_, _> = serde_json::from_str(&body).unwrap();
        let mut hash = object[HASH_KEY].as_str().unwrap().as_bytes().to_vec();
        hash[change] = if hash[change] == b'0' { b'1' } else { b'0' };
        object.insert(HASH_KEY.into(), String::from_utf8(hash).unwrap().into());
        let body = serde_json::to_string(&object).unwrap();
        prop_assert_eq!(QueryResponse::verify(&body, &merchant(), &asked), Err(ApiError::BadHash));
    }

    #[test]
    fn no_text_makes_a_parser_panic(text in any::<String>(), pairs in "(vnp_[A-Za-z]{0,9}=[^=]{0,9}&){0,6}") {
        for text in [text, pairs] {
            let _ = Notice::verify(&text, &merchant());
            let _ = PayRequest::verify(&text, &merchant(), Stamp::from_unix(0));
            let _ = QueryRequest::verify(&text, &merchant());
            let _ = RefundRequest::verify(&text, &merchant());
            let _ = IpnAck::parse(&text);
            let _ = text.parse::<Stamp>();
            let _ = OrderInfo::new(&text);
        }
    }

    #[test]
    fn the_order_text_is_plain(text in any::<String>()) {
        let plain = OrderInfo::new(&text);
        let ok = plain.as_str().bytes().all(|b| b == b' ' || b.is_ascii_alphanumeric());
        prop_assert!(ok && (1..=255).contains(&plain.as_str().len()));
        prop_assert_eq!(OrderInfo::new(plain.as_str()), plain);
    }

    #[test]
    fn a_stamp_goes_round(unix in 0u64..253_402_275_600) {
        let stamp = Stamp::from_unix(unix);
        prop_assert_eq!(stamp.to_string().parse::<Stamp>(), Ok(stamp));
    }
}

#[test]
fn a_refund_goes_both_ways() {
    let asked = RefundRequest {
        request_id: "R2".into(),
        kind: RefundKind::Partial,
        txn_ref: "HS1".into(),
        amount_hundredths: 100,
        transaction_no: None,
        transaction_date: Stamp::from_unix(1),
        created_by: "canbo01".into(),
        created: Stamp::from_unix(2),
        ip_addr: "127.0.0.1".into(),
        order_info: OrderInfo::new("Hoàn"),
    };
    let body = asked.signed(&merchant()).unwrap();
    assert_eq!(RefundRequest::verify(&body, &merchant()), Ok(asked.clone()));
    let response = RefundResponse {
        response_id: "1".into(),
        response_code: ApiCode::Success,
        message: "ok".into(),
        txn_ref: "HS1".into(),
        amount_hundredths: Some(100),
        bank_code: Some("NCB".into()),
        pay_date: Some(Stamp::from_unix(3)),
        transaction_no: Some("9".into()),
        transaction_type: Some("03".into()),
        transaction_status: Some(TransactionStatus::RefundProcessing),
        order_info: None,
    };
    let body = response.signed(&merchant()).unwrap();
    assert_eq!(RefundResponse::verify(&body, &merchant(), &asked), Ok(response));
}

/// The hashed string of the query API is not encoded: a separator inside a value would let two
/// different messages have one hash.
#[test]
fn a_separator_inside_a_value_is_refused() {
    let asked = QueryRequest {
        request_id: "R|1".into(),
        txn_ref: "T".into(),
        transaction_date: Stamp::from_unix(1),
        created: Stamp::from_unix(2),
        ip_addr: "127.0.0.1".into(),
        order_info: OrderInfo::new("x"),
    };
    assert_eq!(asked.signed(&merchant()), Err(ApiError::Ambiguous("vnp_RequestId")));
}

/// The create errors of the sandbox, in the sandbox's codes.
#[test]
fn create_errors() {
    let request = PayRequest {
        txn_ref: "HS1".into(),
        amount: Amount::from_dong(8_000).unwrap(),
        order_info: OrderInfo::new("Le phi"),
        order_type: "other".into(),
        return_url: "https://app.example/ve".into(),
        ip_addr: "127.0.0.1".into(),
        created: Stamp::from_unix(1_000_000),
        expires: Some(Stamp::from_unix(1_000_900)),
        locale: Locale::Vietnamese,
        bank_code: None,
    };
    let url = request.signed_url("g", &merchant()).unwrap();
    let query = url.split_once('?').unwrap().1;
    let at = |now| PayRequest::verify(query, &merchant(), Stamp::from_unix(now)).map(|_| ());
    assert_eq!(at(1_000_899), Ok(()));
    assert_eq!(at(1_000_900), Err(CreateError::TimedOut));
    let resigned = |from: &str, to: &str| {
        let body = query.split_once("&vnp_SecureHash").unwrap().0.replace(from, to);
        let hash = motcua_gateways::vnpay::canonical::sign(&merchant().secret, &body);
        let query = format!("{body}&{HASH_KEY}={hash}");
        PayRequest::verify(&query, &merchant(), Stamp::from_unix(1_000_001)).map(|_| ())
    };
    assert_eq!(resigned("=800000&", "=499900&"), Err(CreateError::Amount));
    assert_eq!(resigned("=800000&", "=800050&"), Err(CreateError::BadFormat));
    assert_eq!(resigned("2.1.0", "2.0.0"), Err(CreateError::BadFormat));
    assert_eq!(resigned("KIMTHA01", "KIMTHA02"), Err(CreateError::UnknownMerchant));
    let cheaper = query.replace("=800000&", "=500000&");
    let bad = PayRequest::verify(&cheaper, &merchant(), Stamp::from_unix(1_000_001));
    assert_eq!(bad, Err(CreateError::BadHash));
}
