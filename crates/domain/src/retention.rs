//! What is kept of people, why, and for how long: the shape of the one table that says it for every field
//! of the office's database and of the phone, and what must hold within it. Knows neither SQL nor the
//! clock; `catalogue/retention.json` is the table.
//!
//! Source: Law 91/2025/QH15 on personal data and Decree 356/2025/NĐ-CP: each field has a purpose, a legal
//! basis and an end.

mod check;

use crate::procedure::Proof;
use crate::text::Text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetentionTable {
    /// How to read it and what of it nobody checked; for whoever edits it.
    pub note: String,
    /// What everybody is told, paragraph by paragraph.
    pub notice: Vec<Text>,
    /// What a person may ask for, a line each.
    pub rights: Vec<Text>,
    /// Legal bases by id.
    pub grounds: BTreeMap<String, Ground>,
    /// Periods by id.
    pub periods: BTreeMap<String, Period>,
    /// Kinds of things that are kept, as a person is told of them, in the order in which they are shown.
    pub groups: Vec<Group>,
    /// Every table of the office's database.
    pub tables: BTreeMap<String, Store>,
    /// Everything that is kept on the phone; a name's first word says where: `indexeddb`, `local`,
    /// `session`, `cache`, `cookie`.
    pub phone: BTreeMap<String, Store>,
}

/// A legal basis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    /// As a person is told.
    pub name: Text,
    /// The text that it is in.
    pub source: String,
    /// How far that was checked.
    pub proof: Proof,
}

/// How long something is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// As a person is told.
    pub name: Text,
    /// In seconds; none where no clock ends it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<i64>,
    /// Where it comes from.
    pub source: String,
    /// How far that was checked.
    pub proof: Proof,
}

/// How a field ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// The row goes.
    Deleted,
    /// The row stays, the field is emptied: it names nobody any more.
    Nameless,
    /// It is a record of the office and goes the way of its archive.
    Archived,
    /// It names nobody; it stays as long as it is of use.
    Stays,
}

/// Who ends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hand {
    /// The retention run, by this table.
    Retention,
    /// The sweep of unfinished uploads.
    Uploads,
    /// The sweep of hand-overs.
    HandOvers,
    /// The sweep of questions to applicants.
    Confirmations,
    /// The sweep of wrong codes.
    Misses,
    /// The sweep of one-time codes and passes.
    Passes,
    /// The sweep of the desk's sessions.
    DeskSessions,
    /// The sweep of changes.
    Changes,
    /// The next sign-in, which clears away the old ones.
    Login,
    /// It goes with the row that it belongs to.
    Parent,
    /// The office's archive, outside of this system.
    Archive,
    /// Nobody: nothing of a person is in it.
    Nobody,
    /// The person, on the phone; or the wipe of a shared device.
    Person,
    /// The browser, when its time is over or the app brings a newer one.
    Browser,
}

/// How long, and how it ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keep {
    /// A period's id.
    pub period: String,
    /// The column that the period is counted from, where a clock ends it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// How it ends.
    pub end: End,
    /// Who ends it.
    pub by: Hand,
}

/// Where something is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// By the office.
    Office,
    /// On the phone.
    Phone,
}

/// What a field says of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Nothing.
    NotPersonal,
    /// Basic personal data.
    Basic,
    /// Sensitive personal data: photos of identity cards, data of a digital identity, what may hold them.
    Sensitive,
}

/// Whose data it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// The person who is signed in.
    Citizen,
    /// Everybody whom a dossier names: submitter, applicant, third persons.
    Dossier,
    /// Who pays.
    Payer,
    /// Who sent feedback.
    Sender,
    /// The office's staff.
    Staff,
    /// Whoever uses the phone.
    Phone,
    /// Nobody.
    Nobody,
}

/// A kind of things that are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Id.
    pub id: String,
    /// Where.
    pub place: Place,
    /// What it is called.
    pub name: Text,
    /// What for.
    pub purpose: Text,
    /// A ground's id.
    pub ground: String,
    /// How long, where a table or a field says nothing else.
    pub keep: Keep,
}

