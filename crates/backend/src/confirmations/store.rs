//! The tables of the questions to applicants. Keeps hashes only; knows nothing of HTTP, and nothing
//! of what follows from an answer.

use crate::app::App;
use crate::database::Tx;
use crate::error::Result;
use crate::secrets;
use motcua_contract::confirmations::{ConfirmationOpened, LIFETIME};
use motcua_contract::problem::ProblemType;
use motcua_domain::dossier::DossierCode;
use sqlx::{Row, SqliteConnection};

/// Wrong last digits before the question is gone: 1 in 2,000 is guessed at most.
const MAX_TRIES: i64 = 5;
/// Digits to try until free ones are found.
const TRIES: u32 = 20;

/// Makes the question about a dossier, in place of the one before.
pub async fn open(app: &App, tx: &mut Tx, dossier: &DossierCode) -> Result<ConfirmationOpened> {
    let now = app.clock.now().0;
    // The expired ones too, so that their digits are free.
    sqlx::query("DELETE FROM confirmations WHERE dossier = ?1 OR expires_at <= ?2")
        .bind(dossier.as_str())
        .bind(now)
        .execute(&mut **tx)
        .await?;
    let expires_at = now + LIFETIME;
    for _ in 0..TRIES {
        let digits = secrets::six_digits()?;
        let made = sqlx::query(
            "INSERT INTO confirmations (dossier, digits_hash, expires_at) VALUES (?1, ?2, ?3) \
             ON CONFLICT DO NOTHING",
        )
        .bind(dossier.as_str())
        .bind(secrets::hash(&digits))
        .bind(expires_at)
        .execute(&mut **tx)
        .await?;
        if made.rows_affected() == 1 {
            let token = add_link(tx, dossier.as_str()).await?;
            return Ok(ConfirmationOpened { token, digits, expires_at });
        }
    }
    Err(ProblemType::TooManyRequests.into())
}

/// A further link to a question; gives its token, of which only the hash is kept.
async fn add_link(tx: &mut Tx, dossier: &str) -> Result<String> {
    let token = secrets::token()?;
    sqlx::query("INSERT INTO confirmation_links (token_hash, dossier) VALUES (?1, ?2)")
        .bind(secrets::hash(&token))
        .bind(dossier)
        .execute(&mut **tx)
        .await?;
    Ok(token)
}

/// A new link to the question behind six digits. The links before go on working: nobody who types
/// the digits takes the question from who scanned it.
pub async fn find_by_digits(app: &App, tx: &mut Tx, digits: &str) -> Result<Option<String>> {
    let row =
        sqlx::query("SELECT dossier FROM confirmations WHERE digits_hash = ?1 AND expires_at > ?2")
            .bind(secrets::hash(digits))
            .bind(app.clock.now().0)
            .fetch_optional(&mut **tx)
            .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(add_link(tx, row.try_get("dossier")?).await?))
}

/// The code of the dossier that a link's question is about.
pub async fn find_dossier(
    app: &App,
    connection: &mut SqliteConnection,
    token: &str,
) -> Result<Option<String>> {
    let row = sqlx::query(
        "SELECT dossier FROM confirmation_links JOIN confirmations USING (dossier) \
         WHERE token_hash = ?1 AND expires_at > ?2",
    )
    .bind(secrets::hash(token))
    .bind(app.clock.now().0)
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| row.try_get("dossier")).transpose()?)
}

/// Notes wrong last digits; the last of too many ends the question with all its links.
pub async fn note_wrong_digits(tx: &mut Tx, dossier: &DossierCode) -> Result<()> {
    sqlx::query("UPDATE confirmations SET tries = tries + 1 WHERE dossier = ?1")
        .bind(dossier.as_str())
        .execute(&mut **tx)
        .await?;
    sqlx::query("DELETE FROM confirmations WHERE dossier = ?1 AND tries >= ?2")
        .bind(dossier.as_str())
        .bind(MAX_TRIES)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Removes what has expired.
pub async fn remove_expired(app: &App) -> Result<()> {
    sqlx::query("DELETE FROM confirmations WHERE expires_at <= ?1")
        .bind(app.clock.now().0)
        .execute(&app.db)
        .await?;
    Ok(())
}
