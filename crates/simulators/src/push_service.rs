//! A browser's push service as an outside party: what Mozilla's does that Firefox and a sender can see. The
//! browser's side is a WebSocket (autopush's protocol: hello, register, unregister, notification, ack), the
//! sender's side RFC 8030 with VAPID (RFC 8292). It reads nothing of what it carries. Owns the wiring.
//!
//! Firefox uses it when `dom.push.serverURL` names it; other browsers have no such switch. What comes is kept
//! in memory, as long as its TTL says, until the browser has said that it has it.

mod book;
mod delivery;
mod knobs;
mod socket;
mod vapid;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use book::Book;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The running service. Clones share one state.
#[derive(Clone)]
pub struct PushService {
    origin: Arc<str>,
    book: Arc<Mutex<Book>>,
}

impl PushService {
    /// A service under this origin, which addresses of devices begin with.
    pub fn new(origin: &str) -> Self {
        Self { origin: origin.into(), book: Arc::default() }
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All paths of the service.
    pub fn router(&self) -> Router {
        Router::new()
            .route("/", get(socket::open))
            .route("/wpush/v2/{token}", post(delivery::take))
            .route("/_simulator/knobs", post(knobs::set))
            .route("/_simulator/notices", get(knobs::notices))
            .layer(DefaultBodyLimit::max(64 * 1_024))
            .with_state(self.clone())
    }
}
