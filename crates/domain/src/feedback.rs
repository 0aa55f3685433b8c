//! Feedback to the office (phản ánh, kiến nghị): what it is about, its code, the states it goes through
//! with their clocks, whose act fits when, and what of it may be published. Rules only; knows no storage.
//!
//! Source: the decree on receiving and handling feedback about administrative rules, with the national
//! index 5.2. Its own text was not seen: the numbers of days are those that the commune was given, and how
//! they are counted is ours (UNVERIFIED; see `course`).

mod about;
mod code;
mod course;
mod published;

pub use about::{About, page_of};
pub use code::{FeedbackCode, NotAFeedbackCode};
pub use course::{
    ANSWER_DAYS, ASK_DAYS, Act, Clock, Course, PUBLISH_DAYS, REFUSE_DAYS, State, Task,
    working_days_left,
};
pub use published::{Personal, find_personal};

/// Most characters of what a citizen writes.
pub const MAX_TEXT: usize = 2_000;
/// Most characters of the place that it is about.
pub const MAX_PLACE: usize = 200;
/// Most characters of what the office writes: a question, an answer, a reason.
pub const MAX_ANSWER: usize = 4_000;
/// Most photos of one letter.
pub const MAX_PHOTOS: usize = 3;

/// Whether feedback is counted against the dossier that it is about, in index 5.4. The index speaks of
/// dossiers with feedback or a dislike: that there was feedback counts, not how it ended, so what the office
/// refused counts too (our reading, UNVERIFIED). Only the dossier's holder can be counted: anybody may write
/// about a dossier whose code they saw, and could spoil the figures.
pub fn counts_against_dossier(about: &About, by_holder: bool) -> bool {
    by_holder && matches!(about, About::Dossier { .. })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::DossierCode;

    #[test]
    fn only_a_holder_s_feedback_about_a_dossier_counts_against_it() {
        let code = DossierCode::parse("H24.31-261126-000042").unwrap();
        let dossier = About::Dossier { code };
        assert!(counts_against_dossier(&dossier, true));
        assert!(!counts_against_dossier(&dossier, false));
        assert!(!counts_against_dossier(&About::Office, true));
    }
}
