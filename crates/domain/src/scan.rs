//! What the text of a scanned code means. Our own links, the national portal's and the provinces'
//! procedure links, bare procedure and dossier codes, the citizen card and bank transfer codes mean
//! something; everything else is refused with the reason, and shown to the citizen, never opened.
//! Nothing here opens or fetches anything.

mod hosts;
mod link;
mod portal;

pub use hosts::TrustedHosts;

use crate::citizen_card::{CardError, CitizenCard};
use crate::dossier::DossierCode;
use crate::procedure::ProcedureCode;
use crate::vietqr::{Transfer, TransferError};
use std::collections::BTreeMap;

/// Longest text that is looked at, in bytes; a QR code holds at most 2,953 (ISO/IEC 18004, version
/// 40-L in byte mode).
pub const MAX_LENGTH: usize = 3_000;

/// Procedures behind the national portal's own ids: its newer addresses name a procedure by a UUID
/// that has nothing of the code in it. Keys are in lower case.
pub type PortalIds = BTreeMap<String, ProcedureCode>;

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
    /// The state of one payment, for whoever pays it.
    Payment {
        /// The attempt's token.
        token: String,
    },
    /// The receipt of a paid fee, to check it.
    FeeReceipt {
        /// The receipt's code.
        token: String,
    },
    /// A slip that the office gave, to check it.
    OfficeSlip {
        /// The slip's code.
        token: String,
    },
    /// The question whether a dossier was filed in one's name.
    Confirmation {
        /// The token in the link.
        token: String,
    },
    /// A draft that another phone hands over.
    HandOver {
        /// Where the backend keeps the sealed draft.
        slot: String,
        /// What opens it; never sent to the backend.
        key: String,
    },
    /// A citizen's identity card.
    CitizenCard(Box<CitizenCard>),
    /// A bank transfer, which a bank's app makes.
    Transfer(Transfer),
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
    /// A trusted site that names a procedure by an id which is not in the map.
    #[error("a procedure under an id that is not known here")]
    UnknownId,
    /// Shaped like a citizen card, but not one: see the cause.
    #[error("a citizen card that is not sound: {0}")]
    Card(CardError),
    /// Shaped like a payment code, but not a VietQR transfer: see the cause.
    #[error("a payment code that is not a transfer: {0}")]
    Transfer(TransferError),
    /// Any other text.
    #[error("not understood")]
    NotUnderstood,
}

/// Reads the text of a code.
pub fn meaning(text: &str, hosts: &TrustedHosts, ids: &PortalIds) -> Result<Meaning, Refusal> {
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
    if CitizenCard::is_shaped_like(text) {
        return CitizenCard::parse(text)
            .map(|card| Meaning::CitizenCard(Box::new(card)))
            .map_err(Refusal::Card);
    }
    if Transfer::is_shaped_like(text) {
        return Transfer::parse(text).map(Meaning::Transfer).map_err(Refusal::Transfer);
    }
    link::meaning(text, hosts, ids)
}

/// Reads what a person pasted or typed: as `meaning`, and where the whole says nothing, the first
/// word of it that does. Relatives send links with words around them.
pub fn meaning_of_pasted(
    text: &str,
    hosts: &TrustedHosts,
    ids: &PortalIds,
) -> Result<Meaning, Refusal> {
    let whole = meaning(text, hosts, ids);
    if whole.is_ok() || text.len() > MAX_LENGTH {
        return whole;
    }
    let mut telling = None;
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '(' | ')'))
    {
        let word = word.trim_matches(|c: char| matches!(c, ',' | ';' | '.' | '!' | '?' | ':'));
        match meaning(word, hosts, ids) {
            Ok(found) => return Ok(found),
            Err(Refusal::Empty | Refusal::NotUnderstood) => {}
            // The first refused link says more than "not understood" about the whole.
            Err(why) => telling = telling.or(Some(why)),
        }
    }
    match (whole, telling) {
        (Err(Refusal::NotUnderstood), Some(why)) => Err(why),
        (whole, _) => whole,
    }
}

/// A secret or token of ours: base64url, as the backend and the app make them.
pub fn is_key(text: &str) -> bool {
    (16..=64).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

#[cfg(test)]
mod tests;
