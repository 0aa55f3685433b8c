//! Owns the judgement of a sender's signature (VAPID, RFC 8292). Knows no notice.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::collections::HashSet;
use web_push_native::jwt_simple::algorithms::{ECDSAP256PublicKeyLike as _, ES256PublicKey};
use web_push_native::jwt_simple::claims::NoCustomClaims;
use web_push_native::jwt_simple::common::VerificationOptions;

/// The longest that a signature may count (RFC 8292, 2).
const A_DAY_S: u64 = 86_400;

/// Why a signature does not count.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unsigned {
    #[error("the header is not vapid t=…, k=…")]
    Header,
    #[error("the key is not the one that the subscription was made for")]
    OtherKey,
    #[error("the signature does not count: {0}")]
    Signature(String),
    #[error("exp is more than a day away")]
    TooLong,
    #[error("sub is neither mailto: nor https:")]
    Contact,
}

/// Judges the header `Authorization` of a call to a service of this origin.
pub(super) fn judge(header: &str, origin: &str, wanted: Option<&str>) -> Result<(), Unsigned> {
    let parts = header.strip_prefix("vapid ").ok_or(Unsigned::Header)?;
    let part = |name: &str| {
        parts.split(',').find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='))
    };
    let (token, key) = (part("t").ok_or(Unsigned::Header)?, part("k").ok_or(Unsigned::Header)?);
    if wanted.is_some_and(|wanted| wanted.trim_end_matches('=') != key) {
        return Err(Unsigned::OtherKey);
    }
    let raw = URL_SAFE_NO_PAD.decode(key).map_err(|_| Unsigned::Header)?;
    let key = ES256PublicKey::from_bytes(&raw).map_err(|_| Unsigned::Header)?;
    let options = VerificationOptions {
        allowed_audiences: Some(HashSet::from([origin.to_owned()])),
        ..VerificationOptions::default()
    };
    let claims = key
        .verify_token::<NoCustomClaims>(token, Some(options))
        .map_err(|why| Unsigned::Signature(why.to_string()))?;
    let now = web_push_native::jwt_simple::prelude::Clock::now_since_epoch();
    let expires = claims.expires_at.ok_or(Unsigned::TooLong)?;
    if expires.as_secs() > now.as_secs() + A_DAY_S {
        return Err(Unsigned::TooLong);
    }
    let contact = |sub: &String| sub.starts_with("mailto:") || sub.starts_with("https:");
    if !claims.subject.as_ref().is_none_or(contact) {
        return Err(Unsigned::Contact);
    }
    Ok(())
}
