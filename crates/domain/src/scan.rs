//! What the text of a scanned code means. Only our own links, the national portal's and the
//! provinces' procedure links, bare procedure codes and dossier codes mean something; everything
//! else is refused with the reason, and shown to the citizen, never opened.
//!
//! URL shapes: the national portal's pages and services as printed on posters; see
//! catalogue/README.md. Nothing here opens or fetches anything.

use crate::dossier::DossierCode;
use crate::procedure::ProcedureCode;
use serde::{Deserialize, Serialize};

/// Longest text that is looked at, in bytes; a QR code holds at most 2,953.
pub const MAX_LENGTH: usize = 3_000;

/// What a code is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// A procedure's page.
    Procedure(ProcedureCode),
    /// A dossier's tracking page, with the receipt's key when the code carries it.
    Dossier {
        /// Which dossier.
        code: DossierCode,
        /// The secret that the receipt's holder has.
        key: Option<String>,
    },
}

/// Why a code means nothing here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nothing in it.
    #[error("empty")]
    Empty,
    /// Longer than any code in use.
    #[error("too long")]
    TooLong,
    /// A link to a site that is not on the list.
    #[error("a stranger's link")]
    StrangeLink,
    /// A link that tries to look like something else: user names, unusual ports, other alphabets.
    #[error("a suspicious link")]
    SuspiciousLink,
    /// A link that would start a program, a call or a message (`tel:`, `intent:`, `javascript:`…).
    #[error("a command, not a page")]
    Command,
    /// A trusted site, but no procedure or dossier is named.
    #[error("a trusted site without a procedure")]
    NoProcedure,
    /// Any other text.
    #[error("not understood")]
    NotUnderstood,
}

/// The sites whose links are understood. From configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrustedHosts {
    /// Our own host names (with port where not the default), exact.
    pub own: Vec<String>,
    /// Portals whose links carry procedure codes; a name also covers its subdomains.
    pub portals: Vec<String>,
}

/// Reads the text of a code.
pub fn meaning(text: &str, trusted: &TrustedHosts) -> Result<Meaning, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::Empty);
    }
    if text.len() > MAX_LENGTH {
        return Err(Refusal::TooLong);
    }
    if let Ok(code) = ProcedureCode::parse(text) {
        return Ok(Meaning::Procedure(code));
    }
    if let Ok(code) = DossierCode::parse(text) {
        return Ok(Meaning::Dossier { code, key: None });
    }
    match find_scheme(text) {
        Some("https" | "http") => link_meaning(text, trusted),
        Some(_) => Err(Refusal::Command),
        None => Err(Refusal::NotUnderstood),
    }
}

/// The scheme in lower case where the text is `scheme:…`; only the ones we must tell apart.
fn find_scheme(text: &str) -> Option<&'static str> {
    let (scheme, _) = text.split_once(':')?;
    let named = !scheme.is_empty()
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    if !named {
        None
    } else if scheme.eq_ignore_ascii_case("https") {
        Some("https")
    } else if scheme.eq_ignore_ascii_case("http") {
        Some("http")
    } else {
        Some("other")
    }
}

fn link_meaning(text: &str, trusted: &TrustedHosts) -> Result<Meaning, Refusal> {
    let rest = text.split_once("://").map(|(_, rest)| rest).ok_or(Refusal::SuspiciousLink)?;
    // A backslash, a control character or a space inside a link only serves to deceive.
    if rest.chars().any(|c| c == '\\' || c.is_control() || c.is_whitespace()) {
        return Err(Refusal::SuspiciousLink);
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at(end);
    let host = authority.to_ascii_lowercase();
    let plain = host
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']'));
    if !plain || host.contains('@') || host.contains("xn--") || host.ends_with('.') {
        return Err(Refusal::SuspiciousLink);
    }
    if trusted.own.contains(&host) {
        return own_meaning(tail);
    }
    let portal = trusted.portals.iter().any(|portal| {
        host == *portal || host.strip_suffix(portal.as_str()).is_some_and(|sub| sub.ends_with('.'))
    });
    if portal { portal_meaning(tail) } else { Err(Refusal::StrangeLink) }
}

/// Our own links: `/thu-tuc/{code}`, `/nop/{code}/…`, `/tra-cuu/{dossier}#k={key}`,
/// `/ho-so/{dossier}/…`.
fn own_meaning(tail: &str) -> Result<Meaning, Refusal> {
    let (path_and_query, fragment) = tail.split_once('#').unwrap_or((tail, ""));
    let path = path_and_query.split('?').next().unwrap_or_default();
    let mut segments = path.trim_start_matches('/').split('/');
    match (segments.next(), segments.next()) {
        (Some("thu-tuc" | "nop"), Some(code)) => {
            ProcedureCode::parse(code).map(Meaning::Procedure).map_err(|_| Refusal::NoProcedure)
        }
        (Some("tra-cuu" | "ho-so"), Some(code)) => {
            let code = DossierCode::parse(code).map_err(|_| Refusal::NoProcedure)?;
            let key = fragment.strip_prefix("k=").filter(|key| is_key(key)).map(str::to_owned);
            Ok(Meaning::Dossier { code, key })
        }
        _ => Err(Refusal::NoProcedure),
    }
}

