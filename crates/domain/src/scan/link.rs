//! Links: which text is one, whose it is, and what our own ones mean. What the portals' mean is in
//! `portal`.

use super::hosts::Owner;
use super::{Meaning, PortalIds, Refusal, TrustedHosts, is_key, portal};
use crate::dossier::DossierCode;
use crate::procedure::ProcedureCode;

/// What a text that should be a link means.
pub(super) fn meaning(
    text: &str,
    hosts: &TrustedHosts,
    ids: &PortalIds,
) -> Result<Meaning, Refusal> {
    if let Some((scheme, rest)) = text.split_once("://") {
        let default_port = if scheme.eq_ignore_ascii_case("https") {
            ":443"
        } else if scheme.eq_ignore_ascii_case("http") {
            ":80"
        } else {
            let first = scheme.split(':').next().unwrap_or_default();
            return Err(if is_scheme(first) { Refusal::Command } else { Refusal::NotUnderstood });
        };
        return behind_scheme(rest, default_port, hosts, ids);
    }
    // A link copied without its scheme is understood when it leads to a known site; what else has
    // the shape `word:…` is a command to a phone (`tel:`, `intent:`, `javascript:`, `WIFI:`).
    let strange = match text.split_once(':') {
        Some(("http" | "https" | "HTTP" | "HTTPS", _)) => Refusal::SuspiciousLink,
        Some((scheme, _)) if is_scheme(scheme) => Refusal::Command,
        _ => Refusal::NotUnderstood,
    };
    behind_scheme(text, ":443", hosts, ids).map_err(|why| match why {
        Refusal::NoProcedure | Refusal::UnknownId => why,
        _ => strange,
    })
}

/// A scheme's name (RFC 3986 section 3.1).
fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
}

fn behind_scheme(
    rest: &str,
    default_port: &str,
    hosts: &TrustedHosts,
    ids: &PortalIds,
) -> Result<Meaning, Refusal> {
    // A backslash, a control character or a space inside a link only serves to deceive.
    if rest.chars().any(|c| c == '\\' || c.is_control() || c.is_whitespace()) {
        return Err(Refusal::SuspiciousLink);
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at(end);
    let authority = authority.to_ascii_lowercase();
    let host = authority.strip_suffix(default_port).unwrap_or(&authority);
    let plain = host
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']'));
    if !plain || host.is_empty() || host.contains("xn--") || host.ends_with('.') {
        return Err(Refusal::SuspiciousLink);
    }
    match hosts.owner(host) {
        Some(Owner::Ours) => ours(tail),
        Some(Owner::Portal) => portal::meaning(tail, ids),
        None => Err(Refusal::StrangeLink),
    }
}

/// Our own links: `/thu-tuc/{code}`, `/nop/{code}/…`, `/tra-cuu/{dossier}#k={key}`,
/// `/ho-so/{dossier}/…`, `/thanh-toan/{token}`, `/bien-lai/{token}`, `/phieu/{token}`,
/// `/xac-nhan/{token}`, `/ban-giao/{slot}#k={key}`.
fn ours(tail: &str) -> Result<Meaning, Refusal> {
    let (path_and_query, fragment) = tail.split_once('#').unwrap_or((tail, ""));
    let path = path_and_query.split('?').next().unwrap_or_default();
    let mut segments = path.trim_start_matches('/').split('/');
    let (Some(page), Some(what)) = (segments.next(), segments.next()) else {
        return Err(Refusal::NoProcedure);
    };
    let key = fragment.strip_prefix("k=").filter(|key| is_key(key)).map(str::to_owned);
    let found = match page {
        "thu-tuc" | "nop" => ProcedureCode::parse(what).ok().map(Meaning::Procedure),
        "tra-cuu" | "ho-so" => {
            DossierCode::parse(what).ok().map(|code| Meaning::Dossier { code, key })
        }
        "xac-nhan" if is_key(what) => Some(Meaning::Confirmation { token: what.to_owned() }),
        "bien-lai" if is_key(what) => Some(Meaning::FeeReceipt { token: what.to_owned() }),
        "phieu" if is_key(what) => Some(Meaning::OfficeSlip { token: what.to_owned() }),
        "thanh-toan" if is_key(what) => Some(Meaning::Payment { token: what.to_owned() }),
        "ban-giao" if is_key(what) => {
            key.map(|key| Meaning::HandOver { slot: what.to_owned(), key })
        }
        _ => None,
    };
    found.ok_or(Refusal::NoProcedure)
}
