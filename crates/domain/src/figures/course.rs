//! What a dossier's way says about its time: when it ended, how often the citizen was asked for more and
//! how long that took. Knows no appointment.

use crate::date::Moment;
use crate::dossier::DossierStatus;

/// A dossier's way, as far as time is counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Course {
    /// When it ended; none while it is under way. Withdrawing is an end, and so is the office's first
    /// request for more papers while that is the last thing that happened (index 2.1).
    pub ended: Option<Moment>,
    /// Seconds that the office waited for the citizen's papers before that. 0 where the appointment was
    /// moved by them already.
    pub waited: i64,
    /// How often more papers were asked for.
    pub supplement_requests: u32,
    /// Whether the citizen took it back.
    pub withdrawn: bool,
}

impl Course {
    /// Reads a dossier's steps, the earliest first. Two steps of one status in a row are one step with a
    /// note.
    pub fn of(steps: impl IntoIterator<Item = (DossierStatus, Moment)>) -> Self {
        use DossierStatus::{Done, Returned, Stopped, SupplementRequested, WithdrawalRequested};
        let mut course = Self::default();
        let mut last: Option<(DossierStatus, Moment)> = None;
        for (status, at) in steps {
            let before = last.map(|(status, _)| status);
            if before == Some(status) {
                continue;
            }
            if let Some((SupplementRequested, asked_at)) = last {
                course.waited += (at.0 - asked_at.0).max(0);
            }
            last = Some((status, at));
            match (before, status) {
                // Handed over once done, stopped because it was withdrawn or never supplemented: the end
                // came before.
                (Some(Done), Returned)
                | (Some(WithdrawalRequested | SupplementRequested), Stopped) => {}
                (Some(SupplementRequested), WithdrawalRequested) => course.withdrawn = true,
                _ => {
                    course.withdrawn = status == WithdrawalRequested;
                    let asked = status == SupplementRequested;
                    course.supplement_requests += u32::from(asked);
                    let ends = asked || course.withdrawn || status.is_final();
                    course.ended = ends.then_some(at);
                }
            }
        }
        course
    }
}
