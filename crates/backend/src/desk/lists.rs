//! The desk's lists: what waits to be taken in, to be worked on, for the citizen; what is due. And the
//! dossiers of a name, found without marks.

use super::sessions::OnDuty;
use super::{BASE, data_requests, feedback_list, page, words};
use crate::app::App;
use crate::dossiers::status_view;
use crate::error::Result;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use motcua_domain::date::Moment;
use motcua_domain::desk::Role;
use motcua_domain::dossier::DossierStatus;
use motcua_domain::text::{Text, fold};
use serde::Deserialize;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// Most rows of a list.
const MOST: usize = 200;

/// A list of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    TakeIn,
    Due,
    Work,
    Citizen,
    Withdrawals,
    HandOut,
}

impl List {
    const ALL: [Self; 6] =
        [Self::TakeIn, Self::Due, Self::Work, Self::Citizen, Self::Withdrawals, Self::HandOut];

    const fn id(self) -> &'static str {
        match self {
            Self::TakeIn => "tiep-nhan",
            Self::Due => "den-han",
            Self::Work => "xu-ly",
            Self::Citizen => "cho-dan",
            Self::Withdrawals => "xin-rut",
            Self::HandOut => "tra-ket-qua",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::TakeIn => "Chờ tiếp nhận",
            Self::Due => "Đến hạn, quá hạn",
            Self::Work => "Đang xử lý",
            Self::Citizen => "Chờ người dân",
            Self::Withdrawals => "Xin rút",
            Self::HandOut => "Chờ trả kết quả",
        }
    }

    fn has(self, row: &Line, end_of_today: Moment) -> bool {
        use DossierStatus::{
            Accepted, Done, InProgress, PaymentRequested, Registered, SupplementRequested,
            WithdrawalRequested,
        };
        let at_work = matches!(row.status, Accepted | InProgress);
        match self {
            Self::TakeIn => row.status == Registered,
            Self::Due => at_work && row.due.is_some_and(|due| due < end_of_today),
            Self::Work => at_work,
            Self::Citizen => matches!(row.status, SupplementRequested | PaymentRequested),
            Self::Withdrawals => row.status == WithdrawalRequested,
            Self::HandOut => row.status == Done,
        }
    }

    /// What somebody of this role looks at first.
    const fn first_of(role: Role) -> Self {
        match role {
            Role::Reception | Role::System => Self::TakeIn,
            Role::Officer => Self::Work,
            Role::Leader => Self::Due,
        }
    }
}

/// A dossier in a list.
#[derive(Debug)]
struct Line {
    code: String,
    procedure: Text,
    applicant: String,
    submitter: String,
    status: DossierStatus,
    due: Option<Moment>,
    filed: Moment,
}

fn read(row: &SqliteRow) -> Result<Line> {
    let status = u16::try_from(row.try_get::<i64, _>("status")?).unwrap_or(u16::MAX);
    Ok(Line {
        code: row.try_get("code")?,
        procedure: serde_json::from_str(row.try_get("procedure_name")?)?,
        applicant: row.try_get("applicant_name")?,
        submitter: row.try_get("submitter_name")?,
        status: DossierStatus::from_code(status),
        due: row.try_get::<Option<i64>, _>("appointment")?.map(Moment),
        filed: Moment(row.try_get("submitted_at")?),
    })
}

const COLUMNS: &str = "SELECT code, procedure_name, applicant_name, submitter_name, status, \
                       appointment, submitted_at FROM dossiers";

/// Every dossier that the office is not done with, but for those of a guided run, which are found by their
/// code; what is due first comes first.
async fn open(app: &App) -> Result<Vec<Line>> {
    let sql = sqlx::AssertSqlSafe(format!(
        "{COLUMNS} WHERE status IN (1, 2, 4, 5, 6, 7, 9) AND sample = 0 \
         ORDER BY appointment IS NULL, appointment, submitted_at"
    ));
    sqlx::query(sql).fetch_all(&app.db).await?.iter().map(read).collect()
}

/// The dossiers in which this is in the applicant's or the submitter's name, newest first, marks aside. Reads
/// them all: a commune has some thousand a year.
async fn of_name(app: &App, name: &str) -> Result<Vec<Line>> {
    let wanted = fold(name);
    let sql = sqlx::AssertSqlSafe(format!("{COLUMNS} ORDER BY submitted_at DESC"));
    let rows = sqlx::query(sql).fetch_all(&app.db).await?;
    let lines: Vec<Line> = rows.iter().map(read).collect::<Result<_>>()?;
    let is_of = |line: &Line| {
        fold(&line.applicant).contains(&wanted) || fold(&line.submitter).contains(&wanted)
    };
    Ok(lines.into_iter().filter(is_of).take(MOST).collect())
}

