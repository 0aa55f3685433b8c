//! The vectors of VNPAY PAY 2.1.0, and the table of encoders.

use std::collections::BTreeMap;

use motcua_gateways::vnpay::canonical::{self, Empties, HASH_KEY, VALUES};
use motcua_gateways::vnpay::{
    Amount, Locale, Merchant, Notice, NoticeError, OrderInfo, PayRequest, QueryRequest,
    QueryResponse, RefundKind, RefundRequest, RefundResponse, Stamp, query, refund,
};
use motcua_gateways::{MessageError, Secret};
use serde_json::Value;

use super::{Checked, json, same, secret, signed_string, text, texts, unknown};

const ENDPOINT: &str = "https://gateway.example/paymentv2/vpcpay.html";

/// Checks one vector.
pub fn check(section: &Value, vector: &Value) -> Checked {
    let input = texts(vector, "input")?;
    let code = input.get("vnp_TmnCode").map(String::as_str).or(section["tmn_code"].as_str());
    let merchant = Merchant::new(code.ok_or("there is no vnp_TmnCode")?, secret(vector)?);
    match text(vector, "op")? {
        "pay_url" => pay_url(vector, &input, &merchant),
        "return_or_ipn" | "return" | "ipn" => notice(vector, &input, &merchant),
        "querydr_request" | "query_request" => {
            let body = proven(vector, &input, &merchant, &query::REQUEST)?;
            let request = QueryRequest::verify(&body, &merchant).map_err(|e| e.to_string())?;
            again(request.signed(&merchant), vector)
        }
        "querydr_response" | "query_response" => query_response(vector, &input, &merchant),
        "refund_request" => {
            let body = proven(vector, &input, &merchant, &refund::REQUEST)?;
            let request = RefundRequest::verify(&body, &merchant).map_err(|e| e.to_string())?;
            again(request.signed(&merchant), vector)
        }
        "refund_response" => refund_response(vector, &input, &merchant),
        _ => unknown(vector),
    }
}

