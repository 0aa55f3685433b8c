//! What the office's slips are called. Knows no slip's content.

use super::t;
use motcua_contract::slips::SlipForm;

/// The name of a form.
pub fn slip_form_words(form: SlipForm) -> &'static str {
    match form {
        SlipForm::Intake => t().office_intake(),
        SlipForm::Supplement => t().office_supplement(),
        SlipForm::Refusal => t().office_refusal(),
        SlipForm::Apology => t().office_apology(),
        SlipForm::Stop => t().office_stop(),
        SlipForm::Handed => t().office_handed(),
    }
}
