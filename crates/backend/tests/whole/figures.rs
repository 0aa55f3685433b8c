//! The figures that the commune is judged by: its own quarter brought in over the public API gives its
//! own report, the app's dossiers count beside it, and nothing of a person is told.

use crate::files::photo;
use crate::world::{Browser, HUONG, STAFF_TOKEN, World, birth, extract, problem_of};
use motcua_contract::dossiers::DossierReceipt;
use motcua_contract::figures::{FiguresView, SyncReport};
use motcua_domain::date::CivilDate;
use motcua_domain::figures::synced::SyncFault;
use motcua_domain::figures::{Counts, Figure, FigureId};
use motcua_domain::reuse::Share;
use motcua_simulators::back_office::{Desk, Plan, REPORT, make, procedures};
use reqwest::Response;
use serde_json::{Value, json};
use std::path::Path;

async fn ask(world: &World, path: &str) -> Response {
    reqwest::get(format!("{}/api/v1{path}", world.origin)).await.unwrap()
}

/// The figures of the last hundred days.
async fn figures(world: &World) -> FiguresView {
    let today = world.app.clock.now().date();
    let path = format!("/figures?from={}&to={today}", today.plus_days(-100));
    ask(world, &path).await.json().await.unwrap()
}

fn figure(view: &FiguresView, id: FigureId) -> Figure {
    view.figures.iter().find(|figure| figure.id == id).unwrap().clone()
}

fn quarter(seed: u64, last_day: CivilDate) -> Vec<Value> {
    let catalogue = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogue");
    let (procedures, holidays) = procedures(&catalogue).unwrap();
    let plan = Plan { seed, last_day, agency: "H24.31".to_owned(), report: REPORT };
    make(&plan, &procedures, &holidays).unwrap()
}

async fn sync(world: &World, dossiers: &[Value]) -> SyncReport {
    let answer = world.staff("/synced-dossiers", json!({ "dossiers": dossiers })).await;
    assert_eq!(answer.status(), 200, "{:?}", answer.text().await);
    answer.json().await.unwrap()
}

/// A dossier of the counter, received and answered an hour ago.
fn at_counter(world: &World, serial: u32) -> Value {
    let then = world.app.clock.now().0 - 3_600;
    json!({
        "MaHoSo": format!("H24.31-260101-{serial}"), "MaTTHC": "2.000635", "KenhThucHien": 1,
        "NgayTiepNhan": then, "NgayHenTra": then + 86_400, "NgayKetThucXuLy": then + 60,
        "TrangThaiHoSo": 10,
    })
}

#[tokio::test]
async fn the_communes_quarter_gives_the_communes_report() {
    let world = World::open().await;
    let yesterday = world.app.clock.now().date().plus_days(-1);
    let desk = Desk::new(&world.origin, STAFF_TOKEN, None).unwrap();
    let quarter = quarter(766, yesterday);
    let taken = desk.send(&quarter).await.unwrap();
    assert_eq!((taken.taken, taken.refused), (4_466, vec![]));

    let view = figures(&world).await;
    let counts = view.counts;
    let expected = Counts {
        received: 4_466,
        online: 2_483,
        with_fee: 3_144,
        paid_online: 1_212,
        on_time: 4_390,
        overdue: 20,
        in_progress: 56,
        withdrawn: 11,
        with_component_file: 4_365,
        with_result_file: 4_368,
        digitised: 4_365,
        reusable: 4_365,
        satisfied: 4_446,
        // The report has no such number; that of the generator is made up.
        reused: counts.reused,
    };
    assert_eq!(counts, expected);
    let printed = |id| figure(&view, id).hundredths.unwrap();
    assert_eq!(printed(FigureId::Online), 5_559);
    assert_eq!(printed(FigureId::PaidOnline), 3_854);
    assert_eq!(printed(FigureId::Digitised), 9_993);
    assert_eq!(printed(FigureId::OnTime), 9_954);
    assert_eq!(printed(FigureId::Satisfied), 9_955);

    // Brought in again, nothing is counted twice.
    desk.send(&quarter[..900]).await.unwrap();
    assert_eq!(figures(&world).await.counts, expected);
}

