//! Sealing bytes so that only the holder of a key opens them, and agreeing on a key over an open
//! channel: AES-GCM and ECDH by Web Crypto. Knows nothing of what is sealed.

use super::{Refused, crypto, find_window};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

/// Bytes of the initialisation vector that goes before each sealed text (NIST SP 800-38D, 8.2.2).
const VECTOR: usize = 12;

fn subtle() -> Result<SubtleCrypto, Refused> {
    // Web Crypto is there on secure addresses only.
    let subtle = find_window()?.crypto()?.subtle();
    if subtle.is_undefined() { Err(Refused::because("InsecureContext")) } else { Ok(subtle) }
}

pub(super) fn object(pairs: &[(&str, JsValue)]) -> js_sys::Object {
    let object = js_sys::Object::new();
    for (name, value) in pairs {
        let _ = js_sys::Reflect::set(&object, &(*name).into(), value);
    }
    object
}

fn words(list: &[&str]) -> js_sys::Array {
    list.iter().map(|word| JsValue::from_str(word)).collect()
}

fn bytes_of(buffer: &JsValue) -> Vec<u8> {
    js_sys::Uint8Array::new(buffer).to_vec()
}

/// So many random bytes.
pub fn random<const N: usize>() -> Result<[u8; N], Refused> {
    let mut bytes = [0_u8; N];
    find_window()?.crypto()?.get_random_values_with_u8_array(&mut bytes)?;
    Ok(bytes)
}

/// A key that seals and opens. It cannot be read out of the browser again.
#[derive(Clone)]
pub struct SealKey(CryptoKey);

impl SealKey {
    /// A new one of 256 bits.
    pub async fn generate() -> Result<Self, Refused> {
        let algorithm = object(&[("name", "AES-GCM".into()), ("length", 256.into())]);
        let uses = words(&["encrypt", "decrypt"]);
        let key = subtle()?.generate_key_with_object(&algorithm, false, &uses)?;
        Ok(Self(JsFuture::from(key).await?.unchecked_into()))
    }

    /// The key in a value that the browser kept.
    pub(super) fn find_in(value: JsValue) -> Option<Self> {
        value.dyn_into().ok().map(Self)
    }

    /// The value for the browser to keep.
    pub(super) fn as_value(&self) -> &JsValue {
        &self.0
    }

    /// From 16 or 32 bytes.
    pub async fn from_bytes(bytes: &[u8]) -> Result<Self, Refused> {
        let raw = js_sys::Uint8Array::from(bytes);
        let algorithm = object(&[("name", "AES-GCM".into())]);
        let uses = words(&["encrypt", "decrypt"]);
        let key = subtle()?.import_key_with_object(
            "raw",
            raw.unchecked_ref(),
            &algorithm,
            false,
            &uses,
        )?;
        Ok(Self(JsFuture::from(key).await?.unchecked_into()))
    }

    /// Seals. `label` is not sealed in, but opening takes the same one: a part cannot be put in the
    /// place of another.
    pub async fn seal(&self, label: &str, bytes: &[u8]) -> Result<Vec<u8>, Refused> {
        let vector = random::<VECTOR>()?;
        let algorithm = Self::algorithm(label, &vector);
        let sealed = subtle()?.encrypt_with_object_and_u8_array(&algorithm, &self.0, bytes)?;
        let mut out = vector.to_vec();
        out.extend(bytes_of(&JsFuture::from(sealed).await?));
        Ok(out)
    }

    /// Opens; fails when anything was changed.
    pub async fn open(&self, label: &str, sealed: &[u8]) -> Result<Vec<u8>, Refused> {
        let (vector, sealed) =
            sealed.split_at_checked(VECTOR).ok_or_else(|| Refused::because("TooShort"))?;
        let algorithm = Self::algorithm(label, vector);
        let opened = subtle()?.decrypt_with_object_and_u8_array(&algorithm, &self.0, sealed)?;
        Ok(bytes_of(&JsFuture::from(opened).await?))
    }

    fn algorithm(label: &str, vector: &[u8]) -> js_sys::Object {
        object(&[
            ("name", "AES-GCM".into()),
            ("iv", js_sys::Uint8Array::from(vector).into()),
            ("additionalData", js_sys::Uint8Array::from(label.as_bytes()).into()),
        ])
    }
}

/// One side of an agreement on a key (ECDH on P-256).
pub struct Agreement {
    private: CryptoKey,
    /// What the other side must get.
    pub public: Vec<u8>,
}

impl Agreement {
    /// Begins one.
    pub async fn begin() -> Result<Self, Refused> {
        let algorithm = object(&[("name", "ECDH".into()), ("namedCurve", "P-256".into())]);
        let uses = words(&["deriveBits"]);
        let pair =
            JsFuture::from(subtle()?.generate_key_with_object(&algorithm, false, &uses)?).await?;
        let half = |name: &str| -> Result<CryptoKey, Refused> {
            Ok(js_sys::Reflect::get(&pair, &name.into())?.unchecked_into())
        };
        let exported = subtle()?.export_key("raw", &half("publicKey")?)?;
        let public = bytes_of(&JsFuture::from(exported).await?);
        Ok(Self { private: half("privateKey")?, public })
    }

    /// The key that both sides have, given the other's public bytes.
    pub async fn finish(&self, other: &[u8]) -> Result<SealKey, Refused> {
        let curve = object(&[("name", "ECDH".into()), ("namedCurve", "P-256".into())]);
        let raw = js_sys::Uint8Array::from(other);
        let key = subtle()?.import_key_with_object(
            "raw",
            raw.unchecked_ref(),
            &curve,
            false,
            &js_sys::Array::new(),
        )?;
        let public = JsFuture::from(key).await?;
        let algorithm = object(&[("name", "ECDH".into()), ("public", public)]);
        let bits = subtle()?.derive_bits_with_object(&algorithm, &self.private, 256)?;
        let shared = bytes_of(&JsFuture::from(bits).await?);
        SealKey::from_bytes(&crypto::sha256(&shared).await?).await
    }
}
