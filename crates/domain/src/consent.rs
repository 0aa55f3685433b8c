//! What a person agrees to beyond what a procedure needs: the purposes, and the exact words that were shown
//! for each, by version. The words of a version are never changed: a new version is added, for the ledger
//! of consents keeps their hash. Knows no ledger and no screen.
//!
//! Source: Law 91/2025/QH15: voluntary, informed of data, purpose, controller and rights, never ticked
//! before, provable.

use serde::{Deserialize, Serialize};

/// What somebody agrees to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Papers of an earlier dossier serve again.
    Reuse,
    /// Messages about a dossier come to the phone.
    Messages,
    /// Notices come to a device (Web Push).
    Push,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Self; 3] = [Self::Reuse, Self::Messages, Self::Push];

    /// Its name on the wire and in the ledger.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Reuse => "reuse",
            Self::Messages => "messages",
            Self::Push => "push",
        }
    }

    /// The purpose of a name.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.id() == id)
    }

    /// The words that are shown now.
    pub fn words(self) -> Words {
        // Every purpose has some: a test holds it so.
        WORDS.into_iter().rev().find(|words| words.purpose == self).unwrap_or(NONE)
    }
}

/// The words of a consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// For what.
    pub purpose: Purpose,
    /// 1, 2, …
    pub version: u16,
    vi: &'static str,
    en: &'static str,
}

impl Words {
    /// In Vietnamese or English.
    pub fn get(self, vietnamese: bool) -> &'static str {
        if vietnamese { self.vi } else { self.en }
    }

    /// The words of a version.
    pub fn find(purpose: Purpose, version: u16) -> Option<Self> {
        WORDS.into_iter().find(|words| words.purpose == purpose && words.version == version)
    }
}

const NONE: Words = Words { purpose: Purpose::Push, version: 0, vi: "", en: "" };

/// All words there ever were, oldest first.
pub const WORDS: [Words; 3] = [
    Words {
        purpose: Purpose::Reuse,
        version: 1,
        vi: "Tôi đồng ý để xã dùng lại giấy tôi đã nộp. Tôi rút lại được ở “Dữ liệu của tôi”.",
        en: "I agree that the commune uses papers again that I handed in. I can take that back in “My data”.",
    },
    Words {
        purpose: Purpose::Messages,
        version: 1,
        vi: "Tôi đồng ý nhận tin nhắn của xã về hồ sơ của tôi.",
        en: "I agree to get the commune's messages about my dossiers.",
    },
    Words {
        purpose: Purpose::Push,
        version: 1,
        vi: "Tôi đồng ý để máy này nhận thông báo của xã về hồ sơ của tôi.",
        en: "I agree that this device gets the commune's notices about my dossiers.",
    },
];

/// Which words a person saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Shown {
    /// Their version.
    pub version: u16,
    /// Whether they were in Vietnamese; else in English.
    pub vietnamese: bool,
}

impl Shown {
    /// The words that were shown; none where there never were such.
    pub fn words(self, purpose: Purpose) -> Option<&'static str> {
        Some(Words::find(purpose, self.version)?.get(self.vietnamese))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_purpose_has_words_and_versions_count_up() {
        for purpose in Purpose::ALL {
            assert_eq!(purpose.words().purpose, purpose);
            assert_eq!(Purpose::find(purpose.id()), Some(purpose));
            let versions: Vec<u16> =
                WORDS.iter().filter(|words| words.purpose == purpose).map(|w| w.version).collect();
            let counted: Vec<u16> = (1..=u16::try_from(versions.len()).unwrap()).collect();
            assert_eq!(versions, counted, "{purpose:?}");
        }
        assert_eq!(Purpose::find("cookies"), None);
    }

    #[test]
    fn words_are_in_both_languages_and_their_sentences_short() {
        for words in WORDS {
            for text in [words.get(true), words.get(false)] {
                assert!(!text.is_empty());
                for sentence in text.split(['.', ':']) {
                    assert!(sentence.split_whitespace().count() < 20, "{sentence}");
                }
            }
        }
    }

    #[test]
    fn only_words_that_were_there_can_have_been_shown() {
        let shown = |version| Shown { version, vietnamese: true };
        assert!(shown(1).words(Purpose::Reuse).is_some_and(|words| words.contains("dùng lại")));
        assert_eq!(shown(0).words(Purpose::Push), None);
        assert_eq!(shown(9).words(Purpose::Reuse), None);
    }
}
