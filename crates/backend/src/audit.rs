//! Who did what to which dossier, and who read it: a table that only grows. Knows neither what is allowed nor what it does.

use crate::error::Result;
use crate::staff::Staff;
use motcua_domain::date::Moment;
use sqlx::SqliteConnection;

/// Notes an act, in its own transaction: what was undone is not in the log.
pub async fn note(
    connection: &mut SqliteConnection,
    staff: &Staff,
    act: &str,
    dossier: Option<&str>,
    detail: Option<&str>,
    at: Moment,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO audit (at, who, role, act, dossier, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )
    .bind(at.0)
    .bind(&staff.who)
    .bind(staff.role.id())
    .bind(act)
    .bind(dossier)
    .bind(detail)
    .execute(connection)
    .await?;
    Ok(())
}

/// Seconds for which somebody who did or read something of a dossier is taken to have it open.
const OPEN_S: i64 = 30 * 60;

/// Notes that somebody read a dossier, unless the log says already that they had it open.
pub async fn note_reading(
    connection: &mut SqliteConnection,
    staff: &Staff,
    dossier: &str,
    at: Moment,
) -> Result<()> {
    let last: Option<i64> =
        sqlx::query_scalar("SELECT MAX(at) FROM audit WHERE who = ?1 AND dossier = ?2")
            .bind(&staff.who)
            .bind(dossier)
            .fetch_one(&mut *connection)
            .await?;
    if last.is_some_and(|last| at.0 - last < OPEN_S) {
        return Ok(());
    }
    note(connection, staff, "read", Some(dossier), None, at).await
}