/// Checks string and hash of a message of the query API; gives its body.
fn proven(
    vector: &Value,
    input: &BTreeMap<String, String>,
    merchant: &Merchant,
    order: &[&'static str],
) -> Result<String, String> {
    let (canonical, proof) = (text(vector, "canonical")?, text(vector, "expected")?);
    signed_string(&VALUES, &merchant.secret, input, order, canonical, proof)?;
    let mut sent = input.clone();
    sent.insert(HASH_KEY.to_owned(), proof.to_owned());
    serde_json::to_string(&sent).map_err(|error| error.to_string())
}

fn again(made: Result<String, MessageError>, vector: &Value) -> Checked {
    let made = json(&made.map_err(|error| error.to_string())?)?;
    same("made again", text(&made, HASH_KEY)?, text(vector, "expected")?)
}

fn form(
    vector: &Value,
    input: &BTreeMap<String, String>,
    merchant: &Merchant,
    empties: Empties,
) -> Checked {
    let canonical = canonical::canonical(input, empties);
    same("signed string", canonical.as_str(), text(vector, "canonical")?)?;
    let hash = canonical::sign(&merchant.secret, &canonical);
    same("hash", hash.as_str(), text(vector, "expected")?)
}

fn pay_url(vector: &Value, input: &BTreeMap<String, String>, merchant: &Merchant) -> Checked {
    form(vector, input, merchant, Empties::Drop)?;
    let (canonical, proof) = (text(vector, "canonical")?, text(vector, "expected")?);
    let theirs = format!("{canonical}&{HASH_KEY}={proof}");
    let get = |key: &str| input.get(key).cloned().unwrap_or_default();
    let hundredths: u64 = get("vnp_Amount").parse().map_err(|_| "vnp_Amount is no number")?;
    // Some strings show what must not be sent, such as an amount beyond the limits.
    let Ok(amount) = Amount::from_dong(hundredths / 100) else { return Ok(()) };
    let created: Stamp = get("vnp_CreateDate").parse().map_err(|_| "vnp_CreateDate is no time")?;
    let order_info = OrderInfo::new(&get("vnp_OrderInfo"));
    let plain = order_info.as_str() == get("vnp_OrderInfo");
    let request = PayRequest {
        txn_ref: get("vnp_TxnRef"),
        amount,
        order_info,
        order_type: get("vnp_OrderType"),
        return_url: get("vnp_ReturnUrl"),
        ip_addr: get("vnp_IpAddr"),
        created,
        expires: get("vnp_ExpireDate").parse().ok(),
        locale: if get("vnp_Locale") == "en" { Locale::English } else { Locale::Vietnamese },
        bank_code: Some(get("vnp_BankCode")).filter(|code| !code.is_empty()),
    };
    let Ok(url) = request.signed_url(ENDPOINT, merchant) else { return Ok(()) };
    let ours = url.strip_prefix(ENDPOINT).unwrap_or_default().trim_start_matches('?');
    // Others send texts that we would have made plain.
    if plain {
        same("typed request", ours, theirs.as_str())?;
    }
    // The gateway's side reads both what we send and what the vector sends.
    let now = created.plus(60);
    same("read back", PayRequest::verify(ours, merchant, now), Ok(request))?;
    let read = PayRequest::verify(&theirs, merchant, now).map_err(|code| code.to_string())?;
    same("order text", read.order_info.as_str(), get("vnp_OrderInfo").as_str())
}

fn notice(vector: &Value, input: &BTreeMap<String, String>, merchant: &Merchant) -> Checked {
    // Whether the gateway signs empty values is not documented; both are believed.
    form(vector, input, merchant, Empties::Keep)
        .or_else(|_| form(vector, input, merchant, Empties::Drop))?;
    let expected = text(vector, "expected")?;
    let sent = if vector["sent"].is_object() {
        texts(vector, "sent")?
    } else {
        let mut sent = input.clone();
        sent.insert(HASH_KEY.to_owned(), expected.to_owned());
        sent
    };
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(&sent).finish();
    match (text(vector, "verdict")?, Notice::verify(&query, merchant)) {
        ("valid", Ok(notice)) => {
            // The gateway's side signs the same values; empty ones it leaves out.
            let again = Notice::verify(&notice.signed_query(merchant), merchant);
            same("made again", again, Ok(notice.clone()))?;
            if input.values().all(|value| !value.is_empty()) {
                let theirs = format!("{}&{HASH_KEY}={expected}", text(vector, "canonical")?);
                same("made again", notice.signed_query(merchant), theirs)?;
            }
            Ok(())
        }
        ("invalid", Err(NoticeError::BadHash | NoticeError::Unsigned)) => Ok(()),
        (verdict, result) => Err(format!("{verdict}, but {result:?}")),
    }
}

fn query_response(
    vector: &Value,
    input: &BTreeMap<String, String>,
    merchant: &Merchant,
) -> Checked {
    let body = proven(vector, input, merchant, &query::RESPONSE)?;
    let asked = QueryRequest {
        request_id: "R1".into(),
        txn_ref: input.get("vnp_TxnRef").cloned().unwrap_or_default(),
        transaction_date: Stamp::from_unix(1_763_861_400),
        created: Stamp::from_unix(1_763_861_500),
        ip_addr: "127.0.0.1".into(),
        order_info: OrderInfo::new("Truy van"),
    };
    let read = |body: &str| QueryResponse::verify(body, merchant, &asked);
    let response = read(&body).map_err(|error| error.to_string())?;
    again(response.signed(merchant), vector)?;
    let unsigned = serde_json::to_string(input).map_err(|error| error.to_string())?;
    same("without a hash", read(&unsigned), Err(MessageError::Unsigned))?;
    let expected = text(vector, "expected")?;
    let forged = body.replace(expected, &turned(expected));
    same("with another hash", read(&forged), Err(MessageError::BadHash))?;
    let other = QueryRequest { txn_ref: "OTHER".into(), ..asked.clone() };
    let foreign = QueryResponse::verify(&body, merchant, &other);
    same("of another order", foreign, Err(MessageError::Foreign("vnp_TxnRef")))
}

fn refund_response(
    vector: &Value,
    input: &BTreeMap<String, String>,
    merchant: &Merchant,
) -> Checked {
    let body = proven(vector, input, merchant, &refund::RESPONSE)?;
    let asked = RefundRequest {
        request_id: "R1".into(),
        kind: RefundKind::Full,
        txn_ref: input.get("vnp_TxnRef").cloned().unwrap_or_default(),
        amount_hundredths: 100,
        transaction_no: None,
        transaction_date: Stamp::from_unix(1_763_861_400),
        created_by: "canbo01".into(),
        created: Stamp::from_unix(1_763_861_500),
        ip_addr: "127.0.0.1".into(),
        order_info: OrderInfo::new("Hoan"),
    };
    let response =
        RefundResponse::verify(&body, merchant, &asked).map_err(|error| error.to_string())?;
    again(response.signed(merchant), vector)
}

/// Another hash of the same length.
fn turned(hash: &str) -> String {
    hash.chars().map(|digit| if digit == 'a' { 'b' } else { 'a' }).collect()
}

/// Checks one row of the table of encoders: the character, in every encoding that outside encoders
/// give it, is proven as received when it was signed so. Ours is the column of JavaScript's
/// `URLSearchParams`.
pub fn encoding(row: &Value) -> Checked {
    let char = text(row, "char")?;
    same("encoding", canonical::encode(char).as_str(), text(row, "js_URLSearchParams")?)?;
    let merchant = Merchant::new("KIMTHA01", Secret::new("KIMTHANHVNPAYSANDBOXSECRET000001"));
    for (encoder, encoded) in texts(&serde_json::json!({ "row": row }), "row")? {
        if encoder == "char" {
            continue;
        }
        let signed = format!(
            "vnp_Amount=1500000&vnp_OrderInfo=x{encoded}y&vnp_ResponseCode=00\
             &vnp_TmnCode=KIMTHA01&vnp_TransactionStatus=00&vnp_TxnRef=T1"
        );
        let hash = canonical::sign(&merchant.secret, &signed);
        let notice = Notice::verify(&format!("{signed}&{HASH_KEY}={hash}"), &merchant)
            .map_err(|error| format!("{encoder}: {error}"))?;
        // Java's US-ASCII sends a question mark for every other letter.
        if encoder != "java_us_ascii" {
            same(&encoder, notice.order_info, format!("x{char}y"))?;
        }
    }
    Ok(())
}
