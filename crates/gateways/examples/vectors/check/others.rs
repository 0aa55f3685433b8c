//! The vectors of KeyPay and Viettel.

use motcua_gateways::keypay::{self, COMMAND, Create, VERSION};
use motcua_gateways::viettel::{Merchant, Message};
use motcua_gateways::{Secret, Vnd};
use serde_json::Value;

use super::{Checked, same, secret, text, texts, unknown};

/// Checks one vector of KeyPay. These have no fields, only the string; it is taken apart.
pub fn keypay(_section: &Value, vector: &Value) -> Checked {
    let (secret, proof) = (secret(vector)?, text(vector, "expected")?);
    let canonical = text(vector, "canonical")?;
    same("proof", keypay::SCHEME.mac.hex(&secret, canonical).as_str(), proof)?;
    let parts: Vec<&str> = canonical.split('|').collect();
    let dong = |text: &str| text.parse().map(Vnd).map_err(|_| format!("{text} is no amount"));
    let made = match (text(vector, "op")?, parts.as_slice()) {
        // A callback is the same under another key.
        ("create" | "callback", [fee, client, COMMAND, amount, transaction, VERSION]) => Create {
            addition_fee: dong(fee)?,
            client_id: (*client).to_owned(),
            trans_amount: dong(amount)?,
            transaction_id: (*transaction).to_owned(),
        }
        .check_sum(&secret),
        ("detail", [client, COMMAND, transaction]) => keypay::detail(&secret, client, transaction),
        // Which fields a callback signs is not documented beyond that.
        ("callback", _) => return Ok(()),
        ("create" | "detail", _) => return Err("the string has other fields".into()),
        _ => return unknown(vector),
    };
    same("check sum", made.map_err(|error| error.to_string())?.as_str(), proof)
}

/// Checks one vector of Viettel.
pub fn viettel(section: &Value, vector: &Value) -> Checked {
    let fields = texts(vector, "input")?;
    let get = |name: &str| {
        let found = fields.get(name).map(String::as_str).or(section[name].as_str());
        found.ok_or_else(|| format!("there is no {name}"))
    };
    let merchant = Merchant {
        access_code: Secret::new(get("access_code")?),
        merchant_code: get("merchant_code")?.to_owned(),
        hash_key: secret(vector)?,
    };
    let message = match text(vector, "op")? {
        "web_redirect" => Message::Redirect {
            bill: get("billcode")?,
            order: get("order_id")?,
            amount: get("trans_amount")?,
        },
        "qr_confirm" => Message::Confirm {
            bill: get("billcode")?,
            order: get("order_id")?,
            amount: get("amount")?,
        },
        "qr_result_ack" => {
            Message::ResultAnswer { error: get("error_code")?, order: get("order_id")? }
        }
        "qr_search" | "search" => Message::Search {
            command: get("cmd")?,
            order: get("order_id")?,
            version: get("version")?,
        },
        _ => return unknown(vector),
    };
    let proof = text(vector, "expected")?;
    same("signed string", message.text(&merchant).as_str(), text(vector, "canonical")?)?;
    same("check sum", message.check_sum(&merchant).as_str(), proof)?;
    same("believed", message.is_proven_by(proof, &merchant), true)
}
