//! "Dữ liệu của tôi" on the wire: what is kept and why, what the office has of the person who is signed in,
//! consents, and requests about data with their clocks.

use crate::dossiers::StatusView;
use motcua_domain::consent::{Purpose, Shown};
use motcua_domain::data_rights::{DataRequestState, RequestAct, Wish};
use motcua_domain::date::{CivilDate, Moment};
use motcua_domain::dossier::DossierCode;
use motcua_domain::money::Vnd;
use motcua_domain::retention::{End, Place};
use motcua_domain::text::Text;
use serde::{Deserialize, Serialize};

/// What is kept of people, why and for how long, as a person is told of it. The same for everybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DataTable {
    /// What everybody is told, paragraph by paragraph.
    pub notice: Vec<Text>,
    /// What a person may ask for, a line each.
    pub rights: Vec<Text>,
    /// Kinds of things that are kept, in the order in which they are shown.
    pub groups: Vec<KeptGroup>,
}

/// A kind of things that are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptGroup {
    /// Its id in the table.
    pub id: String,
    /// Where it is kept.
    pub place: Place,
    /// What it is called.
    pub name: Text,
    /// What for.
    pub purpose: Text,
    /// By which legal basis.
    pub ground: Text,
    /// Whether nobody checked that basis against the text of the law yet.
    pub unverified: bool,
    /// How long.
    pub period: Text,
    /// How it ends.
    pub end: End,
    /// Whether something of it is sensitive personal data.
    pub sensitive: bool,
}

/// What the office has of the person who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyData {
    /// When this was put together.
    pub as_of: Moment,
    /// Dossiers filed by this person, or about them; newest first.
    pub dossiers: Vec<MyDossier>,
    /// Papers that may serve again.
    pub papers: Vec<MyPaper>,
    /// Payments of those dossiers, masked as receipts are.
    pub payments: Vec<MyPayment>,
    /// Messages about dossiers of which this person is the applicant.
    pub messages: Vec<MyMessage>,
    /// Where this person is signed in.
    pub sessions: Vec<MySession>,
    /// Files that went into no dossier yet.
    pub uploads: Vec<MyUpload>,
    /// Consents that hold or were taken back, one for each purpose that was ever asked about.
    pub consents: Vec<ConsentState>,
    /// Every word of the ledger of consents, newest first.
    pub ledger: Vec<ConsentEntry>,
    /// Requests about data, newest first.
    pub requests: Vec<DataRequestView>,
}

/// How a dossier is a person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Tie {
    /// Filed by this person for another.
    Filed,
    /// Filed by another for this person.
    About,
    /// Filed by this person for themselves.
    Own,
}

/// A dossier as its submitter or applicant is told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyDossier {
    /// Its code.
    pub code: DossierCode,
    /// What the procedure was called when it was filed.
    pub procedure_name: Text,
    /// When it was filed.
    pub submitted_at: Moment,
    /// Where it stands.
    pub status: StatusView,
    /// Whether it came to its end.
    pub ended: bool,
    /// How it is this person's.
    pub tie: Tie,
    /// The applicant.
    pub applicant_name: String,
    /// The submitter.
    pub submitter_name: String,
    /// Where messages about it go, masked; for the applicant only, who may change it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// A paper that may serve again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyPaper {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: Text,
    /// Whom it is about.
    pub owner_name: String,
    /// Since when.
    pub added_at: Moment,
    /// Bytes.
    pub size: u64,
}

/// A payment, masked as receipts are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyPayment {
    /// The dossier.
    pub dossier: DossierCode,
    /// What was paid for.
    pub fee_name: Text,
    /// How much.
    pub amount: Vnd,
    /// Channel id, or `cash`.
    pub channel: String,
    /// When.
    pub paid_at: Moment,
    /// The receipt's number.
    pub number: String,
}

/// A message that was written to this person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyMessage {
    /// The dossier.
    pub dossier: DossierCode,
    /// Its words; empty once they were emptied. One-time codes are left out.
    pub words: String,
    /// The phone, masked.
    pub phone: String,
    /// When it was written.
    pub written_at: Moment,
    /// When it was sent; none where it was not.
    pub sent_at: Option<Moment>,
}

/// A sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MySession {
    /// When it began.
    pub created_at: Moment,
    /// When it was used last.
    pub seen_at: Moment,
    /// Whether it is the one that asks.
    pub this: bool,
}

/// A file that went into no dossier yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyUpload {
    /// Bytes in all.
    pub length: u64,
    /// When it was begun.
    pub created_at: Moment,
    /// When it is removed.
    pub expires_at: Moment,
}

/// Whether a consent holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConsentState {
    /// For what.
    pub purpose: Purpose,
    /// Given, or taken back.
    pub given: bool,
    /// Since when.
    pub at: Moment,
}

/// A word of the ledger of consents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConsentEntry {
    /// For what.
    pub purpose: Purpose,
    /// Given, or taken back.
    pub given: bool,
    /// When the office heard of it.
    pub at: Moment,
    /// The dossier that it was about.
    pub dossier: Option<DossierCode>,
    /// The words that were shown; none for what was said before words were kept.
    pub words: Option<String>,
    /// Their version.
    pub version: Option<u16>,
    /// SHA-256 of the words, in hex.
    pub words_sha256: Option<String>,
}

/// Gives a consent, or takes it back, for everything of its purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetConsent {
    /// Given, or taken back.
    pub given: bool,
    /// The words that were shown.
    pub shown: Shown,
}

/// Changes where messages about a dossier go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeContact {
    /// The new phone number.
    pub phone: String,
}

/// Asks the office for something about one's data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AskAboutData {
    /// What.
    pub wish: Wish,
    /// About which dossier; none for everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dossier: Option<DossierCode>,
    /// In the person's words.
    pub words: String,
}

/// A request about data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DataRequestView {
    /// Its code, such as `DL26-0000042`.
    pub code: String,
    /// What is asked for.
    pub wish: Wish,
    /// About which dossier.
    pub dossier: Option<DossierCode>,
    /// In the person's words.
    pub words: String,
    /// When.
    pub asked_at: Moment,
    /// The last day for an answer.
    pub answer_by: CivilDate,
    /// The last day for carrying it out.
    pub carry_out_by: CivilDate,
    /// Where it stands.
    pub state: DataRequestState,
    /// What the office answered.
    pub answer: Option<String>,
    /// When.
    pub answered_at: Option<Moment>,
    /// Why it was extended.
    pub extension: Option<String>,
    /// What was done, or why not.
    pub outcome: Option<String>,
    /// The rule that a refusal follows from.
    pub rule: Option<String>,
    /// When it ended.
    pub ended_at: Option<Moment>,
}

/// A request as staff see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffRequest {
    /// Who asks.
    pub person_name: String,
    /// Their citizen number, where the identity provider vouched for one.
    pub person_number: Option<String>,
    /// The request.
    pub request: DataRequestView,
}

/// Requests that are open, what is due first coming first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RequestList {
    /// The requests.
    pub requests: Vec<StaffRequest>,
}

/// Staff: does something with a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ActOnRequest {
    /// What.
    pub act: RequestAct,
    /// What the person reads: the answer, what was done, why not, why longer.
    pub words: String,
    /// The rule that a refusal follows from; needed to refuse.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Days of an extension.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u16>,
    /// With an answer: whether a processor or third party must be told, which takes longer.
    #[serde(default)]
    pub others: bool,
}
