//! For whom a dossier is filed, and whether the one who files may. The submitter (người nộp) is who
//! is signed in; the applicant (người yêu cầu) is whom the dossier is about; this module says how the
//! two belong together. Decree 23/2015/NĐ-CP and Circular 04/2020/TT-BTP art. 2: some acts of civil
//! status take no authorisation; others take a written one, with a scope and an end.

use crate::citizen::CitizenNumber;
use crate::date::CivilDate;
use crate::procedure::{Component, Need, ProcedureCode};
use crate::text::Text;
use serde::{Deserialize, Serialize};

/// For whom a dossier is filed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Behalf {
    /// For oneself.
    #[default]
    Myself,
    /// For one's child, or for a person in one's care.
    Ward,
    /// For a relative, who says that it is so.
    Relative,
    /// For somebody who gave a written authorisation.
    Authorised(Authorisation),
    /// At the counter: staff help the applicant, who stands there.
    Counter,
}

/// A written authorisation (giấy uỷ quyền) and what it covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Authorisation {
    /// Citizen number of the one who may act.
    pub agent_number: String,
    /// First day.
    pub from: CivilDate,
    /// Last day; absent where the paper names none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<CivilDate>,
    /// What may be done; everything when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub procedures: Vec<ProcedureCode>,
}

/// The component that holds the authorisation's photo. Every dossier that is filed on authorisation
/// has it, whatever the procedure.
pub const AUTHORISATION: &str = "uy-quyen";

/// That component, as every procedure can have it.
pub fn authorisation_component() -> Component {
    Component {
        id: AUTHORISATION.to_owned(),
        name: Text::of("Giấy ủy quyền", "Authorisation"),
        note: Some(Text::of(
            "Chụp đủ chữ ký, ngày ký và phạm vi ủy quyền.",
            "With signatures, date, and what it covers.",
        )),
        need: Need::Upload,
        when: None,
        pages: None,
        reuse: None,
    }
}

/// Why a dossier may not be filed so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BehalfProblem {
    /// Filed for oneself, but the applicant is another person.
    OtherPerson,
    /// Filed for a relative, but the applicant is the one who files.
    Oneself,
    /// The procedure takes no authorisation: the applicant must act in person.
    NotAllowed,
    /// The authorisation has ended.
    Expired,
    /// The authorisation has not begun.
    NotYet,
    /// The authorisation names another person than the one who is signed in.
    OtherAgent,
    /// The authorisation does not cover this procedure.
    OutOfScope,
    /// The number of the one who may act is not a citizen number.
    NotANumber,
    /// The authorisation's photo is missing.
    PaperMissing,
}

impl BehalfProblem {
    /// Every reason.
    pub const ALL: [Self; 9] = [
        Self::OtherPerson,
        Self::Oneself,
        Self::NotAllowed,
        Self::Expired,
        Self::NotYet,
        Self::OtherAgent,
        Self::OutOfScope,
        Self::NotANumber,
        Self::PaperMissing,
    ];

    /// Stable id, as it travels.
    pub fn id(self) -> &'static str {
        match self {
            Self::OtherPerson => "other_person",
            Self::Oneself => "oneself",
            Self::NotAllowed => "not_allowed",
            Self::Expired => "expired",
            Self::NotYet => "not_yet",
            Self::OtherAgent => "other_agent",
            Self::OutOfScope => "out_of_scope",
            Self::NotANumber => "not_a_number",
            Self::PaperMissing => "paper_missing",
        }
    }
}

/// What is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Filing<'a> {
    /// The procedure.
    pub procedure: &'a ProcedureCode,
    /// Whether the procedure takes an authorisation.
    pub takes_authorisation: bool,
    /// The applicant's citizen number, once it is answered.
    pub applicant_number: Option<&'a str>,
    /// The citizen number of who is signed in, where the identity provider says it.
    pub submitter_number: Option<&'a str>,
    /// Whether a photo of the authorisation is there.
    pub has_paper: bool,
}

