//! The domain's typed states in words. Each is a total match: a new state does not compile until it
//! has its words.

use super::t;
use crate::app::lens::CameraProblem;
use crate::app::papers::PickProblem;
use motcua_contract::dossiers::StatusView;
use motcua_contract::receipts::ReceiptState;
use motcua_contract::session::LoginFailure;
use motcua_domain::behalf::{Behalf, BehalfProblem};
use motcua_domain::calendar::TimeLimit;
use motcua_domain::dossier::DossierStatus;
use motcua_domain::paper::{PageCount, PaperFault};
use motcua_domain::payment::{FailureReason, FeeState, HoldReason};
use motcua_domain::procedure::{Need, Proof, ServiceLevel};
use motcua_domain::scan::Refusal;
use motcua_domain::validate::Problem;
use motcua_domain::vietqr::TransferError;

/// What is wrong with an answer.
pub fn problem_words(problem: &Problem, label: &str) -> String {
    match problem {
        Problem::Missing => t().answer_missing(label),
        Problem::TooLong { max } => t().answer_too_long(label, &max.to_string()),
        Problem::NotANumber => t().answer_not_a_number(label),
        Problem::TooSmall { min } => t().answer_too_small(label, &min.to_string()),
        Problem::TooLarge { max } => t().answer_too_large(label, &max.to_string()),
        Problem::NotADate => t().answer_not_a_date(label),
        Problem::NoSuchDay => t().answer_no_such_day(label),
        Problem::InTheFuture => t().answer_in_the_future(label),
        Problem::TooLongAgo => t().answer_too_long_ago(label),
        Problem::NotAnOption => t().answer_not_an_option(label),
        Problem::NotAName => t().answer_not_a_name(label),
        Problem::NotACitizenNumber => t().answer_not_a_citizen_number(label),
        Problem::OldIdentityCard => t().answer_old_identity_card(label),
        Problem::NumberDisagreesWithBirthDate => t().answer_number_disagrees(label),
        Problem::NotAPhone => t().answer_not_a_phone(label),
        Problem::NotAnEmail => t().answer_not_an_email(label),
        Problem::NumberOfOtherSex => t().answer_other_sex(label),
        Problem::NotAnAccountNumber => t().answer_not_an_account(label),
        Problem::TooFewRows { min } => t().answer_too_few_rows(label, &min.to_string()),
        Problem::TooManyRows { max } => t().answer_too_many_rows(label, &max.to_string()),
        Problem::Rule { .. } => t().answer_rule(label),
        Problem::Unknown => t().answer_unknown(label),
    }
}

/// For whom a dossier is filed.
pub fn behalf_words(behalf: &Behalf) -> &'static str {
    match behalf {
        Behalf::Myself => t().behalf_own(),
        Behalf::Ward => t().behalf_ward(),
        Behalf::Relative => t().behalf_relative(),
        Behalf::Authorised(_) => t().behalf_authorised(),
        Behalf::Counter => t().behalf_counter(),
    }
}

/// Why a dossier may not be filed so.
pub fn behalf_problem_words(problem: BehalfProblem) -> &'static str {
    match problem {
        BehalfProblem::OtherPerson => t().behalf_other_person(),
        BehalfProblem::Oneself => t().behalf_oneself(),
        BehalfProblem::NotAllowed => t().behalf_not_allowed(),
        BehalfProblem::Expired => t().behalf_expired(),
        BehalfProblem::NotYet => t().behalf_not_yet(),
        BehalfProblem::OtherAgent => t().behalf_other_agent(),
        BehalfProblem::OutOfScope => t().behalf_out_of_scope(),
        BehalfProblem::NotANumber => t().behalf_not_a_number(),
        BehalfProblem::PaperMissing => t().behalf_paper_missing(),
    }
}

/// Where a dossier stands. A code of another system degrades to its own text.
pub fn status_words(status: &StatusView) -> String {
    let words = match status.status() {
        DossierStatus::Registered => t().status_registered(),
        DossierStatus::Accepted => t().status_accepted(),
        DossierStatus::Refused => t().status_refused(),
        DossierStatus::InProgress => t().status_in_progress(),
        DossierStatus::SupplementRequested => t().status_supplement(),
        DossierStatus::PaymentRequested => t().status_payment(),
        DossierStatus::WithdrawalRequested => t().status_withdrawal(),
        DossierStatus::Stopped => t().status_stopped(),
        DossierStatus::Done => t().status_done(),
        DossierStatus::Returned => t().status_returned(),
        DossierStatus::Other(_) if status.text.trim().is_empty() => t().status_other(),
        DossierStatus::Other(_) => return status.text.clone(),
    };
    words.to_owned()
}

