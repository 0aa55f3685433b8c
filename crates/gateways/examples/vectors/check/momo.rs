//! The vectors of MoMo v2.

use motcua_gateways::momo::{
    ConfirmKind, ConfirmRequest, CreateRequest, Lang, Merchant, Notice, QueryRequest,
    RefundRequest, RequestType, SCHEME, confirm, create, notice, query, refund,
};
use motcua_gateways::{Secret, Vnd};
use serde_json::Value;
use std::collections::BTreeMap;

use super::{Checked, judged, same, secret, sent, signed_string, text, texts, typed, unknown};

/// Checks one vector.
pub fn check(section: &Value, vector: &Value) -> Checked {
    let fields = texts(vector, "input")?;
    let get = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let code = |name: &str| fields.get(name).cloned().or(section[name].as_str().map(Into::into));
    let access_key = code("accessKey").ok_or("there is no accessKey")?;
    let partner = code("partnerCode").ok_or("there is no partnerCode")?;
    let merchant = Merchant::new(partner, Secret::new(access_key), secret(vector)?);
    let amount = || get("amount").parse().map(Vnd).map_err(|_| "the amount is no number");
    let made = match text(vector, "op")? {
        "create" => {
            string(&merchant, &fields, &create::ORDER, vector)?;
            let request = CreateRequest {
                request_id: get("requestId"),
                amount: amount()?,
                order_id: get("orderId"),
                order_info: get("orderInfo"),
                redirect_url: get("redirectUrl"),
                ipn_url: get("ipnUrl"),
                request_type: match get("requestType").as_str() {
                    "captureWallet" => RequestType::CaptureWallet,
                    "payWithMethod" => RequestType::PayWithMethod,
                    // The string is right; we do not send this kind.
                    _ => return Ok(()),
                },
                extra_data: get("extraData"),
                lang: Lang::Vietnamese,
            };
            let made = request.signed(&merchant);
            if let Ok(body) = &made {
                same("read back", CreateRequest::verify(body, &merchant), Ok(request))?;
            }
            made
        }
        "ipn_or_redirect" | "ipn" | "redirect" => {
            string(&merchant, &fields, &notice::ORDER, vector)?;
            return received(vector, &merchant);
        }
        "query" => {
            string(&merchant, &fields, &query::ORDER, vector)?;
            let (request_id, order_id) = (get("requestId"), get("orderId"));
            QueryRequest { request_id, order_id, lang: Lang::English }.signed(&merchant)
        }
        "refund" => {
            string(&merchant, &fields, &refund::ORDER, vector)?;
            RefundRequest {
                request_id: get("requestId"),
                order_id: get("orderId"),
                amount: amount()?,
                trans_id: get("transId"),
                description: get("description"),
                lang: Lang::Vietnamese,
            }
            .signed(&merchant)
        }
        "confirm" => {
            string(&merchant, &fields, &confirm::ORDER, vector)?;
            ConfirmRequest {
                request_id: get("requestId"),
                order_id: get("orderId"),
                kind: match get("requestType").as_str() {
                    "capture" => ConfirmKind::Capture,
                    "cancel" => ConfirmKind::Cancel,
                    _ => return Err("neither capture nor cancel".into()),
                },
                amount: amount()?,
                description: get("description"),
                lang: Lang::Vietnamese,
            }
            .signed(&merchant)
        }
        _ => return unknown(vector),
    };
    typed(made, SCHEME.proof, text(vector, "expected")?)
}

fn string(
    merchant: &Merchant,
    fields: &BTreeMap<String, String>,
    order: &[&'static str],
    vector: &Value,
) -> Checked {
    let (canonical, proof) = (text(vector, "canonical")?, text(vector, "expected")?);
    let mut fields = fields.clone();
    // The key may stand in the section only.
    let key = merchant.access_key.expose_text().to_owned();
    fields.entry("accessKey".to_owned()).or_insert(key);
    signed_string(&SCHEME, &merchant.secret, &fields, order, canonical, proof)
}

fn received(vector: &Value, merchant: &Merchant) -> Checked {
    let body = sent(vector, SCHEME.proof, &["accessKey"])?;
    let ipn = judged(vector, "the IPN", Notice::verify_ipn(&body.to_string(), merchant))?;
    if let Some(notice) = &ipn {
        let made = notice.signed_ipn(merchant).map_err(|error| error.to_string())?;
        same("IPN made again", super::json(&made)?, body)?;
    }
    if let Some(query) = vector["redirect_query"].as_str() {
        let redirect = Notice::verify_redirect(query, merchant);
        let redirect = judged(vector, "the redirect", redirect)?;
        same("redirect and IPN", &redirect, &ipn)?;
        if let Some(notice) = redirect {
            let made = notice.signed_query(merchant).map_err(|error| error.to_string())?;
            same("redirect made again", pairs(&made), pairs(query))?;
        }
    }
    Ok(())
}

fn pairs(query: &str) -> BTreeMap<String, String> {
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}
