//! Owns the keyed hashes of the gateways and their comparison. Knows no message and no field.

use hmac::{Hmac, Mac as _};
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};
use subtle::ConstantTimeEq;

use crate::Secret;

/// How a gateway turns a text and a secret into a proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mac {
    /// Viettel: HMAC-SHA1.
    HmacSha1,
    /// MoMo, ZaloPay, KeyPay: HMAC-SHA256.
    HmacSha256,
    /// VNPAY: HMAC-SHA512.
    HmacSha512,
    /// The national PaymentPlatform: SHA-256 of `text|secret`. It is a keyed hash, not an HMAC;
    /// every text that is hashed must therefore have a fixed number of fields.
    Sha256AndSecret,
}

impl Mac {
    /// The proof of `text` under `secret`, as bytes.
    pub fn digest(self, secret: &Secret, text: &str) -> Vec<u8> {
        macro_rules! hmac {
            ($hash:ty) => {
                Hmac::<$hash>::new_from_slice(secret.expose()).map(|mut mac| {
                    mac.update(text.as_bytes());
                    mac.finalize().into_bytes().to_vec()
                })
            };
        }
        let made = match self {
            Self::HmacSha1 => hmac!(Sha1),
            Self::HmacSha256 => hmac!(Sha256),
            Self::HmacSha512 => hmac!(Sha512),
            Self::Sha256AndSecret => {
                let mut hash = Sha256::new();
                hash.update(text.as_bytes());
                hash.update(b"|");
                hash.update(secret.expose());
                Ok(hash.finalize().to_vec())
            }
        };
        // HMAC takes a key of any length, so this is never empty; `proves` refuses an empty one.
        made.unwrap_or_default()
    }

    /// The proof as lower-case hex.
    pub fn hex(self, secret: &Secret, text: &str) -> String {
        hex::encode(self.digest(secret, text))
    }

    /// True when `given` (hex in either case) proves `text`.
    pub fn proves(self, secret: &Secret, text: &str, given: &str) -> bool {
        hex::decode(given).is_ok_and(|given| self.proves_bytes(secret, text, &given))
    }

    /// True when the bytes prove `text`. The comparison takes the same time wherever the first
    /// difference is.
    pub fn proves_bytes(self, secret: &Secret, text: &str, given: &[u8]) -> bool {
        let made = self.digest(secret, text);
        !made.is_empty() && bool::from(made.ct_eq(given))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Mac; 4] = [Mac::HmacSha1, Mac::HmacSha256, Mac::HmacSha512, Mac::Sha256AndSecret];

    #[test]
    fn known_answers() {
        // RFC 2202 and RFC 4231, test case 2; the last by `printf 'a|b|k' | sha256sum`.
        let (key, text) = (Secret::new("Jefe"), "what do ya want for nothing?");
        assert_eq!(Mac::HmacSha1.hex(&key, text), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
        assert_eq!(
            Mac::HmacSha256.hex(&key, text),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert!(Mac::HmacSha512.hex(&key, text).starts_with("164b7a7bfcf819e2e395fbe73b56e0a3"));
        assert_eq!(
            Mac::Sha256AndSecret.hex(&Secret::new("k"), "a|b"),
            "8bff25582189469cffc71d7fab53f48251373d083d33715ece93ddb67b1df625"
        );
    }

    #[test]
    fn a_short_or_odd_proof_is_refused() {
        let secret = Secret::new("k");
        for mac in ALL {
            let good = mac.hex(&secret, "x");
            assert!(mac.proves(&secret, "x", &good));
            assert!(mac.proves(&secret, "x", &good.to_uppercase()));
            for bad in ["", "0", "zz", &good[2..], &format!("{good}00")] {
                assert!(!mac.proves(&secret, "x", bad), "{mac:?} {bad}");
            }
        }
    }
}
