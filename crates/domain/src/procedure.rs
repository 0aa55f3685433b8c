//! A procedure (thủ tục hành chính) as the catalogue describes it. Data only: how it is priced is
//! in `fee`, how it is filled in `form`, whether the description holds together in
//! `catalogue_check`.

use crate::calendar::TimeLimit;
use crate::directory::{Authority, Sector};
use crate::fee::FeeRule;
use crate::form::{Condition, Form};
use crate::paper::PageCount;
use crate::reuse::PaperKind;
use crate::text::Text;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A national procedure code such as `1.001193`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "openapi", schema(value_type = String, pattern = r"^\d\.\d{6}$"))]
pub struct ProcedureCode(String);

/// The text is not a procedure code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a procedure code such as 1.001193")]
pub struct NotAProcedureCode;

impl ProcedureCode {
    /// Reads `d.dddddd`. Government lists contain the slip `1,001193`, which is read too; suffixes
    /// of provinces and services (`2.000815.000.00.00.H61`, `1.012796.H36`, `2.000815.01`) are
    /// dropped.
    pub fn parse(text: &str) -> Result<Self, NotAProcedureCode> {
        let bytes = text.trim().as_bytes();
        let well_formed = bytes.len() >= 8
            && bytes[0].is_ascii_digit()
            && matches!(bytes[1], b'.' | b',')
            && bytes[2..8].iter().all(u8::is_ascii_digit)
            && is_suffix(&bytes[8..]);
        if !well_formed {
            return Err(NotAProcedureCode);
        }
        let digits: String = bytes[2..8].iter().map(|b| char::from(*b)).collect();
        Ok(Self(format!("{}.{digits}", char::from(bytes[0]))))
    }

    /// `1.001193`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_suffix(rest: &[u8]) -> bool {
    rest.is_empty()
        || (rest.len() <= 20
            && matches!(rest[0], b'.' | b',')
            && rest[1..].iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b',')))
}

impl fmt::Display for ProcedureCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for ProcedureCode {
    type Error = NotAProcedureCode;

    fn try_from(text: String) -> Result<Self, NotAProcedureCode> {
        Self::parse(&text)
    }
}

impl From<ProcedureCode> for String {
    fn from(code: ProcedureCode) -> Self {
        code.0
    }
}

/// How far a procedure can be done online (Decree 42/2022/NĐ-CP: two levels, besides information).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ServiceLevel {
    /// Toàn trình: all of it online.
    Full,
    /// Một phần: filed online, something remains to be done at the counter.
    Partial,
    /// Cung cấp thông tin: read here, done at the counter or elsewhere.
    InformationOnly,
    /// Not established for this commune.
    Unknown,
}

/// How much is known about a procedure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Detail {
    /// Papers, time, fees and level are described, each with its source.
    #[default]
    Full,
    /// It is received here; for the rest the national portal and the office are asked.
    Listed,
}

impl Detail {
    fn is_full(&self) -> bool {
        *self == Self::Full
    }
}

/// Where a fact comes from and how far it is proven.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// What the source vouches for: `name`, `time_limit`, `fees`, `components`, `form`, `level`…
    pub about: String,
    /// The decree, circular, resolution or page.
    pub citation: String,
    /// How far it was checked.
    pub proof: Proof,
}

/// How far a fact was checked, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// The legal text or the official page was read.
    Primary,
    /// Taken from somebody who read it.
    Secondary,
    /// Not checked, or sources disagree; the office must confirm.
    Unverified,
}

/// A paper of a dossier (thành phần hồ sơ).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// Stable id.
    pub id: String,
    /// What the paper is called.
    pub name: Text,
    /// What to watch for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// Whether and how it is given.
    pub need: Need,
    /// Needed only when this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// How many pages it has, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<PageCount>,
    /// What kind of paper it is, where one that was handed in before serves again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reuse: Option<PaperKind>,
}

impl Component {
    /// A paper that the office asks for beside the procedure's own.
    pub fn asked(id: &str, name: Text, need: Need) -> Self {
        Self { id: id.to_owned(), name, note: None, need, when: None, pages: None, reuse: None }
    }
}

/// Whether and how a component is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Need {
    /// A photo or file must be sent.
    Upload,
    /// A photo or file may be sent; without it the dossier is still taken.
    OptionalUpload,
    /// Not asked: the office looks it up (Resolution 66.7/2025/NQ-CP). Counts as re-used.
    ReplacedByData {
        /// The database that holds it.
        database: Text,
        /// The rule that says so.
        citation: String,
    },
    /// The original is brought to the counter; nothing is sent.
    ShownAtCounter,
}

