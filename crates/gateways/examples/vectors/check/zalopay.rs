//! The vectors of ZaloPay v2.

use motcua_gateways::Vnd;
use motcua_gateways::zalopay::{
    Callback, CreateRequest, Merchant, QueryRequest, REDIRECT, RefundQuery, RefundRequest, Return,
    SCHEME, create, query, redirect, refund,
};
use serde_json::Value;
use std::collections::BTreeMap;

use super::{Checked, judged, same, secret, sent, signed_string, text, texts, typed, unknown};

/// Checks one vector.
pub fn check(section: &Value, vector: &Value) -> Checked {
    let op = text(vector, "op")?;
    let (secret, proof) = (secret(vector)?, text(vector, "expected")?);
    let canonical = text(vector, "canonical")?;
    if op == "callback" {
        return callback(section, vector);
    }
    let fields = texts(vector, "input")?;
    let get = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let number = |name: &str| get(name).parse::<u64>().map_err(|_| format!("{name} is no number"));
    let app = if op == "redirect" { "appid" } else { "app_id" };
    let merchant = Merchant::new(number(app)?, secret.clone(), secret.clone());
    let string = |order: &[&'static str]| {
        let mut fields = fields.clone();
        fields.insert("key1".to_owned(), secret.expose_text().to_owned());
        signed_string(&SCHEME, &secret, &fields, order, canonical, proof)
    };
    let made = match op {
        "create" => {
            string(&create::ORDER)?;
            let request = CreateRequest {
                order_id: get("app_trans_id"),
                app_user: get("app_user"),
                app_time: number("app_time")?,
                lasts_seconds: None,
                amount: Vnd(number("amount")?),
                description: get("description"),
                item: get("item"),
                embed_data: get("embed_data"),
                callback_url: "https://app.example/callback".into(),
                bank_code: String::new(),
            };
            let made = request.signed(&merchant);
            if let Ok(body) = &made {
                let read = CreateRequest::verify(body, &merchant, request.app_time);
                same("read back", read, Ok(request))?;
            }
            made
        }
        "redirect" => {
            signed_string(&REDIRECT, &secret, &fields, &redirect::ORDER, canonical, proof)?;
            return returned(vector, &merchant, &fields);
        }
        "query" => {
            string(&query::ORDER)?;
            QueryRequest { order_id: get("app_trans_id") }.signed(&merchant)
        }
        "refund" => {
            string(&refund::REFUND)?;
            RefundRequest {
                refund_id: get("m_refund_id"),
                trans_id: get("zp_trans_id"),
                amount: Vnd(number("amount")?),
                timestamp: number("timestamp")?,
                description: get("description"),
            }
            .signed(&merchant)
        }
        "query_refund" => {
            string(&refund::QUERY)?;
            let timestamp = number("timestamp")?;
            RefundQuery { refund_id: get("m_refund_id"), timestamp }.signed(&merchant)
        }
        _ => return unknown(vector),
    };
    typed(made, SCHEME.proof, proof)
}

fn callback(section: &Value, vector: &Value) -> Checked {
    let (secret, proof) = (secret(vector)?, text(vector, "expected")?);
    same("proof", SCHEME.mac.hex(&secret, text(vector, "canonical")?).as_str(), proof)?;
    let app_id = section["app_id"].as_u64().ok_or("there is no app_id")?;
    let merchant = Merchant::new(app_id, secret.clone(), secret);
    let body = sent(vector, SCHEME.proof, &[])?.to_string();
    let read = judged(vector, "the callback", Callback::verify(&body, &merchant))?;
    match read {
        Some(callback) => {
            let again = Callback::verify(&callback.signed(&merchant), &merchant);
            same("callback made again", again, Ok(callback))
        }
        None => Ok(()),
    }
}

fn returned(vector: &Value, merchant: &Merchant, fields: &BTreeMap<String, String>) -> Checked {
    let query = match vector["redirect_query"].as_str() {
        Some(query) => query.to_owned(),
        None => form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .append_pair(REDIRECT.proof, text(vector, "expected")?)
            .finish(),
    };
    let read = judged(vector, "the redirect", Return::verify(&query, merchant))?;
    match read {
        Some(read) => {
            let made = read.signed_query(merchant).map_err(|error| error.to_string())?;
            same("redirect made again", Return::verify(&made, merchant), Ok(read))
        }
        None => Ok(()),
    }
}
