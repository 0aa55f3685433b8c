//! The slips that the office gives (forms 01 to 04, and the notice of stopping) on the wire: what anyone with
//! the printed code may check, and what only the dossier's holder sees.

use motcua_domain::date::{CivilDate, Moment};
use motcua_domain::money::Vnd;
use motcua_domain::payment::FeeState;
use motcua_domain::text::Text;
use motcua_domain::turns::delivery::Delivery;
use motcua_domain::turns::supplement::Item;
use serde::{Deserialize, Serialize};

/// The forms in use that a citizen gets (numbers 01 to 04, and the notice of stopping).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SlipForm {
    /// 01 Giấy tiếp nhận hồ sơ và hẹn trả kết quả.
    Intake,
    /// 02 Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.
    Supplement,
    /// 03 Phiếu từ chối tiếp nhận giải quyết hồ sơ.
    Refusal,
    /// 04 Phiếu xin lỗi và hẹn lại ngày trả kết quả.
    Apology,
    /// Thông báo dừng giải quyết hồ sơ (Circular 03/2025/TT-VPCP art. 7).
    Stop,
    /// Phiếu trả kết quả: what was handed out, to whom, how. No form of it is published; it is ours.
    Handed,
}

impl SlipForm {
    /// The letters of its series of numbers: `P` and these, then the year's last two digits.
    pub const fn series(self) -> &'static str {
        match self {
            Self::Intake => "01",
            Self::Supplement => "02",
            Self::Refusal => "03",
            Self::Apology => "04",
            Self::Stop => "D",
            Self::Handed => "T",
        }
    }

    /// The number of the form; the notice of stopping and what tells of a result have none.
    pub const fn number(self) -> Option<&'static str> {
        match self {
            Self::Intake => Some("01"),
            Self::Supplement => Some("02"),
            Self::Refusal => Some("03"),
            Self::Apology => Some("04"),
            Self::Stop | Self::Handed => None,
        }
    }
}

/// A slip that was given, in a dossier's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlipLink {
    /// Its code: what the QR leads to.
    pub token: String,
    /// Which form.
    pub form: SlipForm,
    /// Its number.
    pub number: String,
    /// When it was given.
    pub at: Moment,
}

/// What a slip tells of, as it was when the slip was given: a paper does not change afterwards. Its kind is
/// the key around it, not a field in it, which the app reads with less code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SlipMatter {
    /// The dossier was taken in.
    Intake {
        /// The papers that were received.
        received: Vec<ReceivedPaper>,
        /// Its fee lines.
        fees: Vec<SlipFee>,
        /// When the result is due; none while money is waited for, or where the rule states none.
        appointment: Option<Moment>,
    },
    /// Something is asked for.
    Supplement {
        /// First, second, … time.
        round: u32,
        /// What, each with its reason.
        items: Vec<Item>,
        /// The last day on which an answer is taken.
        last_day: CivilDate,
    },
    /// It was not taken in.
    Refusal {
        /// Why.
        reason: String,
        /// The rule that it follows from.
        basis: Option<String>,
        /// What the citizen can do now.
        advice: Option<String>,
    },
    /// It was put off.
    Apology {
        /// When the result was due.
        old: Moment,
        /// When it is due now.
        new: Moment,
        /// Why.
        reason: String,
    },
    /// The office stopped working on it.
    Stop {
        /// Why.
        reason: String,
        /// The rule that it follows from.
        basis: Option<String>,
        /// What the citizen can do now.
        advice: Option<String>,
    },
    /// The result was handed out.
    Handed {
        /// The number of the electronic result, where there is one.
        number: Option<String>,
        /// How it went.
        way: Delivery,
        /// When it was due, where it was.
        due: Option<Moment>,
    },
}

impl SlipMatter {
    /// The form that tells of it.
    pub const fn form(&self) -> SlipForm {
        match self {
            Self::Intake { .. } => SlipForm::Intake,
            Self::Supplement { .. } => SlipForm::Supplement,
            Self::Refusal { .. } => SlipForm::Refusal,
            Self::Apology { .. } => SlipForm::Apology,
            Self::Stop { .. } => SlipForm::Stop,
            Self::Handed { .. } => SlipForm::Handed,
        }
    }
}

/// A paper that was received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceivedPaper {
    /// What it is called.
    pub name: Text,
    /// Files; zero for what is looked up or shown at the counter.
    pub files: u32,
    /// Whether the office looks it up instead of asking for it.
    pub reused: bool,
}

/// A fee line on a slip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlipFee {
    /// What is paid for.
    pub name: Text,
    /// How much; absent while the pages are not counted.
    pub amount: Option<Vnd>,
    /// Where it stood.
    pub state: FeeState,
}

/// A slip: whole for the dossier's holder; for anyone else who has its code enough to compare a print with,
/// and nothing personal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlipView {
    /// Which form.
    pub form: SlipForm,
    /// Its number, such as `H24.31-P0126-000042`.
    pub number: String,
    /// Who gave it.
    pub issuer: Text,
    /// The dossier's code; its middle hidden from anyone else.
    pub dossier: String,
    /// When it was given.
    pub issued_at: Moment,
    /// Where and on which day, as papers write it.
    pub dated: Text,
    /// Whether no later slip of this form was given for the dossier.
    pub newest: bool,
    /// The rest, for the holder only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<SlipDetail>,
}

/// What only the holder sees of a slip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlipDetail {
    /// The procedure, as it was called when the dossier was filed.
    pub procedure_name: Text,
    /// Applicant (người yêu cầu).
    pub applicant_name: String,
    /// Submitter (người nộp).
    pub submitter_name: String,
    /// What it tells of.
    pub matter: SlipMatter,
    /// Path of the slip as PDF, which whoever has it may open.
    pub file: String,
}
