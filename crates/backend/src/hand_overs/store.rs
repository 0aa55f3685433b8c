//! The tables of hand-overs. Knows nothing of HTTP, and nothing of what is in a part.

use crate::app::App;
use crate::database::{self, Tx};
use crate::error::Result;
use crate::secrets;
use motcua_contract::hand_overs::{
    ClaimHandOver, HandOverClaimed, HandOverOpened, HandOverPurpose, LIFETIME, MAX_MESSAGES,
    SLIP_LIFETIME,
};
use motcua_contract::problem::ProblemType;
use sqlx::Row;
use subtle::ConstantTimeEq;

/// Codes to try until a free one is found: more than a handful are never in use at once.
const TRIES: u32 = 20;

/// Which side of a hand-over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The device that has the draft.
    Giver,
    /// The device that gets it.
    Taker,
}

/// A hand-over that has not expired.
#[derive(Debug)]
pub struct HandOver {
    giver_hash: String,
    /// Set by the first claim.
    pub taker_hash: Option<String>,
    /// How many parts, once all are there.
    pub parts: Option<u32>,
    /// When the taker had everything.
    pub taken_at: Option<i64>,
}

impl HandOver {
    /// Whose token it is.
    pub fn side_of(&self, token: &str) -> Option<Side> {
        let hash = secrets::hash(token);
        let is = |known: &str| bool::from(known.as_bytes().ct_eq(hash.as_bytes()));
        if is(&self.giver_hash) {
            Some(Side::Giver)
        } else if self.taker_hash.as_deref().is_some_and(is) {
            Some(Side::Taker)
        } else {
            None
        }
    }
}

/// Opens one.
pub async fn open(app: &App, purpose: HandOverPurpose) -> Result<HandOverOpened> {
    remove_expired(app).await?;
    let (slot, token) = (secrets::token()?, secrets::token()?);
    let lifetime = match purpose {
        HandOverPurpose::Device => LIFETIME,
        HandOverPurpose::Slip => SLIP_LIFETIME,
    };
    let expires_at = app.clock.now().0 + lifetime;
    for _ in 0..TRIES {
        let code = match purpose {
            HandOverPurpose::Device => secrets::six_digits()?,
            HandOverPurpose::Slip => String::new(),
        };
        let made = sqlx::query(
            "INSERT INTO hand_overs (slot, code, giver_hash, expires_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO NOTHING",
        )
        .bind(&slot)
        .bind(&code)
        .bind(secrets::hash(&token))
        .bind(expires_at)
        .execute(&app.db)
        .await?;
        if made.rows_affected() == 1 {
            return Ok(HandOverOpened { slot, code, token, expires_at });
        }
    }
    Err(ProblemType::TooManyRequests.into())
}

/// One that has not expired.
pub async fn find(app: &App, slot: &str) -> Result<Option<HandOver>> {
    let row = sqlx::query(
        "SELECT giver_hash, taker_hash, parts, taken_at FROM hand_overs
         WHERE slot = ?1 AND expires_at > ?2",
    )
    .bind(slot)
    .bind(app.clock.now().0)
    .fetch_optional(&app.db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(HandOver {
        giver_hash: row.try_get("giver_hash")?,
        taker_hash: row.try_get("taker_hash")?,
        parts: row.try_get::<Option<u32>, _>("parts")?,
        taken_at: row.try_get("taken_at")?,
    }))
}

/// Claims one, if nobody did before.
pub async fn claim(
    app: &App,
    tx: &mut Tx,
    claim: &ClaimHandOver,
) -> Result<Option<HandOverClaimed>> {
    let (column, value) = match claim {
        ClaimHandOver::Slot(slot) => ("slot", slot),
        // A slip has no digits: an empty code must not find one.
        ClaimHandOver::Code(code) if code.is_empty() => return Ok(None),
        ClaimHandOver::Code(code) => ("code", code),
    };
    let token = secrets::token()?;
    let claimed = sqlx::query(sqlx::AssertSqlSafe(format!(
        "UPDATE hand_overs SET taker_hash = ?1
         WHERE {column} = ?2 AND taker_hash IS NULL AND expires_at > ?3
         RETURNING slot, expires_at"
    )))
    .bind(secrets::hash(&token))
    .bind(value)
    .bind(app.clock.now().0)
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = claimed else { return Ok(None) };
    Ok(Some(HandOverClaimed {
        slot: row.try_get("slot")?,
        token,
        expires_at: row.try_get("expires_at")?,
    }))
}

