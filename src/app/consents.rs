//! The words of consents in the reader's language, and which of them were shown. Knows nothing of screens.

use crate::i18n::{Language, t};
use motcua_domain::consent::{Purpose, Shown};

/// What somebody agrees to, in the words of today.
pub fn words(purpose: Purpose) -> &'static str {
    purpose.words().get(t() == Language::Vi)
}

/// Which words those are.
pub fn shown(purpose: Purpose) -> Shown {
    Shown { version: purpose.words().version, vietnamese: t() == Language::Vi }
}
