//! Runs every VNPAY vector: strings and hashes that outside implementations (VNPAY's PHP sample,
//! npm vnpay, PyPI django-vnpay) computed. An operation that this file does not know fails it.

#![allow(clippy::unwrap_used, reason = "a panic in a test is a failed test")]

use std::collections::BTreeMap;

use motcua_gateways::Secret;
use motcua_gateways::vnpay::canonical::{self, Empties, HASH_KEY};
use motcua_gateways::vnpay::{
    Amount, ApiError, Locale, Merchant, Notice, NoticeError, OrderInfo, PayRequest, QueryRequest,
    QueryResponse, RefundRequest, Stamp,
};
use serde_json::Value;

const FILE: &str = include_str!("vectors/vnpay.json");
const ENDPOINT: &str = "https://gateway.example/paymentv2/vpcpay.html";

fn file() -> Value {
    serde_json::from_str(FILE).unwrap()
}

fn text<'a>(vector: &'a Value, key: &str) -> &'a str {
    vector[key].as_str().unwrap()
}

fn map(value: &Value) -> BTreeMap<String, String> {
    let pairs = value.as_object().unwrap().iter();
    pairs.map(|(key, value)| (key.clone(), value.as_str().unwrap().to_owned())).collect()
}

fn query(params: &BTreeMap<String, String>) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish()
}

#[test]
fn every_vector() {
    let file = file();
    let section = &file["vnpay"];
    let vectors = section["vectors"].as_array().unwrap();
    assert!(vectors.len() >= 12, "vectors are missing");
    let mut ids = std::collections::BTreeSet::new();
    for vector in vectors {
        let id = text(vector, "id");
        assert!(ids.insert(id), "{id} occurs twice");
        let merchant =
            Merchant::new(text(section, "tmn_code"), Secret::new(text(vector, "secret")));
        match text(vector, "op") {
            "pay_url" => pay_url(id, vector, &merchant),
            "return_or_ipn" => notice(id, vector, &merchant),
            "querydr_response" => query_response(id, vector, &merchant),
            "refund_request" => refund_request(id, vector, &merchant),
            op => panic!("{id}: unknown op {op}"),
        }
    }
}

fn pay_url(id: &str, vector: &Value, merchant: &Merchant) {
    let input = map(&vector["input"]);
    let expected = text(vector, "expected");
    let canonical = canonical::canonical(&input, Empties::Drop);
    assert_eq!(canonical, text(vector, "canonical"), "{id}");
    assert_eq!(canonical::sign(&merchant.secret, &canonical), expected, "{id}");

    // The typed road, for what the typed road lets through.
    let get = |key: &str| input.get(key).cloned().unwrap_or_default();
    let dong = get("vnp_Amount").parse::<u64>().unwrap() / 100;
    let Ok(amount) = Amount::from_dong(dong) else {
        assert_eq!(id, "vnpay-05", "the only vector beyond the limits");
        return;
    };
    let order_info = OrderInfo::new(&get("vnp_OrderInfo"));
    let same_text = order_info.as_str() == get("vnp_OrderInfo");
    let request = PayRequest {
        txn_ref: get("vnp_TxnRef"),
        amount,
        order_info,
        order_type: get("vnp_OrderType"),
        return_url: get("vnp_ReturnUrl"),
        ip_addr: get("vnp_IpAddr"),
        created: get("vnp_CreateDate").parse::<Stamp>().unwrap(),
        expires: get("vnp_ExpireDate").parse().ok(),
        locale: Locale::Vietnamese,
        bank_code: Some(get("vnp_BankCode")).filter(|code| !code.is_empty()),
    };
    let url = request.signed_url(ENDPOINT, merchant).unwrap();
    let sent = url.strip_prefix(&format!("{ENDPOINT}?")).unwrap();
    if same_text {
        assert_eq!(sent, format!("{canonical}&{HASH_KEY}={expected}"), "{id}");
    } else {
        assert_eq!(id, "vnpay-02", "the only vector with diacritics");
    }
    // The gateway's side reads both what we send and what the vector sends.
    let now = request.created.plus(60);
    assert_eq!(PayRequest::verify(sent, merchant, now).unwrap(), request, "{id}");
    let vector_query = format!("{canonical}&{HASH_KEY}={expected}");
    let read = PayRequest::verify(&vector_query, merchant, now).unwrap();
    assert_eq!(read.order_info.as_str(), get("vnp_OrderInfo"), "{id}");
}

