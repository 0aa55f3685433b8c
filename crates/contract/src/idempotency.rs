//! The header `Idempotency-Key`: a quoted structured-field string
//! (draft-ietf-httpapi-idempotency-key-header-07). A key belongs to one intent of one client; it
//! is made before the first try and kept with the draft.
//!
//! Answers: 400 when it is missing or malformed, 422 when it was used with another payload, 409
//! while the first request still runs, and the first answer again afterwards, for at least 30 days.

use std::fmt;

/// The header's name.
pub const HEADER: &str = "Idempotency-Key";

/// A key: 16 to 128 characters of `A-Z a-z 0-9 - _ .`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IdempotencyKey(String);

/// Why a header is not a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not in double quotes.
    #[error("the value must be a quoted string")]
    NotQuoted,
    /// Too short, too long, or with other characters.
    #[error("the key must be 16 to 128 characters of A-Z, a-z, 0-9, '-', '_' and '.'")]
    Characters,
}

impl IdempotencyKey {
    /// A key from its bare text.
    pub fn new(text: &str) -> Result<Self, KeyError> {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
        let fits = (16..=128).contains(&text.len()) && text.bytes().all(allowed);
        if fits { Ok(Self(text.to_owned())) } else { Err(KeyError::Characters) }
    }

    /// Reads the header's value.
    pub fn parse_header(value: &str) -> Result<Self, KeyError> {
        let inner = value
            .trim()
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'))
            .ok_or(KeyError::NotQuoted)?;
        Self::new(inner)
    }

    /// The bare text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The header's value, quoted.
    pub fn header(&self) -> String {
        format!("\"{}\"", self.0)
    }
}

impl fmt::Display for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_part_of_the_syntax() {
        let key = IdempotencyKey::new("3f2504e0-4f89-11d3-9a0c").unwrap();
        assert_eq!(IdempotencyKey::parse_header(&key.header()), Ok(key));
        assert_eq!(
            IdempotencyKey::parse_header("3f2504e0-4f89-11d3-9a0c"),
            Err(KeyError::NotQuoted)
        );
        for bad in ["\"\"", "\"short\"", "\"with space in the key\"", "\"quote\\\"inside-the-key\""]
        {
            assert_eq!(IdempotencyKey::parse_header(bad), Err(KeyError::Characters), "{bad}");
        }
    }
}
