//! Dossiers that wait for a network: sent by themselves when it is back, one after the other. A draft
//! that somebody works on is left alone until the page is left. Knows nothing of screens.

use super::submit::{self, Ending};
use super::{Failure, Services, draft};
#[cfg(feature = "parts")]
use crate::browser::Refused;
use crate::browser::{navigation, tasks};
use crate::i18n::t;
use leptos::prelude::*;
use motcua_contract::problem::ProblemType;
use motcua_domain::dossier::DossierCode;
use motcua_domain::text::Text;
use motcua_journeys::draft::{Draft, DraftKey, Event};
use motcua_journeys::upload::Phase;

/// Looks that a draft's papers get to arrive, a second each.
const LOOKS: u32 = 180;

/// What became of waiting dossiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// The office has it.
    Sent(DossierCode, Text),
    /// It waits for a login.
    LoginNeeded,
    /// It was not sent and waits no longer: which draft, what it is called, and why.
    NotSent(DraftKey, Text, &'static str),
}

/// The outbox.
#[derive(Clone, Copy)]
pub struct Outbox {
    /// What became of waiting dossiers since the app was opened; newest last.
    pub news: RwSignal<Vec<News>>,
    busy: StoredValue<bool>,
}

impl Outbox {
    /// An outbox that has not looked yet.
    pub fn new() -> Self {
        Self { news: RwSignal::new(vec![]), busy: StoredValue::new(false) }
    }

    /// Sends what waits, if there is a network.
    pub fn look(self, services: Services) {
        if self.busy.get_value() || !services.online.get_untracked() {
            return;
        }
        self.busy.set_value(true);
        tasks::start(async move {
            let mut drafts = draft::all().await;
            // What was just asked for may not be on the disk yet.
            if let Some(open) = untrack(|| services.draft.current()) {
                drafts.retain(|draft| draft.key() != open.key());
                drafts.push(open);
            }
            for waiting in drafts {
                if waiting.queued && is_free(services, &waiting) {
                    sending(self, services, waiting).await;
                }
            }
            self.busy.set_value(false);
        });
    }

    fn tell(self, news: News) {
        self.news.update(|all| {
            all.retain(|known| *known != news);
            all.push(news);
        });
    }

    async fn send(self, services: Services, waiting: &Draft) {
        let key = waiting.key();
        let Ok(procedure) = services.get_procedure(&key.procedure).await else { return };
        if services.draft.find_now(&key).is_none() {
            services.draft.close();
            services.draft.open(services, &key, &procedure).await;
        }
        services.uploads.resume_all(services);
        for _ in 0..LOOKS {
            let Some(now) = services.draft.find_now(&key) else { return };
            let arrived = |phase: &Phase| matches!(phase, Phase::Finished { .. });
            if now.is_bound() && now.papers.values().flatten().all(|paper| arrived(&paper.upload)) {
                break;
            }
            tasks::sleep(1_000).await;
        }
        if services.draft.find_now(&key).is_none_or(|draft| !draft.queued) {
            return;
        }
        let name = procedure.short_name.clone();
        match submit::send(services, &procedure, &key).await {
            Ending::Taken(receipt) => {
                self.tell(News::Sent(receipt.code.clone(), name));
            }
            Ending::NotTaken(failure) => {
                if failure.find_kind() == Some(ProblemType::SignInRequired) {
                    services.draft.tell_and_wait(Event::Queued(true)).await;
                    self.tell(News::LoginNeeded);
                } else if failure != Failure::NoAnswer {
                    // Whoever counted on it must hear that it did not go.
                    services.draft.tell_and_wait(Event::Queued(false)).await;
                    self.tell(News::NotSent(key, name, failure.title()));
                }
            }
            Ending::AtCounter => {
                services.draft.tell_and_wait(Event::Queued(false)).await;
                self.tell(News::NotSent(key, name, t().slip_taken()));
            }
            // It is locked now and stays in the list; the next wake asks again.
            Ending::Unknown => {}
        }
    }
}

/// Sends one. Most people have nothing that waits: the sending comes with the part of the app that fills
/// dossiers in. If that does not come, the next wake asks again.
async fn sending(outbox: Outbox, services: Services, waiting: Draft) {
    #[cfg(feature = "parts")]
    match parts::sending(outbox, services, waiting).await {
        Ok(sending) => sending.await,
        Err(why) => tasks::log_failure("outbox", &Refused::because(&why.to_string())),
    }
    #[cfg(not(feature = "parts"))]
    outbox.send(services, &waiting).await;
}

#[cfg(feature = "parts")]
mod parts {
    use super::{Draft, Outbox, Services};
    use std::pin::Pin;
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    type Sending = Pin<Box<dyn Future<Output = ()>>>;

    #[wasm_split(filing, fallible)]
    pub fn sending(
        outbox: Outbox,
        services: Services,
        waiting: Draft,
    ) -> Result<Sending, SplitLoaderError> {
        Ok(Box::pin(async move { outbox.send(services, &waiting).await }))
    }
}

/// Whether nobody works on another draft just now.
fn is_free(services: Services, waiting: &Draft) -> bool {
    let at_a_draft = navigation::path().starts_with("/nop/");
    let open = untrack(|| services.draft.current());
    !at_a_draft || open.is_some_and(|open| open.key() == waiting.key())
}
