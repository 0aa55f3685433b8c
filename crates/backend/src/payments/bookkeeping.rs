//! What staff do with money: enter cash, import the bank's statement, hold a gateway's file against the
//! ledger, read totals. All of it ends in `settle` and the ledger, like everything else.

use crate::api::query::Period;
use crate::app::App;
use crate::audit;
use crate::database;
use crate::dossiers;
use crate::error::{Result, problem};
use crate::fees;
use crate::payments::attempts;
use crate::payments::drivers::{Driver, transfer};
use crate::payments::ledger;
use crate::payments::settle::{Evidence, Word, hear_in, paid_up};
use crate::payments::table::{self, PaymentRow, problem as row_problem};
use crate::receipts::{self, Paid};
use crate::staff::Staff;
use axum::Json;
use axum::extract::{Path, State};
use motcua_contract::dossiers::DossierView;
use motcua_contract::ledger::{Reconciliation, RowFault, StatementReport, Totals};
use motcua_contract::problem::ProblemType;
use motcua_domain::date::CivilDate;
use motcua_domain::money::Vnd;
use motcua_domain::payment::{AttemptState, FeeState, HoldReason};
use sqlx::Row;

/// `GET /staff/totals`.
pub async fn totals(State(app): State<App>, _: Staff, period: Period) -> Result<Json<Totals>> {
    Ok(Json(ledger::totals(&app, period.from, period.to).await?))
}

/// `POST /staff/dossiers/{code}/fees/{fee}/cash`: the fee was paid at the counter. What is live at a
/// gateway gives way and is watched: should it be paid too, it goes back.
pub async fn paid_in_cash(
    State(app): State<App>,
    staff: Staff,
    Path((code, fee)): Path<(String, String)>,
) -> Result<Json<DossierView>> {
    let mut tx = database::begin(&app.db).await?;
    let dossier = dossiers::get(&mut tx, &code).await?;
    let code = dossier.code.as_str();
    let lines = fees::of_dossier(&mut tx, code, dossier.status).await?;
    let line = lines.into_iter().find(|line| line.view.id == fee).ok_or(ProblemType::NotFound)?;
    let amount = line.view.amount.filter(|_| line.view.payable);
    let amount = amount.ok_or(ProblemType::FeeNotPayable)?;
    for attempt in attempts::live_of_fee(&mut tx, code, &fee).await? {
        if attempt.state == AttemptState::UnderReview {
            return Err(problem(ProblemType::FeeNotPayable, "an attempt is under review"));
        }
        let evidence = Evidence { source: "local", ..Evidence::default() };
        hear_in(&app, &mut tx, &attempt.token, Word::Superseded, &evidence).await?;
    }
    let now = app.clock.now();
    audit::note(&mut tx, &staff, "paid_in_cash", Some(code), Some(&fee), now).await?;
    fees::set_state(&mut tx, code, &fee, FeeState::PaidOffline).await?;
    let paid = Paid { dossier: code, fee: &fee, channel: "cash", attempt: None, amount, at: now };
    let number = receipts::issue(&app, &mut tx, paid).await?;
    ledger::note_cash(&mut tx, code, &fee, &number, amount, now).await?;
    paid_up(&app, &mut tx, code, &format!("Đã nộp {amount} tại quầy."), now).await?;
    let dossier = dossiers::get(&mut tx, code).await?;
    let view = dossiers::view(&app, &mut tx, &dossier, true).await?;
    tx.commit().await?;
    Ok(Json(view))
}

/// `POST /staff/statements`: the statement of the account that transfers go to, as the bank exports it.
/// Importing a row twice changes nothing.
pub async fn import_statement(
    State(app): State<App>,
    _: Staff,
    body: String,
) -> Result<Json<StatementReport>> {
    let (rows, problems) = table::read(&body);
    let mut report = StatementReport { problems, ..StatementReport::default() };
    for row in rows {
        report.rows += 1;
        take_in(&app, &row, &mut report).await?;
    }
    report.problems.sort_by_key(|problem| problem.row);
    Ok(Json(report))
}

async fn take_in(app: &App, row: &PaymentRow, report: &mut StatementReport) -> Result<()> {
    let now = app.clock.now();
    let mut tx = database::begin(&app.db).await?;
    let new = sqlx::query(
        "INSERT INTO statement_rows (reference, at, amount, words, heard_at) \
         VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (reference) DO NOTHING",
    )
    .bind(&row.reference)
    .bind(row.at.0)
    .bind(i64::try_from(row.amount.0).unwrap_or(i64::MAX))
    .bind(&row.words)
    .bind(now.0)
    .execute(&mut *tx)
    .await?;
    if new.rows_affected() == 0 {
        report.known += 1;
        return Ok(());
    }
    let Some(reference) = find_reference(&row.words) else {
        report.foreign += 1;
        tx.commit().await?;
        return Ok(());
    };
    let channel = Driver::Transfer.id();
    let Some(attempt) = attempts::find_by_reference(&mut tx, channel, &reference).await? else {
        report.problems.push(row_problem(row.row, RowFault::UnknownReference, &reference));
        tx.commit().await?;
        return Ok(());
    };
    let evidence = Evidence {
        source: "statement",
        raw: format!("{} {} {}", row.reference, row.amount.0, row.words),
        gateway_code: None,
        gateway_reference: Some(row.reference.clone()),
        paid_at: Some(row.at),
    };
    let agreed = row.amount == attempt.amount;
    let word = if agreed { Word::Paid } else { Word::Held(HoldReason::AmountDiffers) };
    let before = attempt.state;
    let (after, moved) = hear_in(app, &mut tx, &attempt.token, word, &evidence).await?;
    sqlx::query("UPDATE statement_rows SET attempt = ?1 WHERE reference = ?2")
        .bind(&attempt.token)
        .bind(&row.reference)
        .execute(&mut *tx)
        .await?;
    let fault = match after.state {
        AttemptState::Succeeded if moved => None,
        _ if !agreed => Some(RowFault::OtherAmount),
        // The same order transferred a second time, or one whose fee was paid otherwise.
        _ => Some(RowFault::PaidTwice),
    };
    let posted = moved && after.state == AttemptState::RefundDue;
    if fault.is_some() && !posted {
        ledger::note_surplus(&mut tx, &after, row, now).await?;
    }
    tx.commit().await?;
    match fault {
        None => report.paid += 1,
        Some(fault) => {
            tracing::warn!(?before, reference, "statement: {fault:?}");
            report.problems.push(row_problem(row.row, fault, &reference));
        }
    }
    Ok(())
}

