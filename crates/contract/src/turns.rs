//! What comes after filing, on the wire: supplements, withdrawals, endings, drafts of results, the one
//! re-appointment, the way of the result, slips, and a pass for who has only the code.

use crate::slips::SlipLink;
use crate::uploads::UploadReference;
use motcua_domain::consent::Shown;
use motcua_domain::date::{CivilDate, Moment};
use motcua_domain::paper::PaperDoubt;
use motcua_domain::turns::delivery::Delivery;
use motcua_domain::turns::draft_result::{DraftAnswer, DraftState};
use motcua_domain::turns::supplement::Item;
use serde::{Deserialize, Serialize};

/// Staff: asks for everything that is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RequestSupplement {
    /// What is asked for.
    pub items: Vec<Item>,
    /// Whether the officer was told that this is not the first round and counts as overdue; a second
    /// round without it is refused.
    #[serde(default)]
    pub counts_as_overdue: bool,
}

/// Where a supplement request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SupplementState {
    /// The office waits for the answer.
    Open,
    /// It was answered.
    Answered,
    /// The last day went by, or the dossier ended.
    Lapsed,
}

/// A supplement request as the holder sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SupplementView {
    /// First, second, … time that something is asked.
    pub round: u32,
    /// Where it stands.
    pub state: SupplementState,
    /// When it was asked.
    pub asked_at: Moment,
    /// The last day on which an answer is taken.
    pub last_day: CivilDate,
    /// Working days left, today included; none once the last day is over.
    pub days_left: Option<u16>,
    /// What is asked for.
    pub items: Vec<Item>,
    /// Fee lines of it that need no money any more.
    pub settled_fees: Vec<String>,
    /// When it was answered.
    pub answered_at: Option<Moment>,
}

/// The answer to a supplement request: all items at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AnswerSupplement {
    /// The round that is answered.
    pub round: u32,
    /// What is given; an item about a fee needs nothing here.
    pub replies: Vec<SupplementReply>,
}

/// What is given for an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SupplementReply {
    /// The item's id.
    pub item: String,
    /// Files, for a paper.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uploads: Vec<UploadReference>,
    /// What the citizen was told of them and sent them with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<PaperDoubt>,
    /// The answer, for a question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
}

/// Asks for a dossier's withdrawal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AskWithdrawal {
    /// Why.
    pub reason: String,
}

/// A withdrawal as the holder sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WithdrawalView {
    /// Why.
    pub reason: String,
    /// When it was asked for.
    pub asked_at: Moment,
    /// What the office decided; none while it looks at it.
    pub accepted: Option<bool>,
    /// What the office wrote.
    pub note: Option<String>,
}

/// Staff: decides about a withdrawal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DecideWithdrawal {
    /// Whether the dossier may be withdrawn; then it is stopped.
    pub accepted: bool,
    /// What the citizen should know; needed to say no.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Staff: refuses a dossier, or stops it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EndDossier {
    /// Why, for the citizen.
    pub reason: String,
    /// The rule that it follows from; needed to refuse.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
    /// What the citizen can do now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
}

/// How a dossier ended without a result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EndingView {
    /// Refused at intake; else stopped later.
    pub refused: bool,
    /// Why.
    pub reason: String,
    /// The rule that it follows from.
    pub basis: Option<String>,
    /// What the citizen can do now.
    pub advice: Option<String>,
    /// When.
    pub at: Moment,
}

/// A draft of the result as the holder sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DraftView {
    /// Where it stands.
    pub state: DraftState,
    /// When it was sent.
    pub sent_at: Moment,
    /// Until when an answer is taken; then silence counts as agreed.
    pub last_moment: Moment,
    /// The draft.
    pub file: FileView,
    /// What the citizen found wrong.
    pub remarks: Option<String>,
}

/// The answer to a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AnswerDraft {
    /// Right or wrong.
    pub answer: DraftAnswer,
    /// What is wrong; needed to object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

/// A file that the office gives to the holder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FileView {
    /// Its address below the site; a secret of the holder.
    pub address: String,
    /// Media type.
    pub media_type: String,
    /// Bytes.
    pub size: u64,
}

/// Staff: apologises for a missed appointment and sets a new day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Reappoint {
    /// The new day.
    pub day: CivilDate,
    /// Why it takes longer.
    pub reason: String,
}

/// The letter of apology (thư xin lỗi).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApologyView {
    /// When the result was due.
    pub old: Moment,
    /// When it is due now.
    pub new: Moment,
    /// Why.
    pub reason: String,
    /// When it was written.
    pub at: Moment,
}

/// What was found of the electronic signatures of a file, when it was added. Whether a certificate was revoked
/// is not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SignatureState {
    /// Untouched, and signed by whom an authority that the office trusts vouches for.
    Checked,
    /// Untouched; nobody whom the office trusts vouches for who signed it.
    UnknownSigner,
    /// Signed in a way that cannot be checked, or added to afterwards.
    NotCheckable,
}

/// The electronic signatures of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignatureView {
    /// What was found of them all.
    pub state: SignatureState,
    /// Who signed, as their certificates call them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signers: Vec<String>,
}

/// A result as the holder sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResultView {
    /// Its number, as it is printed on it.
    pub number: String,
    /// When it was added.
    pub added_at: Moment,
    /// The electronic result.
    pub file: FileView,
    /// Its signatures; none when nobody signed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<SignatureView>,
}

/// Staff: what the citizen should know of the end.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FinishDossier {
    /// A note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Whether it ends without an electronic result, where the procedure gives none.
    #[serde(default)]
    pub without_file: bool,
}

/// What happens after filing, as the holder sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Turns {
    /// The newest supplement request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplement: Option<SupplementView>,
    /// The newest wish to withdraw.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawal: Option<WithdrawalView>,
    /// How it ended without a result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ending: Option<EndingView>,
    /// The newest draft of the result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<DraftView>,
    /// The letter of apology.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apology: Option<ApologyView>,
    /// The result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<ResultView>,
    /// How the citizen wants the paper result; the counter where nothing was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Delivery>,
    /// What the citizen thought of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<Rating>,
    /// Whether messages about it go to the applicant's phone; none where the dossier has no phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub messages: Option<bool>,
    /// The devices that notices about it go to, each named by the first 32 hex
    /// digits of the SHA-256 of its address.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub devices: Vec<String>,
    /// The slips that were given, newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub slips: Vec<SlipLink>,
}

/// What the citizen thought of it, once it came to its end (index 5.4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Rating {
    /// Content or not.
    pub liked: bool,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Whether messages about a dossier should go to the applicant's phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChooseMessages {
    /// Wanted or not.
    pub wanted: bool,
    /// The words that were shown, for the ledger of consents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<Shown>,
}

/// A one-time code was sent to the applicant's phone, where the dossier has one. Which phone is not
/// told: who asks may be a stranger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PassSent {
    /// Until when it works.
    pub expires_at: Moment,
}

/// Types the one-time code in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ClaimPass {
    /// Six digits.
    pub digits: String,
}

/// A key that opens the dossier for a while, in the header `Dossier-Key`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Pass {
    /// The key.
    pub key: String,
    /// Until when.
    pub expires_at: Moment,
}
