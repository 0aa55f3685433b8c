//! A dossier that is being filled: what is in it, and that every change is kept on the device
//! before the citizen can lose it. Knows nothing of screens or of how a draft is stored.

mod event;
mod key;
mod leaving;
mod papers;
mod reuse;
mod supplement;

pub use event::{Effect, Event};
pub use key::DraftKey;
pub use leaving::{Slip, Submission};
pub use papers::{Correction, FlatPage, Paper, Sheet, SheetEvent};
pub use reuse::Reused;
pub use supplement::Supplement;

use motcua_domain::answers::Answers;
use motcua_domain::behalf::Behalf;
use motcua_domain::date::CivilDate;
use motcua_domain::exemption::ExemptGroup;
use motcua_domain::procedure::{Procedure, ProcedureCode};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The layout of a kept draft. One of another layout is not read, and not thrown away either.
pub const LAYOUT: u8 = 1;

/// Days that a draft is kept on a device after its last change.
pub const KEPT_DAYS: i64 = 30;

/// A dossier that is being filled. There is one for each procedure and person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// See [`LAYOUT`].
    pub layout: u8,
    /// The procedure.
    pub procedure: ProcedureCode,
    /// The slot, where it is for another person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<String>,
    /// For whom it is.
    #[serde(default)]
    pub behalf: Behalf,
    /// The group by which the applicant need not pay, when one was claimed. Nobody is ticked before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exempt: Option<ExemptGroup>,
    /// The version of the form that was answered.
    pub form_version: u32,
    /// What was typed, as it was typed.
    pub answers: Answers,
    /// Files by component.
    pub papers: BTreeMap<String, Vec<Paper>>,
    /// Photographed pages by component, in their order.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sheets: BTreeMap<String, Vec<Sheet>>,
    /// Kept papers of earlier dossiers that are used, by component.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reused: BTreeMap<String, Vec<Reused>>,
    /// The supplement request that it answers, as [`Supplement::to_text`] has it; none where it is a
    /// dossier of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplement: Option<String>,
    /// What is being submitted, once it was.
    pub submission: Option<Submission>,
    /// Whether the citizen asked to submit it as soon as there is a network.
    #[serde(default)]
    pub queued: bool,
    /// The slip for the counter, once one was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slip: Option<Slip>,
    /// When it was last changed, in seconds.
    pub changed: i64,
}

impl Draft {
    /// An empty draft.
    pub fn new(key: DraftKey, form_version: u32, now: i64) -> Self {
        Self {
            layout: LAYOUT,
            procedure: key.procedure,
            slot: key.slot,
            behalf: Behalf::default(),
            exempt: None,
            form_version,
            answers: Answers::default(),
            papers: BTreeMap::new(),
            sheets: BTreeMap::new(),
            reused: BTreeMap::new(),
            supplement: None,
            submission: None,
            queued: false,
            slip: None,
            changed: now,
        }
    }

    /// Which draft it is.
    pub fn key(&self) -> DraftKey {
        DraftKey { procedure: self.procedure.clone(), slot: self.slot.clone() }
    }

    /// When it is removed unless it changes again, in seconds. One whose submission may have reached
    /// the server stays until that is settled.
    pub fn kept_until(&self) -> Option<i64> {
        (!self.is_locked()).then_some(self.changed + KEPT_DAYS * 86_400)
    }

    /// Whether this version of the app understands it.
    pub fn is_readable(&self) -> bool {
        self.layout == LAYOUT
    }

    /// Whether there is anything in it.
    pub fn is_empty(&self) -> bool {
        self.answers.0.is_empty()
            && self.papers.values().all(Vec::is_empty)
            && self.sheets.values().all(Vec::is_empty)
            && self.reused.is_empty()
    }

    /// The claimed exemption, where it changes what is to pay for the present answers.
    pub fn claimed(&self, procedure: &Procedure, today: CivilDate) -> Option<ExemptGroup> {
        let answers = procedure.form.relevant(&self.answers, today);
        self.exempt.filter(|group| procedure.exemptions_offered(&answers, today).contains(group))
    }

    /// Whether a submission may have reached the server, so that nothing may change until its
    /// outcome is known.
    pub fn is_locked(&self) -> bool {
        self.submission.as_ref().is_some_and(|submission| submission.sent)
    }
}

/// The draft and whether it is safe.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// The draft, once it was looked for.
    pub draft: Option<Draft>,
    /// Whether there was something in it when it was opened.
    pub restored: bool,
    /// Whether it answered an older version of the form: the citizen looks through it again.
    pub form_changed: bool,
    /// How many answers the new form has no place for.
    pub answers_dropped: usize,
    /// Whether the last change could not be kept on the device.
    pub unsafe_on_device: bool,
}

