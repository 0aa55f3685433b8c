//! What runs beside the answers: what waits is sent, what is due is settled, what is past its time ends. Says how
//! often; what is done is elsewhere.

use crate::app::App;
use crate::error::Result;
use crate::payments::watch;
use crate::turns::{drafts, passes};
use crate::{changes, confirmations, desk, hand_overs, misses, outbox, push, retention, uploads};
use std::time::Duration;

/// Seconds between two looks for what waits to be sent, asked or settled.
const SOON: u64 = 2;
/// Seconds between two looks for what is past its time.
const SELDOM: u64 = 600;

/// Does something again and again for as long as the backend runs, so many seconds apart. What is due stands in
/// the database: a restart forgets nothing.
fn every<T, F>(
    app: &App,
    seconds: u64,
    what: &'static str,
    work: impl Fn(App) -> F + Send + 'static,
) where
    F: Future<Output = Result<T>> + Send + 'static,
{
    let app = app.clone();
    tokio::spawn(async move {
        let mut ticks = tokio::time::interval(Duration::from_secs(seconds));
        loop {
            ticks.tick().await;
            if let Err(error) = work(app.clone()).await {
                tracing::error!("{what}: {error}");
            }
        }
    });
}

/// Starts what runs beside the answers.
pub fn start(app: &App) {
    // Attempts first, then the money that goes back: it has a loop of its own.
    tokio::spawn(watch::run(app.clone()));
    every(app, SOON, "messages", |app| async move { outbox::send_due(&app).await });
    every(app, SOON, "notices", |app| async move { push::send_due(&app).await });
    // Drafts that nobody answered are agreed once their day is over.
    every(app, 30, "drafts", |app| async move { drafts::note_silence(&app).await });
    every(app, SELDOM, "retention", |app| async move { retention::sweep(&app).await });
    every(app, SELDOM, "uploads", |app| async move { uploads::store::remove_expired(&app).await });
    every(app, SELDOM, "hand-overs", |app| async move { hand_overs::remove_expired(&app).await });
    every(
        app,
        SELDOM,
        "confirmations",
        |app| async move { confirmations::remove_expired(&app).await },
    );
    every(app, SELDOM, "misses", |app| async move { misses::remove_expired(&app).await });
    every(app, SELDOM, "passes", |app| async move { passes::remove_expired(&app).await });
    every(app, SELDOM, "sessions of the desk", |app| async move {
        desk::sessions::remove_expired(&app).await
    });
    every(app, SELDOM, "changes", |app| async move { changes::remove_old(&app).await });
}
