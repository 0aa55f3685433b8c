//! What must hold within the table of what is kept. Whether it names every field there is, only tests of
//! the database and of the phone can say.

use super::{End, Hand, Keep, Place, RetentionTable, Store};
use crate::text::Text;

impl RetentionTable {
    /// What is wrong with the table, each flaw with its place.
    pub fn check(&self) -> Vec<String> {
        let mut flaws = vec![];
        let said = |text: &Text| !text.vi.trim().is_empty() && !text.en.trim().is_empty();
        for (at, text) in self.notice.iter().chain(&self.rights).enumerate() {
            if !said(text) {
                flaws.push(format!("notice or right {at}: not in both languages"));
            }
        }
        for (id, ground) in &self.grounds {
            if !said(&ground.name) || ground.source.trim().is_empty() {
                flaws.push(format!("ground {id}: name or source is missing"));
            }
        }
        for (id, period) in &self.periods {
            if !said(&period.name) || period.source.trim().is_empty() {
                flaws.push(format!("period {id}: name or source is missing"));
            }
            if period.seconds.is_some_and(|seconds| seconds <= 0) {
                flaws.push(format!("period {id}: not above zero"));
            }
        }
        for (at, group) in self.groups.iter().enumerate() {
            let twice = self.groups.iter().take(at).any(|other| other.id == group.id);
            if twice || !said(&group.name) || !said(&group.purpose) {
                flaws.push(format!("group {}: twice, or without name or purpose", group.id));
            }
            if !self.grounds.contains_key(&group.ground) {
                flaws.push(format!("group {}: no ground {}", group.id, group.ground));
            }
            flaws.extend(self.flaw_of(&format!("group {}", group.id), &group.keep, None));
        }
        for place in [Place::Office, Place::Phone] {
            for (name, store) in self.stores(place) {
                flaws.extend(self.flaws_of(place, name, store));
            }
        }
        flaws
    }

    fn flaws_of(&self, place: Place, name: &str, store: &Store) -> Vec<String> {
        let mut flaws = vec![];
        let group = self.groups.iter().find(|group| group.id == store.group);
        if group.is_none_or(|group| group.place != place) {
            flaws.push(format!("{name}: no group {} in this place", store.group));
        }
        if let Some(keep) = store.keep.as_ref().or(group.map(|group| &group.keep)) {
            flaws.extend(self.flaw_of(name, keep, Some(store)));
            if keep.end == End::Nameless {
                flaws.push(format!("{name}: only a field can become nameless"));
            }
        }
        // Names of the database go into statements as they are.
        let plain = |name: &str| {
            name.bytes()
                .all(|byte| byte == b'_' || byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        if place == Place::Office
            && ![name].into_iter().chain(store.fields.keys().map(String::as_str)).all(plain)
        {
            flaws.push(format!("{name}: a name that is none of a database"));
        }
        for (field, said) in &store.fields {
            let at = format!("{name}.{field}");
            if said.vi.trim().is_empty() || said.en.trim().is_empty() {
                flaws.push(format!("{at}: not in both languages"));
            }
            if let Some(keep) = &said.keep {
                flaws.extend(self.flaw_of(&at, keep, Some(store)));
            }
        }
        if let Some(rest) = &store.rest
            && [&rest.vi, &rest.en, &rest.why].iter().any(|text| text.trim().is_empty())
        {
            flaws.push(format!("{name}: the rest has no words or no reason"));
        }
        flaws
    }

    fn flaw_of(&self, at: &str, keep: &Keep, store: Option<&Store>) -> Option<String> {
        let Some(period) = self.periods.get(&keep.period) else {
            return Some(format!("{at}: no period {}", keep.period));
        };
        if keep.by != Hand::Retention {
            return None;
        }
        if period.seconds.is_none() || !matches!(keep.end, End::Deleted | End::Nameless) {
            return Some(format!("{at}: a run needs seconds, and deletes or empties"));
        }
        let column = keep.after.as_ref();
        let known = |store: &Store| column.is_some_and(|name| store.fields.contains_key(name));
        // A group has no columns; each of its tables is looked at.
        let fits = store.is_none_or(known);
        (!fits).then(|| format!("{at}: counted from no field of its table"))
    }
}
