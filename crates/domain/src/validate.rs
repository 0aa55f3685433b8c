//! Whether answers will do. Run on the phone while a citizen types and on the server before a
//! dossier is taken: the same code, so that what one accepts the other does. Words nothing.

use crate::answers::{Answer, Answers};
use crate::citizen::{CitizenNumber, CitizenNumberError, find_phone, is_email, is_full_name};
use crate::date::{CivilDate, DateError};
use crate::form::{ChoiceOption, Form, Kind, Question};
use serde::{Deserialize, Serialize};

/// What is wrong with an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum Problem {
    /// Nothing was answered.
    Missing,
    /// More characters than allowed.
    TooLong {
        /// Longest answer, in characters.
        max: u32,
    },
    /// Not a whole number.
    NotANumber,
    /// Below the smallest number.
    TooSmall {
        /// Smallest.
        min: i64,
    },
    /// Above the largest number.
    TooLarge {
        /// Largest.
        max: i64,
    },
    /// Not a date at all.
    NotADate,
    /// A day that is not in the calendar, such as 31/02.
    NoSuchDay,
    /// A day after today where only the past will do.
    InTheFuture,
    /// Longer ago than a person can live (130 years).
    TooLongAgo,
    /// Not one of the options.
    NotAnOption,
    /// Not a full name.
    NotAName,
    /// Not a 12-digit personal identification number.
    NotACitizenNumber,
    /// The 9-digit number of an old identity card.
    OldIdentityCard,
    /// The number's birth year is not that of the birth date given.
    NumberDisagreesWithBirthDate,
    /// Not a Vietnamese phone number.
    NotAPhone,
    /// Not an email address.
    NotAnEmail,
    /// The form does not have this question.
    Unknown,
}

/// A problem and the question it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldProblem {
    /// Question id.
    pub question: String,
    /// What is wrong.
    #[serde(flatten)]
    pub problem: Problem,
}

/// Brings what was typed into canonical text where it can be read, and leaves it alone where it
/// cannot (so that nothing typed is lost and `check` says why).
pub fn normalise(kind: &Kind, typed: &str) -> String {
    let trimmed = typed.trim();
    match kind {
        Kind::Date { .. } => CivilDate::parse_written(trimmed).map(|date| date.to_string()).ok(),
        Kind::Number { .. } | Kind::Money { .. } => find_number(trimmed).map(|n| n.to_string()),
        Kind::CitizenNumber { .. } => {
            CitizenNumber::parse(trimmed).map(|number| number.as_str().to_owned()).ok()
        }
        Kind::Phone => find_phone(trimmed),
        Kind::PersonName | Kind::Text { .. } | Kind::Address => {
            Some(trimmed.split_whitespace().collect::<Vec<_>>().join(" "))
        }
        Kind::LongText { .. } | Kind::Choice { .. } | Kind::MultiChoice { .. } | Kind::Email => {
            None
        }
    }
    .unwrap_or_else(|| trimmed.to_owned())
}

/// A whole number as people write it, with spaces or dots between thousands and an optional đ.
fn find_number(text: &str) -> Option<i64> {
    let text = text.trim_end_matches(['đ', '₫']).trim();
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '.' | '\u{a0}')).collect();
    digits.parse().ok()
}

/// Checks the answers to a whole form: every question that is asked, and that nothing else is
/// there. Answers to questions that no longer apply are not a problem; `relevant` drops them.
pub fn check(form: &Form, answers: &Answers, today: CivilDate) -> Vec<FieldProblem> {
    let mut problems: Vec<FieldProblem> = form
        .questions_asked(answers, today)
        .filter_map(|question| {
            let problem = check_question(question, answers, today).err()?;
            Some(FieldProblem { question: question.id.clone(), problem })
        })
        .collect();
    let unknown = answers.0.keys().filter(|id| !form.questions().any(|q| q.id == **id));
    problems
        .extend(unknown.map(|id| FieldProblem { question: id.clone(), problem: Problem::Unknown }));
    problems
}

