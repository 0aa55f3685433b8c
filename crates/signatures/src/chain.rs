//! Whom the installation trusts to vouch for signers, and whether a certificate leads back to one of them
//! (RFC 5280). Revocation is not asked about: that takes a network.

use rustls_pki_types::pem::PemObject as _;
use rustls_pki_types::{CertificateDer, TrustAnchor, UnixTime};
use std::time::Duration;
use webpki::{ALL_VERIFICATION_ALGS, EndEntityCert, ExtendedKeyUsageValidator, KeyPurposeIdIter};

/// Purposes of which a certificate that names purposes must name one: any, signing of documents (RFC 9336, and
/// Microsoft's, Adobe's), e-mail, proving who one is.
const PURPOSES: [&[usize]; 6] = [
    &[2, 5, 29, 37, 0],
    &[1, 3, 6, 1, 5, 5, 7, 3, 36],
    &[1, 3, 6, 1, 4, 1, 311, 10, 3, 12],
    &[1, 2, 840, 113_583, 1, 1, 5],
    &[1, 3, 6, 1, 5, 5, 7, 3, 4],
    &[1, 3, 6, 1, 5, 5, 7, 3, 2],
];

/// Why roots are not taken.
#[derive(Debug, thiserror::Error)]
pub enum RootsError {
    /// The text holds no certificate.
    #[error("no certificate in it")]
    Empty,
    /// It is not PEM.
    #[error("not certificates in PEM: {0}")]
    Pem(rustls_pki_types::pem::Error),
    /// A certificate does not read.
    #[error("certificate {number}: {why}")]
    Certificate {
        /// Which, from 1.
        number: usize,
        /// Why.
        why: webpki::Error,
    },
}

/// The authorities that are trusted.
#[derive(Debug, Clone, Default)]
pub struct Roots(Vec<TrustAnchor<'static>>);

impl Roots {
    /// Reads certificates in PEM.
    pub fn read(pem: &[u8]) -> Result<Self, RootsError> {
        let mut anchors = Vec::new();
        for (number, found) in (1..).zip(CertificateDer::pem_slice_iter(pem)) {
            let certificate = found.map_err(RootsError::Pem)?;
            let anchor = webpki::anchor_from_trusted_cert(&certificate)
                .map_err(|why| RootsError::Certificate { number, why })?;
            anchors.push(anchor.to_owned());
        }
        if anchors.is_empty() { Err(RootsError::Empty) } else { Ok(Self(anchors)) }
    }
}

/// The purposes of a certificate must go with signing a document.
struct Signing;

impl ExtendedKeyUsageValidator for Signing {
    fn validate(&self, purposes: KeyPurposeIdIter<'_, '_>) -> Result<(), webpki::Error> {
        let mut names_any = false;
        for purpose in purposes {
            names_any = true;
            let purpose: Vec<usize> = purpose?.to_decoded_oid();
            if PURPOSES.contains(&purpose.as_slice()) {
                return Ok(());
            }
        }
        if names_any { Err(webpki::Error::InvalidCertValidity) } else { Ok(()) }
    }
}

/// Whether a certificate leads back to one that is trusted, at a moment, through others that came with it.
pub fn leads_back(certificate: &[u8], others: &[Vec<u8>], roots: &Roots, at: u64) -> bool {
    let certificate = CertificateDer::from(certificate);
    let Ok(entity) = EndEntityCert::try_from(&certificate) else { return false };
    let others: Vec<CertificateDer<'_>> =
        others.iter().map(|other| CertificateDer::from(other.as_slice())).collect();
    let at = UnixTime::since_unix_epoch(Duration::from_secs(at));
    let path =
        entity.verify_for_usage(ALL_VERIFICATION_ALGS, &roots.0, &others, at, Signing, None, None);
    path.is_ok()
}
