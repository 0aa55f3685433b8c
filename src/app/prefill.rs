//! What the identity provider vouches for, filled in where a form asks for the applicant and nothing
//! was answered yet. Never overwrites an answer. Knows nothing of screens.

use super::{Services, api};
use leptos::prelude::*;
use motcua_domain::answers::Answer;
use motcua_domain::form::{FormPage, Kind};
use motcua_domain::procedure::Procedure;

/// Finds out who is signed in. Signing in leaves the app, so that once for each start is enough;
/// without an answer there is nothing to fill in.
pub async fn prepare(services: Services) {
    if let Ok(session) = api::get_session(services).await {
        services.profile.set(session.citizen);
    }
}

/// Fills in what this page asks and is not answered yet. Says whether anything on the page is as the
/// identity provider has it, which the page should say.
pub fn offer(services: Services, procedure: &Procedure, page: &FormPage) -> bool {
    let (Some(profile), Some(applicant)) =
        (services.profile.get_untracked(), procedure.applicant.as_ref())
    else {
        return false;
    };
    let draft = services.draft.find_now(&procedure.code);
    let answers = draft.map(|draft| draft.answers).unwrap_or_default();
    let mut told = false;
    // The form says which birth date belongs to the applicant's number.
    let birth_date = page.questions.iter().find_map(|asked| match &asked.kind {
        Kind::CitizenNumber { birth_date } if asked.id == applicant.citizen_number => {
            birth_date.as_deref()
        }
        _ => None,
    });
    for (question, value) in [
        (applicant.name.as_str(), Some(profile.name)),
        (birth_date.unwrap_or_default(), profile.birth_date.map(|date| date.to_string())),
        (&applicant.citizen_number, profile.citizen_number),
        (&applicant.phone, profile.phone),
        (applicant.address.as_deref().unwrap_or_default(), profile.address),
    ] {
        let asked = page.questions.iter().any(|asked| asked.id == question);
        let Some(value) = value.filter(|_| asked) else { continue };
        match answers.0.get(question) {
            Some(Answer::Many(_)) => {}
            Some(Answer::One(answer)) if !answer.is_empty() => told |= *answer == value,
            _ => {
                services.draft.answer(question, Answer::One(value));
                told = true;
            }
        }
    }
    told
}