/// The answers to the questions that are asked, and no others: what is submitted.
pub fn relevant(form: &Form, answers: &Answers, today: CivilDate) -> Answers {
    Answers(
        form.questions_asked(answers, today)
            .filter_map(|question| Some((question.id.clone(), answers.find(&question.id)?.clone())))
            .collect(),
    )
}

/// Checks one question's answer among all answers.
pub fn check_question(
    question: &Question,
    answers: &Answers,
    today: CivilDate,
) -> Result<(), Problem> {
    let Some(answer) = answers.find(&question.id) else {
        return if question.optional { Ok(()) } else { Err(Problem::Missing) };
    };
    match (answer, &question.kind) {
        (Answer::Many(chosen), Kind::MultiChoice { options }) => {
            let all_offered = chosen.iter().all(|id| is_option(options, id));
            all_offered.then_some(()).ok_or(Problem::NotAnOption)
        }
        (Answer::One(value), kind) => check_value(kind, value, answers, today),
        (Answer::Many(_), _) => Err(Problem::NotAnOption),
    }
}

fn is_option(options: &[ChoiceOption], id: &str) -> bool {
    options.iter().any(|option| option.id == id)
}

fn check_value(
    kind: &Kind,
    value: &str,
    answers: &Answers,
    today: CivilDate,
) -> Result<(), Problem> {
    match kind {
        Kind::Text { max } | Kind::LongText { max } => check_length(value, *max),
        Kind::Number { min, max } => check_number(value, *min, *max),
        Kind::Money { max } => check_number(value, 0, i64::try_from(*max).unwrap_or(i64::MAX)),
        Kind::Date { future } => check_date(value, *future, today),
        Kind::Choice { options } => {
            is_option(options, value).then_some(()).ok_or(Problem::NotAnOption)
        }
        Kind::MultiChoice { .. } => Err(Problem::NotAnOption),
        Kind::PersonName => {
            check_length(value, 100)?;
            is_full_name(value).then_some(()).ok_or(Problem::NotAName)
        }
        Kind::CitizenNumber { birth_date } => {
            let number = CitizenNumber::parse(value).map_err(|error| match error {
                CitizenNumberError::OldNineDigits => Problem::OldIdentityCard,
                _ => Problem::NotACitizenNumber,
            })?;
            let born = birth_date
                .as_ref()
                .and_then(|question| answers.find_one(question))
                .and_then(|text| text.parse::<CivilDate>().ok());
            match born {
                Some(born) if !number.agrees_with(born) => {
                    Err(Problem::NumberDisagreesWithBirthDate)
                }
                _ => Ok(()),
            }
        }
        Kind::Phone => find_phone(value).map(|_| ()).ok_or(Problem::NotAPhone),
        Kind::Email => is_email(value).then_some(()).ok_or(Problem::NotAnEmail),
        Kind::Address => check_length(value, 300),
    }
}

fn check_length(value: &str, max: u32) -> Result<(), Problem> {
    let fits = value.chars().count() <= max as usize;
    fits.then_some(()).ok_or(Problem::TooLong { max })
}

fn check_number(value: &str, min: i64, max: i64) -> Result<(), Problem> {
    let number: i64 = value.parse().map_err(|_| Problem::NotANumber)?;
    if number < min {
        Err(Problem::TooSmall { min })
    } else if number > max {
        Err(Problem::TooLarge { max })
    } else {
        Ok(())
    }
}

fn check_date(value: &str, future: bool, today: CivilDate) -> Result<(), Problem> {
    let date: CivilDate = value.parse().map_err(|_| match CivilDate::parse_written(value) {
        // As typed, since it could not be brought into canonical text.
        Err(DateError::NoSuchDay) => Problem::NoSuchDay,
        _ => Problem::NotADate,
    })?;
    if !future && date > today {
        Err(Problem::InTheFuture)
    } else if date.age_on(today) > 130 {
        Err(Problem::TooLongAgo)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
