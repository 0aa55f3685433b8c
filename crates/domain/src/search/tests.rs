//! The search over a small catalogue: marks, slips, everyday words, codes; and that nothing typed
//! breaks it.

use super::words::{Abbreviation, Phrase, Words};
use super::{Entry, Index};
use crate::procedure::ProcedureCode;
use crate::text::{Text, fold};
use proptest::prelude::*;

const NAMES: [(&str, &str, &str); 6] = [
    ("1.001193", "Thủ tục đăng ký khai sinh", "Register a birth"),
    ("1.000656", "Thủ tục đăng ký khai tử", "Register a death"),
    ("1.000894", "Thủ tục đăng ký kết hôn", "Register a marriage"),
    ("2.000815", "Chứng thực bản sao từ bản chính", "Certified copy"),
    ("1.001612", "Đăng ký thành lập hộ kinh doanh", "Found a household business"),
    ("1.014390", "Nuôi ong lấy mật", ""),
];

fn code(text: &str) -> ProcedureCode {
    ProcedureCode::parse(text).unwrap()
}

fn known() -> Words {
    let phrase = |say: &[&str], codes: &[&str]| Phrase {
        say: say.iter().map(|&say| say.into()).collect(),
        codes: codes.iter().map(|one| code(one)).collect(),
    };
    Words {
        stop_words: ["làm", "cho", "em", "muốn", "xin", "thủ", "tục"].map(String::from).into(),
        abbreviations: vec![Abbreviation { short: "hkd".into(), means: "hộ kinh doanh".into() }],
        synonyms: vec![vec!["bố".into(), "cha".into()]],
        phrases: vec![
            phrase(&["bố mất", "qua đời"], &["1.000656"]),
            phrase(&["sao y"], &["2.000815"]),
            phrase(&["giấy khai sinh", "mới đẻ"], &["1.001193"]),
        ],
    }
}

struct World {
    codes: Vec<ProcedureCode>,
    index: Index,
}

/// The small catalogue, and after it so many times six procedures that look like it.
fn world(times: usize) -> World {
    let mut names: Vec<(ProcedureCode, Text)> = Vec::new();
    for round in 0..times {
        for (place, (real, vi, en)) in NAMES.iter().enumerate() {
            let (made, vi) = match round {
                0 => (code(real), (*vi).to_owned()),
                _ => (code(&format!("3.{:06}", round * 10 + place)), format!("{vi} số {round}")),
            };
            names.push((made, Text { vi, en: (*en).into() }));
        }
    }
    let entries = names.iter().map(|(code, text)| Entry {
        code,
        title: text,
        name: text,
        keywords: &[],
        prior: 0.0,
    });
    let index = Index::build(entries, &known());
    World { codes: names.iter().map(|(code, _)| code.clone()).collect(), index }
}

impl World {
    fn first(&self, query: &str) -> Option<&str> {
        let hit = self.index.find(query, true, 5).into_iter().next()?;
        Some(self.codes[hit.entry].as_str())
    }
}

#[test]
fn finds_what_is_typed_as_people_type_it() {
    let world = world(1);
    for (query, expected) in [
        ("khai sinh", "1.001193"),
        ("KHAI SINH", "1.001193"),
        ("khai sinhh", "1.001193"),
        ("khai sinhf", "1.001193"),
        ("khaisinh", "1.001193"),
        ("khai s", "1.001193"),
        ("đăng ký khai sinh cho em", "1.001193"),
        ("làm giấy khai sinh cho con", "1.001193"),
        ("chung thuc", "2.000815"),
        ("chuwngs thuwcj", "2.000815"),
        ("sao y", "2.000815"),
        ("bố em mới mất", "1.000656"),
        ("cha mất", "1.000656"),
        ("bo mat", "1.000656"),
        ("ông qua đời", "1.000656"),
        ("hkd", "1.001612"),
        ("1193", "1.001193"),
        ("001193", "1.001193"),
        ("1.001193", "1.001193"),
        ("thủ tục 1.000894 cần gì", "1.000894"),
        ("certified", "2.000815"),
        ("mật ong", "1.014390"),
    ] {
        assert_eq!(world.first(query), Some(expected), "{query}");
    }
    for query in ["", "   ", "xyz", "qqqq wwww", "?!", "làm"] {
        assert_eq!(world.first(query), None, "{query}");
    }
}

#[test]
fn english_is_found_in_english_too() {
    let world = world(1);
    let hits = world.index.find("death", false, 3);
    assert_eq!(world.codes[hits[0].entry].as_str(), "1.000656");
}

#[test]
fn ten_times_as_much_keeps_what_is_meant_first() {
    let world = world(500);
    for (query, expected) in
        [("khai sinh", "1.001193"), ("sao y", "2.000815"), ("bố em mới mất", "1.000656")]
    {
        assert_eq!(world.first(query), Some(expected), "{query}");
    }
}

#[test]
fn a_pasted_page_is_searched_by_its_first_words() {
    let world = world(1);
    for filler in ["khaisinh ", "đăng ký ", "zzzz "] {
        let page = format!("khai sinh {}", filler.repeat(300));
        assert_eq!(world.first(&page), (filler != "zzzz ").then_some("1.001193"), "{filler}");
    }
}

#[test]
fn words_in_their_order_find_more_than_words_out_of_it() {
    let world = world(1);
    let score = |query: &str| world.index.find(query, true, 1)[0].score;
    assert!(score("lập hộ kinh doanh ") > score("doanh kinh hộ lập "));
    assert!(score("lập hộ kinh doanh ") > score("hộ lập kinh doanh "));
}

proptest! {
    #[test]
    fn nothing_typed_breaks_it(query in ".{0,60}", limit in 0usize..5) {
        let hits = world(1).index.find(&query, true, limit);
        prop_assert!(hits.len() <= limit);
        prop_assert!(hits.windows(2).all(|two| two[0].score >= two[1].score));
    }

    #[test]
    fn slips_of_vietnamese_break_nothing(query in "[a-zà-ỹđ .0-9]{0,40}") {
        let hits = world(1).index.find(&query, true, 9);
        prop_assert!(hits.iter().all(|hit| hit.score.is_finite()));
    }

    #[test]
    fn without_marks_case_does_not_matter(query in "[a-z ]{0,20}") {
        let world = world(1);
        let upper = query.to_uppercase();
        prop_assert_eq!(world.index.find(&query, true, 6), world.index.find(&upper, true, 6));
        prop_assert_eq!(fold(&query), fold(&upper));
    }
}
