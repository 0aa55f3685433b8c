//! The code of feedback: day, serial and a check digit, short enough to be said on the phone. Whoever has
//! it sees where the feedback stands; what is in it opens with a key.

use crate::date::CivilDate;
use serde::{Deserialize, Serialize};
use std::fmt;

const PREFIX: &str = "PA";

/// A code such as `PA-261126-0042-6`: phản ánh, the day, a serial of that day, a check digit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct FeedbackCode(String);

/// The text is not a code of feedback.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a feedback code such as PA-261126-0042-6")]
pub struct NotAFeedbackCode;

impl FeedbackCode {
    /// The code of a day's serial, from 1 on.
    pub fn new(day: CivilDate, serial: u32) -> Self {
        let day = format!("{:02}{:02}{:02}", day.year() % 100, day.month(), day.day());
        let serial = format!("{serial:04}");
        let check = check_digit(day.bytes().chain(serial.bytes()));
        Self(format!("{PREFIX}-{day}-{serial}-{check}"))
    }

    /// Reads a code, also as typed by hand: spaces and hyphens do not count, letters may be small.
    ///
    /// # Errors
    /// When it is none, a mistyped digit included.
    pub fn parse(text: &str) -> Result<Self, NotAFeedbackCode> {
        let bare: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '—' | '−'))
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let digits = bare.strip_prefix(PREFIX).ok_or(NotAFeedbackCode)?;
        let shaped =
            (11..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        if !shaped {
            return Err(NotAFeedbackCode);
        }
        let (body, check) = digits.split_at(digits.len() - 1);
        if check != check_digit(body.bytes()).to_string() {
            return Err(NotAFeedbackCode);
        }
        let (day, serial) = body.split_at(6);
        Ok(Self(format!("{PREFIX}-{day}-{serial}-{check}")))
    }

    /// The code's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// ISO/IEC 7064, MOD 11,10: finds every mistyped digit, and nearly every two that changed places.
fn check_digit(digits: impl Iterator<Item = u8>) -> u8 {
    let product = digits.fold(10, |product, digit| {
        let sum = (product + (digit - b'0')) % 10;
        let sum = if sum == 0 { 10 } else { sum };
        sum * 2 % 11
    });
    (11 - product) % 10
}

impl fmt::Display for FeedbackCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for FeedbackCode {
    type Error = NotAFeedbackCode;

    fn try_from(text: String) -> Result<Self, NotAFeedbackCode> {
        Self::parse(&text)
    }
}

impl From<FeedbackCode> for String {
    fn from(code: FeedbackCode) -> Self {
        code.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn code(serial: u32) -> FeedbackCode {
        FeedbackCode::new("2026-11-26".parse().unwrap(), serial)
    }

    #[test]
    fn the_check_digit_is_that_of_the_standard() {
        // The example of ISO/IEC 7064 for MOD 11,10.
        assert_eq!(check_digit("0794".bytes()), 5);
        assert_eq!(code(42).as_str(), "PA-261126-0042-6");
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        for typed in ["PA-261126-0042-6", "pa 261126 0042 6", "PA26112600426", " pa–261126–0042–6 "]
        {
            assert_eq!(FeedbackCode::parse(typed), Ok(code(42)), "{typed}");
        }
        for wrong in [
            "",
            "PA",
            "PA-261126-0042",
            "H24.31-261126-000042",
            "PA-2611x6-0042-6",
            "261126-0042-6",
        ] {
            assert_eq!(FeedbackCode::parse(wrong), Err(NotAFeedbackCode), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn a_code_is_read_back_and_a_mistyped_digit_is_found(
            serial in 1_u32..10_000_000, at in 0_usize..20, by in 1_u8..10,
        ) {
            let code = code(serial);
            prop_assert_eq!(FeedbackCode::parse(code.as_str()), Ok(code.clone()));
            let mut typed: Vec<u8> = code.as_str().bytes().collect();
            let digits: Vec<usize> =
                (0..typed.len()).filter(|at| typed[*at].is_ascii_digit()).collect();
            let place = digits[at % digits.len()];
            typed[place] = b'0' + (typed[place] - b'0' + by) % 10;
            let typed = String::from_utf8(typed).unwrap();
            prop_assert_eq!(FeedbackCode::parse(&typed), Err(NotAFeedbackCode));
        }

        #[test]
        fn garbage_is_refused_and_breaks_nothing(text in ".{0,40}") {
            let _ = FeedbackCode::parse(&text);
        }
    }
}
