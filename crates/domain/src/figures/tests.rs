//! The figures held against the commune's own report, against the rules one by one, and against any
//! dossiers at all.

use super::*;
use proptest::prelude::*;

const DUE: Moment = Moment(1_000_000);
const NOW: Moment = Moment(2_000_000);

/// Done online in time, with everything.
fn record() -> Record {
    Record {
        channel: Channel::Online,
        status: DossierStatus::Returned,
        appointment: Some(DUE),
        course: Course { ended: Some(DUE), ..Course::default() },
        has_component_file: true,
        has_result_file: true,
        reused: false,
        has_fee: true,
        paid_online: true,
        complained: false,
    }
}

fn course(steps: &[(u16, i64)]) -> Course {
    Course::of(steps.iter().map(|(code, at)| (DossierStatus::from_code(*code), Moment(*at))))
}

/// A dossier that took these steps and stands where the last one led.
fn walked(steps: &[(u16, i64)]) -> Record {
    let (status, _) = steps.last().unwrap();
    Record { status: DossierStatus::from_code(*status), course: course(steps), ..record() }
}

#[test]
fn the_reports_numbers_give_the_reports_figures() {
    let counts = Counts {
        received: 4_466,
        online: 2_483,
        with_fee: 3_144,
        paid_online: 1_212,
        on_time: 4_390,
        overdue: 20,
        with_result_file: 4_368,
        digitised: 4_365,
        satisfied: 4_446,
        ..Counts::default()
    };
    let printed = counts.figures().iter().map(|figure| figure.hundredths).collect::<Vec<_>>();
    assert_eq!(printed, [Some(5_559), Some(3_854), Some(9_954), Some(9_993), None, Some(9_955)]);
    let met = counts.figures().iter().map(Figure::is_met).collect::<Vec<_>>();
    assert_eq!(met, [Some(false), Some(false), None, Some(true), None, Some(true)]);
}

#[test]
fn the_last_second_of_the_appointment_is_in_time() {
    let at = |ended| Record { course: Course { ended, ..Course::default() }, ..record() };
    assert_eq!(at(Some(DUE)).timeliness(NOW), Timeliness::OnTime);
    assert_eq!(at(Some(DUE.plus_seconds(1))).timeliness(NOW), Timeliness::Overdue);
    assert_eq!(at(None).timeliness(DUE), Timeliness::Open);
    assert_eq!(at(None).timeliness(NOW), Timeliness::Overdue);
    let undated = Record { appointment: None, ..at(Some(DUE)) };
    assert_eq!(undated.timeliness(NOW), Timeliness::Open);
}

#[test]
fn one_request_for_papers_stops_the_clock_and_a_second_does_not_save() {
    let asked = [(1, 0), (4, 10), (5, 1_000)];
    assert_eq!(walked(&asked).timeliness(Moment(9_000_000)), Timeliness::OnTime);
    let answered = [(1, 0), (5, 1_000), (4, 501_000), (9, 1_500_000), (10, 3_000_000)];
    assert_eq!(course(&answered).waited, 500_000);
    assert_eq!(walked(&answered).timeliness(Moment(9_000_000)), Timeliness::OnTime);
    let late = [(1, 0), (5, 1_000), (4, 501_000), (9, 1_500_001)];
    assert_eq!(walked(&late).timeliness(NOW), Timeliness::Overdue);
    let twice = [(1, 0), (5, 10), (4, 20), (5, 30), (4, 40), (9, 50)];
    assert_eq!(walked(&twice).timeliness(NOW), Timeliness::Overdue);
    // A note on a step is no second step.
    assert_eq!(course(&[(1, 0), (5, 10), (5, 20), (4, 30)]).supplement_requests, 1);
}

#[test]
fn withdrawing_is_an_end_and_can_be_taken_back() {
    let withdrawn = course(&[(1, 0), (4, 10), (7, 20), (8, 5_000_000)]);
    assert_eq!((withdrawn.ended, withdrawn.withdrawn), (Some(Moment(20)), true));
    let went_on = course(&[(1, 0), (7, 20), (4, 30)]);
    assert_eq!((went_on.ended, went_on.withdrawn), (None, false));
    let stopped = course(&[(1, 0), (4, 10), (8, 40)]);
    assert_eq!((stopped.ended, stopped.withdrawn), (Some(Moment(40)), false));
    assert_eq!(course(&[]), Course::default());
    // What was never supplemented ended with the request, stopped or withdrawn after it.
    for last in [7, 8] {
        let given_up = course(&[(4, 10), (5, 20), (last, 5_000_000)]);
        assert_eq!((given_up.ended, given_up.withdrawn), (Some(Moment(20)), last == 7));
    }
}

