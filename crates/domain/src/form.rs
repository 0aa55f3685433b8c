//! Forms as data: pages of questions with conditions. Says what is asked; `validate` says whether
//! an answer will do. Knows nothing of how a question looks on a screen.

use crate::answers::Answers;
use crate::date::CivilDate;
use crate::text::Text;
use serde::{Deserialize, Serialize};

/// The questions of a procedure, page by page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Pages in the order in which they are asked.
    pub pages: Vec<FormPage>,
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
    /// Asked only when this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
}

/// The kinds of answers. Lengths are in characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Kind {
    /// One line.
    Text {
        /// Longest answer.
        max: u32,
    },
    /// Several lines.
    LongText {
        /// Longest answer.
        max: u32,
    },
    /// A whole number.
    Number {
        /// Smallest.
        min: i64,
        /// Largest.
        max: i64,
    },
    /// An amount in đồng.
    Money {
        /// Largest.
        max: u64,
    },
    /// A day.
    Date {
        /// Whether a day after today will do.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        future: bool,
    },
    /// One of several options.
    Choice {
        /// The options in order.
        options: Vec<ChoiceOption>,
    },
    /// Any number of several options.
    MultiChoice {
        /// The options in order.
        options: Vec<ChoiceOption>,
    },
    /// A person's full name.
    PersonName,
    /// A 12-digit personal identification number.
    CitizenNumber {
        /// The question that asks the same person's birth date, to hold the two together.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        birth_date: Option<String>,
    },
    /// A Vietnamese phone number.
    Phone,
    /// An email address.
    Email,
    /// An address in one line.
    Address,
}

/// One option of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChoiceOption {
    /// Stable id.
    pub id: String,
    /// What it says.
    pub label: Text,
}

/// When something applies. Small, typed and total: every condition has a value for any answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(no_recursion))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Condition {
    /// The answer to the question is this option or value.
    Is {
        /// Question id.
        question: String,
        /// The value.
        value: String,
    },
    /// The question has any answer.
    Answered {
        /// Question id.
        question: String,
    },
    /// The day answered is more than so many days before today.
    OlderThanDays {
        /// Question id of a date.
        question: String,
        /// Days.
        days: u32,
    },
    /// All hold.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
}

impl Condition {
    /// Whether it holds for these answers on the day `today`.
    pub fn holds(&self, answers: &Answers, today: CivilDate) -> bool {
        match self {
            Self::Is { question, value } => match answers.find(question) {
                Some(crate::answers::Answer::One(answer)) => answer == value,
                Some(crate::answers::Answer::Many(chosen)) => chosen.contains(value),
                None => false,
            },
            Self::Answered { question } => answers.find(question).is_some(),
            Self::OlderThanDays { question, days } => answers
                .find_one(question)
                .and_then(|text| text.parse::<CivilDate>().ok())
                .is_some_and(|date| today.days_after(date) > i64::from(*days)),
            Self::All(parts) => parts.iter().all(|part| part.holds(answers, today)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(answers, today)),
            Self::Not(inner) => !inner.holds(answers, today),
        }
    }

    /// The questions that it looks at.
    pub fn questions(&self) -> Vec<&str> {
        match self {
            Self::Is { question, .. }
            | Self::Answered { question }
            | Self::OlderThanDays { question, .. } => vec![question],
            Self::All(parts) | Self::Any(parts) => {
                parts.iter().flat_map(Condition::questions).collect()
            }
            Self::Not(inner) => inner.questions(),
        }
    }
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
        self.pages.iter().filter(move |page| page.questions_asked(answers, today).next().is_some())
    }

    /// All questions that are asked, in order.
    pub fn questions_asked<'a>(
        &'a self,
        answers: &'a Answers,
        today: CivilDate,
    ) -> impl Iterator<Item = &'a Question> {
        self.pages.iter().flat_map(move |page| page.questions_asked(answers, today))
    }

    /// The page with this id.
    pub fn find_page(&self, id: &str) -> Option<&FormPage> {
        self.pages.iter().find(|page| page.id == id)
    }

    /// Every question, asked or not.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.pages.iter().flat_map(|page| &page.questions)
    }
}

impl FormPage {
    /// The questions of this page that are asked.
    pub fn questions_asked<'a>(
        &'a self,
        answers: &'a Answers,
        today: CivilDate,
    ) -> impl Iterator<Item = &'a Question> {
        let page_applies = applies(self.when.as_ref(), answers, today);
        self.questions
            .iter()
            .filter(move |question| page_applies && applies(question.when.as_ref(), answers, today))
    }
}
