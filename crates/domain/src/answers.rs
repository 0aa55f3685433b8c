//! What a citizen answered, keyed by question. Knows nothing of which questions exist; `form` and
//! `validate` do.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One answer in its canonical text: dates `YYYY-MM-DD`, numbers and đồng as digits, a choice as
/// its option's id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum Answer {
    /// A single value.
    One(String),
    /// The ids of the chosen options of a question that allows several.
    Many(Vec<String>),
}

impl Answer {
    /// The single value, or nothing for an empty or a multiple answer.
    pub fn find_one(&self) -> Option<&str> {
        match self {
            Self::One(value) if !value.trim().is_empty() => Some(value),
            _ => None,
        }
    }

    /// Whether nothing was answered.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::One(value) => value.trim().is_empty(),
            Self::Many(values) => values.is_empty(),
        }
    }
}

/// All answers of a dossier, by question id.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Answers(pub BTreeMap<String, Answer>);

impl Answers {
    /// The answer to a question, when it is not empty.
    pub fn find(&self, question: &str) -> Option<&Answer> {
        self.0.get(question).filter(|answer| !answer.is_empty())
    }

    /// The single value answered to a question.
    pub fn find_one(&self, question: &str) -> Option<&str> {
        self.0.get(question).and_then(Answer::find_one)
    }

    /// Sets (or, with an empty answer, removes) an answer.
    pub fn set(&mut self, question: &str, answer: Answer) {
        if answer.is_empty() {
            self.0.remove(question);
        } else {
            self.0.insert(question.to_owned(), answer);
        }
    }
}
