//! Fee lines of dossiers: made from a quote at submission, priced again when the pages are
//! counted. Knows no gateway.

use crate::database::{Tx, from_column, to_column};
use crate::error::Result;
use motcua_contract::dossiers::FeeView;
use motcua_domain::dossier::DossierStatus;
use motcua_domain::exemption::ExemptGroup;
use motcua_domain::fee::{QuoteLine, QuotedAmount};
use motcua_domain::money::Vnd;
use motcua_domain::payment::FeeState;
use motcua_domain::text::Text;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

/// A fee line as stored.
#[derive(Debug, Clone)]
pub struct Fee {
    /// As the holder sees it, but for what depends on the dossier and on attempts.
    pub view: FeeView,
}

fn read(row: &SqliteRow) -> Result<Fee> {
    let amount: Option<i64> = row.try_get("amount")?;
    let reason: Option<String> = row.try_get("reason")?;
    let exempt: Option<String> = row.try_get("exempt")?;
    let attempt: Option<String> = row.try_get("attempt")?;
    let attempt_state: Option<String> = row.try_get("attempt_state")?;
    Ok(Fee {
        view: FeeView {
            id: row.try_get("id")?,
            name: serde_json::from_str(row.try_get("name")?)?,
            kind: from_column(row.try_get("kind")?)?,
            timing: from_column(row.try_get("timing")?)?,
            state: from_column(row.try_get("state")?)?,
            amount: amount.map(|amount| Vnd(u64::try_from(amount).unwrap_or(0))),
            reason: reason.map(|text| serde_json::from_str(&text)).transpose()?,
            exempt: exempt.map(from_column).transpose()?,
            citation: serde_json::from_str(row.try_get("citation")?)?,
            payable: false,
            attempt,
            attempt_state: attempt_state.map(from_column).transpose()?,
            request: row.try_get("request")?,
            receipt: row.try_get("receipt")?,
        },
    })
}

const SELECT: &str = "SELECT fees.*, (SELECT token FROM attempts \
     WHERE attempts.dossier = fees.dossier AND attempts.fee = fees.id \
     ORDER BY live DESC, created_at DESC, rowid DESC LIMIT 1) AS attempt, \
     (SELECT state FROM attempts \
     WHERE attempts.dossier = fees.dossier AND attempts.fee = fees.id \
     ORDER BY live DESC, created_at DESC, rowid DESC LIMIT 1) AS attempt_state, \
     (SELECT token FROM payment_requests AS requests \
     WHERE requests.dossier = fees.dossier AND requests.fee = fees.id AND cancelled_at IS NULL \
     ORDER BY created_at DESC LIMIT 1) AS request, \
     (SELECT token FROM receipts WHERE receipts.dossier = fees.dossier AND receipts.fee = fees.id \
     ORDER BY issued_at DESC, number DESC LIMIT 1) AS receipt FROM fees";

/// A dossier's fee lines in order, with what may be paid now.
pub async fn of_dossier(
    connection: &mut SqliteConnection,
    dossier: &str,
    status: DossierStatus,
) -> Result<Vec<Fee>> {
    let sql = sqlx::AssertSqlSafe(format!("{SELECT} WHERE dossier = ?1 ORDER BY position"));
    let rows = sqlx::query(sql).bind(dossier).fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            let mut fee = read(row)?;
            fee.view.payable = fee.view.state == FeeState::Due && status.may_pay();
            Ok(fee)
        })
        .collect()
}

/// What a quoted line is to a dossier: state, amount, reason. Prices that no text settles are
/// decided at the counter, like those that wait for the pages.
fn stored(amount: &QuotedAmount) -> (FeeState, Option<Vnd>, Option<&Text>) {
    match amount {
        QuotedAmount::Due { amount } if amount.is_zero() => {
            (FeeState::Waived, Some(Vnd::ZERO), None)
        }
        QuotedAmount::Due { amount } => (FeeState::Due, Some(*amount), None),
        QuotedAmount::Free { reason } => (FeeState::Waived, Some(Vnd::ZERO), Some(reason)),
        QuotedAmount::AfterPageCount
        | QuotedAmount::PerCopy { .. }
        | QuotedAmount::Undetermined => (FeeState::AwaitingAmount, None, None),
    }
}

