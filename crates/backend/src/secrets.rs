//! Random tokens and their hashes. Knows nothing of what they open.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// The operating system gives no random numbers: nothing can be made safely.
#[derive(Debug, thiserror::Error)]
#[error("no random numbers from the operating system: {0}")]
pub struct NoRandomness(getrandom::Error);

/// 128 random bits in base64url, 22 characters.
pub fn token() -> Result<String, NoRandomness> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(NoRandomness)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// Sixteen characters of `0-9A-F`, for references that gateways and people read.
pub fn reference() -> Result<String, NoRandomness> {
    let mut bytes = [0_u8; 8];
    getrandom::fill(&mut bytes).map_err(NoRandomness)?;
    Ok(hex::encode_upper(bytes))
}

/// Six random digits, for people to type.
pub fn six_digits() -> Result<String, NoRandomness> {
    let mut bytes = [0_u8; 4];
    getrandom::fill(&mut bytes).map_err(NoRandomness)?;
    Ok(format!("{:06}", u32::from_le_bytes(bytes) % 1_000_000))
}

/// SHA-256 in lower-case hex: how tokens are stored.
pub fn hash(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}
