//! Every procedure file of the catalogue reads and holds together. The twelve whole forms ask little,
//! use what they ask, send back what the office would, and cost what the law says.

#![allow(clippy::unwrap_used, reason = "a panic in a test is a failed test")]

use motcua_domain::answers::{Answer, Answers};
use motcua_domain::catalogue_check::check;
use motcua_domain::date::CivilDate;
use motcua_domain::fee::{Channel, FeeContext, Price, QuotedAmount, quote, total_due};
use motcua_domain::form::{Condition, Form, Kind, PersonPart, Question};
use motcua_domain::money::Vnd;
use motcua_domain::procedure::{Procedure, ProcedureCode};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The procedures whose forms are whole: rules and the official declaration included.
const WHOLE: [&str; 12] = [
    "1.000656", "1.000894", "1.001193", "1.001699", "1.001731", "1.004859", "1.004873", "1.014027",
    "1.014028", "2.000635", "2.000815", "2.000884",
];

/// What is asked and neither written in the declaration nor looked at by any rule, fee or paper, with
/// the reason.
const ASKED_FOR_ANOTHER_REASON: [(&str, &str, &str); 0] = [];

fn catalogue() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogue")
}

fn today() -> CivilDate {
    "2026-11-25".parse().unwrap()
}

fn procedures() -> Vec<Procedure> {
    let mut procedures: Vec<Procedure> = std::fs::read_dir(catalogue().join("procedures"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| {
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

fn whole() -> Vec<Procedure> {
    WHOLE.map(get).into()
}

/// Answers from their ids and canonical texts; `[a,b]` stands for several.
fn answers(given: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::default();
    for (question, value) in given {
        let many = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        let answer = match many {
            Some(values) => Answer::Many(values.split(',').map(str::to_owned).collect()),
            None => Answer::One((*value).to_owned()),
        };
        answers.set(question, answer);
    }
    answers
}

fn quoted(
    procedure: &Procedure,
    channel: Channel,
    given: &[(&str, &str)],
    pages: Option<u32>,
) -> Vec<QuotedAmount> {
    let given = answers(given);
    let context = FeeContext { channel, filed_on: today(), pages, exempt: None, answers: &given };
    quote(&procedure.fees, context).into_iter().map(|line| line.amount).collect()
}

fn online(procedure: &Procedure, given: &[(&str, &str)], pages: Option<u32>) -> Vec<QuotedAmount> {
    quoted(procedure, Channel::Online, given, pages)
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
    let without = [("child.birth_date", "2026-11-12"), ("copies", "0")];
    assert!(matches!(online(&birth, &without, None)[..], [QuotedAmount::Free { .. }]));

    let given = answers(&[("child.birth_date", "2026-11-12"), ("copies", "3")]);
    let channel = Channel::Online;
    let context =
        FeeContext { channel, filed_on: today(), pages: None, exempt: None, answers: &given };
    assert_eq!(total_due(&quote(&birth.fees, context)), Vnd(24_000));
}

#[test]
fn at_the_counter_a_death_is_free_within_fifteen_days_and_not_settled_after() {
    let death = get("1.000656");
    let counter = |date| quoted(&death, Channel::InPerson, &[("death_date", date)], None);
    assert!(matches!(counter("2026-11-10")[..], [QuotedAmount::Free { .. }]));
    assert_eq!(counter("2026-11-09"), [QuotedAmount::Undetermined]);
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

#[test]
fn every_whole_form_has_an_applicant_rules_and_a_declaration() {
    for procedure in whole() {
        let code = &procedure.code;
        let form = &procedure.form;
        assert_eq!(procedure.applicant.as_deref(), Some("applicant"), "{code}");
        assert!((3..=9).contains(&form.checks.len()), "{code}: {} rules", form.checks.len());
        let declaration = form.declaration.as_ref().unwrap_or_else(|| panic!("{code}: none"));
        assert!(declaration.lines.len() > 5, "{code}");
        // The applicant and the way to reach them look the same everywhere.
        for page in ["nguoi-yeu-cau", "lien-he"] {
            let expected = get("2.000815").form.find_page(page).cloned();
            assert_eq!(form.find_page(page), expected.as_ref(), "{code}: {page}");
        }
    }
}

/// The ids that something besides the question itself looks at: without rows, addresses as a whole.
fn used(procedure: &Procedure) -> BTreeSet<String> {
    fn add(used: &mut BTreeSet<String>, when: Option<&Condition>) {
        used.extend(when.into_iter().flat_map(Condition::questions).map(str::to_owned));
    }
    let form = &procedure.form;
    let mut used = BTreeSet::new();
    for question in form.questions() {
        add(&mut used, question.when.as_ref());
        match &question.kind {
            Kind::Person(asked) => add(&mut used, asked.same.as_ref().map(|same| &same.when)),
            Kind::Group { questions, .. } => {
                questions.iter().for_each(|inner| add(&mut used, inner.when.as_ref()));
            }
            _ => {}
        }
    }
    form.pages.iter().for_each(|page| add(&mut used, page.when.as_ref()));
    procedure.components.iter().for_each(|paper| add(&mut used, paper.when.as_ref()));
    form.checks.iter().for_each(|check| add(&mut used, Some(&check.when)));
    for rule in &procedure.fees {
        add(&mut used, rule.when.as_ref());
        if let Price::PerCopy { copies, .. } | Price::PerPage { copies, .. } = &rule.price {
            used.insert(copies.clone());
        }
    }
    for computed in &form.computed {
        used.extend(computed.value.questions().into_iter().map(str::to_owned));
    }
    for line in form.declaration.iter().flat_map(|declaration| &declaration.lines) {
        add(&mut used, line.when.as_ref());
        used.extend(line.each.clone());
        used.extend(line.places().map(str::to_owned));
    }
    used
}

#[test]
fn nothing_is_asked_that_nobody_uses() {
    for procedure in whole() {
        let used = used(&procedure);
        for leaf in procedure.form.leaves() {
            let id = leaf.id.replace("#.", "");
            let of_an_address =
                id.rsplit_once('.').is_some_and(|(address, _)| used.contains(address));
            let excused = ASKED_FOR_ANOTHER_REASON
                .iter()
                .any(|(code, question, _)| *code == procedure.code.as_str() && *question == id);
            let is_file = matches!(leaf.kind, Kind::File { .. });
            assert!(
                used.contains(&id) || of_an_address || is_file || excused,
                "{}: `{id}` is asked, but nothing uses it",
                procedure.code
            );
        }
    }
}

/// The procedure codes that a text names.
fn codes(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_ascii_digit() && letter != '.');
    let codes = words.filter_map(|word| ProcedureCode::parse(word.trim_matches('.')).ok());
    codes.map(|code| code.as_str().to_owned()).collect()
}

#[test]
fn rules_about_look_alikes_name_procedures_that_are_received_here() {
    let directory = std::fs::read_to_string(catalogue().join("directory.tsv")).unwrap();
    let listed: BTreeSet<&str> =
        directory.lines().filter_map(|line| line.split('\t').next()).collect();
    for procedure in whole() {
        for check in &procedure.form.checks {
            let named = codes(&check.message.vi);
            assert_eq!(named, codes(&check.message.en), "{}: {}", procedure.code, check.id);
            for code in named {
                assert!(listed.contains(code.as_str()), "{}: no {code}", procedure.code);
                assert_ne!(code, procedure.code.as_str(), "{} sends to itself", check.id);
            }
        }
    }
    for (code, other) in [("1.014028", "1.001731"), ("1.001731", "1.014028")] {
        let rules = get(code).form.checks;
        let sends_on = rules.iter().any(|rule| rule.blocking && codes(&rule.message.vi) == [other]);
        assert!(sends_on, "{code} must send on to {other}");
    }
}

/// A procedure, what is answered, and the rules that then fail.
type Row = (&'static str, &'static [(&'static str, &'static str)], &'static [&'static str]);

/// What the rules say on 25 November 2026.
const RULES: [Row; 38] = [
    ("2.000635", &[("relation", "self"), ("record_kind", "marriage"), BORN_1989], &[]),
    ("2.000635", &[("relation", "self"), ("record_kind", "death"), BORN_1989], &["death-of-self"]),
    (
        "2.000635",
        &[("relation", "parent"), BORN_1989, ("subject.birth_date", "1995-01-01"), COPIES_12],
        &["parent-too-young", "many-copies"],
    ),
    (
        "2.000635",
        &[("relation", "child"), BORN_1989, ("subject.birth_date", "1985-01-01")],
        &["child-too-old"],
    ),
    ("1.001193", &[("relation", "mother"), BORN_1989, CHILD, ("parents", "single")], &[]),
    (
        "1.001193",
        &[("relation", "father"), BORN_1989, CHILD, ("parents", "recognise")],
        &["recognise"],
    ),
    (
        "1.001193",
        &[("relation", "father"), BORN_1989, CHILD, ("parents", "single")],
        &["father-left-out"],
    ),
    (
        "1.001193",
        &[("relation", "mother"), BORN_1989, ("child.birth_date", "2026-09-25")],
        &["late"],
    ),
    (
        "1.001193",
        &[CHILD, ("mother.birth_date", "2015-01-01"), ("parents", "married"), FATHER_2013],
        &["mother-age", "father-age"],
    ),
    ("1.000894", &[("side", "bride"), BORN_1989, ("groom.birth_date", "2006-11-25")], &[]),
    (
        "1.000894",
        &[("side", "bride"), BORN_1989, ("groom.birth_date", "2006-11-26")],
        &["groom-under-20"],
    ),
    (
        "1.000894",
        &[
            ("side", "bride"),
            ("applicant.birth_date", "2008-11-26"),
            ("groom.birth_date", "1990-01-01"),
        ],
        &["bride-under-18-self"],
    ),
    ("1.000894", &[("side", "groom"), BORN_1989, ("groom_times", "2")], &["married-before-groom"]),
    ("1.004873", &[("relation", "self"), BORN_1989, ("use", "property"), ("status", "never")], &[]),
    (
        "1.004873",
        &[("relation", "self"), BORN_1989, ("use", "marriage"), ("status", "married")],
        &["married-to-marry", "not-needed"],
    ),
    (
        "1.004873",
        &[
            ("status", "divorced"),
            ("period", "past"),
            ("past_from", "2020-05-02"),
            ("past_to", "2020-05-01"),
        ],
        &["no-divorce-paper", "period-reversed"],
    ),
    ("1.000656", &[("relation", "child"), BORN_1989, DEAD_1946, ("death_date", "2026-11-10")], &[]),
    ("1.000656", &[DEAD_1946, ("death_date", "2026-11-09")], &["late"]),
    (
        "1.000656",
        &[("deceased.birth_date", "2026-11-20"), ("death_date", "2026-11-19")],
        &["death-before-birth"],
    ),
    (
        "1.000656",
        &[DEAD_1946, ("death_date", "2025-10-01"), ("death_proof", "home")],
        &["late", "long-ago"],
    ),
    (
        "1.004859",
        &[("relation", "self"), BORN_1989, ("request", "correct"), ("record_kind", "birth")],
        &[],
    ),
    (
        "1.004859",
        &[
            ("relation", "child"),
            BORN_1989,
            ("subject.birth_date", "2016-01-01"),
            ("request", "change"),
            ("record_kind", "birth"),
            ("consent", "no"),
        ],
        &["child-disagrees"],
    ),
    (
        "1.004859",
        &[("relation", "self"), BORN_1989, ("record_kind", "death"), ("changes", "[1,2,3,4]")],
        &["death-of-self", "many-changes"],
    ),
    (
        "2.000815",
        &[("original_state", "good"), ("copies", "20"), ("visit_date", "2026-11-25")],
        &[],
    ),
    ("2.000815", &[("original_state", "damaged"), ("copies", "21")], &["damaged", "many-copies"]),
    ("2.000815", &[("visit_date", "2026-11-24")], &["visit-past"]),
    ("2.000884", &[("document_kind", "cv"), ("signed", "no"), ("signing", "sign"), BORN_1989], &[]),
    ("2.000884", &[("document_kind", "deal"), ("signed", "yes")], &["deal", "signed-before"]),
    (
        "1.014027",
        &[
            ("request", "new"),
            ("relation", "parent"),
            BORN_1989,
            ("elder.birth_date", "1951-11-25"),
        ],
        &[],
    ),
    ("1.014027", &[("request", "new"), ("elder.birth_date", "1956-11-26")], &["under-70"]),
    (
        "1.014027",
        &[
            ("request", "new"),
            ("relation", "self"),
            ("applicant.birth_date", "1951-11-26"),
            ("household", "none"),
        ],
        &["under-75-not-poor"],
    ),
    ("1.014028", &[("benefit", "pension"), DEAD_1946, REGISTERED], &[]),
    (
        "1.014028",
        &[("benefit", "allowance"), DEAD_1946, ("registered", "no")],
        &["wrong-allowance", "not-registered"],
    ),
    (
        "1.001731",
        &[("benefit", "allowance"), DEAD_1946, ("death_date", "2026-11-20"), BURIED_22],
        &[],
    ),
    (
        "1.001731",
        &[
            ("benefit", "aged_other"),
            ("deceased.birth_date", "1947-01-01"),
            ("death_date", "2026-11-23"),
            BURIED_22,
        ],
        &["under-80", "buried-before"],
    ),
    ("1.001731", &[("benefit", "pension")], &["wrong-pension"]),
    (
        "1.001699",
        &[
            ("relation", "child"),
            BORN_1989,
            ("subject.birth_date", "2023-01-01"),
            ("kinds", "[hearing]"),
        ],
        &[],
    ),
    (
        "1.001699",
        &[
            ("request", "reissue"),
            ("relation", "self"),
            BORN_1989,
            ("kinds", "[movement,other]"),
            ("needs_help", "[walk,eat]"),
            ("cannot", "[work,walk]"),
        ],
        &["reissue", "same-twice", "other-kind"],
    ),
];
const BORN_1989: (&str, &str) = ("applicant.birth_date", "1989-03-08");
const CHILD: (&str, &str) = ("child.birth_date", "2026-11-12");
const FATHER_2013: (&str, &str) = ("father.birth_date", "2013-01-01");
const DEAD_1946: (&str, &str) = ("deceased.birth_date", "1946-02-10");
const REGISTERED: (&str, &str) = ("registered", "yes");
const BURIED_22: (&str, &str) = ("burial_date", "2026-11-22");
const COPIES_12: (&str, &str) = ("copies", "12");

#[test]
fn rules_fail_for_what_the_office_would_send_back() {
    for (code, given, expected) in RULES {
        let form = get(code).form;
        let given = answers(given);
        let relevant = form.relevant(&given, today());
        let failed = form.checks_failed(&relevant, today());
        let ids: Vec<&str> = failed.iter().map(|check| check.id.as_str()).collect();
        assert_eq!(ids, expected, "{code} {given:?}");
        // Whoever reads a rule can go to the question that it is about.
        let asked = form.questions_asked(&given, today());
        for check in failed {
            let there = asked.iter().any(|question| question.id == check.about);
            assert!(there, "{code}: `{}` is about `{}`, not asked", check.id, check.about);
        }
    }
    for code in WHOLE {
        let rows = RULES.iter().filter(|row| row.0 == code);
        assert!(rows.clone().count() >= 2, "{code}");
        assert!(rows.clone().any(|row| row.2.is_empty()), "{code}: no dossier without a fault");
    }
}

/// The fewest and the most single questions that one person is asked: every way of answering what
/// something depends on is tried.
fn fewest_and_most(form: &Form, used: &BTreeSet<String>, given: &Answers) -> (usize, usize) {
    let asked = form.questions_asked(given, today());
    let open = asked.iter().find_map(|question| {
        let options = ways(question);
        let is_open = given.find(&question.id).is_none() && !given.0.contains_key(&question.id);
        (is_open && used.contains(&question.id) && !options.is_empty())
            .then_some((question, options))
    });
    let Some((question, options)) = open else {
        let count = asked.iter().filter(|leaf| !matches!(leaf.kind, Kind::Group { .. })).count();
        return (count, count);
    };
    let counts = options.into_iter().map(|option| {
        let mut given = given.clone();
        given.0.insert(question.id.clone(), Answer::One(option));
        fewest_and_most(form, used, &given)
    });
    counts.fold((usize::MAX, 0), |(least, most), (a, b)| (least.min(a), most.max(b)))
}

/// The answers to try: each option, an old and a young date, a number or none.
fn ways(question: &Question) -> Vec<String> {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    match &question.kind {
        Kind::Choice { options } => options.iter().map(|option| option.id.clone()).collect(),
        Kind::Date { .. } => texts(&["1955-01-01", "2014-01-01"]),
        Kind::CitizenNumber { .. } if question.optional => texts(&["030146001957", ""]),
        Kind::Text { .. } if question.id.ends_with(".ethnicity") => {
            texts(if question.id.starts_with("father") { &["Kinh", "Tày"] } else { &["Kinh"] })
        }
        _ => vec![],
    }
}

/// The questions on which it depends what is asked.
fn deciding(form: &Form) -> BTreeSet<String> {
    let pages = form.pages.iter().filter_map(|page| page.when.as_ref());
    let questions = form.questions().filter_map(|question| question.when.as_ref());
    let people = form.people().filter_map(|(_, asked)| Some(&asked.same.as_ref()?.when));
    let all = pages.chain(questions).chain(people);
    all.flat_map(Condition::questions).map(str::to_owned).collect()
}

#[test]
fn forms_ask_little() {
    println!("code      pages  questions  people  same  least  most  rules  repeats");
    for procedure in whole() {
        let form = &procedure.form;
        let people: BTreeSet<&str> = form.people().map(|(person, _)| person).collect();
        let same = form.people().filter(|(_, asked)| asked.same.is_some()).count();
        let (least, most) = fewest_and_most(form, &deciding(form), &Answers::default());
        let flaws = check(&procedure);
        let is_repeat = |cause: &str| {
            ["twice", "may be another person", "carries it"].iter().any(|part| cause.contains(part))
        };
        let repeats = flaws.iter().filter(|flaw| is_repeat(&flaw.cause)).count();
        println!(
            "{}  {:>5}  {:>9}  {:>6}  {same:>4}  {least:>5}  {most:>4}  {:>5}  {repeats:>7}",
            procedure.code,
            form.pages.len(),
            form.leaves().len(),
            people.len(),
            form.checks.len(),
        );
        assert_eq!(repeats, 0, "{}", procedure.code);
        assert!(least <= most && most <= 32, "{}: {least} to {most}", procedure.code);
        // Whoever files for themselves gives name, birth date and number once.
        let numbers =
            form.people().filter(|(_, asked)| asked.parts.contains(&PersonPart::CitizenNumber));
        let open = numbers.filter(|(_, asked)| asked.same.is_none() && asked.apart.is_none());
        assert_eq!(
            open.count(),
            1,
            "{}: only the applicant is asked unconditionally",
            procedure.code
        );
    }
}
