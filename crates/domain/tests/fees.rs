//! What every described procedure costs on 26 November 2026, held against the figures of the resolutions
//! and circulars; and the days on which rules change. The figures stand here a second time, so that a slip
//! in a data file is seen.

#![allow(clippy::unwrap_used, reason = "a panic in a test is a failed test")]

use motcua_domain::answers::{Answer, Answers};
use motcua_domain::date::{CivilDate, Moment};
use motcua_domain::exemption::ExemptGroup;
use motcua_domain::fee::{Channel, FeeContext, QuotedAmount, quote, saved_online};
use motcua_domain::money::Vnd;
use motcua_domain::procedure::{Procedure, ProcedureCode};
use std::path::Path;

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogue/procedures")
}

fn get(code: &str) -> Procedure {
    let text = std::fs::read_to_string(folder().join(format!("{code}.json"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Answers that settle every condition and price of the rows below: on time, one copy.
const ON_TIME: &[(&str, &str)] =
    &[("child.birth_date", "2026-11-12"), ("death_date", "2026-11-20"), ("copies", "1")];
const LATE: &[(&str, &str)] =
    &[("child.birth_date", "2026-01-12"), ("death_date", "2026-01-20"), ("copies", "0")];

fn answers(given: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::default();
    for (question, value) in given {
        answers.set(question, Answer::One((*value).to_owned()));
    }
    answers
}

/// A quote in short: `0` free, `?` not settled, `p` after the page count, an amount; joined by `+`.
fn short(
    procedure: &Procedure,
    channel: Channel,
    filed_on: CivilDate,
    given: &[(&str, &str)],
    exempt: Option<ExemptGroup>,
) -> String {
    let answers = answers(given);
    let context = FeeContext { channel, filed_on, pages: None, exempt, answers: &answers };
    let lines = quote(&procedure.fees, context);
    let words = lines.iter().map(|line| match &line.amount {
        QuotedAmount::Free { .. } => "0".to_owned(),
        QuotedAmount::Undetermined => "?".to_owned(),
        QuotedAmount::AfterPageCount => "p".to_owned(),
        QuotedAmount::Due { amount } | QuotedAmount::PerCopy { amount } => amount.0.to_string(),
    });
    words.collect::<Vec<_>>().join("+")
}

/// Procedures, then what they cost online and at the counter or by post.
type Row = (&'static [&'static str], &'static str, &'static str);

const TABLE: &[Row] = &[
    // Resolution 23/2026 (Hải Phòng): civil status is free online. At the counter the rates are those of
    // former Hải Phòng only (Resolution 12/2018), so that they are not settled here...
    (
        &[
            "1.000419", "1.000689", "1.001022", "1.001766", "1.003583", "1.004746", "1.004772",
            "1.004859", "1.004873", "1.004884", "1.005461", "2.000528", "2.000779", "2.000806",
            "2.002189",
        ],
        "0",
        "?",
    ),
    // ...but what the Law on Civil Status art. 11(1)(b) frees in the whole country.
    (&["1.000894", "1.000593", "1.004837", "1.004845", "1.000656"], "0", "0"),
    // On time, with one copy of the extract (Circular 281/2016).
    (&["1.001193"], "0+8000", "0+8000"),
    (&["2.000635"], "8000", "8000"),
    // Building permits: Resolution 45/2018 is former Hải Phòng's.
    (&["1.013225", "1.013226", "1.013227", "1.013228", "1.013229"], "0", "?"),
    // Resolution 34/2025, city-wide, for persons with land only: charge and appraisal.
    (&["1.013978"], "0", "35000+100000"),
    (&["1.012783", "1.012786"], "0", "25000+100000"),
    (&["1.011441", "1.011442", "1.011443"], "0", "120000"),
    // Resolution 12/2026: household businesses and co-operatives, every channel.
    (
        &["1.001612", "2.000720", "2.000575", "1.005280", "1.005277", "1.004901", "2.002123"],
        "0",
        "0",
    ),
    (&["1.001266", "1.001570"], "0", "0"),
    // Circular 226/2016: not covered by Resolution 23/2026.
    (&["2.000815", "2.000942"], "p", "p"),
    (&["2.000884", "2.000992", "2.001008"], "10000", "10000"),
    (&["2.001016", "2.001019", "2.001035", "2.001406"], "50000", "50000"),
    (&["2.000913"], "30000", "30000"),
    (&["2.000927"], "25000", "25000"),
    // No fee.
    (
        &[
            "1.001699", "1.010803", "1.010824", "1.010833", "1.011606", "1.011609", "1.013702",
            "1.013703", "1.014028", "2.000908",
        ],
        "0",
        "0",
    ),
    // The portal states none, or "0" as a default, which is not an amount.
    (
        &[
            "1.001731", "1.001776", "1.003622", "1.012796", "1.012812", "1.012818", "1.013949",
            "1.014027", "2.000286", "2.001283", "2.002481",
        ],
        "?",
        "?",
    ),
];

#[test]
fn every_described_procedure_costs_what_the_texts_say() {
    let day = "2026-11-26".parse().unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for (codes, online, counter) in TABLE {
        for code in *codes {
            let procedure = get(code);
            let by = |channel| short(&procedure, channel, day, ON_TIME, None);
            assert_eq!(by(Channel::Online), *online, "{code} online");
            assert_eq!(by(Channel::InPerson), *counter, "{code} at the counter");
            assert_eq!(by(Channel::Post), *counter, "{code} by post");
            assert!(seen.insert((*code).to_owned()), "{code} is there twice");
        }
    }
    for entry in std::fs::read_dir(folder()).unwrap() {
        let code = entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(ProcedureCode::parse(&code).is_ok());
        assert!(seen.contains(&code), "{code} has no row");
    }
}

#[test]
fn late_registrations_are_free_online_and_not_settled_at_the_counter() {
    let day = "2026-11-26".parse().unwrap();
    for code in ["1.001193", "1.000656"] {
        let procedure = get(code);
        assert_eq!(short(&procedure, Channel::Online, day, LATE, None), "0", "{code}");
        assert_eq!(short(&procedure, Channel::InPerson, day, LATE, None), "?", "{code}");
    }
}

/// Procedure, channel, and what is quoted from one filing day on.
#[test]
fn rules_change_on_their_days() {
    let rows: &[(&str, Channel, &str, &str)] = &[
        // Resolution 23/2026 from 8 August 2026; the rates before it (Resolution 07/2025 of Hải Dương)
        // are not known.
        ("1.004873", Channel::Online, "2026-08-07", "?"),
        ("1.004873", Channel::Online, "2026-08-08", "0"),
        ("1.004873", Channel::InPerson, "2026-08-08", "?"),
        ("1.013978", Channel::Online, "2026-08-07", "?"),
        ("1.013978", Channel::Online, "2026-08-08", "0"),
        // What the law frees was free before it too.
        ("1.000894", Channel::Online, "2026-08-07", "0"),
        // Resolution 12/2026: 8 August 2026 to 31 December 2031.
        ("1.001612", Channel::InPerson, "2026-08-07", "?"),
        ("1.001612", Channel::InPerson, "2026-08-08", "0"),
        ("1.001612", Channel::Online, "2031-12-31", "0"),
        ("1.001612", Channel::Online, "2032-01-01", "?"),
    ];
    for (code, channel, day, expected) in rows {
        let quoted = short(&get(code), *channel, day.parse().unwrap(), ON_TIME, None);
        assert_eq!(quoted, *expected, "{code} {channel:?} {day}");
    }
}

#[test]
fn digital_citizens_pay_no_extract_from_15_august_2026_to_28_february_2027() {
    let extract = get("2.000635");
    let of = |group, day: &str| {
        short(&extract, Channel::Online, day.parse().unwrap(), ON_TIME, Some(group))
    };
    for (day, expected) in
        [("2026-08-14", "8000"), ("2026-08-15", "0"), ("2027-02-28", "0"), ("2027-03-01", "8000")]
    {
        assert_eq!(of(ExemptGroup::DigitalCitizen, day), expected, "{day}");
    }
    // What only the portal says waits for the office.
    assert_eq!(of(ExemptGroup::Disabled, "2026-11-26"), "?");
    assert_eq!(of(ExemptGroup::Older, "2026-11-26"), "8000");
}

#[test]
fn exemptions_at_the_counter_are_proven_by_the_law_and_unproven_by_the_old_city_s_resolution() {
    let day = "2026-11-26".parse().unwrap();
    let marital = get("1.004873");
    let of = |group| short(&marital, Channel::InPerson, day, ON_TIME, Some(group));
    for group in [ExemptGroup::PoorHousehold, ExemptGroup::Disabled, ExemptGroup::Merit] {
        assert_eq!(of(group), "0", "{group:?}");
    }
    for group in [ExemptGroup::Older, ExemptGroup::Child, ExemptGroup::EthnicMinority] {
        assert_eq!(of(group), "?", "{group:?}");
    }
    let loan = Some(ExemptGroup::FarmLoan);
    assert_eq!(short(&get("2.001035"), Channel::InPerson, day, &[], loan), "0");
    assert_eq!(short(&get("1.011441"), Channel::InPerson, day, &[], loan), "0");
    assert_eq!(short(&get("1.013978"), Channel::InPerson, day, &[], loan), "35000+100000");
    let older = Some(ExemptGroup::Older);
    assert_eq!(short(&get("1.013978"), Channel::InPerson, day, &[], older), "0+0");
}

#[test]
fn only_groups_that_change_something_are_offered() {
    let day = "2026-11-26".parse().unwrap();
    let offered = |code: &str, given: &[(&str, &str)]| {
        get(code)
            .exemptions_offered(&answers(given), day)
            .iter()
            .map(|g| g.id())
            .collect::<Vec<_>>()
    };
    let groups = ["digital_citizen", "poor_household", "disabled", "merit"];
    assert_eq!(offered("2.000635", ON_TIME), groups);
    assert_eq!(offered("1.001193", ON_TIME), groups);
    // No copies, no fee: nobody is asked.
    assert_eq!(offered("1.001193", LATE), [""; 0]);
    assert_eq!(offered("1.000894", ON_TIME), [""; 0]);
    assert_eq!(offered("2.000815", ON_TIME), [""; 0]);
}

#[test]
fn a_saving_is_shown_where_both_amounts_are_known() {
    let filed_on = "2026-11-26".parse().unwrap();
    let nothing = Answers::default();
    let saved = |code: &str, exempt| {
        let channel = Channel::Online;
        let answers = &nothing;
        let context = FeeContext { channel, filed_on, pages: None, exempt, answers };
        saved_online(&get(code).fees, context)
    };
    assert_eq!(saved("1.013978", None), Some(Vnd(135_000)));
    assert_eq!(saved("1.012783", None), Some(Vnd(125_000)));
    assert_eq!(saved("1.011441", None), Some(Vnd(120_000)));
    // Who is exempt at the counter too saves nothing online.
    assert_eq!(saved("1.013978", Some(ExemptGroup::Older)), None);
    for code in ["1.004873", "1.000894", "2.000635", "2.000815", "1.001612", "1.014027"] {
        assert_eq!(saved(code, None), None, "{code}");
    }
}

/// The filing day is Vietnam's: 17:00 UTC is midnight there.
#[test]
fn a_filing_day_begins_at_midnight_in_vietnam() {
    let marital = get("1.004873");
    // 2026-08-07T17:00:00Z.
    let midnight = 1_786_122_000;
    for (second, day, expected) in
        [(midnight - 1, "2026-08-07", "?"), (midnight, "2026-08-08", "0")]
    {
        let filed_on = Moment(second).date();
        assert_eq!(filed_on.to_string(), day);
        assert_eq!(short(&marital, Channel::Online, filed_on, ON_TIME, None), expected, "{second}");
    }
}

/// ...whatever the machine's zone is.
#[test]
fn the_machine_s_zone_changes_nothing() {
    for zone in ["America/Los_Angeles", "Pacific/Kiritimati", "UTC", "Asia/Ho_Chi_Minh"] {
        let answer = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "a_filing_day_begins_at_midnight_in_vietnam"])
            .env("TZ", zone)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&answer.stdout).into_owned();
        assert!(answer.status.success() && said.contains("1 passed"), "{zone}: {said}");
    }
}
