//! Who did what to which dossier: a table that only grows. Knows neither what is allowed nor what it does.

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
