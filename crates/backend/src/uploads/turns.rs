//! Whose turn it is at an upload. After a mobile connection dropped, the server may still wait for
//! the old request's bytes; a plain lock would lock the citizen out. So the newest request wins.

use std::collections::HashMap;
use std::sync::Mutex;
use tokio::sync::watch;

/// The newest request of each upload.
#[derive(Debug, Default)]
pub struct Turns(Mutex<HashMap<String, watch::Sender<u64>>>);

/// A request's turn at an upload.
#[derive(Debug)]
pub struct Turn {
    number: u64,
    newest: watch::Receiver<u64>,
}

impl Turns {
    /// Takes the turn; older requests of this upload lose theirs.
    pub fn take(&self, upload: &str) -> Turn {
        // A poisoned lock only means that another request panicked; the map is still sound.
        let mut turns = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        turns.retain(|_, sender| sender.receiver_count() > 0);
        let sender = turns.entry(upload.to_owned()).or_insert_with(|| watch::channel(0).0);
        let number = *sender.borrow() + 1;
        let newest = sender.subscribe();
        sender.send_replace(number);
        Turn { number, newest }
    }
}

impl Turn {
    /// Whether no newer request came.
    pub fn is_current(&self) -> bool {
        *self.newest.borrow() == self.number
    }

    /// Waits until a newer request comes.
    pub async fn lost(&mut self) {
        let number = self.number;
        if self.newest.wait_for(|newest| *newest != number).await.is_err() {
            // The sender lives as long as a turn does; without it nobody can take this turn away.
            std::future::pending::<()>().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_newest_request_wins() {
        let turns = Turns::default();
        let mut first = turns.take("a");
        let other = turns.take("b");
        assert!(first.is_current() && other.is_current());
        let second = turns.take("a");
        first.lost().await;
        assert!(!first.is_current() && second.is_current() && other.is_current());
    }
}