/// What the status means for the citizen.
pub fn status_advice(status: DossierStatus) -> &'static str {
    match status {
        DossierStatus::Registered => t().advice_registered(),
        DossierStatus::Accepted | DossierStatus::InProgress => t().advice_in_progress(),
        DossierStatus::Refused | DossierStatus::Stopped => t().advice_stopped(),
        DossierStatus::SupplementRequested => t().advice_supplement(),
        DossierStatus::PaymentRequested => t().advice_payment(),
        DossierStatus::WithdrawalRequested => t().advice_withdrawal(),
        DossierStatus::Done => t().advice_done(),
        DossierStatus::Returned => t().advice_returned(),
        DossierStatus::Other(_) => t().advice_other(),
    }
}

/// Whether a receipt stands.
pub fn receipt_state_words(state: ReceiptState) -> &'static str {
    match state {
        ReceiptState::Valid => t().bill_valid(),
        ReceiptState::Refunding => t().bill_refunding(),
        ReceiptState::Refunded => t().bill_refunded(),
        ReceiptState::Voided => t().bill_voided(),
    }
}

/// Where a fee stands.
pub fn fee_state_words(state: FeeState) -> &'static str {
    match state {
        FeeState::AwaitingAmount => t().fee_after_pages(),
        FeeState::Due => t().fee_due(),
        FeeState::Paid => t().fee_paid(),
        FeeState::PaidOffline => t().fee_paid_offline(),
        FeeState::Waived => t().fee_waived(),
    }
}

/// Why a gateway took no money, and what to do.
pub fn failure_reason_words(reason: FailureReason) -> &'static str {
    match reason {
        FailureReason::UserCancelled => t().pay_reason_cancelled(),
        FailureReason::InsufficientFunds => t().pay_reason_funds(),
        FailureReason::LimitExceeded => t().pay_reason_limit(),
        FailureReason::AccountNotVerified => t().pay_reason_account(),
        FailureReason::NotRegistered => t().pay_reason_not_registered(),
        FailureReason::AccountLocked => t().pay_reason_locked(),
        FailureReason::WrongDetails => t().pay_reason_details(),
        FailureReason::AuthenticationFailed => t().pay_reason_authentication(),
        FailureReason::BankMaintenance => t().pay_reason_maintenance(),
        FailureReason::TimedOut => t().pay_reason_timeout(),
        FailureReason::AmountOutOfRange => t().pay_reason_amount(),
        FailureReason::HoldReleased => t().pay_reason_released(),
        FailureReason::PromotionRestricted => t().pay_reason_promotion(),
        FailureReason::Declined => t().pay_reason_declined(),
        FailureReason::GatewayRefused => t().pay_reason_refused(),
        FailureReason::System => t().pay_reason_system(),
        FailureReason::Unexplained => t().pay_reason_unexplained(),
    }
}

/// Why money may be taken though nothing is paid, and what becomes of it.
pub fn hold_reason_words(reason: HoldReason) -> &'static str {
    match reason {
        HoldReason::SuspectedFraud => t().pay_hold_suspected(),
        HoldReason::Reversed => t().pay_hold_reversed(),
        HoldReason::AmountDiffers => t().pay_hold_amount(),
        HoldReason::Unclear => t().pay_hold_unclear(),
    }
}

/// How far a procedure goes online.
pub fn level_words(level: ServiceLevel) -> &'static str {
    match level {
        ServiceLevel::Full => t().level_full(),
        ServiceLevel::Partial => t().level_partial(),
        ServiceLevel::InformationOnly => t().level_information(),
        ServiceLevel::Unknown => t().level_unknown(),
    }
}

/// How long the office may take.
pub fn time_limit_words(limit: TimeLimit) -> String {
    match limit {
        TimeLimit::SameDay => t().time_same_day().to_owned(),
        TimeLimit::WorkingDays { days } => t().time_working_days(&days.to_string()),
        TimeLimit::CalendarDays { days } => t().time_calendar_days(&days.to_string()),
        TimeLimit::NotStated => t().time_not_stated().to_owned(),
        TimeLimit::Unknown => t().time_unknown().to_owned(),
    }
}

/// Whether and how a component is given.
pub fn need_words(need: &Need) -> String {
    match need {
        Need::Upload => t().need_upload().to_owned(),
        Need::OptionalUpload => t().need_optional().to_owned(),
        Need::ReplacedByData { database, citation } => {
            t().need_replaced_rule(&super::said(database), citation)
        }
        Need::ShownAtCounter => t().need_counter().to_owned(),
    }
}

/// What a source vouches for.
pub fn about_words(about: &str) -> String {
    match about {
        "name" => t().about_name(),
        "time_limit" => t().about_time_limit(),
        "fees" => t().about_fees(),
        "components" => t().about_components(),
        "form" => t().about_form(),
        "level" => t().about_level(),
        "legal_basis" => t().about_legal_basis(),
        other => return other.replace('_', " "),
    }
    .to_owned()
}

