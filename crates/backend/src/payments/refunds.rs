//! Giving money back. Staff order it; the order is on the disk before the gateway hears of it, and the
//! gateway is asked until it is done or refused. A refused order is followed by a new one, with a new
//! number, when staff order again. Never the same money twice: who got no answer asks before telling
//! again.

use crate::app::App;
use crate::database::{self, Tx, from_column, to_column};
use crate::error::{Result, problem};
use crate::payments::attempts::{self, Attempt};
use crate::payments::drivers::{Driver, RefundTold};
use crate::payments::settle::{Evidence, Word, hear_in};
use motcua_contract::problem::ProblemType;
use motcua_domain::date::Moment;
use motcua_domain::payment::AttemptState;
use motcua_gateways::RefundOutcome;
use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

/// Seconds until a gateway is asked again about an order that it took or did not answer to: soon first,
/// a day at last.
const ASK_AFTER: [i64; 6] = [30, 5 * 60, 30 * 60, 3 * 3_600, 12 * 3_600, 24 * 3_600];

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundState {
    /// On our disk; whether the gateway has it is not known.
    Written,
    /// The gateway has it.
    Accepted,
    /// The money went back.
    Done,
    /// The gateway will not.
    Refused,
    /// The gateway says that another amount went back: staff must look there, and see to the rest.
    Differs,
}

/// An order to give an attempt's money back.
#[derive(Debug, Clone)]
pub struct Refund {
    /// Ours at the gateway.
    pub id: String,
    /// The attempt's token.
    pub attempt: String,
    /// Where it stands.
    pub state: RefundState,
    /// How often the gateway was told or asked.
    pub asked: u32,
}

fn read(row: &SqliteRow) -> Result<Refund> {
    Ok(Refund {
        id: row.try_get("id")?,
        attempt: row.try_get("attempt")?,
        state: from_column(row.try_get("state")?)?,
        asked: u32::try_from(row.try_get::<i64, _>("asked")?).unwrap_or(u32::MAX),
    })
}

/// Orders the money of a due refund back, or goes on with the order that is under way.
///
/// # Errors
/// `channel-unavailable` where it must go by hand, `wrong-status` where nothing is due.
pub async fn order(app: &App, token: &str, reason: &str) -> Result<()> {
    let mut tx = database::begin(&app.db).await?;
    let attempt = attempts::get(&mut tx, token).await?;
    let driver = Driver::find(&attempt.channel).filter(|driver| driver.gives_back());
    let driver = driver.ok_or(ProblemType::ChannelUnavailable)?;
    let refund = match under_way(&mut tx, token).await? {
        Some(refund) => refund,
        None if attempt.state == AttemptState::RefundDue => {
            insert(&mut tx, &driver.refund_id(app)?, token, reason, app.clock.now()).await?
        }
        None => return Err(problem(ProblemType::WrongStatus, "no refund is due")),
    };
    tx.commit().await?;
    carry_on(app, &refund).await
}

/// Notes that the money went back outside the gateway, or what was missing of it.
///
/// # Errors
/// `wrong-status` where nothing is due, or while the gateway may be giving it back.
pub async fn done_by_hand(app: &App, token: &str, reference: &str) -> Result<()> {
    let mut tx = database::begin(&app.db).await?;
    let attempt = attempts::get(&mut tx, token).await?;
    let is_open = match attempt.state {
        AttemptState::RefundDue => true,
        AttemptState::RefundPending => differs(&mut tx, token).await?,
        _ => false,
    };
    if !is_open || under_way(&mut tx, token).await?.is_some() {
        return Err(problem(ProblemType::WrongStatus, "no refund is due, or one is under way"));
    }
    let now = app.clock.now();
    let refund = insert(&mut tx, &crate::secrets::reference()?, token, "by hand", now).await?;
    let told = RefundTold {
        outcome: RefundOutcome::Done,
        whole: true,
        code: None,
        reference: Some(reference.to_owned()),
        raw: String::new(),
    };
    settle(app, &mut tx, &refund, &attempt, &told, "staff").await?;
    tx.commit().await?;
    Ok(())
}

/// Tells or asks the gateway about an order, and acts on the answer. A gateway that gives none is asked
/// again later.
async fn carry_on(app: &App, refund: &Refund) -> Result<()> {
    let mut connection = app.db.acquire().await?;
    let attempt = attempts::get(&mut connection, &refund.attempt).await?;
    drop(connection);
    note_question(app, refund).await?;
    let driver = Driver::find(&attempt.channel).ok_or(ProblemType::ChannelUnavailable)?;
    // Told before, it may have the order though its answer was lost: ask, do not tell twice.
    let known = match refund.asked {
        0 => None,
        _ => driver.query_refund(app, &attempt, refund).await?,
    };
    let told = match (known, refund.state) {
        (Some(told), _) => told,
        (None, RefundState::Written) => driver.refund(app, &attempt, refund).await?,
        (None, _) => return Ok(()),
    };
    let mut tx = database::begin(&app.db).await?;
    settle(app, &mut tx, refund, &attempt, &told, "query").await?;
    tx.commit().await?;
    Ok(())
}

