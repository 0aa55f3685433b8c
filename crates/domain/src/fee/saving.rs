//! What filing online saves: the same dossier on the same day, at the counter and online. Known only
//! where both are known.

use super::{Channel, FeeContext, FeeRule, QuoteLine, QuotedAmount, quote};
use crate::money::Vnd;

/// What filing online saves beside the counter, with the context's day, answers and exemption; its
/// channel is not looked at. Nothing where a line of either is not known, or nothing is saved. A price
/// for each copy that is the same in both is no difference, however many copies.
pub fn saved_online(rules: &[FeeRule], context: FeeContext<'_>) -> Option<Vnd> {
    let by = |channel| quote(rules, FeeContext { channel, ..context });
    let (counter, online) = (by(Channel::InPerson), by(Channel::Online));
    let same = |line: &QuoteLine, others: &[QuoteLine]| {
        let per_copy = matches!(line.amount, QuotedAmount::PerCopy { .. });
        per_copy
            && others.iter().any(|other| other.rule == line.rule && other.amount == line.amount)
    };
    let sum = |lines: &[QuoteLine], others: &[QuoteLine]| {
        lines.iter().filter(|line| !same(line, others)).map(known).sum::<Option<Vnd>>()
    };
    // No line at all is not "free": nobody described it.
    if counter.is_empty() || online.is_empty() {
        return None;
    }
    let saved = sum(&counter, &online)?.0.checked_sub(sum(&online, &counter)?.0)?;
    (saved > 0).then_some(Vnd(saved))
}

fn known(line: &QuoteLine) -> Option<Vnd> {
    match line.amount {
        QuotedAmount::Due { amount } => Some(amount),
        QuotedAmount::Free { .. } => Some(Vnd::ZERO),
        QuotedAmount::PerCopy { .. }
        | QuotedAmount::AfterPageCount
        | QuotedAmount::Undetermined => None,
    }
}