/// The next state and what to do.
pub fn step(state: &State, event: Event) -> (State, Vec<Effect>) {
    let mut next = state.clone();
    match event {
        Event::Opened { found, key, form, now } => {
            let (form, form_version) = *form;
            let kept =
                found.map(|draft| *draft).filter(|draft| draft.is_readable() && draft.key() == key);
            // What answers a supplement has the office's items and not the form's questions.
            next.form_changed = kept.as_ref().is_some_and(|draft| {
                !draft.is_empty()
                    && !draft.is_locked()
                    && draft.supplement.is_none()
                    && draft.form_version != form_version
            });
            next.restored = kept.as_ref().is_some_and(|draft| !draft.is_empty());
            let mut draft = kept.unwrap_or_else(|| Draft::new(key, form_version, now));
            next.answers_dropped = 0;
            // A locked draft keeps the version it was submitted with.
            if next.form_changed {
                let (answers, dropped) = form.migrated(&draft.answers);
                draft.answers = answers;
                draft.submission = None;
                next.answers_dropped = dropped;
            }
            if !draft.is_locked() {
                draft.form_version = form_version;
            }
            next.draft = Some(draft);
            (next, vec![])
        }
        Event::Adopted(draft) => {
            next.restored = true;
            next.draft = Some(*draft);
            let effects = save(&mut next);
            (next, effects)
        }
        Event::Saved => {
            next.unsafe_on_device = false;
            (next, vec![])
        }
        Event::SaveFailed => {
            next.unsafe_on_device = true;
            (next, vec![])
        }
        other => change(next, other),
    }
}

fn change(mut next: State, event: Event) -> (State, Vec<Effect>) {
    let Some(draft) = next.draft.as_mut() else { return (next, vec![]) };
    let mut effects = vec![];
    match event {
        Event::Answered { question, answer, now } => {
            if draft.is_locked() || draft.answers.0.get(&question) == Some(&answer) {
                return (next, vec![]);
            }
            draft.answers.set(&question, answer);
            touch(draft, now);
        }
        Event::BehalfChosen { behalf, now } => {
            if draft.is_locked() || draft.behalf == behalf {
                return (next, vec![]);
            }
            draft.behalf = behalf;
            touch(draft, now);
        }
        Event::SupplementAsked(text) => {
            if draft.is_locked() || draft.supplement.as_ref() == Some(&text) {
                return (next, vec![]);
            }
            draft.supplement = Some(text);
        }
        Event::ExemptionClaimed { group, now } => {
            if draft.is_locked() || draft.exempt == group {
                return (next, vec![]);
            }
            draft.exempt = group;
            touch(draft, now);
        }
        Event::PaperAdded { component, paper, now } => {
            if draft.is_locked() {
                return (next, vec![Effect::RemovePaper { id: paper.id }]);
            }
            draft.papers.entry(component).or_default().push(paper);
            touch(draft, now);
        }
        Event::PaperRemoved { id, now } => {
            if draft.is_locked() {
                return (next, vec![]);
            }
            for papers in draft.papers.values_mut() {
                papers.retain(|paper| paper.id != id);
            }
            draft.papers.retain(|_, papers| !papers.is_empty());
            touch(draft, now);
            effects.push(Effect::RemovePaper { id });
        }
        Event::Sheet { event, now } => {
            if draft.is_locked() {
                return (
                    next,
                    event.kept().into_iter().map(|id| Effect::RemovePaper { id }).collect(),
                );
            }
            let Some(gone) = papers::change(draft, event) else { return (next, vec![]) };
            effects.extend(gone);
            touch(draft, now);
        }
        Event::PaperBound { component, paper, now } => {
            if draft.is_locked() {
                return (next, vec![Effect::RemovePaper { id: paper.id }]);
            }
            let gone = papers::bind(draft, component, paper);
            effects.extend(gone.into_iter().map(|id| Effect::RemovePaper { id }));
            touch(draft, now);
        }
        Event::PaperReused { component, reused, now } => {
            if draft.is_locked() || !reuse::take(draft, component, reused) {
                return (next, vec![]);
            }
            touch(draft, now);
        }
        Event::ReuseDropped { paper, now } => {
            if draft.is_locked() || !reuse::drop(draft, &paper) {
                return (next, vec![]);
            }
            touch(draft, now);
        }
        Event::UploadMoved { id, phase } => {
            let mut papers = draft.papers.values_mut().flatten();
            let Some(paper) = papers.find(|paper| paper.id == id) else { return (next, vec![]) };
            paper.upload = phase;
        }
        Event::SubmissionChanged(submission) => {
            // Whatever came of it, a person looks at it before it is sent by itself again.
            draft.queued &= submission.is_some();
            draft.submission = submission;
        }
        Event::Queued(queued) => draft.queued = queued,
        Event::SlipMade(slip) => draft.slip = slip,
        Event::Ended | Event::Discarded => {
            let key = draft.key();
            let ids = draft.blobs().into_iter();
            let mut effects: Vec<Effect> = ids.map(|id| Effect::RemovePaper { id }).collect();
            effects.insert(0, Effect::Remove { key });
            next.draft = None;
            next.restored = false;
            return (next, effects);
        }
        Event::Opened { .. } | Event::Adopted(_) | Event::Saved | Event::SaveFailed => {
            return (next, vec![]);
        }
    }
    effects.splice(0..0, save(&mut next));
    (next, effects)
}

fn save(state: &mut State) -> Vec<Effect> {
    let Some(draft) = &state.draft else { return vec![] };
    let Ok(text) = serde_json::to_string(draft) else {
        state.unsafe_on_device = true;
        return vec![];
    };
    vec![Effect::Save { key: draft.key(), text }]
}

/// Notes a change; a submission that never left is prepared anew.
fn touch(draft: &mut Draft, now: i64) {
    draft.changed = now;
    draft.submission = None;
    draft.queued = false;
}

#[cfg(test)]
mod tests;
