//! Numbers that are given one after another, without gaps: taken in the transaction that uses them. Knows
//! nothing of what they number.

use crate::database::Tx;
use crate::error::Result;
use sqlx::Row;

/// The next number of an agency's series, from 1 on.
pub async fn next(tx: &mut Tx, agency: &str, series: &str) -> Result<i64> {
    let row = sqlx::query(
        "INSERT INTO serials (agency, day, last) VALUES (?1, ?2, 1) \
         ON CONFLICT (agency, day) DO UPDATE SET last = last + 1 RETURNING last",
    )
    .bind(agency)
    .bind(series)
    .fetch_one(&mut **tx)
    .await?;
    Ok(row.try_get("last")?)
}