/// Our reference in the words of a transfer. Banks put words before and after, and spaces in between.
fn find_reference(words: &str) -> Option<String> {
    let packed: String = words.chars().filter(char::is_ascii_alphanumeric).collect();
    let packed = packed.to_ascii_uppercase();
    packed.match_indices(transfer::MARK).find_map(|(at, mark)| {
        let candidate = packed.get(at + mark.len()..at + mark.len() + REFERENCE_LENGTH)?;
        candidate.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| candidate.to_owned())
    })
}

/// Characters of our references.
const REFERENCE_LENGTH: usize = 16;

/// `POST /staff/reconciliations/{channel}`: a gateway's file of paid orders held against the ledger.
/// Changes nothing.
pub async fn reconcile(
    State(app): State<App>,
    _: Staff,
    Path(channel): Path<String>,
    body: String,
) -> Result<Json<Reconciliation>> {
    if Driver::find(&channel).is_none() {
        return Err(ProblemType::NotFound.into());
    }
    let (rows, mut differences) = table::read(&body);
    let first = rows.iter().map(|row| row.at.date()).min();
    let last = rows.iter().map(|row| row.at.date()).max();
    let mut ours = match (first, last) {
        (Some(first), Some(last)) => paid_between(&app, &channel, first, last).await?,
        _ => vec![],
    };
    let in_ledger = u32::try_from(ours.len()).unwrap_or(u32::MAX);
    let ledger_sum = ours.iter().map(|(_, amount)| *amount).sum();
    for row in &rows {
        match ours.iter().position(|(reference, _)| *reference == row.words) {
            None => differences.push(row_problem(row.row, RowFault::NotInLedger, &row.words)),
            Some(at) => {
                let (reference, amount) = ours.swap_remove(at);
                if amount != row.amount {
                    let detail = format!("{reference}: {} / {}", row.amount.0, amount.0);
                    differences.push(row_problem(row.row, RowFault::AmountDiffers, &detail));
                }
            }
        }
    }
    for (reference, amount) in ours {
        let detail = format!("{reference}: {}", amount.0);
        differences.push(row_problem(0, RowFault::NotAtGateway, &detail));
    }
    Ok(Json(Reconciliation {
        channel,
        at_gateway: u32::try_from(rows.len()).unwrap_or(u32::MAX),
        gateway_sum: rows.iter().map(|row| row.amount).sum(),
        in_ledger,
        ledger_sum,
        differences,
    }))
}

/// Our references of what the ledger has as paid through a channel in these days.
async fn paid_between(
    app: &App,
    channel: &str,
    first: CivilDate,
    last: CivilDate,
) -> Result<Vec<(String, Vnd)>> {
    let rows = sqlx::query(
        "SELECT attempts.reference AS reference, ledger.amount AS amount FROM ledger \
         JOIN attempts ON attempts.token = ledger.attempt \
         WHERE ledger.channel = ?1 AND ledger.day BETWEEN ?2 AND ?3 \
         AND ledger.what IN ('paid', 'paid_twice') AND ledger.amount > 0",
    )
    .bind(channel)
    .bind(first.to_string())
    .bind(last.to_string())
    .fetch_all(&app.db)
    .await?;
    rows.iter()
        .map(|row| {
            Ok((row.try_get("reference")?, Vnd(row.try_get::<i64, _>("amount")?.unsigned_abs())))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::find_reference;

    #[test]
    fn our_reference_is_found_in_whatever_a_bank_makes_of_the_words() {
        let ours = "0123456789ABCDEF";
        for words in [
            "MC0123456789ABCDEF",
            "mc0123456789abcdef",
            "MBVCB.123.MC0123456789ABCDEF.CT tu 0011",
            "MC 01234567 89ABCDEF",
            "MCMC0123456789ABCDEF",
        ] {
            assert_eq!(find_reference(words).as_deref(), Some(ours), "{words}");
        }
        for words in ["", "MC", "MC0123", "hoc phi thang 9", "0123456789ABCDEF"] {
            assert_eq!(find_reference(words), None, "{words}");
        }
    }
}
