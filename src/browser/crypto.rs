//! Hashes and random identifiers by Web Crypto. Knows nothing of what they are for.

use super::{Refused, find_window};
use std::fmt::Write as _;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;

/// SHA-256 of the bytes.
pub async fn sha256(bytes: &[u8]) -> Result<Vec<u8>, Refused> {
    let subtle = find_window()?.crypto()?.subtle();
    let view = js_sys::Uint8Array::from(bytes);
    let promise = subtle.digest_with_str_and_buffer_source("SHA-256", view.unchecked_ref())?;
    let digest = JsFuture::from(promise).await?;
    Ok(js_sys::Uint8Array::new(&digest).to_vec())
}

/// The bytes as lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The bytes of a hexadecimal text; nothing when it is none.
pub fn find_bytes(hex: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = hex
        .bytes()
        .map(|byte| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect();
    let digits = digits.filter(|digits| digits.len().is_multiple_of(2))?;
    Some(digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

/// The bytes in base64, as tus wants checksums.
pub fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let word = group.iter().fold(0_usize, |word, byte| (word << 8) | usize::from(*byte))
            << (8 * (3 - group.len()));
        for place in 0..4 {
            if place <= group.len() {
                text.push(char::from(LETTERS[(word >> (18 - 6 * place)) & 63]));
            } else {
                text.push('=');
            }
        }
    }
    text
}

/// 128 random bits as 32 hexadecimal digits.
pub fn random_key() -> Result<String, Refused> {
    let mut bytes = [0_u8; 16];
    find_window()?.crypto()?.get_random_values_with_u8_array(&mut bytes)?;
    Ok(hex(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal_goes_both_ways() {
        assert_eq!(find_bytes(&hex(&[0, 171, 255])), Some(vec![0, 171, 255]));
        assert_eq!((find_bytes("abc"), find_bytes("zz")), (None, None));
    }

    #[test]
    fn base64_pads() {
        assert_eq!(base64(b""), "");
        assert_eq!(base64(b"f"), "Zg==");
        assert_eq!(base64(b"fo"), "Zm8=");
        assert_eq!(base64(b"foo"), "Zm9v");
        assert_eq!(base64(b"foobar"), "Zm9vYmFy");
    }
}