#[tokio::test]
async fn a_known_code_is_replaced_and_a_bad_row_keeps_no_other_out() {
    let world = World::open().await;
    let own = world.citizen(HUONG).await.filed(&extract()).await.code.to_string();
    let good = at_counter(&world, 900_001);
    let mut late = at_counter(&world, 900_002);
    late["NgayKetThucXuLy"] = json!(world.app.clock.now().0 + 60);
    let mut twice_told = at_counter(&world, 900_003);
    twice_told["MaHoSo"] = json!(own);
    let mut strange = at_counter(&world, 900_004);
    strange["MaTTHC"] = json!("khai sinh");
    let report = sync(&world, &[late, good.clone(), twice_told, strange]).await;
    let faults = report.refused.iter().map(|refused| (refused.row, refused.fault));
    assert_eq!(report.taken, 1);
    assert_eq!(
        faults.collect::<Vec<_>>(),
        [
            (0, SyncFault::InTheFuture),
            (2, SyncFault::OwnDossier),
            (3, SyncFault::NotAProcedureCode)
        ]
    );
    assert_eq!(figures(&world).await.counts.received, 2);

    let mut changed = good;
    changed["KenhThucHien"] = json!(2);
    changed["TrangThaiHoSo"] = json!(7);
    sync(&world, &[changed]).await;
    let counts = figures(&world).await.counts;
    assert_eq!((counts.received, counts.online, counts.withdrawn), (2, 2, 1));
}

#[tokio::test]
async fn only_staff_bring_dossiers_in_and_never_a_persons_name() {
    let world = World::open().await;
    let address = format!("{}/api/v1/staff/synced-dossiers", world.origin);
    let body = json!({ "dossiers": [at_counter(&world, 900_001)] });
    let call = reqwest::Client::new().post(address).bearer_auth("not-the-token");
    let stranger = call.json(&body).send().await.unwrap();
    assert_eq!(problem_of(stranger).await, (403, "forbidden".to_owned()));

    let mut named = at_counter(&world, 900_001);
    named["ChuHoSo"] = json!("Nguyễn Văn A");
    let refused = world.staff("/synced-dossiers", json!({ "dossiers": [named] })).await;
    assert_eq!(problem_of(refused).await, (400, "malformed-body".to_owned()));
    let many: Vec<Value> = (0..501).map(|row| at_counter(&world, 900_001 + row)).collect();
    let refused = world.staff("/synced-dossiers", json!({ "dossiers": many })).await;
    assert_eq!(problem_of(refused).await, (400, "malformed-body".to_owned()));
    assert_eq!(figures(&world).await.counts, Counts::default());
}

/// Staff move a dossier through these statuses.
async fn moved(world: &World, receipt: &DossierReceipt, statuses: &[u16]) {
    for status in statuses {
        let path = format!("/dossiers/{}/status", receipt.code);
        let answer = world.staff(&path, json!({ "status": status, "note": "x" })).await;
        assert_eq!(answer.status(), 200, "{status}");
    }
}

async fn filed_birth(browser: &Browser<'_>) -> DossierReceipt {
    browser.filed(&birth(&browser.upload(&photo()).await)).await
}

#[tokio::test]
async fn the_apps_own_dossiers_count_from_filing_to_the_result() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let receipt = filed_birth(&browser).await;
    let counts = figures(&world).await.counts;
    assert_eq!((counts.received, counts.online, counts.in_progress), (1, 1, 1));
    assert_eq!((counts.with_component_file, counts.with_result_file), (1, 0));

    // Answered on paper it is not online; with the file of the result it is.
    moved(&world, &receipt, &[2, 4, 9, 10]).await;
    let view = figures(&world).await;
    assert_eq!(figure(&view, FigureId::Online).share, Share { part: 0, whole: 1 });
    assert_eq!(figure(&view, FigureId::OnTime).share, Share { part: 1, whole: 1 });
    let address =
        format!("{}/api/v1/staff/dossiers/{}/result?number=1", world.origin, receipt.code);
    let call = reqwest::Client::new().post(address).bearer_auth(STAFF_TOKEN).body(photo());
    assert_eq!(call.send().await.unwrap().status(), 201);
    let view = figures(&world).await;
    assert_eq!(figure(&view, FigureId::Online).share, Share { part: 1, whole: 1 });
    assert_eq!(figure(&view, FigureId::Digitised).share, Share { part: 1, whole: 1 });
    assert_eq!(figure(&view, FigureId::Satisfied).share, Share { part: 1, whole: 1 });
}

#[tokio::test]
async fn one_request_for_papers_stops_the_clock_and_a_second_makes_a_dossier_overdue() {
    let world = World::open().await;
    let receipt = filed_birth(&world.citizen(HUONG).await).await;
    moved(&world, &receipt, &[2, 5]).await;
    world.app.clock.advance(40 * 86_400);
    let waiting = figures(&world).await.counts;
    assert_eq!((waiting.overdue, waiting.on_time, waiting.in_progress), (0, 1, 0));
    // Taken up again, the forty days are the citizen's.
    moved(&world, &receipt, &[4]).await;
    assert_eq!(figures(&world).await.counts.overdue, 0);
    moved(&world, &receipt, &[5]).await;
    let view = figures(&world).await;
    assert_eq!(view.counts.overdue, 1);
    assert_eq!(figure(&view, FigureId::Satisfied).share, Share { part: 0, whole: 1 });
}

