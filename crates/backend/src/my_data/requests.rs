//! Requests of a person about their data: asked, taken back, read. What the office does with them is in
//! `desk`; clocks and states are the domain's.

use super::collect;
use crate::api::body::JsonBody;
use crate::app::App;
use crate::database::{self, Tx, from_column, to_column};
use crate::error::{Error, Result, problem};
use crate::serials;
use crate::sessions::Citizen;
use crate::turns::needed;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use motcua_contract::my_data::{AskAboutData, DataRequestView, StaffRequest};
use motcua_contract::problem::ProblemType;
use motcua_domain::data_rights::{DataRequestState, clocks};
use motcua_domain::date::Moment;
use motcua_domain::dossier::DossierCode;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

/// A request as stored.
#[derive(Debug, Clone)]
pub struct Request {
    /// Who asks, by the identity provider.
    pub subject: String,
    /// Whether it was extended.
    pub extended: bool,
    /// The rest.
    pub staff: StaffRequest,
}

impl Request {
    /// As the person sees it.
    pub fn view(&self) -> &DataRequestView {
        &self.staff.request
    }
}

fn read(row: &SqliteRow) -> Result<Request> {
    let moment = |name| Ok::<_, sqlx::Error>(row.try_get::<Option<i64>, _>(name)?.map(Moment));
    let dossier: Option<String> = row.try_get("dossier")?;
    let request = DataRequestView {
        code: row.try_get("code")?,
        wish: from_column(row.try_get("wish")?)?,
        dossier: dossier.map(from_column).transpose()?,
        words: row.try_get("words")?,
        asked_at: Moment(row.try_get("asked_at")?),
        answer_by: from_column(row.try_get("answer_by")?)?,
        carry_out_by: from_column(row.try_get("carry_out_by")?)?,
        state: from_column(row.try_get("state")?)?,
        answer: row.try_get("answer")?,
        answered_at: moment("answered_at")?,
        extension: row.try_get("extension")?,
        outcome: row.try_get("outcome")?,
        rule: row.try_get("rule")?,
        ended_at: moment("ended_at")?,
    };
    Ok(Request {
        subject: row.try_get("subject")?,
        extended: moment("extended_at")?.is_some(),
        staff: StaffRequest {
            person_name: row.try_get("person_name")?,
            person_number: row.try_get("person_number")?,
            request,
        },
    })
}

/// A request by its code.
pub async fn get(connection: &mut SqliteConnection, code: &str) -> Result<Request> {
    let row = sqlx::query("SELECT * FROM data_requests WHERE code = ?1")
        .bind(code)
        .fetch_optional(connection)
        .await?;
    read(&row.ok_or(ProblemType::NotFound)?)
}

/// The requests of a person, newest first.
pub async fn of_subject(
    connection: &mut SqliteConnection,
    subject: &str,
) -> Result<Vec<DataRequestView>> {
    let sql = "SELECT * FROM data_requests WHERE subject = ?1 ORDER BY asked_at DESC, code DESC";
    let rows = sqlx::query(sql).bind(subject).fetch_all(connection).await?;
    rows.iter().map(|row| Ok(read(row)?.staff.request)).collect()
}

/// The requests that the office still has something to do with, what is due first coming first.
pub async fn open(connection: &mut SqliteConnection) -> Result<Vec<Request>> {
    let sql = "SELECT * FROM data_requests WHERE state IN ('asked', 'answered') \
               ORDER BY CASE state WHEN 'asked' THEN answer_by ELSE carry_out_by END, code";
    sqlx::query(sql).fetch_all(connection).await?.iter().map(read).collect()
}

async fn find_open(
    tx: &mut Tx,
    subject: &str,
    wish: &str,
    dossier: Option<&DossierCode>,
) -> Result<Option<DataRequestView>> {
    let row = sqlx::query(
        "SELECT * FROM data_requests WHERE subject = ?1 AND wish = ?2 AND dossier IS ?3 \
         AND state IN ('asked', 'answered')",
    )
    .bind(subject)
    .bind(wish)
    .bind(dossier.map(DossierCode::as_str))
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|row| Ok(read(&row)?.staff.request)).transpose()
}

/// `POST /me/data-requests`. The same that is open already is that one.
pub async fn ask(
    State(app): State<App>,
    citizen: Citizen,
    JsonBody(asked): JsonBody<AskAboutData>,
) -> Result<(StatusCode, Json<DataRequestView>)> {
    let words = needed(&asked.words, "words")?;
    let mut tx = database::begin(&app.db).await?;
    if let Some(code) = &asked.dossier {
        collect::get_tied(&mut tx, &citizen, code.as_str()).await?;
    }
    let (subject, wish) = (&citizen.subject, to_column(&asked.wish)?);
    if let Some(known) = find_open(&mut tx, subject, &wish, asked.dossier.as_ref()).await? {
        return Ok((StatusCode::OK, Json(known)));
    }
    let now = app.clock.now();
    let clocks = clocks(asked.wish, false, now, &app.catalogue.holidays);
    let series = format!("DL{:02}", now.date().year() % 100);
    let serial = serials::next(&mut tx, &app.settings.agency, &series).await?;
    let code = format!("{series}-{serial:06}");
    sqlx::query(
        "INSERT INTO data_requests (code, subject, person_name, person_number, wish, dossier, words, \
         asked_at, answer_by, carry_out_by, state) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )
    .bind(&code)
    .bind(subject)
    .bind(&citizen.profile.name)
    .bind(&citizen.profile.citizen_number)
    .bind(&wish)
    .bind(asked.dossier.as_ref().map(DossierCode::as_str))
    .bind(words)
    .bind(now.0)
    .bind(to_column(&clocks.answer_by)?)
    .bind(to_column(&clocks.carry_out_by)?)
    .bind(to_column(&DataRequestState::Asked)?)
    .execute(&mut *tx)
    .await?;
    let request = get(&mut tx, &code).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(request.staff.request)))
}

/// `DELETE /me/data-requests/{request}`. Another's is as good as not there.
pub async fn cancel(
    State(app): State<App>,
    citizen: Citizen,
    Path(code): Path<String>,
) -> Result<Json<DataRequestView>> {
    let mut tx = database::begin(&app.db).await?;
    let request = get(&mut tx, &code).await?;
    if request.subject != citizen.subject {
        return Err(ProblemType::NotFound.into());
    }
    if !request.view().state.is_open() {
        return Err(problem(ProblemType::WrongStatus, "it is not open any more"));
    }
    set_state(&mut tx, &code, DataRequestState::Cancelled, Some(app.clock.now())).await?;
    let request = get(&mut tx, &code).await?;
    tx.commit().await.map_err(Error::from)?;
    Ok(Json(request.staff.request))
}

/// Moves a request to a state, and says when it ended.
pub async fn set_state(
    tx: &mut Tx,
    code: &str,
    state: DataRequestState,
    ended_at: Option<Moment>,
) -> Result<()> {
    sqlx::query("UPDATE data_requests SET state = ?1, ended_at = ?2 WHERE code = ?3")
        .bind(to_column(&state)?)
        .bind(ended_at.map(|at| at.0))
        .bind(code)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
