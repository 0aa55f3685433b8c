//! What a form of the desk does: an act of the domain, or adding the file of a result before the act that
//! ends the dossier.

use motcua_domain::desk::{Act, Role, acts};
use motcua_domain::dossier::DossierStatus;

/// A form's purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// An act of the domain's table.
    Act(Act),
    /// Adds the electronic result; for who may end the dossier, while they may.
    AddResult,
}

impl Job {
    /// Its name in addresses.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Act(act) => act.id(),
            Self::AddResult => "add_result",
        }
    }

    /// The job of a name.
    pub fn find(id: &str) -> Option<Self> {
        let acts = Act::ALL.into_iter().map(Self::Act);
        acts.chain([Self::AddResult]).find(|job| job.id() == id)
    }

    /// The act that says who may do it and when.
    pub const fn act(self) -> Act {
        match self {
            Self::Act(act) => act,
            Self::AddResult => Act::Finish,
        }
    }

    /// Whether its form sends a file.
    pub fn sends_file(self) -> bool {
        matches!(self, Self::AddResult | Self::Act(Act::SendDraft))
    }
}

/// The jobs of a role with a dossier in a status, in the desk's order.
pub fn jobs(role: Role, status: DossierStatus) -> Vec<Job> {
    acts(role, status)
        .flat_map(|act| {
            let before = (act == Act::Finish).then_some(Job::AddResult);
            before.into_iter().chain([Job::Act(act)])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_back_to_its_job() {
        for act in Act::ALL {
            assert_eq!(Job::find(act.id()), Some(Job::Act(act)));
        }
        assert_eq!(Job::find("add_result"), Some(Job::AddResult));
        assert_eq!(Job::find("delete"), None);
    }

    #[test]
    fn who_may_end_a_dossier_may_add_its_result_before() {
        let leader = jobs(Role::Leader, DossierStatus::InProgress);
        let at = |job| leader.iter().position(|other| *other == job);
        assert!(at(Job::AddResult).is_some() && at(Job::AddResult) < at(Job::Act(Act::Finish)));
        assert!(!jobs(Role::Officer, DossierStatus::InProgress).contains(&Job::AddResult));
    }
}
