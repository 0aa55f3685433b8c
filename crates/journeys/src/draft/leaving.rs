//! The ways in which a draft leaves this device: submitted, or on a slip for the counter.

use serde::{Deserialize, Serialize};

/// A slip for the counter: the letter box that holds a sealed copy of the draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slip {
    /// Which letter box.
    pub slot: String,
    /// This side's secret, to ask whether the counter took it.
    pub token: String,
    /// Path and fragment of the link on the slip.
    pub link: String,
    /// When it is no good any more, in seconds.
    pub until: i64,
}

/// A submission whose outcome is not known yet. Frozen: a retry sends the same bytes under the same
/// key, so that there can never be two dossiers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// The idempotency key.
    pub key: String,
    /// The body, byte for byte.
    pub body: String,
    /// Whether it may have reached the server.
    pub sent: bool,
}
