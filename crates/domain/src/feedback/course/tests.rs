//! The clocks of feedback by the calendar, and what no order of acts can break.

use super::*;
use proptest::prelude::*;

/// The holidays of the catalogue around the turn of 2027.
fn holidays() -> Holidays {
    let days = ["2027-01-01", "2027-02-04", "2027-02-05", "2027-02-08", "2027-02-09", "2027-02-10"];
    Holidays(days.iter().map(|day| day.parse().unwrap()).collect())
}

fn day(text: &str) -> CivilDate {
    text.parse().unwrap()
}

fn at(date: &str) -> Moment {
    Moment::at(day(date), 10 * 60)
}

fn clock(course: &Course, task: Task) -> Option<String> {
    let clocks = course.clocks(&holidays());
    clocks.iter().find(|clock| clock.task == task).map(|clock| clock.last_day.to_string())
}

#[test]
fn the_clocks_of_new_feedback_by_the_calendar() {
    // Received, refused by, asked by, answered by.
    for (received, refuse, ask, answer) in [
        ("2026-11-26", "2026-11-30", "2026-12-03", "2026-12-17"),
        // A Saturday, on which nobody works, and a Sunday.
        ("2026-11-28", "2026-12-01", "2026-12-04", "2026-12-18"),
        ("2026-11-29", "2026-12-01", "2026-12-04", "2026-12-18"),
        // Over the end of the year.
        ("2026-12-30", "2027-01-04", "2027-01-07", "2027-01-21"),
        ("2026-12-31", "2027-01-05", "2027-01-08", "2027-01-22"),
        ("2027-01-01", "2027-01-05", "2027-01-08", "2027-01-22"),
        // Over Tết: five closed days and two weekends.
        ("2027-02-02", "2027-02-11", "2027-02-16", "2027-03-02"),
        ("2027-02-03", "2027-02-12", "2027-02-17", "2027-03-03"),
        ("2027-02-07", "2027-02-12", "2027-02-17", "2027-03-03"),
    ] {
        let course = Course::begun(at(received));
        assert_eq!(clock(&course, Task::Refuse).as_deref(), Some(refuse), "{received}");
        assert_eq!(clock(&course, Task::Ask).as_deref(), Some(ask), "{received}");
        assert_eq!(clock(&course, Task::Answer).as_deref(), Some(answer), "{received}");
        assert_eq!(clock(&course, Task::Publish), None);
    }
}

#[test]
fn the_answer_s_clock_stands_still_while_the_sender_is_waited_for() {
    // Received, asked, added: kept meanwhile, answered by.
    for (received, asked, added, kept, answer) in [
        ("2026-11-26", "2026-11-27", "2026-11-27", 14, "2026-12-17"),
        ("2026-11-26", "2026-12-03", "2026-12-10", 10, "2026-12-24"),
        // Waited for over Tết: its closed days are nobody's.
        ("2027-02-02", "2027-02-03", "2027-02-11", 14, "2027-03-03"),
        // Added on a Sunday: what was waited of the week before counts.
        ("2026-12-29", "2026-12-30", "2027-01-10", 14, "2027-01-28"),
    ] {
        let mut course = Course { asked: Some(at(asked)), ..Course::begun(at(received)) };
        assert_eq!(course.state(), State::Asked);
        assert_eq!(course.clocks(&holidays()), [], "{received}");
        assert_eq!(course.days_kept(&holidays()), Some(kept), "{received}");
        course.added = Some(at(added));
        assert_eq!(clock(&course, Task::Answer).as_deref(), Some(answer), "{received}");
        assert_eq!(course.days_kept(&holidays()), None);
    }
}

#[test]
fn an_answer_is_published_within_two_working_days() {
    for (answered, publish) in
        [("2026-11-26", "2026-11-30"), ("2026-12-31", "2027-01-05"), ("2027-02-03", "2027-02-12")]
    {
        let mut course = Course { answered: Some(at(answered)), ..Course::begun(at("2026-11-20")) };
        assert_eq!(clock(&course, Task::Publish).as_deref(), Some(publish), "{answered}");
        course.published = Some(at(answered));
        assert_eq!(course.clocks(&holidays()), []);
    }
    let refused = Course { refused: Some(at("2026-11-27")), ..Course::begun(at("2026-11-26")) };
    assert_eq!(refused.clocks(&holidays()), []);
}

