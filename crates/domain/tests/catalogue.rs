//! Every procedure file of the catalogue reads and holds together, and the three that are whole
//! cost what the law says.

#![allow(clippy::unwrap_used, reason = "a panic in a test is a failed test")]

use motcua_domain::answers::{Answer, Answers};
use motcua_domain::catalogue_check::check;
use motcua_domain::fee::{Channel, FeeContext, QuotedAmount, quote, total_due};
use motcua_domain::money::Vnd;
use motcua_domain::procedure::Procedure;
use std::path::Path;

fn procedures() -> Vec<Procedure> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogue/procedures");
    let mut procedures: Vec<Procedure> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            let procedure: Procedure =
                serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            assert_eq!(path.file_stem().unwrap().to_str().unwrap(), procedure.code.as_str());
            procedure
        })
        .collect();
    procedures.sort_by(|a, b| a.code.cmp(&b.code));
    procedures
}

fn get(code: &str) -> Procedure {
    procedures().into_iter().find(|procedure| procedure.code.as_str() == code).unwrap()
}

fn online(
    procedure: &Procedure,
    answers: &[(&str, &str)],
    pages: Option<u32>,
) -> Vec<QuotedAmount> {
    let mut given = Answers::default();
    for (question, value) in answers {
        given.set(question, Answer::One((*value).to_owned()));
    }
    let filed_on = "2026-11-22".parse().unwrap();
    let context = FeeContext { channel: Channel::Online, filed_on, pages, answers: &given };
    quote(&procedure.fees, context).into_iter().map(|line| line.amount).collect()
}

#[test]
fn every_file_holds_together() {
    let procedures = procedures();
    assert!(procedures.len() >= 12, "{} procedures", procedures.len());
    for procedure in &procedures {
        assert_eq!(check(procedure), [], "{}", procedure.code);
    }
}

#[test]
fn an_extract_costs_eight_thousand_a_copy_online_too() {
    let extract = get("2.000635");
    assert_eq!(
        online(&extract, &[("copies", "2")], None),
        [QuotedAmount::Due { amount: Vnd(16_000) }]
    );
}

#[test]
fn a_birth_is_free_online_and_its_copies_are_not() {
    let birth = get("1.001193");
    let answers = [("child_birth_date", "2026-11-12"), ("want_copies", "no")];
    assert!(matches!(online(&birth, &answers, None)[..], [QuotedAmount::Free { .. }]));

    let answers = [("child_birth_date", "2026-11-12"), ("want_copies", "yes"), ("copies", "3")];
    let mut given = Answers::default();
    for (question, value) in answers {
        given.set(question, Answer::One(value.to_owned()));
    }
    let filed_on = "2026-11-22".parse().unwrap();
    let context = FeeContext { channel: Channel::Online, filed_on, pages: None, answers: &given };
    assert_eq!(total_due(&quote(&birth.fees, context)), Vnd(24_000));
}

#[test]
fn a_certified_copy_is_priced_once_the_pages_are_counted() {
    let copy = get("2.000815");
    assert_eq!(online(&copy, &[("copies", "2")], None), [QuotedAmount::AfterPageCount]);
    assert_eq!(
        online(&copy, &[("copies", "2")], Some(5)),
        [QuotedAmount::Due { amount: Vnd(14_000) }]
    );
}
