//! What feedback is about. A page is named in general form: nothing of whoever was on it.

use crate::dossier::DossierCode;
use crate::procedure::ProcedureCode;
use serde::{Deserialize, Serialize};

/// What stands for a part of an address that may tell whose page it was.
const HIDDEN: &str = "_";
/// Longest part of an address that is a word of ours.
const LONGEST_WORD: usize = 16;
/// Most parts of an address of ours.
const MOST_PARTS: usize = 5;

/// What feedback is about. Its kind is the key around it, not a field in it, which the app reads with less
/// code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum About {
    /// A page of the app.
    Page {
        /// Its address in general form: `/tra-cuu/_`.
        page: String,
    },
    /// A dossier, which need not be the sender's.
    Dossier {
        /// Its code.
        code: DossierCode,
    },
    /// The office and who works there.
    Office,
    /// A procedure.
    Procedure {
        /// Its code.
        code: ProcedureCode,
    },
}

impl About {
    /// The same, when what it names has the form that it must have; a page's address is made general again.
    pub fn checked(self) -> Self {
        match self {
            Self::Page { page } => Self::Page { page: page_of(&page) },
            other => other,
        }
    }
}

/// The address of a page in general form: the words of our own addresses and codes of procedures stay; what
/// else stands there, such as codes, tokens and keys, does not.
pub fn page_of(path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let parts = path.split('/').filter(|part| !part.is_empty()).take(MOST_PARTS);
    let general: String = parts.map(|part| format!("/{}", general(part))).collect();
    if general.is_empty() { "/".to_owned() } else { general }
}

fn general(part: &str) -> &str {
    // A draft is named by its procedure, with a mark of its own behind.
    let (code, _) = part.split_once('~').unwrap_or((part, ""));
    let is_code = ProcedureCode::parse(code).is_ok_and(|parsed| parsed.as_str() == code);
    let is_word = (1..=LONGEST_WORD).contains(&part.len())
        && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    match (is_code, is_word) {
        (true, _) => code,
        (false, true) => part,
        (false, false) => HIDDEN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_page_s_address_tells_nothing_of_a_person() {
        for (path, general) in [
            ("/", "/"),
            ("", "/"),
            ("/tim?q=mai+tang", "/tim"),
            ("/thu-tuc/2.000635", "/thu-tuc/2.000635"),
            ("/nop/2.000635~a1b2/cau-hoi/nguoi-yeu-cau", "/nop/2.000635/cau-hoi/nguoi-yeu-cau"),
            ("/tra-cuu/H24.31-261126-000042#k=abcdefghijklmnop", "/tra-cuu/_"),
            ("/ho-so/so-0/le-phi", "/ho-so/_/le-phi"),
            ("/thanh-toan/aB3_-xYz", "/thanh-toan/_"),
            ("/bien-lai/abcdefghijklmnopqrstuv", "/bien-lai/_"),
            ("/Trần Thị Lan/<script>", "/_/_"),
            ("/a/b/c/d/e/f/g", "/a/b/c/d/e"),
        ] {
            assert_eq!(page_of(path), general, "{path}");
        }
    }

    proptest! {
        #[test]
        fn what_is_general_stays_as_it_is(path in "[/a-zA-Z0-9.~_#? -]{0,60}") {
            let once = page_of(&path);
            prop_assert_eq!(page_of(&once), once.clone());
            let kept = once.split('/').filter(|part| !part.is_empty());
            for part in kept {
                let is_code = ProcedureCode::parse(part).is_ok();
                prop_assert!(is_code || !part.bytes().any(|byte| byte.is_ascii_digit()));
            }
        }
    }
}
