//! What a form of the desk does: an act of the domain, adding the file of a result before the act that ends
//! the dossier, or taking cash for a fee.

use motcua_domain::desk::{Act, Role};
use motcua_domain::dossier::DossierStatus;

/// A form's purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// An act of the domain's table.
    Act(Act),
    /// Adds the electronic result; for who may end the dossier, while they may.
    AddResult,
    /// Takes cash for a fee; for who stands at the counter, while the dossier goes on.
    TakeCash,
}

impl Job {
    /// Its name in addresses.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Act(act) => act.id(),
            Self::AddResult => "add_result",
            Self::TakeCash => "paid_in_cash",
        }
    }

    /// The job of a name.
    pub fn find(id: &str) -> Option<Self> {
        let acts = Act::ALL.into_iter().map(Self::Act);
        acts.chain([Self::AddResult, Self::TakeCash]).find(|job| job.id() == id)
    }

    /// Whether it is a role's.
    pub fn is_of(self, role: Role) -> bool {
        match self {
            Self::Act(act) => act.is_of(role),
            Self::AddResult => Act::Finish.is_of(role),
            Self::TakeCash => Act::Return.is_of(role),
        }
    }

    /// Whether a role may do it to a dossier in a status.
    pub fn fits(self, role: Role, status: DossierStatus) -> bool {
        let now = match self {
            Self::Act(act) => act.fits(status),
            Self::AddResult => Act::Finish.fits(status),
            Self::TakeCash => !status.is_final(),
        };
        self.is_of(role) && now
    }

    /// Whether its form sends a file.
    pub fn sends_file(self) -> bool {
        matches!(self, Self::AddResult | Self::Act(Act::SendDraft))
    }
}

/// The jobs of a role with a dossier in a status, in the desk's order.
pub fn jobs(role: Role, status: DossierStatus) -> Vec<Job> {
    let acts = Act::ALL.into_iter().flat_map(|act| {
        let before = (act == Act::Finish).then_some(Job::AddResult);
        before.into_iter().chain([Job::Act(act)])
    });
    std::iter::once(Job::TakeCash).chain(acts).filter(|job| job.fits(role, status)).collect()
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
        assert_eq!(Job::find("paid_in_cash"), Some(Job::TakeCash));
        assert_eq!(Job::find("delete"), None);
    }

    #[test]
    fn cash_is_taken_at_the_counter_until_the_dossier_ends() {
        let takes = |role, status| jobs(role, status).contains(&Job::TakeCash);
        assert!(takes(Role::Reception, DossierStatus::Registered));
        assert!(takes(Role::Reception, DossierStatus::PaymentRequested));
        assert!(!takes(Role::Reception, DossierStatus::Stopped));
        assert!(!takes(Role::Officer, DossierStatus::Registered));
        assert!(!takes(Role::Leader, DossierStatus::Registered));
    }

    #[test]
    fn who_may_end_a_dossier_may_add_its_result_before() {
        let leader = jobs(Role::Leader, DossierStatus::InProgress);
        let at = |job| leader.iter().position(|other| *other == job);
        assert!(at(Job::AddResult).is_some() && at(Job::AddResult) < at(Job::Act(Act::Finish)));
        assert!(!jobs(Role::Officer, DossierStatus::InProgress).contains(&Job::AddResult));
    }
}
