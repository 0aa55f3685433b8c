//! Certificates for `--lan`: an authority that stays with the demo's data, and a leaf for the
//! addresses of today. Phones give the camera to secure origins only. For demos, never for citizens.

use super::secrets::write_private;
use anyhow::{Context, Result};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use std::fs;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use time::{Duration, OffsetDateTime};

/// Phones refuse certificates that last longer than 825 days.
const LEAF_DAYS: i64 = 90;
const AUTHORITY_DAYS: i64 = 800;

/// The files that the parties are started with.
#[derive(Debug, Clone)]
pub struct Tls {
    /// The leaf and the authority (PEM).
    pub chain: PathBuf,
    /// The leaf's key (PEM).
    pub key: PathBuf,
    /// The authority (PEM), for the parties to trust each other.
    pub authority: PathBuf,
}

/// Makes today's leaf for localhost and this address, and the authority when there is none.
pub fn prepare(folder: &Path, ip: Ipv4Addr) -> Result<Tls> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let (authority_pem, authority_key) = authority(folder)?;
    let issuer = Issuer::new(authority_params()?, authority_key);

    let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), ip.to_string()];
    let mut leaf = CertificateParams::new(names)?;
    leaf.distinguished_name.push(DnType::CommonName, "Một Cửa demo");
    leaf.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    leaf.use_authority_key_identifier_extension = true;
    limit(&mut leaf, LEAF_DAYS);
    let key = KeyPair::generate()?;
    let certificate = leaf.signed_by(&key, &issuer)?;

    let tls = Tls {
        chain: folder.join("chain.pem"),
        key: folder.join("key.pem"),
        authority: folder.join("authority.pem"),
    };
    let chain = format!("{}{authority_pem}", certificate.pem());
    fs::write(&tls.chain, chain)
        .with_context(|| format!("cannot write {}", tls.chain.display()))?;
    write_private(&tls.key, &key.serialize_pem())?;
    Ok(tls)
}

/// The authority's certificate and key, kept so that a phone that trusts it need do so only once.
fn authority(folder: &Path) -> Result<(String, KeyPair)> {
    let (pem_path, key_path) = (folder.join("authority.pem"), folder.join("authority-key.pem"));
    if let (Ok(pem), Ok(key)) = (fs::read_to_string(&pem_path), fs::read_to_string(&key_path)) {
        return Ok((pem, KeyPair::from_pem(&key).context("the kept authority's key is broken")?));
    }
    let key = KeyPair::generate()?;
    let pem = authority_params()?.self_signed(&key)?.pem();
    write_private(&key_path, &key.serialize_pem())?;
    fs::write(&pem_path, &pem).with_context(|| format!("cannot write {}", pem_path.display()))?;
    Ok((pem, key))
}

fn authority_params() -> Result<CertificateParams> {
    let mut params = CertificateParams::new(Vec::<String>::new())?;
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.distinguished_name.push(DnType::CommonName, "Một Cửa demo, this machine only");
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    limit(&mut params, AUTHORITY_DAYS);
    Ok(params)
}

fn limit(params: &mut CertificateParams, days: i64) {
    let now = OffsetDateTime::now_utc();
    params.not_before = now - Duration::days(1);
    params.not_after = now + Duration::days(days);
}