/// A procedure with all that a citizen needs to know and to fill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    /// National code.
    pub code: ProcedureCode,
    /// Grows with every change of the form, so that a draft knows which one it answers.
    pub version: u32,
    /// Official name; the English one is ours.
    pub name: Text,
    /// What people call it.
    pub short_name: Text,
    /// Sector (lĩnh vực), unified; files leave it out, the directory and its table give it.
    #[serde(default)]
    pub sector: Sector,
    /// Who decides; files leave it out, the directory gives it.
    #[serde(default)]
    pub authority: Authority,
    /// How much is known.
    #[serde(default, skip_serializing_if = "Detail::is_full")]
    pub detail: Detail,
    /// How far it goes online.
    pub level: ServiceLevel,
    /// What it is for, in a sentence or two; known when `detail` is full.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<Text>,
    /// Who can file it; known when `detail` is full.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<Text>,
    /// What the citizen gets; known when `detail` is full.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<Text>,
    /// What kind of paper the result is, where it serves for other procedures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result_kind: Option<PaperKind>,
    /// How long the office may take.
    pub time_limit: TimeLimit,
    /// What else to know about time, such as a legal duty to report within days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_note: Option<Text>,
    /// What remains at the counter (partial), or what to do instead (information only).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_counter: Option<Text>,
    /// Prices by channel, date and case.
    pub fees: Vec<FeeRule>,
    /// What else to know about fees, such as who is exempt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fee_note: Option<Text>,
    /// The papers.
    pub components: Vec<Component>,
    /// The questions.
    pub form: Form,
    /// The question of kind `person` that asks for the applicant (người yêu cầu), with at least a
    /// citizen number and a phone. Absent for procedures that are not filed here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applicant: Option<String>,
    /// Why nobody can be authorised to act: the rule that wants the applicant in person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_person: Option<String>,
    /// Other words that people search by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// The laws, decrees and resolutions that it rests on, as they are cited in Vietnamese.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub legal_basis: Vec<String>,
    /// Where the facts come from.
    pub sources: Vec<Source>,
}

impl Procedure {
    /// A procedure of which only the listing is known: for the rest the national portal and the
    /// office are asked.
    pub fn listed(code: ProcedureCode, name: Text, short_name: Text, authority: Authority) -> Self {
        Self {
            code,
            version: 1,
            name,
            short_name,
            sector: Sector::default(),
            authority,
            detail: Detail::Listed,
            level: ServiceLevel::Unknown,
            purpose: None,
            who: None,
            result: None,
            result_kind: None,
            time_limit: TimeLimit::Unknown,
            time_note: None,
            at_counter: None,
            fees: Vec::new(),
            fee_note: None,
            components: Vec::new(),
            form: Form::default(),
            applicant: None,
            in_person: None,
            keywords: Vec::new(),
            legal_basis: Vec::new(),
            sources: Vec::new(),
        }
    }

    /// Whether a dossier can be filed here: its level allows it and its form is known. Where it
    /// is not, `at_counter` says what to do instead.
    pub fn can_be_filed(&self) -> bool {
        matches!(self.level, ServiceLevel::Full | ServiceLevel::Partial)
            && !self.form.pages.is_empty()
    }

    /// What a source says about this fact, the weakest first; `None` when no source names it.
    pub fn proof_of(&self, about: &str) -> Option<Proof> {
        let mut proofs = self.sources.iter().filter(|source| source.about == about);
        let first = proofs.next()?.proof;
        Some(proofs.fold(first, |weakest, source| weakest.max(source.proof)))
    }

    /// The facts that nobody verified: staff see them named.
    pub fn unverified(&self) -> impl Iterator<Item = &Source> {
        self.sources.iter().filter(|source| source.proof == Proof::Unverified)
    }

    /// What was answered for a part of the applicant, such as `name`.
    pub fn answer_of_applicant<'a>(
        &self,
        answers: &'a crate::answers::Answers,
        part: &str,
    ) -> Option<&'a str> {
        answers.find_one(&format!("{}.{part}", self.applicant.as_ref()?))
    }

    /// What was answered for a part of the person whom a paper of this kind is about. Takes relevant
    /// answers, in which everybody has their own.
    pub fn answer_about<'a>(
        &self,
        kind: &PaperKind,
        relevant: &'a crate::answers::Answers,
        part: &str,
    ) -> Option<&'a str> {
        let person = kind.about.as_ref().or(self.applicant.as_ref())?;
        relevant.find_one(&format!("{person}.{part}"))
    }

    /// The components that matter for these answers.
    pub fn components_needed<'a>(
        &'a self,
        answers: &'a crate::answers::Answers,
        today: crate::date::CivilDate,
    ) -> impl Iterator<Item = &'a Component> {
        self.components.iter().filter(move |component| {
            component.when.as_ref().is_none_or(|condition| condition.holds(answers, today))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_codes_with_slips_and_suffixes() {
        for text in [
            "1.012796",
            " 1,012796 ",
            "1.012796.H36",
            "1.012796.000.00.00.H61",
            "1.012796.000.00.00.H55.02",
            "1.012796.01",
        ] {
            assert_eq!(ProcedureCode::parse(text).unwrap().as_str(), "1.012796", "{text}");
        }
        for text in
            ["", "1.01279", "1012796", "a.012796", "1.0127960", "1.012796?x", "1.012796/../"]
        {
            assert_eq!(ProcedureCode::parse(text), Err(NotAProcedureCode), "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in ".{0,30}") {
            let _ = ProcedureCode::parse(&text);
        }
    }
}
