//! Runs every vector: strings and proofs that outside implementations computed. The checks are those
//! of `cargo xtask vectors`. Also proves that the checks can fail.

#![allow(clippy::unwrap_used, reason = "a panic in a test is a failed test")]

#[path = "../examples/vectors/check/mod.rs"]
mod check;

use serde_json::{Value, json};

const FILES: [(&str, &str, usize); 7] = [
    ("vnpay", include_str!("vectors/vnpay.json"), 12),
    ("momo", include_str!("vectors/momo.json"), 9),
    ("zalopay", include_str!("vectors/zalopay.json"), 10),
    ("platform", include_str!("vectors/platform.json"), 6),
    ("vietqr", include_str!("vectors/vietqr.json"), 10),
    ("others", include_str!("vectors/others.json"), 8),
    ("captured", include_str!("vectors/captured.json"), 0),
];

fn failures(file: &Value) -> Vec<String> {
    let found = check::file(file).into_iter();
    found.filter_map(|one| one.result.err().map(|why| format!("{}: {why}", one.id))).collect()
}

#[test]
fn every_vector() {
    for (name, text, vectors) in FILES {
        let file: Value = serde_json::from_str(text).unwrap();
        assert_eq!(failures(&file), Vec::<String>::new(), "{name}");
        let found = check::file(&file);
        assert_eq!(found.iter().filter(|one| one.is_vector).count(), vectors, "{name}");
        assert!(!found.is_empty(), "{name}");
    }
}

/// Every vector with another proof or another signed string fails.
#[test]
fn a_wrong_vector_fails() {
    for (name, text, _) in FILES {
        let file: Value = serde_json::from_str(text).unwrap();
        for (section, content) in file.as_object().unwrap() {
            let count = content["vectors"].as_array().map_or(0, Vec::len);
            for at in 0..count {
                for key in ["expected", "canonical"] {
                    let mut wrong = file.clone();
                    let value = &mut wrong[section]["vectors"][at][key];
                    let Some(text) = value.as_str() else { continue };
                    let last = if text.ends_with('0') { "1" } else { "0" };
                    *value = Value::from(format!("{}{last}", &text[..text.len() - 1]));
                    assert_eq!(failures(&wrong).len(), 1, "{name} {section} {at} {key}");
                }
            }
        }
    }
}

/// A message that must be refused, called valid, and one that is valid, called forged: both fail.
#[test]
fn a_wrong_verdict_fails() {
    let mut turned = 0;
    for (name, text, _) in FILES {
        let file: Value = serde_json::from_str(text).unwrap();
        for (section, content) in file.as_object().unwrap() {
            for at in 0..content["vectors"].as_array().map_or(0, Vec::len) {
                let mut wrong = file.clone();
                let verdict = &mut wrong[section]["vectors"][at]["verdict"];
                let other = match verdict.as_str() {
                    Some("valid") => "invalid",
                    Some("invalid") => "valid",
                    _ => continue,
                };
                *verdict = Value::from(other);
                assert_eq!(failures(&wrong).len(), 1, "{name} {section} {at}");
                turned += 1;
            }
        }
    }
    assert!(turned >= 15, "{turned}");
}

#[test]
fn what_is_not_known_fails() {
    let vector = |op: &str| {
        json!({ "id": "x", "op": op, "secret": "k", "input": { "app_id": 1 }, "canonical": "k",
                "expected": "00", "accessKey": "a", "partnerCode": "b" })
    };
    for (file, count) in [
        (json!({ "paypal": { "vectors": [] } }), 1),
        (json!({ "momo": {} }), 1),
        (json!({ "bank_bins": {} }), 1),
        (json!({ "captured_from_live_sandboxes": { "paypal": [{}] } }), 1),
        (json!([]), 1),
        (json!({ "_meta": {} }), 0),
    ] {
        assert_eq!(failures(&file).len(), count, "{file}");
    }
    let sections =
        ["vnpay", "momo", "zalopay", "dvcqg_paymentplatform", "keypay_dvcqg", "viettel", "vietqr"];
    for section in sections {
        let file = json!({ section: { "vectors": [vector("no such operation")] } });
        assert_eq!(failures(&file).len(), 1, "{section}");
    }
}

#[test]
fn an_id_that_occurs_twice_fails() {
    let mut file: Value = serde_json::from_str(FILES[4].1).unwrap();
    let first = file["vietqr"]["vectors"][0].clone();
    file["vietqr"]["vectors"].as_array_mut().unwrap().push(first);
    assert_eq!(failures(&file), ["vietqr-01: this id occurs twice"]);
}
