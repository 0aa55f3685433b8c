//! The records that the figures are counted from: of the app's own dossiers and of synced ones. Reads
//! and writes; what a record counts for is the domain's.

use crate::database::Tx;
use crate::error::{Error, Result};
use futures_util::TryStreamExt as _;
use motcua_domain::date::Moment;
use motcua_domain::dossier::{DossierCode, DossierStatus};
use motcua_domain::fee::Channel;
use motcua_domain::figures::synced::Readable;
use motcua_domain::figures::{Counts, Course, Record};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

/// Whether the citizen of one of the app's own dossiers was not content with it, as SQL over `dossiers`.
/// A dislike, or feedback about it (phản ánh, kiến nghị) from its holder, whatever became of that
/// (`domain::feedback::counts_against_dossier`).
const OWN_COMPLAINED: &str = "(EXISTS (SELECT 1 FROM ratings WHERE ratings.dossier = dossiers.code AND liked = 0) \
     OR EXISTS (SELECT 1 FROM feedback WHERE feedback.dossier = dossiers.code AND by_holder = 1))";

/// The appointment of one of the app's own dossiers, as SQL over `dossiers`: that of before an apology,
/// which makes nothing timely (how the index reads a new appointment after one is UNVERIFIED); of a
/// dossier that ended, the last one that it had.
const OWN_APPOINTMENT: &str = "COALESCE((SELECT old FROM reappointments \
     WHERE reappointments.dossier = dossiers.code \
     AND new = COALESCE(appointment, last_appointment)), appointment, \
     CASE WHEN status IN (5, 7, 8, 9, 10) THEN last_appointment END)";

/// The app's own dossiers, but for those of a guided run with fictional people. A fee that was taken back or is exempt is none; one whose pages are not
/// counted yet has no price yet.
fn own_sql() -> String {
    format!(
        "SELECT channel, status, {OWN_APPOINTMENT} AS appointment, {OWN_COMPLAINED} AS complained, \
         EXISTS (SELECT 1 FROM supplements \
          WHERE supplements.dossier = dossiers.code) AS was_moved, \
         (SELECT group_concat(step, ' ') FROM (SELECT status || ':' || at AS step FROM timeline \
          WHERE timeline.dossier = dossiers.code ORDER BY id)) AS steps, \
         EXISTS (SELECT 1 FROM dossier_components AS parts \
          WHERE parts.dossier = dossiers.code AND digitised = 1) AS has_component_file, \
         EXISTS (SELECT 1 FROM kept_papers \
          WHERE kept_papers.dossier = dossiers.code AND origin = 'result') AS has_result_file, \
         EXISTS (SELECT 1 FROM dossier_components AS parts \
          WHERE parts.dossier = dossiers.code AND reuse > 0) AS reused, \
         EXISTS (SELECT 1 FROM fees WHERE fees.dossier = dossiers.code \
          AND amount > 0 AND state <> 'waived') AS has_fee, \
         EXISTS (SELECT 1 FROM fees WHERE fees.dossier = dossiers.code \
          AND amount > 0 AND state = 'paid') AS paid_online \
         FROM dossiers WHERE submitted_at >= ?1 AND submitted_at < ?2 AND sample = 0"
    )
}

const SYNCED: &str = "SELECT * FROM synced_dossiers WHERE received_at >= ?1 AND received_at < ?2";

/// Counts the dossiers that were received in `[from, until)`, as they stand at `now`.
pub async fn count(
    connection: &mut SqliteConnection,
    (from, until): (Moment, Moment),
    now: Moment,
) -> Result<Counts> {
    let mut counts = Counts::default();
    let own = own_sql();
    for (sql, course) in
        [(own.as_str(), walked as fn(&SqliteRow) -> Result<Course>), (SYNCED, told)]
    {
        let mut rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(from.0)
            .bind(until.0)
            .fetch(&mut *connection);
        while let Some(row) = rows.try_next().await? {
            counts.add(&read(&row, course(&row)?)?, now);
        }
    }
    Ok(counts)
}

fn status_of(code: i64) -> DossierStatus {
    DossierStatus::from_code(u16::try_from(code).unwrap_or(u16::MAX))
}

fn read(row: &SqliteRow, course: Course) -> Result<Record> {
    let channel = u8::try_from(row.try_get::<i64, _>("channel")?).ok();
    Ok(Record {
        channel: channel
            .and_then(Channel::from_code)
            .ok_or_else(|| Error::Internal("a stored channel is unknown".to_owned()))?,
        status: status_of(row.try_get("status")?),
        appointment: row.try_get::<Option<i64>, _>("appointment")?.map(Moment),
        course,
        has_component_file: row.try_get("has_component_file")?,
        has_result_file: row.try_get("has_result_file")?,
        reused: row.try_get("reused")?,
        has_fee: row.try_get("has_fee")?,
        paid_online: row.try_get("paid_online")?,
        complained: row.try_get("complained")?,
    })
}

/// The course of one of the app's own dossiers, by its timeline.
fn walked(row: &SqliteRow) -> Result<Course> {
    let steps: Option<String> = row.try_get("steps")?;
    let steps = steps.unwrap_or_default();
    let read = |step: &str| {
        let (status, at) = step.split_once(':')?;
        Some((status_of(status.parse().ok()?), Moment(at.parse().ok()?)))
    };
    let steps: Option<Vec<_>> = steps.split_whitespace().map(read).collect();
    let steps = steps.ok_or_else(|| Error::Internal("a timeline does not read".to_owned()))?;
    let course = Course::of(steps);
    // A request of the desk stops the clock and moves the appointment; a bare change of status does not.
    let waited = if row.try_get("was_moved")? { 0 } else { course.waited };
    Ok(Course { waited, ..course })
}

/// The course of a synced dossier, as it was told.
fn told(row: &SqliteRow) -> Result<Course> {
    let status = status_of(row.try_get("status")?);
    let requests: i64 = row.try_get("supplement_requests")?;
    Ok(Course {
        ended: row.try_get::<Option<i64>, _>("ended_at")?.map(Moment),
        waited: 0,
        supplement_requests: u32::try_from(requests).unwrap_or(u32::MAX),
        withdrawn: status == DossierStatus::WithdrawalRequested,
    })
}

/// Whether a dossier was filed with the app.
pub async fn is_own(tx: &mut Tx, code: &DossierCode) -> Result<bool> {
    let found = sqlx::query("SELECT 1 FROM dossiers WHERE code = ?1")
        .bind(code.as_str())
        .fetch_optional(&mut **tx)
        .await?;
    Ok(found.is_some())
}

/// Writes a synced dossier in the place of what was known of it.
pub async fn put(tx: &mut Tx, dossier: &Readable, now: Moment) -> Result<()> {
    let Readable { code, procedure, received, record } = dossier;
    sqlx::query(
        "INSERT OR REPLACE INTO synced_dossiers (code, procedure, channel, status, received_at, \
         appointment, ended_at, supplement_requests, has_component_file, has_result_file, reused, \
         has_fee, paid_online, complained, heard_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )
    .bind(code.as_str())
    .bind(procedure.as_str())
    .bind(i64::from(record.channel.code()))
    .bind(i64::from(record.status.code()))
    .bind(received.0)
    .bind(record.appointment.map(|moment| moment.0))
    .bind(record.course.ended.map(|moment| moment.0))
    .bind(i64::from(record.course.supplement_requests))
    .bind(record.has_component_file)
    .bind(record.has_result_file)
    .bind(record.reused)
    .bind(record.has_fee)
    .bind(record.paid_online)
    .bind(record.complained)
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
