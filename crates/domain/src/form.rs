//! Forms as data: pages of questions with conditions. Says what is asked; `validate` says whether
//! an answer will do. Knows nothing of how a question looks on a screen.

pub mod condition;
pub mod declaration;
pub mod kind;
pub mod leaves;

pub use condition::{Condition, Expression};
pub use declaration::Declaration;
pub use kind::{ChoiceOption, Kind, PersonKind, PersonPart, SamePerson};
pub use leaves::Row;

use crate::answers::{Answer, Answers};
use crate::date::CivilDate;
use crate::text::Text;
use leaves::{NAME, Taking, asked_now, without_rows};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The questions of a procedure, page by page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Pages in the order in which they are asked.
    pub pages: Vec<FormPage>,
    /// What questions of earlier versions are called now, so that a draft's answers come along.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub renamed: BTreeMap<String, String>,
    /// What is computed from the answers, shown before submitting and on paper.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub computed: Vec<Computed>,
    /// What the office would send back, as rules over the answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
    /// The official declaration that the answers make, for print.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declaration: Option<Declaration>,
}

/// One page: one thing asked, in one question or a few that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FormPage {
    /// Stable id, used in the page's address: lower-case ASCII and dashes.
    pub id: String,
    /// The page's heading.
    pub title: Text,
    /// A sentence under the heading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Text>,
    /// Asked only when this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// The questions on the page.
    pub questions: Vec<Question>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Stable id, the key of its answer.
    pub id: String,
    /// What is asked.
    pub label: Text,
    /// How to answer, or an example.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Text>,
    /// What kind of answer is wanted.
    pub kind: Kind,
    /// May be left empty. Most questions may not, so that is what is marked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
    /// What most people answer: filled in, shown, and easily changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usual: Option<String>,
    /// Asked only when this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// The question that this one is a part of, such as an address; never in a file.
    #[serde(skip)]
    pub within: Option<Text>,
    /// The row of a group that it stands in; never in a file.
    #[serde(skip)]
    pub row: Option<Row>,
}

/// A number that follows from the answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Computed {
    /// Stable id; what a declaration calls it.
    pub id: String,
    /// What it is.
    pub label: Text,
    /// How it is computed.
    pub value: Expression,
    /// Written after the number, such as "tuổi".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Text>,
}

/// Something that the office would send back, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// Stable id.
    pub id: String,
    /// When it is wrong. Looks at the relevant answers.
    pub when: Condition,
    /// Whether the dossier cannot be taken so; otherwise it is advice.
    pub blocking: bool,
    /// What is wrong and what to do.
    pub message: Text,
    /// The rule behind it.
    pub citation: String,
    /// The single question to look at again.
    pub about: String,
}

fn applies(when: Option<&Condition>, answers: &Answers, today: CivilDate) -> bool {
    when.is_none_or(|condition| condition.holds(answers, today))
}

