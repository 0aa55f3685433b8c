//! Finding procedures by word. Folds marks, so that "khai sinh" and "khai sinh" typed without a
//! keyboard for Vietnamese find the same. Ranks; does not fetch.

pub mod words;

use crate::text::{begins, fold};

/// What a search looks at in a procedure.
#[derive(Debug, Clone, Copy)]
pub struct Searchable<'a> {
    /// The procedure code.
    pub code: &'a str,
    /// What people call it.
    pub short_name: &'a str,
    /// The official name.
    pub name: &'a str,
    /// Other words people search by.
    pub keywords: &'a [String],
}

/// How well a query matches: higher is better, `None` is not at all. Every word of the query must
/// begin a word of the procedure; words of the short name count most.
pub fn score(query: &str, procedure: Searchable<'_>) -> Option<u32> {
    let folded = fold(query);
    if folded.is_empty() {
        return None;
    }
    if procedure.code.starts_with(&folded) {
        return Some(1_000);
    }
    let in_any = |word: &str, text: &str| words(text).any(|candidate| begins(word, candidate));
    let mut total = 0;
    for word in words(query) {
        total += if in_any(word, procedure.short_name) {
            30
        } else if procedure.keywords.iter().any(|keyword| in_any(word, keyword)) {
            20
        } else if in_any(word, procedure.name) {
            10
        } else {
            return None;
        };
    }
    let short_name = fold(procedure.short_name);
    if short_name.starts_with(&folded)
        || procedure.keywords.iter().any(|keyword| fold(keyword) == folded)
    {
        total += 100;
    } else if short_name.contains(&folded) || fold(procedure.name).contains(&folded) {
        total += 50;
    }
    Some(total)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '.').filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(query: &str) -> Option<u32> {
        score(
            query,
            Searchable {
                code: "1.001193",
                short_name: "Đăng ký khai sinh",
                name: "Thủ tục đăng ký khai sinh",
                keywords: &["giấy khai sinh".to_owned(), "sinh con".to_owned()],
            },
        )
    }

    #[test]
    fn finds_with_and_without_marks_by_code_and_by_other_words() {
        for query in
            ["khai sinh", "KHAI SINH", "giấy khai sinh", "sinh con", "1.0011", "dang ky", "Đăng"]
        {
            assert!(found(query).is_some(), "{query}");
        }
        for query in ["", "kết hôn", "khai tử", "2.0"] {
            assert_eq!(found(query), None, "{query}");
        }
        assert!(found("khai sinh") > found("thủ tục"));
    }
}