/// Goes on with every order that is due. Gives how many there were.
pub async fn sweep(app: &App) -> Result<usize> {
    let rows = sqlx::query("SELECT * FROM refunds WHERE next_at <= ?1 ORDER BY next_at LIMIT 20")
        .bind(app.clock.now().0)
        .fetch_all(&app.db)
        .await?;
    for row in &rows {
        let refund = read(row)?;
        if let Err(error) = carry_on(app, &refund).await {
            tracing::warn!(refund = %refund.id, "refund: {error}");
        }
    }
    Ok(rows.len())
}

async fn settle(
    app: &App,
    tx: &mut Tx,
    refund: &Refund,
    attempt: &Attempt,
    told: &RefundTold,
    source: &'static str,
) -> Result<()> {
    let (state, words): (_, &[Word]) = match told.outcome {
        RefundOutcome::Done if told.whole => {
            (RefundState::Done, &[Word::RefundAccepted, Word::RefundDone])
        }
        // Never booked as the whole; it stays on the list of what must go back.
        RefundOutcome::Done => {
            tracing::error!(refund = %refund.id, "another amount than ordered went back");
            (RefundState::Differs, &[Word::RefundAccepted])
        }
        RefundOutcome::Pending => (RefundState::Accepted, &[Word::RefundAccepted]),
        RefundOutcome::Refused => (RefundState::Refused, &[Word::RefundFailed]),
    };
    let ended = state != RefundState::Accepted;
    sqlx::query(
        "UPDATE refunds SET state = ?1, code = ?2, reference = COALESCE(?3, reference), raw = ?4, \
         settled_at = ?5, next_at = CASE WHEN ?6 THEN NULL ELSE next_at END WHERE id = ?7",
    )
    .bind(to_column(&state)?)
    .bind(&told.code)
    .bind(&told.reference)
    .bind(&told.raw)
    .bind(ended.then_some(app.clock.now().0))
    .bind(ended)
    .bind(&refund.id)
    .execute(&mut **tx)
    .await?;
    let evidence = Evidence { source, raw: told.raw.clone(), ..Evidence::default() };
    for word in words {
        hear_in(app, tx, &attempt.token, *word, &evidence).await?;
    }
    Ok(())
}

async fn under_way(connection: &mut SqliteConnection, token: &str) -> Result<Option<Refund>> {
    let row = sqlx::query(
        "SELECT * FROM refunds WHERE attempt = ?1 AND state IN ('written', 'accepted')",
    )
    .bind(token)
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(read).transpose()
}

/// Whether the gateway gave another amount of an attempt's money back than was ordered.
pub async fn differs(connection: &mut SqliteConnection, token: &str) -> Result<bool> {
    let row = sqlx::query("SELECT 1 FROM refunds WHERE attempt = ?1 AND state = 'differs'")
        .bind(token)
        .fetch_optional(connection)
        .await?;
    Ok(row.is_some())
}

async fn insert(tx: &mut Tx, id: &str, token: &str, reason: &str, now: Moment) -> Result<Refund> {
    let state = RefundState::Written;
    sqlx::query(
        "INSERT INTO refunds (id, attempt, state, reason, ordered_at, next_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )
    .bind(id)
    .bind(token)
    .bind(to_column(&state)?)
    .bind(reason)
    .bind(now.0)
    .bind(now.plus_seconds(ASK_AFTER[0]).0)
    .execute(&mut **tx)
    .await?;
    Ok(Refund { id: id.to_owned(), attempt: token.to_owned(), state, asked: 0 })
}

async fn note_question(app: &App, refund: &Refund) -> Result<()> {
    let wait = usize::try_from(refund.asked).ok().and_then(|asked| ASK_AFTER.get(asked));
    let wait = wait.copied().unwrap_or(ASK_AFTER[ASK_AFTER.len() - 1]);
    sqlx::query("UPDATE refunds SET asked = asked + 1, next_at = ?1 WHERE id = ?2")
        .bind(app.clock.now().plus_seconds(wait).0)
        .bind(&refund.id)
        .execute(&app.db)
        .await?;
    Ok(())
}