impl Behalf {
    /// Everything that speaks against filing so on the day `today`.
    pub fn check(&self, filing: Filing<'_>, today: CivilDate) -> Vec<BehalfProblem> {
        let mut problems = Vec::new();
        let mut say = |holds: bool, problem| {
            if holds {
                problems.push(problem);
            }
        };
        let same = filing.applicant_number.zip(filing.submitter_number);
        let is_oneself = same.is_some_and(|(applicant, submitter)| applicant == submitter);
        match self {
            Self::Myself => say(same.is_some_and(|(a, b)| a != b), BehalfProblem::OtherPerson),
            // A parent is often the applicant in a child's dossier; at the counter anybody is.
            Self::Ward | Self::Counter => {}
            Self::Relative => say(is_oneself, BehalfProblem::Oneself),
            Self::Authorised(paper) => {
                say(!filing.takes_authorisation, BehalfProblem::NotAllowed);
                say(paper.until.is_some_and(|until| until < today), BehalfProblem::Expired);
                say(paper.from > today, BehalfProblem::NotYet);
                let known = CitizenNumber::parse(&paper.agent_number).is_ok();
                say(!known, BehalfProblem::NotANumber);
                let other = filing.submitter_number.is_some_and(|own| own != paper.agent_number);
                say(known && other, BehalfProblem::OtherAgent);
                let covers =
                    paper.procedures.is_empty() || paper.procedures.contains(filing.procedure);
                say(!covers, BehalfProblem::OutOfScope);
                say(!filing.has_paper, BehalfProblem::PaperMissing);
            }
        }
        problems
    }

    /// Whether the applicant is asked to confirm that the dossier was filed in their name. A child
    /// or a ward is not: whoever has the care decides.
    pub fn wants_confirmation(&self) -> bool {
        matches!(self, Self::Relative | Self::Authorised(_) | Self::Counter)
    }

    /// Stable id, as it is stored.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Myself => "myself",
            Self::Ward => "ward",
            Self::Relative => "relative",
            Self::Authorised(_) => "authorised",
            Self::Counter => "counter",
        }
    }
}

/// Whether the applicant confirmed that the dossier was filed in their name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// Nobody need be asked.
    NotAsked,
    /// Asked, not answered.
    Waiting,
    /// Said yes on another device.
    Agreed,
    /// Said yes at the counter.
    AgreedAtCounter,
    /// Said no.
    Refused,
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "030189011736";
    const FATHER: &str = "030058004321";

    fn code(text: &str) -> ProcedureCode {
        ProcedureCode::parse(text).unwrap()
    }

    fn day(text: &str) -> CivilDate {
        text.parse().unwrap()
    }

    fn paper() -> Authorisation {
        Authorisation {
            agent_number: OWN.into(),
            from: day("2026-11-01"),
            until: Some(day("2026-12-31")),
            procedures: vec![code("2.000635")],
        }
    }

    fn verdict(behalf: &Behalf, change: impl Fn(&mut Filing<'_>)) -> Vec<BehalfProblem> {
        let procedure = code("2.000635");
        let mut filing = Filing {
            procedure: &procedure,
            takes_authorisation: true,
            applicant_number: Some(FATHER),
            submitter_number: Some(OWN),
            has_paper: true,
        };
        change(&mut filing);
        behalf.check(filing, day("2026-11-25"))
    }

    #[test]
    fn for_oneself_is_for_oneself() {
        assert_eq!(verdict(&Behalf::Myself, |_| ()), [BehalfProblem::OtherPerson]);
        assert_eq!(verdict(&Behalf::Myself, |f| f.applicant_number = Some(OWN)), []);
        assert_eq!(verdict(&Behalf::Myself, |f| f.submitter_number = None), []);
        for other in [Behalf::Ward, Behalf::Relative, Behalf::Counter] {
            assert_eq!(verdict(&other, |_| ()), []);
        }
        let own = |f: &mut Filing<'_>| f.applicant_number = Some(OWN);
        assert_eq!(verdict(&Behalf::Relative, own), [BehalfProblem::Oneself]);
        for other in [Behalf::Ward, Behalf::Counter] {
            assert_eq!(verdict(&other, own), []);
        }
    }

    #[test]
    fn an_authorisation_is_held_to_its_words() {
        let good = Behalf::Authorised(paper());
        assert_eq!(verdict(&good, |_| ()), []);
        assert_eq!(verdict(&good, |f| f.has_paper = false), [BehalfProblem::PaperMissing]);
        assert_eq!(verdict(&good, |f| f.takes_authorisation = false), [BehalfProblem::NotAllowed]);
        assert_eq!(
            verdict(&good, |f| f.submitter_number = Some(FATHER)),
            [BehalfProblem::OtherAgent]
        );
        for (change, problem) in [
            (Authorisation { until: Some(day("2026-11-24")), ..paper() }, BehalfProblem::Expired),
            (Authorisation { from: day("2026-11-26"), ..paper() }, BehalfProblem::NotYet),
            (
                Authorisation { procedures: vec![code("1.001193")], ..paper() },
                BehalfProblem::OutOfScope,
            ),
            (Authorisation { agent_number: "12".into(), ..paper() }, BehalfProblem::NotANumber),
        ] {
            assert_eq!(verdict(&Behalf::Authorised(change), |_| ()), [problem]);
        }
        let wide = Authorisation { procedures: vec![], until: None, ..paper() };
        assert_eq!(verdict(&Behalf::Authorised(wide), |_| ()), []);
    }
}
