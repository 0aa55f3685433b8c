//! Who may turn counter mode off: staff with a PIN. The rules of a PIN, and the pause after wrong
//! tries. How a PIN is hashed is the browser's business.

/// Wrong tries until a pause.
pub const TRIES: u32 = 5;
/// Seconds of the pause.
pub const PAUSE_S: i64 = 60;

/// Why a new PIN will not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PinProblem {
    /// Not four to eight digits.
    NotDigits,
    /// All digits are the same, or they count up or down.
    TooEasy,
    /// The second time something else was typed.
    Different,
}

/// Whether a new PIN will do, typed twice.
pub fn check(first: &str, second: &str) -> Result<(), PinProblem> {
    let digits: Vec<i16> =
        first.bytes().filter(u8::is_ascii_digit).map(|digit| i16::from(digit) - 48).collect();
    if digits.len() != first.len() || !(4..=8).contains(&digits.len()) {
        return Err(PinProblem::NotDigits);
    }
    let mut steps = digits.iter().zip(digits.iter().skip(1)).map(|(a, b)| b - a);
    let step = steps.next().unwrap_or_default();
    if (-1..=1).contains(&step) && steps.all(|other| other == step) {
        return Err(PinProblem::TooEasy);
    }
    if first == second { Ok(()) } else { Err(PinProblem::Different) }
}

/// The tries so far, as they are kept on the device: a reload must not give new ones.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tries {
    /// Wrong ones since the last right one or pause.
    pub wrong: u32,
    /// When the pause ends, in seconds; 0 without one.
    pub until: i64,
}

impl Tries {
    /// Seconds to wait before the next try. A clock that was set back makes no pause longer.
    pub fn wait(self, now: i64) -> i64 {
        (self.until - now).clamp(0, PAUSE_S)
    }

    /// After a wrong try.
    #[must_use]
    pub fn after_wrong(self, now: i64) -> Self {
        match self.wrong + 1 {
            wrong if wrong >= TRIES => Self { wrong: 0, until: now + PAUSE_S },
            wrong => Self { wrong, until: 0 },
        }
    }

    /// The text that is kept.
    pub fn text(self) -> String {
        format!("{} {}", self.wrong, self.until)
    }

    /// From the text that was kept; a damaged one counts as a pause, not as new tries.
    pub fn read(text: Option<&str>, now: i64) -> Self {
        let Some(text) = text.filter(|text| !text.is_empty()) else { return Self::default() };
        let parts = text.split_once(' ').and_then(|(wrong, until)| {
            Some(Self { wrong: wrong.parse().ok()?, until: until.parse().ok()? })
        });
        parts.unwrap_or(Self { wrong: 0, until: now + PAUSE_S })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_four_to_eight_digits_and_not_the_first_that_one_guesses() {
        assert_eq!(check("2580", "2580"), Ok(()));
        assert_eq!(check("25803691", "25803691"), Ok(()));
        for wrong in ["", "258", "258036914", "25a0", "٢٥٨٠"] {
            assert_eq!(check(wrong, wrong), Err(PinProblem::NotDigits), "{wrong}");
        }
        for easy in ["0000", "1234", "87654321"] {
            assert_eq!(check(easy, easy), Err(PinProblem::TooEasy), "{easy}");
        }
        assert_eq!(check("2580", "2581"), Err(PinProblem::Different));
    }

    #[test]
    fn five_wrong_tries_make_a_pause_that_a_reload_does_not_end() {
        let mut tries = Tries::default();
        for _ in 0..4 {
            tries = tries.after_wrong(100);
            assert_eq!(tries.wait(100), 0);
        }
        tries = tries.after_wrong(100);
        assert_eq!(tries.wait(100), PAUSE_S);
        let again = Tries::read(Some(&tries.text()), 130);
        assert_eq!((again, again.wait(130), again.wait(160)), (tries, 30, 0));
        assert_eq!(Tries::read(Some("x"), 100).wait(100), PAUSE_S);
        assert_eq!(tries.wait(0), PAUSE_S);
    }
}
