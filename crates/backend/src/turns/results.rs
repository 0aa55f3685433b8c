//! The end with a result: added by staff (`papers`), ended, and on its way to the citizen.

use super::{begin, begin_held, drafts, end, holder_files, optional};
use crate::api::body::JsonBody;
use crate::app::App;
use crate::database::Tx;
use crate::dossiers::{self, Step};
use crate::error::{Result, problem};
use crate::outbox;
use crate::sessions::Session;
use crate::slips;
use crate::staff::Staff;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use motcua_contract::dossiers::DossierView;
use motcua_contract::problem::ProblemType;
use motcua_contract::slips::SlipMatter;
use motcua_contract::turns::{FinishDossier, ResultView};
use motcua_domain::date::Moment;
use motcua_domain::desk::Act;
use motcua_domain::dossier::DossierStatus;
use motcua_domain::payment::FeeState;
use motcua_domain::turns::delivery::Delivery;
use sqlx::{Row, SqliteConnection};

/// Why a dossier does not end: nothing was added for the citizen.
pub const NO_RESULT: &str = "there is no electronic result";
/// Why a dossier does not end: the citizen was asked, and has not said yes.
pub const DRAFT_NOT_AGREED: &str = "the draft is not agreed";
/// Why a dossier does not end: the pages were not counted.
pub const FEE_WITHOUT_AMOUNT: &str = "a fee has no amount yet";

/// `POST /staff/dossiers/{code}/finish`. An online dossier counts as online only with an electronic
/// result (index 3.3): ending without one must be meant.
pub async fn finish(
    State(app): State<App>,
    staff: Staff,
    Path(code): Path<String>,
    JsonBody(wanted): JsonBody<FinishDossier>,
) -> Result<Json<DossierView>> {
    let note = optional(wanted.note.as_deref(), "note")?;
    let (mut tx, dossier) = begin(&app, &staff, &code, Act::Finish, None).await?;
    let (code, now) = (dossier.code.as_str(), app.clock.now());
    if find(&app, &mut tx, code).await?.is_none() && !wanted.without_file {
        return Err(problem(ProblemType::WrongStatus, NO_RESULT));
    }
    let draft = drafts::find(&app, &mut tx, code).await?;
    if draft.is_some_and(|draft| !draft.state.may_be_signed()) {
        return Err(problem(ProblemType::WrongStatus, DRAFT_NOT_AGREED));
    }
    let lines = crate::fees::of_dossier(&mut tx, code, dossier.status).await?;
    if lines.iter().any(|line| line.view.state == FeeState::AwaitingAmount) {
        return Err(problem(ProblemType::WrongStatus, FEE_WITHOUT_AMOUNT));
    }
    let step = Step { unit: Some(staff.unit()), note, ..Step::new(DossierStatus::Done, now) };
    dossiers::take(&mut tx, &dossier.code, step).await?;
    let words = format!("Hồ sơ {} đã có kết quả.", dossier.code);
    outbox::tell(&app, &mut tx, &dossier, "done", &words).await?;
    end(&app, tx, code).await
}

/// `POST /staff/dossiers/{code}/return`.
pub async fn hand_out(
    State(app): State<App>,
    staff: Staff,
    Path(code): Path<String>,
) -> Result<Json<DossierView>> {
    let (mut tx, dossier) = begin(&app, &staff, &code, Act::Return, None).await?;
    let code = dossier.code.as_str();
    let matter = SlipMatter::Handed {
        number: find(&app, &mut tx, code).await?.map(|result| result.number),
        way: find_delivery(&mut tx, code).await?.unwrap_or(Delivery::Counter),
        due: last_appointment(&mut tx, code).await?,
    };
    let step = Step::new(DossierStatus::Returned, app.clock.now());
    dossiers::take(&mut tx, &dossier.code, Step { unit: Some(staff.unit()), ..step }).await?;
    slips::issue(&app, &mut tx, code, &matter).await?;
    end(&app, tx, dossier.code.as_str()).await
}

/// When a dossier was due that may have ended.
async fn last_appointment(tx: &mut Tx, dossier: &str) -> Result<Option<Moment>> {
    let sql = "SELECT COALESCE(appointment, last_appointment) FROM dossiers WHERE code = ?1";
    let due: Option<i64> = sqlx::query_scalar(sql).bind(dossier).fetch_one(&mut **tx).await?;
    Ok(due.map(Moment))
}

/// The newest result of a dossier.
pub async fn find(
    app: &App,
    connection: &mut SqliteConnection,
    dossier: &str,
) -> Result<Option<ResultView>> {
    let row = sqlx::query(
        "SELECT number, added_at, signature, key, holder_files.media_type, holder_files.size \
         FROM kept_papers JOIN holder_files ON key = file \
         WHERE kept_papers.dossier = ?1 AND origin = 'result' ORDER BY added_at DESC LIMIT 1",
    )
    .bind(dossier)
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        Ok(ResultView {
            number: row.try_get::<Option<String>, _>("number")?.unwrap_or_default(),
            added_at: Moment(row.try_get("added_at")?),
            file: holder_files::view(app, &row)?,
            signature: row
                .try_get::<Option<String>, _>("signature")?
                .map(|text| serde_json::from_str(&text))
                .transpose()?,
        })
    })
    .transpose()
}

/// `POST /dossiers/{code}/delivery`. May be changed until the result is handed out.
pub async fn choose_delivery(
    State(app): State<App>,
    session: Option<Session>,
    Path(code): Path<String>,
    headers: HeaderMap,
    JsonBody(chosen): JsonBody<Delivery>,
) -> Result<Json<DossierView>> {
    if let Delivery::Post { to } = &chosen {
        let wrong = to.problems();
        if !wrong.is_empty() {
            return Err(problem(ProblemType::MalformedBody, format!("address: {wrong:?}")));
        }
    }
    let (mut tx, dossier) = begin_held(&app, session.as_ref(), &headers, &code).await?;
    let over = dossier.status.is_final() && dossier.status != DossierStatus::Done;
    if over || dossier.status == DossierStatus::WithdrawalRequested {
        return Err(ProblemType::WrongStatus.into());
    }
    let (code, now) = (dossier.code.as_str(), app.clock.now());
    sqlx::query(
        "INSERT INTO deliveries (dossier, way, chosen_at) VALUES (?1, ?2, ?3) \
         ON CONFLICT (dossier) DO UPDATE SET way = ?2, chosen_at = ?3",
    )
    .bind(code)
    .bind(serde_json::to_string(&chosen)?)
    .bind(now.0)
    .execute(&mut *tx)
    .await?;
    let note = match chosen {
        Delivery::Counter => "Người dân chọn nhận kết quả tại quầy.",
        Delivery::Post { .. } => "Người dân chọn nhận kết quả qua bưu điện.",
    };
    let step = Step { note: Some(note), ..Step::new(dossier.status, now) };
    dossiers::take(&mut tx, &dossier.code, step).await?;
    end(&app, tx, code).await
}

/// How the citizen wants the paper result.
pub async fn find_delivery(
    connection: &mut SqliteConnection,
    dossier: &str,
) -> Result<Option<Delivery>> {
    let row = sqlx::query("SELECT way FROM deliveries WHERE dossier = ?1")
        .bind(dossier)
        .fetch_optional(connection)
        .await?;
    row.map(|row| Ok(serde_json::from_str(row.try_get("way")?)?)).transpose()
}