/// Writes the lines of a new dossier.
pub async fn insert(tx: &mut Tx, dossier: &str, lines: &[QuoteLine]) -> Result<()> {
    for (position, line) in lines.iter().enumerate() {
        let (state, amount, reason) = stored(&line.amount);
        sqlx::query(
            "INSERT INTO fees (dossier, id, position, name, kind, timing, state, amount, reason, \
             exempt, citation) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )
        .bind(dossier)
        .bind(&line.rule)
        .bind(i64::try_from(position).unwrap_or(i64::MAX))
        .bind(serde_json::to_string(&line.name)?)
        .bind(to_column(&line.kind)?)
        .bind(to_column(&line.timing)?)
        .bind(to_column(&state)?)
        .bind(amount.map(|amount| i64::try_from(amount.0).unwrap_or(i64::MAX)))
        .bind(reason.map(serde_json::to_string).transpose()?)
        .bind(line.claimed.as_ref().map(to_column).transpose()?)
        .bind(serde_json::to_string(&line.citation)?)
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// Prices the lines that waited for their amount. What is due or paid already stays as it is.
pub async fn price_waiting(tx: &mut Tx, dossier: &str, lines: &[QuoteLine]) -> Result<()> {
    for line in lines {
        let (state, amount, _) = stored(&line.amount);
        sqlx::query(
            "UPDATE fees SET state = ?1, amount = ?2 \
             WHERE dossier = ?3 AND id = ?4 AND state = 'awaiting_amount'",
        )
        .bind(to_column(&state)?)
        .bind(amount.map(|amount| i64::try_from(amount.0).unwrap_or(i64::MAX)))
        .bind(dossier)
        .bind(&line.rule)
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// The office found that the claim holds: the lines that awaited its word cost nothing.
pub async fn accept_exemption(tx: &mut Tx, dossier: &str, group: ExemptGroup) -> Result<()> {
    sqlx::query(
        "UPDATE fees SET state = ?1, amount = 0, reason = ?2 \
         WHERE dossier = ?3 AND exempt = ?4 AND state = 'awaiting_amount'",
    )
    .bind(to_column(&FeeState::Waived)?)
    .bind(serde_json::to_string(&group.reason())?)
    .bind(dossier)
    .bind(to_column(&group)?)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The office found that the claim does not hold: the lines that it waived, or that awaited the office's
/// word, are what they are without it.
pub async fn refuse_exemption(tx: &mut Tx, dossier: &str, lines: &[QuoteLine]) -> Result<()> {
    for line in lines {
        let (state, amount, reason) = stored(&line.amount);
        sqlx::query(
            "UPDATE fees SET state = ?1, amount = ?2, reason = ?3, citation = ?4, exempt = NULL \
             WHERE dossier = ?5 AND id = ?6 AND exempt IS NOT NULL \
             AND state IN ('waived', 'awaiting_amount')",
        )
        .bind(to_column(&state)?)
        .bind(amount.map(|amount| i64::try_from(amount.0).unwrap_or(i64::MAX)))
        .bind(reason.map(serde_json::to_string).transpose()?)
        .bind(serde_json::to_string(&line.citation)?)
        .bind(dossier)
        .bind(&line.rule)
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// Sets a line's state.
pub async fn set_state(tx: &mut Tx, dossier: &str, fee: &str, state: FeeState) -> Result<()> {
    sqlx::query("UPDATE fees SET state = ?1 WHERE dossier = ?2 AND id = ?3")
        .bind(to_column(&state)?)
        .bind(dossier)
        .bind(fee)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
