//! Whether a form holds together: conditions, computed values, rules and the declaration point at
//! questions that exist, options differ, the applicant can be named.

use super::{Flaw, flaw};
use crate::form::{Condition, Form, Kind, PersonPart, Question, leaves};
use crate::procedure::Procedure;
use std::collections::BTreeSet;

/// Every id that a condition or a price may name: of single questions, of groups, and of the
/// questions of a group without a row, which stand for all of them.
pub fn answer_ids(form: &Form) -> BTreeSet<String> {
    let leaves = form.leaves();
    let any_row = format!("{}.", leaves::ANY_ROW);
    let without_row = leaves.iter().map(|leaf| leaf.id.replace(&any_row, ""));
    without_row.collect()
}

/// Adds the flaws of a procedure's form.
pub fn check(procedure: &Procedure, flaws: &mut Vec<Flaw>) {
    let ids = answer_ids(&procedure.form);
    check_questions(&procedure.form, &ids, flaws);
    check_conditions(procedure, &ids, flaws);
    check_declaration(&procedure.form, &ids, flaws);
    check_applicant(procedure, flaws);
}

fn check_questions(form: &Form, ids: &BTreeSet<String>, flaws: &mut Vec<Flaw>) {
    for question in form.questions() {
        check_question(question, flaws);
    }
    for computed in &form.computed {
        for question in computed.value.questions() {
            if !ids.contains(question) {
                let path = format!("form.computed[{}]", computed.id);
                flaws.push(flaw(path, format!("no question `{question}`")));
            }
        }
    }
}

fn check_question(question: &Question, flaws: &mut Vec<Flaw>) {
    let path = format!("form.questions[{}]", question.id);
    if question.id.contains('.') {
        flaws.push(flaw(&path, "an id has no dot: it separates the parts of an answer's path"));
    }
    if question.label.vi.is_empty() || question.label.en.is_empty() {
        flaws.push(flaw(&path, "label: Vietnamese and English"));
    }
    match &question.kind {
        Kind::Choice { options } | Kind::MultiChoice { options } => {
            let ids: BTreeSet<&str> = options.iter().map(|option| option.id.as_str()).collect();
            if ids.len() != options.len() || options.len() < 2 {
                let cause = "needs at least two options with different ids";
                flaws.push(flaw(format!("{path}.kind.options"), cause));
            }
        }
        Kind::Group { min, max, questions, .. } => {
            if min > max || *max == 0 || *max > 50 {
                flaws.push(flaw(&path, "a group has 1 to 50 rows, the fewest not above the most"));
            }
            for inner in questions {
                let single =
                    !matches!(inner.kind, Kind::Group { .. } | Kind::Person(_) | Kind::File { .. });
                if !single {
                    let cause =
                        format!("`{}`: no groups, people or files within a group", inner.id);
                    flaws.push(flaw(&path, cause));
                }
                check_question(inner, flaws);
            }
        }
        _ => {}
    }
}

fn check_conditions(procedure: &Procedure, ids: &BTreeSet<String>, flaws: &mut Vec<Flaw>) {
    let mut wrong = Vec::new();
    let mut check_one = |path: String, when: Option<&Condition>| {
        for question in when.into_iter().flat_map(Condition::questions) {
            if !ids.contains(question) {
                wrong.push(flaw(format!("{path}.when"), format!("no question `{question}`")));
            }
        }
    };
    let form = &procedure.form;
    for page in &form.pages {
        check_one(format!("form.pages[{}]", page.id), page.when.as_ref());
    }
    for question in form.questions() {
        check_one(format!("form.questions[{}]", question.id), question.when.as_ref());
        if let Kind::Person(asked) = &question.kind {
            let path = format!("form.questions[{}].kind.same", question.id);
            check_one(path, asked.same.as_ref().map(|same| &same.when));
        }
    }
    for component in &procedure.components {
        check_one(format!("components[{}]", component.id), component.when.as_ref());
    }
    for rule in &procedure.fees {
        check_one(format!("fees[{}]", rule.id), rule.when.as_ref());
    }
    for check in &form.checks {
        check_one(format!("form.checks[{}]", check.id), Some(&check.when));
    }
    flaws.append(&mut wrong);
    for check in &form.checks {
        let path = format!("form.checks[{}]", check.id);
        if !ids.contains(&check.about) {
            flaws.push(flaw(format!("{path}.about"), format!("no question `{}`", check.about)));
        }
        if check.citation.trim().is_empty() || check.message.en.is_empty() {
            flaws.push(flaw(path, "needs a citation, and its message in both languages"));
        }
    }
}

/// Every place of the declaration is an answer, an address or a computed value.
fn check_declaration(form: &Form, ids: &BTreeSet<String>, flaws: &mut Vec<Flaw>) {
    let lines = form.declaration.iter().flat_map(|declaration| &declaration.lines);
    for (index, line) in lines.enumerate() {
        let path = format!("form.declaration.lines[{index}]");
        for place in line.places() {
            let is_address = ids.contains(&format!("{place}.commune"));
            let is_computed = form.computed.iter().any(|computed| computed.id == place);
            if !ids.contains(place) && !is_address && !is_computed {
                flaws.push(flaw(&path, format!("no answer `{{{place}}}`")));
            }
        }
        for question in line.when.iter().flat_map(Condition::questions) {
            if !ids.contains(question) {
                flaws.push(flaw(format!("{path}.when"), format!("no question `{question}`")));
            }
        }
        if let Some(group) = &line.each {
            let is_group = form.questions().any(|question| {
                question.id == *group && matches!(question.kind, Kind::Group { .. })
            });
            if !is_group {
                flaws.push(flaw(format!("{path}.each"), format!("no group `{group}`")));
            }
        }
    }
}

fn check_applicant(procedure: &Procedure, flaws: &mut Vec<Flaw>) {
    let Some(applicant) = &procedure.applicant else {
        if procedure.can_be_filed() {
            flaws.push(flaw("applicant", "missing: a dossier needs an applicant"));
        }
        return;
    };
    let asked = procedure.form.people().filter(|(person, _)| person == applicant);
    let parts: Vec<PersonPart> = asked.flat_map(|(_, asked)| asked.parts.clone()).collect();
    for part in [PersonPart::CitizenNumber, PersonPart::Phone] {
        if !parts.contains(&part) {
            let cause = format!("no person `{applicant}` of whom `{}` is asked", part.key());
            flaws.push(flaw("applicant", cause));
        }
    }
}
