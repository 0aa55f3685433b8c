//! What a notice says, sealed for one device (RFC 8291). Knows no service.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use motcua_contract::push::PushDeviceKeys;
use serde::Serialize;
use web_push_native::p256::PublicKey;
use web_push_native::{Auth, encrypt};

/// A notice as the app's service worker reads it.
#[derive(Debug, Serialize)]
pub struct Notice<'a> {
    /// Who says it.
    pub title: &'a str,
    /// What.
    pub body: &'a str,
    /// The page that it opens.
    pub path: String,
}

/// The keys of a device, read.
pub struct Seal {
    public: PublicKey,
    auth: Auth,
}

impl Seal {
    /// Reads the keys; none when they are not a point of P-256 and 16 bytes.
    pub fn read(keys: &PushDeviceKeys) -> Option<Self> {
        let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok();
        let public = PublicKey::from_sec1_bytes(&bytes(&keys.p256dh)?).ok()?;
        let auth = bytes(&keys.auth)?;
        (auth.len() == Auth::default().len())
            .then(|| Self { public, auth: Auth::clone_from_slice(&auth) })
    }

    /// Seals a notice.
    pub fn close(&self, notice: &Notice<'_>) -> Result<Vec<u8>, String> {
        let plain = serde_json::to_vec(notice).map_err(|why| why.to_string())?;
        encrypt(plain, &self.public, &self.auth).map_err(|why| why.to_string())
    }
}
