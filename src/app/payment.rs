//! Runs the journey `pay`: asks the backend where an attempt stands, as often as the journey says.
//! Also begins attempts, with their keys on the disk first. Knows nothing of screens.

use super::kept::{self, KeptAttempt};
use super::{Failure, Services, api};
use crate::browser::{crypto, navigation, tasks};
use crate::i18n::t;
use leptos::prelude::*;
use motcua_contract::dossiers::FeeView;
use motcua_contract::payments::{AttemptView, CreateAttempt};
use motcua_contract::problem::ProblemType;
use motcua_domain::dossier::DossierCode;
use motcua_journeys::pay::{Effect, Event, Knowledge, State, step};
use send_wrapper::SendWrapper;

/// An attempt that is being watched.
#[derive(Clone, Copy)]
pub struct Watch {
    /// What the backend said last.
    pub attempt: RwSignal<Option<AttemptView>>,
    /// How the waiting stands.
    pub state: RwSignal<State>,
}

impl Watch {
    /// Watches an attempt for as long as the component that asks for it lives.
    pub fn start(services: Services, token: String) -> Self {
        let watch = Self { attempt: RwSignal::new(None), state: RwSignal::new(State::default()) };
        let token = StoredValue::new(token);
        let guard =
            SendWrapper::new(navigation::on_wake(move || watch.tell(services, token, Event::Woke)));
        on_cleanup(move || drop(guard));
        watch.tell(services, token, Event::Woke);
        watch
    }

    /// Asks again because a person wants to know.
    pub fn ask_again(self, services: Services, token: String) {
        self.tell(services, StoredValue::new(token), Event::Woke);
    }

    fn tell(self, services: Services, token: StoredValue<String>, event: Event) {
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
                        let Some(token) = token.try_get_value() else { return };
                        self.ask(services, &token).await
                    }
                };
                self.tell(services, token, event);
            });
        }
    }

    async fn ask(self, services: Services, token: &str) -> Event {
        match api::get_attempt(services, token).await {
            Ok(attempt) => {
                let knowledge = if attempt.state.is_live() && attempt.fee_state.is_open() {
                    Knowledge::Open
                } else {
                    Knowledge::Settled
                };
                let news = self.attempt.try_with_untracked(|old| old.as_ref() != Some(&attempt));
                if news == Some(true) {
                    self.attempt.try_set(Some(attempt));
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

/// An attempt whose page can be opened: the one that holds the fee, or a new one. Its key is on the
/// disk before the first try, so that a double tap or a lost answer cannot make two.
pub async fn begin(
    services: Services,
    dossier: DossierCode,
    fee: FeeView,
    channel: String,
    dossier_key: Option<String>,
) -> Result<AttemptView, Failure> {
    if let Some(token) = &fee.attempt {
        let attempt = api::get_attempt(services, token).await?;
        // Another channel was chosen: the backend asks about this one before it lets go of it.
        if attempt.state.is_live() && attempt.channel == channel {
            remember(&dossier, &fee.id, &channel, token).await;
            return Ok(attempt);
        }
    }
    let mut kept = kept::find(&dossier).await;
    let unfinished = kept.as_ref().and_then(|kept| {
        let mine = |attempt: &&KeptAttempt| {
            attempt.fee == fee.id && attempt.channel == channel && attempt.token.is_none()
        };
        kept.attempts.iter().find(mine).map(|attempt| attempt.key.clone())
    });
    let key = match unfinished {
        Some(key) => key,
        None => crypto::random_key().map_err(|_| Failure::NotKept)?,
    };
    if let Some(kept) = &mut kept
        && !kept.attempts.iter().any(|attempt| attempt.key == key)
    {
        let (fee, channel) = (fee.id.clone(), channel.clone());
        kept.attempts.push(KeptAttempt { fee, channel, key: key.clone(), token: None });
        kept::keep(kept).await?;
    }
    let wanted = CreateAttempt { channel, language: t().code().to_owned() };
    let key_of_dossier = dossier_key.as_deref();
    let answer =
        api::create_attempt(services, &dossier, &fee.id, key_of_dossier, &key, &wanted).await;
    if let Some(kept) = &mut kept {
        match &answer {
            Ok(attempt) => {
                for own in kept.attempts.iter_mut().filter(|own| own.key == key) {
                    own.token = Some(attempt.token.clone());
                }
                let _ = kept::keep(kept).await;
            }
            // The backend said no: the next try is another intent.
            Err(Failure::Problem(problem)) if problem.status < 500 => {
                kept.attempts.retain(|own| own.key != key);
                let _ = kept::keep(kept).await;
            }
            Err(_) => {}
        }
    }
    answer
}

async fn remember(dossier: &DossierCode, fee: &str, channel: &str, token: &str) {
    let Some(mut kept) = kept::find(dossier).await else { return };
    if kept.attempts.iter().any(|attempt| attempt.token.as_deref() == Some(token)) {
        return;
    }
    kept.attempts.push(KeptAttempt {
        fee: fee.to_owned(),
        channel: channel.to_owned(),
        key: String::new(),
        token: Some(token.to_owned()),
    });
    let _ = kept::keep(&kept).await;
}
