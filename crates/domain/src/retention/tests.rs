//! The table as it is kept, and what a table with a mistake in it is told.

use super::*;

fn table() -> RetentionTable {
    serde_json::from_str(include_str!("../../../../catalogue/retention.json")).unwrap()
}

#[test]
fn the_table_holds_together() {
    assert_eq!(table().check(), Vec::<String>::new());
}

#[test]
fn every_field_resolves_to_purpose_ground_and_period() {
    let table = table();
    for place in [Place::Office, Place::Phone] {
        for (name, store) in table.stores(place) {
            for field in store.fields.keys() {
                assert!(table.find(place, name, field).is_some(), "{name}.{field}");
            }
        }
    }
    assert_eq!(table.find(Place::Office, "sessions", "nothing"), None);
    assert_eq!(table.find(Place::Office, "nothing", "id"), None);
}

#[test]
fn identity_and_photos_are_sensitive() {
    let table = table();
    let kind = |store, field| table.find(Place::Office, store, field).unwrap().kind;
    assert_eq!(kind("sessions", "profile"), Kind::Sensitive);
    assert_eq!(kind("upload_chunks", "object"), Kind::Sensitive);
    assert_eq!(kind("kept_papers", "object"), Kind::Sensitive);
    assert_eq!(kind("serials", "last"), Kind::NotPersonal);
}

#[test]
fn a_run_says_what_from_when_and_after_how_long() {
    let table = table();
    let runs = table.runs();
    let sessions = runs.iter().find(|run| run.table == "sessions").unwrap();
    assert_eq!((sessions.after, sessions.seconds), ("seen_at", 12 * 3_600));
    assert!(sessions.fields.is_empty());
    let messages = runs.iter().find(|run| run.table == "messages").unwrap();
    assert_eq!(messages.fields, ["phone", "words"]);
    assert!(runs.iter().all(|run| run.table != "uploads"), "that is the sweep's");
}

#[test]
fn mistakes_are_named() {
    let mut wrong = table();
    wrong.groups[0].ground = "nowhere".into();
    wrong.periods.get_mut("days_90").unwrap().seconds = Some(0);
    let messages = wrong.tables.get_mut("messages").unwrap();
    messages.fields.get_mut("phone").unwrap().en.clear();
    let keep = messages.fields.get_mut("words").unwrap().keep.as_mut().unwrap();
    keep.after = Some("no_such_column".into());
    wrong.phone.get_mut("cookie:__Host-motcua").unwrap().group = "dossiers".into();
    let flaws = wrong.check().join("\n");
    for part in [
        "no ground nowhere",
        "days_90: not above zero",
        "messages.phone: not in both languages",
        "messages.words: counted from no field",
        "cookie:__Host-motcua: no group dossiers in this place",
    ] {
        assert!(flaws.contains(part), "{part} in {flaws}");
    }
}
