//! Messages that the gateways themselves made, found in public files. The keys that they were made
//! with are not copied here, so their proofs stay unproven: what is checked is that we sign the same
//! string, read the same fields, and believe none of it under another key.

use motcua_gateways::momo::{self, notice};
use motcua_gateways::scheme::Signed;
use motcua_gateways::vnpay::canonical::{self, HASH_KEY};
use motcua_gateways::vnpay::{self, PayRequest};
use motcua_gateways::{MessageError, Secret, zalopay};
use serde_json::Value;
use std::collections::BTreeMap;

use super::{Checked, Found, json, row, same, text};

/// A key that made none of the messages.
const OTHER: &str = "not the key of any of them";

/// Checks the section.
pub fn check(section: &Value, found: &mut Vec<Found>) {
    for (name, rows) in section.as_object().into_iter().flatten() {
        let check: fn(&Value) -> Checked = match name.as_str() {
            "note" => continue,
            "momo" => momo,
            "zalopay" => zalopay,
            "vnpay" => pay_url,
            "vnpay_npm_test" => npm_test,
            _ => |_| Err("these are not known".into()),
        };
        for (at, each) in rows.as_array().into_iter().flatten().enumerate() {
            found.push(row(&format!("captured {name} {}", at + 1), check(each)));
        }
    }
}

fn momo(row: &Value) -> Checked {
    let query = text(row, "redirect_query")?;
    let fields: BTreeMap<String, String> =
        form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let get = |name: &str| match name {
        "accessKey" => "<key_source>",
        name => fields.get(name).map_or("", String::as_str),
    };
    let signed: Vec<Signed<'_>> = notice::ORDER.iter().map(|name| (*name, get(name))).collect();
    same("signed string", momo::SCHEME.text(&signed).as_str(), text(row, "canonical")?)?;
    let merchant = momo::Merchant::new(get("partnerCode"), Secret::new(OTHER), Secret::new(OTHER));
    let refused = momo::Notice::verify_redirect(query, &merchant);
    same("under another key", refused, Err(MessageError::BadHash))?;
    // Signed anew under the other key, the same fields are read.
    let signed: Vec<Signed<'_>> = notice::ORDER
        .iter()
        .map(|name| (*name, if *name == "accessKey" { OTHER } else { get(name) }))
        .collect();
    let proof = momo::SCHEME.sign(&merchant.secret, &signed).map_err(|error| error.to_string())?;
    let query = query.replace(get("signature"), &proof);
    momo::Notice::verify_redirect(&query, &merchant).map_err(|error| error.to_string())?;
    Ok(())
}

fn zalopay(row: &Value) -> Checked {
    let mut body = row["sent"].clone();
    let data = text(&body, "data")?.to_owned();
    let app_id = json(&data)?["app_id"].as_u64().ok_or("there is no app_id")?;
    let merchant = zalopay::Merchant::new(app_id, Secret::new(OTHER), Secret::new(OTHER));
    let refused = zalopay::Callback::verify(&body.to_string(), &merchant);
    same("under another key", refused, Err(MessageError::BadHash))?;
    body["mac"] = Value::from(zalopay::SCHEME.mac.hex(&merchant.key2, &data));
    zalopay::Callback::verify(&body.to_string(), &merchant).map_err(|e| e.to_string())?;
    Ok(())
}

fn pay_url(row: &Value) -> Checked {
    let (_, query) = text(row, "url")?.split_once('?').ok_or("there is no query")?;
    let (signed, _) =
        query.split_once(&format!("&{HASH_KEY}=")).ok_or("there is no signature at the end")?;
    let merchant = vnpay_merchant(signed);
    let now = vnpay::Stamp::from_unix(0);
    let refused = PayRequest::verify(query, &merchant, now).map(|_| ());
    same("under another key", refused, Err(vnpay::CreateError::BadHash))?;
    let hash = canonical::sign(&merchant.secret, signed);
    let query = format!("{signed}&{HASH_KEY}={hash}");
    let request = PayRequest::verify(&query, &merchant, now).map_err(|code| code.to_string())?;
    let made = request.signed_url("", &merchant).map_err(|error| error.to_string())?;
    same("made again", made.trim_start_matches('?'), &query)
}

fn npm_test(row: &Value) -> Checked {
    let signed = text(row, "canonical")?;
    let secret = Secret::new(text(row, "secret")?);
    let merchant = vnpay::Merchant { secret, ..vnpay_merchant(signed) };
    let query = format!("{signed}&{HASH_KEY}={}", text(row, "expected")?);
    let notice = vnpay::Notice::verify(&query, &merchant).map_err(|error| error.to_string())?;
    same("made again", notice.signed_query(&merchant).as_str(), &query)
}

fn vnpay_merchant(query: &str) -> vnpay::Merchant {
    let code = form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == "vnp_TmnCode");
    let code = code.map(|(_, code)| code.into_owned()).unwrap_or_default();
    vnpay::Merchant::new(code, Secret::new(OTHER))
}
