//! When something applies, and what can be computed from answers. Small, typed and total: every
//! condition is true or false and every expression a number or nothing, whatever was answered. No
//! script engine, no loops, nothing to run out of.

use crate::answers::{Answer, Answers};
use crate::date::CivilDate;
use serde::{Deserialize, Serialize};

/// When something applies.
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
    /// The expression has a value, and it is at least this.
    AtLeast {
        /// What is computed.
        value: Expression,
        /// Smallest value for which it holds.
        least: i64,
    },
    /// The expression has a value, and it is at most this.
    AtMost {
        /// What is computed.
        value: Expression,
        /// Largest value for which it holds.
        most: i64,
    },
    /// Both questions are answered, and with the same text.
    Same {
        /// Question id.
        question: String,
        /// The other question's id.
        other: String,
    },
    /// All hold.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
}

/// What can be computed from answers. Whole numbers only; what overflows stays at the largest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(no_recursion))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Expression {
    /// This number.
    Value(i64),
    /// The number or amount answered. Of a question within a group, the sum over its rows.
    Of(String),
    /// How many rows a group has, or how many options were chosen.
    Count(String),
    /// Full years of age.
    Age {
        /// Question id of the birth date.
        born: String,
        /// Question id of the day on which the age counts; today when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on: Option<String>,
    },
    /// Days from one day to another; negative when the second comes first.
    Days {
        /// Question id of the first day.
        from: String,
        /// Question id of the second day; today when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<String>,
    },
    /// All of them added; nothing when one has no value.
    Sum(Vec<Expression>),
    /// All of them multiplied; nothing when one has no value.
    Times(Vec<Expression>),
}

impl Condition {
    /// Whether it holds for these answers on the day `today`.
    pub fn holds(&self, answers: &Answers, today: CivilDate) -> bool {
        match self {
            Self::Is { question, value } => match answers.find(question) {
                Some(Answer::One(answer)) => answer == value,
                Some(Answer::Many(chosen)) => chosen.contains(value),
                None => false,
            },
            Self::Answered { question } => answers.find(question).is_some(),
            Self::OlderThanDays { question, days } => find_date(answers, question)
                .is_some_and(|date| today.days_after(date) > i64::from(*days)),
            Self::AtLeast { value, least } => {
                value.find_value(answers, today).is_some_and(|value| value >= *least)
            }
            Self::AtMost { value, most } => {
                value.find_value(answers, today).is_some_and(|value| value <= *most)
            }
            Self::Same { question, other } => {
                let (one, two) = (answers.find(question), answers.find(other));
                one.is_some() && one == two
            }
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
            Self::AtLeast { value, .. } | Self::AtMost { value, .. } => value.questions(),
            Self::Same { question, other } => vec![question, other],
            Self::All(parts) | Self::Any(parts) => {
                parts.iter().flat_map(Condition::questions).collect()
            }
            Self::Not(inner) => inner.questions(),
        }
    }
}

impl Condition {
    /// The same condition over other questions: `to` says what each is called.
    pub(super) fn renamed(&self, to: &impl Fn(&str) -> String) -> Self {
        let all = |parts: &[Self]| parts.iter().map(|part| part.renamed(to)).collect();
        match self {
            Self::Is { question, value } => {
                Self::Is { question: to(question), value: value.clone() }
            }
            Self::Answered { question } => Self::Answered { question: to(question) },
            Self::OlderThanDays { question, days } => {
                Self::OlderThanDays { question: to(question), days: *days }
            }
            Self::Same { question, other } => {
                Self::Same { question: to(question), other: to(other) }
            }
            Self::All(parts) => Self::All(all(parts)),
            Self::Any(parts) => Self::Any(all(parts)),
            Self::Not(inner) => Self::Not(Box::new(inner.renamed(to))),
            // Sums look at whole groups, not at a row.
            Self::AtLeast { .. } | Self::AtMost { .. } => self.clone(),
        }
    }
}

impl Expression {
    /// Its value for these answers on the day `today`; nothing when something it needs is not
    /// answered or not a number or a day.
    pub fn find_value(&self, answers: &Answers, today: CivilDate) -> Option<i64> {
        match self {
            Self::Value(value) => Some(*value),
            Self::Of(question) => find_sum(answers, question),
            Self::Count(question) => match answers.find(question) {
                Some(Answer::Many(chosen)) => i64::try_from(chosen.len()).ok(),
                Some(Answer::One(_)) => Some(1),
                None => Some(0),
            },
            Self::Age { born, on } => {
                let born = find_date(answers, born)?;
                let day = find_day(answers, on.as_deref(), today)?;
                (day >= born).then(|| i64::from(born.age_on(day)))
            }
            Self::Days { from, to } => {
                Some(find_day(answers, to.as_deref(), today)?.days_after(find_date(answers, from)?))
            }
            Self::Sum(parts) => parts.iter().try_fold(0_i64, |sum, part| {
                Some(sum.saturating_add(part.find_value(answers, today)?))
            }),
            Self::Times(parts) => parts.iter().try_fold(1_i64, |product, part| {
                Some(product.saturating_mul(part.find_value(answers, today)?))
            }),
        }
    }

