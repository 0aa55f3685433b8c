//! Owns the string that is hashed, the hash, and its comparison. Knows no meaning of any field.
//!
//! VNPAY PAY 2.1.0, pay.html ("vnp_SecureHash"): keys beginning `vnp_` without the hash itself,
//! sorted by key, form-encoded, joined by `&`, HMAC-SHA512, hex. For querydr and refund: values
//! joined by `|`, not encoded (querydr&refund.html).

use std::collections::BTreeMap;

use hmac::{Hmac, Mac};
use sha2::Sha512;
use subtle::ConstantTimeEq;

use crate::Secret;

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

/// The hashed string of querydr and refund: the values in the documented order, joined by `|`;
/// an absent value leaves its separator.
pub fn pipes(values: &[&str]) -> String {
    values.join("|")
}

/// HMAC-SHA512 of `text` under `secret`: 128 lower-case hex digits.
pub fn sign(secret: &Secret, text: &str) -> String {
    hex::encode(digest(secret, text))
}

/// True when `hash` (hex in either case) is the hash of `text`. The comparison takes the same time
/// wherever the first difference is.
pub fn verify(secret: &Secret, text: &str, hash: &str) -> bool {
    match hex::decode(hash) {
        Ok(given) => bool::from(digest(secret, text).ct_eq(&given)),
        Err(_) => false,
    }
}

fn digest(secret: &Secret, text: &str) -> Vec<u8> {
    match Hmac::<Sha512>::new_from_slice(secret.expose()) {
        Ok(mut mac) => {
            mac.update(text.as_bytes());
            mac.finalize().into_bytes().to_vec()
        }
        // HMAC takes a key of any length; an empty digest equals no 64-byte hash.
        Err(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_or_odd_hash_is_refused() {
        let secret = Secret::new("k");
        let good = sign(&secret, "x");
        assert!(verify(&secret, "x", &good));
        assert!(verify(&secret, "x", &good.to_uppercase()));
        for bad in ["", "0", "zz", &good[..126], &format!("{good}00")] {
            assert!(!verify(&secret, "x", bad), "{bad}");
        }
    }
}
