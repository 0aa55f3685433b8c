//! What may be published: an answer in which nobody can be found. The office words it; this catches what
//! slipped through. Names it cannot know.

use crate::feedback::FeedbackCode;

/// What of a person stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Personal {
    /// Nine digits and more in a row, spaces and dots aside: a phone number, a citizen number, an account.
    #[error("a long number")]
    Number,
    /// An address for e-mail.
    #[error("an e-mail address")]
    Email,
    /// The code of a dossier or of feedback.
    #[error("a code")]
    Code,
}

/// Digits of the shortest number that names somebody: an old identity card.
const NAMING_DIGITS: usize = 9;

/// The first thing in a text that names somebody.
pub fn find_personal(text: &str) -> Option<Personal> {
    for word in text.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if has_agency_code(bare) || FeedbackCode::parse(bare).is_ok() {
            return Some(Personal::Code);
        }
        let is_email =
            word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
        if is_email {
            return Some(Personal::Email);
        }
    }
    let mut run = 0;
    for letter in text.chars() {
        match letter {
            '0'..='9' => run += 1,
            ' ' | '.' | '-' | '\u{a0}' => {}
            _ => run = 0,
        }
        if run >= NAMING_DIGITS {
            return Some(Personal::Number);
        }
    }
    None
}

fn has_agency_code(word: &str) -> bool {
    crate::dossier::DossierCode::parse(word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_somebody_is_found() {
        for (text, found) in [
            ("Gọi 0912 345 678.", Some(Personal::Number)),
            ("Số 030189011736 đã đúng.", Some(Personal::Number)),
            ("Gọi 0912.345.678", Some(Personal::Number)),
            ("Hồ sơ H24.31-261126-000042, đã trả.", Some(Personal::Code)),
            ("Xem (PA-261126-0042-6).", Some(Personal::Code)),
            ("Viết cho lan.tran@example.com nhé", Some(Personal::Email)),
            ("Đèn ở thôn Bắc đã sửa ngày 26/11/2026, lúc 8:30.", None),
            ("Phí 8.000 đồng một bản, theo Nghị quyết 15/2024/NQ-HĐND.", None),
            ("", None),
        ] {
            assert_eq!(find_personal(text), found, "{text}");
        }
    }
}
