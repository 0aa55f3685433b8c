//! Withdrawals: asked by the citizen, looked at by the office. Accepted, the dossier is stopped, and what
//! was not paid need not be.

use super::{begin, begin_held, end, endings, needed, optional};
use crate::api::body::JsonBody;
use crate::app::App;
use crate::database::Tx;
use crate::dossiers::{self, Dossier, Step};
use crate::error::{Result, problem};
use crate::fees;
use crate::outbox;
use crate::sessions::Session;
use crate::staff::Staff;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use motcua_contract::dossiers::DossierView;
use motcua_contract::problem::ProblemType;
use motcua_contract::turns::{AskWithdrawal, DecideWithdrawal, EndDossier, WithdrawalView};
use motcua_domain::date::Moment;
use motcua_domain::desk::Act;
use motcua_domain::dossier::DossierStatus;
use motcua_domain::payment::FeeState;
use motcua_domain::turns::withdrawal::{FeeEffect, effect_on};
use sqlx::{Row, SqliteConnection};

/// `POST /dossiers/{code}/withdrawal`.
pub async fn ask(
    State(app): State<App>,
    session: Option<Session>,
    Path(code): Path<String>,
    headers: HeaderMap,
    JsonBody(asked): JsonBody<AskWithdrawal>,
) -> Result<Json<DossierView>> {
    let reason = needed(&asked.reason, "reason")?;
    let (mut tx, dossier) = begin_held(&app, session.as_ref(), &headers, &code).await?;
    if !dossier.status.may_be_withdrawn() {
        return Err(ProblemType::WrongStatus.into());
    }
    let note = format!("Công dân xin rút hồ sơ: {reason}");
    note_wish(&mut tx, &dossier, reason, &note, app.clock.now()).await?;
    end(&app, tx, dossier.code.as_str()).await
}

/// Notes that a dossier should be withdrawn, and what it goes back to otherwise.
pub async fn note_wish(
    tx: &mut Tx,
    dossier: &Dossier,
    reason: &str,
    note: &str,
    now: Moment,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO withdrawals (dossier, reason, back_to, appointment, asked_at) \
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )
    .bind(dossier.code.as_str())
    .bind(reason)
    .bind(i64::from(dossier.status.code()))
    .bind(dossier.appointment.map(|due| due.0))
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    let step = Step::new(DossierStatus::WithdrawalRequested, now);
    dossiers::take(tx, &dossier.code, Step { note: Some(note), ..step }).await
}

/// Closes the open wish. Gives the status and the appointment of before.
async fn close(
    tx: &mut Tx,
    dossier: &str,
    accepted: Option<bool>,
    note: Option<&str>,
    now: Moment,
) -> Result<(DossierStatus, Option<Moment>)> {
    let row = sqlx::query(
        "UPDATE withdrawals SET decided_at = ?1, accepted = ?2, note = ?3 \
         WHERE dossier = ?4 AND decided_at IS NULL RETURNING back_to, appointment",
    )
    .bind(now.0)
    .bind(accepted)
    .bind(note)
    .bind(dossier)
    .fetch_optional(&mut **tx)
    .await?
    .ok_or_else(|| problem(ProblemType::WrongStatus, "no wish to withdraw is open"))?;
    let back_to = u16::try_from(row.try_get::<i64, _>("back_to")?).unwrap_or(u16::MAX);
    let appointment = row.try_get::<Option<i64>, _>("appointment")?.map(Moment);
    Ok((DossierStatus::from_code(back_to), appointment))
}

/// `DELETE /dossiers/{code}/withdrawal`: the citizen thought better of it.
pub async fn cancel(
    State(app): State<App>,
    session: Option<Session>,
    Path(code): Path<String>,
    headers: HeaderMap,
) -> Result<Json<DossierView>> {
    let (mut tx, dossier) = begin_held(&app, session.as_ref(), &headers, &code).await?;
    let (code, now) = (dossier.code.as_str(), app.clock.now());
    let before = close(&mut tx, code, None, None, now).await?;
    let note = "Công dân không rút hồ sơ nữa.";
    go_back(&mut tx, &dossier, before, Step { note: Some(note), ..Step::new(before.0, now) })
        .await?;
    end(&app, tx, code).await
}

/// The dossier is where it was before the wish.
async fn go_back(
    tx: &mut Tx,
    dossier: &Dossier,
    before: (DossierStatus, Option<Moment>),
    step: Step<'_>,
) -> Result<()> {
    dossiers::set_appointment(tx, &dossier.code, before.1).await?;
    dossiers::take(tx, &dossier.code, step).await
}

/// `POST /staff/dossiers/{code}/withdrawal`.
pub async fn decide(
    State(app): State<App>,
    staff: Staff,
    Path(code): Path<String>,
    JsonBody(decision): JsonBody<DecideWithdrawal>,
) -> Result<Json<DossierView>> {
    let note = optional(decision.note.as_deref(), "note")?;
    if !decision.accepted && note.is_none() {
        return Err(problem(ProblemType::MalformedBody, "note: needed to say no"));
    }
    let said = if decision.accepted { "accepted" } else { "refused" };
    let (mut tx, dossier) = begin(&app, &staff, &code, Act::DecideWithdrawal, Some(said)).await?;
    let (code, now) = (dossier.code.as_str(), app.clock.now());
    let before = close(&mut tx, code, Some(decision.accepted), note, now).await?;
    if decision.accepted {
        let reason = note.unwrap_or("Công dân rút hồ sơ.").to_owned();
        let ending = EndDossier { reason, basis: None, advice: None };
        endings::end_with(&app, &mut tx, &dossier, &staff, &ending, false).await?;
    } else {
        let note = format!("Chưa được rút hồ sơ: {}", note.unwrap_or_default());
        let step = Step { unit: Some(staff.unit()), note: Some(&note), ..Step::new(before.0, now) };
        go_back(&mut tx, &dossier, before, step).await?;
        let words = format!("Hồ sơ {}: yêu cầu rút chưa được chấp nhận.", dossier.code);
        outbox::tell(&app, &mut tx, &dossier, "withdrawal", &words).await?;
    }
    end(&app, tx, code).await
}

/// What the end of a dossier does to its fees: what was not paid need not be any more. What was paid is
/// for the refund desk.
pub async fn drop_fees(tx: &mut Tx, dossier: &Dossier) -> Result<()> {
    let code = dossier.code.as_str();
    for line in fees::of_dossier(tx, code, dossier.status).await? {
        if effect_on(line.view.state) == FeeEffect::Dropped {
            fees::set_state(tx, code, &line.view.id, FeeState::Waived).await?;
        }
    }
    Ok(())
}

/// The newest wish of a dossier that was not taken back.
pub async fn find(
    connection: &mut SqliteConnection,
    dossier: &str,
) -> Result<Option<WithdrawalView>> {
    let row = sqlx::query(
        "SELECT reason, asked_at, accepted, note FROM withdrawals \
         WHERE dossier = ?1 AND (decided_at IS NULL OR accepted IS NOT NULL) \
         ORDER BY id DESC LIMIT 1",
    )
    .bind(dossier)
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        Ok(WithdrawalView {
            reason: row.try_get("reason")?,
            asked_at: Moment(row.try_get("asked_at")?),
            accepted: row.try_get("accepted")?,
            note: row.try_get("note")?,
        })
    })
    .transpose()
}
