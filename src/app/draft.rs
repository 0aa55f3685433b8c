//! Runs the journey `draft` over this device's storage. Pages say what was answered; it is on the
//! disk before they know.

use super::{Services, order, wire};
use crate::browser::storage::{self, Shelf};
use crate::browser::{clock, tasks};
use leptos::prelude::*;
use motcua_domain::answers::Answer;
use motcua_domain::procedure::{Procedure, ProcedureCode};
use motcua_journeys::draft::{self, Draft, Effect, Event, Paper, State};

/// The open draft.
#[derive(Clone, Copy)]
pub struct DraftService {
    state: RwSignal<State>,
}

impl DraftService {
    /// No draft yet.
    pub fn new() -> Self {
        Self { state: RwSignal::new(State::default()) }
    }

    /// The open draft, when it is of this procedure.
    pub fn find(self, code: &ProcedureCode) -> Option<Draft> {
        let of_procedure = |draft: &&Draft| draft.procedure == *code;
        self.state.with(|state| state.draft.as_ref().filter(of_procedure).cloned())
    }

    /// The same without watching it.
    pub fn find_now(self, code: &ProcedureCode) -> Option<Draft> {
        untrack(|| self.find(code))
    }

    /// The open draft, whatever its procedure.
    pub fn current(self) -> Option<Draft> {
        self.state.with(|state| state.draft.clone())
    }

    /// A paper of the open draft, without watching it.
    pub fn find_paper_now(self, id: &str) -> Option<Paper> {
        self.state.with_untracked(|state| state.draft.as_ref()?.find_paper(id).cloned())
    }

    /// Whether the last change could not be kept on the device.
    pub fn is_unsafe(self) -> bool {
        self.state.with(|state| state.unsafe_on_device)
    }

    /// Opens the draft of a procedure, new or kept, unless it is open.
    pub async fn open(self, services: Services, procedure: &Procedure) {
        if self.find_now(&procedure.code).is_some() {
            return;
        }
        let kept = storage::find_text(Shelf::Drafts, procedure.code.as_str()).await;
        let found = kept.unwrap_or_else(|why| {
            tasks::log_failure("open draft", &why);
            None
        });
        let found = found.and_then(|text| wire::read(&text).ok());
        self.tell(Event::Opened {
            found,
            procedure: procedure.code.clone(),
            form_version: procedure.version,
            now: clock::now_seconds(),
        });
        services.uploads.resume_all(services);
    }

    /// Whether this device keeps a draft of this procedure that holds something.
    pub async fn has_kept(self, code: &ProcedureCode) -> bool {
        find_kept(code).await.is_some_and(|draft| !draft.is_empty())
    }

    /// Makes a draft from another device this device's own, in the place of one that was here. Says
    /// whether it is on the disk.
    pub async fn adopt(self, draft: Draft) -> bool {
        if let Some(old) = find_kept(&draft.procedure).await {
            for paper in old.papers.values().flatten() {
                if draft.find_paper(&paper.id).is_none() {
                    self.carry_out(Effect::RemovePaper { id: paper.id.clone() }).await;
                }
            }
        }
        self.tell_and_wait(Event::Adopted(Box::new(draft))).await
    }

    /// An answer was typed or chosen.
    pub fn answer(self, question: &str, answer: Answer) {
        let question = question.to_owned();
        self.tell(Event::Answered { question, answer, now: clock::now_seconds() });
    }

    /// Takes one step and carries out what follows.
    pub fn tell(self, event: Event) {
        let (next, effects) = self.state.with_untracked(|state| draft::step(state, event));
        self.state.set(next);
        for effect in effects {
            tasks::start(self.carry_out(effect));
        }
    }

    /// Takes one step and waits until what follows is on the disk. Says whether it is.
    pub async fn tell_and_wait(self, event: Event) -> bool {
        let (next, effects) = self.state.with_untracked(|state| draft::step(state, event));
        self.state.set(next);
        for effect in effects {
            self.carry_out(effect).await;
        }
        !self.state.with_untracked(|state| state.unsafe_on_device)
    }

    async fn carry_out(self, effect: Effect) {
        let outcome = match effect {
            Effect::Save { procedure, text } => {
                storage::put_text(Shelf::Drafts, procedure.as_str(), &text).await
            }
            Effect::Remove { procedure } => {
                storage::remove(Shelf::Drafts, procedure.as_str()).await
            }
            Effect::RemovePaper { id } => storage::remove(Shelf::Papers, &id).await,
        };
        let event = match outcome {
            Ok(()) => Event::Saved,
            Err(why) => {
                tasks::log_failure("keep draft", &why);
                Event::SaveFailed
            }
        };
        let (next, _) = self.state.with_untracked(|state| draft::step(state, event));
        if self.state.with_untracked(|state| *state != next) {
            self.state.set(next);
        }
    }
}

async fn find_kept(code: &ProcedureCode) -> Option<Draft> {
    let text = storage::find_text(Shelf::Drafts, code.as_str()).await.ok().flatten()?;
    wire::read(&text).ok()
}

/// Throws a draft and its papers away, open or not.
pub async fn discard(services: Services, draft: &Draft) {
    for paper in draft.papers.values().flatten() {
        services.uploads.forget(&paper.id);
    }
    if services.draft.find_now(&draft.procedure).is_some() {
        services.draft.tell_and_wait(Event::Discarded).await;
        return;
    }
    for paper in draft.papers.values().flatten() {
        services.draft.carry_out(Effect::RemovePaper { id: paper.id.clone() }).await;
    }
    services.draft.carry_out(Effect::Remove { procedure: draft.procedure.clone() }).await;
}

/// The drafts of this device that hold something, newest first.
pub async fn all() -> Vec<Draft> {
    let texts = storage::texts(Shelf::Drafts).await.unwrap_or_default();
    let mut drafts: Vec<Draft> = texts
        .iter()
        .filter_map(|text| wire::read::<Draft>(text).ok())
        .filter(|draft| draft.is_readable() && !draft.is_empty())
        .collect();
    order::falling(&mut drafts, |draft| draft.changed);
    drafts
}
