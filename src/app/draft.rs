//! Runs the journey `draft` over this device's storage. Pages say what was answered; it is on the
//! disk before they know.

use super::{Services, order, vault, wire};
use crate::browser::locks::{self, Lock};
use crate::browser::storage::Shelf;
use crate::browser::{clock, navigation, tasks};
use leptos::prelude::*;
use motcua_domain::answers::Answer;
use motcua_domain::procedure::Procedure;
use motcua_journeys::draft::{self, Draft, DraftKey, Effect, Event, State};

/// Looks for the lock of a draft before it counts as open elsewhere, and milliseconds between them.
const LOCK_LOOKS: u32 = 6;
const LOCK_PAUSE: u32 = 150;

/// The open draft.
#[derive(Clone, Copy)]
pub struct DraftService {
    state: RwSignal<State>,
    /// Whether another window of this browser works on the open draft: then this one only looks on.
    elsewhere: RwSignal<bool>,
    /// The lock that this window holds, and its name.
    lock: StoredValue<Option<(String, Lock)>, LocalStorage>,
    /// Whether a draft is being opened: one at a time, or they would take the lock from each other.
    opening: StoredValue<bool>,
    /// Writes that are not on the disk yet.
    pending: RwSignal<u32>,
    /// Whether papers go on by themselves when the page wakes.
    wakes: StoredValue<bool>,
}

impl DraftService {
    /// No draft yet.
    pub fn new() -> Self {
        Self {
            state: RwSignal::new(State::default()),
            elsewhere: RwSignal::new(false),
            lock: StoredValue::new_local(None),
            opening: StoredValue::new(false),
            pending: RwSignal::new(0),
            wakes: StoredValue::new(false),
        }
    }

    /// The open draft, when it is this one.
    pub fn find(self, key: &DraftKey) -> Option<Draft> {
        let is_it = |draft: &&Draft| draft.key() == *key;
        self.state.with(|state| state.draft.as_ref().filter(is_it).cloned())
    }

    /// The same without watching it.
    pub fn find_now(self, key: &DraftKey) -> Option<Draft> {
        untrack(|| self.find(key))
    }

    /// The open draft, whatever its procedure.
    pub fn current(self) -> Option<Draft> {
        self.state.with(|state| state.draft.clone())
    }

    /// The open draft without watching it.
    pub fn current_now(self) -> Option<Draft> {
        untrack(|| self.current())
    }

    /// Whether the last change could not be kept on the device.
    pub fn is_unsafe(self) -> bool {
        self.state.with(|state| state.unsafe_on_device)
    }

    /// Whether everything that was typed is on the disk.
    pub fn is_saved(self) -> bool {
        self.pending.get() == 0 && !self.is_unsafe()
    }

    /// Opens a draft, new or kept, unless it is open.
    pub async fn open(self, services: Services, key: &DraftKey, procedure: &Procedure) {
        while self.opening.get_value() {
            tasks::sleep(20).await;
        }
        if self.find_now(key).is_some() {
            return;
        }
        self.opening.set_value(true);
        self.read_kept(key, procedure).await;
        self.opening.set_value(false);
        services.uploads.resume_all(services);
        services.papers.go_on(services);
        self.go_on_when_woken(services);
    }

    /// A file that stalled on a lost network goes on without being asked. Only from the first draft on:
    /// before, there is none, and the app's first part needs nothing of what sends files.
    fn go_on_when_woken(self, services: Services) {
        if self.wakes.try_update_value(|wakes| std::mem::replace(wakes, true)) == Some(false) {
            navigation::on_wake(move || {
                services.uploads.resume_all(services);
                services.papers.wake(services);
            })
            .keep();
        }
    }

    async fn read_kept(self, key: &DraftKey, procedure: &Procedure) {
        self.hold(key, false).await;
        let kept = vault::find_text(Shelf::Drafts, &key.to_string()).await;
        let found = kept.unwrap_or_else(|why| {
            tasks::log_failure("open draft", &why);
            None
        });
        let found = found.and_then(|text| wire::read(&text).ok()).map(Box::new);
        self.tell(Event::Opened {
            found,
            key: key.clone(),
            form: Box::new((procedure.form.clone(), procedure.version)),
            now: clock::now_seconds(),
        });
    }

    /// Whether another window works on the open draft.
    pub fn is_elsewhere(self) -> bool {
        self.elsewhere.get()
    }

