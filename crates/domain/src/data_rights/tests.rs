//! The clocks by table, Tết and weekends included, and every pair of state and act.

use super::*;
use proptest::prelude::*;

fn day(text: &str) -> CivilDate {
    text.parse().unwrap()
}

/// The days off of 2026 and 2027 as the catalogue has them.
fn holidays() -> Holidays {
    #[derive(Deserialize)]
    struct File {
        days: Holidays,
    }
    let text = include_str!("../../../../catalogue/holidays.json");
    serde_json::from_str::<File>(text).unwrap().days
}

#[test]
fn the_two_clocks_by_table() {
    // Asked on, what, whether others are told, answered by, carried out by.
    let table = [
        // A Thursday: Friday and Monday.
        ("2026-11-26", Wish::Correct, false, "2026-11-30", "2026-12-07"),
        ("2026-11-26", Wish::Stop, false, "2026-11-30", "2026-12-11"),
        ("2026-11-26", Wish::Object, false, "2026-11-30", "2026-12-11"),
        ("2026-11-26", Wish::Stop, true, "2026-11-30", "2026-12-16"),
        ("2026-11-26", Wish::Correct, true, "2026-11-30", "2026-12-16"),
        ("2026-11-26", Wish::Delete, false, "2026-11-30", "2026-12-16"),
        // On a Saturday: Monday is the first day.
        ("2026-11-28", Wish::Correct, false, "2026-12-01", "2026-12-08"),
        // The eve of Tết 2027 (4 to 10 February): the second working day after is the 12th.
        ("2027-02-03", Wish::Correct, false, "2027-02-12", "2027-02-15"),
        // Within Tết.
        ("2027-02-05", Wish::Delete, false, "2027-02-12", "2027-02-25"),
        // Ten days end on the first day of Tết: carried out by the day after it.
        ("2027-01-25", Wish::Correct, false, "2027-01-27", "2027-02-11"),
        // New Year's Day is a Friday: until Monday.
        ("2026-12-17", Wish::Stop, false, "2026-12-21", "2027-01-04"),
    ];
    let holidays = holidays();
    for (asked, wish, others, answer_by, carry_out_by) in table {
        let clocks = clocks(wish, others, Moment::at(day(asked), 23 * 60), &holidays);
        let found = (clocks.answer_by.to_string(), clocks.carry_out_by.to_string());
        assert_eq!(found, (answer_by.to_owned(), carry_out_by.to_owned()), "{asked} {wish:?}");
    }
}

#[test]
fn one_extension_of_fifteen_days_at_most() {
    let holidays = holidays();
    let until =
        |days| extended(day("2026-12-11"), false, days, &holidays).map(|day| day.to_string());
    assert_eq!(until(15), Ok("2026-12-28".to_owned())); // the 26th is a Saturday
    assert_eq!(until(3), Ok("2026-12-14".to_owned()));
    assert_eq!(until(0), Err(ExtensionError::Days));
    assert_eq!(until(16), Err(ExtensionError::Days));
    let again = extended(day("2026-12-11"), true, 1, &holidays);
    assert_eq!(again, Err(ExtensionError::Again));
}

#[test]
fn every_pair_of_state_and_act() {
    use DataRequestState::{Answered, Asked, Done, Refused};
    use RequestAct::{Answer, CarryOut, Extend, Refuse};
    for from in DataRequestState::ALL {
        for act in RequestAct::ALL {
            let wanted = match (from, act) {
                (Asked, Answer) => Some(Answered),
                (Answered, CarryOut) => Some(Done),
                (Asked | Answered, Refuse) => Some(Refused),
                (Asked | Answered, Extend) => Some(from),
                _ => None,
            };
            assert_eq!(act.leads(from), wanted, "{from:?} {act:?}");
            assert!(from.is_open() || wanted.is_none());
        }
    }
}

#[test]
fn who_receives_does_not_refuse_and_who_works_does_not_extend() {
    for act in RequestAct::ALL {
        assert!(act.is_of(Role::Leader) && act.is_of(Role::System));
        assert_eq!(RequestAct::find(act.id()), Some(act));
    }
    assert!(!RequestAct::Refuse.is_of(Role::Officer) && !RequestAct::Extend.is_of(Role::Officer));
    assert!(RequestAct::Answer.is_of(Role::Reception));
    assert!(!RequestAct::CarryOut.is_of(Role::Reception));
}

proptest! {
    #[test]
    fn both_clocks_end_on_working_days_and_none_is_shorter_than_the_rule(
        seconds in 1_767_200_000i64..1_830_000_000, others: bool, which in 0usize..4,
    ) {
        let (holidays, asked) = (holidays(), Moment(seconds));
        let wish = Wish::ALL[which];
        let clocks = clocks(wish, others, asked, &holidays);
        prop_assert!(holidays.is_working_day(clocks.answer_by));
        prop_assert!(holidays.is_working_day(clocks.carry_out_by));
        prop_assert!(clocks.answer_by > asked.date());
        prop_assert!(clocks.carry_out_by >= asked.date().plus_days(i64::from(wish.days(others))));
    }
}
