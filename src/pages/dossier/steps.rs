//! The order of a dossier's pages: which comes before and after which, for the answers so far.

use super::today;
use crate::route::Route;
use motcua_domain::answers::Answers;
use motcua_domain::form::FormPage;
use motcua_domain::procedure::{Component, Need, Procedure};

/// The page before a page of questions.
pub fn before(procedure: &Procedure, answers: &Answers, page: &str) -> Route {
    let asked: Vec<&FormPage> = procedure.form.pages_asked(answers, today()).collect();
    let index = asked.iter().position(|candidate| candidate.id == page);
    match index.and_then(|index| index.checked_sub(1)).and_then(|index| asked.get(index)) {
        Some(earlier) => Route::Question(procedure.code.clone(), earlier.id.clone()),
        None => Route::Begin(procedure.code.clone()),
    }
}

/// The page after a page of questions.
pub fn after(procedure: &Procedure, answers: &Answers, page: &str) -> Route {
    let mut asked = procedure.form.pages_asked(answers, today());
    let _ = asked.find(|candidate| candidate.id == page);
    match asked.next() {
        Some(next) => Route::Question(procedure.code.clone(), next.id.clone()),
        None => Route::Papers(procedure.code.clone()),
    }
}

/// The first page of questions.
pub fn first(procedure: &Procedure, answers: &Answers) -> Route {
    match procedure.form.pages_asked(answers, today()).next() {
        Some(page) => Route::Question(procedure.code.clone(), page.id.clone()),
        None => Route::Papers(procedure.code.clone()),
    }
}

/// The last page of questions.
pub fn last(procedure: &Procedure, answers: &Answers) -> Route {
    match procedure.form.pages_asked(answers, today()).last() {
        Some(page) => Route::Question(procedure.code.clone(), page.id.clone()),
        None => Route::Begin(procedure.code.clone()),
    }
}

/// Which page of how many this is.
pub fn position(procedure: &Procedure, answers: &Answers, page: &str) -> Option<(usize, usize)> {
    let asked: Vec<&FormPage> = procedure.form.pages_asked(answers, today()).collect();
    let index = asked.iter().position(|candidate| candidate.id == page)?;
    Some((index + 1, asked.len()))
}

/// The components that a citizen sends files for, and whether they must.
pub fn uploads<'a>(
    procedure: &'a Procedure,
    answers: &'a Answers,
) -> impl Iterator<Item = (&'a Component, bool)> {
    procedure.components_needed(answers, today()).filter_map(|component| match component.need {
        Need::Upload => Some((component, true)),
        Need::OptionalUpload => Some((component, false)),
        Need::ReplacedByData { .. } | Need::ShownAtCounter => None,
    })
}
