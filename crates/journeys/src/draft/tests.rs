//! A draft survives what a phone does to it, and changes only when it may.

use super::*;
use crate::upload::Phase;
use motcua_domain::answers::Answer;
use motcua_domain::form::Form;

fn code() -> ProcedureCode {
    ProcedureCode::parse("2.000635").unwrap()
}

/// One question, which was called otherwise before.
fn form() -> Form {
    serde_json::from_value(serde_json::json!({
        "pages": [{ "id": "p", "title": { "vi": "P" }, "questions": [
            { "id": "name", "label": { "vi": "Tên" }, "kind": { "type": "text", "max": 50 } }
        ] }],
        "renamed": { "old_name": "name" }
    }))
    .unwrap()
}

fn open(kept: Option<String>) -> State {
    let found = kept.and_then(|text| serde_json::from_str(&text).ok());
    let event =
        Event::Opened { found, key: DraftKey::own(code()), form: Box::new((form(), 1)), now: 1 };
    step(&State::default(), event).0
}

fn answer(state: &State, text: &str) -> (State, Vec<Effect>) {
    let answer = Answer::One(text.into());
    step(state, Event::Answered { question: "name".into(), answer, now: 2 })
}

fn kept(effects: &[Effect]) -> String {
    let Effect::Save { text, .. } = &effects[0] else { panic!("{effects:?}") };
    text.clone()
}

/// A picked file, `p1`.
fn picture() -> Paper {
    Paper {
        id: "p1".into(),
        name: "a.jpg".into(),
        media_type: "image/jpeg".into(),
        size: 3,
        sha256: String::new(),
        upload: Phase::Waiting,
        pages: vec![],
        doubts: vec![],
    }
}

#[test]
fn what_was_typed_is_there_again_after_the_tab_was_killed() {
    let (_, effects) = answer(&open(None), "Nguyễn Văn");
    let again = open(Some(kept(&effects)));
    assert!(again.restored);
    assert_eq!(again.draft.unwrap().answers.find_one("name"), Some("Nguyễn Văn"));
}

#[test]
fn the_same_answer_is_not_saved_twice() {
    let (state, _) = answer(&open(None), "a");
    assert_eq!(answer(&state, "a").1, []);
}

#[test]
fn a_draft_of_another_layout_or_procedure_is_not_read() {
    let (_, effects) = answer(&open(None), "a");
    for broken in [
        kept(&effects).replace("\"layout\":1", "\"layout\":9"),
        kept(&effects).replace("2.000635", "1.001193"),
        "{".to_owned(),
    ] {
        assert!(!open(Some(broken)).restored);
    }
}

#[test]
fn a_change_drops_a_submission_that_never_left_and_waits_for_one_that_did() {
    let submission = |sent| {
        let submission = Submission { key: "k".into(), body: "{}".into(), sent };
        Event::SubmissionChanged(Some(submission))
    };
    let (state, _) = step(&open(None), submission(false));
    assert_eq!(answer(&state, "a").0.draft.unwrap().submission, None);
    let (state, _) = step(&open(None), submission(true));
    let (after, effects) = answer(&state, "a");
    assert_eq!(after, state);
    assert_eq!(effects, []);
}

#[test]
fn a_new_form_keeps_the_answers_and_is_said() {
    let (_, effects) = answer(&open(None), "a");
    let found = serde_json::from_str(&kept(&effects)).ok();
    let event =
        Event::Opened { found, key: DraftKey::own(code()), form: Box::new((form(), 2)), now: 3 };
    let (state, _) = step(&State::default(), event);
    assert!(state.form_changed);
    assert_eq!(state.draft.unwrap().answers.find_one("name"), Some("a"));
    assert!(!open(Some(kept(&effects))).form_changed);
}

#[test]
fn a_draft_is_kept_thirty_days_after_its_last_change() {
    let (state, _) = answer(&open(None), "a");
    assert_eq!(state.draft.unwrap().kept_until(), Some(2 + 30 * 86_400));
}

#[test]
fn a_draft_from_another_device_is_kept_before_anything_else() {
    let (given, _) = answer(&open(None), "Trần");
    let draft = Box::new(given.draft.clone().unwrap());
    let (state, effects) = step(&State::default(), Event::Adopted(draft));
    assert_eq!(open(Some(kept(&effects))).draft, given.draft);
    assert!(state.restored);
}

