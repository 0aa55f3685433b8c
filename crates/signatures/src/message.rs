//! A signature's message (CMS SignedData, RFC 5652): whose it is, and whether it is about these bytes. Knows
//! no PDF.

use crate::chain::{self, Roots};
use cms::cert::CertificateChoices;
use cms::content_info::ContentInfo;
use cms::signed_data::{SignedData, SignerIdentifier, SignerInfo};
use const_oid::ObjectIdentifier;
use const_oid::db::{rfc5911, rfc5912, rfc6268};
use der::asn1::{BmpString, OctetString, PrintableStringRef, TeletexStringRef, Utf8StringRef};
use der::{Any, Decode as _, Encode as _, SliceReader};
use rustls_pki_types::{CertificateDer, SignatureVerificationAlgorithm};
use sha2::{Digest as _, Sha256, Sha384, Sha512};
use webpki::EndEntityCert;
use webpki::ring;
use x509_cert::Certificate;
use x509_cert::ext::pkix::SubjectKeyIdentifier;

/// Why a message does not read.
#[derive(Debug, thiserror::Error)]
pub enum Unread {
    /// It is not DER of these shapes.
    #[error("not a signed message in DER: {0}")]
    Der(#[from] der::Error),
    /// Not exactly one signer, or none whose certificate is with it.
    #[error("not one signer with a certificate")]
    Signer,
}

/// What a message says of some bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judged {
    /// They are what was signed, by the certificate's key.
    Untouched,
    /// They are not.
    Touched,
    /// It cannot be told here.
    Unknown,
}

/// A message with its signer's certificate.
pub struct Message {
    signer: SignerInfo,
    certificate: Certificate,
    others: Vec<Certificate>,
}

/// Reads a message; zeros may come after it.
pub fn read(bytes: &[u8]) -> Result<Message, Unread> {
    let mut reader = SliceReader::new(bytes)?;
    let outer = ContentInfo::decode(&mut reader)?;
    let data: SignedData = outer.content.decode_as()?;
    let [signer] = data.signer_infos.0.as_slice() else { return Err(Unread::Signer) };
    let all = data.certificates.iter().flat_map(|set| set.0.iter());
    let all = all.filter_map(|choice| match choice {
        CertificateChoices::Certificate(certificate) => Some(certificate.clone()),
        CertificateChoices::Other(_) => None,
    });
    let (own, others): (Vec<_>, Vec<_>) = all.partition(|one| is_of(one, &signer.sid));
    let certificate = own.into_iter().next().ok_or(Unread::Signer)?;
    Ok(Message { signer: signer.clone(), certificate, others })
}

fn is_of(certificate: &Certificate, id: &SignerIdentifier) -> bool {
    let inner = &certificate.tbs_certificate;
    match id {
        SignerIdentifier::IssuerAndSerialNumber(wanted) => {
            inner.issuer == wanted.issuer && inner.serial_number == wanted.serial_number
        }
        SignerIdentifier::SubjectKeyIdentifier(wanted) => {
            matches!(inner.get::<SubjectKeyIdentifier>(), Ok(Some((_, own))) if own == *wanted)
        }
    }
}

impl Message {
    /// The signer's name: the certificate's common name.
    pub fn signer_name(&self) -> Option<String> {
        let mut parts =
            self.certificate.tbs_certificate.subject.0.iter().flat_map(|part| part.0.iter());
        let found = parts.rfind(|part| part.oid == const_oid::db::rfc4519::CN)?;
        text_of(&found.value)
    }

    /// Whether the signer's certificate leads back to one that is trusted, at a moment.
    pub fn leads_to(&self, roots: &Roots, at: u64) -> bool {
        let Ok(own) = self.certificate.to_der() else { return false };
        let others: Vec<Vec<u8>> =
            self.others.iter().filter_map(|other| other.to_der().ok()).collect();
        chain::leads_back(&own, &others, roots, at)
    }

