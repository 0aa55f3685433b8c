//! The officer's desk: who may do what to a dossier, and in which status. One table guards the endpoint
//! and decides which buttons a desk shows. Knows nothing of accounts.

use crate::dossier::DossierStatus;
use serde::{Deserialize, Serialize};

/// What somebody does at the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Bộ phận tiếp nhận: takes dossiers in and hands results out.
    Reception,
    /// Công chức chuyên môn: works on them.
    Officer,
    /// Lãnh đạo: approves, refuses, apologises.
    Leader,
    /// The office's other systems, and tests: everything.
    System,
}

impl Role {
    /// Its name on the wire.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Reception => "reception",
            Self::Officer => "officer",
            Self::Leader => "leader",
            Self::System => "system",
        }
    }

    /// Who has a dossier that this role worked on last, as a timeline says it.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Reception | Self::System => "Bộ phận Một cửa",
            Self::Officer => "Công chức chuyên môn",
            Self::Leader => "Lãnh đạo UBND xã",
        }
    }
}

/// What may be done to a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Take it in: the intake receipt is given.
    TakeIn,
    /// Begin to work on it.
    Process,
    /// Ask for everything that is missing.
    AskSupplement,
    /// Enter the page count, which sets the fee.
    EnterPages,
    /// Decide about a claimed exemption.
    DecideExemption,
    /// Refuse it.
    Refuse,
    /// Stop working on it.
    Stop,
    /// Decide about the citizen's wish to withdraw it.
    DecideWithdrawal,
    /// Send a draft of the result to be looked at.
    SendDraft,
    /// Apologise and set a new day.
    Reappoint,
    /// Add the result and end it.
    Finish,
    /// Hand the result out.
    Return,
}

impl Act {
    /// Every act, in the order in which a desk shows them.
    pub const ALL: [Self; 12] = [
        Self::TakeIn,
        Self::Process,
        Self::EnterPages,
        Self::DecideExemption,
        Self::AskSupplement,
        Self::DecideWithdrawal,
        Self::SendDraft,
        Self::Finish,
        Self::Return,
        Self::Reappoint,
        Self::Refuse,
        Self::Stop,
    ];

    /// Its name on the wire and in the audit log.
    pub const fn id(self) -> &'static str {
        match self {
            Self::TakeIn => "take_in",
            Self::Process => "process",
            Self::AskSupplement => "ask_supplement",
            Self::EnterPages => "enter_pages",
            Self::DecideExemption => "decide_exemption",
            Self::Refuse => "refuse",
            Self::Stop => "stop",
            Self::DecideWithdrawal => "decide_withdrawal",
            Self::SendDraft => "send_draft",
            Self::Reappoint => "reappoint",
            Self::Finish => "finish",
            Self::Return => "return",
        }
    }

    /// Whether it makes sense in a status.
    pub fn fits(self, status: DossierStatus) -> bool {
        use DossierStatus::*;
        let at_work = matches!(status, Accepted | InProgress);
        match self {
            Self::TakeIn => status == Registered,
            Self::Process => status == Accepted,
            Self::AskSupplement => at_work || matches!(status, Registered | PaymentRequested),
            Self::EnterPages | Self::DecideExemption => {
                at_work || matches!(status, Registered | SupplementRequested | PaymentRequested)
            }
            Self::Refuse => status == Registered,
            Self::Stop => at_work || matches!(status, SupplementRequested | PaymentRequested),
            Self::DecideWithdrawal => status == WithdrawalRequested,
            Self::SendDraft => at_work,
            // A new day has no sense for what waits for the citizen.
            Self::Reappoint => at_work,
            Self::Finish => at_work,
            Self::Return => status == Done,
        }
    }

    /// Whether it is this role's.
    pub fn is_of(self, role: Role) -> bool {
        match role {
            Role::System => true,
            Role::Reception => matches!(
                self,
                Self::TakeIn
                    | Self::AskSupplement
                    | Self::EnterPages
                    | Self::Refuse
                    | Self::DecideWithdrawal
                    | Self::Return
            ),
            Role::Officer => matches!(
                self,
                Self::Process
                    | Self::AskSupplement
                    | Self::EnterPages
                    | Self::DecideExemption
                    | Self::SendDraft
            ),
            Role::Leader => matches!(
                self,
                Self::Finish
                    | Self::Refuse
                    | Self::Stop
                    | Self::Reappoint
                    | Self::DecideWithdrawal
                    | Self::DecideExemption
            ),
        }
    }
}

/// What a role may do to a dossier in a status.
pub fn acts(role: Role, status: DossierStatus) -> impl Iterator<Item = Act> {
    Act::ALL.into_iter().filter(move |act| act.is_of(role) && act.fits(status))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROLES: [Role; 3] = [Role::Reception, Role::Officer, Role::Leader];

    #[test]
    fn every_act_is_somebody_s_and_fits_some_status() {
        for act in Act::ALL {
            assert!(ROLES.into_iter().any(|role| act.is_of(role)), "{act:?}");
            assert!(act.is_of(Role::System));
            assert!((1..=10).any(|code| act.fits(DossierStatus::from_code(code))), "{act:?}");
        }
    }

    #[test]
    fn nobody_does_anything_to_what_has_ended() {
        for code in [3, 8, 10, 11] {
            assert_eq!(acts(Role::System, DossierStatus::from_code(code)).count(), 0, "{code}");
        }
    }

    #[test]
    fn who_works_on_a_dossier_does_not_approve_it() {
        assert!(!Act::Finish.is_of(Role::Officer));
        assert!(!Act::Finish.is_of(Role::Reception));
        assert!(!Act::TakeIn.is_of(Role::Leader));
    }

    #[test]
    fn every_open_status_has_a_way_on() {
        for code in [1, 2, 4, 5, 6, 7, 9] {
            assert!(acts(Role::System, DossierStatus::from_code(code)).count() > 0, "{code}");
        }
    }
}
