//! Asking the gateway what became of an attempt. The strongest evidence there is; bounded in how
//! often. Knows no page and no notice.

use crate::app::App;
use crate::error::Result;
use crate::payments::attempts::Attempt;
use crate::payments::drivers::{Driver, Told};
use crate::payments::settle::{Evidence, Word, hear};
use crate::payments::watch::next_query;
use motcua_contract::problem::ProblemType;
use motcua_domain::date::Moment;
use motcua_domain::payment::{AttemptState, HoldReason};

/// The gateway is not asked about one attempt more often than this (it answers 94 to repeats).
pub const PAUSE_SECONDS: i64 = 10;
/// A page that was just opened may stay open a little after the expiry.
const GRACE_SECONDS: i64 = 60;

/// Whether it is time to ask about an attempt because somebody looks at it.
pub fn is_due(attempt: &Attempt, now: Moment) -> bool {
    let rested = attempt.last_query_at.is_none_or(|last| now.0 - last.0 >= PAUSE_SECONDS);
    let open = matches!(
        attempt.state,
        AttemptState::Redirected
            | AttemptState::ReturnedUnverified
            | AttemptState::PendingGateway
            | AttemptState::UnderReview
    );
    let run_out = attempt.state == AttemptState::Ready && now > attempt.expires_at;
    rested && (open || run_out)
}

/// Asks, and acts on the answer. Fails when the gateway gives none that can be believed; then
/// nothing changed but the time of the last question.
pub async fn ask(app: &App, attempt: &Attempt) -> Result<Attempt> {
    let now = app.clock.now();
    note_question(app, attempt, now).await?;
    let driver = Driver::find(&attempt.channel).ok_or(ProblemType::ChannelUnavailable)?;
    let told = driver.query(app, attempt).await?;
    let Some(word) = meaning(attempt, &told, now) else { return Ok(attempt.clone()) };
    let evidence = Evidence {
        source: "query",
        raw: told.raw,
        gateway_code: told.code,
        gateway_reference: told.reference,
        paid_at: told.paid_at,
    };
    Ok(hear(app, &attempt.token, word, &evidence).await?.0)
}

/// What an answer says about the attempt, if anything.
fn meaning(attempt: &Attempt, told: &Told, now: Moment) -> Option<Word> {
    let run_out = now > attempt.expires_at.plus_seconds(GRACE_SECONDS);
    if told.not_found {
        // The citizen never opened the gateway's page, or nobody can be asked.
        return run_out.then_some(Word::ExpiredUnpaid);
    }
    match Word::from(told.outcome?) {
        Word::Paid if told.amount != Some(attempt.amount) => {
            Some(Word::Held(HoldReason::AmountDiffers))
        }
        // "Not finished" is what the gateway says of a page that is open, and of one left behind.
        Word::Pending if run_out => Some(Word::ExpiredUnpaid),
        Word::Pending if attempt.state != AttemptState::ReturnedUnverified => None,
        word => Some(word),
    }
}

async fn note_question(app: &App, attempt: &Attempt, now: Moment) -> Result<()> {
    sqlx::query(
        "UPDATE attempts SET last_query_at = ?1, queries = queries + 1, next_query_at = ?2 \
         WHERE token = ?3",
    )
    .bind(now.0)
    .bind(next_query(attempt, now).map(|moment| moment.0))
    .bind(&attempt.token)
    .execute(&app.db)
    .await?;
    Ok(())
}
