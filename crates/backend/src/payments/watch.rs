//! The watch: asks about every attempt that may have taken money unnoticed, until a day after its
//! expiry. What is due stands in the database, so a restart forgets nothing.

use crate::app::App;
use crate::error::Result;
use crate::payments::ask::{PAUSE_SECONDS, ask};
use crate::payments::attempts::{self, Attempt};
use crate::payments::refunds;
use motcua_domain::date::Moment;
use motcua_domain::payment::AttemptState;
use std::time::Duration;

/// When the gateway is asked, in seconds after the attempt's expiry.
const AFTER_EXPIRY: [i64; 8] =
    [90, 15 * 60, 30 * 60, 3_600, 3 * 3_600, 6 * 3_600, 12 * 3_600, 24 * 3_600];

/// When the gateway should next be asked about an attempt; `None` when nothing can change.
pub fn next_query(attempt: &Attempt, now: Moment) -> Option<Moment> {
    if !attempt.state.is_watched() && attempt.state != AttemptState::Created {
        return None;
    }
    let returned =
        matches!(attempt.state, AttemptState::ReturnedUnverified | AttemptState::PendingGateway);
    if returned && now < attempt.expires_at {
        // The citizen is back and waits for the word, perhaps with the tab closed.
        return Some(now.plus_seconds(PAUSE_SECONDS));
    }
    AFTER_EXPIRY
        .iter()
        .map(|seconds| attempt.expires_at.plus_seconds(*seconds))
        .find(|moment| *moment > now)
}

/// Asks about all attempts that are due. Gives how many were asked about.
pub async fn sweep(app: &App) -> Result<usize> {
    let mut connection = app.db.acquire().await?;
    let due = attempts::to_query(&mut connection, app.clock.now()).await?;
    drop(connection);
    for attempt in &due {
        if let Err(error) = ask(app, attempt).await {
            tracing::warn!(reference = %attempt.reference, "watch: {error}");
        }
    }
    Ok(due.len())
}

/// Runs for as long as the backend does; orders to give money back are gone on with too.
pub async fn run(app: App) {
    let mut ticks = tokio::time::interval(Duration::from_secs(2));
    loop {
        ticks.tick().await;
        if let Err(error) = sweep(&app).await {
            tracing::error!("watch: {error}");
        }
        if let Err(error) = refunds::sweep(&app).await {
            tracing::error!("refunds: {error}");
        }
    }
}
