//! Owns flat messages: JSON objects and query strings, read into texts by name and written with
//! their proof. Knows no meaning of any field.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use motcua_domain::money::Vnd;
use serde_json::Value;
use thiserror::Error;

use crate::Secret;
use crate::limits::Limits;
use crate::scheme::{Scheme, Signed};

/// Why a message cannot be made or believed. Nothing of a message that is not believed may be
/// stored.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MessageError {
    /// Not a JSON object.
    #[error("not a JSON object")]
    NotAnObject,
    /// There is no proof.
    #[error("there is no signature")]
    Unsigned,
    /// The proof is wrong.
    #[error("the signature is wrong")]
    BadHash,
    /// A value contains a separator of the signed string, or a parameter stands twice: two readers
    /// could believe different things.
    #[error("{0} can be read in two ways")]
    Ambiguous(&'static str),
    /// A field is absent, has not the documented form, or is an amount beyond the channel's limits.
    #[error("{0} is absent or malformed")]
    Malformed(&'static str),
    /// A field says that the message belongs to another merchant, command or transaction.
    #[error("{0} is not the one asked for")]
    Foreign(&'static str),
}

/// The fields of a received message, as texts. A number is the digits that were sent, so that
/// amounts never pass through a float; an array or object is its JSON.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields {
    values: BTreeMap<String, String>,
    /// Parameters of a query that stand more than once. What trackers add may; what is signed or
    /// needed may not.
    repeated: BTreeSet<String>,
}

impl Fields {
    /// Reads a JSON object. `null` is an absent value.
    pub(crate) fn json(body: &str) -> Result<Self, MessageError> {
        let Ok(Value::Object(object)) = serde_json::from_str(body) else {
            return Err(MessageError::NotAnObject);
        };
        let given = object.into_iter().filter(|(_, value)| !value.is_null());
        let values = given.map(|(key, value)| (key, text(&value))).collect();
        Ok(Self { values, repeated: BTreeSet::new() })
    }

    /// Reads a form-encoded query.
    pub(crate) fn query(query: &str) -> Self {
        let mut fields = Self::default();
        for (key, value) in form_urlencoded::parse(query.as_bytes()).into_owned() {
            if fields.values.insert(key.clone(), value).is_some() {
                fields.repeated.insert(key);
            }
        }
        fields
    }

    /// Adds a value that is signed but does not travel with the message.
    pub(crate) fn put(&mut self, name: &str, value: &str) {
        self.values.insert(name.to_owned(), value.to_owned());
        self.repeated.remove(name);
    }

    /// The value, or an empty text.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }

    /// The value as its own text, empty when absent.
    pub(crate) fn owned(&self, name: &str) -> String {
        self.get(name).to_owned()
    }

    /// The value, when there is one.
    pub(crate) fn optional(&self, name: &str) -> Option<String> {
        Some(self.owned(name)).filter(|text| !text.is_empty())
    }

    /// The value, which must not be empty, and of which there must be one.
    pub(crate) fn needed(&self, name: &'static str) -> Result<String, MessageError> {
        self.once(name)?;
        self.optional(name).ok_or(MessageError::Malformed(name))
    }

    /// A value that is read by `FromStr`.
    pub(crate) fn parsed<T: FromStr>(&self, name: &'static str) -> Result<T, MessageError> {
        self.get(name).parse().map_err(|_| MessageError::Malformed(name))
    }

    /// A value that is read by `FromStr`, when there is one.
    pub(crate) fn parsed_if_given<T: FromStr>(
        &self,
        name: &'static str,
    ) -> Result<Option<T>, MessageError> {
        if self.get(name).is_empty() { Ok(None) } else { self.parsed(name).map(Some) }
    }

    /// A count of đồng: 1 to 15 digits and nothing else.
    pub(crate) fn dong(&self, name: &'static str) -> Result<Vnd, MessageError> {
        dong(self.get(name)).ok_or(MessageError::Malformed(name))
    }

    /// A count of đồng, when there is one.
    pub(crate) fn dong_if_given(&self, name: &'static str) -> Result<Option<Vnd>, MessageError> {
        if self.get(name).is_empty() { Ok(None) } else { self.dong(name).map(Some) }
    }

    /// A field that must have one value.
    pub(crate) fn must_be(&self, name: &'static str, value: &str) -> Result<(), MessageError> {
        if self.get(name) == value { Ok(()) } else { Err(MessageError::Foreign(name)) }
    }

    /// Refuses a parameter that stands twice: two readers could believe different ones.
    fn once(&self, name: &'static str) -> Result<(), MessageError> {
        if self.repeated.contains(name) { Err(MessageError::Ambiguous(name)) } else { Ok(()) }
    }

    /// Proves the fields named, in that order.
    pub(crate) fn prove(
        &self,
        scheme: &Scheme,
        secret: &Secret,
        order: &[&'static str],
    ) -> Result<(), MessageError> {
        order.iter().chain([&scheme.proof]).try_for_each(|name| self.once(name))?;
        let fields: Vec<Signed<'_>> = order.iter().map(|name| (*name, self.get(name))).collect();
        scheme.prove(secret, &fields, self.get(scheme.proof))
    }
}

/// Reads a count of đồng: 1 to 15 digits and nothing else, no sign, point or exponent.
pub(crate) fn dong(text: &str) -> Option<Vnd> {
    let digits = (1..=15).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if digits { text.parse().ok().map(Vnd) } else { None }
}

/// An amount within the limits of a channel; `name` is the field's.
pub(crate) fn within(limits: Limits, name: &'static str, amount: Vnd) -> Result<Vnd, MessageError> {
    limits.check(amount).map_err(|_| MessageError::Malformed(name))
}

/// A message being made: its fields as they will be sent.
#[derive(Debug, Clone, Default)]
pub(crate) struct Draft {
    fields: Vec<(&'static str, Value)>,
    unsent: Vec<(&'static str, String)>,
}

impl Draft {
    /// A message of these fields.
    pub(crate) fn new(fields: impl IntoIterator<Item = (&'static str, Value)>) -> Self {
        Self { fields: fields.into_iter().collect(), unsent: Vec::new() }
    }

    /// Adds a value that is signed but not sent.
    pub(crate) fn unsent(mut self, name: &'static str, value: &str) -> Self {
        self.unsent.push((name, value.to_owned()));
        self
    }

    /// Adds a field.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.fields.push((name, value.into()));
        self
    }

    /// Leaves out what has no value.
    pub(crate) fn without_empties(mut self) -> Self {
        self.fields.retain(|(_, value)| !text(value).is_empty());
        self
    }

    /// Adds the proof over the fields named, in that order; a field that is not there counts as
    /// empty.
    pub(crate) fn signed(
        self,
        scheme: &Scheme,
        secret: &Secret,
        order: &[&'static str],
    ) -> Result<Self, MessageError> {
        let find = |name: &str| {
            let sent = self.fields.iter().find(|(known, _)| *known == name);
            let unsent = self.unsent.iter().find(|(known, _)| *known == name);
            match (sent, unsent) {
                (Some((_, value)), _) => text(value),
                (None, Some((_, value))) => value.clone(),
                (None, None) => String::new(),
            }
        };
        let values: Vec<String> = order.iter().map(|name| find(name)).collect();
        let fields: Vec<Signed<'_>> =
            order.iter().zip(&values).map(|(name, value)| (*name, value.as_str())).collect();
        let proof = scheme.sign(secret, &fields)?;
        Ok(self.with(scheme.proof, proof))
    }

    /// The message as a JSON object.
    pub(crate) fn json(self) -> String {
        let fields = self.fields.into_iter().map(|(name, value)| (name.to_owned(), value));
        Value::Object(fields.collect()).to_string()
    }

    /// The message as a form-encoded query.
    pub(crate) fn query(self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in &self.fields {
            query.append_pair(name, &text(value));
        }
        query.finish()
    }
}

/// A JSON value as it stands in a signed string.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_digits_only() {
        let fields = Fields::json(r#"{"a":15000,"b":"15000","c":15000.0,"d":1.5e4,"e":-1}"#);
        let fields = fields.unwrap();
        assert_eq!(fields.dong("a"), Ok(Vnd(15_000)));
        assert_eq!(fields.dong("b"), Ok(Vnd(15_000)));
        for name in ["c", "d", "e", "f"] {
            assert_eq!(fields.dong(name), Err(MessageError::Malformed(name)));
        }
        for bad in ["", "+5", " 5", "5 ", "5đ", "０", "1234567890123456"] {
            assert_eq!(dong(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_parameter_that_stands_twice_is_refused() {
        let fields = Fields::query("a=1&a=1&b=%C3%A0+y");
        assert_eq!(fields.needed("a"), Err(MessageError::Ambiguous("a")));
        assert_eq!(fields.needed("b"), Ok("à y".into()));
        assert_eq!(Fields::json("[1]").err(), Some(MessageError::NotAnObject));
    }
}