/// A table of the database, or a store of the phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Store {
    /// A group's id.
    pub group: String,
    /// Whose data.
    pub whose: Whose,
    /// How long, where a field says nothing else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep: Option<Keep>,
    /// Its fields by name.
    pub fields: BTreeMap<String, Field>,
    /// What holds for fields that are not named, and why they need not be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rest: Option<Rest>,
}

/// A field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// What it says of a person.
    pub kind: Kind,
    /// What it is, in plain Vietnamese.
    pub vi: String,
    /// The same in English.
    pub en: String,
    /// How long, where it is otherwise than its table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep: Option<Keep>,
}

/// What holds for the fields of a store that are not named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rest {
    /// What they say of a person.
    pub kind: Kind,
    /// What they are, in plain Vietnamese.
    pub vi: String,
    /// The same in English.
    pub en: String,
    /// Why naming them says no more.
    pub why: String,
}

/// All that is known of a field, from it, its store and its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known<'a> {
    /// What it says of a person.
    pub kind: Kind,
    /// Whose data it is.
    pub whose: Whose,
    /// What it is, in Vietnamese.
    pub what: &'a str,
    /// What for.
    pub purpose: &'a Text,
    /// The legal basis.
    pub ground: &'a Ground,
    /// How long.
    pub period: &'a Period,
    /// How it ends.
    pub keep: &'a Keep,
}

/// Something that the retention run does: rows to delete, or fields to empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run<'a> {
    /// The table.
    pub table: &'a str,
    /// The fields to empty; none where whole rows go.
    pub fields: Vec<&'a str>,
    /// The column that the period is counted from.
    pub after: &'a str,
    /// The period in seconds.
    pub seconds: i64,
}

impl RetentionTable {
    /// All that is known of a field of a store; nothing where the table says nothing of it.
    pub fn find(&self, place: Place, store: &str, field: &str) -> Option<Known<'_>> {
        let store = self.stores(place).get(store)?;
        let group = self.groups.iter().find(|group| group.id == store.group)?;
        let (kind, what, own) = match (store.fields.get(field), &store.rest) {
            (Some(field), _) => (field.kind, field.vi.as_str(), field.keep.as_ref()),
            (None, Some(rest)) => (rest.kind, rest.vi.as_str(), None),
            (None, None) => return None,
        };
        let keep = own.or(store.keep.as_ref()).unwrap_or(&group.keep);
        let (ground, period) = (self.grounds.get(&group.ground)?, self.periods.get(&keep.period)?);
        let (whose, purpose) = (store.whose, &group.purpose);
        Some(Known { kind, whose, what, purpose, ground, period, keep })
    }

    fn stores(&self, place: Place) -> &BTreeMap<String, Store> {
        match place {
            Place::Office => &self.tables,
            Place::Phone => &self.phone,
        }
    }

    /// What the retention run does.
    pub fn runs(&self) -> Vec<Run<'_>> {
        let mut runs: Vec<Run<'_>> = vec![];
        for (table, store) in &self.tables {
            let group = self.groups.iter().find(|group| group.id == store.group);
            let whole = store.keep.as_ref().or(group.map(|group| &group.keep));
            if let Some(run) = whole.and_then(|keep| self.run(table, keep, None)) {
                runs.push(run);
            }
            for (name, field) in &store.fields {
                let Some(keep) = &field.keep else { continue };
                let Some(run) = self.run(table, keep, Some(name)) else { continue };
                let same = |known: &&mut Run<'_>| {
                    known.table == run.table
                        && known.after == run.after
                        && known.seconds == run.seconds
                        && !known.fields.is_empty()
                };
                match runs.iter_mut().find(same) {
                    Some(known) => known.fields.extend(run.fields),
                    None => runs.push(run),
                }
            }
        }
        runs
    }

    fn run<'a>(
        &'a self,
        table: &'a str,
        keep: &'a Keep,
        field: Option<&'a str>,
    ) -> Option<Run<'a>> {
        if keep.by != Hand::Retention {
            return None;
        }
        let seconds = self.periods.get(&keep.period)?.seconds?;
        let fields = field.into_iter().collect();
        Some(Run { table, fields, after: keep.after.as_deref()?, seconds })
    }
}

#[cfg(test)]
mod tests;
