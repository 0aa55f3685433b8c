//! A short secret as something that does not give it away: PBKDF2 by Web Crypto. Knows nothing of what
//! it opens.

use super::{Refused, crypto, find_window, sealing};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;

/// Rounds of HMAC-SHA-256, by the advice of OWASP's Password Storage Cheat Sheet. A PIN of so few digits
/// is found all the same by somebody who may try on a machine of their own; it keeps visitors out.
const ROUNDS: u32 = 600_000;

/// A salt and the hash under it, as one text, for a new secret.
pub async fn hash(secret: &str) -> Result<String, Refused> {
    let salt = sealing::random::<16>()?;
    Ok(format!("{} {}", crypto::hex(&salt), derive(secret, &salt).await?))
}

/// Whether a secret is the one that was hashed.
pub async fn is_right(secret: &str, hashed: &str) -> Result<bool, Refused> {
    let Some((salt, hash)) = hashed.split_once(' ') else { return Ok(false) };
    let Some(salt) = crypto::find_bytes(salt) else { return Ok(false) };
    Ok(derive(secret, &salt).await? == hash)
}

async fn derive(secret: &str, salt: &[u8]) -> Result<String, Refused> {
    let subtle = find_window()?.crypto()?.subtle();
    let raw = js_sys::Uint8Array::from(secret.as_bytes());
    let uses = js_sys::Array::of1(&"deriveBits".into());
    let name = sealing::object(&[("name", "PBKDF2".into())]);
    let key = subtle.import_key_with_object("raw", raw.unchecked_ref(), &name, false, &uses)?;
    let key = JsFuture::from(key).await?;
    let how = sealing::object(&[
        ("name", "PBKDF2".into()),
        ("hash", "SHA-256".into()),
        ("salt", js_sys::Uint8Array::from(salt).into()),
        ("iterations", ROUNDS.into()),
    ]);
    let bits = subtle.derive_bits_with_object(&how, key.unchecked_ref(), 256)?;
    let bits = JsFuture::from(bits).await?;
    Ok(crypto::hex(&js_sys::Uint8Array::new(&bits).to_vec()))
}
