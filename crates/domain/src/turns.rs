//! What a dossier may go through after filing, besides its ten statuses: a supplement in one round, a
//! withdrawal, a draft result to look at, one re-appointment, the way of its result. Rules only; knows
//! nothing of storage, and of words only that they must be there.

pub mod delivery;
pub mod draft_result;
pub mod reappointment;
pub mod supplement;
pub mod withdrawal;

/// Most characters of a reason, an answer or a remark.
pub const MAX_WORDS: usize = 1_000;

/// What is wrong with words that must be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WordsError {
    /// There are none.
    #[error("no words")]
    Missing,
    /// More than [`MAX_WORDS`] characters.
    #[error("more than {MAX_WORDS} characters")]
    TooLong,
}

/// Words as they are kept: without spaces around them.
///
/// # Errors
/// When there are none, or too many.
pub fn words(text: &str) -> Result<&str, WordsError> {
    words_within(text, MAX_WORDS)
}

/// The same, with at most so many characters.
///
/// # Errors
/// When there are none, or too many.
pub fn words_within(text: &str, most: usize) -> Result<&str, WordsError> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(WordsError::Missing),
        count if count <= most => Ok(text),
        _ => Err(WordsError::TooLong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_as_long_as_their_place_lets_them_be() {
        assert_eq!(words_within("  Đèn đường hỏng. \n", 20), Ok("Đèn đường hỏng."));
        assert_eq!(words_within(" \n ", 20), Err(WordsError::Missing));
        assert!(words_within(&"ữ".repeat(2_000), 2_000).is_ok());
        assert_eq!(words_within(&"ữ".repeat(2_001), 2_000), Err(WordsError::TooLong));
    }

    #[test]
    fn words_are_counted_without_the_spaces_around_them() {
        assert_eq!(words("  thiếu trang 2 \n"), Ok("thiếu trang 2"));
        assert_eq!(words(" \n"), Err(WordsError::Missing));
        assert_eq!(words(&"ữ".repeat(MAX_WORDS)).map(str::len), Ok(3 * MAX_WORDS));
        assert_eq!(words(&"ữ".repeat(MAX_WORDS + 1)), Err(WordsError::TooLong));
    }
}
