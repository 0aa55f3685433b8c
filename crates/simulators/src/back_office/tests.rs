//! The quarter counted by hand, for many seeds and days: it has the report's numbers and nothing that
//! could not be.

use super::*;
use motcua_domain::calendar::Holidays;
use motcua_domain::date::{CivilDate, Moment};
use motcua_domain::procedure::Procedure;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

fn catalogue() -> (Vec<Procedure>, Holidays) {
    procedures(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogue")).unwrap()
}

fn plan(seed: u64, last_day: &str) -> Plan {
    let last_day = last_day.parse::<CivilDate>().unwrap();
    Plan { seed, last_day, agency: "H24.31".to_owned(), report: REPORT }
}

fn count(quarter: &[Value], is: impl Fn(&Value) -> bool) -> usize {
    quarter.iter().filter(|row| is(row)).count()
}

#[test]
fn the_quarter_has_the_reports_numbers_whatever_the_seed_and_the_day() {
    let (procedures, holidays) = catalogue();
    for (seed, last_day) in
        [(766, "2026-11-25"), (1, "2026-11-22"), (2, "2026-02-22"), (3, "2027-01-03")]
    {
        let plan = plan(seed, last_day);
        let quarter = make(&plan, &procedures, &holidays).unwrap();
        let status = |row: &Value| row["TrangThaiHoSo"].as_u64().unwrap();
        let at = |row: &Value, field: &str| row[field].as_i64();
        let paid = |row: &Value| row["DuocThanhToanTrucTuyen"] == 1;
        let has_fee = |row: &Value| row["DanhSachLePhi"][0]["Gia"].as_u64().unwrap() > 0;
        assert_eq!(quarter.len(), REPORT.received);
        assert_eq!(count(&quarter, |row| row["KenhThucHien"] == 2), REPORT.online);
        assert_eq!(count(&quarter, has_fee), REPORT.with_fee);
        assert_eq!(count(&quarter, |row| paid(row) && has_fee(row)), REPORT.paid_online);
        assert_eq!(count(&quarter, |row| status(row) == 7), REPORT.withdrawn);
        assert_eq!(count(&quarter, |row| status(row) == 4), REPORT.in_progress);
        let result = |row: &Value| !row["DanhSachGiayToKetQua"].as_array().unwrap().is_empty();
        assert_eq!(count(&quarter, result), REPORT.with_result_file);
        let file = |row: &Value| row["TaiLieuNop"][0]["DuocSoHoa"] == 1;
        assert_eq!(count(&quarter, |row| file(row) && result(row)), REPORT.with_component_file);
        let overdue = |row: &Value| {
            at(row, "NgayKetThucXuLy") > at(row, "NgayHenTra")
                || row["DanhSachHoSoBoSung"].as_array().unwrap().len() > 1
        };
        assert_eq!(count(&quarter, overdue), REPORT.overdue);

        let end = Moment::at(plan.last_day.plus_days(1), 0).0;
        let codes: BTreeSet<&str> =
            quarter.iter().map(|row| row["MaHoSo"].as_str().unwrap()).collect();
        assert_eq!(codes.len(), REPORT.received);
        for row in &quarter {
            let received = at(row, "NgayTiepNhan").unwrap();
            assert!(received < end && received > end - 81 * 86_400, "{row}");
            assert!(at(row, "NgayKetThucXuLy").is_none_or(|at| received < at && at < end), "{row}");
            let online = row["KenhThucHien"] == 2;
            let day = Moment(received).date();
            assert!(online || holidays.is_working_day(day), "{row}");
            assert!(!paid(row) || online, "{row}");
        }
    }
}

#[test]
fn a_seed_makes_the_same_quarter_again_and_another_seed_another() {
    let (procedures, holidays) = catalogue();
    let made = |seed| make(&plan(seed, "2026-11-25"), &procedures, &holidays).unwrap();
    assert_eq!(made(5), made(5));
    assert_ne!(made(5), made(6));
}

#[test]
fn a_catalogue_that_suits_nobody_is_said() {
    let made = make(&plan(5, "2026-11-25"), &[], &Holidays::default());
    assert!(made.is_err());
}
