//! What can happen to a draft, and what is to be done about it. Decides nothing.

use super::papers::{Paper, SheetEvent};
use super::{Draft, DraftKey, Reused, Slip, Submission};
use crate::upload::Phase;
use motcua_domain::answers::Answer;
use motcua_domain::behalf::Behalf;
use motcua_domain::exemption::ExemptGroup;
use motcua_domain::form::Form;

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The device was searched for a draft of this procedure.
    Opened {
        /// What was found.
        found: Option<Box<Draft>>,
        /// Which draft.
        key: DraftKey,
        /// The form as it is now, and its version.
        form: Box<(Form, u32)>,
        /// Seconds.
        now: i64,
    },
    /// A draft came from another device; it is the open one from now on.
    Adopted(Box<Draft>),
    /// An answer was typed or chosen.
    Answered {
        /// Question.
        question: String,
        /// What it says now.
        answer: Answer,
        /// Seconds.
        now: i64,
    },
    /// The citizen said for whom it is.
    BehalfChosen {
        /// For whom.
        behalf: Behalf,
        /// Seconds.
        now: i64,
    },
    /// It answers this request of the office, as [`super::Supplement::to_text`] has it.
    SupplementAsked(String),
    /// The citizen said by which group the applicant need not pay, or by none.
    ExemptionClaimed {
        /// Which.
        group: Option<ExemptGroup>,
        /// Seconds.
        now: i64,
    },
    /// A paper was picked; its bytes are on the device.
    PaperAdded {
        /// Component.
        component: String,
        /// The paper.
        paper: Paper,
        /// Seconds.
        now: i64,
    },
    /// A paper was taken out.
    PaperRemoved {
        /// The paper's id.
        id: String,
        /// Seconds.
        now: i64,
    },
    /// Something happened to a photographed page.
    Sheet {
        /// What.
        event: SheetEvent,
        /// Seconds.
        now: i64,
    },
    /// A file was made of a component's pages; its bytes are on the device.
    PaperBound {
        /// Component.
        component: String,
        /// The file.
        paper: Paper,
        /// Seconds.
        now: i64,
    },
    /// The citizen agreed to use a kept paper for a component.
    PaperReused {
        /// Component.
        component: String,
        /// The paper.
        reused: Reused,
        /// Seconds.
        now: i64,
    },
    /// A kept paper is used no more.
    ReuseDropped {
        /// The paper's id at the backend.
        paper: String,
        /// Seconds.
        now: i64,
    },
    /// A paper came further on its way.
    UploadMoved {
        /// The paper's id.
        id: String,
        /// Where it stands.
        phase: Phase,
    },
    /// A submission was prepared, went out, or was refused for good.
    SubmissionChanged(Option<Submission>),
    /// The citizen wants it submitted when there is a network, or not any more.
    Queued(bool),
    /// A slip for the counter was made, or is no good any more.
    SlipMade(Option<Slip>),
    /// The server has the dossier under its own code: the draft ends.
    Ended,
    /// The citizen throws the draft away.
    Discarded,
    /// The device kept the last change.
    Saved,
    /// The device did not keep it.
    SaveFailed,
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Keep this text under the draft's key.
    Save {
        /// Which draft.
        key: DraftKey,
        /// The draft as text.
        text: String,
    },
    /// Remove the draft.
    Remove {
        /// Which draft.
        key: DraftKey,
    },
    /// Remove the bytes of a paper.
    RemovePaper {
        /// The paper's id.
        id: String,
    },
}
