//! What one dossier needs beside its procedure's own description: the papers that follow from for whom
//! it is filed and from a claimed exemption. App and backend ask here, so that they cannot differ.

use crate::answers::Answers;
use crate::behalf::{Behalf, authorisation_component};
use crate::date::CivilDate;
use crate::exemption::ExemptGroup;
use crate::fee::{Channel, FeeContext, groups_that_matter};
use crate::form::PersonPart;
use crate::procedure::{Component, Procedure};

impl Procedure {
    /// The papers of a dossier: those of the procedure for these answers, the authorisation, and the
    /// proof of the exemption.
    pub fn components_of(
        &self,
        answers: &Answers,
        behalf: &Behalf,
        exempt: Option<ExemptGroup>,
        today: CivilDate,
    ) -> Vec<Component> {
        let mut components: Vec<Component> =
            self.components_needed(answers, today).cloned().collect();
        if matches!(behalf, Behalf::Authorised(_)) {
            components.push(authorisation_component());
        }
        components.extend(exempt.map(ExemptGroup::component));
        components
    }

    /// The groups that the applicant can claim when filing online today: a fee would be due, the group
    /// changes it, and the applicant's age does not speak against it.
    pub fn exemptions_offered(&self, answers: &Answers, today: CivilDate) -> Vec<ExemptGroup> {
        let channel = Channel::Online;
        let context = FeeContext { channel, filed_on: today, pages: None, exempt: None, answers };
        let born = self.answer_of_applicant(answers, PersonPart::BirthDate.key());
        let born = born.and_then(|text| text.parse().ok());
        let mut groups = groups_that_matter(&self.fees, context);
        groups.retain(|group| group.may_include(born, today));
        groups
    }
}
