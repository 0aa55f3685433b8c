//! Charges that a resolution sets to nothing for dossiers filed online, as data: which, from when, for
//! which procedures. Knows no file; what such a rule costs otherwise is the procedure's own description.

use crate::date::CivilDate;
use crate::fee::{Channel, FeeKind, FeeRule, FeeTiming, Price};
use crate::procedure::{Detail, Procedure, ProcedureCode, Proof, Source};
use crate::text::Text;
use serde::Deserialize;
use std::collections::BTreeSet;

/// The resolution and its charges.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnlineFree {
    /// The text that sets them to nothing.
    pub citation: Text,
    /// First filing day.
    pub from: CivilDate,
    /// The charges, in the text's order.
    pub charges: Vec<FreeCharge>,
}

/// One of its charges.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FreeCharge {
    /// Stable id.
    pub id: String,
    /// Phí or lệ phí.
    pub kind: FeeKind,
    /// What it is called.
    pub name: Text,
    /// Where in the text, as it is cited in Vietnamese.
    pub clause: String,
    /// The procedures that it is taken for; a land certificate has two charges.
    pub procedures: Vec<ProcedureCode>,
}

impl OnlineFree {
    /// The charges of a procedure.
    pub fn charges_of<'a>(
        &'a self,
        code: &'a ProcedureCode,
    ) -> impl Iterator<Item = &'a FreeCharge> {
        self.charges.iter().filter(move |charge| charge.procedures.contains(code))
    }

    /// Gives a procedure that is only listed its fee lines: nothing online since the day, not known
    /// otherwise. A described one has its own.
    pub fn complete(&self, procedure: &mut Procedure) {
        if procedure.detail != Detail::Listed {
            return;
        }
        let code = procedure.code.clone();
        for charge in self.charges_of(&code) {
            procedure.fees.extend(self.rules(charge));
            let citation = format!("{}, {}", self.citation.vi, charge.clause);
            // Matched by name; the text names no codes.
            let proof = Proof::Unverified;
            procedure.sources.push(Source { about: "fees".to_owned(), citation, proof });
        }
    }

    fn rules(&self, charge: &FreeCharge) -> [FeeRule; 3] {
        let day = self.from.written();
        let reason = Text {
            vi: format!("Nộp trực tuyến được miễn từ ngày {day}."),
            en: format!("Free when filed online since {day}."),
        };
        let unknown = Text::of(
            "Chưa rõ mức thu; Trung tâm xác nhận khi tiếp nhận.",
            "The amount is not known; the Centre confirms when it takes the dossier.",
        );
        let rule = |id: &str, channels: &[Channel], price, citation: &Text| FeeRule {
            id: format!("{}_{id}", charge.id),
            name: charge.name.clone(),
            kind: charge.kind,
            timing: FeeTiming::Intake,
            channels: channels.to_vec(),
            from: None,
            until: None,
            when: None,
            price,
            exempt: vec![],
            citation: citation.clone(),
        };
        let online = rule("online", &[Channel::Online], Price::Free { reason }, &self.citation);
        let before = rule("online_before", &[Channel::Online], Price::Undetermined, &unknown);
        let elsewhere = [Channel::InPerson, Channel::Post];
        [
            FeeRule { from: Some(self.from), ..online },
            FeeRule { until: Some(self.from.plus_days(-1)), ..before },
            rule("in_person", &elsewhere, Price::Undetermined, &unknown),
        ]
    }

    /// Whether a rule says what this resolution says.
    fn is_said_by(&self, rule: &FeeRule) -> bool {
        rule.citation == self.citation
            && rule.channels == [Channel::Online]
            && rule.from == Some(self.from)
            && matches!(rule.price, Price::Free { .. })
    }

    /// What does not fit: charges that are there twice, and described procedures that say otherwise than
    /// the resolution, in either direction.
    pub fn check<'a>(&self, procedures: impl Iterator<Item = &'a Procedure>) -> Vec<String> {
        let mut causes = Vec::new();
        let mut ids = BTreeSet::new();
        for charge in &self.charges {
            if !ids.insert(charge.id.as_str()) {
                causes.push(format!("`{}` is there twice", charge.id));
            }
        }
        for procedure in procedures.filter(|procedure| procedure.detail == Detail::Full) {
            let code = &procedure.code;
            let mapped = self.charges_of(code).next().is_some();
            let said = procedure.fees.iter().any(|rule| self.is_said_by(rule));
            match (mapped, said) {
                (true, false) => causes.push(format!("{code} does not say that it is free online")),
                (false, true) => {
                    causes.push(format!("{code} says free online, but is no charge's"))
                }
                _ => {}
            }
        }
        causes
    }
}
