//! The endpoints of the figures: for everybody as JSON and as a table, and staff's way to bring in what
//! was handled elsewhere.

use super::{store, table};
use crate::api::body::JsonBody;
use crate::api::query::QueryOf;
use crate::app::App;
use crate::database;
use crate::error::{Result, problem};
use crate::staff::Staff;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use motcua_contract::figures::{
    FiguresView, MOST_SYNCED, RefusedDossier, SyncDossiers, SyncReport,
};
use motcua_contract::problem::ProblemType;
use motcua_domain::date::CivilDate;
use motcua_domain::figures::Period;
use motcua_domain::figures::synced::SyncFault;
use serde::Deserialize;

/// Most days of a period: two years.
const MOST_DAYS: i64 = 732;

/// The period that is asked for. Both days or none.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Days {
    from: Option<CivilDate>,
    to: Option<CivilDate>,
}

impl Days {
    fn period(&self, today: CivilDate) -> Result<Period> {
        let period = match (self.from, self.to) {
            (None, None) => Period::quarter_of(today),
            (Some(from), Some(to)) => Period { from, to },
            _ => return Err(problem(ProblemType::MalformedBody, "from and to, or neither")),
        };
        let days = period.to.days_after(period.from) + 1;
        if !(1..=MOST_DAYS).contains(&days) {
            let detail = format!("from, to: 1 to {MOST_DAYS} days");
            return Err(problem(ProblemType::MalformedBody, detail));
        }
        Ok(period)
    }
}

async fn find(app: &App, days: &Days) -> Result<FiguresView> {
    let now = app.clock.now();
    let period = days.period(now.date())?;
    let mut connection = app.db.acquire().await?;
    let counts = store::count(&mut connection, period.moments(), now).await?;
    Ok(FiguresView { from: period.from, to: period.to, figures: counts.figures(), counts })
}

/// `GET /figures`.
pub async fn show(State(app): State<App>, QueryOf(days): QueryOf<Days>) -> Result<Response> {
    let mut response = Json(find(&app, &days).await?).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, fresh_for_a_minute());
    Ok(response)
}

/// `GET /figures.csv`.
pub async fn table(State(app): State<App>, QueryOf(days): QueryOf<Days>) -> Result<Response> {
    let mut response = table::write(&find(&app, &days).await?)?.into_response();
    let mut put = |name, value| response.headers_mut().insert(name, value);
    put(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8; header=present"));
    let name = "attachment; filename=\"so-lieu.csv\"";
    put(header::CONTENT_DISPOSITION, HeaderValue::from_static(name));
    put(header::CACHE_CONTROL, fresh_for_a_minute());
    Ok(response)
}

fn fresh_for_a_minute() -> HeaderValue {
    HeaderValue::from_static("public, max-age=60")
}

/// `POST /staff/synced-dossiers`. What reads is written, what does not is said row by row; sent again,
/// nothing is counted twice.
pub async fn sync(
    State(app): State<App>,
    _: Staff,
    JsonBody(sent): JsonBody<SyncDossiers>,
) -> Result<Json<SyncReport>> {
    if sent.dossiers.len() > MOST_SYNCED {
        return Err(problem(
            ProblemType::MalformedBody,
            format!("dossiers: at most {MOST_SYNCED}"),
        ));
    }
    let now = app.clock.now();
    let mut report = SyncReport::default();
    let mut tx = database::begin(&app.db).await?;
    for (row, dossier) in (0..).zip(&sent.dossiers) {
        let refused = match dossier.read(now) {
            Err(fault) => Some(fault),
            Ok(readable) if store::is_own(&mut tx, &readable.code).await? => {
                Some(SyncFault::OwnDossier)
            }
            Ok(readable) => {
                store::put(&mut tx, &readable, now).await?;
                None
            }
        };
        match refused {
            Some(fault) => {
                let code = dossier.code.clone();
                report.refused.push(RefusedDossier { row, code, fault });
            }
            None => report.taken += 1,
        }
    }
    tx.commit().await?;
    Ok(Json(report))
}
