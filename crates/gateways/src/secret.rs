//! Owns the type of a signing secret, which never shows itself in logs. Knows no protocol.

use std::fmt;

/// A merchant's signing secret. `Debug` prints `Secret(…)`, there is no `Display`, and it is not
/// serialisable: the only ways to it are [`Secret::expose`] and [`Secret::expose_text`].
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Wraps the secret text that the gateway gave to the merchant.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The secret's bytes, for signing.
    pub fn expose(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// The secret as text, for a key that is itself part of a signed string.
    pub fn expose_text(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_is_redacted() {
        let shown = format!("{:?}", Secret::new("rat-bi-mat"));
        assert_eq!(shown, "Secret(…)");
    }
}