/// The dossiers of which a citizen is the applicant, newest first.
async fn of_citizen(app: &App, number: &str) -> Result<Vec<Line>> {
    let sql = sqlx::AssertSqlSafe(format!(
        "{COLUMNS} WHERE json_extract(applicant, '$.citizen_number') = ?1 \
         ORDER BY submitted_at DESC"
    ));
    sqlx::query(sql).bind(number).fetch_all(&app.db).await?.iter().map(read).collect()
}

fn table(lines: &[&Line], now: Moment) -> Markup {
    html! {
        @if lines.is_empty() {
            p { "Không có hồ sơ nào." }
        } @else {
            ul class="dossiers" {
                @for line in lines.iter().take(MOST) {
                    li {
                        a href={ (BASE) "/ho-so/" (line.code) } { (line.code) }
                        p { (line.applicant) " · " (line.procedure.vi) }
                        p {
                            (status_view(line.status).text) " · nộp " (words::moment(line.filed))
                            @if let Some(due) = line.due {
                                " · hẹn " (words::moment(due))
                                @if due < now { " " strong class="late" { "QUÁ HẠN" } }
                            }
                        }
                    }
                }
            }
            @if lines.len() > MOST { p { "Chỉ hiện " (MOST) " hồ sơ đầu." } }
        }
    }
}

/// The field that takes what is typed or scanned.
pub fn scan_field(on_duty: &OnDuty, typed: &str, said: Option<&str>) -> Markup {
    html! {
        form class="card scan" method="post" action={ (BASE) "/quet" } {
            (page::csrf(on_duty))
            label for="code" { "Quét hoặc gõ mã, hoặc tên" }
            @if let Some(said) = said { p class="bad" role="alert" id="code-said" { (said) } }
            input id="code" name="code" value=(typed) autocomplete="off" autofocus required
                aria-describedby=[said.map(|_| "code-said")];
            button type="submit" { "Tìm hồ sơ" }
        }
    }
}

/// Which list; or a name, or a citizen's number.
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    xem: Option<String>,
    ten: Option<String>,
    so: Option<String>,
}

/// `GET /ban-lam-viec`.
pub async fn show(State(app): State<App>, on_duty: OnDuty, Query(which): Query<Which>) -> Response {
    match drawn(&app, &on_duty, &which).await {
        Ok(body) => page::page(StatusCode::OK, "Hồ sơ", Some(&on_duty), &body),
        Err(error) => page::broken(error),
    }
}

async fn drawn(app: &App, on_duty: &OnDuty, which: &Which) -> Result<Markup> {
    let now = app.clock.now();
    let end_of_today = Moment::at(now.date().plus_days(1), 0);
    let open = open(app).await?;
    let about_data = data_requests::count_open(app).await?;
    let chosen = which.xem.as_deref();
    let chosen = List::ALL.into_iter().find(|list| Some(list.id()) == chosen);
    let found = match (&which.ten, &which.so) {
        (Some(name), _) => Some((format!("Tên có “{name}”"), of_name(app, name).await?)),
        (None, Some(number)) => {
            Some(("Hồ sơ của người này".to_owned(), of_citizen(app, number).await?))
        }
        (None, None) => None,
    };
    let list = chosen.unwrap_or(List::first_of(on_duty.staff.role));
    let voices = feedback_list::count(app).await?;
    let count = |list: List| open.iter().filter(|line| list.has(line, end_of_today)).count();
    Ok(html! {
        (scan_field(on_duty, "", None))
        nav class="lists" aria-label="Danh sách" {
            @for one in List::ALL {
                a href={ (BASE) "?xem=" (one.id()) }
                    aria-current=[(found.is_none() && one == list).then_some("page")] {
                    (one.title()) " (" (count(one)) ")"
                }
            }
            a href={ (BASE) "/du-lieu" } { "Yêu cầu về dữ liệu (" (about_data) ")" }
            a href={ (BASE) "/phan-anh" } { "Phản ánh, kiến nghị (" (voices) ")" }
        }
        @if let Some((title, lines)) = &found {
            h2 { (title) }
            (table(&lines.iter().collect::<Vec<_>>(), now))
        } @else {
            h2 { (list.title()) }
            (table(&open.iter().filter(|line| list.has(line, end_of_today)).collect::<Vec<_>>(), now))
        }
    })
}
