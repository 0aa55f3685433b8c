//! Drafts of results: sent to be looked at, answered within a day, agreed by silence.

use super::{begin, begin_held, end, holder_files, needed, optional};
use crate::api::body::JsonBody;
use crate::app::App;
use crate::database;
use crate::dossiers::{self, Step};
use crate::error::{Result, problem};
use crate::outbox;
use crate::papers::handlers::body_of;
use crate::sessions::Session;
use crate::staff::Staff;
use crate::uploads::finish::look;
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use motcua_contract::dossiers::DossierView;
use motcua_contract::problem::ProblemType;
use motcua_contract::turns::{AnswerDraft, DraftView};
use motcua_domain::date::Moment;
use motcua_domain::desk::Act;
use motcua_domain::dossier::DossierStatus;
use motcua_domain::turns::draft_result::{DraftAnswer, DraftState, LIFETIME, last_moment, state};
use sqlx::{Row, SqliteConnection};

/// `POST /staff/dossiers/{code}/draft-result`: the draft's bytes.
pub async fn send(
    State(app): State<App>,
    staff: Staff,
    Path(code): Path<String>,
    bytes: std::result::Result<Bytes, BytesRejection>,
) -> Result<Json<DossierView>> {
    let looked = look(&app, body_of(bytes)?).await?;
    let (mut tx, dossier) = begin(&app, &staff, &code, Act::SendDraft, None).await?;
    let (code, now) = (dossier.code.as_str(), app.clock.now());
    let file = holder_files::put(&app, &looked, "drafts").await?;
    holder_files::insert(&mut tx, &file, code, &format!("du-thao-{code}")).await?;
    sqlx::query("INSERT INTO draft_results (dossier, file, sent_at) VALUES (?1, ?2, ?3)")
        .bind(code)
        .bind(&file.key)
        .bind(now.0)
        .execute(&mut *tx)
        .await?;
    let note = "Đã gửi bản dự thảo để người dân kiểm tra trong một ngày.";
    let step =
        Step { unit: Some(staff.unit()), note: Some(note), ..Step::new(dossier.status, now) };
    dossiers::take(&mut tx, &dossier.code, step).await?;
    let words = format!(
        "Hồ sơ {}: mời kiểm tra bản dự thảo trong một ngày. Không trả lời là đồng ý.",
        dossier.code
    );
    outbox::tell(&app, &mut tx, &dossier, "draft", &words).await?;
    end(&app, tx, code).await
}

/// `POST /dossiers/{code}/draft-result`.
pub async fn answer(
    State(app): State<App>,
    session: Option<Session>,
    Path(code): Path<String>,
    headers: HeaderMap,
    JsonBody(given): JsonBody<AnswerDraft>,
) -> Result<Json<DossierView>> {
    let remarks = match given.answer {
        DraftAnswer::Objected => {
            Some(needed(given.remarks.as_deref().unwrap_or_default(), "remarks")?)
        }
        DraftAnswer::Agreed => optional(given.remarks.as_deref(), "remarks")?,
    };
    let (mut tx, dossier) = begin_held(&app, session.as_ref(), &headers, &code).await?;
    let (code, now) = (dossier.code.as_str(), app.clock.now());
    let draft = find(&app, &mut tx, code).await?;
    if draft.is_none_or(|draft| draft.state != DraftState::Waiting) {
        return Err(problem(ProblemType::WrongStatus, "no draft waits for an answer"));
    }
    sqlx::query(
        "UPDATE draft_results SET answer = ?1, remarks = ?2, answered_at = ?3 \
         WHERE id = (SELECT MAX(id) FROM draft_results WHERE dossier = ?4)",
    )
    .bind(database::to_column(&given.answer)?)
    .bind(remarks)
    .bind(now.0)
    .bind(code)
    .execute(&mut *tx)
    .await?;
    let note = match (given.answer, remarks) {
        (DraftAnswer::Agreed, _) => "Người dân đồng ý với bản dự thảo.".to_owned(),
        (DraftAnswer::Objected, remarks) => {
            format!("Người dân đề nghị sửa bản dự thảo: {}", remarks.unwrap_or_default())
        }
    };
    let step = Step { note: Some(&note), ..Step::new(dossier.status, now) };
    dossiers::take(&mut tx, &dossier.code, step).await?;
    end(&app, tx, code).await
}

/// Writes into the timelines which drafts were agreed by silence. Gives how many.
pub async fn note_silence(app: &App) -> Result<usize> {
    let now = app.clock.now();
    let mut tx = database::begin(&app.db).await?;
    let rows = sqlx::query(
        "UPDATE draft_results SET answered_at = sent_at + ?1 \
         WHERE answered_at IS NULL AND sent_at <= ?2 RETURNING dossier",
    )
    .bind(LIFETIME)
    .bind(now.0 - LIFETIME)
    .fetch_all(&mut *tx)
    .await?;
    for row in &rows {
        let dossier = dossiers::get(&mut tx, row.try_get("dossier")?).await?;
        if matches!(dossier.status, DossierStatus::Accepted | DossierStatus::InProgress) {
            let note = "Hết một ngày không có ý kiến: coi như đồng ý với bản dự thảo.";
            let step = Step { note: Some(note), ..Step::new(dossier.status, now) };
            dossiers::take(&mut tx, &dossier.code, step).await?;
        }
    }
    tx.commit().await?;
    Ok(rows.len())
}

/// The newest draft of a dossier.
pub async fn find(
    app: &App,
    connection: &mut SqliteConnection,
    dossier: &str,
) -> Result<Option<DraftView>> {
    let row = sqlx::query(
        "SELECT sent_at, answer, remarks, key, media_type, size FROM draft_results \
         JOIN holder_files ON key = file WHERE draft_results.dossier = ?1 ORDER BY id DESC LIMIT 1",
    )
    .bind(dossier)
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let answer: Option<String> = row.try_get("answer")?;
    let answer = answer.map(database::from_column).transpose()?;
    let sent_at = Moment(row.try_get("sent_at")?);
    Ok(Some(DraftView {
        state: state(sent_at, answer, app.clock.now()),
        sent_at,
        last_moment: last_moment(sent_at),
        file: holder_files::view(app, &row)?,
        remarks: row.try_get("remarks")?,
    }))
}