/// What the other side said.
pub async fn heard(app: &App, slot: &str, side: Side) -> Result<Vec<String>> {
    let rows = sqlx::query(
        "SELECT message FROM hand_over_messages WHERE slot = ?1 AND from_giver = ?2 ORDER BY number",
    )
    .bind(slot)
    .bind(side == Side::Taker)
    .fetch_all(&app.db)
    .await?;
    rows.iter().map(|row| Ok(row.try_get("message")?)).collect()
}

/// Says something to the other side.
pub async fn tell(app: &App, slot: &str, side: Side, message: &str) -> Result<()> {
    let mut tx = database::begin(&app.db).await?;
    let row = sqlx::query("SELECT count(*) FROM hand_over_messages WHERE slot = ?1")
        .bind(slot)
        .fetch_one(&mut *tx)
        .await?;
    let number: i64 = row.try_get(0)?;
    if number >= i64::try_from(MAX_MESSAGES).unwrap_or(i64::MAX) {
        return Err(ProblemType::TooManyRequests.into());
    }
    sqlx::query(
        "INSERT INTO hand_over_messages (slot, number, from_giver, message) VALUES (?1, ?2, ?3, ?4)",
    )
    .bind(slot)
    .bind(number)
    .bind(side == Side::Giver)
    .bind(message)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(())
}

/// Keeps a part.
pub async fn put_part(app: &App, slot: &str, part: u32, bytes: &[u8]) -> Result<()> {
    sqlx::query(
        "INSERT INTO hand_over_parts (slot, number, bytes) VALUES (?1, ?2, ?3)
         ON CONFLICT (slot, number) DO UPDATE SET bytes = excluded.bytes",
    )
    .bind(slot)
    .bind(part)
    .bind(bytes)
    .execute(&app.db)
    .await?;
    Ok(())
}

/// Declares the parts whole; says whether they are.
pub async fn close(app: &App, slot: &str, parts: u32) -> Result<bool> {
    let closed = sqlx::query(
        "UPDATE hand_overs SET parts = ?2 WHERE slot = ?1 AND
         (SELECT count(*) FROM hand_over_parts WHERE slot = ?1 AND number < ?2) = ?2",
    )
    .bind(slot)
    .bind(parts)
    .execute(&app.db)
    .await?;
    Ok(closed.rows_affected() == 1)
}

/// A part.
pub async fn find_part(app: &App, slot: &str, part: u32) -> Result<Option<Vec<u8>>> {
    let row = sqlx::query("SELECT bytes FROM hand_over_parts WHERE slot = ?1 AND number = ?2")
        .bind(slot)
        .bind(part)
        .fetch_optional(&app.db)
        .await?;
    Ok(row.map(|row| row.try_get("bytes")).transpose()?)
}

/// Ends one. When the taker has everything, the giver can still learn that; the parts are gone.
pub async fn end(app: &App, slot: &str, side: Side) -> Result<()> {
    let mut tx = database::begin(&app.db).await?;
    match side {
        Side::Giver => {
            sqlx::query("DELETE FROM hand_overs WHERE slot = ?1")
                .bind(slot)
                .execute(&mut *tx)
                .await?;
        }
        Side::Taker => {
            sqlx::query("UPDATE hand_overs SET taken_at = ?2 WHERE slot = ?1")
                .bind(slot)
                .bind(app.clock.now().0)
                .execute(&mut *tx)
                .await?;
            sqlx::query("DELETE FROM hand_over_parts WHERE slot = ?1")
                .bind(slot)
                .execute(&mut *tx)
                .await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// Removes what has expired.
pub async fn remove_expired(app: &App) -> Result<()> {
    sqlx::query("DELETE FROM hand_overs WHERE expires_at <= ?1")
        .bind(app.clock.now().0)
        .execute(&app.db)
        .await?;
    Ok(())
}
