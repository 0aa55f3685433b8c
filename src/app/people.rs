//! People whose data this device remembers, so that nothing is typed again: oneself from the last
//! dossier, and relatives for whom one filed. Sealed, and kept for whoever is signed in; each can be
//! taken off. Knows nothing of screens.

use super::{order, vault, wire};
use crate::browser::storage::Shelf;
use crate::browser::{clock, crypto, tasks};
use motcua_domain::answers::{Answer, Answers};
use motcua_domain::form::leaves::NAME;
use motcua_domain::form::{Form, PersonPart};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownPerson {
    /// Id; the slot of this person's drafts.
    pub id: String,
    /// Whether it is the one whose phone this is.
    pub own: bool,
    /// What is known, by the part of a person's path: `name`, `residence.commune`.
    pub parts: BTreeMap<String, String>,
    /// When it was last used, in seconds.
    pub used: i64,
}

impl KnownPerson {
    /// The person's name.
    pub fn name(&self) -> &str {
        self.parts.get(NAME).map_or("", String::as_str)
    }

    fn number(&self) -> Option<&String> {
        self.parts.get(PersonPart::CitizenNumber.key())
    }
}

/// Everybody who is remembered, the one used last first.
pub async fn all() -> Vec<KnownPerson> {
    let texts = vault::texts(Shelf::People).await.unwrap_or_default();
    let mut people: Vec<KnownPerson> =
        texts.iter().filter_map(|text| wire::read(text).ok()).collect();
    order::falling(&mut people, |person| person.used);
    people
}

/// Takes a person off this device.
pub async fn remove(id: &str) {
    if let Err(why) = vault::remove(Shelf::People, id).await {
        tasks::log_failure("remove person", &why);
    }
}

/// An id for a person who was not here before.
pub fn new_id() -> Option<String> {
    let key = crypto::random_key().ok()?;
    let id: String = key.chars().filter(|c| c.is_ascii_alphanumeric()).take(12).collect();
    Some(id.to_ascii_lowercase())
}

/// Remembers what a dossier said of a person. Whoever has the same number is the same person.
pub async fn remember(form: &Form, answers: &Answers, person: &str, slot: Option<&str>) {
    let under = format!("{person}.");
    let mut parts = BTreeMap::new();
    for (id, answer) in &answers.0 {
        if let (Some(part), Answer::One(text)) = (id.strip_prefix(&under), answer) {
            parts.insert(part.to_owned(), text.clone());
        }
    }
    let asked = form.people().any(|(known, _)| known == person);
    let Some(number) = parts.get(PersonPart::CitizenNumber.key()).filter(|_| asked) else { return };
    let known = all().await.into_iter().find(|known| match slot {
        Some(slot) => known.id == slot || known.number() == Some(number),
        None => known.own || known.number() == Some(number),
    });
    let same = known.as_ref().is_some_and(|known| known.number() == Some(number));
    let Some(id) = known.as_ref().map(|known| known.id.clone()).or_else(new_id) else { return };
    // A parent who files for a child is the applicant, and stays the one whose phone this is.
    let own = slot.is_none() || (same && known.as_ref().is_some_and(|known| known.own));
    // What was known and not asked this time stays; of another person nothing does.
    let mut all_parts = known.filter(|_| same).map(|known| known.parts).unwrap_or_default();
    all_parts.append(&mut parts);
    let now = clock::now_seconds();
    let record = KnownPerson { id, own, parts: all_parts, used: now };
    let Ok(text) = serde_json::to_string(&record) else { return };
    if let Err(why) = vault::put_text(Shelf::People, &record.id, &text).await {
        tasks::log_failure("remember person", &why);
    }
}
