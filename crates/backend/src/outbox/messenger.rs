//! Who brings a message to a phone: the office's own SMS or Zalo service behind one call, or, where none
//! is set, the backend's log. Knows nothing of what a message tells of.

use crate::settings::Hidden;
use serde::Serialize;

/// Who brings messages.
#[derive(Debug, Clone)]
pub enum Messenger {
    /// Nobody: they stand in the backend's log, which the demo shows.
    Log,
    /// A service that takes `POST {"to": "0912345678", "text": "…", "id": "17"}` with a bearer token, and
    /// answers 2xx when it has the message. The same id is the same message: it may come again after an
    /// answer that was lost.
    Service {
        /// Its address.
        url: String,
        /// Its token.
        token: Option<Hidden>,
    },
}

/// A message as the service gets it.
#[derive(Debug, Serialize)]
struct Sent<'a> {
    to: &'a str,
    text: &'a str,
    id: String,
}

/// What came of a message that was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Handed {
    /// It is with the service, or in the log.
    Taken,
    /// The service did not take it just now: it is tried again.
    Later(String),
    /// The service will never take it.
    Never(String),
}

impl Messenger {
    /// Hands a message over.
    pub async fn send(&self, http: &reqwest::Client, id: i64, to: &str, text: &str) -> Handed {
        let Self::Service { url, token } = self else {
            tracing::info!(target: "messages", %to, "{text}");
            return Handed::Taken;
        };
        let mut call = http.post(url).json(&Sent { to, text, id: id.to_string() });
        if let Some(token) = token {
            call = call.bearer_auth(token.expose());
        }
        match call.send().await {
            Ok(answer) if answer.status().is_success() => Handed::Taken,
            Ok(answer) => {
                let status = answer.status();
                // Busy, and waited too long for us, are the two 4xx that pass by.
                let passes = status.is_server_error() || matches!(status.as_u16(), 408 | 429);
                let why = format!("the service answered {status}");
                if passes { Handed::Later(why) } else { Handed::Never(why) }
            }
            Err(error) => Handed::Later(error.without_url().to_string()),
        }
    }
}
