//! An answer to a supplement request, filled like a draft: its papers are photographed, kept and sent by the
//! same ways, and a phone that dies loses none of it. Items stand in the place of components and
//! questions, by their ids.

use super::{Draft, DraftKey};
use motcua_domain::dossier::DossierCode;
use motcua_domain::procedure::ProcedureCode;
use motcua_domain::turns::supplement::{Ask, Given, Item, ItemProblem, problem_of};
use serde::{Deserialize, Serialize};

/// What a draft answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supplement {
    /// The dossier.
    pub dossier: DossierCode,
    /// Which request.
    pub round: u32,
    /// What is asked for.
    pub items: Vec<Item>,
}

impl Supplement {
    /// The draft that answers a request.
    pub fn key(procedure: ProcedureCode, dossier: &DossierCode, round: u32) -> DraftKey {
        let letters = dossier.as_str().chars().filter(char::is_ascii_alphanumeric);
        let code: String = letters.map(|letter| letter.to_ascii_lowercase()).collect();
        DraftKey { procedure, slot: Some(format!("bs{round}{code}")) }
    }

    /// As it stands in a draft: as text, so that what only looks through drafts need not read it.
    pub fn to_text(&self) -> Option<String> {
        serde_json::to_string(self).ok()
    }

    /// What is wrong with the draft's answer to an item; nothing when it will do. Fees that need no
    /// money any more are the backend's word.
    pub fn problem(&self, item: &Item, draft: &Draft, settled: &[String]) -> Option<ItemProblem> {
        let given = Given {
            files: draft.papers_of(&item.id).len().max(draft.sheets_of(&item.id).len()),
            answer: draft.answers.find_one(&item.id).unwrap_or_default(),
            fee_settled: matches!(&item.ask, Ask::Fee { fee } if settled.contains(fee)),
        };
        problem_of(&item.ask, given)
    }
}

impl Draft {
    /// The supplement request that it answers, when it answers one.
    pub fn find_supplement(&self) -> Option<Supplement> {
        serde_json::from_str(self.supplement.as_deref()?).ok()
    }

    /// The dossier that it supplements, without reading what is asked for.
    pub fn find_supplemented(&self) -> Option<DossierCode> {
        /// The part of [`Supplement`] that is read.
        #[derive(Deserialize)]
        struct Whose {
            dossier: DossierCode,
        }
        let whose: Whose = serde_json::from_str(self.supplement.as_deref()?).ok()?;
        Some(whose.dossier)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use motcua_domain::answers::Answer;

    fn asked() -> Supplement {
        let ask = Ask::Answer { question: None };
        let item =
            Item { id: "1".into(), title: "Tên mẹ".into(), reason: "Tìm sổ".into(), ask };
        let paper = Item { id: "2".into(), ask: Ask::Paper { component: None }, ..item.clone() };
        let fee = Item { id: "3".into(), ask: Ask::Fee { fee: "phi".into() }, ..item.clone() };
        let dossier = DossierCode::parse("H24.31-261126-000042").unwrap();
        Supplement { dossier, round: 1, items: vec![item, paper, fee] }
    }

    #[test]
    fn its_key_is_one_that_addresses_can_carry_whatever_the_code() {
        let procedure = ProcedureCode::parse("2.000635").unwrap();
        for code in ["H24.31-261126-000042", "G09.200.200.200-20260609-009263712"] {
            let code = DossierCode::parse(code).unwrap();
            let key = Supplement::key(procedure.clone(), &code, 1);
            assert_eq!(DraftKey::parse(&key.to_string()), Some(key));
        }
    }

    #[test]
    fn it_is_read_from_the_draft_and_says_what_is_missing() {
        let asked = asked();
        let procedure = ProcedureCode::parse("2.000635").unwrap();
        let mut draft = Draft::new(Supplement::key(procedure, &asked.dossier, 1), 1, 0);
        assert_eq!(draft.find_supplement(), None);
        draft.supplement = asked.to_text();
        assert_eq!(draft.find_supplement(), Some(asked.clone()));
        assert_eq!(draft.find_supplemented(), Some(asked.dossier.clone()));
        let problems = |draft: &Draft, settled: &[String]| -> Vec<Option<ItemProblem>> {
            asked.items.iter().map(|item| asked.problem(item, draft, settled)).collect()
        };
        use ItemProblem::{NoAnswer, NoPaper, NotPaid};
        assert_eq!(problems(&draft, &[]), [Some(NoAnswer), Some(NoPaper), Some(NotPaid)]);
        draft.answers.set("1", Answer::One("Nguyễn Thị Mùi".into()));
        assert_eq!(problems(&draft, &["phi".into()]), [None, Some(NoPaper), None]);
    }
}
