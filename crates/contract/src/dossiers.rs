//! Dossiers on the wire: submitting one, its receipt, and what tracking shows to whom.

use crate::papers::ReusedPaper;
use crate::turns::Turns;
use crate::uploads::UploadReference;
use motcua_domain::answers::Answers;
use motcua_domain::behalf::{Behalf, Consent};
use motcua_domain::date::Moment;
use motcua_domain::dossier::{DossierCode, DossierStatus};
use motcua_domain::exemption::ExemptGroup;
use motcua_domain::fee::{FeeKind, FeeTiming};
use motcua_domain::money::Vnd;
use motcua_domain::paper::PaperDoubt;
use motcua_domain::payment::{AttemptState, FeeState};
use motcua_domain::procedure::ProcedureCode;
use motcua_domain::reuse::PaperFlags;
use motcua_domain::text::Text;
use serde::{Deserialize, Serialize};

/// A dossier to submit. The files were uploaded before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SubmitDossier {
    /// Which procedure.
    pub procedure: ProcedureCode,
    /// The version of the form that was answered.
    pub form_version: u32,
    /// The answers, canonical.
    pub answers: Answers,
    /// For whom it is filed.
    #[serde(default)]
    pub behalf: Behalf,
    /// The group by which the applicant need not pay, when it is claimed: one that the procedure's rules
    /// offer for these answers. Where it must be proven, the paper is component `mien-phi-` with the group's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exempt: Option<ExemptGroup>,
    /// Whether it is of a guided run with fictional people. Only an installation for demos takes it.
    #[serde(default, skip_serializing_if = "is_not")]
    pub sample: bool,
    /// The papers that were uploaded; with an authorisation, its photo as component `uy-quyen`.
    pub components: Vec<SubmittedComponent>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
fn is_not(sample: &bool) -> bool {
    !sample
}

/// A component and its files, in page order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SubmittedComponent {
    /// The component's id in the procedure.
    pub component: String,
    /// Its files.
    pub uploads: Vec<UploadReference>,
    /// What the citizen was told of them and sent them with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<PaperDoubt>,
    /// Kept papers in the place of files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reused: Vec<ReusedPaper>,
}

/// What the citizen gets for a dossier: the intake receipt (giấy tiếp nhận và hẹn trả). Returned
/// once; the key is a secret of its holder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DossierReceipt {
    /// The dossier's code.
    pub code: DossierCode,
    /// Opens the whole dossier without login; travels in the receipt's QR.
    pub key: String,
    /// The dossier as its holder sees it.
    pub dossier: DossierView,
}

/// A dossier as tracking shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DossierView {
    /// The dossier's code.
    pub code: DossierCode,
    /// Which procedure.
    pub procedure: ProcedureCode,
    /// What people call it.
    pub procedure_name: Text,
    /// Where it stands.
    pub status: StatusView,
    /// When it was submitted.
    pub submitted_at: Moment,
    /// When the result is due; absent when no rule states it or it is not taken in yet.
    pub appointment: Option<Moment>,
    /// Since when the office waits for the citizen, papers or money, and its clock stands still.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting_since: Option<Moment>,
    /// What the office's clock said when this was told.
    #[serde(default)]
    pub as_of: Moment,
    /// What happened, oldest first.
    pub timeline: Vec<TimelineEntry>,
    /// The rest, for the receipt's holder and the citizen who is signed in; a stranger with the
    /// code sees status and dates only.
    pub detail: Option<DossierDetail>,
}

/// A status on the wire: the national code, and the sender's own text where it has one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatusView {
    /// National code, 1 to 10; other systems have others.
    pub code: u16,
    /// The sender's text; shown where the code is not one of the ten.
    pub text: String,
}

impl StatusView {
    /// The status as the domain knows it.
    pub fn status(&self) -> DossierStatus {
        DossierStatus::from_code(self.code)
    }
}

/// A step of a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TimelineEntry {
    /// The status that it reached.
    pub status: StatusView,
    /// When.
    pub at: Moment,
    /// The unit that has it; for holders only.
    pub unit: Option<String>,
    /// What the office wrote; for holders only.
    pub note: Option<String>,
}

/// What only holders see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DossierDetail {
    /// Applicant (người yêu cầu).
    pub applicant_name: String,
    /// Submitter (người nộp): who was signed in.
    pub submitter_name: String,
    /// For whom it was filed: `myself`, `ward`, `relative`, `authorised` or `counter`.
    pub behalf: String,
    /// Whether the applicant confirmed it.
    pub consent: Consent,
    /// Fee lines.
    pub fees: Vec<FeeView>,
    /// What filing online saved beside the counter; absent where that is not known, or nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saved: Option<Vnd>,
    /// Component ids with the number of files that came with them.
    pub components: Vec<ComponentCount>,
    /// What came after filing.
    #[serde(default)]
    pub turns: Turns,
}

/// How many files a component came with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComponentCount {
    /// The component's id in the procedure.
    pub component: String,
    /// What it is called.
    pub name: Text,
    /// Files; zero for what is looked up or shown at the counter.
    pub files: u32,
    /// Whether the office looks it up instead of asking for it (counts as re-used).
    pub reused: bool,
    /// What the citizen was told of the files and sent them with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<PaperDoubt>,
    /// How the national index counts it.
    #[serde(default)]
    pub flags: PaperFlags,
}

/// A fee line of a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeeView {
    /// Stable id within the dossier.
    pub id: String,
    /// What is paid for.
    pub name: Text,
    /// Phí or lệ phí.
    pub kind: FeeKind,
    /// When it is taken.
    pub timing: FeeTiming,
    /// Where it stands.
    pub state: FeeState,
    /// How much; absent while the pages are not counted.
    pub amount: Option<Vnd>,
    /// Why there is nothing to pay, where there is not.
    pub reason: Option<Text>,
    /// The group that was claimed for this line: waived by it, or awaiting the office's word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exempt: Option<ExemptGroup>,
    /// The text that sets it.
    pub citation: Text,
    /// Whether it can be paid online now.
    pub payable: bool,
    /// The token of the attempt that holds the fee; of the newest one that ended, if none does.
    pub attempt: Option<String>,
    /// Where that attempt, or else the newest one that ended, stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempt_state: Option<AttemptState>,
    /// The token of the last request that asks somebody else to pay it and was not taken back; it may
    /// have expired.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
    /// The code of the newest receipt, once one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<String>,
}

/// Staff: moves a dossier to another status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeStatus {
    /// National code of the new status.
    pub status: u16,
    /// What the citizen should know.
    pub note: Option<String>,
}

/// Staff: enters how many pages the original has, which sets the fee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EnterPageCount {
    /// Pages of the original, at least 1.
    pub pages: u32,
}

/// Staff: accepts or refuses the exemption that a dossier claims. Refused, its lines are priced without it
/// and fall due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DecideExemption {
    /// Whether the applicant belongs to the group.
    pub accepted: bool,
    /// What the citizen should know; needed to refuse, at most 500 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