#[test]
fn an_answer_on_paper_only_is_not_online_and_a_refused_dossier_is_nowhere() {
    assert!(record().is_online());
    assert!(!Record { has_result_file: false, ..record() }.is_online());
    assert!(!Record { channel: Channel::Post, ..record() }.is_online());
    let under_way =
        Record { status: DossierStatus::InProgress, has_result_file: false, ..record() };
    assert!(under_way.is_online());
    let mut counts = Counts::default();
    counts.add(&Record { status: DossierStatus::Refused, ..record() }, NOW);
    assert_eq!(counts, Counts::default());
}

#[test]
fn what_is_free_is_not_paid_online() {
    let mut counts = Counts::default();
    counts.add(&Record { has_fee: false, ..record() }, NOW);
    assert_eq!(counts.share(FigureId::PaidOnline), Share { part: 0, whole: 0 });
    assert_eq!(counts.figures()[1].is_met(), None);
}

prop_compose! {
    fn any_record()(
        flags in any::<[bool; 6]>(), channel in 1u8..=3, status in 1u16..=10,
        appointment in proptest::option::of(0i64..3_000_000),
        steps in proptest::collection::vec((1u16..=10, 0i64..500_000), 0..8),
    ) -> Record {
        let [component, result, reused, fee, paid, complained] = flags;
        let mut at = 0;
        let steps: Vec<_> = steps.into_iter().map(|(code, later)| { at += later; (code, at) }).collect();
        let status = steps.last().map_or(status, |(code, _)| *code);
        Record {
            channel: Channel::from_code(channel).unwrap(),
            status: DossierStatus::from_code(status),
            appointment: appointment.map(Moment),
            course: course(&steps),
            has_component_file: component,
            has_result_file: result,
            reused,
            has_fee: fee,
            paid_online: paid,
            complained,
        }
    }
}

fn counted<'a>(records: impl Iterator<Item = &'a Record>) -> Counts {
    let mut counts = Counts::default();
    records.for_each(|record| counts.add(record, NOW));
    counts
}

proptest! {
    #[test]
    fn no_part_is_more_than_the_whole_and_no_order_matters(
        records in proptest::collection::vec(any_record(), 0..60),
    ) {
        let counts = counted(records.iter());
        prop_assert_eq!(counts, counted(records.iter().rev()));
        prop_assert!(counts.received <= records.len() as u64);
        for figure in counts.figures() {
            prop_assert!(figure.share.part <= figure.share.whole, "{figure:?}");
            prop_assert!(figure.hundredths.is_none_or(|share| share <= 10_000));
            prop_assert_eq!(figure.hundredths.is_none(), figure.share.whole == 0);
        }
    }

    #[test]
    fn shares_are_cut_off_and_never_rounded_up(part in 0u64..100_000, more in 0u64..100_000) {
        let figure = Figure::new(FigureId::Online, Share { part, whole: part + more });
        if let Some(hundredths) = figure.hundredths {
            let (exact, shown) = (part * 10_000, hundredths * (part + more));
            prop_assert!(shown <= exact && exact < shown + part + more);
            prop_assert_eq!(figure.is_met(), Some(hundredths >= 6_000));
        }
    }

    #[test]
    fn the_office_is_never_charged_for_the_time_that_it_waits(
        steps in proptest::collection::vec((1u16..=10, 0i64..500_000), 0..12),
    ) {
        let mut at = 0;
        let steps: Vec<_> = steps.into_iter().map(|(code, later)| { at += later; (code, at) }).collect();
        let course = course(&steps);
        prop_assert!((0..=at).contains(&course.waited));
        prop_assert!(course.ended.is_none_or(|ended| ended.0 <= at));
        prop_assert!(!course.withdrawn || course.ended.is_some());
    }
}
