//! Errors on the wire: problem+json (RFC 9457) with a stable `type`. The app words each type in
//! the reader's language; `title` and `detail` are for developers and other clients.

use motcua_domain::validate::FieldProblem;
use serde::{Deserialize, Serialize};

/// The content type.
pub const CONTENT_TYPE: &str = "application/problem+json";

macro_rules! problem_types {
    ($($(#[doc = $doc:literal])+ $name:ident = $tag:literal, $status:literal, $title:literal;)+) => {
        /// What went wrong. The wire form is `urn:motcua:problem:<tag>`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum ProblemType {
            $($(#[doc = $doc])+ #[serde(rename = $tag)] $name,)+
            /// A type that this version does not know.
            #[serde(other, rename = "urn:motcua:problem:unknown")]
            Unknown,
        }

        impl ProblemType {
            /// Every type that the backend sends.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The HTTP status that goes with it.
            pub fn status(self) -> u16 {
                match self { $(Self::$name => $status,)+ Self::Unknown => 500 }
            }

            /// A short English title.
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)+ Self::Unknown => "Unknown problem" }
            }
        }
    };
}

problem_types! {
    /// The address names nothing.
    NotFound = "urn:motcua:problem:not-found", 404, "Not found";
    /// The method is not allowed here.
    MethodNotAllowed = "urn:motcua:problem:method-not-allowed", 405, "Method not allowed";
    /// The body is not the JSON that the endpoint takes.
    MalformedBody = "urn:motcua:problem:malformed-body", 400, "Malformed body";
    /// The body is larger than the endpoint takes.
    BodyTooLarge = "urn:motcua:problem:body-too-large", 413, "Body too large";
    /// A header that the endpoint needs is missing or malformed.
    MalformedHeader = "urn:motcua:problem:malformed-header", 400, "Malformed header";
    /// The header that the app sends with every change is missing.
    MissingClientHeader = "urn:motcua:problem:missing-client-header", 403, "Missing client header";
    /// No one is signed in.
    SignInRequired = "urn:motcua:problem:sign-in-required", 401, "Sign-in required";
    /// Not allowed for this session or token.
    Forbidden = "urn:motcua:problem:forbidden", 403, "Forbidden";
    /// Too many requests.
    TooManyRequests = "urn:motcua:problem:too-many-requests", 429, "Too many requests";
    /// A file of staff was changed after it was signed.
    SignatureBroken = "urn:motcua:problem:signature-broken", 422, "Signature broken";
    /// The device's address is not one of a push service that we know.
    UnknownPushService = "urn:motcua:problem:unknown-push-service", 422, "Unknown push service";
    /// The identity provider does not answer.
    IdentityProviderUnavailable = "urn:motcua:problem:identity-provider-unavailable", 503, "Identity provider unavailable";
    /// `Idempotency-Key` is missing or not a quoted string.
    IdempotencyKeyMissing = "urn:motcua:problem:idempotency-key-missing", 400, "Idempotency key missing";
    /// The key was used for something else.
    IdempotencyKeyReused = "urn:motcua:problem:idempotency-key-reused", 422, "Idempotency key reused";
    /// The first request with this key still runs.
    RequestInFlight = "urn:motcua:problem:request-in-flight", 409, "Request in flight";
    /// Information only, or not offered any more.
    ProcedureNotFiled = "urn:motcua:problem:procedure-not-filed-here", 409, "Procedure is not filed here";
    /// The form changed since it was answered.
    FormOutdated = "urn:motcua:problem:form-outdated", 409, "Form outdated";
    /// Some answers will not do; `fields` says which.
    InvalidAnswers = "urn:motcua:problem:invalid-answers", 422, "Invalid answers";
    /// A required paper is missing; `components` says which.
    ComponentsMissing = "urn:motcua:problem:components-missing", 422, "Components missing";
    /// A file is not there, not whole, not this citizen's, or not the file that was hashed.
    UploadInvalid = "urn:motcua:problem:upload-invalid", 422, "Upload invalid";
    /// A file of no bytes.
    UploadEmpty = "urn:motcua:problem:upload-empty", 400, "Empty file";
    /// A file larger than the backend takes.
    UploadTooLarge = "urn:motcua:problem:upload-too-large", 413, "File too large";
    /// Not a photo (JPEG, PNG, WebP) or PDF by its bytes.
    UploadTypeRefused = "urn:motcua:problem:upload-type-refused", 415, "File type refused";
    /// A photo or PDF that will not do; `detail` says why by the id of the fault.
    UploadContentRefused = "urn:motcua:problem:upload-content-refused", 422, "File content refused";
    /// Files cannot be looked at just now: the virus scanner does not answer.
    UploadScannerUnavailable = "urn:motcua:problem:upload-scanner-unavailable", 503, "Virus scanner unavailable";
    /// The dossier's files are larger together than the backend takes.
    DossierTooLarge = "urn:motcua:problem:dossier-too-large", 413, "Dossier too large";
    /// The chunk does not begin where the upload ends.
    UploadOffsetMismatch = "urn:motcua:problem:upload-offset-mismatch", 409, "Upload offset mismatch";
    /// The chunk's checksum is wrong; the chunk was thrown away.
    UploadChecksumMismatch = "urn:motcua:problem:upload-checksum-mismatch", 460, "Checksum mismatch";
    /// The upload was ended or has expired.
    UploadGone = "urn:motcua:problem:upload-gone", 410, "Upload gone";
    /// Another version of tus.
    UploadProtocol = "urn:motcua:problem:upload-protocol", 412, "Unsupported tus version";
    /// The chunk has another content type.
    UploadContentType = "urn:motcua:problem:upload-content-type", 415, "Wrong chunk content type";
    /// The fee is paid, waived, or its amount is not known yet.
    FeeNotPayable = "urn:motcua:problem:fee-not-payable", 409, "Fee not payable";
    /// The request to pay was taken back, has expired, or never was.
    PaymentRequestGone = "urn:motcua:problem:payment-request-gone", 410, "Payment request gone";
    /// The channel is not enabled or does not take this amount.
    ChannelUnavailable = "urn:motcua:problem:channel-unavailable", 409, "Channel unavailable";
    /// The gateway does not answer; nothing was taken.
    GatewayUnavailable = "urn:motcua:problem:gateway-unavailable", 503, "Gateway unavailable";
    /// The dossier's status does not allow it.
    WrongStatus = "urn:motcua:problem:wrong-status", 409, "Wrong status";
    /// It would be a second round of supplements, which counts as overdue; it must be said that this is known.
    SecondRound = "urn:motcua:problem:second-round", 409, "Second round counts as overdue";
    /// Some items of a supplement request are not answered; `components` says which.
    SupplementIncomplete = "urn:motcua:problem:supplement-incomplete", 422, "Supplement incomplete";
    /// The one-time code is wrong, was used, or has expired.
    PassRefused = "urn:motcua:problem:pass-refused", 422, "One-time code refused";
    /// The hand-over has expired, was taken by another device, or never was.
    HandOverGone = "urn:motcua:problem:hand-over-gone", 410, "Hand-over gone";
    /// The dossier may not be filed for this person; `detail` says why by the id of the reason.
    BehalfRefused = "urn:motcua:problem:behalf-refused", 422, "Not for this person";
    /// The claimed exemption changes nothing here, or is not the applicant's by their age.
    ExemptionRefused = "urn:motcua:problem:exemption-refused", 422, "Exemption not offered";
    /// A dossier of a guided run, and this installation is a real one.
    SampleRefused = "urn:motcua:problem:sample-refused", 409, "Samples are not taken here";
    /// What is to be published names somebody; `detail` says by what.
    PersonalData = "urn:motcua:problem:personal-data", 422, "Personal data";
    /// The question to the applicant has expired, was answered wrongly too often, or never was.
    ConfirmationGone = "urn:motcua:problem:confirmation-gone", 410, "Confirmation gone";
    /// Who filed the dossier, and the browser that did, cannot confirm it for the applicant.
    ConfirmationOwn = "urn:motcua:problem:confirmation-own", 409, "Own confirmation";
    /// The last digits are not the applicant's.
    ConfirmationMismatch = "urn:motcua:problem:confirmation-mismatch", 422, "Not the applicant's digits";
    /// A fault of the backend; its number is in `detail`.
    Internal = "urn:motcua:problem:internal", 500, "Internal error";
}

