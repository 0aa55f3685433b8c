//! The QR code on a citizen's identity card: reading it and checking it against itself. Knows
//! nothing of forms; whether the card is genuine is for the office to look up.

use crate::citizen::{CitizenNumber, CitizenNumberError, Sex};
use crate::date::CivilDate;
use crate::text::is_name_letter;

/// What the card says. Seven fields between bars: number, old number or nothing, name, birth date,
/// sex, place of residence, day of issue; cards since 2024 may add more, which are not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitizenCard {
    /// The 12-digit number.
    pub number: CitizenNumber,
    /// The 9- or 12-digit number of an older card.
    pub old_number: Option<String>,
    /// Full name, as printed.
    pub name: String,
    /// Date of birth.
    pub birth_date: CivilDate,
    /// Sex.
    pub sex: Sex,
    /// Place of residence when the card was made; villages and wards may have been renamed since.
    pub residence: String,
    /// Day of issue.
    pub issued_on: CivilDate,
}

/// Why a text in the card's shape is not a sound card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CardError {
    /// The number is none.
    #[error("number: {0}")]
    Number(#[from] CitizenNumberError),
    /// The older number has neither 9 nor 12 digits.
    #[error("old number")]
    OldNumber,
    /// The name is empty or holds what no name does.
    #[error("name")]
    Name,
    /// A date that is none.
    #[error("date")]
    Date,
    /// A sex that is none.
    #[error("sex")]
    Sex,
    /// Number, sex and birth date contradict each other; so the text was made or altered by hand.
    #[error("number, sex and birth date contradict each other")]
    Contradiction,
}

const FIELDS: usize = 7;

impl CitizenCard {
    /// Whether a text has the card's shape: at least seven fields, the first of digits alone.
    pub fn is_shaped_like(text: &str) -> bool {
        let mut fields = text.split('|');
        let number = fields.next().unwrap_or_default().trim();
        !number.is_empty()
            && number.bytes().all(|b| b.is_ascii_digit())
            && fields.count() >= FIELDS - 1
    }

    /// Reads the text of the card's code.
    pub fn parse(text: &str) -> Result<Self, CardError> {
        let mut fields = text.split('|').map(str::trim);
        let mut next = || fields.next().unwrap_or_default();
        let number = CitizenNumber::parse(next())?;
        let old_number = match next() {
            "" => None,
            old if matches!(old.len(), 9 | 12) && old.bytes().all(|b| b.is_ascii_digit()) => {
                Some(old.to_owned())
            }
            _ => return Err(CardError::OldNumber),
        };
        let name = next();
        if name.is_empty()
            || name.chars().count() > 100
            || !name.chars().all(|c| matches!(c, ' ' | '-' | '\'' | '’') || is_name_letter(c))
        {
            return Err(CardError::Name);
        }
        let birth_date = find_date(next()).ok_or(CardError::Date)?;
        let sex = match next() {
            "Nam" | "NAM" | "nam" => Sex::Male,
            "Nữ" | "NỮ" | "nữ" => Sex::Female,
            _ => return Err(CardError::Sex),
        };
        let residence = next().chars().filter(|c| !c.is_control()).take(300).collect();
        let issued_on = find_date(next()).ok_or(CardError::Date)?;
        if number.sex() != sex || !number.agrees_with(birth_date) || issued_on < birth_date {
            return Err(CardError::Contradiction);
        }
        let name = name.to_owned();
        Ok(Self { number, old_number, name, birth_date, sex, residence, issued_on })
    }
}

/// `ddMMyyyy` as on the card, or `dd/MM/yyyy` as some scanners hand it on.
fn find_date(text: &str) -> Option<CivilDate> {
    let digits: String = match text.len() {
        8 => text.to_owned(),
        10 if text.bytes().enumerate().all(|(at, b)| (b == b'/') == matches!(at, 2 | 5)) => {
            text.split('/').collect()
        }
        _ => return None,
    };
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (year, month, day) = (&digits[4..], &digits[2..4], &digits[..2]);
    CivilDate::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CARD: &str = "030094001234|142345678|NGUYỄN VĂN AN|05011994|Nam|Thôn 3, Kim Anh, Kim Thành, Hải Dương|10042021";

    #[test]
    fn reads_cards_of_both_date_styles_and_with_more_fields() {
        let card = CitizenCard::parse(CARD).unwrap();
        assert_eq!(card.name, "NGUYỄN VĂN AN");
        assert_eq!(card.sex, Sex::Male);
        assert_eq!(Ok(card.birth_date), CivilDate::new(1994, 1, 5));
        assert_eq!(card.old_number.as_deref(), Some("142345678"));
        for text in [
            CARD.replace("05011994", "05/01/1994").replace("10042021", "10/04/2021"),
            format!("{CARD}||NGUYỄN VĂN BA|TRẦN THỊ HOA"),
            format!(" {CARD} \r\n"),
        ] {
            assert!(CitizenCard::is_shaped_like(&text), "{text}");
            assert_eq!(CitizenCard::parse(&text).as_ref(), Ok(&card), "{text}");
        }
        assert_eq!(CitizenCard::parse(&CARD.replace("142345678", "")).unwrap().old_number, None);
    }

    #[test]
    fn refuses_what_contradicts_itself() {
        for (from, to, why) in [
            ("|Nam|", "|Nữ|", CardError::Contradiction),
            ("05011994", "05011995", CardError::Contradiction),
            ("10042021", "10041990", CardError::Contradiction),
            ("05011994", "31021994", CardError::Date),
            ("05011994", "5/1/1994", CardError::Date),
            ("10042021", "", CardError::Date),
            ("|Nam|", "|X|", CardError::Sex),
            ("142345678", "1423", CardError::OldNumber),
            ("NGUYỄN VĂN AN", "", CardError::Name),
            ("NGUYỄN VĂN AN", "<b>AN</b>", CardError::Name),
            ("030094001234", "003094001234", CardError::Number(CitizenNumberError::NotInUse)),
            ("030094001234", "142345678", CardError::Number(CitizenNumberError::OldNineDigits)),
        ] {
            assert_eq!(CitizenCard::parse(&CARD.replacen(from, to, 1)), Err(why), "{from} → {to}");
        }
    }

    proptest! {
        #[test]
        fn any_text_has_a_verdict(text in "[0-9|/a-zĐ ]{0,80}") {
            let _ = CitizenCard::parse(&text);
            let _ = CitizenCard::is_shaped_like(&text);
        }
    }
}