/// A dossier key: base64url, as the backend makes them.
pub fn is_key(text: &str) -> bool {
    (16..=64).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// Portal links name the procedure in a query parameter, whose name differs by site and age, or in
/// the fragment's path (`#/ke-khai/2.000986`).
fn portal_meaning(tail: &str) -> Result<Meaning, Refusal> {
    const PARAMETERS: [&str; 6] =
        ["ma_thu_tuc", "ma_tt", "mathutuc", "mathutuchanhchinh", "matthc", "matthcdp"];
    let (path_and_query, fragment) = tail.split_once('#').unwrap_or((tail, ""));
    let query = path_and_query.split_once('?').map(|(_, query)| query).unwrap_or_default();
    let fragment_query = fragment.split_once('?').map(|(_, query)| query).unwrap_or_default();
    let from_query = query
        .split('&')
        .chain(fragment_query.split('&'))
        .filter_map(|pair| pair.split_once('='))
        .filter(|(name, _)| PARAMETERS.iter().any(|known| name.eq_ignore_ascii_case(known)))
        .find_map(|(_, value)| ProcedureCode::parse(&value.replace("%2C", ",")).ok());
    let from_fragment = || {
        let path = fragment.split('?').next().unwrap_or_default();
        path.split('/').find_map(|segment| ProcedureCode::parse(segment).ok())
    };
    from_query.or_else(from_fragment).map(Meaning::Procedure).ok_or(Refusal::NoProcedure)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn trusted() -> TrustedHosts {
        TrustedHosts {
            own: vec!["motcua.example.vn".into(), "127.0.0.1:8080".into()],
            portals: vec!["dichvucong.gov.vn".into()],
        }
    }

    fn procedure(code: &str) -> Result<Meaning, Refusal> {
        Ok(Meaning::Procedure(ProcedureCode::parse(code).unwrap()))
    }

    #[test]
    fn reads_posters_of_every_known_shape() {
        for text in [
            "https://motcua.example.vn/thu-tuc/1.001193",
            "http://127.0.0.1:8080/nop/1.001193/bat-dau?x=1",
            "https://dichvucong.gov.vn/p/home/dvc-chi-tiet-thu-tuc-hanh-chinh.html?ma_thu_tuc=1.001193",
            "https://dichvucong.gov.vn/p/home/dvc-danh-sach-dich-vu-cong.html?a=b&ma_tt=1.001193",
            "https://haiphong.dichvucong.gov.vn/x?maThuTuc=1,001193",
            "https://dichvucong.gov.vn/nop-ho-so?MaTTHCDP=1.001193.000.00.00.H55&MaCoQuanThucHien=H55.242",
            "https://lienthong.dichvucong.gov.vn/#/ke-khai/1.001193",
            "1.001193",
            "1,001193",
        ] {
            assert_eq!(meaning(text, &trusted()), procedure("1.001193"), "{text}");
        }
    }

    #[test]
    fn reads_receipts() {
        let code = DossierCode::parse("H24.31-261122-000042").unwrap();
        let key = "abcdefghijklmnop_-12".to_owned();
        assert_eq!(
            meaning(
                "https://motcua.example.vn/tra-cuu/H24.31-261122-000042#k=abcdefghijklmnop_-12",
                &trusted()
            ),
            Ok(Meaning::Dossier { code: code.clone(), key: Some(key) })
        );
        assert_eq!(
            meaning("H24.31-261122-000042", &trusted()),
            Ok(Meaning::Dossier { code, key: None })
        );
    }

    #[test]
    fn refuses_what_is_not_ours() {
        for (text, refusal) in [
            ("", Refusal::Empty),
            ("https://example.com/thu-tuc/1.001193", Refusal::StrangeLink),
            ("https://dichvucong.gov.vn.evil.com/?ma_tt=1.001193", Refusal::StrangeLink),
            ("https://evildichvucong.gov.vn/?ma_tt=1.001193", Refusal::StrangeLink),
            ("https://dichvucong.gov.vn@evil.com/?ma_tt=1.001193", Refusal::SuspiciousLink),
            ("https://xn--dchvucong-x4a.gov.vn/?ma_tt=1.001193", Refusal::SuspiciousLink),
            ("https://dịchvucong.gov.vn/?ma_tt=1.001193", Refusal::SuspiciousLink),
            ("https://dichvucong.gov.vn\\@evil.com/?ma_tt=1.001193", Refusal::SuspiciousLink),
            ("https://motcua.example.vn./thu-tuc/1.001193", Refusal::SuspiciousLink),
            ("https:motcua.example.vn", Refusal::SuspiciousLink),
            ("javascript:alert(1)", Refusal::Command),
            ("JaVaScRiPt:alert(1)", Refusal::Command),
            ("data:text/html,x", Refusal::Command),
            ("intent://scan/#Intent;end", Refusal::Command),
            ("tel:19001234", Refusal::Command),
            ("WIFI:S:net;;", Refusal::Command),
            ("https://motcua.example.vn/", Refusal::NoProcedure),
            ("https://dichvucong.gov.vn/", Refusal::NoProcedure),
            ("xin chào", Refusal::NotUnderstood),
        ] {
            assert_eq!(meaning(text, &trusted()), Err(refusal), "{text}");
        }
        assert_eq!(meaning(&"1".repeat(4_000), &trusted()), Err(Refusal::TooLong));
    }

    proptest! {
        #[test]
        fn any_text_has_a_verdict(text in "\\PC{0,80}") {
            let _ = meaning(&text, &trusted());
        }

        #[test]
        fn only_listed_hosts_mean_anything(host in "[a-z.]{1,30}") {
            let text = format!("https://{host}/?ma_tt=1.001193");
            if meaning(&text, &trusted()).is_ok() {
                prop_assert!(host == "dichvucong.gov.vn" || host.ends_with(".dichvucong.gov.vn"));
            }
        }
    }
}
