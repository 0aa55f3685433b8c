//! That a form asks nothing twice (WCAG 2.2, 3.3.7 Redundant Entry): people are asked as people, one
//! who may be another one of the form says so, nothing is asked that another answer carries, and no
//! two questions ask the same in the same words.

use super::{Flaw, flaw};
use crate::form::{Form, Kind, PersonKind, PersonPart, Question};
use crate::procedure::Procedure;
use crate::text::fold;
use std::collections::BTreeMap;

/// Adds what the procedure's form asks twice.
pub fn check(procedure: &Procedure, flaws: &mut Vec<Flaw>) {
    let form = &procedure.form;
    check_loose_people(form, flaws);
    check_people(form, procedure.applicant.as_deref(), flaws);
    check_words(form, flaws);
}

/// Names, numbers, phones and addresses of people are parts of a person, so that what is known of
/// the person is filled in once.
fn check_loose_people(form: &Form, flaws: &mut Vec<Flaw>) {
    for question in form.questions() {
        let loose =
            matches!(question.kind, Kind::PersonName | Kind::CitizenNumber { .. } | Kind::Phone);
        if loose {
            let path = format!("form.questions[{}]", question.id);
            flaws.push(flaw(path, "ask for a person, not for a loose name, number or phone"));
        }
    }
}

fn check_people(form: &Form, applicant: Option<&str>, flaws: &mut Vec<Flaw>) {
    let mut parts: BTreeMap<&str, Vec<PersonPart>> = BTreeMap::new();
    for (person, asked) in form.people() {
        let path = format!("form.questions[{person}]");
        let known = parts.entry(person).or_default();
        for part in &asked.parts {
            if known.contains(part) {
                flaws.push(flaw(&path, format!("`{}` is asked twice", part.key())));
            }
            known.push(*part);
        }
        if known.contains(&PersonPart::Sex) && number_is_certain(asked) {
            flaws.push(flaw(&path, "sex is asked, but the citizen number carries it"));
        }
        let first = asked.more_of.is_none();
        let is_applicant = applicant == Some(person);
        let settled = asked.apart.is_some() || asked.same.is_some() || is_applicant;
        if first && !settled && form.people().any(|(other, _)| other != person) {
            flaws.push(flaw(&path, "may be another person of the form: `same` or `apart`"));
        }
        if let Some(same) = &asked.same {
            let other = form.people().find(|(other, _)| *other == same.person);
            match other {
                Some((other, kind)) if other != person && kind.same.is_none() => {}
                _ => flaws.push(flaw(&path, "`same` names no other person of the form")),
            }
        }
    }
}

fn number_is_certain(asked: &PersonKind) -> bool {
    asked.parts.contains(&PersonPart::CitizenNumber)
        && !asked.optional.contains(&PersonPart::CitizenNumber)
}

/// Two questions with the same words are the same question, unless they can never both be asked:
/// their pages or they themselves have conditions of their own.
fn check_words(form: &Form, flaws: &mut Vec<Flaw>) {
    let mut seen: Vec<(String, bool)> = Vec::new();
    for page in &form.pages {
        for question in page.questions.iter().filter(|question| !is_person(question)) {
            let words = fold(&question.label.vi);
            let sometimes = page.when.is_some() || question.when.is_some();
            if seen.iter().any(|(other, at_times)| *other == words && !(sometimes && *at_times)) {
                let path = format!("form.questions[{}]", question.id);
                flaws.push(flaw(path, format!("`{}` is asked twice", question.label.vi)));
            }
            seen.push((words, sometimes));
        }
    }
}

fn is_person(question: &Question) -> bool {
    matches!(question.kind, Kind::Person(_))
}
