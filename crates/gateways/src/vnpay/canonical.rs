//! Owns the string that is hashed, the hash, and its comparison. Knows no meaning of any field.
//!
//! VNPAY PAY 2.1.0, pay.html ("vnp_SecureHash"): keys beginning `vnp_` without the hash itself,
//! sorted by key, form-encoded, joined by `&`, HMAC-SHA512, hex. For querydr and refund: values
//! joined by `|`, not encoded (querydr&refund.html).

use std::collections::BTreeMap;

use crate::Secret;
use crate::mac::Mac;
use crate::scheme::{Form, Scheme};

/// How the messages of querydr and refund are signed.
pub const VALUES: Scheme = Scheme { mac: Mac::HmacSha512, form: Form::Pipes, proof: HASH_KEY };

/// The parameter that carries the hash.
pub const HASH_KEY: &str = "vnp_SecureHash";
/// Not sent since 2.1.0, but never part of the hash when somebody sends it.
pub const HASH_TYPE_KEY: &str = "vnp_SecureHashType";

/// Whether a parameter with an empty value is part of the hashed string. On building they are
/// dropped; what the gateway does in a return or IPN is not documented, so both are tried there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Empties {
    /// `key=` takes part.
    Keep,
    /// The parameter is left out.
    Drop,
}

/// True for a key that takes part in the hash.
pub fn takes_part(key: &str) -> bool {
    key.starts_with("vnp_") && key != HASH_KEY && key != HASH_TYPE_KEY
}

/// Form encoding of one key or value: UTF-8, space as `+`, upper-case hex.
pub fn encode(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// The hashed string of decoded parameters. When it is built with [`Empties::Drop`] it is
/// byte-identical to the query string that is sent, without the hash.
pub fn canonical(params: &BTreeMap<String, String>, empties: Empties) -> String {
    join(
        params
            .iter()
            .filter(|(key, value)| takes_part(key) && kept(value, empties))
            .map(|(key, value)| (encode(key), encode(value))),
    )
}

/// The hashed string of pairs whose values are still encoded as they were received (key decoded,
/// value raw): sorted, not re-encoded.
pub fn canonical_raw(pairs: &BTreeMap<String, String>, empties: Empties) -> String {
    join(
        pairs
            .iter()
            .filter(|(key, value)| takes_part(key) && kept(value, empties))
            .map(|(key, value)| (encode(key), value.clone())),
    )
}

fn kept(value: &str, empties: Empties) -> bool {
    empties == Empties::Keep || !value.is_empty()
}

fn join(pairs: impl Iterator<Item = (String, String)>) -> String {
    let mut out = String::new();
    for (key, value) in pairs {
        if !out.is_empty() {
            out.push('&');
        }
        out.push_str(&key);
        out.push('=');
        out.push_str(&value);
    }
    out
}

/// HMAC-SHA512 of `text` under `secret`: 128 lower-case hex digits.
pub fn sign(secret: &Secret, text: &str) -> String {
    Mac::HmacSha512.hex(secret, text)
}

/// True when `hash` (hex in either case) is the hash of `text`, compared in constant time.
pub fn verify(secret: &Secret, text: &str, hash: &str) -> bool {
    Mac::HmacSha512.proves(secret, text, hash)
}
