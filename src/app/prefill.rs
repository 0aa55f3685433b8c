//! What is known already, filled in where a form asks for it and nothing was answered yet: by the
//! identity provider, a scanned card, an earlier dossier, or because most people answer so. Never
//! overwrites an answer, always shows what it filled in, and gives nothing of one person to another.

use super::counter::run::Story;
use super::people::{self, KnownPerson};
use super::{Services, api, vault};
use crate::browser::{intl, tasks};
use leptos::prelude::*;
use motcua_contract::session::Profile;
use motcua_domain::answers::{Answer, Answers};
use motcua_domain::behalf::Behalf;
use motcua_domain::citizen_card::CitizenCard;
use motcua_domain::form::leaves::NAME;
use motcua_domain::form::{Kind, PersonPart, Question};
use motcua_domain::procedure::Procedure;
use motcua_journeys::draft::{Draft, DraftKey};

/// Looks, fifty milliseconds apart, that a page waits for the answer who is signed in.
const PATIENCE: u32 = 50;

/// Finds out who is signed in, and whom this device remembers. Signing in leaves the app, so that
/// once for each start is enough; without an answer there is nothing to fill in.
pub async fn prepare(services: Services) {
    services.people.set(people::all().await);
    ask_who(services).await;
    services.prepared.set(true);
}

/// Waits until it is known whose drafts are opened and what can be filled in; not for ever, since on a
/// weak network the citizen can well begin without.
pub async fn wait(services: Services) {
    for _ in 0..PATIENCE {
        if services.prepared.get_untracked() || !services.online.get_untracked() {
            return;
        }
        tasks::sleep(50).await;
    }
}

async fn ask_who(services: Services) {
    // It would be the visitor before this one.
    if services.counter.is_owed() {
        return;
    }
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
            services.people.set(people::all().await);
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
    /// An earlier dossier on this device.
    Earlier,
}

/// A scanned card, and where it is to be filled in: bound at its first use, so that it never comes
/// to lie in another person's dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldCard {
    /// The card.
    pub card: CitizenCard,
    /// The draft and the person in it.
    pub bound: Option<(DraftKey, String)>,
}

/// What is known of one person, by the part of a person's path.
type Parts = Vec<(String, String)>;

/// Fills in what these questions ask and is not answered yet. Says by whose word anything is filled
/// in, which the page should say.
pub fn offer(
    services: Services,
    procedure: &Procedure,
    key: &DraftKey,
    asked: &[Question],
) -> Option<Source> {
    let draft = services.draft.find_now(key)?;
    if draft.is_locked() {
        return None;
    }
    let mut told = None;
    for person in people_of(procedure, asked) {
        let Some((source, parts)) = find_known(services, procedure, &draft, &person) else {
            continue;
        };
        if fill(services, &draft.answers, &person, asked, &parts) {
            told = Some(source);
        }
    }
    fill_usual(services, key, asked);
    told
}

/// Fills a person in with what is known of them, as the citizen asked for.
pub fn fill_in(
    services: Services,
    key: &DraftKey,
    person: &str,
    asked: &[Question],
    of: &KnownPerson,
) {
    let parts: Parts = of.parts.iter().map(|(part, value)| (part.clone(), value.clone())).collect();
    if services.draft.find_now(key).is_some() {
        fill(services, &Answers::default(), person, asked, &parts);
    }
}

/// The people of whom these questions ask.
pub fn people_of(procedure: &Procedure, asked: &[Question]) -> Vec<String> {
    let mut people: Vec<String> = Vec::new();
    for (person, _) in procedure.form.people() {
        let under = format!("{person}.");
        let is_asked = asked.iter().any(|question| question.id.starts_with(&under));
        if is_asked && !people.iter().any(|known| known == person) {
            people.push(person.to_owned());
        }
    }
    people
}

fn fill(
    services: Services,
    answers: &Answers,
    person: &str,
    asked: &[Question],
    parts: &Parts,
) -> bool {
    let mut told = false;
    for (part, value) in parts {
        let id = format!("{person}.{part}");
        if !asked.iter().any(|question| question.id == id) || value.is_empty() {
            continue;
        }
        match answers.0.get(&id) {
            Some(Answer::Many(_)) => {}
            Some(Answer::One(answer)) if !answer.is_empty() => told |= answer == value,
            _ => {
                services.draft.answer(&id, Answer::One(value.clone()));
                told = true;
            }
        }
    }
    told
}

