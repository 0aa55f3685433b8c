//! Fee lines in words: the same on the procedure's page, before submitting, and in tracking.

use crate::browser::{clock, intl};
use crate::i18n::{said, t};
use crate::kit::SummaryRow;
use motcua_domain::answers::Answers;
use motcua_domain::date::Moment;
use motcua_domain::fee::{Channel, FeeContext, QuoteLine, QuotedAmount, quote};
use motcua_domain::money::Vnd;
use motcua_domain::procedure::Procedure;

/// An amount in the reader's language.
pub fn money(amount: Vnd) -> String {
    intl::money(t().locale(), amount.0)
}

/// What a procedure costs for these answers, filed online today.
pub fn lines(procedure: &Procedure, answers: &Answers) -> Vec<QuoteLine> {
    let filed_on = Moment(clock::now_seconds()).date();
    quote(&procedure.fees, FeeContext { channel: Channel::Online, filed_on, pages: None, answers })
}

/// The lines as facts.
pub fn rows(lines: &[QuoteLine]) -> Vec<SummaryRow> {
    lines
        .iter()
        .map(|line| {
            let amount = match &line.amount {
                QuotedAmount::Due { amount } => money(*amount),
                QuotedAmount::Free { reason } => t().fee_free(&said(reason)),
                QuotedAmount::AfterPageCount => t().fee_after_pages().to_owned(),
                QuotedAmount::PerCopy { amount } => t().fee_per_copy(&money(*amount)),
                QuotedAmount::Undetermined => t().fee_undetermined().to_owned(),
            };
            SummaryRow::fact(said(&line.name), format!("{amount}\n{}", said(&line.citation)))
        })
        .collect()
}