#[tokio::test]
async fn a_fee_counts_as_paid_online_only_through_a_gateway() {
    let world = World::open().await;
    let browser = world.citizen(HUONG).await;
    let share = async || figure(&figures(&world).await, FigureId::PaidOnline).share;
    let receipt = browser.filed(&extract()).await;
    assert_eq!(share().await, Share { part: 0, whole: 1 });
    let fee = &receipt.dossier.detail.as_ref().unwrap().fees[0].id;
    let path = format!("/dossiers/{}/fees/{fee}/cash", receipt.code);
    assert_eq!(world.staff(&path, json!({})).await.status(), 200);
    assert_eq!(share().await, Share { part: 0, whole: 1 });

    let second = browser.filed(&extract()).await;
    let fee = &second.dossier.detail.as_ref().unwrap().fees[0].id;
    let attempts = format!("/dossiers/{}/fees/{fee}/attempts", second.code);
    let begun = browser
        .call(reqwest::Method::POST, &attempts)
        .header("Idempotency-Key", "\"a-transfer-of-the-figures\"")
        .json(&json!({ "channel": "vietqr", "language": "vi" }));
    let attempt: Value = begun.send().await.unwrap().json().await.unwrap();
    let (words, amount) = (attempt["transfer"]["words"].as_str().unwrap(), &attempt["amount"]);
    let row = format!("26/11/2026 08:15,{amount},{words},FT26330766");
    let table = format!("Ngày,Số tiền,Nội dung,Mã giao dịch\n{row}\n");
    assert_eq!(world.staff_text("/statements", table).await.status(), 200);
    assert_eq!(share().await, Share { part: 1, whole: 2 });

    // What the office refused to take in was never received.
    moved(&world, &second, &[3]).await;
    assert_eq!(share().await, Share { part: 0, whole: 1 });
}

#[tokio::test]
async fn the_table_opens_in_a_spreadsheet_and_says_what_the_page_says() {
    let world = World::open().await;
    sync(&world, &[at_counter(&world, 900_001), at_counter(&world, 900_002)]).await;
    let mut online = at_counter(&world, 900_003);
    online["KenhThucHien"] = json!(2);
    online["DanhSachGiayToKetQua"] = json!([{ "MaKetQua": "1", "DuongDanTepTinKetQua": "/1.pdf" }]);
    sync(&world, &[online]).await;
    let today = world.app.clock.now().date();
    let from = today.plus_days(-3);
    let answer = ask(&world, &format!("/figures.csv?from={from}&to={today}")).await;
    let headers = answer.headers().clone();
    assert!(headers["content-type"].to_str().unwrap().starts_with("text/csv; charset=utf-8"));
    assert!(headers["content-disposition"].to_str().unwrap().contains("so-lieu.csv"));
    let text = String::from_utf8(answer.bytes().await.unwrap().to_vec()).unwrap();
    let text = text.strip_prefix('\u{feff}').unwrap();
    let lines: Vec<&str> = text.split_terminator("\r\n").collect();
    assert_eq!(lines.len(), 7);
    assert!(lines[0].starts_with("Chỉ số,Mã chỉ số (QĐ 766),Tử số,Mẫu số,"), "{}", lines[0]);
    let online = format!("Hồ sơ nộp trực tuyến,3.3,1,3,33.33,60.00,xã tự đặt,chưa,{from},{today}");
    assert_eq!(lines[1], online);
    let nothing = format!("Hồ sơ thanh toán trực tuyến,3.6,0,0,,60.00,xã tự đặt,,{from},{today}");
    assert_eq!(lines[2], nothing);
}

#[tokio::test]
async fn a_period_is_whole_days_of_vietnam_and_the_quarter_where_none_is_asked() {
    let world = World::open().await;
    let day = world.app.clock.now().date().plus_days(-2);
    let midnight = motcua_domain::date::Moment::at(day, 0).0;
    for (serial, received) in [(1, midnight - 1), (2, midnight), (3, midnight + 86_399)] {
        let mut row = at_counter(&world, 900_000 + serial);
        row["NgayTiepNhan"] = json!(received);
        sync(&world, &[row]).await;
    }
    let view: FiguresView =
        ask(&world, &format!("/figures?from={day}&to={day}")).await.json().await.unwrap();
    assert_eq!(view.counts.received, 2);

    let view: FiguresView = ask(&world, "/figures").await.json().await.unwrap();
    let today = world.app.clock.now().date();
    assert!(view.from <= today && today <= view.to && view.to.days_after(view.from) < 92);
    for query in [
        "?from=2026-10-01",
        "?from=2026-10-02&to=2026-10-01",
        "?from=2020-01-01&to=2026-01-01",
        "?from=hom-nay&to=2026-10-01",
        "?quy=4",
    ] {
        let refused = ask(&world, &format!("/figures{query}")).await;
        assert_eq!(problem_of(refused).await, (400, "malformed-body".to_owned()), "{query}");
    }
}
