//! The office's clock: it starts when a dossier is taken in whole, stands still while the citizen is waited
//! for, and may be set anew once, with an apology.

use super::{begin, end, needed};
use crate::api::body::JsonBody;
use crate::app::App;
use crate::database::Tx;
use crate::dossiers::{self, Dossier, Step};
use crate::error::{Result, problem};
use crate::fees;
use crate::outbox;
use crate::payments::settle::restart_clock;
use crate::slips;
use crate::staff::Staff;
use axum::Json;
use axum::extract::{Path, State};
use motcua_contract::dossiers::DossierView;
use motcua_contract::problem::ProblemType;
use motcua_contract::slips::SlipMatter;
use motcua_contract::turns::{ApologyView, Reappoint};
use motcua_domain::date::Moment;
use motcua_domain::desk::Act;
use motcua_domain::dossier::DossierStatus;
use motcua_domain::fee::FeeTiming;
use motcua_domain::payment::FeeState;
use motcua_domain::turns::reappointment::reappoint as rule;
use sqlx::{Row, SqliteConnection};

/// Whether the office waits for money before it goes on. What is due at the return holds nothing up.
pub async fn owes(tx: &mut Tx, dossier: &Dossier) -> Result<bool> {
    let lines = fees::of_dossier(tx, dossier.code.as_str(), dossier.status).await?;
    Ok(lines
        .iter()
        .any(|fee| fee.view.state == FeeState::Due && fee.view.timing != FeeTiming::Return))
}

/// Starts the clock of a dossier that has none, unless money is still waited for.
pub async fn start(app: &App, tx: &mut Tx, dossier: &Dossier, now: Moment) -> Result<()> {
    if owes(tx, dossier).await? { Ok(()) } else { restart_clock(app, tx, dossier, now).await }
}

/// `POST /staff/dossiers/{code}/intake`.
pub async fn take_in(
    State(app): State<App>,
    staff: Staff,
    Path(code): Path<String>,
) -> Result<Json<DossierView>> {
    let (mut tx, dossier) = begin(&app, &staff, &code, Act::TakeIn, None).await?;
    let now = app.clock.now();
    let step = Step { unit: Some(staff.unit()), ..Step::new(DossierStatus::Accepted, now) };
    dossiers::take(&mut tx, &dossier.code, step).await?;
    if dossier.appointment.is_none() {
        start(&app, &mut tx, &dossier, now).await?;
    }
    let taken = dossiers::get(&mut tx, dossier.code.as_str()).await?;
    let matter = slips::intake(&mut tx, &taken).await?;
    slips::issue(&app, &mut tx, taken.code.as_str(), &matter).await?;
    let due = match taken.appointment {
        Some(due) => format!(" Hẹn trả kết quả ngày {}.", due.date().written()),
        None => String::new(),
    };
    let words = format!("Hồ sơ {} đã được tiếp nhận.{due}", dossier.code);
    outbox::tell(&app, &mut tx, &dossier, "taken_in", &words).await?;
    end(&app, tx, dossier.code.as_str()).await
}

/// `POST /staff/dossiers/{code}/processing`.
pub async fn process(
    State(app): State<App>,
    staff: Staff,
    Path(code): Path<String>,
) -> Result<Json<DossierView>> {
    let (mut tx, dossier) = begin(&app, &staff, &code, Act::Process, None).await?;
    let step = Step::new(DossierStatus::InProgress, app.clock.now());
    dossiers::take(&mut tx, &dossier.code, Step { unit: Some(staff.unit()), ..step }).await?;
    end(&app, tx, dossier.code.as_str()).await
}

/// `POST /staff/dossiers/{code}/apology`.
pub async fn reappoint(
    State(app): State<App>,
    staff: Staff,
    Path(code): Path<String>,
    JsonBody(wanted): JsonBody<Reappoint>,
) -> Result<Json<DossierView>> {
    let reason = needed(&wanted.reason, "reason")?;
    let day = wanted.day.to_string();
    let (mut tx, dossier) = begin(&app, &staff, &code, Act::Reappoint, Some(&day)).await?;
    let (code, now) = (dossier.code.as_str(), app.clock.now());
    let had_one = find_apology(&mut tx, code).await?.is_some();
    let new = rule(dossier.appointment, had_one, wanted.day, now, &app.catalogue.holidays)
        .map_err(|why| problem(ProblemType::WrongStatus, why.to_string()))?;
    sqlx::query(
        "INSERT INTO reappointments (dossier, old, new, reason, at) VALUES (?1, ?2, ?3, ?4, ?5)",
    )
    .bind(code)
    .bind(dossier.appointment.map(|old| old.0))
    .bind(new.0)
    .bind(reason)
    .bind(now.0)
    .execute(&mut *tx)
    .await?;
    dossiers::set_appointment(&mut tx, &dossier.code, Some(new)).await?;
    let note = format!("Xin lỗi và hẹn lại ngày {}. {reason}", wanted.day.written());
    let step = Step::new(dossier.status, now);
    let step = Step { unit: Some(staff.unit()), note: Some(&note), ..step };
    dossiers::take(&mut tx, &dossier.code, step).await?;
    if let Some(old) = dossier.appointment {
        let matter = SlipMatter::Apology { old, new, reason: reason.to_owned() };
        slips::issue(&app, &mut tx, code, &matter).await?;
    }
    let words = format!(
        "Xin lỗi: hồ sơ {} chưa xong đúng hẹn. Hẹn trả mới: ngày {}.",
        dossier.code,
        wanted.day.written()
    );
    outbox::tell(&app, &mut tx, &dossier, "apology", &words).await?;
    end(&app, tx, code).await
}

/// The letter of apology of a dossier.
pub async fn find_apology(
    connection: &mut SqliteConnection,
    dossier: &str,
) -> Result<Option<ApologyView>> {
    let row = sqlx::query("SELECT old, new, reason, at FROM reappointments WHERE dossier = ?1")
        .bind(dossier)
        .fetch_optional(connection)
        .await?;
    row.map(|row| {
        Ok(ApologyView {
            old: Moment(row.try_get("old")?),
            new: Moment(row.try_get("new")?),
            reason: row.try_get("reason")?,
            at: Moment(row.try_get("at")?),
        })
    })
    .transpose()
}
