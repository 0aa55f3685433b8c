//! A bell that tasks wait for: whoever waits when it rings goes on. Knows nothing of uploads.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};

/// The bell; clones are the same bell.
#[derive(Clone, Default)]
pub struct Bell(Arc<Mutex<Inner>>);

#[derive(Default)]
struct Inner {
    rung: u64,
    waiting: Vec<Waker>,
}

impl Bell {
    /// Rings.
    pub fn ring(&self) {
        let waiting = {
            let mut inner = self.inner();
            inner.rung += 1;
            std::mem::take(&mut inner.waiting)
        };
        waiting.into_iter().for_each(Waker::wake);
    }

    /// Ends when it rings next.
    pub fn rung(&self) -> impl Future<Output = ()> + use<> {
        let bell = self.clone();
        let before = bell.inner().rung;
        poll_fn(move |context| {
            let mut inner = bell.inner();
            if inner.rung > before {
                return Poll::Ready(());
            }
            inner.waiting.push(context.waker().clone());
            Poll::Pending
        })
    }

    /// Ends when it rings next, or with the other.
    pub async fn rung_or(&self, other: impl Future<Output = ()>) {
        let mut rung = pin!(self.rung());
        let mut other = pin!(other);
        poll_fn(|context| {
            let rung = Pin::new(&mut rung).poll(context);
            if rung.is_ready() { rung } else { other.as_mut().poll(context) }
        })
        .await;
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        // Nothing panics while it is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::task::Context;

    fn look(future: &mut Pin<&mut impl Future<Output = ()>>) -> bool {
        future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready()
    }

    #[test]
    fn who_waits_goes_on_when_it_rings() {
        let bell = Bell::default();
        bell.ring();
        let mut first = pin!(bell.rung());
        let mut second = pin!(bell.rung_or(std::future::pending()));
        assert!(!look(&mut first) && !look(&mut second));
        bell.ring();
        assert!(look(&mut first) && look(&mut second));
        let mut other = pin!(bell.rung_or(std::future::ready(())));
        assert!(look(&mut other));
    }
}
