//! Owns the order text: Vietnamese turned into what the gateways take. Knows no dossier.
//!
//! VNPAY PAY 2.1.0, pay.html: `vnp_OrderInfo` is "Vietnamese without diacritics, no special
//! characters", 1 to 255 characters. NAPAS IBFT v1.5.2: field 62-08 is at most 25. Plain ASCII also
//! takes away every difference between the encoders of the world (`~ * ' ( ) !` and diacritics),
//! and every separator of the signed strings.

use std::fmt;

/// The longest order text, in characters.
pub const MAX_ORDER_INFO: usize = 255;

/// What is sent when nothing is left of a text: the gateways want at least one character.
const FALLBACK: &str = "Thanh toan";

/// Any text as `[A-Za-z0-9 ]`, at most `longest` characters: diacritics are taken off (`Đ` becomes
/// `D`), every other character becomes a space, runs of spaces become one, the end is cut.
pub fn plain(text: &str, longest: usize) -> String {
    let mut out = String::with_capacity(text.len().min(longest));
    let mut gap = false;
    for base in text.chars().filter_map(base) {
        if base == ' ' {
            gap = !out.is_empty();
            continue;
        }
        if out.len() + usize::from(gap) >= longest {
            break;
        }
        if gap {
            out.push(' ');
            gap = false;
        }
        out.push(base);
    }
    out
}

/// The text of an order: `[A-Za-z0-9 ]`, at most 255 characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OrderInfo(String);

impl OrderInfo {
    /// Turns any text into an order text by [`plain`]. An empty result becomes `Thanh toan`.
    pub fn new(text: &str) -> Self {
        let plain = plain(text, MAX_ORDER_INFO);
        Self(if plain.is_empty() { FALLBACK.to_owned() } else { plain })
    }

    /// A text as another merchant sent it, for the gateway's side.
    pub(crate) fn received(text: String) -> Self {
        Self(text)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OrderInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The base letter of a Vietnamese letter; a combining mark is nothing; anything else a space.
fn base(letter: char) -> Option<char> {
    let lower = match letter {
        'a'..='z' | 'A'..='Z' | '0'..='9' => return Some(letter),
        '\u{0300}'..='\u{036f}' => return None,
        'Đ' | 'Ð' => return Some('D'),
        _ => letter.to_lowercase().next().unwrap_or(' '),
    };
    let plain = match lower {
        'đ' | 'ð' => 'd',
        'à' | 'á' | 'ả' | 'ã' | 'ạ' | 'ă' | 'ằ' | 'ắ' | 'ẳ' | 'ẵ' | 'ặ' | 'â' | 'ầ' | 'ấ' | 'ẩ'
        | 'ẫ' | 'ậ' => 'a',
        'è' | 'é' | 'ẻ' | 'ẽ' | 'ẹ' | 'ê' | 'ề' | 'ế' | 'ể' | 'ễ' | 'ệ' => 'e',
        'ì' | 'í' | 'ỉ' | 'ĩ' | 'ị' => 'i',
        'ò' | 'ó' | 'ỏ' | 'õ' | 'ọ' | 'ô' | 'ồ' | 'ố' | 'ổ' | 'ỗ' | 'ộ' | 'ơ' | 'ờ' | 'ớ' | 'ở'
        | 'ỡ' | 'ợ' => 'o',
        'ù' | 'ú' | 'ủ' | 'ũ' | 'ụ' | 'ư' | 'ừ' | 'ứ' | 'ử' | 'ữ' | 'ự' => 'u',
        'ỳ' | 'ý' | 'ỷ' | 'ỹ' | 'ỵ' => 'y',
        _ => ' ',
    };
    let upper = plain != ' ' && lower != letter;
    Some(if upper { plain.to_ascii_uppercase() } else { plain })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_loses_its_marks() {
        for (text, plain) in [
            (
                "Lệ phí hồ sơ Đăng ký khai sinh – xã Kim Thành",
                "Le phi ho so Dang ky khai sinh xa Kim Thanh",
            ),
            ("  NGUYỄN ỨNG ĐỨC ỲỶỸ  ", "NGUYEN UNG DUC YYY"),
            ("Le\u{0302}\u{0323} phi\u{0301}", "Le phi"),
            ("a|b&c=d+e~f", "a b c d e f"),
            ("☃", "Thanh toan"),
            ("", "Thanh toan"),
        ] {
            assert_eq!(OrderInfo::new(text).as_str(), plain);
        }
    }

    #[test]
    fn every_vietnamese_letter_has_a_base() {
        let letters = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ";
        for text in [letters.to_owned(), letters.to_uppercase()] {
            let plain = OrderInfo::new(&text);
            assert_eq!(plain.as_str().chars().count(), 67, "{plain}");
        }
    }

    #[test]
    fn long_text_is_cut() {
        let cut = OrderInfo::new(&"xã ".repeat(400));
        assert!(cut.as_str().len() <= MAX_ORDER_INFO && !cut.as_str().ends_with(' '));
    }
}
