//! How much one person may have under way, and how much a dossier may hold. Knows no HTTP.

use crate::app::App;
use crate::database::Tx;
use crate::error::{Result, problem};
use motcua_contract::problem::ProblemType;
use sqlx::Row;

/// Most bytes that one owner may have in uploads that are in no dossier: a few dossiers' worth of
/// photos. What is in a dossier does not count, and neither does what was refused.
pub const OWNER_BYTES: u64 = 200 * 1024 * 1024;
/// Most uploads that one owner may have that are in no dossier, refused ones included.
pub const OWNER_UPLOADS: u64 = 200;
/// Most bytes of a dossier's files together, as they were sent.
pub const DOSSIER_BYTES: u64 = 100 * 1024 * 1024;

fn number(row: &sqlx::sqlite::SqliteRow, name: &str) -> Result<u64> {
    Ok(u64::try_from(row.try_get::<i64, _>(name)?).unwrap_or(0))
}

/// Refuses an upload of this length to an owner who has too much under way.
pub async fn check_owner(app: &App, owner: &str, length: u64) -> Result<()> {
    let row = sqlx::query(
        "SELECT COALESCE(SUM(CASE WHEN fault IS NULL THEN length ELSE 0 END), 0) AS bytes, \
         COUNT(*) AS uploads FROM uploads \
         WHERE owner = ?1 AND dossier IS NULL AND expires_at > ?2",
    )
    .bind(owner)
    .bind(app.clock.now().0)
    .fetch_one(&app.db)
    .await?;
    let too_much = number(&row, "bytes")? + length > OWNER_BYTES;
    if too_much || number(&row, "uploads")? >= OWNER_UPLOADS {
        return Err(ProblemType::TooManyRequests.into());
    }
    Ok(())
}

/// Refuses a dossier whose files are too large together.
pub async fn check_dossier(tx: &mut Tx, code: &str) -> Result<()> {
    let row =
        sqlx::query("SELECT COALESCE(SUM(length), 0) AS bytes FROM uploads WHERE dossier = ?1")
            .bind(code)
            .fetch_one(&mut **tx)
            .await?;
    if number(&row, "bytes")? > DOSSIER_BYTES {
        let detail = format!("at most {DOSSIER_BYTES} bytes together");
        return Err(problem(ProblemType::DossierTooLarge, detail));
    }
    Ok(())
}
