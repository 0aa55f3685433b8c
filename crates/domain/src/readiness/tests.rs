//! What the office would send back is found before it is sent.

use super::*;
use crate::answers::Answer;

fn today() -> CivilDate {
    "2026-11-25".parse().unwrap()
}

fn procedure() -> Procedure {
    serde_json::from_value(serde_json::json!({
        "code": "1.001193", "version": 1,
        "name": { "vi": "Khai sinh" }, "short_name": { "vi": "Khai sinh" },
        "level": "full", "time_limit": { "kind": "same_day" }, "fees": [],
        "components": [
            { "id": "notice", "name": { "vi": "Giấy chứng sinh" }, "need": { "kind": "upload" } }
        ],
        "form": {
            "pages": [{ "id": "p", "title": { "vi": "P" }, "questions": [
                { "id": "applicant", "label": { "vi": "A" },
                  "kind": { "type": "person", "parts": ["birth_date", "citizen_number"] } },
                { "id": "father", "label": { "vi": "B" },
                  "kind": { "type": "person", "parts": ["birth_date", "citizen_number"], "sex": "male",
                            "apart": "hai người" } }
            ] }],
            "checks": [
                { "id": "too-young", "blocking": true,
                  "when": { "at_most": { "value": { "age": { "born": "father.birth_date" } }, "most": 13 } },
                  "message": { "vi": "Cha quá trẻ" }, "citation": "Luật", "about": "father.birth_date" },
                { "id": "young", "blocking": false,
                  "when": { "at_most": { "value": { "age": { "born": "father.birth_date" } }, "most": 17 } },
                  "message": { "vi": "Cha dưới 18 tuổi" }, "citation": "Luật", "about": "father.birth_date" }
            ]
        },
        "applicant": "applicant", "sources": []
    }))
    .unwrap()
}

fn answers(change: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::default();
    let good = [
        ("applicant.name", "Phạm Thị Thu Hương"),
        ("applicant.birth_date", "1989-03-08"),
        ("applicant.citizen_number", "030189011736"),
        ("father.name", "Trần Văn Nam"),
        ("father.birth_date", "1987-05-01"),
        ("father.citizen_number", "031087004321"),
    ];
    for (id, value) in good.iter().chain(change) {
        answers.set(id, Answer::One((*value).to_owned()));
    }
    answers
}

const PAPER: PaperFact<'_> =
    PaperFact { component: "notice", media_type: "image/jpeg", size: 300_000, sha256: "aa" };

fn found(answers: &Answers, papers: &[PaperFact<'_>], known: &[Identity]) -> Vec<(bool, String)> {
    let procedure = procedure();
    let dossier =
        Dossier { procedure: &procedure, answers, papers, identities: known, units: None };
    let findings = check(dossier, today());
    findings.iter().map(|found| (found.blocking, format!("{:?}", found.about))).collect()
}

fn reasons(answers: &Answers, papers: &[PaperFact<'_>], known: &[Identity]) -> Vec<String> {
    let procedure = procedure();
    let dossier =
        Dossier { procedure: &procedure, answers, papers, identities: known, units: None };
    let words = |found: Finding<'_>| match found.reason {
        Reason::Rule(check) => check.id.clone(),
        other => format!("{other:?}"),
    };
    check(dossier, today()).into_iter().map(words).collect()
}

#[test]
fn a_whole_dossier_has_no_findings() {
    assert_eq!(found(&answers(&[]), &[PAPER], &[]), []);
}

#[test]
fn what_is_missing_or_wrong_blocks() {
    assert_eq!(reasons(&answers(&[]), &[], &[]), ["PaperMissing"]);
    assert_eq!(reasons(&answers(&[("father.name", "")]), &[PAPER], &[]), ["Answer(Missing)"]);
    let woman = answers(&[("father.citizen_number", "031187004321")]);
    assert_eq!(reasons(&woman, &[PAPER], &[]), ["Answer(NumberOfOtherSex)"]);
    let twice = answers(&[
        ("father.citizen_number", "030089011736"),
        ("father.birth_date", "1989-03-08"),
        ("applicant.citizen_number", "030089011736"),
    ]);
    assert_eq!(reasons(&twice, &[PAPER], &[]), ["NumberTwice"]);
}

#[test]
fn rules_block_or_advise_and_blocking_comes_first() {
    let child =
        answers(&[("father.birth_date", "2014-01-02"), ("father.citizen_number", "031214004321")]);
    assert_eq!(reasons(&child, &[PAPER], &[]), ["too-young", "young"]);
    let youth =
        answers(&[("father.birth_date", "2009-01-02"), ("father.citizen_number", "031209004321")]);
    assert_eq!(reasons(&youth, &[PAPER], &[]), ["young"]);
    assert!(found(&youth, &[PAPER], &[]).iter().all(|(blocking, _)| !blocking));
}

#[test]
fn what_differs_from_the_card_is_pointed_out() {
    let known = |name: &str, born: &str| Identity {
        name: name.into(),
        citizen_number: "030189011736".into(),
        birth_date: Some(born.parse().unwrap()),
    };
    let same = known("PHẠM THỊ THU HƯƠNG", "1989-03-08");
    assert_eq!(found(&answers(&[]), &[PAPER], &[same]), []);
    let other = known("PHẠM THỊ HƯƠNG", "1989-08-03");
    let wrong = reasons(&answers(&[]), &[PAPER], &[other]);
    assert!(wrong[0].starts_with("NameDiffers") && wrong[1].starts_with("BirthDateDiffers"));
}

#[test]
fn papers_that_can_hardly_be_read_or_came_twice_are_pointed_out() {
    let tiny = PaperFact { size: TINY_PAPER - 1, ..PAPER };
    assert_eq!(reasons(&answers(&[]), &[tiny], &[]), ["PaperTiny"]);
    let pdf = PaperFact { media_type: "application/pdf", ..tiny };
    assert_eq!(reasons(&answers(&[]), &[pdf], &[]), Vec::<String>::new());
    assert_eq!(reasons(&answers(&[]), &[PAPER, PAPER], &[]), ["PaperTwice"]);
}
