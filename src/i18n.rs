//! Every word of the interface, in Vietnamese and English, from `texts.lrc` (checked when compiled).
//! The words of procedures come from the catalogue in both languages; `said` chooses.

mod feedback_words;
mod figure_words;
mod slip_words;
mod upload_words;
mod words;

use motcua_domain::text::Text;
use typed_i18n::TypedI18N;

pub use feedback_words::*;
pub use figure_words::*;
pub use slip_words::*;
pub use upload_words::*;
pub use words::*;

/// The languages of the interface.
#[derive(Debug, Copy, Clone, PartialEq, Eq, TypedI18N)]
#[typed_i18n(filename = "src/i18n/texts.lrc", global = "atomic")]
#[typed_i18n(builder = "mixed_str")]
pub enum Language {
    /// Vietnamese, the source.
    #[typed_i18n(default = "true")]
    Vi,
    /// English.
    En,
}

impl Language {
    /// `vi` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// The locale for numbers and dates.
    pub fn locale(self) -> &'static str {
        match self {
            Self::Vi => "vi-VN",
            Self::En => "en-GB",
        }
    }

    /// The language of a code.
    pub fn find(code: &str) -> Option<Self> {
        [Self::Vi, Self::En].into_iter().find(|language| language.code() == code)
    }
}

/// The reader's language, to take words from. Pages are drawn anew when it changes.
pub fn t() -> Language {
    Language::global()
}

/// A text of the catalogue in the reader's language.
pub fn said(text: &Text) -> String {
    text.get(t() == Language::Vi).to_owned()
}
