//! What can go wrong between the app and the backend, and its words: what happened, what to do, and
//! that nothing is lost. Every problem type of the contract has a text.

use crate::i18n::t;
use motcua_contract::problem::{Problem, ProblemType};

/// Why something did not work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// No whole answer came.
    NoAnswer,
    /// The backend said what is wrong.
    Problem(Box<Problem>),
    /// An answer that makes no sense: a captive portal, a proxy's error page.
    Strange,
    /// This device does not keep things (private window, full disk).
    NotKept,
    /// A part of the app did not come.
    PartMissing,
}

impl Failure {
    /// The problem type, when the backend named one.
    pub fn find_kind(&self) -> Option<ProblemType> {
        match self {
            Self::Problem(problem) => Some(problem.kind),
            _ => None,
        }
    }

    /// What happened.
    pub fn title(&self) -> &'static str {
        match self {
            Self::NoAnswer => t().failure_no_answer_title(),
            Self::Strange => t().failure_strange_title(),
            Self::NotKept => t().failure_not_kept_title(),
            Self::PartMissing => t().failure_part_title(),
            Self::Problem(problem) => problem_words(problem.kind).0,
        }
    }

    /// What to do.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::NoAnswer => t().failure_no_answer_advice(),
            Self::Strange => t().failure_strange_advice(),
            Self::NotKept => t().failure_not_kept_advice(),
            Self::PartMissing => t().failure_part_advice(),
            Self::Problem(problem) => problem_words(problem.kind).1,
        }
    }
}

/// What happened and what to do, for each problem type.
fn problem_words(kind: ProblemType) -> (&'static str, &'static str) {
    use ProblemType as P;
    match kind {
        P::NotFound => (t().problem_not_found_title(), t().problem_not_found_advice()),
        P::SignInRequired => (t().problem_sign_in_title(), t().problem_sign_in_advice()),
        P::Forbidden | P::MissingClientHeader => {
            (t().problem_forbidden_title(), t().problem_forbidden_advice())
        }
        P::TooManyRequests => (t().problem_too_many_title(), t().problem_too_many_advice()),
        P::IdentityProviderUnavailable => {
            (t().problem_identity_title(), t().problem_identity_advice())
        }
        P::RequestInFlight => (t().problem_in_flight_title(), t().problem_in_flight_advice()),
        P::ProcedureNotFiled => (t().problem_not_filed_title(), t().problem_not_filed_advice()),
        P::FormOutdated => (t().problem_form_title(), t().problem_form_advice()),
        P::InvalidAnswers => (t().problem_answers_title(), t().problem_answers_advice()),
        P::ComponentsMissing => (t().problem_components_title(), t().problem_components_advice()),
        P::UploadInvalid | P::UploadGone | P::UploadChecksumMismatch | P::UploadOffsetMismatch => {
            (t().problem_upload_title(), t().problem_upload_advice())
        }
        P::UploadEmpty => (t().file_empty(), t().problem_upload_advice()),
        P::UploadTooLarge | P::BodyTooLarge => {
            (t().problem_too_large_title(), t().problem_too_large_advice())
        }
        P::UploadContentRefused => (t().file_refused(), t().problem_upload_advice()),
        P::UploadScannerUnavailable => (t().problem_scanner_title(), t().problem_scanner_advice()),
        P::DossierTooLarge => {
            (t().problem_dossier_large_title(), t().problem_dossier_large_advice())
        }
        P::UploadTypeRefused => (t().file_wrong_kind(), t().problem_upload_advice()),
        P::UnknownPushService => (t().notices_off_title(), t().notices_no_service()),
        P::FeeNotPayable => (t().problem_fee_title(), t().problem_fee_advice()),
        P::PaymentRequestGone => (t().for_gone_title(), t().for_gone()),
        P::ChannelUnavailable => (t().problem_channel_title(), t().problem_channel_advice()),
        P::GatewayUnavailable => (t().problem_gateway_title(), t().problem_gateway_advice()),
        P::HandOverGone => (t().problem_hand_over_title(), t().problem_hand_over_advice()),
        P::SampleRefused => (t().problem_sample_title(), t().problem_sample_advice()),
        P::ExemptionRefused => (t().problem_exemption_title(), t().problem_exemption_advice()),
        P::BehalfRefused => (t().problem_behalf_title(), t().problem_behalf_advice()),
        P::ConfirmationGone => {
            (t().problem_confirmation_title(), t().problem_confirmation_advice())
        }
        P::ConfirmationOwn => {
            (t().problem_confirmation_own_title(), t().problem_confirmation_own_advice())
        }
        P::ConfirmationMismatch => (t().problem_mismatch_title(), t().problem_mismatch_advice()),
        P::SupplementIncomplete => {
            (t().problem_supplement_title(), t().problem_supplement_advice())
        }
        P::PassRefused => (t().problem_pass_title(), t().problem_pass_advice()),
        P::WrongStatus | P::SecondRound => {
            (t().problem_status_title(), t().problem_status_advice())
        }
        P::MethodNotAllowed
        | P::SignatureBroken
        | P::MalformedBody
        | P::MalformedHeader
        | P::IdempotencyKeyMissing
        | P::IdempotencyKeyReused
        | P::UploadProtocol
        | P::UploadContentType
        | P::PersonalData
        | P::Internal
        | P::Unknown => (t().problem_internal_title(), t().problem_internal_advice()),
    }
}
