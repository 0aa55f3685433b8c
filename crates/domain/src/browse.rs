//! Ways into the catalogue besides search: events of life, and choosers between procedures that
//! look alike. Data and its checks; knows no screens.

use crate::procedure::ProcedureCode;
use crate::text::Text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// An event of life and the procedures that it brings, the first one needed first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LifeEvent {
    /// Stable id.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// The procedures in order.
    pub codes: Vec<ProcedureCode>,
}

/// A few plain questions that tell look-alike procedures apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Chooser {
    /// Stable id.
    pub id: String,
    /// What it helps with.
    pub title: Text,
    /// The procedures that it tells apart: exactly those that its answers lead to.
    pub codes: Vec<ProcedureCode>,
    /// The questions; the first one is asked first.
    pub questions: Vec<ChooserQuestion>,
}

/// One question of a chooser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChooserQuestion {
    /// Id within the chooser.
    pub id: String,
    /// What is asked.
    pub text: Text,
    /// What can be answered; two or more.
    pub answers: Vec<ChooserAnswer>,
}

/// One answer and where it leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChooserAnswer {
    /// What it says.
    pub text: Text,
    /// Where it leads.
    pub to: ChooserStep,
}

/// Where an answer leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ChooserStep {
    /// To this procedure.
    Code(ProcedureCode),
    /// To the question with this id.
    Question(String),
    /// To the office: the procedure is not received here, or no list says which one it is.
    Office(Text),
}

impl Chooser {
    /// The question with this id.
    pub fn find(&self, id: &str) -> Option<&ChooserQuestion> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// Everything wrong with it: unknown codes, questions that nothing leads to or that do not
    /// exist, a way back to an earlier question, codes that no answer names or that are not named.
    pub fn check(&self, known: impl Fn(&ProcedureCode) -> bool) -> Vec<String> {
        let mut flaws = Vec::new();
        let mut flaw = |cause: String| flaws.push(format!("{}: {cause}", self.id));
        for code in self.codes.iter().filter(|code| !known(code)) {
            flaw(format!("{code} is not offered"));
        }
        let mut named = BTreeSet::new();
        let mut asked: BTreeSet<&str> =
            self.questions.first().map(|first| first.id.as_str()).into_iter().collect();
        let mut ids = BTreeSet::new();
        for (place, question) in self.questions.iter().enumerate() {
            if !ids.insert(question.id.as_str()) {
                flaw(format!("question `{}` is there twice", question.id));
            }
            if question.answers.len() < 2 {
                flaw(format!("question `{}` has fewer than two answers", question.id));
            }
            if !asked.contains(question.id.as_str()) {
                flaw(format!("nothing before question `{}` leads to it", question.id));
            }
            for answer in &question.answers {
                match &answer.to {
                    ChooserStep::Code(code) => {
                        named.insert(code);
                    }
                    // Only onwards: a chooser always ends.
                    ChooserStep::Question(id) => {
                        if !self.questions.iter().skip(place + 1).any(|later| later.id == *id) {
                            flaw(format!("no later question `{id}`"));
                        }
                        asked.insert(id);
                    }
                    ChooserStep::Office(_) => {}
                }
            }
        }
        let promised: BTreeSet<&ProcedureCode> = self.codes.iter().collect();
        for code in promised.symmetric_difference(&named) {
            flaw(format!("{code} must be both in `codes` and at the end of an answer"));
        }
        if self.questions.is_empty() || named.len() < 2 {
            flaw("a chooser leads to two procedures at least".to_owned());
        }
        flaws
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> ProcedureCode {
        ProcedureCode::parse(text).unwrap()
    }

    fn text(words: &str) -> Text {
        Text { vi: words.into(), en: words.into() }
    }

    fn question(id: &str, steps: Vec<ChooserStep>) -> ChooserQuestion {
        let answers = steps.into_iter().map(|to| ChooserAnswer { text: text("a"), to }).collect();
        ChooserQuestion { id: id.into(), text: text("q"), answers }
    }

    fn chooser() -> Chooser {
        let (one, two) = (code("1.000001"), code("1.000002"));
        let office = ChooserStep::Office(text("o"));
        let questions = vec![
            question("a", vec![ChooserStep::Code(one.clone()), ChooserStep::Question("b".into())]),
            question("b", vec![ChooserStep::Code(two.clone()), office]),
        ];
        Chooser { id: "c".into(), title: text("t"), codes: vec![one, two], questions }
    }

    #[test]
    fn a_whole_chooser_has_no_flaw() {
        assert_eq!(chooser().check(|_| true), Vec::<String>::new());
    }

    #[test]
    fn each_flaw_is_named() {
        let said = |chooser: &Chooser| chooser.check(|c| *c != code("1.000009")).join("\n");
        let mut broken = chooser();
        broken.codes.push(code("1.000009"));
        assert!(said(&broken).contains("1.000009 is not offered"));
        assert!(said(&broken).contains("1.000009 must be both"));
        let mut broken = chooser();
        broken.questions[0].answers[1].to = ChooserStep::Question("a".into());
        assert!(said(&broken).contains("no later question `a`"));
        assert!(said(&broken).contains("nothing before question `b`"));
        let mut broken = chooser();
        broken.questions[1].answers.pop();
        assert!(said(&broken).contains("fewer than two answers"));
    }
}
