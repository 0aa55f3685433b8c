//! Whether answers will do. Run on the phone while a citizen types and on the server before a
//! dossier is taken: the same code, so that what one accepts the other does. Words nothing.

use crate::answers::{Answer, Answers};
use crate::citizen::{CitizenNumber, CitizenNumberError, find_phone, is_email, is_full_name};
use crate::date::{CivilDate, DateError};
use crate::form::{ChoiceOption, Form, Kind, Question, leaves};
use crate::units::Units;
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
    /// The number's sex is not the one that the person must have.
    NumberOfOtherSex,
    /// Not a bank account's number: 6 to 19 digits.
    NotAnAccountNumber,
    /// Fewer rows than there must be.
    TooFewRows {
        /// Fewest.
        min: u32,
    },
    /// More rows than there may be.
    TooManyRows {
        /// Most.
        max: u32,
    },
    /// A rule of the form says that the office would send it back.
    Rule {
        /// Which of the form's checks.
        check: String,
    },
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
        Kind::AccountNumber => Some(trimmed.chars().filter(|c| !matches!(c, ' ' | '.')).collect()),
        Kind::PersonName | Kind::Text { .. } => {
            Some(trimmed.split_whitespace().collect::<Vec<_>>().join(" "))
        }
        _ => None,
    }
    .unwrap_or_else(|| trimmed.to_owned())
}

/// A whole number as people write it, with spaces or dots between thousands and an optional đ.
fn find_number(text: &str) -> Option<i64> {
    let text = text.trim_end_matches(['đ', '₫']).trim();
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '.' | '\u{a0}')).collect();
    digits.parse().ok()
}

/// Checks the answers to a whole form: every question that is asked, the form's blocking rules, and
/// that nothing else is there. Answers to questions that no longer apply are not a problem;
/// `Form::relevant` drops them.
pub fn check(form: &Form, answers: &Answers, today: CivilDate) -> Vec<FieldProblem> {
    let mut problems: Vec<FieldProblem> = form
        .questions_asked(answers, today)
        .into_iter()
        .filter_map(|question| {
            let problem = check_question(&question, answers, today).err()?;
            Some(FieldProblem { question: question.id, problem })
        })
        .collect();
    let relevant = form.relevant(answers, today);
    let failed = form.checks_failed(&relevant, today).into_iter().filter(|check| check.blocking);
    problems.extend(failed.map(|check| FieldProblem {
        question: check.about.clone(),
        problem: Problem::Rule { check: check.id.clone() },
    }));
    let leaves = form.leaves();
    let is_known = |id: &str| {
        let pattern = leaves::without_rows(id);
        leaves.iter().any(|leaf| leaf.id == pattern)
    };
    let unknown = answers.0.keys().filter(|id| !is_known(id));
    problems
        .extend(unknown.map(|id| FieldProblem { question: id.clone(), problem: Problem::Unknown }));
    problems
}

/// Checks that the provinces and communes answered exist, and lie in each other.
pub fn check_units(
    form: &Form,
    answers: &Answers,
    today: CivilDate,
    units: &Units,
) -> Vec<FieldProblem> {
    let exists = |question: &Question| {
        let Some(code) = answers.find_one(&question.id) else { return true };
        match &question.kind {
            Kind::Province => units.find_province(code).is_some(),
            Kind::Commune => {
                let above = question.id.strip_suffix("commune").unwrap_or_default();
                let province = answers.find_one(&format!("{above}province"));
                units.find_home(code).is_some_and(|home| Some(home.code.as_str()) == province)
            }
            _ => true,
        }
    };
    let asked = form.questions_asked(answers, today).into_iter();
    asked
        .filter(|question| !exists(question))
        .map(|question| FieldProblem { question: question.id, problem: Problem::NotAnOption })
        .collect()
}

/// Checks one question's answer among all answers.
pub fn check_question(
    question: &Question,
    answers: &Answers,
    today: CivilDate,
) -> Result<(), Problem> {
    if let Kind::Group { min, max, .. } = &question.kind {
        return check_rows(&leaves::rows(answers, &question.id, *min), *min, *max);
    }
    let Some(answer) = answers.find(&question.id) else {
        if matches!(question.kind, Kind::File { .. }) {
            // Whether the files are there is the component's affair.
            return Ok(());
        }
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

/// Rows have keys of digits, each once, and there are neither too few nor too many.
fn check_rows(rows: &[String], min: u32, max: u32) -> Result<(), Problem> {
    let is_key = |row: &String| {
        (1..=4).contains(&row.len()) && row.bytes().all(|byte| byte.is_ascii_digit())
    };
    let distinct = rows.iter().enumerate().all(|(at, row)| !rows[..at].contains(row));
    if !distinct || !rows.iter().all(is_key) {
        Err(Problem::NotAnOption)
    } else if rows.len() < min as usize {
        Err(Problem::TooFewRows { min })
    } else if rows.len() > max as usize {
        Err(Problem::TooManyRows { max })
    } else {
        Ok(())
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
        Kind::CitizenNumber { birth_date, sex } => {
            let number = CitizenNumber::parse(value).map_err(|error| match error {
                CitizenNumberError::OldNineDigits => Problem::OldIdentityCard,
                _ => Problem::NotACitizenNumber,
            })?;
            let born = birth_date
                .as_ref()
                .and_then(|question| answers.find_one(question))
                .and_then(|text| text.parse::<CivilDate>().ok());
            if sex.is_some_and(|sex| sex != number.sex()) {
                return Err(Problem::NumberOfOtherSex);
            }
            match born {
                Some(born) if !number.agrees_with(born) => {
                    Err(Problem::NumberDisagreesWithBirthDate)
                }
                _ => Ok(()),
            }
        }
        Kind::Phone => find_phone(value).map(|_| ()).ok_or(Problem::NotAPhone),
        Kind::Email => is_email(value).then_some(()).ok_or(Problem::NotAnEmail),
        Kind::AccountNumber => {
            let fits = (6..=19).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_digit());
            fits.then_some(()).ok_or(Problem::NotAnAccountNumber)
        }
        Kind::Province => check_code(value, 2),
        Kind::Commune => check_code(value, 5),
        // Asked in parts, never as a whole.
        Kind::Address
        | Kind::Person(_)
        | Kind::BankAccount
        | Kind::Group { .. }
        | Kind::File { .. } => Err(Problem::Unknown),
    }
}

fn check_code(value: &str, digits: usize) -> Result<(), Problem> {
    let fits = value.len() == digits && value.bytes().all(|byte| byte.is_ascii_digit());
    fits.then_some(()).ok_or(Problem::NotAnOption)
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
