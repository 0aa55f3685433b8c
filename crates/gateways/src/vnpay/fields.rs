//! Owns the flat JSON objects of querydr and refund and their hash over the values. Knows no
//! meaning of any field.
//!
//! querydr&refund.html: the values in a fixed order joined by `|`, not encoded, HMAC-SHA512.

use std::collections::BTreeMap;

use serde_json::Value;
use thiserror::Error;

use super::canonical::{self, HASH_KEY};
use crate::Secret;

/// Why a message of the query API cannot be made or believed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ApiError {
    /// Not a JSON object of texts and numbers.
    #[error("not a flat JSON object")]
    NotAnObject,
    /// `vnp_SecureHash` is absent.
    #[error("there is no signature")]
    Unsigned,
    /// The signature is wrong.
    #[error("the signature is wrong")]
    BadHash,
    /// A value contains `|`: the hashed string could be read in two ways.
    #[error("{0} contains the separator")]
    Ambiguous(&'static str),
    /// A field is absent or has not the documented form.
    #[error("{0} is absent or malformed")]
    Malformed(&'static str),
    /// A field says that the message belongs to another merchant, command or transaction.
    #[error("{0} is not the one asked for")]
    Foreign(&'static str),
}

/// The fields of a received message.
pub(crate) struct Fields(BTreeMap<String, String>);

impl Fields {
    /// Reads a JSON object whose values are texts, numbers or null (an absent value).
    pub(crate) fn parse(body: &str) -> Result<Self, ApiError> {
        let Ok(Value::Object(object)) = serde_json::from_str(body) else {
            return Err(ApiError::NotAnObject);
        };
        let mut fields = BTreeMap::new();
        for (key, value) in object {
            let text = match value {
                Value::String(text) => text,
                Value::Number(number) => number.to_string(),
                Value::Null => continue,
                _ => return Err(ApiError::NotAnObject),
            };
            fields.insert(key, text);
        }
        Ok(Self(fields))
    }

    /// The value, or an empty text.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// The value, when there is one.
    pub(crate) fn optional(&self, name: &str) -> Option<String> {
        Some(self.get(name).to_owned()).filter(|text| !text.is_empty())
    }

    /// The value, which must not be empty.
    pub(crate) fn needed(&self, name: &'static str) -> Result<String, ApiError> {
        self.optional(name).ok_or(ApiError::Malformed(name))
    }

    /// A value that is read by `FromStr`.
    pub(crate) fn parsed<T: std::str::FromStr>(&self, name: &'static str) -> Result<T, ApiError> {
        self.get(name).parse().map_err(|_| ApiError::Malformed(name))
    }

    /// A field that must have one value.
    pub(crate) fn must_be(&self, name: &'static str, value: &str) -> Result<(), ApiError> {
        if self.get(name) == value { Ok(()) } else { Err(ApiError::Foreign(name)) }
    }

    /// Proves the hash over the values named, in that order.
    pub(crate) fn prove(&self, secret: &Secret, order: &[&'static str]) -> Result<(), ApiError> {
        let hash = self.get(HASH_KEY);
        if hash.is_empty() {
            return Err(ApiError::Unsigned);
        }
        let values: Vec<&str> = order.iter().map(|name| self.get(name)).collect();
        if !canonical::verify(secret, &canonical::pipes(&values), hash) {
            return Err(ApiError::BadHash);
        }
        unambiguous(order, &values)
    }
}

/// A signed message: the JSON body of `fields` (in the order of the hash) with the hash added.
/// `keep_empty` says whether fields without a value are sent.
pub(crate) fn signed(
    secret: &Secret,
    fields: &[(&'static str, String)],
    keep_empty: bool,
) -> Result<String, ApiError> {
    let names: Vec<&'static str> = fields.iter().map(|(name, _)| *name).collect();
    let values: Vec<&str> = fields.iter().map(|(_, value)| value.as_str()).collect();
    unambiguous(&names, &values)?;
    let hash = canonical::sign(secret, &canonical::pipes(&values));
    let mut body: serde_json::Map<String, Value> = fields
        .iter()
        .filter(|(_, value)| keep_empty || !value.is_empty())
        .map(|(name, value)| ((*name).to_owned(), Value::from(value.clone())))
        .collect();
    body.insert(HASH_KEY.to_owned(), Value::from(hash));
    Ok(Value::Object(body).to_string())
}

fn unambiguous(names: &[&'static str], values: &[&str]) -> Result<(), ApiError> {
    match names.iter().zip(values).find(|(_, value)| value.contains('|')) {
        Some((name, _)) => Err(ApiError::Ambiguous(name)),
        None => Ok(()),
    }
}
