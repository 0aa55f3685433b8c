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
    lines_by(procedure, answers, Channel::Online)
}

fn lines_by(procedure: &Procedure, answers: &Answers, channel: Channel) -> Vec<QuoteLine> {
    let filed_on = Moment(clock::now_seconds()).date();
    quote(&procedure.fees, FeeContext { channel, filed_on, pages: None, answers })
}

/// What a procedure costs, in a line for each fee; in two where the counter costs something else.
pub fn in_short(procedure: &Procedure) -> Vec<String> {
    let nothing = Answers::default();
    let said_of = |channel: Channel| -> Vec<String> {
        lines_by(procedure, &nothing, channel)
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

/// What filing online saves, where it saves something.
pub fn saving(procedure: &Procedure) -> Option<String> {
    let nothing = Answers::default();
    let known = |channel: Channel| {
        let lines = lines_by(procedure, &nothing, channel);
        let open = lines.iter().any(|line| matches!(line.amount, QuotedAmount::Undetermined));
        (!open && !lines.is_empty()).then(|| {
            lines
                .iter()
                .map(|line| match line.amount {
                    QuotedAmount::Due { amount } | QuotedAmount::PerCopy { amount } => amount.0,
                    _ => 0,
                })
                .sum::<u64>()
        })
    };
    let saved = known(Channel::InPerson)?.checked_sub(known(Channel::Online)?)?;
    (saved > 0).then(|| t().fee_saving(&money(Vnd(saved))))
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

/// The lines as facts.
pub fn rows(lines: &[QuoteLine]) -> Vec<SummaryRow> {
    lines
        .iter()
        .map(|line| {
            let amount = amount_words(&line.amount);
            SummaryRow::fact(said(&line.name), format!("{amount}\n{}", said(&line.citation)))
        })
        .collect()
}
