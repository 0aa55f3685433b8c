//! The order of a dossier's pages: which comes before and after which, for the answers so far.

use super::today;
use crate::route::Route;
use motcua_domain::answers::Answers;
use motcua_domain::form::{FormPage, Kind};
use motcua_domain::procedure::{Component, Need, Procedure};
use motcua_journeys::draft::{Draft, DraftKey};

fn asked<'a>(procedure: &'a Procedure, answers: &'a Answers) -> Vec<&'a FormPage> {
    procedure.form.pages_asked(answers, today()).collect()
}

fn route(key: &DraftKey, page: Option<&&FormPage>, otherwise: Route) -> Route {
    page.map_or(otherwise, |page| Route::Question(key.clone(), page.id.clone()))
}

/// The page before a page of questions.
pub fn before(procedure: &Procedure, key: &DraftKey, answers: &Answers, page: &str) -> Route {
    let asked = asked(procedure, answers);
    let index = asked.iter().position(|candidate| candidate.id == page);
    let earlier = index.and_then(|index| index.checked_sub(1)).and_then(|index| asked.get(index));
    route(key, earlier, Route::Begin(key.clone()))
}

/// The page after a page of questions; after the last one the papers, where any are sent.
pub fn after(procedure: &Procedure, draft: &Draft, page: &str) -> Route {
    let key = draft.key();
    let asked = asked(procedure, &draft.answers);
    let next = asked.iter().skip_while(|candidate| candidate.id != page).nth(1);
    let none = uploads_on_papers_page(procedure, draft).is_empty();
    let then = if none { Route::Check(key.clone()) } else { Route::Papers(key.clone()) };
    route(&key, next, then)
}

/// The first page of questions.
pub fn first(procedure: &Procedure, key: &DraftKey, answers: &Answers) -> Route {
    route(key, asked(procedure, answers).first(), Route::Papers(key.clone()))
}

/// The last page of questions.
pub fn last(procedure: &Procedure, key: &DraftKey, answers: &Answers) -> Route {
    route(key, asked(procedure, answers).last(), Route::Begin(key.clone()))
}

/// Which page of how many this is.
pub fn position(procedure: &Procedure, answers: &Answers, page: &str) -> Option<(usize, usize)> {
    let asked = asked(procedure, answers);
    let index = asked.iter().position(|candidate| candidate.id == page)?;
    Some((index + 1, asked.len()))
}

/// The page that asks a single question.
pub fn page_of<'a>(
    procedure: &'a Procedure,
    answers: &Answers,
    question: &str,
) -> Option<&'a FormPage> {
    let mut pages = procedure.form.pages.iter();
    pages.find(|page| {
        let asked = procedure.form.asked_on(page, answers, today());
        asked.iter().any(|leaf| leaf.id == question)
    })
}

/// The components that a citizen sends files for, and whether they must.
pub fn uploads(procedure: &Procedure, draft: &Draft) -> Vec<(Component, bool)> {
    let mut asked = components(procedure, draft);
    asked.retain(|component| matches!(component.need, Need::Upload | Need::OptionalUpload));
    let with_must = |component: Component| {
        let must = matches!(component.need, Need::Upload);
        (component, must)
    };
    asked.into_iter().map(with_must).collect()
}

/// All papers of a draft, sent or not.
pub fn components(procedure: &Procedure, draft: &Draft) -> Vec<Component> {
    let exempt = draft.claimed(procedure, today());
    procedure.components_of(&draft.answers, &draft.behalf, exempt, today())
}

/// Those of them that no question asks for.
pub fn uploads_on_papers_page(procedure: &Procedure, draft: &Draft) -> Vec<(Component, bool)> {
    let questions = procedure.form.questions_asked(&draft.answers, today());
    let on_a_page = |id: &str| {
        let asks = |kind: &Kind| matches!(kind, Kind::File { component } if component == id);
        questions.iter().any(|question| asks(&question.kind))
    };
    uploads(procedure, draft).into_iter().filter(|(part, _)| !on_a_page(&part.id)).collect()
}

/// Where a component's files are asked for: on a page of questions, or among the papers.
pub fn place_of_component(procedure: &Procedure, draft: &Draft, component: &str) -> Route {
    let key = draft.key();
    let asks = |kind: &Kind| matches!(kind, Kind::File { component: asked } if asked == component);
    let page = asked(procedure, &draft.answers).into_iter().find(|page| {
        let questions = procedure.form.asked_on(page, &draft.answers, today());
        questions.iter().any(|question| asks(&question.kind))
    });
    route(&key, page.as_ref(), Route::Papers(key.clone()))
}
