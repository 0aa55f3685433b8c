//! Owns the provider's signing key: made once, kept beside the other data. Knows no token.
//!
//! Ed25519: a key is 32 random bytes, made at once even in a debug build.

use std::fs;
use std::io;
use std::path::Path;

use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::EncodePrivateKey;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use openidconnect::JsonWebKeyId;
use openidconnect::core::CoreEdDsaPrivateSigningKey;
use sha2::{Digest, Sha256};

use crate::random;

/// The key of the folder `data`, made when there is none.
pub(crate) fn open(data: Option<&Path>) -> io::Result<CoreEdDsaPrivateSigningKey> {
    let pem = match data {
        Some(folder) => {
            fs::create_dir_all(folder)?;
            let path = folder.join("vneid-key.pem");
            match fs::read_to_string(&path) {
                Ok(pem) => pem,
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    let pem = fresh()?;
                    write_private(&path, &pem)?;
                    pem
                }
                Err(error) => return Err(error),
            }
        }
        None => fresh()?,
    };
    let name = hex::encode(Sha256::digest(&pem))[..16].to_owned();
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pem, Some(JsonWebKeyId::new(name)))
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

fn fresh() -> io::Result<String> {
    let key = SigningKey::from_bytes(&random::bytes::<32>());
    let pem = key.to_pkcs8_pem(LineEnding::LF).map_err(io::Error::other)?;
    Ok(pem.as_str().to_owned())
}

fn write_private(path: &Path, pem: &str) -> io::Result<()> {
    use std::io::Write;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)?.write_all(pem.as_bytes())
}