#[test]
fn an_ended_draft_takes_its_papers_with_it() {
    let event = Event::PaperAdded { component: "c".into(), paper: picture(), now: 3 };
    let (state, _) = step(&open(None), event);
    let (state, effects) = step(&state, Event::Ended);
    assert_eq!(state.draft, None);
    assert_eq!(
        effects,
        [Effect::Remove { key: DraftKey::own(code()) }, Effect::RemovePaper { id: "p1".into() }]
    );
}

#[test]
fn an_old_drafts_answers_come_along_and_what_is_left_behind_is_counted() {
    let old = r#"{"layout":1,"procedure":"2.000635","form_version":1,
        "answers":{"old_name":"Lan","gone":"x"},"papers":{},"submission":null,"changed":1}"#;
    let found = serde_json::from_str(old).ok();
    let event =
        Event::Opened { found, key: DraftKey::own(code()), form: Box::new((form(), 2)), now: 3 };
    let state = step(&State::default(), event).0;
    assert!(state.form_changed);
    assert_eq!(state.answers_dropped, 1);
    assert_eq!(state.draft.unwrap().answers.find_one("name"), Some("Lan"));
}

#[test]
fn a_change_takes_a_draft_out_of_the_queue_and_so_does_a_refusal() {
    let (state, _) = answer(&open(None), "a");
    let (state, effects) = step(&state, Event::Queued(true));
    assert!(kept(&effects).contains("\"queued\":true"));
    assert!(!answer(&state, "b").0.draft.unwrap().queued);
    let (state, _) = step(&state, Event::SubmissionChanged(None));
    assert!(!state.draft.unwrap().queued);
}

#[test]
fn each_person_has_a_draft_of_their_own() {
    let other = DraftKey { slot: Some("a1".into()), ..DraftKey::own(code()) };
    let (_, effects) = answer(&open(None), "a");
    let found = serde_json::from_str(&kept(&effects)).ok();
    let event = Event::Opened { found, key: other.clone(), form: Box::new((form(), 1)), now: 1 };
    let state = step(&State::default(), event).0;
    assert!(!state.restored, "another person's draft is not read");
    let (_, effects) = answer(&state, "b");
    assert!(matches!(&effects[0], Effect::Save { key, .. } if *key == other));
}

#[test]
fn for_whom_it_is_is_kept() {
    let (state, effects) =
        step(&open(None), Event::BehalfChosen { behalf: Behalf::Relative, now: 2 });
    assert!(kept(&effects).contains("relative"));
    assert_eq!(state.draft.unwrap().behalf, Behalf::Relative);
}

#[test]
fn nobody_is_exempt_before_they_say_so() {
    let state = open(None);
    assert_eq!(state.draft.as_ref().unwrap().exempt, None);
    let claim = |state: &State, group| step(state, Event::ExemptionClaimed { group, now: 3 });
    let (state, effects) = claim(&state, Some(ExemptGroup::Disabled));
    assert!(kept(&effects).contains("disabled"));
    assert_eq!(open(Some(kept(&effects))).draft.unwrap().exempt, Some(ExemptGroup::Disabled));
    // Said again nothing happens; it is written once.
    assert_eq!(claim(&state, Some(ExemptGroup::Disabled)).1, []);
    let (state, effects) = claim(&state, None);
    assert!(!kept(&effects).contains("disabled"));
    assert_eq!(state.draft.unwrap().exempt, None);
}

#[test]
fn a_kept_paper_is_used_once_and_can_be_let_go() {
    let name = "Giấy chứng sinh".to_owned();
    let reused = Reused { paper: "k1".into(), name, consented_at: 5, shown: None };
    let take = |state: &State| {
        let (component, reused) = ("c".to_owned(), reused.clone());
        step(state, Event::PaperReused { component, reused, now: 5 })
    };
    let (state, effects) = take(&open(None));
    assert_eq!(effects.len(), 1);
    assert!(state.draft.as_ref().unwrap().has_paper("c"));
    assert_eq!(take(&state).1, []);
    let drop = Event::ReuseDropped { paper: "k1".into(), now: 6 };
    let (state, effects) = step(&state, drop.clone());
    assert_eq!(effects.len(), 1);
    assert!(!state.draft.as_ref().unwrap().has_paper("c"));
    assert_eq!(step(&state, drop).1, []);
}
