//! Vietnamese text: folding for search and comparison. Expects NFC (the edge normalises); knows
//! nothing of what the text is about. Tables instead of `to_lowercase`, whose Unicode tables cost
//! 14 kB in the app.

use serde::{Deserialize, Serialize};

/// A text in the two languages of the interface.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Vietnamese, the source.
    pub vi: String,
    /// English; empty where nobody translated it. Only names carried over from published lists
    /// may lack it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub en: String,
}

impl Text {
    /// A text that nobody translated.
    pub fn only_vietnamese(vi: impl Into<String>) -> Self {
        Self { vi: vi.into(), en: String::new() }
    }

    /// A text of the code's own, in both languages.
    pub fn of(vi: &str, en: &str) -> Self {
        Self { vi: vi.to_owned(), en: en.to_owned() }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.vi.is_empty()
    }

    /// Whether a reader of English gets Vietnamese: the page then marks the language.
    pub fn is_only_vietnamese(&self) -> bool {
        self.en.is_empty()
    }

    /// The text in Vietnamese or English; Vietnamese where there is no English.
    pub fn get(&self, vietnamese: bool) -> &str {
        if vietnamese || self.is_only_vietnamese() { &self.vi } else { &self.en }
    }
}

const FOLDS: [(char, &str); 8] = [
    ('a', "àáảãạăằắẳẵặâầấẩẫậÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬ"),
    ('e', "èéẻẽẹêềếểễệÈÉẺẼẸÊỀẾỂỄỆ"),
    ('i', "ìíỉĩịÌÍỈĨỊ"),
    ('o', "òóỏõọôồốổỗộơờớởỡợÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢ"),
    ('u', "ùúủũụưừứửữựÙÚỦŨỤƯỪỨỬỮỰ"),
    ('y', "ỳýỷỹỵỲÝỶỸỴ"),
    ('d', "đĐ"),
    // Loose marks of decomposed text (NFD) fold to nothing.
    ('\0', "\u{300}\u{301}\u{303}\u{309}\u{323}\u{302}\u{306}\u{31b}"),
];

/// The letter without its marks, lower case; `None` for a loose combining mark.
pub fn fold_char(letter: char) -> Option<char> {
    if letter.is_ascii() {
        return Some(letter.to_ascii_lowercase());
    }
    match FOLDS.iter().find(|(_, marked)| marked.contains(letter)) {
        Some(('\0', _)) => None,
        Some((plain, _)) => Some(*plain),
        None => Some(letter),
    }
}

/// The text without marks, lower case, with single spaces between words: "Khai  SINH" and
/// "khai sinh" fold alike. Punctuation separates words.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().filter_map(fold_char) {
        if letter.is_alphanumeric() || letter == '.' {
            folded.push(letter);
        } else if !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.trim().to_owned()
}

/// Every marked letter with its plain one and what stands on it: the shape (ă, â, ê, ơ, đ… counted
/// from 1, 0 for none) and the tone (huyền 1 to nặng 5, 0 for none). Loose marks have no plain letter.
pub fn marked_letters() -> impl Iterator<Item = (char, Option<char>, u8, u8)> {
    FOLDS.iter().flat_map(|(plain, marked)| {
        let half = marked.chars().count() / 2;
        marked.chars().enumerate().map(move |(position, letter)| {
            // Small letters, then the same capitals: five tones of the plain letter, then each
            // shape with none and with five.
            let place = (position % half) as u8;
            match (*plain, place) {
                ('\0', _) => (letter, None, 0, 0),
                ('d', _) => (letter, Some('d'), 1, 0),
                (plain, 0..=4) => (letter, Some(plain), 0, place + 1),
                (plain, _) => (letter, Some(plain), (place - 5) / 6 + 1, (place - 5) % 6),
            }
        })
    })
}

/// Whether a letter can stand in a Vietnamese name: Latin letters with or without marks.
pub fn is_name_letter(letter: char) -> bool {
    letter.is_ascii_alphabetic() || fold_char(letter) != Some(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_composed_and_decomposed_text_alike() {
        assert_eq!(fold("Đăng ký KHAI SINH"), "dang ky khai sinh");
        assert_eq!(fold("Nguye\u{302}\u{303}n"), "nguyen");
        assert_eq!(fold("  trích-lục,  hộ tịch "), "trich luc ho tich");
        assert_eq!(fold("2.000635"), "2.000635");
    }

    #[test]
    fn marks_are_shape_and_tone() {
        let of = |letter| marked_letters().find(|entry| entry.0 == letter).unwrap();
        assert_eq!(of('ạ'), ('ạ', Some('a'), 0, 5));
        assert_eq!(of('ă'), ('ă', Some('a'), 1, 0));
        assert_eq!(of('ậ'), ('ậ', Some('a'), 2, 5));
        assert_eq!(of('Ở'), ('Ở', Some('o'), 2, 3));
        assert_eq!(of('Đ'), ('Đ', Some('d'), 1, 0));
        assert!(marked_letters().all(|(letter, plain, ..)| fold_char(letter) == plain));
    }

    #[test]
    fn every_vietnamese_vowel_folds_to_ascii() {
        for (plain, marked) in FOLDS {
            for letter in marked.chars() {
                let expected = (plain != '\0').then_some(plain);
                assert_eq!(fold_char(letter), expected, "{letter}");
            }
        }
    }
}
