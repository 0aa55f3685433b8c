//! Tells who has a dossier open that it changed (server-sent events). What changed is asked for by
//! the app; nothing of a dossier stands in an event. Triggers note every change in a table, whoever made
//! it; one task looks there for all who listen.

use crate::app::App;
use crate::dossiers;
use crate::error::{Error, Result};
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use motcua_contract::problem::ProblemType;
use sqlx::Row;
use std::convert::Infallible;
use std::sync::OnceLock;
use std::time::Duration;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

/// How often the table is looked at while somebody listens.
const EVERY: Duration = Duration::from_millis(400);
/// Most who listen at a time; the app asks now and then where it cannot listen.
const MOST_LISTENERS: usize = 2_000;
/// Changes that a slow listener may be behind by; one who is further behind is told to look.
const BACKLOG: usize = 256;
/// A line now and then, so that proxies keep the connection.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// Changes that are kept: more than happen between two looks.
const KEPT: i64 = 100_000;

/// The news of dossiers.
#[derive(Debug, Default)]
pub struct News(OnceLock<broadcast::Sender<String>>);

impl News {
    /// Listens from now on; the first listener starts the looking.
    fn listen(&self, app: &App) -> broadcast::Receiver<String> {
        let sender = self.0.get_or_init(|| {
            let (sender, _) = broadcast::channel(BACKLOG);
            tokio::spawn(look(app.clone(), sender.clone()));
            sender
        });
        sender.subscribe()
    }

    fn listeners(&self) -> usize {
        self.0.get().map_or(0, broadcast::Sender::receiver_count)
    }
}

async fn newest(app: &App) -> Result<i64> {
    let row =
        sqlx::query("SELECT COALESCE(MAX(id), 0) AS id FROM changes").fetch_one(&app.db).await?;
    Ok(row.try_get("id")?)
}

async fn look(app: App, sender: broadcast::Sender<String>) {
    // Whoever began to listen before the first look is told of what happened meanwhile at its own look.
    let mut seen = newest(&app).await.unwrap_or(0);
    let mut ticks = tokio::time::interval(EVERY);
    loop {
        ticks.tick().await;
        if sender.receiver_count() == 0 {
            continue;
        }
        match tell(&app, &sender, seen).await {
            Ok(last) => seen = last,
            Err(error) => tracing::error!("changes: {error}"),
        }
    }
}

/// Tells of what came after `seen`; gives the last that was told.
async fn tell(app: &App, sender: &broadcast::Sender<String>, seen: i64) -> Result<i64> {
    let rows = sqlx::query("SELECT id, dossier FROM changes WHERE id > ?1 ORDER BY id")
        .bind(seen)
        .fetch_all(&app.db)
        .await?;
    let mut last = seen;
    for row in rows {
        last = row.try_get("id")?;
        // Nobody listening is no fault.
        let _ = sender.send(row.try_get("dossier")?);
    }
    Ok(last)
}

/// `GET /dossiers/{code}/events`.
pub async fn watch(State(app): State<App>, Path(code): Path<String>) -> Result<Response> {
    let mut connection = app.db.acquire().await?;
    let dossier = dossiers::get(&mut connection, &code).await?;
    drop(connection);
    follow(&app, dossier.code.as_str().to_owned())
}

/// The events of what has this code, a dossier or feedback, from now on.
pub fn follow(app: &App, code: String) -> Result<Response> {
    if app.news.listeners() >= MOST_LISTENERS {
        return Err(ProblemType::TooManyRequests.into());
    }
    let receiver = app.news.listen(app);
    // The first event comes at once: the listener looks, and from then on misses nothing.
    let events = stream::unfold((receiver, code, true), |(mut receiver, code, first)| async move {
        if !first {
            loop {
                match receiver.recv().await {
                    Ok(changed) if changed == code => break,
                    Ok(_) => {}
                    // Too far behind to know: look.
                    Err(RecvError::Lagged(_)) => break,
                    Err(RecvError::Closed) => return None,
                }
            }
        }
        let event = Event::default().event("changed").data("1");
        Some((Ok::<_, Infallible>(event), (receiver, code, false)))
    });
    let mut response =
        Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let unbuffered = HeaderName::from_static("x-accel-buffering");
    headers.insert(unbuffered, HeaderValue::from_static("no"));
    Ok(response)
}

/// Removes what nobody looks for any more.
pub async fn remove_old(app: &App) -> Result<()> {
    let last = newest(app).await?;
    sqlx::query("DELETE FROM changes WHERE id <= ?1")
        .bind(last - KEPT)
        .execute(&app.db)
        .await
        .map_err(Error::from)?;
    Ok(())
}
