//! What identifies a person: the 12-digit citizen number, phone numbers, email, names.
//! Pure checks; knows nothing of forms. Whether such a person exists is for the office to look up.

use crate::date::CivilDate;
use crate::text::is_name_letter;
use serde::{Deserialize, Serialize};

/// A personal identification number: province (3 digits), century and sex (1), birth year (2),
/// serial (6). There is no check digit. Source: Law on Identification 26/2023/QH15 art. 12 and
/// Decree 70/2024/NĐ-CP (structure).
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CitizenNumber(String);

/// The provinces that ever gave numbers: the 63 of before July 2025, from 001 (Hà Nội) to 096 (Cà
/// Mau). The 34 of today keep using theirs.
const PROVINCES: [u8; 63] = [
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37,
    38, 40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77,
    79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96,
];

/// Whether the first three digits can be: a province's, or from 100 on a country's for births
/// registered abroad, of which no list is kept here.
fn is_place_of_birth(place: u16) -> bool {
    place >= 100 || PROVINCES.iter().any(|province| u16::from(*province) == place)
}

/// Why a text is not a citizen number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CitizenNumberError {
    /// Not exactly 12 digits. Nine digits are an old identity card, which is no longer accepted.
    #[error("not 12 digits")]
    NotTwelveDigits,
    /// The old 9-digit identity card.
    #[error("a 9-digit identity card number")]
    OldNineDigits,
    /// 12 digits that cannot be a number in use (such as 123456789012).
    #[error("not a number in use")]
    NotInUse,
}

/// Sex as the number carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say all there is")]
pub enum Sex {
    Male,
    Female,
}

impl CitizenNumber {
    /// Reads a number; spaces, dots and dashes between digits are dropped.
    pub fn parse(text: &str) -> Result<Self, CitizenNumberError> {
        let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '.' | '-')).collect();
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(CitizenNumberError::NotTwelveDigits);
        }
        match digits.len() {
            12 => {}
            9 => return Err(CitizenNumberError::OldNineDigits),
            _ => return Err(CitizenNumberError::NotTwelveDigits),
        }
        let place: u16 = digits[..3].parse().unwrap_or(0);
        let century: u8 = digits[3..4].parse().unwrap_or(9);
        if is_place_of_birth(place) && century <= 3 {
            Ok(Self(digits))
        } else {
            Err(CitizenNumberError::NotInUse)
        }
    }

    /// The 12 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The code of the province where the birth was registered, such as `030`.
    pub fn province(&self) -> &str {
        &self.0[..3]
    }

    /// The sex that the fourth digit carries.
    pub fn sex(&self) -> Sex {
        if self.century_digit().is_multiple_of(2) { Sex::Male } else { Sex::Female }
    }

    /// The birth year that digits 4 to 6 carry.
    pub fn birth_year(&self) -> i32 {
        let year: i32 = self.0[4..6].parse().unwrap_or(0);
        1900 + 100 * i32::from(self.century_digit() / 2) + year
    }

    /// Whether the number agrees with a birth date.
    pub fn agrees_with(&self, birth_date: CivilDate) -> bool {
        self.birth_year() == birth_date.year()
    }

    /// For screens that strangers may see: `030*****0123`.
    pub fn masked(&self) -> String {
        format!("{}*****{}", &self.0[..3], &self.0[8..])
    }

    fn century_digit(&self) -> u8 {
        self.0.as_bytes()[3] - b'0'
    }
}

impl std::fmt::Debug for CitizenNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CitizenNumber({})", self.masked())
    }
}

impl TryFrom<String> for CitizenNumber {
    type Error = CitizenNumberError;

    fn try_from(text: String) -> Result<Self, CitizenNumberError> {
        Self::parse(&text)
    }
}

impl From<CitizenNumber> for String {
    fn from(number: CitizenNumber) -> Self {
        number.0
    }
}

