//! The vectors of VietQR, and the table of banks.

use motcua_gateways::Vnd;
use motcua_gateways::vietqr::banks::find_bank;
use motcua_gateways::vietqr::{Service, Transfer, TransferRequest, purpose, read};
use serde_json::Value;

use super::{Checked, same, text, texts, unknown};

/// Checks one vector.
pub fn check(_section: &Value, vector: &Value) -> Checked {
    let expected = text(vector, "expected")?;
    match text(vector, "op")? {
        "payload" => payload(vector, expected),
        "strip" => same("text", purpose(text(vector, "input")?).as_str(), expected),
        _ => unknown(vector),
    }
}

fn payload(vector: &Value, expected: &str) -> Checked {
    let fields = texts(vector, "input")?;
    let given = |name: &str| fields.get(name).filter(|text| !text.is_empty()).cloned();
    let amount = given("amount").map(|amount| amount.parse().map(Vnd)).transpose();
    let request = TransferRequest {
        bank: given("bin").unwrap_or_default(),
        account: given("account").unwrap_or_default(),
        service: match given("service").as_deref() {
            Some("QRIBFTTA") => Service::Account,
            Some("QRIBFTTC") => Service::Card,
            other => return Err(format!("the service {other:?} is not known")),
        },
        amount: amount.map_err(|_| "the amount is no number")?,
        bill: given("bill"),
        purpose: given("purpose"),
    };
    let made = request.payload().map_err(|error| error.to_string())?;
    same("payload", made.as_str(), expected)?;
    if let (Some(canonical), Some(crc)) = (vector["canonical"].as_str(), vector["crc"].as_str()) {
        same("sum", made.as_str(), &format!("{canonical}{crc}"))?;
    }
    let read = read(expected).map_err(|error| format!("is not read: {error}"))?;
    let asked = Transfer {
        bank: request.bank,
        account: request.account,
        amount: request.amount.map(|amount| amount.0),
        bill: request.bill,
        purpose: request.purpose,
    };
    same("read back", read, asked)
}

/// Checks one bank: its number is one, we know it, and a code for it is read back.
pub fn bank(row: &Value) -> Checked {
    let number = text(row, "bin")?;
    let bank = find_bank(number).ok_or_else(|| format!("the bank {number} is not known"))?;
    let request = TransferRequest {
        bank: number.to_owned(),
        account: "1".into(),
        service: Service::Account,
        amount: None,
        bill: None,
        purpose: None,
    };
    let made = request.payload().map_err(|error| error.to_string())?;
    let read = read(&made).map_err(|error| error.to_string())?;
    same("bank", read.bank.as_str(), bank.number)
}
