//! Fee lines in words: the same on the procedure's page, before submitting, and in tracking.

use crate::browser::{clock, intl};
use crate::i18n::{said, t};
use crate::kit::SummaryRow;
use motcua_domain::answers::Answers;
use motcua_domain::date::Moment;
use motcua_domain::exemption::{ExemptGroup, Exemption};
use motcua_domain::fee::{Channel, FeeContext, QuoteLine, QuotedAmount, quote, saved_online};
use motcua_domain::money::Vnd;
use motcua_domain::procedure::Procedure;

/// An amount in the reader's language.
pub fn money(amount: Vnd) -> String {
    intl::money(t().locale(), amount.0)
}

/// A dossier with these answers, filed in this way today.
fn today_by(channel: Channel, answers: &Answers, exempt: Option<ExemptGroup>) -> FeeContext<'_> {
    let filed_on = Moment(clock::now_seconds()).date();
    FeeContext { channel, filed_on, pages: None, exempt, answers }
}

/// What a procedure costs, in a line for each fee; in two where the counter costs something else.
pub fn in_short(procedure: &Procedure) -> Vec<String> {
    let nothing = Answers::default();
    let said_of = |channel: Channel| -> Vec<String> {
        quote(&procedure.fees, today_by(channel, &nothing, None))
            .iter()
            .map(|line| format!("{}: {}", said(&line.name), amount_words(&line.amount)))
            .collect()
    };
    let (online, counter) = (said_of(Channel::Online), said_of(Channel::InPerson));
    if online.is_empty() && counter.is_empty() {
        return vec![t().procedure_no_fee().to_owned()];
    }
    if online == counter {
        return online;
    }
    let online = online.iter().map(|line| t().fee_online(line));
    online.chain(counter.iter().map(|line| t().fee_counter(line))).collect()
}

/// What a procedure costs, and what filing online saves where it is known to save something.
pub fn facts(
    procedure: &Procedure,
    answers: &Answers,
    exempt: Option<ExemptGroup>,
) -> Vec<SummaryRow> {
    let context = today_by(Channel::Online, answers, exempt);
    let mut rows = rows(&quote(&procedure.fees, context));
    rows.extend(saved_online(&procedure.fees, context).map(saving));
    rows
}

/// What filing online saves.
pub fn saving(saved: Vnd) -> SummaryRow {
    SummaryRow::fact(t().fee_saving(), money(saved))
}

fn amount_words(amount: &QuotedAmount) -> String {
    match amount {
        QuotedAmount::Due { amount } => money(*amount),
        QuotedAmount::Free { reason } => t().fee_free(&said(reason)),
        QuotedAmount::AfterPageCount => t().fee_after_pages().to_owned(),
        QuotedAmount::PerCopy { amount } => t().fee_per_copy(&money(*amount)),
        QuotedAmount::Undetermined => t().fee_undetermined().to_owned(),
    }
}

/// Who need not pay, and by what.
fn exemption_words(exemption: &Exemption) -> String {
    let names: Vec<String> = exemption.groups.iter().map(|group| said(&group.name())).collect();
    let groups = format!("{} ({})", names.join("; "), said(&exemption.citation));
    if exemption.proves() { t().exempt_who(&groups) } else { t().exempt_who_maybe(&groups) }
}

/// The lines as facts.
fn rows(lines: &[QuoteLine]) -> Vec<SummaryRow> {
    lines
        .iter()
        .map(|line| {
            let waits = line.claimed.is_some() && line.amount == QuotedAmount::Undetermined;
            let amount = match waits {
                true => t().exempt_waits().to_owned(),
                false => amount_words(&line.amount),
            };
            let mut words = vec![amount, said(&line.citation)];
            if line.claimed.is_none() {
                words.extend(line.exempt.iter().map(exemption_words));
            }
            SummaryRow::fact(said(&line.name), words.join("\n"))
        })
        .collect()
}