/// A Vietnamese phone number as 10 or 11 digits starting with 0; `None` when it is none.
/// Accepts spaces, dots, dashes, brackets and the prefixes +84 and 84.
pub fn find_phone(text: &str) -> Option<String> {
    let digits: String =
        text.chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '(' | ')')).collect();
    let national = digits
        .strip_prefix("+84")
        .or_else(|| digits.strip_prefix("84").filter(|rest| rest.len() >= 9))
        .map(|rest| format!("0{}", rest.strip_prefix('0').unwrap_or(rest)))
        .unwrap_or(digits);
    let all_digits = national.bytes().all(|b| b.is_ascii_digit());
    let mobile =
        national.len() == 10 && matches!(national.as_bytes()[1], b'3' | b'5' | b'7'..=b'9');
    let landline = national.len() == 11 && national.as_bytes()[1] == b'2';
    (all_digits && national.starts_with('0') && (mobile || landline)).then_some(national)
}

/// The last three digits of a phone number: enough to know one's own by, and too little to call.
pub fn phone_ending(phone: &str) -> &str {
    let start = phone.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    phone.get(start..).unwrap_or_default()
}

/// Whether a text has the shape of an email address. Only a sent message proves more.
pub fn is_email(text: &str) -> bool {
    let Some((local, host)) = text.split_once('@') else { return false };
    let host_ok = host.contains('.')
        && !host.starts_with(['.', '-'])
        && !host.ends_with(['.', '-'])
        && !host.contains("..")
        && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    !local.is_empty()
        && text.len() <= 254
        && host_ok
        && local.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c))
}

/// Whether a text can be a person's full name: at least two words of letters (a hyphen or an
/// apostrophe inside a word is allowed for foreign names).
pub fn is_full_name(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let word_ok = |word: &str| {
        word.chars().any(is_name_letter)
            && word.chars().all(|c| is_name_letter(c) || matches!(c, '-' | '\'' | '’'))
    };
    text.split_whitespace().count() >= 2 && words.all(word_ok)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_carries_sex_and_year() {
        let number = CitizenNumber::parse("030 148 001 234").unwrap();
        assert_eq!((number.sex(), number.birth_year()), (Sex::Female, 1948));
        let child = CitizenNumber::parse("031225000017").unwrap();
        assert_eq!((child.sex(), child.birth_year(), child.province()), (Sex::Male, 2025, "031"));
        assert_eq!(number.masked(), "030*****1234");
        assert!(!format!("{number:?}").contains("48001"));
    }

    #[test]
    fn wrong_numbers_say_what_is_wrong() {
        assert_eq!(CitizenNumber::parse("123456789"), Err(CitizenNumberError::OldNineDigits));
        assert_eq!(CitizenNumber::parse("12345"), Err(CitizenNumberError::NotTwelveDigits));
        assert_eq!(CitizenNumber::parse("123456789012"), Err(CitizenNumberError::NotInUse));
        assert_eq!(CitizenNumber::parse("003094001234"), Err(CitizenNumberError::NotInUse));
        assert!(CitizenNumber::parse("101094001234").is_ok(), "born abroad");
        assert_eq!(CitizenNumber::parse("03014800123x"), Err(CitizenNumberError::NotTwelveDigits));
    }

    #[test]
    fn a_phone_is_told_by_its_end() {
        for (phone, ending) in [("0912345678", "678"), ("12", "12"), ("", ""), ("ữữữữ", "ữữữ")]
        {
            assert_eq!(phone_ending(phone), ending);
        }
    }

    #[test]
    fn phones_in_every_usual_writing() {
        for text in
            ["0912345678", "091 234 5678", "+84 912 345 678", "84912345678", "(091) 234-5678"]
        {
            assert_eq!(find_phone(text).as_deref(), Some("0912345678"), "{text}");
        }
        assert_eq!(find_phone("02203720123").as_deref(), Some("02203720123"));
        for text in ["", "0", "0112345678", "091234567", "chín một hai"] {
            assert_eq!(find_phone(text), None, "{text}");
        }
    }

    #[test]
    fn names_and_emails() {
        assert!(is_full_name("Nguyễn Thị Ánh"));
        assert!(is_full_name("Jean-Luc O'Neil"));
        assert!(!is_full_name("Nguyễn"));
        assert!(!is_full_name("Nguyễn 2"));
        assert!(is_email("a.b@example.com"));
        assert!(!is_email("a.b@example"));
        assert!(!is_email("a b@example.com"));
    }

    proptest! {
        #[test]
        fn parsers_never_panic(text in ".{0,40}") {
            let _ = CitizenNumber::parse(&text);
            let _ = find_phone(&text);
            let _ = is_email(&text);
            let _ = is_full_name(&text);
        }
    }
}