    /// What it says of these bytes.
    pub fn judge(&self, bytes: &[u8]) -> Judged {
        let Some(hash) = Hash::of(self.signer.digest_alg.oid) else { return Judged::Unknown };
        let Some(signed) = &self.signer.signed_attrs else { return Judged::Unknown };
        let value = |oid: ObjectIdentifier| -> Option<&Any> {
            signed.iter().find(|one| one.oid == oid).and_then(|one| one.values.get(0))
        };
        let digest = value(rfc6268::ID_MESSAGE_DIGEST).and_then(|any| {
            any.decode_as::<OctetString>().ok().map(|octets| octets.as_bytes().to_vec())
        });
        let kind = value(rfc6268::ID_CONTENT_TYPE)
            .and_then(|any| any.decode_as::<ObjectIdentifier>().ok());
        let (Some(digest), Some(rfc5911::ID_DATA)) = (digest, kind) else { return Judged::Unknown };
        if digest != hash.sum(bytes) {
            return Judged::Touched;
        }
        // As a SET OF, not as it is tagged inside (RFC 5652, 5.4).
        let (Ok(signed), Ok(own)) = (signed.to_der(), self.certificate.to_der()) else {
            return Judged::Unknown;
        };
        let own = CertificateDer::from(own);
        let Ok(entity) = EndEntityCert::try_from(&own) else { return Judged::Unknown };
        let ways = hash.ways(self.signer.signature_algorithm.oid);
        let signature = self.signer.signature.as_bytes();
        let mut wrong_kind = true;
        for way in ways {
            match entity.verify_signature(way, &signed, signature) {
                Ok(()) => return Judged::Untouched,
                // The key is of another kind than this way is for.
                Err(webpki::Error::UnsupportedSignatureAlgorithmForPublicKeyContext(_)) => {}
                Err(_) => wrong_kind = false,
            }
        }
        if wrong_kind { Judged::Unknown } else { Judged::Touched }
    }
}

/// The hashes that count; SHA-1 does not any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

type Way = &'static dyn SignatureVerificationAlgorithm;

impl Hash {
    fn of(oid: ObjectIdentifier) -> Option<Self> {
        match oid {
            rfc5912::ID_SHA_256 => Some(Self::Sha256),
            rfc5912::ID_SHA_384 => Some(Self::Sha384),
            rfc5912::ID_SHA_512 => Some(Self::Sha512),
            _ => None,
        }
    }

    fn sum(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => Sha256::digest(bytes).to_vec(),
            Self::Sha384 => Sha384::digest(bytes).to_vec(),
            Self::Sha512 => Sha512::digest(bytes).to_vec(),
        }
    }

    /// The ways of checking that an algorithm of a message stands for, with this hash.
    fn ways(self, algorithm: ObjectIdentifier) -> Vec<Way> {
        let is_rsa = match self {
            Self::Sha256 => algorithm == rfc5912::SHA_256_WITH_RSA_ENCRYPTION,
            Self::Sha384 => algorithm == rfc5912::SHA_384_WITH_RSA_ENCRYPTION,
            Self::Sha512 => algorithm == rfc5912::SHA_512_WITH_RSA_ENCRYPTION,
        };
        match (algorithm, self) {
            (rfc5912::ECDSA_WITH_SHA_256, Self::Sha256) => {
                vec![ring::ECDSA_P256_SHA256, ring::ECDSA_P384_SHA256]
            }
            (rfc5912::ECDSA_WITH_SHA_384, Self::Sha384) => {
                vec![ring::ECDSA_P256_SHA384, ring::ECDSA_P384_SHA384]
            }
            (rfc5912::ID_RSASSA_PSS, Self::Sha256) => {
                vec![ring::RSA_PSS_2048_8192_SHA256_LEGACY_KEY]
            }
            (rfc5912::ID_RSASSA_PSS, Self::Sha384) => {
                vec![ring::RSA_PSS_2048_8192_SHA384_LEGACY_KEY]
            }
            (rfc5912::ID_RSASSA_PSS, Self::Sha512) => {
                vec![ring::RSA_PSS_2048_8192_SHA512_LEGACY_KEY]
            }
            (algorithm, hash) if is_rsa || algorithm == rfc5912::RSA_ENCRYPTION => match hash {
                Self::Sha256 => vec![ring::RSA_PKCS1_2048_8192_SHA256],
                Self::Sha384 => vec![ring::RSA_PKCS1_2048_8192_SHA384],
                Self::Sha512 => vec![ring::RSA_PKCS1_2048_8192_SHA512],
            },
            _ => Vec::new(),
        }
    }
}

/// A text of a name, in whichever of its forms.
fn text_of(value: &Any) -> Option<String> {
    let utf8 = value.decode_as::<Utf8StringRef<'_>>().ok().map(|text| text.to_string());
    let printable =
        || value.decode_as::<PrintableStringRef<'_>>().ok().map(|text| text.to_string());
    let old = || value.decode_as::<TeletexStringRef<'_>>().ok().map(|text| text.to_string());
    let wide = || value.decode_as::<BmpString>().ok().map(|text| text.to_string());
    utf8.or_else(printable).or_else(old).or_else(wide)
}