#[test]
fn more_is_asked_for_once_and_within_its_days() {
    let course = Course::begun(at("2026-11-26"));
    assert!(course.takes(Act::Ask, day("2026-12-03"), &holidays()));
    assert!(!course.takes(Act::Ask, day("2026-12-04"), &holidays()));
    let added = Course { asked: Some(at("2026-11-27")), added: Some(at("2026-11-27")), ..course };
    assert!(!added.takes(Act::Ask, day("2026-11-27"), &holidays()));
    // Late is late, and still owed.
    assert!(added.takes(Act::Answer, day("2027-05-01"), &holidays()));
    assert!(added.takes(Act::Refuse, day("2027-05-01"), &holidays()));
}

#[test]
fn days_left_leave_today_out_and_end_with_the_last_day() {
    let left = |today, last| working_days_left(day(today), day(last), &holidays());
    assert_eq!(left("2026-11-26", "2026-12-17"), Some(15));
    assert_eq!(left("2026-12-16", "2026-12-17"), Some(1));
    assert_eq!(left("2026-12-17", "2026-12-17"), Some(0));
    assert_eq!(left("2026-12-18", "2026-12-17"), None);
}

#[test]
fn every_act_is_somebody_s_and_every_state_has_a_way_on_or_an_end() {
    let roles = [Role::Reception, Role::Officer, Role::Leader];
    for act in Act::ALL {
        assert!(roles.into_iter().any(|role| act.is_of(role)), "{act:?}");
        assert!(act.is_of(Role::System));
        assert_eq!(Act::find(act.id()), Some(act));
    }
    assert!(!Act::Refuse.is_of(Role::Officer) && !Act::Answer.is_of(Role::Reception));
    for state in State::ALL {
        assert_eq!(State::find(state.id()), Some(state));
    }
}

/// What can happen, to the office and to the sender.
#[derive(Debug, Clone, Copy)]
enum Happens {
    Act(Act),
    Add,
    Pass(u8),
}

fn happening() -> impl Strategy<Value = Happens> {
    prop_oneof![
        Just(Happens::Add),
        (0_usize..4).prop_map(|at| Happens::Act(Act::ALL[at])),
        (0_u8..12).prop_map(Happens::Pass),
    ]
}

proptest! {
    /// However acts, answers and days follow each other: until the feedback is refused or published,
    /// something is owed by a day, or the sender is; and the office never has more than its working days.
    #[test]
    fn no_order_of_acts_loses_a_clock(
        start in 1_795_000_000_i64..1_803_000_000,
        order in prop::collection::vec(happening(), 0..40),
    ) {
        let holidays = holidays();
        let received = Moment(start);
        let mut course = Course::begun(received);
        let mut now = received;
        let mut answer_by = None;
        for happens in order {
            match happens {
                Happens::Pass(days) => now = now.plus_seconds(i64::from(days) * 86_400 + 3_600),
                Happens::Add if course.takes_addition() => course.added = Some(now),
                Happens::Act(act) if course.takes(act, now.date(), &holidays) => match act {
                    Act::Ask => course.asked = Some(now),
                    Act::Answer => course.answered = Some(now),
                    Act::Refuse => course.refused = Some(now),
                    Act::Publish => course.published = Some(now),
                },
                Happens::Add | Happens::Act(_) => {}
            }
            let due = course.due(&holidays);
            match course.state() {
                State::Received | State::Added => {
                    let due = due.unwrap();
                    prop_assert_eq!(due.task, Task::Answer);
                    prop_assert!(holidays.is_working_day(due.last_day));
                    // It never comes nearer, and moves by what was waited only.
                    prop_assert!(answer_by.is_none_or(|before| before <= due.last_day));
                    answer_by = Some(due.last_day);
                    let whole = working_days_between(received.date(), due.last_day, &holidays);
                    let waited = course.added.map_or(0, |added| course.waited(added, &holidays));
                    prop_assert_eq!(whole, ANSWER_DAYS + waited);
                }
                State::Asked => {
                    prop_assert!(due.is_none() && course.takes_addition());
                    prop_assert!(course.days_kept(&holidays).unwrap() >= ANSWER_DAYS - ASK_DAYS);
                }
                State::Answered => {
                    prop_assert_eq!(due.is_some(), course.published.is_none());
                }
                State::Refused => prop_assert!(due.is_none()),
            }
            // What ended takes nothing but the publishing of an answer.
            if matches!(course.state(), State::Answered | State::Refused) {
                prop_assert!(!course.takes_addition());
                let acts = Act::ALL.into_iter().filter(|act| course.takes(*act, now.date(), &holidays));
                prop_assert!(acts.clone().count() <= 1 && acts.clone().all(|act| act == Act::Publish));
            }
        }
    }
}
