//! The official declaration (tờ khai) that the answers make: a template in the words of the legal
//! form, and what it says with the answers in their places. In Vietnamese only, as the law has it.
//! Knows nothing of paper.

use super::{Condition, Form, Kind, Question, leaves};
use crate::answers::{Answer, Answers};
use crate::date::CivilDate;
use crate::money::Vnd;
use crate::units::Units;
use serde::{Deserialize, Serialize};

/// A declaration as a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Declaration {
    /// Which legal form it is, such as "Tờ khai đăng ký khai sinh, Thông tư 04/2024/TT-BTP".
    pub form: String,
    /// Its heading.
    pub title: String,
    /// To whom it is addressed, where that is not this commune's People's Committee.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub addressee: Option<String>,
    /// The lines in order.
    pub lines: Vec<DeclarationLine>,
}

/// A line of a template. `{id}` stands for an answer; `{id}` of an address for the whole of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DeclarationLine {
    /// The words and the places.
    pub text: String,
    /// Written only when this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// Written once for each row of this group; `{group.question}` stands for the row's answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub each: Option<String>,
}

/// A piece of a written line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'a> {
    /// The form's words.
    Words(&'a str),
    /// What was answered; empty where nothing was, which paper shows as dots.
    Filled(String),
}

/// A template's line in its parts: words, and the ids of places.
fn parts(text: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    // Before the first brace there are only words; after each, a place and words.
    text.split('{').enumerate().map(|(index, part)| match (index, part.split_once('}')) {
        (1.., Some((place, words))) => (words, Some(place)),
        _ => (part, None),
    })
}

impl DeclarationLine {
    /// The ids that stand in it.
    pub fn places(&self) -> impl Iterator<Item = &str> {
        parts(&self.text).filter_map(|(_, place)| place)
    }
}

impl Declaration {
    /// What it says for these answers, line by line. `answers` are the relevant ones.
    pub fn write<'a>(
        &'a self,
        form: &Form,
        answers: &Answers,
        today: CivilDate,
        units: &Units,
    ) -> Vec<Vec<Piece<'a>>> {
        let known = form.leaves();
        let mut lines = Vec::new();
        for line in &self.lines {
            if line.when.as_ref().is_some_and(|when| !when.holds(answers, today)) {
                continue;
            }
            let rows = match &line.each {
                Some(group) => leaves::rows(answers, group, 0),
                None => vec![String::new()],
            };
            for row in rows {
                let mut pieces = Vec::new();
                for (words, place) in parts(&line.text) {
                    if let Some(place) = place {
                        let place = in_row(place, line.each.as_deref(), &row);
                        pieces.push(Piece::Filled(
                            computed(form, &place, answers, today)
                                .unwrap_or_else(|| printed(&known, &place, answers, units)),
                        ));
                    }
                    if !words.is_empty() {
                        pieces.push(Piece::Words(words));
                    }
                }
                lines.push(pieces);
            }
        }
        lines
    }
}

fn in_row(place: &str, group: Option<&str>, row: &str) -> String {
    match group.and_then(|group| place.strip_prefix(group)?.strip_prefix('.').zip(Some(group))) {
        Some((rest, group)) => format!("{group}.{row}.{rest}"),
        None => place.to_owned(),
    }
}

fn computed(form: &Form, id: &str, answers: &Answers, today: CivilDate) -> Option<String> {
    let computed = form.computed.iter().find(|computed| computed.id == id)?;
    let Some(value) = computed.value.find_value(answers, today) else { return Some(String::new()) };
    Some(match &computed.unit {
        Some(unit) => format!("{value} {}", unit.vi),
        None => value.to_string(),
    })
}

/// The answer as it is printed; nothing where there is none.
fn printed(known: &[Question], id: &str, answers: &Answers, units: &Units) -> String {
    let pattern = leaves::without_rows(id);
    if let Some(question) = known.iter().find(|question| question.id == pattern) {
        return answers
            .find(id)
            .map(|answer| in_words(&question.kind, answer, units))
            .unwrap_or_default();
    }
    // An address, from the smallest to the largest.
    let part = |key: &str| answers.find_one(&format!("{id}.{key}"));
    let commune = part("commune").and_then(|code| units.find_commune(code));
    let province = part("province").and_then(|code| units.find_province(code));
    [part("detail"), commune, province.map(|province| province.name.as_str())]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

/// An answer in Vietnamese words, as on paper.
pub fn in_words(kind: &Kind, answer: &Answer, units: &Units) -> String {
    let label = |id: &str| match kind {
        Kind::Choice { options } | Kind::MultiChoice { options } => {
            let found = options.iter().find(|option| option.id == id);
            found.map_or_else(|| id.to_owned(), |option| option.label.vi.clone())
        }
        _ => id.to_owned(),
    };
    match answer {
        Answer::Many(values) => {
            values.iter().map(|value| label(value)).collect::<Vec<_>>().join("; ")
        }
        Answer::One(value) => match kind {
            Kind::Date { .. } => value.parse().map_or_else(|_| value.clone(), CivilDate::written),
            Kind::Money { .. } => {
                value.parse().map_or_else(|_| value.clone(), |amount| Vnd(amount).to_string())
            }
            Kind::Province => units
                .find_province(value)
                .map_or_else(|| value.clone(), |province| province.name.clone()),
            Kind::Commune => units.find_commune(value).unwrap_or(value).to_owned(),
            _ => label(value),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_between_words() {
        let line = DeclarationLine {
            text: "Họ tên: {child.name}, sinh {child.birth_date}.".into(),
            when: None,
            each: None,
        };
        assert_eq!(line.places().collect::<Vec<_>>(), ["child.name", "child.birth_date"]);
        let all: Vec<_> = parts(&line.text).collect();
        assert_eq!(
            all,
            [("Họ tên: ", None), (", sinh ", Some("child.name")), (".", Some("child.birth_date"))]
        );
        assert_eq!(parts("a } b { c").count(), 2, "loose braces are words");
    }

    #[test]
    fn a_place_of_a_group_is_its_rows() {
        assert_eq!(in_row("changes.to", Some("changes"), "2"), "changes.2.to");
        assert_eq!(in_row("child.name", Some("changes"), "2"), "child.name");
    }
}
