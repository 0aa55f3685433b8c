//! What the identity provider or a scanned identity card vouches for, filled in where a form asks for the applicant and nothing
//! was answered yet. Never overwrites an answer. Knows nothing of screens.

use super::{Services, api, vault};
use crate::browser::{intl, tasks};
use leptos::prelude::*;
use motcua_contract::session::Profile;
use motcua_domain::answers::Answer;
use motcua_domain::form::{FormPage, Kind};
use motcua_domain::procedure::Procedure;

/// Finds out who is signed in. Signing in leaves the app, so that once for each start is enough;
/// without an answer there is nothing to fill in.
pub async fn prepare(services: Services) {
    if let Ok(session) = api::get_session(services).await {
        // What this person opens from now on is this person's. A session that ran out changes
        // nothing: on one's own phone the drafts are still there. Signing out does.
        let before = vault::owner();
        let number = session.citizen.as_ref().and_then(|who| who.citizen_number.as_ref());
        if let Some(number) = number
            && let Err(why) = vault::belong_to(Some(number)).await
        {
            tasks::log_failure("owner", &why);
        }
        services.profile.set(session.citizen);
        // What is listed was listed for somebody else.
        if vault::owner() != before {
            services.redraw();
        }
    }
}

/// Who vouches for what was filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The identity provider.
    Profile,
    /// The identity card that was scanned.
    Card,
}

/// Fills in what this page asks and is not answered yet. Says by whose word anything on the page is
/// filled in, which the page should say.
pub fn offer(services: Services, procedure: &Procedure, page: &FormPage) -> Option<Source> {
    let applicant = procedure.applicant.as_ref()?;
    let (source, known) = find_known(services)?;
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
        (applicant.name.as_str(), Some(known.name)),
        (birth_date.unwrap_or_default(), known.birth_date.map(|date| date.to_string())),
        (&applicant.citizen_number, known.citizen_number),
        (&applicant.phone, known.phone),
        (applicant.address.as_deref().unwrap_or_default(), known.address),
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
    told.then_some(source)
}

/// The scanned card comes first: it was held up for this very purpose, and may be another person's
/// than the phone's owner's.
fn find_known(services: Services) -> Option<(Source, Profile)> {
    let from_card = services.card.get_untracked().map(|card| Profile {
        name: person_name(&card.name),
        citizen_number: Some(card.number.as_str().to_owned()),
        birth_date: Some(card.birth_date),
        phone: None,
        address: Some(card.residence).filter(|residence| !residence.is_empty()),
    });
    match from_card {
        Some(known) => Some((Source::Card, known)),
        None => Some((Source::Profile, services.profile.get_untracked()?)),
    }
}

/// Cards print names in capitals; people write them with capital initials.
fn person_name(printed: &str) -> String {
    let words = printed.split_whitespace().map(|word| {
        let rest = word.char_indices().nth(1).map_or(word.len(), |(at, _)| at);
        format!("{}{}", &word[..rest], intl::lower(&word[rest..]))
    });
    words.collect::<Vec<_>>().join(" ")
}
