//! One example per kind of question, right and wrong, and what conditions do to a form.

use super::*;
use crate::form::{Condition, FormPage};
use crate::text::Text;
use proptest::prelude::*;

fn text(words: &str) -> Text {
    Text { vi: words.into(), en: words.into() }
}

fn question(id: &str, kind: Kind) -> Question {
    Question {
        id: id.into(),
        label: text(id),
        hint: None,
        kind,
        optional: false,
        usual: None,
        when: None,
        within: None,
        row: None,
    }
}

fn today() -> CivilDate {
    "2026-11-22".parse().unwrap()
}

fn verdict(kind: Kind, typed: &str) -> Result<(), Problem> {
    let mut answers = Answers::default();
    answers.set("q", Answer::One(normalise(&kind, typed)));
    check_question(&question("q", kind), &answers, today())
}

fn options() -> Vec<ChoiceOption> {
    vec![
        ChoiceOption { id: "yes".into(), label: text("Có") },
        ChoiceOption { id: "no".into(), label: text("Không") },
    ]
}

#[test]
fn right_answers_pass() {
    for (kind, typed) in [
        (Kind::Text { max: 5 }, " Ngữ "),
        (Kind::Number { min: 1, max: 20 }, "3"),
        (Kind::Money { max: 1_000_000 }, "500.000 đ"),
        (Kind::Date { future: false }, "22/11/2026"),
        (Kind::Choice { options: options() }, "yes"),
        (Kind::PersonName, "Nguyễn  Thị Ánh"),
        (Kind::CitizenNumber { birth_date: None, sex: None }, "030 148 001 234"),
        (Kind::Phone, "+84 912 345 678"),
        (Kind::Email, "lan@example.vn"),
        (Kind::AccountNumber, "1903 5678 9012"),
        (Kind::Province, "31"),
        (Kind::Commune, "10804"),
    ] {
        assert_eq!(verdict(kind.clone(), typed), Ok(()), "{kind:?} {typed}");
    }
}

#[test]
fn wrong_answers_say_what_is_wrong() {
    for (kind, typed, problem) in [
        (Kind::Text { max: 5 }, "", Problem::Missing),
        (Kind::Text { max: 5 }, "sáu chữ", Problem::TooLong { max: 5 }),
        (Kind::Number { min: 1, max: 20 }, "ba", Problem::NotANumber),
        (Kind::Number { min: 1, max: 20 }, "0", Problem::TooSmall { min: 1 }),
        (Kind::Number { min: 1, max: 20 }, "21", Problem::TooLarge { max: 20 }),
        (Kind::Date { future: false }, "mai", Problem::NotADate),
        (Kind::Date { future: false }, "2026-02-30", Problem::NoSuchDay),
        (Kind::Date { future: false }, "31/2/1990", Problem::NoSuchDay),
        (Kind::Date { future: false }, "23/11/2026", Problem::InTheFuture),
        (Kind::Date { future: false }, "01/01/1850", Problem::TooLongAgo),
        (Kind::Choice { options: options() }, "maybe", Problem::NotAnOption),
        (Kind::PersonName, "Ánh", Problem::NotAName),
        (
            Kind::CitizenNumber { birth_date: None, sex: None },
            "123456789",
            Problem::OldIdentityCard,
        ),
        (
            Kind::CitizenNumber { birth_date: None, sex: None },
            "12345678",
            Problem::NotACitizenNumber,
        ),
        (Kind::Phone, "12345", Problem::NotAPhone),
        (Kind::Email, "lan@", Problem::NotAnEmail),
        (Kind::AccountNumber, "12345", Problem::NotAnAccountNumber),
        (Kind::Province, "hp", Problem::NotAnOption),
        (Kind::Commune, "108", Problem::NotAnOption),
    ] {
        assert_eq!(verdict(kind.clone(), typed), Err(problem), "{kind:?} {typed}");
    }
}

#[test]
fn a_number_must_agree_with_the_birth_date() {
    let kind = Kind::CitizenNumber { birth_date: Some("born".into()), sex: None };
    let mut answers = Answers::default();
    answers.set("q", Answer::One("030148001234".into()));
    answers.set("born", Answer::One("1948-05-01".into()));
    assert_eq!(check_question(&question("q", kind.clone()), &answers, today()), Ok(()));
    answers.set("born", Answer::One("1949-05-01".into()));
    assert_eq!(
        check_question(&question("q", kind), &answers, today()),
        Err(Problem::NumberDisagreesWithBirthDate)
    );
}

#[test]
fn hidden_questions_are_neither_checked_nor_submitted() {
    let mut detail = question("detail", Kind::Text { max: 10 });
    detail.when = Some(Condition::Is { question: "more".into(), value: "yes".into() });
    let form = Form {
        pages: vec![FormPage {
            id: "p".into(),
            title: text("p"),
            hint: None,
            when: None,
            questions: vec![question("more", Kind::Choice { options: options() }), detail],
        }],
        ..Form::default()
    };
    let mut answers = Answers::default();
    answers.set("more", Answer::One("no".into()));
    answers.set("detail", Answer::One("left over".into()));
    assert_eq!(check(&form, &answers, today()), []);
    assert!(form.relevant(&answers, today()).find("detail").is_none());

    answers.set("more", Answer::One("yes".into()));
    answers.set("detail", Answer::One(String::new()));
    answers.set("stray", Answer::One("x".into()));
    let problems = check(&form, &answers, today());
    assert_eq!(problems.len(), 2);
    assert_eq!(
        (problems[0].question.as_str(), &problems[0].problem),
        ("detail", &Problem::Missing)
    );
    assert_eq!((problems[1].question.as_str(), &problems[1].problem), ("stray", &Problem::Unknown));
}

proptest! {
    #[test]
    fn any_text_has_a_verdict_and_normalising_twice_changes_nothing(typed in ".{0,40}") {
        for kind in [
            Kind::Text { max: 10 }, Kind::LongText { max: 10 }, Kind::Number { min: 0, max: 9 },
            Kind::Money { max: 9 }, Kind::Date { future: true }, Kind::PersonName,
            Kind::CitizenNumber { birth_date: None, sex: None }, Kind::Phone, Kind::Email, Kind::Address,
        ] {
            let once = normalise(&kind, &typed);
            prop_assert_eq!(normalise(&kind, &once), once.clone());
            let _ = verdict(kind, &typed);
        }
    }
}
