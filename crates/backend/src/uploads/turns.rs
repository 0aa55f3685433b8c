//! Whose turn it is at an upload. After a mobile connection dropped, the server may still wait for
//! the old request's bytes; a plain lock would lock the citizen out. So the newest request wins: the
//! old one is told to end, keeps what it has, and only then the new one begins.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use tokio::sync::{OwnedMutexGuard, watch};

/// The newest request of each upload.
#[derive(Debug, Default)]
pub struct Turns(Mutex<HashMap<String, Place>>);

#[derive(Debug)]
struct Place {
    newest: watch::Sender<u64>,
    door: Arc<tokio::sync::Mutex<()>>,
}

/// A request's turn at an upload; over when dropped.
#[derive(Debug)]
pub struct Turn {
    number: u64,
    newest: watch::Receiver<u64>,
    _door: OwnedMutexGuard<()>,
}

impl Turns {
    /// Takes the turn: older requests of this upload are told to end, and waited for.
    pub async fn take(&self, upload: &str) -> Turn {
        let (number, newest, door) = self.announce(upload);
        Turn { number, newest, _door: door.lock_owned().await }
    }

    fn announce(&self, upload: &str) -> (u64, watch::Receiver<u64>, Arc<tokio::sync::Mutex<()>>) {
        // A poisoned lock only means that another request panicked; the map is still sound.
        let mut turns = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        turns.retain(|_, place| place.newest.receiver_count() > 0);
        let place = turns
            .entry(upload.to_owned())
            .or_insert_with(|| Place { newest: watch::channel(0).0, door: Arc::default() });
        let number = *place.newest.borrow() + 1;
        let newest = place.newest.subscribe();
        place.newest.send_replace(number);
        (number, newest, Arc::clone(&place.door))
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
    async fn the_newest_request_wins_once_the_old_one_has_ended() {
        let turns = Arc::new(Turns::default());
        let mut first = turns.take("a").await;
        let other = turns.take("b").await;
        assert!(first.is_current() && other.is_current());
        let second = tokio::spawn({
            let turns = Arc::clone(&turns);
            async move { turns.take("a").await }
        });
        first.lost().await;
        assert!(!first.is_current() && !second.is_finished());
        drop(first);
        assert!(second.await.unwrap().is_current() && other.is_current());
    }
}