/// An error on the wire. The document calls it by another name: in the domain, a problem is what is
/// wrong with an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ProblemDocument))]
pub struct Problem {
    /// What went wrong.
    #[serde(rename = "type")]
    pub kind: ProblemType,
    /// The HTTP status.
    pub status: u16,
    /// Short English title.
    pub title: String,
    /// More, for developers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Answers that will not do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldProblem>,
    /// Components that are missing or whose file will not do; of a supplement, the items that are not
    /// answered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<String>,
}

impl Problem {
    /// A problem of a type, without more.
    pub fn new(kind: ProblemType) -> Self {
        Self {
            kind,
            status: kind.status(),
            title: kind.title().to_owned(),
            detail: None,
            fields: Vec::new(),
            components: Vec::new(),
        }
    }

    /// With a detail for developers.
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_types_degrade_and_known_ones_round_trip() {
        let problem: Problem = serde_json::from_str(
            r#"{"type":"urn:motcua:problem:from-the-future","status":418,"title":"?"}"#,
        )
        .unwrap();
        assert_eq!(problem.kind, ProblemType::Unknown);
        for kind in ProblemType::ALL {
            let text = serde_json::to_string(&Problem::new(*kind)).unwrap();
            assert!(text.contains("\"type\":\"urn:motcua:problem:"), "{text}");
            assert_eq!(serde_json::from_str::<Problem>(&text).unwrap().kind, *kind);
        }
    }
}
