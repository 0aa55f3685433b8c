//! What a form asks, of whom, and what is submitted; and what of an old draft comes along.

use super::*;
use crate::form::leaves::ANY_ROW;
use proptest::prelude::*;

fn today() -> CivilDate {
    "2026-11-25".parse().unwrap()
}

/// A birth in small: the mother may be the applicant, and there are rows.
fn form() -> Form {
    serde_json::from_value(serde_json::json!({
        "pages": [
            { "id": "quan-he", "title": { "vi": "Quan hệ", "en": "Relation" }, "questions": [
                { "id": "relation", "label": { "vi": "Quan hệ", "en": "Relation" },
                  "kind": { "type": "choice", "options": [
                      { "id": "mother", "label": { "vi": "Mẹ", "en": "Mother" } },
                      { "id": "father", "label": { "vi": "Cha", "en": "Father" } } ] } } ] },
            { "id": "nguoi-yeu-cau", "title": { "vi": "Ai?", "en": "Who?" }, "questions": [
                { "id": "applicant", "label": { "vi": "Người yêu cầu", "en": "Applicant" },
                  "kind": { "type": "person", "parts": ["birth_date", "citizen_number"] } } ] },
            { "id": "me", "title": { "vi": "Mẹ", "en": "Mother" }, "questions": [
                { "id": "mother", "label": { "vi": "Mẹ", "en": "Mother" },
                  "kind": { "type": "person", "parts": ["birth_date", "citizen_number", "ethnicity"],
                            "sex": "female",
                            "same": { "person": "applicant", "when": { "is": { "question": "relation", "value": "mother" } } } } } ] },
            { "id": "lien-he", "title": { "vi": "Liên hệ", "en": "Contact" }, "questions": [
                { "id": "contact", "label": { "vi": "Liên hệ", "en": "Contact" },
                  "kind": { "type": "person", "more_of": "applicant", "parts": ["phone", "residence"] } } ] },
            { "id": "sua", "title": { "vi": "Sửa", "en": "Change" }, "questions": [
                { "id": "changes", "label": { "vi": "Sửa", "en": "Changes" },
                  "kind": { "type": "group", "min": 1, "max": 3, "item": { "vi": "Mục", "en": "Item" },
                    "questions": [
                      { "id": "what", "label": { "vi": "Gì", "en": "What" }, "kind": { "type": "text", "max": 20 } },
                      { "id": "why", "label": { "vi": "Vì sao", "en": "Why" }, "kind": { "type": "text", "max": 20 },
                        "when": { "is": { "question": "what", "value": "other" } } } ] } } ] }
        ],
        "renamed": { "applicant_name": "applicant.name" }
    }))
    .unwrap()
}

fn answers(given: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::default();
    for (question, value) in given {
        answers.set(question, Answer::One((*value).to_owned()));
    }
    answers
}

fn asked(given: &Answers) -> Vec<String> {
    form().questions_asked(given, today()).into_iter().map(|question| question.id).collect()
}

#[test]
fn a_person_an_address_and_a_group_are_asked_in_parts() {
    assert_eq!(
        asked(&answers(&[("relation", "father")])),
        [
            "relation",
            "applicant.name",
            "applicant.birth_date",
            "applicant.citizen_number",
            "mother.name",
            "mother.birth_date",
            "mother.citizen_number",
            "mother.ethnicity",
            "applicant.phone",
            "applicant.residence.province",
            "applicant.residence.commune",
            "applicant.residence.detail",
            "changes.1.what",
            "changes",
        ]
    );
}

#[test]
fn who_is_known_is_asked_only_for_what_is_not() {
    let given = answers(&[("relation", "mother"), ("applicant.name", "Phạm Thị Hương")]);
    let of_mother: Vec<String> =
        asked(&given).into_iter().filter(|id| id.starts_with("mother.")).collect();
    assert_eq!(of_mother, ["mother.ethnicity"]);
    let relevant = form().relevant(&given, today());
    assert_eq!(relevant.find_one("mother.name"), Some("Phạm Thị Hương"));
    assert_eq!(relevant.find("mother.residence.detail"), None, "not wanted of the mother");
}

