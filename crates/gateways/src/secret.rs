//! Owns the type of a signing secret, which never shows itself in logs. Knows no protocol.

use std::fmt;

/// A merchant's signing secret. `Debug` prints `Secret(…)`, there is no `Display`, and it is not
/// serialisable: the only way to the bytes is [`Secret::expose`].
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
