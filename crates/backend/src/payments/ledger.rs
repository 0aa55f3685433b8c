//! The ledger: double-entry, append-only, written in the transaction that moves an attempt. Decides
//! nothing; says afterwards where every đồng is.

use crate::app::App;
use crate::database::Tx;
use crate::error::Result;
use crate::payments::attempts::Attempt;
use crate::payments::table::PaymentRow;
use motcua_contract::ledger::{ChannelTotal, Totals};
use motcua_domain::date::{CivilDate, Moment};
use motcua_domain::money::Vnd;
use motcua_domain::payment::AttemptState;
use sqlx::Row;

/// Where paid fees are.
const FEES: &str = "fees";
/// Where money is that must go back.
const REFUNDS: &str = "refunds";
/// The counter's till.
const CASH: &str = "cash";

/// A posting: what is debited, what is credited, and why.
struct Posting<'a> {
    what: &'static str,
    /// One posting of a kind for each of these: a second one is a fault.
    whose: String,
    debit: String,
    credit: String,
    amount: Vnd,
    channel: &'a str,
    dossier: &'a str,
    fee: &'a str,
    attempt: Option<&'a str>,
    moved_at: Moment,
}

fn held_at(channel: &str) -> String {
    format!("channel:{channel}")
}

/// Writes down what an attempt's move means for the money; nothing for a move that moves none.
pub async fn note_move(
    tx: &mut Tx,
    before: AttemptState,
    after: &Attempt,
    now: Moment,
) -> Result<()> {
    use AttemptState as S;
    let channel = held_at(&after.channel);
    let (what, debit, credit) = match (before, after.state) {
        (_, S::Succeeded) => ("paid", channel, FEES.to_owned()),
        (S::Succeeded, S::RefundDue) => ("refund_ordered", FEES.to_owned(), REFUNDS.to_owned()),
        // A refund that failed is due again; the money has not moved.
        (S::RefundPending, S::RefundDue) => return Ok(()),
        (_, S::RefundDue) => ("paid_twice", channel, REFUNDS.to_owned()),
        (_, S::Refunded) => ("refunded", REFUNDS.to_owned(), channel),
        _ => return Ok(()),
    };
    let moved_at = match after.state {
        S::Refunded => now,
        _ => after.paid_at.unwrap_or(now),
    };
    let posting = Posting {
        what,
        whose: after.token.clone(),
        debit,
        credit,
        amount: after.amount,
        channel: &after.channel,
        dossier: &after.dossier,
        fee: &after.fee,
        attempt: Some(&after.token),
        moved_at,
    };
    write(tx, &posting, now).await
}

/// Writes down a fee that was paid at the counter, by its receipt's number.
pub async fn note_cash(
    tx: &mut Tx,
    dossier: &str,
    fee: &str,
    receipt: &str,
    amount: Vnd,
    now: Moment,
) -> Result<()> {
    let (debit, credit) = (CASH.to_owned(), FEES.to_owned());
    note_till(tx, ("cash", debit, credit), (dossier, fee, receipt), amount, now).await
}

/// Writes down that cash was noted by mistake.
pub async fn note_cash_undone(
    tx: &mut Tx,
    dossier: &str,
    fee: &str,
    receipt: &str,
    amount: Vnd,
    now: Moment,
) -> Result<()> {
    let (debit, credit) = (FEES.to_owned(), CASH.to_owned());
    note_till(tx, ("cash_undone", debit, credit), (dossier, fee, receipt), amount, now).await
}

async fn note_till(
    tx: &mut Tx,
    (what, debit, credit): (&'static str, String, String),
    (dossier, fee, receipt): (&str, &str, &str),
    amount: Vnd,
    now: Moment,
) -> Result<()> {
    let posting = Posting {
        what,
        whose: receipt.to_owned(),
        debit,
        credit,
        amount,
        channel: CASH,
        dossier,
        fee,
        attempt: None,
        moved_at: now,
    };
    write(tx, &posting, now).await
}

/// Writes down money of a statement's row that pays no fee: another amount, or a second time. It is owed
/// back.
pub async fn note_surplus(
    tx: &mut Tx,
    attempt: &Attempt,
    row: &PaymentRow,
    now: Moment,
) -> Result<()> {
    let posting = Posting {
        what: "surplus",
        whose: row.reference.clone(),
        debit: held_at(&attempt.channel),
        credit: REFUNDS.to_owned(),
        amount: row.amount,
        channel: &attempt.channel,
        dossier: &attempt.dossier,
        fee: &attempt.fee,
        attempt: Some(&attempt.token),
        moved_at: row.at,
    };
    write(tx, &posting, now).await
}

async fn write(tx: &mut Tx, posting: &Posting<'_>, now: Moment) -> Result<()> {
    let Posting { what, whose, debit, credit, amount, channel, dossier, fee, attempt, moved_at } =
        posting;
    let amount = i64::try_from(amount.0).unwrap_or(i64::MAX);
    for (account, amount) in [(debit, amount), (credit, -amount)] {
        sqlx::query(
            "INSERT INTO ledger (posting, at, day, account, amount, channel, dossier, fee, attempt, \
             what) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )
        .bind(format!("{what} {whose}"))
        .bind(now.0)
        .bind(moved_at.date().to_string())
        .bind(account)
        .bind(amount)
        .bind(channel)
        .bind(dossier)
        .bind(fee)
        .bind(attempt)
        .bind(what)
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// What came in and went back in a period, by day and channel. Both days included.
pub async fn totals(app: &App, from: CivilDate, to: CivilDate) -> Result<Totals> {
    let rows = sqlx::query(
        "SELECT day, channel, \
         SUM(CASE WHEN what IN ('paid', 'paid_twice', 'surplus', 'cash') AND amount > 0 THEN amount ELSE 0 END) AS taken, \
         SUM(CASE WHEN what IN ('refunded', 'cash_undone') AND amount > 0 THEN amount ELSE 0 END) AS returned, \
         SUM(what IN ('paid', 'paid_twice', 'surplus', 'cash') AND amount > 0) AS payments \
         FROM ledger WHERE day BETWEEN ?1 AND ?2 GROUP BY day, channel ORDER BY day, channel",
    )
    .bind(from.to_string())
    .bind(to.to_string())
    .fetch_all(&app.db)
    .await?;
    let money = |number: i64| Vnd(number.unsigned_abs());
    let lines = rows
        .iter()
        .map(|row| {
            Ok(ChannelTotal {
                day: crate::database::from_column(row.try_get("day")?)?,
                channel: row.try_get("channel")?,
                payments: row.try_get::<i64, _>("payments")?.unsigned_abs(),
                taken: money(row.try_get("taken")?),
                returned: money(row.try_get("returned")?),
            })
        })
        .collect::<Result<_>>()?;
    let balance: i64 = sqlx::query("SELECT COALESCE(SUM(amount), 0) AS sum FROM ledger")
        .fetch_one(&app.db)
        .await?
        .try_get("sum")?;
    let owed: i64 =
        sqlx::query("SELECT COALESCE(-SUM(amount), 0) AS sum FROM ledger WHERE account = ?1")
            .bind(REFUNDS)
            .fetch_one(&app.db)
            .await?
            .try_get("sum")?;
    Ok(Totals { from, to, lines, balanced: balance == 0, owed_back: money(owed) })
}
