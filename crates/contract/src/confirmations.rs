//! The applicant's word that a dossier was filed in their name: asked for by a link to scan or by six
//! digits, given on another device than the submitter's, or at the counter. Shows a stranger only
//! what is needed to say yes or no.

use motcua_domain::behalf::Consent;
use motcua_domain::date::Moment;
use motcua_domain::text::Text;
use serde::{Deserialize, Serialize};

/// Seconds until a question is gone: a day, so that a father can be asked in the evening.
pub const LIFETIME: i64 = 86_400;

/// A question to the applicant, to the submitter's device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConfirmationOpened {
    /// Part of the link to scan.
    pub token: String,
    /// Six digits, for who has no camera.
    pub digits: String,
    /// When it is gone, in seconds since 1970.
    pub expires_at: i64,
}

/// Six digits, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FindConfirmation {
    /// The digits.
    pub digits: String,
}

/// A link to the question behind six digits: one of its own each time that they are typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConfirmationFound {
    /// Part of the link.
    pub token: String,
}

/// The question, to whoever holds the link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConfirmationView {
    /// What is asked for.
    pub procedure_name: Text,
    /// Who filed it.
    pub submitter_name: String,
    /// In whose name: its first word, and the initials of the others.
    pub applicant_masked: String,
    /// When.
    pub submitted_at: Moment,
    /// What was answered.
    pub consent: Consent,
    /// Whether this very browser, or the citizen who is signed in, filed it: then it cannot answer. An
    /// applicant who is signed in can, on any browser.
    pub own: bool,
}

/// The answer. Wrong last digits five times end the question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DecideConfirmation {
    /// Whether the applicant agrees.
    pub agreed: bool,
    /// The last four digits of the applicant's citizen number: who answers knows them.
    pub last_digits: String,
}
