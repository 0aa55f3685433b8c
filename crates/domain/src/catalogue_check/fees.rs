//! Whether a procedure's prices hold together: they point at questions that exist, name who is exempt and
//! by what, and leave no filing day without a word.

use super::{Flaw, flaw};
use crate::date::CivilDate;
use crate::fee::{Channel, FeeRule, Price};
use crate::procedure::Procedure;
use std::collections::BTreeSet;

/// Adds the flaws of a procedure's fee rules. `questions` are the ids that its form asks.
pub fn check(procedure: &Procedure, questions: &BTreeSet<String>, flaws: &mut Vec<Flaw>) {
    for rule in &procedure.fees {
        let path = format!("fees[{}]", rule.id);
        if let Price::PerCopy { copies, .. } | Price::PerPage { copies, .. } = &rule.price
            && !questions.contains(copies.as_str())
            && procedure.can_be_filed()
        {
            flaws.push(flaw(format!("{path}.price.copies"), format!("no question `{copies}`")));
        }
        if is_backwards(rule.from, rule.until) {
            flaws.push(flaw(&path, "ends before it begins"));
        }
        check_exemptions(rule, &path, flaws);
    }
    for channel in [Channel::InPerson, Channel::Online, Channel::Post] {
        check_days(procedure, channel, flaws);
    }
}

fn is_backwards(from: Option<CivilDate>, until: Option<CivilDate>) -> bool {
    from.zip(until).is_some_and(|(from, until)| until < from)
}

fn check_exemptions(rule: &FeeRule, path: &str, flaws: &mut Vec<Flaw>) {
    let mut named = BTreeSet::new();
    for (index, text) in rule.exempt.iter().enumerate() {
        let path = format!("{path}.exempt[{index}]");
        if text.groups.is_empty() {
            flaws.push(flaw(&path, "exempts nobody"));
        }
        if text.citation.vi.trim().is_empty() {
            flaws.push(flaw(format!("{path}.citation"), "empty"));
        }
        if is_backwards(text.from, text.until) {
            flaws.push(flaw(&path, "ends before it begins"));
        }
        for group in &text.groups {
            if !named.insert(*group) {
                flaws.push(flaw(&path, format!("`{}` is exempt twice", group.id())));
            }
        }
    }
    if matches!(rule.price, Price::Free { .. }) && !rule.exempt.is_empty() {
        flaws.push(flaw(format!("{path}.exempt"), "nobody is exempt from what is free"));
    }
}

/// A channel that has a rule on some day has one on every day: no rule would read as "no fee".
/// Conditions on answers are not looked at; a rule for some answers counts.
fn check_days(procedure: &Procedure, channel: Channel, flaws: &mut Vec<Flaw>) {
    let of_channel = |rule: &&FeeRule| rule.channels.is_empty() || rule.channels.contains(&channel);
    let rules: Vec<&FeeRule> = procedure.fees.iter().filter(of_channel).collect();
    let runs = |day: CivilDate| {
        rules.iter().any(|rule| {
            rule.from.is_none_or(|from| from <= day) && rule.until.is_none_or(|until| day <= until)
        })
    };
    let edges = rules.iter().flat_map(|rule| {
        let before = rule.from.map(|from| from.plus_days(-1));
        [before, rule.until.map(|until| until.plus_days(1))]
    });
    for day in edges.flatten().filter(|day| !runs(*day)) {
        flaws.push(flaw("fees", format!("no rule for {channel:?} on {day}")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::Authority;
    use crate::exemption::{ExemptGroup, Exemption};
    use crate::fee::{FeeKind, FeeTiming};
    use crate::money::Vnd;
    use crate::procedure::{ProcedureCode, Proof};
    use crate::text::Text;

    fn flaws_of(change: impl FnOnce(&mut FeeRule)) -> Vec<String> {
        let mut rule = FeeRule {
            id: "r".into(),
            name: Text::of("Phí", "Fee"),
            kind: FeeKind::Fee,
            timing: FeeTiming::Intake,
            channels: vec![],
            from: None,
            until: None,
            when: None,
            price: Price::Fixed { amount: Vnd(1) },
            exempt: vec![Exemption {
                groups: vec![ExemptGroup::Merit],
                from: None,
                until: None,
                proof: Proof::Secondary,
                citation: Text::of("Luật", "Law"),
            }],
            citation: Text::of("Luật", "Law"),
        };
        change(&mut rule);
        let name = Text::of("Thủ tục", "Procedure");
        let code = ProcedureCode::parse("1.000001").unwrap();
        let mut procedure = Procedure::listed(code, name.clone(), name, Authority::default());
        procedure.fees = vec![rule];
        let mut flaws = vec![];
        check(&procedure, &BTreeSet::new(), &mut flaws);
        flaws.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_rule_that_holds_together_has_no_flaw() {
        assert_eq!(flaws_of(|_| {}), [""; 0]);
    }

    #[test]
    fn an_end_without_what_comes_after_is_a_flaw() {
        let flaws = flaws_of(|rule| rule.until = "2031-12-31".parse().ok());
        assert_eq!(flaws.len(), 3, "{flaws:?}");
        assert!(flaws[0].contains("2032-01-01"), "{flaws:?}");
    }

    #[test]
    fn an_exemption_names_somebody_and_its_text_once() {
        let twice = flaws_of(|rule| rule.exempt.push(rule.exempt[0].clone()));
        assert!(twice[0].contains("`merit` is exempt twice"), "{twice:?}");
        let nobody = flaws_of(|rule| rule.exempt[0].groups.clear());
        assert!(nobody[0].contains("exempts nobody"), "{nobody:?}");
        let uncited = flaws_of(|rule| rule.exempt[0].citation = Text::default());
        assert!(uncited[0].contains("citation"), "{uncited:?}");
        let free = Price::Free { reason: Text::of("Miễn", "Free") };
        let idle = flaws_of(|rule| rule.price = free);
        assert!(idle[0].contains("free"), "{idle:?}");
    }
}
