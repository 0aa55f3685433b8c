//! The key that says who we are to push services (VAPID, RFC 8292): read, or made once and kept. Knows no
//! device.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use web_push_native::jwt_simple::algorithms::{
    ECDSAP256KeyPairLike as _, ECDSAP256PublicKeyLike as _, ES256KeyPair,
};
use web_push_native::jwt_simple::claims::Claims;

/// Seconds that a signature counts. Services take 24 hours at most (RFC 8292, 2).
const SIGNED_FOR_S: u64 = 12 * 3_600;

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum PushKeyError {
    /// The file cannot be read or made.
    #[error("{}: {why}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        why: std::io::Error,
    },
    /// What is in it is no key.
    #[error("{}: not a P-256 key in PKCS#8 PEM: {why}", path.display())]
    Content {
        /// Which.
        path: PathBuf,
        /// Why.
        why: String,
    },
}

/// The key.
pub struct PushKey {
    pair: ES256KeyPair,
    public: String,
}

impl PushKey {
    /// Reads the key that the installation names, or its own one, which is made when it is not there.
    pub fn open(named: Option<&Path>, own: &Path) -> Result<Self, PushKeyError> {
        let path = named.unwrap_or(own);
        let file = |why| PushKeyError::File { path: path.to_owned(), why };
        let content = |why: String| PushKeyError::Content { path: path.to_owned(), why };
        let pem = match std::fs::read_to_string(path) {
            Ok(pem) => pem,
            Err(why) if why.kind() == ErrorKind::NotFound && named.is_none() => {
                let pem = ES256KeyPair::generate().to_pem();
                let pem = pem.map_err(|why| content(why.to_string()))?;
                keep(path, &pem).map_err(file)?;
                pem
            }
            Err(why) => return Err(file(why)),
        };
        let pair = ES256KeyPair::from_pem(&pem).map_err(|why| content(why.to_string()))?;
        let public = pair.public_key().public_key().to_bytes_uncompressed();
        Ok(Self { public: URL_SAFE_NO_PAD.encode(public), pair })
    }

    /// The public half, as browsers take it: base64url.
    pub fn public(&self) -> &str {
        &self.public
    }

    /// The header `Authorization` for a push service of this origin (RFC 8292, 3).
    pub fn authorization(&self, origin: &str, contact: Option<&str>) -> Result<String, String> {
        let duration = std::time::Duration::from_secs(SIGNED_FOR_S);
        let mut claims = Claims::create(duration.into()).with_audience(origin);
        if let Some(contact) = contact {
            claims = claims.with_subject(contact);
        }
        let token = self.pair.sign(claims).map_err(|why| why.to_string())?;
        Ok(format!("vapid t={token}, k={}", self.public))
    }
}

/// Writes the key where only its owner reads it. Two backends that start at once keep the first one's.
fn keep(path: &Path, pem: &str) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(pem.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_stays_the_same_and_is_nobody_elses_to_read() {
        let folder = std::env::temp_dir().join(format!("motcua-push-key-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let own = folder.join("push-key.pem");
        let made = PushKey::open(None, &own).unwrap();
        assert_eq!(made.public().len(), 87);
        assert_eq!(PushKey::open(None, &own).unwrap().public(), made.public());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::metadata(&own).unwrap().permissions().mode() & 0o777, 0o600);
        }
        // One that is named is never made: a wrong path would make every choice void.
        let missing = PushKey::open(Some(&folder.join("other.pem")), &own);
        assert!(matches!(missing, Err(PushKeyError::File { .. })));
        std::fs::write(&own, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")
            .unwrap();
        assert!(matches!(PushKey::open(None, &own), Err(PushKeyError::Content { .. })));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