#[test]
fn what_is_said_of_somebody_known_is_put_right_where_it_was_asked() {
    let given = answers(&[("relation", "mother")]);
    assert_eq!(form().asked_as("mother.birth_date", &given, today()), "applicant.birth_date");
    assert_eq!(
        form().asked_as("mother.birth_date", &Answers::default(), today()),
        "mother.birth_date"
    );
    assert_eq!(form().asked_as("relation", &given, today()), "relation");
}

#[test]
fn a_page_of_somebody_known_is_not_asked() {
    let mut form = form();
    let Kind::Person(mother) = &mut form.pages[2].questions[0].kind else { panic!() };
    mother.parts.retain(|part| *part != PersonPart::Ethnicity);
    let given = answers(&[("relation", "mother")]);
    assert!(form.pages_asked(&given, today()).all(|page| page.id != "me"));
}

#[test]
fn a_condition_in_a_group_looks_at_its_own_row() {
    let mut given = answers(&[("changes.1.what", "name"), ("changes.2.what", "other")]);
    given.set("changes", Answer::Many(vec!["1".into(), "2".into()]));
    let ids = asked(&given);
    assert!(
        ids.contains(&"changes.2.why".to_owned()) && !ids.contains(&"changes.1.why".to_owned())
    );
    let row = form().questions_asked(&given, today()).into_iter().find_map(|q| q.row).unwrap();
    assert_eq!((row.group.as_str(), row.row.as_str(), row.number), ("changes", "1", 1));
}

#[test]
fn rows_that_there_must_be_are_submitted_as_such() {
    let relevant = form().relevant(&answers(&[("changes.1.what", "name")]), today());
    assert_eq!(relevant.find("changes"), Some(&Answer::Many(vec!["1".into()])));
}

#[test]
fn an_old_draft_comes_along_under_new_names() {
    let old =
        answers(&[("applicant_name", "Phạm Thị Hương"), ("gone", "x"), ("relation", "mother")]);
    let (migrated, dropped) = form().migrated(&old);
    assert_eq!(migrated.find_one("applicant.name"), Some("Phạm Thị Hương"));
    assert_eq!(migrated.find_one("relation"), Some("mother"));
    assert_eq!((dropped, migrated.0.len()), (1, 2));
}

#[test]
fn every_leaf_is_known_and_nothing_else_is() {
    let form = form();
    for leaf in form.leaves() {
        assert!(form.knows(&leaf.id.replace(ANY_ROW, "7")), "{}", leaf.id);
    }
    for stranger in ["", "mother", "mother.phone", "changes.1", "changes.x.what", "relation.0"] {
        assert!(!form.knows(stranger), "{stranger}");
    }
}

proptest! {
    /// Whatever was answered: what is submitted is known to the form, submitting it again changes
    /// nothing, and what is asked does not depend on what was not asked.
    #[test]
    fn relevant_is_stable(
        relation in "mother|father|x|",
        rows in prop::collection::vec("[0-9a-z]{0,3}", 0..5),
        values in prop::collection::btree_map("[a-z.0-9_]{0,24}", "[a-z0-9]{0,6}", 0..8),
    ) {
        let form = form();
        let mut given = Answers::default();
        for (id, value) in values {
            given.set(&id, Answer::One(value));
        }
        given.set("relation", Answer::One(relation));
        given.set("changes", Answer::Many(rows));
        let once = form.relevant(&given, today());
        prop_assert_eq!(&form.relevant(&once, today()), &once);
        let ids = |answers: &Answers| {
            let asked = form.questions_asked(answers, today());
            asked.into_iter().map(|question| question.id).collect::<Vec<_>>()
        };
        prop_assert_eq!(ids(&given), ids(&once));
    }
}
