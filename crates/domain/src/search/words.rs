//! The words that people use for what the office calls otherwise: data with an owner, checked here.
//! Knows neither files nor how they weigh in a search.

use crate::procedure::ProcedureCode;
use crate::text::fold;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What the search knows besides names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Words {
    /// Words that say little about which procedure is meant, with their marks: `làm`, `cho`, `xin`.
    pub stop_words: Vec<String>,
    /// Short forms and what they stand for.
    pub abbreviations: Vec<Abbreviation>,
    /// Single words that stand for each other: `bố`, `ba`, `cha`.
    pub synonyms: Vec<Vec<String>>,
    /// Everyday ways of naming a need, and the procedures that meet it.
    pub phrases: Vec<Phrase>,
}

/// A short form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Abbreviation {
    /// As it is typed: `ubnd`.
    pub short: String,
    /// What it stands for: `ủy ban nhân dân`.
    pub means: String,
}

/// Everyday ways of naming a need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Phrase {
    /// What people say.
    pub say: Vec<String>,
    /// What they mean, the likeliest first.
    pub codes: Vec<ProcedureCode>,
}

/// The words as their owner keeps them: with who that is, and by event of life.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordsFile {
    /// Who answers for the words.
    pub owner: String,
    /// How to change them.
    pub notes: Vec<String>,
    /// As in [`Words`].
    pub stop_words: Vec<String>,
    /// As in [`Words`].
    pub abbreviations: Vec<Abbreviation>,
    /// As in [`Words`].
    pub synonyms: Vec<Vec<String>>,
    /// The phrases, gathered by subject.
    pub subjects: Vec<Subject>,
}

/// Phrases about one subject.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// What they are about; for the reader of the file.
    pub about: String,
    /// The phrases.
    pub phrases: Vec<Phrase>,
}

impl WordsFile {
    /// What the search needs of them.
    pub fn words(self) -> Words {
        Words {
            stop_words: self.stop_words,
            abbreviations: self.abbreviations,
            synonyms: self.synonyms,
            phrases: self.subjects.into_iter().flat_map(|subject| subject.phrases).collect(),
        }
    }

    /// Everything wrong: nobody owns them, an empty phrase, one that is there twice, a code that is
    /// not offered.
    pub fn check(&self, known: impl Fn(&ProcedureCode) -> bool) -> Vec<String> {
        let mut flaws = Vec::new();
        if self.owner.trim().is_empty() {
            flaws.push("owner: somebody must answer for the words".to_owned());
        }
        let mut seen = BTreeSet::new();
        for subject in &self.subjects {
            for (place, phrase) in subject.phrases.iter().enumerate() {
                let mut flaw = |cause: String| {
                    flaws.push(format!("{}, phrase {}: {cause}", subject.about, place + 1))
                };
                if phrase.say.is_empty() || phrase.codes.is_empty() {
                    flaw("needs both `say` and `codes`".to_owned());
                }
                for code in phrase.codes.iter().filter(|code| !known(code)) {
                    flaw(format!("{code} is not offered"));
                }
                for say in &phrase.say {
                    if fold(say).is_empty() {
                        flaw("an empty way of saying it".to_owned());
                    } else if !seen.insert(say.to_lowercase()) {
                        flaw(format!("`{say}` is there twice"));
                    }
                }
            }
        }
        flaws
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flaws_of_the_words_are_named() {
        let phrase = |say: &str, code: &str| Phrase {
            say: vec![say.to_owned()],
            codes: vec![ProcedureCode::parse(code).unwrap()],
        };
        let phrases =
            vec![phrase("Cưới", "1.000894"), phrase("cưới", "1.000895"), phrase(" ", "1.000894")];
        let file = WordsFile {
            owner: " ".into(),
            notes: vec![],
            stop_words: vec![],
            abbreviations: vec![],
            synonyms: vec![],
            subjects: vec![Subject { about: "Kết hôn".into(), phrases }],
        };
        let said = file.check(|code| code.as_str() == "1.000894").join("\n");
        for part in
            ["owner", "1.000895 is not offered", "`cưới` is there twice", "phrase 3: an empty"]
        {
            assert!(said.contains(part), "{part}: {said}");
        }
    }
}
