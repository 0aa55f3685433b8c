//! Runs the journey `pay`: asks the backend where an attempt or a request to pay stands, as often as
//! the journey says. Knows nothing of screens.

use super::super::{Failure, Services, api};
use super::request;
use crate::browser::{navigation, tasks};
use leptos::prelude::*;
use motcua_contract::payments::{AttemptView, PaymentRequestView};
use motcua_contract::problem::ProblemType;
use motcua_domain::payment_request::RequestState;
use motcua_journeys::pay::{Effect, Event, Knowledge, State, step};
use send_wrapper::SendWrapper;
use std::future::Future;

/// Something that money is waited for with, known by its token.
pub trait Awaited: PartialEq + Clone + Send + Sync + 'static {
    /// Asks the backend; the dossier's key is for what only its holder may read.
    fn ask(
        services: Services,
        token: &str,
        key: Option<&str>,
    ) -> impl Future<Output = Result<Self, Failure>>;

    /// Whether money may still come.
    fn is_open(&self) -> bool;
}

impl Awaited for AttemptView {
    async fn ask(services: Services, token: &str, _: Option<&str>) -> Result<Self, Failure> {
        api::get_attempt(services, token).await
    }

    fn is_open(&self) -> bool {
        self.state.is_live() && self.fee_state.is_open()
    }
}

impl Awaited for PaymentRequestView {
    async fn ask(services: Services, token: &str, key: Option<&str>) -> Result<Self, Failure> {
        request::get(services, token, key).await
    }

    fn is_open(&self) -> bool {
        self.state == RequestState::Open
    }
}

/// What is being watched.
pub struct Watch<T: 'static> {
    /// What the backend said last.
    pub seen: RwSignal<Option<T>>,
    /// How the waiting stands.
    pub state: RwSignal<State>,
    services: Services,
    /// The token, and the dossier's key.
    whose: StoredValue<(String, Option<String>)>,
}

impl<T> Clone for Watch<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Watch<T> {}

impl<T: Awaited> Watch<T> {
    /// Watches for as long as the component that asks for it lives.
    pub fn start(services: Services, token: String, key: Option<String>, known: Option<T>) -> Self {
        let watch = Self {
            seen: RwSignal::new(known),
            state: RwSignal::new(State::default()),
            services,
            whose: StoredValue::new((token, key)),
        };
        let guard = SendWrapper::new(navigation::on_wake(move || watch.tell(Event::Woke)));
        on_cleanup(move || drop(guard));
        watch.tell(Event::Woke);
        watch
    }

    /// Asks again because a person wants to know.
    pub fn ask_again(self) {
        self.tell(Event::Woke);
    }

    fn tell(self, event: Event) {
        // The page may be gone: then nobody wants to know.
        let Some((next, effects)) = self.state.try_with_untracked(|state| step(state, event))
        else {
            return;
        };
        self.state.set(next);
        for effect in effects {
            tasks::start(async move {
                let event = match effect {
                    Effect::Wait { seconds, turn } => {
                        tasks::sleep(seconds.saturating_mul(1000)).await;
                        Event::Due { turn }
                    }
                    Effect::Ask => {
                        let Some((token, key)) = self.whose.try_get_value() else { return };
                        self.answered(T::ask(self.services, &token, key.as_deref()).await)
                    }
                };
                self.tell(event);
            });
        }
    }

    fn answered(self, answer: Result<T, Failure>) -> Event {
        match answer {
            Ok(seen) => {
                let knowledge = if seen.is_open() { Knowledge::Open } else { Knowledge::Settled };
                let news = self.seen.try_with_untracked(|old| old.as_ref() != Some(&seen));
                if news == Some(true) {
                    self.seen.try_set(Some(seen));
                }
                Event::Answered(knowledge)
            }
            Err(failure) if failure.find_kind() == Some(ProblemType::NotFound) => {
                Event::Answered(Knowledge::Unknown)
            }
            Err(_) => Event::NoAnswer,
        }
    }
}
