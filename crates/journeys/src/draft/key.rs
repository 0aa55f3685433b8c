//! Which draft: the procedure, and the slot where it is not the one for oneself. Each person for
//! whom a dossier is filled has a slot of their own, so that two relatives' dossiers of one procedure
//! never lie over each other.

use motcua_domain::procedure::ProcedureCode;
use std::fmt;

/// Which draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftKey {
    /// The procedure.
    pub procedure: ProcedureCode,
    /// The slot; none for oneself.
    pub slot: Option<String>,
}

/// Longest slot.
const MAX_SLOT: usize = 32;

impl DraftKey {
    /// The draft for oneself.
    pub fn own(procedure: ProcedureCode) -> Self {
        Self { procedure, slot: None }
    }

    /// Reads `2.000635` or `2.000635~a1b2`.
    pub fn parse(text: &str) -> Option<Self> {
        let (code, slot) = match text.split_once('~') {
            Some((code, slot)) => (code, Some(slot)),
            None => (text, None),
        };
        let is_slot = |slot: &str| {
            (1..=MAX_SLOT).contains(&slot.len())
                && slot.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        if slot.is_some_and(|slot| !is_slot(slot)) {
            return None;
        }
        let procedure = ProcedureCode::parse(code).ok()?;
        Some(Self { procedure, slot: slot.map(str::to_owned) })
    }
}

impl fmt::Display for DraftKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.procedure.as_str())?;
        match &self.slot {
            Some(slot) => write!(f, "~{slot}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_read_again_and_nothing_else() {
        for text in ["2.000635", "2.000635~a1b2"] {
            assert_eq!(DraftKey::parse(text).unwrap().to_string(), text);
        }
        for text in ["2.000635~", "2.000635~A", "2.000635~a/b", "~a", "2.000635~a~b", "x"] {
            assert_eq!(DraftKey::parse(text), None, "{text}");
        }
    }
}
