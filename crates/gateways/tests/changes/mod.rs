//! Changes one byte of a message, for the properties: what is signed must not change unnoticed.

#![allow(clippy::unwrap_used, reason = "a panic in a test is a failed test")]
#![allow(dead_code, reason = "no file of tests uses all of it")]

use serde_json::Value;

/// The JSON message with one byte of one of the named fields changed; which field and which byte
/// is picked by `at`. `bit` 0 to 4: bit 5 in a hexadecimal proof is only the letter's case.
pub fn changed(body: &str, names: &[&str], at: usize, bit: u32) -> String {
    let mut message: Value = serde_json::from_str(body).unwrap();
    let sent: Vec<&&str> = names.iter().filter(|name| !message[**name].is_null()).collect();
    let value = &mut message[*sent[at % sent.len()]];
    *value = match &*value {
        Value::Number(number) => Value::from(flipped(&number.to_string(), at, bit)),
        Value::String(text) => Value::from(flipped(text, at, bit)),
        other => panic!("{other} is not signed"),
    };
    message.to_string()
}

/// The query with one byte of one decoded value changed.
pub fn changed_query(query: &str, at: usize, bit: u32) -> String {
    let mut pairs: Vec<(String, String)> =
        form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let which = at % pairs.len();
    pairs[which].1 = flipped(&pairs[which].1, at, bit);
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// The text with one bit of one byte turned; an empty text gets a letter.
pub fn flipped(text: &str, at: usize, bit: u32) -> String {
    if text.is_empty() {
        return "x".to_owned();
    }
    let mut bytes = text.as_bytes().to_vec();
    let at = at % bytes.len();
    bytes[at] ^= 1 << bit;
    String::from_utf8_lossy(&bytes).into_owned()
}
