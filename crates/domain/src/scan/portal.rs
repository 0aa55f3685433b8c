//! The national portal's and the provinces' addresses: where in them the procedure is named. The
//! shapes were collected from posters, pages and staff tools in use in 2025 and 2026; every entry
//! has a test.

use super::{Meaning, PortalIds, Refusal};
use crate::procedure::ProcedureCode;

/// Names under which a query carries the procedure, best first, in lower case. The service's own
/// code (`MaDVC`) begins with the procedure's.
const PARAMETERS: [&str; 8] = [
    "ma_thu_tuc",
    "ma_tt",
    "mathutuc",
    "mathutuchanhchinh",
    "matthc",
    "matthcdp",
    "ma_tthc",
    "madvc",
];

/// What an address of a portal means, from its path on.
pub(super) fn meaning(tail: &str, ids: &PortalIds) -> Result<Meaning, Refusal> {
    let (path_and_query, fragment) = tail.split_once('#').unwrap_or((tail, ""));
    let (path, query) = path_and_query.split_once('?').unwrap_or((path_and_query, ""));
    // Single-page portals keep path and query in the fragment: `#/ke-khai/2.000986?x=y`.
    let (fragment_path, fragment_query) = fragment.split_once('?').unwrap_or((fragment, ""));
    let named = in_query(query)
        .or_else(|| in_query(fragment_query))
        .or_else(|| in_path(path))
        .or_else(|| in_path(fragment_path));
    if let Some(code) = named {
        return Ok(Meaning::Procedure(code));
    }
    let mut id_seen = false;
    for segment in path.split('/').chain(fragment_path.split('/')) {
        if is_uuid(segment) {
            id_seen = true;
            if let Some(code) = ids.get(&segment.to_ascii_lowercase()) {
                return Ok(Meaning::Procedure(code.clone()));
            }
        }
    }
    Err(if id_seen { Refusal::UnknownId } else { Refusal::NoProcedure })
}

fn in_query(query: &str) -> Option<ProcedureCode> {
    PARAMETERS.iter().find_map(|known| {
        query
            .split('&')
            // Links copied out of a page's source carry `&amp;`.
            .map(|pair| pair.strip_prefix("amp;").unwrap_or(pair))
            .filter_map(|pair| pair.split_once('='))
            .filter(|(name, _)| name.eq_ignore_ascii_case(known))
            .find_map(|(_, value)| ProcedureCode::parse(&decoded(value)).ok())
    })
}

fn in_path(path: &str) -> Option<ProcedureCode> {
    path.split('/').find_map(|segment| ProcedureCode::parse(&decoded(segment)).ok())
}

/// Percent escapes of printable ASCII undone; others stay, since no code holds them.
fn decoded(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        let byte = after.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match byte.filter(u8::is_ascii_graphic) {
            Some(byte) => {
                out.push(char::from(byte));
                rest = &after[2..];
            }
            None => {
                out.push('%');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}