fn notice(id: &str, vector: &Value, merchant: &Merchant) {
    let input = map(&vector["input"]);
    let expected = text(vector, "expected");
    let canonical = canonical::canonical(&input, Empties::Keep);
    assert_eq!(canonical, text(vector, "canonical"), "{id}");
    assert_eq!(canonical::sign(&merchant.secret, &canonical), expected, "{id}");

    let sent = match vector.get("sent") {
        Some(sent) => map(sent),
        None => {
            let mut sent = input.clone();
            sent.insert(HASH_KEY.to_owned(), expected.to_owned());
            sent
        }
    };
    let result = Notice::verify(&query(&sent), merchant);
    match text(vector, "verdict") {
        "valid" => {
            let notice = result.unwrap_or_else(|error| panic!("{id}: {error}"));
            // The gateway's side makes the same bytes.
            let again = notice.signed_query(merchant);
            assert_eq!(again, format!("{canonical}&{HASH_KEY}={expected}"), "{id}");
        }
        "invalid" => assert_eq!(result, Err(NoticeError::BadHash), "{id}"),
        verdict => panic!("{id}: unknown verdict {verdict}"),
    }
}

fn query_response(id: &str, vector: &Value, merchant: &Merchant) {
    let input = map(&vector["input"]);
    let asked = QueryRequest {
        request_id: "R1".into(),
        txn_ref: input["vnp_TxnRef"].clone(),
        transaction_date: Stamp::from_unix(1_763_861_400),
        created: Stamp::from_unix(1_763_861_500),
        ip_addr: "127.0.0.1".into(),
        order_info: OrderInfo::new("Truy van"),
    };
    let expected = text(vector, "expected");
    assert_eq!(canonical::sign(&merchant.secret, text(vector, "canonical")), expected, "{id}");
    let body = |hash: Option<&str>| {
        let mut sent = input.clone();
        hash.map(|hash| sent.insert(HASH_KEY.to_owned(), hash.to_owned()));
        serde_json::to_string(&sent).unwrap()
    };
    let response = QueryResponse::verify(&body(Some(expected)), merchant, &asked).unwrap();
    let made: Value = serde_json::from_str(&response.signed(merchant).unwrap()).unwrap();
    assert_eq!(made[HASH_KEY], expected, "{id}");
    let unsigned = QueryResponse::verify(&body(None), merchant, &asked);
    assert_eq!(unsigned, Err(ApiError::Unsigned), "{id}");
    let wrong = QueryResponse::verify(&body(Some(&expected.replace('a', "b"))), merchant, &asked);
    assert_eq!(wrong, Err(ApiError::BadHash), "{id}");
    let other = QueryRequest { txn_ref: "OTHER".into(), ..asked };
    let foreign = QueryResponse::verify(&body(Some(expected)), merchant, &other);
    assert_eq!(foreign, Err(ApiError::Foreign("vnp_TxnRef")), "{id}");
}

fn refund_request(id: &str, vector: &Value, merchant: &Merchant) {
    let mut sent = map(&vector["input"]);
    let expected = text(vector, "expected");
    assert_eq!(canonical::sign(&merchant.secret, text(vector, "canonical")), expected, "{id}");
    sent.insert(HASH_KEY.to_owned(), expected.to_owned());
    let body = serde_json::to_string(&sent).unwrap();
    let request = RefundRequest::verify(&body, merchant).unwrap();
    let made: Value = serde_json::from_str(&request.signed(merchant).unwrap()).unwrap();
    assert_eq!(made, serde_json::to_value(&sent).unwrap(), "{id}");
}

/// Every character, in every encoding that outside encoders give it, is proven: as received when
/// it was signed in that encoding. Ours is the column of JavaScript's `URLSearchParams`.
#[test]
fn encoding_matrix() {
    let file = file();
    let merchant = Merchant::new("KIMTHA01", Secret::new("KIMTHANHVNPAYSANDBOXSECRET000001"));
    let rows = file["vnpay_encoding_matrix"].as_array().unwrap();
    assert!(rows.len() >= 28);
    for row in rows {
        let char = text(row, "char");
        assert_eq!(canonical::encode(char), text(row, "js_URLSearchParams"), "{char}");
        for (encoder, encoded) in row.as_object().unwrap() {
            if encoder == "char" {
                continue;
            }
            let encoded = encoded.as_str().unwrap();
            let signed = format!(
                "vnp_Amount=1500000&vnp_OrderInfo=x{encoded}y&vnp_ResponseCode=00\
                 &vnp_TmnCode=KIMTHA01&vnp_TransactionStatus=00&vnp_TxnRef=T1"
            );
            let hash = canonical::sign(&merchant.secret, &signed);
            let notice = Notice::verify(&format!("{signed}&{HASH_KEY}={hash}"), &merchant)
                .unwrap_or_else(|error| panic!("{char} by {encoder}: {error}"));
            if encoder != "java_us_ascii" {
                assert_eq!(notice.order_info, format!("x{char}y"), "{encoder}");
            }
        }
    }
}