/// What most people answer, in a guided run what its person answers, and for an address the commune that this is.
fn fill_usual(services: Services, key: &DraftKey, asked: &[Question]) {
    let Some(draft) = services.draft.find_now(key) else { return };
    let home = services.config.get_untracked().map(|config| config.home.clone());
    // In a guided run, what the fictional person answers.
    let story = services.counter.story.with_untracked(|story| Story::find(story));
    let story = story.filter(|story| story.procedure() == key.procedure.as_str());
    for question in asked.iter().filter(|question| draft.answers.find(&question.id).is_none()) {
        let value = match (&question.kind, &home) {
            (Kind::Province, Some(home)) => Some(home.province.clone()),
            (Kind::Commune, Some(home)) => Some(home.commune.clone()),
            _ => story.and_then(|story| story.answer(&question.id)).or(question.usual.clone()),
        };
        // A commune belongs to the province above it.
        let other_province = question
            .id
            .strip_suffix("commune")
            .and_then(|above| draft.answers.find_one(&format!("{above}province")))
            .is_some_and(|province| home.as_ref().is_none_or(|home| home.province != province));
        if let Some(value) = value.filter(|_| !other_province) {
            services.draft.answer(&question.id, Answer::One(value));
        }
    }
}

/// The scanned card comes first: it was held up for this very purpose, and may be another person's
/// than the phone's owner's. Only the applicant is filled in unasked.
fn find_known(
    services: Services,
    procedure: &Procedure,
    draft: &Draft,
    person: &str,
) -> Option<(Source, Parts)> {
    let key = draft.key();
    let is_applicant = procedure.applicant.as_deref() == Some(person);
    if let Some(held) = services.card.get_untracked() {
        let fits = match &held.bound {
            Some((bound, whose)) => *bound == key && whose == person,
            None => is_applicant,
        };
        if fits {
            let bound = Some((key, person.to_owned()));
            let parts = parts_of_card(&held.card);
            services.card.set(Some(HeldCard { bound, ..held }));
            return Some((Source::Card, parts));
        }
    }
    if !is_applicant {
        return None;
    }
    let known = services.people.with_untracked(|people| {
        let fits = |known: &&KnownPerson| match &draft.slot {
            Some(slot) => known.id == *slot,
            None => known.own,
        };
        people.iter().find(fits).map(|known| {
            known.parts.iter().map(|(part, value)| (part.clone(), value.clone())).collect::<Parts>()
        })
    });
    let own = draft.slot.is_none() && draft.behalf == Behalf::Myself;
    match services.profile.get_untracked().filter(|_| own) {
        Some(profile) => {
            let mut parts = parts_of_profile(&profile);
            parts.extend(known.unwrap_or_default());
            Some((Source::Profile, parts))
        }
        None => known.map(|parts| (Source::Earlier, parts)),
    }
}

fn parts_of_card(card: &CitizenCard) -> Parts {
    let residence = format!("{}.detail", PersonPart::Residence.key());
    vec![
        (NAME.to_owned(), person_name(&card.name)),
        (PersonPart::BirthDate.key().to_owned(), card.birth_date.to_string()),
        (PersonPart::CitizenNumber.key().to_owned(), card.number.as_str().to_owned()),
        (residence, village(&card.residence)),
    ]
}

fn parts_of_profile(profile: &Profile) -> Parts {
    let residence = format!("{}.detail", PersonPart::Residence.key());
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    vec![
        (NAME.to_owned(), profile.name.clone()),
        (
            PersonPart::BirthDate.key().to_owned(),
            profile.birth_date.map(|date| date.to_string()).unwrap_or_default(),
        ),
        (PersonPart::CitizenNumber.key().to_owned(), text(&profile.citizen_number)),
        (PersonPart::Phone.key().to_owned(), text(&profile.phone)),
        (residence, village(&text(&profile.address))),
    ]
}

/// Of an address in one line, what stands before commune and province: those two are chosen, since
/// most lines still name units that are gone.
fn village(address: &str) -> String {
    let parts: Vec<&str> = address.split(',').map(str::trim).collect();
    let kept = parts.len().saturating_sub(2).max(1);
    parts[..kept.min(parts.len())].join(", ")
}

/// Cards print names in capitals; people write them with capital initials.
fn person_name(printed: &str) -> String {
    let words = printed.split_whitespace().map(|word| {
        let rest = word.char_indices().nth(1).map_or(word.len(), |(at, _)| at);
        format!("{}{}", &word[..rest], intl::lower(&word[rest..]))
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::village;

    #[test]
    fn a_village_is_what_stands_before_commune_and_province() {
        assert_eq!(village("Thôn Bắc, xã Kim Thành, Hải Phòng"), "Thôn Bắc");
        assert_eq!(village("Số 5, Thôn 3, Kim Anh, Kim Thành"), "Số 5, Thôn 3");
        assert_eq!(village("Kim Thành"), "Kim Thành");
        assert_eq!(village(""), "");
    }
}