/// How far a fact was checked.
pub fn proof_words(proof: Proof) -> &'static str {
    match proof {
        Proof::Primary => t().proof_primary(),
        Proof::Secondary => t().proof_secondary(),
        Proof::Unverified => t().proof_unverified(),
    }
}

/// Why a code leads nowhere here.
pub fn refusal_words(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Empty => t().refusal_empty(),
        Refusal::TooLong | Refusal::NotUnderstood => t().refusal_not_understood(),
        Refusal::StrangeLink => t().refusal_strange(),
        Refusal::SuspiciousLink => t().refusal_suspicious(),
        Refusal::Command => t().refusal_command(),
        Refusal::NoProcedure => t().refusal_no_procedure(),
        Refusal::UnknownId => t().refusal_unknown_id(),
        Refusal::Card(_) => t().refusal_card(),
        Refusal::Transfer(TransferError::Damaged) => t().refusal_transfer_damaged(),
        Refusal::Transfer(_) => t().refusal_transfer(),
    }
}

/// Why there is no camera, and what to do.
pub fn camera_words(problem: CameraProblem) -> (&'static str, &'static str) {
    match problem {
        CameraProblem::NotAllowed => (t().camera_denied_title(), t().camera_denied_text()),
        CameraProblem::NoCamera => (t().camera_none_title(), t().camera_none_text()),
        CameraProblem::Busy => (t().camera_busy_title(), t().camera_busy_text()),
        CameraProblem::Insecure => (t().camera_insecure_title(), t().camera_insecure_text()),
        CameraProblem::NoReader => (t().camera_reader_title(), t().camera_reader_text()),
    }
}

/// Why a login did not work, and what to do.
pub fn login_words(failure: LoginFailure) -> (&'static str, &'static str) {
    match failure {
        LoginFailure::Refused => (t().login_refused_title(), t().login_refused_text()),
        LoginFailure::Unavailable => (t().login_unavailable_title(), t().login_unavailable_text()),
        LoginFailure::Failed => (t().login_failed_title(), t().login_failed_text()),
    }
}

/// Why a picked file is not taken.
pub fn pick_problem_words(problem: PickProblem) -> &'static str {
    match problem {
        PickProblem::Empty => t().file_empty(),
        PickProblem::WrongKind => t().file_wrong_kind(),
        PickProblem::Unreadable => t().file_unreadable(),
        PickProblem::Heic => t().file_heic(),
        PickProblem::TooManyPages => t().file_too_many_pages(),
        PickProblem::TooLarge => t().file_too_large(),
        PickProblem::NotKept => t().file_not_kept(),
    }
}

/// What is wrong with a page, and what to do.
pub fn paper_fault_words(fault: PaperFault) -> &'static str {
    match fault {
        PaperFault::TooDark => t().fault_too_dark(),
        PaperFault::Blurred => t().fault_blurred(),
        PaperFault::Glare => t().fault_glare(),
        PaperFault::CutCorner => t().fault_cut_corner(),
        PaperFault::Covered => t().fault_covered(),
        PaperFault::TooSmall => t().fault_too_small(),
        PaperFault::Blank => t().fault_blank(),
        PaperFault::SamePage => t().fault_same_page(),
        PaperFault::TooFewPages => t().fault_too_few_pages(),
        PaperFault::TooManyPages => t().fault_too_many_pages(),
        PaperFault::OutOfOrder => t().fault_out_of_order(),
    }
}

/// How many pages a paper has; nothing where one page is all that anybody expects.
pub fn page_count_words(pages: PageCount) -> Option<String> {
    let least = pages.least.to_string();
    match pages.most {
        Some(1) => None,
        Some(most) if most == pages.least => Some(t().pages_exactly(&least)),
        Some(most) => Some(t().pages_between(&least, &most.to_string())),
        None if pages.least > 1 => Some(t().pages_at_least(&least)),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;
    use std::collections::BTreeSet;

    /// Every reason says something of its own, in sentences under 20 words, and never that the
    /// payment "failed": the money of some of these may still be on its way.
    #[test]
    fn each_reason_and_hold_has_plain_words_of_its_own() {
        let holds = [
            HoldReason::SuspectedFraud,
            HoldReason::Reversed,
            HoldReason::AmountDiffers,
            HoldReason::Unclear,
        ];
        for language in [Language::Vi, Language::En] {
            language.set_global();
            let reasons = FailureReason::ALL.map(failure_reason_words);
            let all: Vec<&str> = reasons.into_iter().chain(holds.map(hold_reason_words)).collect();
            assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "{language:?}");
            for words in all {
                assert!(!words.contains("thất bại") && !words.contains("fail"), "{words}");
                for sentence in words.split(". ") {
                    assert!(sentence.split_whitespace().count() < 20, "{sentence}");
                }
                assert!(words.matches(". ").count() >= 1, "says only why, not what next: {words}");
            }
        }
        Language::Vi.set_global();
    }
}
