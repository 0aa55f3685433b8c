//! Owns how a message is signed: which hash, over which string of its fields, in which field the
//! proof travels. Knows no gateway and no meaning of any field.
//!
//! A signed string says which value belongs to which field only as long as no value contains what
//! stands between them. None of the gateways escapes; so a value that could be read as the
//! beginning of another field is refused, when signing and after proving.

use crate::Secret;
use crate::fields::MessageError;
use crate::mac::Mac;

/// How the values of the signed fields become one string, in the documented order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// `value|value|…`; an absent value leaves its separator.
    Pipes,
    /// `name=value&name=value&…`, values as they are, not URL-encoded.
    Pairs,
    /// The values one after the other with nothing between them. The boundaries cannot be proven:
    /// whoever uses it must compare every value with the one it expects.
    Joined,
}

/// How one kind of message is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Scheme {
    /// The keyed hash.
    pub mac: Mac,
    /// The shape of the hashed string.
    pub form: Form,
    /// The name of the field that carries the proof, in hex.
    pub proof: &'static str,
}

/// A field that is signed: its name and its value as text.
pub type Signed<'a> = (&'static str, &'a str);

impl Scheme {
    /// The string that is hashed.
    pub fn text(&self, fields: &[Signed<'_>]) -> String {
        let values = fields.iter().map(|(_, value)| *value);
        match self.form {
            Form::Pipes => values.collect::<Vec<_>>().join("|"),
            Form::Joined => values.collect(),
            Form::Pairs => {
                let pairs = fields.iter().map(|(name, value)| format!("{name}={value}"));
                pairs.collect::<Vec<_>>().join("&")
            }
        }
    }

    /// The proof of the fields; an error when a value could be read as another field.
    pub fn sign(&self, secret: &Secret, fields: &[Signed<'_>]) -> Result<String, MessageError> {
        self.unambiguous(fields)?;
        Ok(self.mac.hex(secret, &self.text(fields)))
    }

    /// Believes the fields only when `given` proves them and they can be read in one way.
    pub fn prove(
        &self,
        secret: &Secret,
        fields: &[Signed<'_>],
        given: &str,
    ) -> Result<(), MessageError> {
        if given.is_empty() {
            return Err(MessageError::Unsigned);
        }
        if !self.mac.proves(secret, &self.text(fields), given) {
            return Err(MessageError::BadHash);
        }
        self.unambiguous(fields)
    }

    fn unambiguous(&self, fields: &[Signed<'_>]) -> Result<(), MessageError> {
        let borders: Vec<String> = match self.form {
            Form::Pipes => vec!["|".to_owned()],
            Form::Pairs => fields.iter().map(|(name, _)| format!("&{name}=")).collect(),
            Form::Joined => Vec::new(),
        };
        let two_ways = |value: &str| borders.iter().any(|border| value.contains(border));
        match fields.iter().find(|(_, value)| two_ways(value)) {
            Some((name, _)) => Err(MessageError::Ambiguous(name)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scheme(form: Form) -> Scheme {
        Scheme { mac: Mac::HmacSha256, form, proof: "mac" }
    }

    #[test]
    fn the_three_forms() {
        let fields = [("a", "1"), ("b", ""), ("c", "x y")];
        assert_eq!(scheme(Form::Pipes).text(&fields), "1||x y");
        assert_eq!(scheme(Form::Pairs).text(&fields), "a=1&b=&c=x y");
        assert_eq!(scheme(Form::Joined).text(&fields), "1x y");
    }

    /// Two messages whose strings are equal: neither is signed, neither is believed.
    #[test]
    fn what_can_be_read_in_two_ways_is_refused() {
        let secret = Secret::new("k");
        for (form, fields) in
            [(Form::Pipes, [("a", "1|2"), ("b", "3")]), (Form::Pairs, [("a", "1&b=2"), ("b", "3")])]
        {
            let scheme = scheme(form);
            assert_eq!(scheme.sign(&secret, &fields), Err(MessageError::Ambiguous("a")));
            let proof = scheme.mac.hex(&secret, &scheme.text(&fields));
            let believed = scheme.prove(&secret, &fields, &proof);
            assert_eq!(believed, Err(MessageError::Ambiguous("a")));
        }
        // An address with its own query is no such thing.
        let address = [("a", "https://x/?p=1&q=2"), ("b", "3")];
        assert!(scheme(Form::Pairs).sign(&secret, &address).is_ok());
    }
}