    /// How many answers of the open draft the new form has no place for.
    pub fn answers_dropped(self) -> usize {
        self.state.with(|state| state.answers_dropped)
    }

    /// Whether the open draft answered an older version of the form.
    pub fn has_new_form(self) -> bool {
        self.state.with(|state| state.form_changed)
    }

    /// Takes the open draft over from the other window, as that one left it on the disk.
    pub async fn take_over(self, services: Services) {
        let Some(key) = untrack(|| self.current()).map(|draft| draft.key()) else { return };
        self.hold(&key, true).await;
        let Ok(procedure) = services.get_procedure(&key.procedure).await else { return };
        self.state.set(State::default());
        let found = find_kept(&key).await.map(Box::new);
        let form = Box::new((procedure.form.clone(), procedure.version));
        let now = clock::now_seconds();
        self.tell(Event::Opened { found, key, form, now });
        services.redraw();
        services.uploads.resume_all(services);
        services.papers.go_on(services);
    }

    /// Makes this window the one that works on a draft.
    async fn hold(self, key: &DraftKey, steal: bool) {
        let name = format!("draft {} {key}", vault::owner());
        let held =
            self.lock.with_value(|lock| lock.as_ref().is_some_and(|(held, _)| *held == name));
        if held && !self.elsewhere.get_untracked() {
            return;
        }
        self.lock.update_value(|lock| *lock = None);
        let mut lock = None;
        for look in 0..LOCK_LOOKS {
            let lost = move || {
                self.elsewhere.set(true);
            };
            lock = locks::take(&name, steal, lost).await;
            if lock.is_some() {
                break;
            }
            // A page that was just left lets go a moment later.
            if look + 1 < LOCK_LOOKS {
                tasks::sleep(LOCK_PAUSE).await;
            }
        }
        self.elsewhere.set(lock.is_none());
        self.lock.update_value(|held| *held = lock.map(|lock| (name, lock)));
    }

    /// Whether this device keeps this draft and it holds something.
    pub async fn has_kept(self, key: &DraftKey) -> bool {
        find_kept(key).await.is_some_and(|draft| !draft.is_empty())
    }

    /// Makes a draft from another device this device's own, in the place of one that was here. Says
    /// whether it is on the disk.
    pub async fn adopt(self, draft: Draft) -> bool {
        if let Some(old) = find_kept(&draft.key()).await {
            let stays = draft.blobs();
            for id in old.blobs().into_iter().filter(|id| !stays.contains(id)) {
                self.carry_out(Effect::RemovePaper { id }).await;
            }
        }
        self.hold(&draft.key(), true).await;
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
        self.pending.update(|pending| *pending += 1);
        let outcome = match effect {
            Effect::Save { key, text } => {
                vault::put_text(Shelf::Drafts, &key.to_string(), &text).await
            }
            Effect::Remove { key } => vault::remove(Shelf::Drafts, &key.to_string()).await,
            Effect::RemovePaper { id } => vault::remove_blob(Shelf::Papers, &id).await,
        };
        let event = match outcome {
            Ok(()) => Event::Saved,
            Err(why) => {
                tasks::log_failure("keep draft", &why);
                Event::SaveFailed
            }
        };
        self.pending.update(|pending| *pending -= 1);
        let (next, _) = self.state.with_untracked(|state| draft::step(state, event));
        if self.state.with_untracked(|state| *state != next) {
            self.state.set(next);
        }
    }
}

async fn find_kept(key: &DraftKey) -> Option<Draft> {
    let text = vault::find_text(Shelf::Drafts, &key.to_string()).await.ok().flatten()?;
    wire::read(&text).ok()
}

/// Throws a draft and its papers away, open or not.
pub async fn discard(services: Services, draft: &Draft) {
    for id in draft.blobs() {
        services.uploads.forget(&id);
        services.pictures.forget(&id);
    }
    if services.draft.find_now(&draft.key()).is_some() {
        services.draft.tell_and_wait(Event::Discarded).await;
        return;
    }
    remove(draft).await;
}

/// Removes a draft that is not open, and its papers.
async fn remove(draft: &Draft) {
    for id in draft.blobs() {
        let _ = vault::remove_blob(Shelf::Papers, &id).await;
    }
    if let Err(why) = vault::remove(Shelf::Drafts, &draft.key().to_string()).await {
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
        let is_new = !seen.contains(&draft.key());
        seen.push(draft.key());
        is_new
    });
    drafts
}
