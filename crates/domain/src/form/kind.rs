//! The kinds of questions. Single ones are asked as they stand; a person, an address, a bank account
//! and a group are asked as several single ones (`leaves`).

use super::{Condition, Question};
use crate::citizen::Sex;
use crate::text::Text;
use serde::{Deserialize, Serialize};

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
        /// The sex that the person must have, such as a mother's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sex: Option<Sex>,
    },
    /// A Vietnamese phone number.
    Phone,
    /// An email address.
    Email,
    /// The number of a bank account.
    AccountNumber,
    /// The code of a province: two digits, as the statistics office gives it.
    Province,
    /// The code of a commune: five digits; it lies in the province of the question before it.
    Commune,
    /// An address in the two tiers of today: province, commune, and the rest in one line.
    Address,
    /// A person: the name and what else of them is asked.
    Person(PersonKind),
    /// A bank account: the bank, the number, and whose it is.
    BankAccount,
    /// The same questions over again, once for each row.
    Group {
        /// Fewest rows.
        min: u32,
        /// Most rows.
        max: u32,
        /// What one row is called, such as "Nội dung cần sửa".
        item: Text,
        /// The single questions of a row.
        #[cfg_attr(feature = "openapi", schema(no_recursion))]
        questions: Vec<Question>,
    },
    /// The files of a component, given on this very page.
    File {
        /// Component id.
        component: String,
    },
}

/// What is asked of a person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PersonKind {
    /// What is asked besides the name, in this order.
    pub parts: Vec<PersonPart>,
    /// More about a person whose name another question asks: that question's id. The answers are
    /// kept under it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub more_of: Option<String>,
    /// The person is another one of the form when the condition holds: then only what is not known
    /// of that one is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same: Option<SamePerson>,
    /// Why this person can never be another one of the form, where `same` is absent: proof that
    /// nothing is asked twice (WCAG 2.2, 3.3.7).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apart: Option<String>,
    /// The sex that the person must have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// The parts that may be left empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub optional: Vec<PersonPart>,
}

/// When a person is another one of the same form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SamePerson {
    /// The other person's question.
    pub person: String,
    /// When.
    pub when: Condition,
}

/// What can be asked of a person besides the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PersonPart {
    /// Day of birth.
    BirthDate,
    /// Male or female; asked only where no citizen number is, which carries it.
    Sex,
    /// The 12-digit number.
    CitizenNumber,
    /// Dân tộc.
    Ethnicity,
    /// Quốc tịch.
    Nationality,
    /// Nơi cư trú.
    Residence,
    /// Phone number.
    Phone,
    /// Email address.
    Email,
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