    /// The questions that it looks at.
    pub fn questions(&self) -> Vec<&str> {
        match self {
            Self::Value(_) => vec![],
            Self::Of(question) | Self::Count(question) => vec![question],
            Self::Age { born: first, on: second } | Self::Days { from: first, to: second } => {
                std::iter::once(first.as_str()).chain(second.as_deref()).collect()
            }
            Self::Sum(parts) | Self::Times(parts) => {
                parts.iter().flat_map(Expression::questions).collect()
            }
        }
    }
}

fn find_date(answers: &Answers, question: &str) -> Option<CivilDate> {
    answers.find_one(question)?.parse().ok()
}

fn find_day(answers: &Answers, question: Option<&str>, today: CivilDate) -> Option<CivilDate> {
    match question {
        Some(question) => find_date(answers, question),
        None => Some(today),
    }
}

/// The number answered to a question; over all rows where its group has some.
fn find_sum(answers: &Answers, question: &str) -> Option<i64> {
    if let Some(answer) = answers.find_one(question) {
        return answer.parse().ok();
    }
    let (group, rest) = question.split_once('.')?;
    let Some(Answer::Many(rows)) = answers.find(group) else { return None };
    rows.iter().try_fold(0_i64, |sum, row| {
        let number: i64 = answers.find_one(&format!("{group}.{row}.{rest}"))?.parse().ok()?;
        Some(sum.saturating_add(number))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn today() -> CivilDate {
        "2026-11-25".parse().unwrap()
    }

    fn answers(given: &[(&str, &str)]) -> Answers {
        let mut answers = Answers::default();
        for (question, value) in given {
            answers.set(question, Answer::One((*value).to_owned()));
        }
        answers
    }

    #[test]
    fn computes_ages_days_and_sums() {
        let mut given = answers(&[
            ("born", "1951-11-26"),
            ("died", "2026-11-20"),
            ("papers.1.copies", "2"),
            ("papers.2.copies", "3"),
        ]);
        given.set("papers", Answer::Many(vec!["1".into(), "2".into()]));
        let value = |expression: Expression| expression.find_value(&given, today());
        let age =
            |on: Option<&str>| Expression::Age { born: "born".into(), on: on.map(Into::into) };
        assert_eq!(value(age(None)), Some(74));
        assert_eq!(value(age(Some("died"))), Some(74));
        assert_eq!(value(age(Some("nothing"))), None);
        assert_eq!(value(Expression::Days { from: "died".into(), to: None }), Some(5));
        assert_eq!(value(Expression::Of("papers.copies".into())), Some(5));
        assert_eq!(value(Expression::Count("papers".into())), Some(2));
        let price = Expression::Times(vec![
            Expression::Of("papers.copies".into()),
            Expression::Value(8_000),
        ]);
        assert_eq!(value(price), Some(40_000));
        assert_eq!(
            value(Expression::Times(vec![Expression::Value(i64::MAX), Expression::Value(2)])),
            Some(i64::MAX)
        );
    }

    #[test]
    fn a_bound_does_not_hold_where_nothing_was_answered() {
        let value = Expression::Age { born: "born".into(), on: None };
        let old = Condition::AtLeast { value: value.clone(), least: 75 };
        let young = Condition::AtMost { value, most: 74 };
        assert!(!old.holds(&answers(&[]), today()) && !young.holds(&answers(&[]), today()));
        assert!(young.holds(&answers(&[("born", "1951-11-26")]), today()));
        assert!(old.holds(&answers(&[("born", "1951-11-25")]), today()));
    }

    proptest! {
        /// Whatever was answered, an expression has a value or none; it never panics.
        #[test]
        fn is_total(text in "[0-9a-z.\\-]{0,12}", number in any::<i64>()) {
            let given = answers(&[("a", &text), ("b", &number.to_string())]);
            for expression in [
                Expression::Of("a".into()),
                Expression::Of("b".into()),
                Expression::Age { born: "a".into(), on: Some("b".into()) },
                Expression::Days { from: "a".into(), to: None },
                Expression::Sum(vec![Expression::Of("b".into()), Expression::Value(i64::MAX)]),
                Expression::Times(vec![Expression::Of("b".into()), Expression::Of("b".into())]),
            ] {
                let _ = expression.find_value(&given, today());
            }
        }
    }
}