impl Form {
    /// The pages that are asked, given what was answered so far. A page without a question that
    /// applies is not asked.
    pub fn pages_asked<'a>(
        &'a self,
        answers: &'a Answers,
        today: CivilDate,
    ) -> impl Iterator<Item = &'a FormPage> {
        self.pages.iter().filter(move |page| !self.asked_on(page, answers, today).is_empty())
    }

    /// The single questions that are asked on a page.
    pub fn asked_on(&self, page: &FormPage, answers: &Answers, today: CivilDate) -> Vec<Question> {
        if !applies(page.when.as_ref(), answers, today) {
            return vec![];
        }
        let all: Vec<&Question> = self.questions().collect();
        let taking = Taking { all: &all, given: Some((answers, today)) };
        let asked = page.questions.iter().filter(|question| asked_now(question, answers, today));
        asked
            .flat_map(|question| taking.leaves(question))
            .filter(|leaf| asked_now(leaf, answers, today))
            .collect()
    }

    /// All single questions that are asked, in order.
    pub fn questions_asked(&self, answers: &Answers, today: CivilDate) -> Vec<Question> {
        self.pages.iter().flat_map(|page| self.asked_on(page, answers, today)).collect()
    }

    /// Every single question that can be asked, whatever is answered; those of a group once, with
    /// [`leaves::ANY_ROW`] for the row.
    pub fn leaves(&self) -> Vec<Question> {
        let all: Vec<&Question> = self.questions().collect();
        let taking = Taking { all: &all, given: None };
        all.iter().flat_map(|question| taking.leaves(question)).collect()
    }

    /// Whether an answer can be kept under this id.
    pub fn knows(&self, id: &str) -> bool {
        let pattern = without_rows(id);
        self.leaves().iter().any(|leaf| leaf.id == pattern)
    }

    /// Answers to an earlier version as answers to this one, and how many had to be left behind
    /// because nothing asks for them any more.
    pub fn migrated(&self, answers: &Answers) -> (Answers, usize) {
        let leaves = self.leaves();
        let is_known = |id: &str| {
            let pattern = without_rows(id);
            leaves.iter().any(|leaf| leaf.id == pattern)
        };
        let mut migrated = Answers::default();
        let mut dropped = 0;
        for (id, answer) in &answers.0 {
            let id = self.renamed.get(id).unwrap_or(id);
            if is_known(id) {
                migrated.set(id, answer.clone());
            } else {
                dropped += 1;
            }
        }
        (migrated, dropped)
    }

    /// The page with this id.
    pub fn find_page(&self, id: &str) -> Option<&FormPage> {
        self.pages.iter().find(|page| page.id == id)
    }

    /// Every question as it is written, asked or not.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.pages.iter().flat_map(|page| &page.questions)
    }

    /// Every person of the form with what is asked of them; one that is asked on several pages,
    /// several times.
    pub fn people(&self) -> impl Iterator<Item = (&str, &PersonKind)> {
        self.questions().filter_map(|question| match &question.kind {
            Kind::Person(asked) => Some((asked.person(&question.id), asked)),
            _ => None,
        })
    }

    /// The checks that fail for these answers, which are the relevant ones.
    pub fn checks_failed(&self, relevant: &Answers, today: CivilDate) -> Vec<&Check> {
        self.checks.iter().filter(|check| check.when.holds(relevant, today)).collect()
    }

    /// Under which id a single question is asked now: that of the other person, where its person is
    /// another one of the form.
    pub fn asked_as(&self, id: &str, answers: &Answers, today: CivilDate) -> String {
        let found = self.people().find_map(|(person, asked)| {
            let rest = id.strip_prefix(person)?.strip_prefix('.')?;
            let other = asked.find_same(answers, today)?;
            Some(format!("{other}.{rest}"))
        });
        found.unwrap_or_else(|| id.to_owned())
    }

    /// The answers to what is asked, and to what is known of a person because it is another one of
    /// the form: `mother.name` where the mother is the applicant. What is submitted.
    pub fn relevant(&self, answers: &Answers, today: CivilDate) -> Answers {
        let mut relevant = Answers::default();
        for question in self.questions_asked(answers, today) {
            match (answers.find(&question.id), &question.kind) {
                (Some(answer), _) => relevant.set(&question.id, answer.clone()),
                (None, Kind::Group { min, .. }) => {
                    let rows = leaves::rows(answers, &question.id, *min);
                    relevant.set(&question.id, Answer::Many(rows));
                }
                (None, _) => {}
            }
        }
        let copies: Vec<(String, Answer)> = self
            .pages
            .iter()
            .filter(|page| applies(page.when.as_ref(), answers, today))
            .flat_map(|page| &page.questions)
            .filter(|question| asked_now(question, answers, today))
            .filter_map(|question| match &question.kind {
                Kind::Person(asked) => {
                    Some((asked, asked.person(&question.id), asked.find_same(answers, today)?))
                }
                _ => None,
            })
            .flat_map(|(asked, person, other)| copies(asked, person, other, &relevant))
            .collect();
        for (id, answer) in copies {
            relevant.set(&id, answer);
        }
        relevant
    }
}

/// What is known of `person` because it is `other`: the parts that are wanted of the one and
/// answered for the other.
fn copies(
    asked: &PersonKind,
    person: &str,
    other: &str,
    answers: &Answers,
) -> Vec<(String, Answer)> {
    let wanted = asked.parts.iter().map(|part| part.key()).chain([NAME]);
    wanted
        .flat_map(|part| {
            let from = format!("{other}.{part}");
            let under = format!("{from}.");
            let fits = move |id: &str| id == from || id.starts_with(&under);
            answers.0.iter().filter(move |(id, _)| fits(id))
        })
        .map(|(id, answer)| (format!("{person}{}", &id[other.len()..]), answer.clone()))
        .collect()
}

#[cfg(test)]
mod tests;
