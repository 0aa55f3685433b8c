//! Feedback (phản ánh, kiến nghị) on the wire: sending it, following it, adding to it, the office's acts,
//! and the published answers, which name nobody.

use crate::uploads::{StaffFile, UploadReference};
use motcua_domain::date::{CivilDate, Moment};
use motcua_domain::feedback::{About, FeedbackCode, State, Task};
use motcua_domain::procedure::ProcedureCode;
use serde::{Deserialize, Serialize};

/// Carries the key of feedback, for who sent it.
pub const FEEDBACK_KEY_HEADER: &str = "Feedback-Key";

/// Sends feedback. Nobody need say who they are. About a dossier it counts against the dossier only where the
/// request comes from its holder (session, or header `Dossier-Key`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SendFeedback {
    /// What it is about.
    pub about: About,
    /// What the citizen has to say; at most 2000 characters.
    pub text: String,
    /// The place that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Where messages about it go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// At most three photos.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<UploadReference>,
    /// Of a guided run with fictional people: counts nowhere, and is taken by demonstrations only.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sample: bool,
}

/// What was taken: the code, and the key, which is told this once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeedbackReceipt {
    /// Its code, to ask with.
    pub code: FeedbackCode,
    /// Opens all of it; whoever has it counts as the sender.
    pub key: String,
    /// As the sender sees it.
    pub feedback: FeedbackView,
}

/// Feedback: where it stands for anyone who has the code, the rest for the sender.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeedbackView {
    /// Its code.
    pub code: FeedbackCode,
    /// Where it stands.
    pub state: State,
    /// When it came.
    pub received_at: Moment,
    /// When this was so.
    pub as_of: Moment,
    /// The clocks that run, what is due first before.
    pub clocks: Vec<ClockView>,
    /// Working days that the office keeps for its answer while the sender is waited for.
    pub days_kept: Option<u16>,
    /// When the answer was published.
    pub published_at: Option<Moment>,
    /// What only the sender sees.
    pub detail: Option<FeedbackDetail>,
}

/// A clock that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClockView {
    /// What for.
    pub task: Task,
    /// The last working day for it.
    pub last_day: CivilDate,
    /// Working days left, today not counted; none once the last day is over.
    pub days_left: Option<u16>,
}

/// What only the sender sees, and staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeedbackDetail {
    /// What it is about.
    pub about: About,
    /// What was said.
    pub text: String,
    /// The place.
    pub place: Option<String>,
    /// The last three digits of the phone that messages go to.
    pub phone_ending: Option<String>,
    /// How many photos came, later ones included.
    pub photos: u32,
    /// What the office asked for.
    pub question: Option<FeedbackWords>,
    /// What was added.
    pub addition: Option<FeedbackWords>,
    /// The answer.
    pub answer: Option<FeedbackWords>,
    /// Why it was refused.
    pub refusal: Option<FeedbackRefusal>,
}

/// What one side said, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeedbackWords {
    /// What.
    pub words: String,
    /// When.
    pub at: Moment,
}

/// Why feedback was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeedbackRefusal {
    /// Why.
    pub reason: String,
    /// Where to turn to instead.
    pub advice: Option<String>,
    /// When.
    pub at: Moment,
}

/// What the office asked for: words, photos, or both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AddToFeedback {
    /// What is added.
    pub text: String,
    /// Photos; at most three.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<UploadReference>,
}

/// Answers that the office published, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublishedAnswers {
    /// At most a hundred.
    pub answers: Vec<PublishedAnswer>,
}

/// A published answer, in the office's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublishedAnswer {
    /// What was asked, without saying by whom.
    pub question: String,
    /// The answer.
    pub answer: String,
    /// The procedure that it is about, if it is about one.
    pub procedure: Option<ProcedureCode>,
    /// The day on which it was published.
    pub published_on: CivilDate,
}

/// Staff: asks the sender for more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AskSender {
    /// What for.
    pub question: String,
}

/// Staff: answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AnswerFeedback {
    /// The answer, to the sender.
    pub answer: String,
}

/// Staff: refuses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RefuseFeedback {
    /// Why, for the sender.
    pub reason: String,
    /// Where to turn to instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
}

/// Staff: publishes the answer, worded so that nobody can be found in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PublishFeedback {
    /// What was asked, in the office's words.
    pub question: String,
    /// The answer.
    pub answer: String,
}

/// Feedback as staff see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffFeedback {
    /// All of it.
    pub feedback: FeedbackView,
    /// The phone, where one was left.
    pub phone: Option<String>,
    /// Whether it came from the holder of the dossier that it is about.
    pub by_holder: bool,
    /// The photos; `component` says whether one came later.
    pub photos: Vec<StaffFile>,
}

/// Staff: feedback that something is owed for, what is due first before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffFeedbackList {
    /// What waits.
    pub feedback: Vec<StaffFeedback>,
}
