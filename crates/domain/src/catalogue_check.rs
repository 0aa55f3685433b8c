//! Whether a procedure's description holds together: ids unique, every fact has a source; its fees in
//! `fees`, its form in `form`, and that nothing is asked twice in `repeats`. Run over every data file
//! when the backend starts and in the tests. Knows nothing of files; the caller names them.

mod fees;
mod form;
mod repeats;

use crate::calendar::TimeLimit;
use crate::fee::Price;
use crate::procedure::{Detail, Need, Procedure, Proof, ServiceLevel};
use std::collections::BTreeSet;

/// The facts of a full description for which a source must answer.
const FACTS: [&str; 6] = ["name", "level", "time_limit", "fees", "components", "legal_basis"];

/// Something wrong in a procedure's description: where, and what.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {cause}")]
pub struct Flaw {
    /// Where in the file, such as `form.pages[2].questions[0].when`.
    pub path: String,
    /// What is wrong.
    pub cause: String,
}

fn flaw(path: impl Into<String>, cause: impl Into<String>) -> Flaw {
    Flaw { path: path.into(), cause: cause.into() }
}

/// Every flaw of a procedure; none when it can be offered.
pub fn check(procedure: &Procedure) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    check_ids(procedure, &mut flaws);
    form::check(procedure, &mut flaws);
    repeats::check(procedure, &mut flaws);
    fees::check(procedure, &form::answer_ids(&procedure.form), &mut flaws);
    check_knowledge(procedure, &mut flaws);
    let explained = procedure.at_counter.is_some() || procedure.detail == Detail::Listed;
    let whole = procedure.level == ServiceLevel::Full && procedure.can_be_filed();
    if !whole && !explained {
        flaws.push(flaw(
            "at_counter",
            "missing: a procedure that is not wholly filed here says what to do instead",
        ));
    }
    flaws
}

/// What a full description must say and prove. A thin one says only that it is received here.
fn check_knowledge(procedure: &Procedure, flaws: &mut Vec<Flaw>) {
    let mut expect = |path: &str, there: bool| {
        if !there {
            flaws.push(flaw(path, "missing"));
        }
    };
    expect("sources", !procedure.sources.is_empty());
    for (text, path) in [(&procedure.name, "name"), (&procedure.short_name, "short_name")] {
        expect(path, !text.is_empty());
        expect(&format!("{path}.en"), procedure.detail == Detail::Listed || !text.en.is_empty());
    }
    if procedure.detail == Detail::Listed {
        return;
    }
    expect("purpose", procedure.purpose.is_some());
    expect("who", procedure.who.is_some());
    expect("result", procedure.result.is_some());
    expect("legal_basis", !procedure.legal_basis.is_empty());
    for about in FACTS {
        expect(&format!("sources[{about}]"), procedure.proof_of(about).is_some());
    }
    let undetermined = procedure.fees.iter().any(|rule| rule.price == Price::Undetermined);
    for (about, unknown) in [
        ("time_limit", procedure.time_limit == TimeLimit::Unknown),
        ("level", procedure.level == ServiceLevel::Unknown),
        ("fees", procedure.fees.is_empty() || undetermined),
    ] {
        if unknown && procedure.proof_of(about) == Some(Proof::Primary) {
            flaws.push(flaw(
                format!("sources[{about}]"),
                "called proven, but the fact says that it is not known",
            ));
        }
    }
}

fn check_ids(procedure: &Procedure, flaws: &mut Vec<Flaw>) {
    let mut seen = BTreeSet::new();
    let mut claim = |path: String, id: &str, flaws: &mut Vec<Flaw>| {
        let well_formed = !id.is_empty()
            && id
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_'));
        if !well_formed {
            flaws.push(flaw(&path, format!("id `{id}` is not lower-case ASCII, digits, - and _")));
        }
        let group = path.split('[').next().unwrap_or_default().to_owned();
        if !seen.insert((group, id.to_owned())) {
            flaws.push(flaw(path, format!("id `{id}` is used twice")));
        }
    };
    for (p, page) in procedure.form.pages.iter().enumerate() {
        claim(format!("form.pages[{p}]"), &page.id, flaws);
        if page.questions.is_empty() {
            flaws.push(flaw(format!("form.pages[{p}].questions"), "empty page"));
        }
    }
    for (q, question) in procedure.form.questions().enumerate() {
        claim(format!("form.questions[{q}]"), &question.id, flaws);
    }
    for (c, check) in procedure.form.checks.iter().enumerate() {
        claim(format!("form.checks[{c}]"), &check.id, flaws);
    }
    for (c, component) in procedure.components.iter().enumerate() {
        claim(format!("components[{c}]"), &component.id, flaws);
        if let Need::ReplacedByData { citation, .. } = &component.need
            && citation.trim().is_empty()
        {
            flaws.push(flaw(format!("components[{c}].need.citation"), "empty"));
        }
    }
    for (f, rule) in procedure.fees.iter().enumerate() {
        claim(format!("fees[{f}]"), &rule.id, flaws);
        if rule.citation.vi.trim().is_empty() {
            flaws.push(flaw(format!("fees[{f}].citation"), "empty"));
        }
    }
}
