//! The one truth about payment vectors: takes a file apart by section, and knows every operation.
//! What it does not know fails. Used by `cargo xtask vectors` and by `tests/vectors.rs`; it is a
//! `mod.rs` because both name it by path.

mod captured;
mod momo;
mod others;
mod platform;
mod vietqr;
mod vnpay;
mod zalopay;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use motcua_gateways::scheme::{Scheme, Signed};
use motcua_gateways::{MessageError, Secret};
use serde_json::Value;

/// What one check came to: nothing, or what is wrong.
pub type Checked = Result<(), String>;

/// One checked row of the file.
#[derive(Debug)]
pub struct Found {
    /// The vector's id, or the row's name.
    pub id: String,
    /// Whether it is a vector of a channel, as opposed to a row of a table beside them.
    pub is_vector: bool,
    /// Whether it passes.
    pub result: Checked,
}

/// Checks a whole file.
pub fn file(file: &Value) -> Vec<Found> {
    let Some(sections) = file.as_object() else {
        return vec![row("file", Err("not a JSON object".into()))];
    };
    let mut found = Vec::new();
    for (name, section) in sections {
        match name.as_str() {
            "_meta" => {}
            "vnpay" => vectors(name, section, vnpay::check, &mut found),
            "momo" => vectors(name, section, momo::check, &mut found),
            "zalopay" => vectors(name, section, zalopay::check, &mut found),
            "dvcqg_paymentplatform" => vectors(name, section, platform::check, &mut found),
            "keypay_dvcqg" => vectors(name, section, others::keypay, &mut found),
            "viettel" => vectors(name, section, others::viettel, &mut found),
            "vietqr" => vectors(name, section, vietqr::check, &mut found),
            "captured_from_live_sandboxes" => captured::check(section, &mut found),
            "vnpay_encoding_matrix" => {
                rows(name, section, "char", vnpay::encoding, &mut found);
            }
            "bank_bins" => rows(name, &section["banks"], "key", vietqr::bank, &mut found),
            _ => found.push(row(name, Err("this section is not known".into()))),
        }
    }
    let mut ids = BTreeSet::new();
    for one in &mut found {
        if !ids.insert(one.id.clone()) {
            one.result = Err("this id occurs twice".into());
        }
    }
    found
}

fn vectors(
    name: &str,
    section: &Value,
    check: fn(&Value, &Value) -> Checked,
    found: &mut Vec<Found>,
) {
    let Some(vectors) = section["vectors"].as_array() else {
        return found.push(row(name, Err("there are no vectors".into())));
    };
    for (at, vector) in vectors.iter().enumerate() {
        let id = vector["id"].as_str().map_or_else(|| format!("{name}[{at}]"), str::to_owned);
        found.push(Found { id, is_vector: true, result: check(section, vector) });
    }
}

fn rows(name: &str, rows: &Value, key: &str, check: fn(&Value) -> Checked, found: &mut Vec<Found>) {
    let Some(rows) = rows.as_array() else {
        return found.push(row(name, Err("there are no rows".into())));
    };
    for each in rows {
        let key = each[key].as_str().unwrap_or_default();
        found.push(row(&format!("{name} {key}"), check(each)));
    }
}

/// The result of something that is not a vector of a channel.
pub fn row(id: &str, result: Checked) -> Found {
    Found { id: id.to_owned(), is_vector: false, result }
}

/// A text of a vector.
pub fn text<'a>(of: &'a Value, key: &str) -> Result<&'a str, String> {
    of[key].as_str().ok_or_else(|| format!("{key} is absent or no text"))
}

/// The secret of a vector.
pub fn secret(vector: &Value) -> Result<Secret, String> {
    text(vector, "secret").map(Secret::new)
}

/// The fields of an object as the texts that are signed.
pub fn texts(of: &Value, key: &str) -> Result<BTreeMap<String, String>, String> {
    let object = of[key].as_object().ok_or_else(|| format!("{key} is absent or no object"))?;
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    Ok(object.iter().map(|(key, value)| (key.clone(), text(value))).collect())
}

/// Two values that must be equal.
pub fn same<T: PartialEq + Debug>(what: &str, ours: T, theirs: T) -> Checked {
    if ours == theirs { Ok(()) } else { Err(format!("{what}: ours {ours:?}, theirs {theirs:?}")) }
}

/// The string that is signed, and its proof: ours from the fields named, theirs as written.
/// `proof` is the vector's `expected`.
pub fn signed_string(
    scheme: &Scheme,
    secret: &Secret,
    fields: &BTreeMap<String, String>,
    order: &[&'static str],
    canonical: &str,
    proof: &str,
) -> Checked {
    let get = |name: &str| fields.get(name).map_or("", String::as_str);
    let signed: Vec<Signed<'_>> = order.iter().map(|name| (*name, get(name))).collect();
    let ours = scheme.text(&signed);
    same("signed string", ours.as_str(), canonical)?;
    same("proof", scheme.mac.hex(secret, &ours).as_str(), proof)
}

/// A typed request must carry the proof of the vector, or be refused for what it asks: the strings
/// of the vectors also show what must not be sent.
pub fn typed(made: Result<String, MessageError>, field: &str, proof: &str) -> Checked {
    match made {
        Ok(body) => same("typed request", text(&json(&body)?, field)?, proof),
        Err(MessageError::Ambiguous(_) | MessageError::Malformed(_)) => Ok(()),
        Err(error) => Err(format!("typed request: {error}")),
    }
}

/// A received message must be believed or refused as the vector says; a refusal must be for the
/// proof. Gives the message when it is believed.
pub fn judged<T: Debug>(
    vector: &Value,
    what: &str,
    result: Result<T, MessageError>,
) -> Result<Option<T>, String> {
    let verdict = vector["verdict"].as_str().unwrap_or("valid");
    match (verdict, result) {
        ("valid", Ok(message)) => Ok(Some(message)),
        ("valid", Err(error)) => Err(format!("{what} is refused: {error}")),
        ("invalid", Err(MessageError::BadHash | MessageError::Unsigned)) => Ok(None),
        ("invalid", other) => Err(format!("{what} is not refused for its proof: {other:?}")),
        (verdict, _) => Err(format!("the verdict {verdict} is not known")),
    }
}

/// JSON, read.
pub fn json(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| format!("not JSON: {error}"))
}

/// The message that was sent, or the input with its proof.
pub fn sent(vector: &Value, field: &str, unsent: &[&str]) -> Result<Value, String> {
    if vector["sent"].is_object() {
        return Ok(vector["sent"].clone());
    }
    let mut sent = vector["input"].clone();
    let object = sent.as_object_mut().ok_or("there is neither sent nor input")?;
    object.retain(|key, _| !unsent.contains(&key.as_str()));
    object.insert(field.to_owned(), Value::from(text(vector, "expected")?));
    Ok(sent)
}

/// An operation that nothing here knows.
pub fn unknown(vector: &Value) -> Checked {
    Err(format!("the operation {} is not known", vector["op"]))
}
