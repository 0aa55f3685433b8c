//! Runs the journey `draft` over this device's storage. Pages say what was answered; it is on the
//! disk before they know.

use super::{Services, order, vault, wire};
use crate::browser::locks::{self, Lock};
use crate::browser::storage::Shelf;
use crate::browser::{clock, tasks};
use leptos::prelude::*;
use motcua_domain::answers::Answer;
use motcua_domain::procedure::{Procedure, ProcedureCode};
use motcua_journeys::draft::{self, Draft, Effect, Event, Paper, State};

/// The open draft.
#[derive(Clone, Copy)]
pub struct DraftService {
    state: RwSignal<State>,
    /// Whether another window of this browser works on the open draft: then this one only looks on.
    elsewhere: RwSignal<bool>,
    lock: StoredValue<Option<Lock>, LocalStorage>,
}

impl DraftService {
    /// No draft yet.
    pub fn new() -> Self {
        Self {
            state: RwSignal::new(State::default()),
            elsewhere: RwSignal::new(false),
            lock: StoredValue::new_local(None),
        }
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
        self.hold(&procedure.code, false).await;
        let kept = vault::find_text(Shelf::Drafts, procedure.code.as_str()).await;
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

    /// Whether another window works on the open draft.
    pub fn is_elsewhere(self) -> bool {
        self.elsewhere.get()
    }

    /// Whether the open draft answered an older version of the form.
    pub fn has_new_form(self) -> bool {
        self.state.with(|state| state.form_changed)
    }

    /// Takes the open draft over from the other window, as that one left it on the disk.
    pub async fn take_over(self, services: Services) {
        let Some(code) = untrack(|| self.current()).map(|draft| draft.procedure) else { return };
        self.hold(&code, true).await;
        let Ok(procedure) = services.get_procedure(&code).await else { return };
        self.state.set(State::default());
        let found = find_kept(&code).await;
        let (form_version, now) = (procedure.version, clock::now_seconds());
        self.tell(Event::Opened { found, procedure: code, form_version, now });
        services.redraw();
        services.uploads.resume_all(services);
    }

    /// Makes this window the one that works on a draft.
    async fn hold(self, code: &ProcedureCode, steal: bool) {
        self.lock.update_value(|lock| *lock = None);
        let name = format!("draft {} {code}", vault::owner());
        let lost = move || {
            self.elsewhere.set(true);
        };
        let lock = locks::take(&name, steal, lost).await;
        self.elsewhere.set(lock.is_none());
        self.lock.update_value(|held| *held = lock);
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
        self.hold(&draft.procedure, true).await;
        self.tell_and_wait(Event::Adopted(Box::new(draft))).await
    }

    /// Lets the open draft go; it stays on the disk.
    pub fn close(self) {
        self.state.set(State::default());
        self.lock.update_value(|lock| *lock = None);
    }

    /// An answer was typed or chosen.
    pub fn answer(self, question: &str, answer: Answer) {
        let question = question.to_owned();
        self.tell(Event::Answered { question, answer, now: clock::now_seconds() });
    }

    /// Takes one step and carries out what follows.
    pub fn tell(self, event: Event) {
        if self.only_looks_on(&event) {
            return;
        }
        let (next, effects) = self.state.with_untracked(|state| draft::step(state, event));
        self.state.set(next);
        for effect in effects {
            tasks::start(self.carry_out(effect));
        }
    }

    /// Takes one step and waits until what follows is on the disk. Says whether it is.
    pub async fn tell_and_wait(self, event: Event) -> bool {
        if self.only_looks_on(&event) {
            return false;
        }
        let (next, effects) = self.state.with_untracked(|state| draft::step(state, event));
        self.state.set(next);
        for effect in effects {
            self.carry_out(effect).await;
        }
        !self.state.with_untracked(|state| state.unsafe_on_device)
    }

    /// A window that lost the draft changes nothing: it would write over what the other one wrote.
    fn only_looks_on(self, event: &Event) -> bool {
        self.elsewhere.get_untracked() && !matches!(event, Event::Opened { .. } | Event::Adopted(_))
    }

    async fn carry_out(self, effect: Effect) {
        let outcome = match effect {
            Effect::Save { procedure, text } => {
                vault::put_text(Shelf::Drafts, procedure.as_str(), &text).await
            }
            Effect::Remove { procedure } => vault::remove(Shelf::Drafts, procedure.as_str()).await,
            Effect::RemovePaper { id } => vault::remove_blob(Shelf::Papers, &id).await,
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
    let text = vault::find_text(Shelf::Drafts, code.as_str()).await.ok().flatten()?;
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
    remove(draft).await;
}

/// Removes a draft that is not open, and its papers.
async fn remove(draft: &Draft) {
    for paper in draft.papers.values().flatten() {
        let _ = vault::remove_blob(Shelf::Papers, &paper.id).await;
    }
    if let Err(why) = vault::remove(Shelf::Drafts, draft.procedure.as_str()).await {
        tasks::log_failure("remove draft", &why);
    }
}

/// The drafts of this device that hold something, newest first. Those whose time is up are removed.
pub async fn all() -> Vec<Draft> {
    let texts = vault::texts(Shelf::Drafts).await.unwrap_or_default();
    let mut drafts: Vec<Draft> = texts
        .iter()
        .filter_map(|text| wire::read::<Draft>(text).ok())
        .filter(|draft| draft.is_readable() && !draft.is_empty())
        .collect();
    let now = clock::now_seconds();
    let is_over = |draft: &Draft| draft.kept_until().is_some_and(|until| until < now);
    for draft in drafts.iter().filter(|draft| is_over(draft)) {
        remove(draft).await;
    }
    drafts.retain(|draft| !is_over(draft));
    order::falling(&mut drafts, |draft| draft.changed);
    // Of a person's and the device's draft of one procedure, one is in use at a time.
    let mut seen = vec![];
    drafts.retain(|draft| {
        let is_new = !seen.contains(&draft.procedure);
        seen.push(draft.procedure.clone());
        is_new
    });
    drafts
}
