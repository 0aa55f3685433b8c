//! What rules come to: copies, pages, channel, filing day, exemption. Quotes only.

use super::*;
use crate::answers::Answer;
use crate::procedure::Proof;

fn text(words: &str) -> Text {
    Text { vi: words.into(), en: words.into() }
}

fn rule(price: Price) -> FeeRule {
    FeeRule {
        id: "r".into(),
        name: text("r"),
        kind: FeeKind::Fee,
        timing: FeeTiming::Intake,
        channels: vec![],
        from: None,
        until: None,
        when: None,
        price,
        exempt: vec![],
        citation: text("c"),
    }
}

fn amount(
    rule: FeeRule,
    copies: &str,
    pages: Option<u32>,
    channel: Channel,
) -> Option<QuotedAmount> {
    let mut answers = Answers::default();
    answers.set("copies", Answer::One(copies.into()));
    let filed_on = "2026-11-22".parse().unwrap();
    let context = FeeContext { channel, filed_on, pages, exempt: None, answers: &answers };
    quote(&[rule], context).pop().map(|line| line.amount)
}

fn due(amount: u64) -> Option<QuotedAmount> {
    Some(QuotedAmount::Due { amount: Vnd(amount) })
}

#[test]
fn copies_of_an_extract_cost_eight_thousand_each() {
    let price = Price::PerCopy { amount: Vnd(8_000), copies: "copies".into() };
    assert_eq!(amount(rule(price.clone()), "3", None, Channel::Online), due(24_000));
    assert_eq!(
        amount(rule(price), "", None, Channel::Online),
        Some(QuotedAmount::PerCopy { amount: Vnd(8_000) })
    );
}

#[test]
fn certified_copies_are_cheaper_from_page_three_and_capped() {
    let price = Price::PerPage {
        first_pages: 2,
        first: Vnd(2_000),
        then: Vnd(1_000),
        cap: Vnd(200_000),
        copies: "copies".into(),
    };
    let after = |pages| amount(rule(price.clone()), "2", pages, Channel::Online);
    assert_eq!(after(None), Some(QuotedAmount::AfterPageCount));
    assert_eq!(after(Some(1)), due(4_000));
    assert_eq!(after(Some(2)), due(8_000));
    assert_eq!(after(Some(5)), due(14_000));
    assert_eq!(after(Some(10_000)), due(400_000));
}

#[test]
fn channel_and_filing_day_decide() {
    let mut online = rule(Price::Free { reason: text("NQ 23/2026") });
    online.channels = vec![Channel::Online];
    online.from = Some("2026-08-08".parse().unwrap());
    assert!(matches!(
        amount(online.clone(), "1", None, Channel::Online),
        Some(QuotedAmount::Free { .. })
    ));
    assert_eq!(amount(online.clone(), "1", None, Channel::InPerson), None);
    online.from = Some("2026-12-01".parse().unwrap());
    assert_eq!(amount(online, "1", None, Channel::Online), None);
}

fn exempting(groups: &[ExemptGroup], proof: Proof) -> Exemption {
    Exemption { groups: groups.to_vec(), from: None, until: None, proof, citation: text("law") }
}

fn line_of(rule: FeeRule, exempt: Option<ExemptGroup>, day: &str) -> QuoteLine {
    let answers = Answers::default();
    let filed_on = day.parse().unwrap();
    let channel = Channel::Online;
    let context = FeeContext { channel, filed_on, pages: None, exempt, answers: &answers };
    quote(&[rule], context).pop().unwrap()
}

#[test]
fn a_proven_exemption_is_price_nothing_and_names_its_text() {
    let mut rule = rule(Price::Fixed { amount: Vnd(50_000) });
    rule.exempt = vec![exempting(&[ExemptGroup::FarmLoan], Proof::Secondary)];
    let day = "2026-11-26";
    let line = line_of(rule.clone(), Some(ExemptGroup::FarmLoan), day);
    assert_eq!(line.amount, QuotedAmount::Free { reason: ExemptGroup::FarmLoan.reason() });
    assert_eq!((line.claimed, line.citation), (Some(ExemptGroup::FarmLoan), text("law")));
    // Another group, or none, pays; and is told who would not.
    for claimed in [None, Some(ExemptGroup::Child)] {
        let line = line_of(rule.clone(), claimed, day);
        assert_eq!(line.amount, QuotedAmount::Due { amount: Vnd(50_000) });
        assert_eq!((line.claimed, line.exempt.len(), line.citation), (None, 1, text("c")));
    }
}

#[test]
fn an_unproven_exemption_is_neither_free_nor_due() {
    let mut rule = rule(Price::Fixed { amount: Vnd(8_000) });
    rule.exempt = vec![exempting(&[ExemptGroup::Child], Proof::Unverified)];
    let line = line_of(rule.clone(), Some(ExemptGroup::Child), "2026-11-26");
    assert_eq!((line.amount, line.claimed), (QuotedAmount::Undetermined, Some(ExemptGroup::Child)));
    // Where two texts name the group, the one that proves it counts.
    rule.exempt.push(exempting(&[ExemptGroup::Child], Proof::Primary));
    let line = line_of(rule, Some(ExemptGroup::Child), "2026-11-26");
    assert!(matches!(line.amount, QuotedAmount::Free { .. }));
}

#[test]
fn an_exemption_holds_on_its_days_only() {
    let mut rule = rule(Price::Fixed { amount: Vnd(8_000) });
    let text = exempting(&[ExemptGroup::DigitalCitizen], Proof::Secondary);
    rule.exempt = vec![Exemption { until: "2027-02-28".parse().ok(), ..text }];
    let on = |day| line_of(rule.clone(), Some(ExemptGroup::DigitalCitizen), day).amount;
    assert!(matches!(on("2027-02-28"), QuotedAmount::Free { .. }));
    assert_eq!(on("2027-03-01"), QuotedAmount::Due { amount: Vnd(8_000) });
}

#[test]
fn nobody_is_asked_about_an_exemption_from_nothing() {
    let answers = Answers::default();
    let filed_on = "2026-11-26".parse().unwrap();
    let channel = Channel::Online;
    let exempt = Some(ExemptGroup::Merit);
    let context = FeeContext { channel, filed_on, pages: None, exempt, answers: &answers };
    let mut free = rule(Price::Free { reason: text("NQ 23/2026") });
    free.exempt = vec![exempting(&ExemptGroup::ALL, Proof::Secondary)];
    assert_eq!(groups_that_matter(&[free.clone()], context), []);
    let mut paid = rule(Price::Fixed { amount: Vnd(1_000) });
    paid.exempt = vec![exempting(&[ExemptGroup::Older, ExemptGroup::Merit], Proof::Unverified)];
    let both = [free, paid];
    // What was claimed already makes no difference to what can be claimed.
    assert_eq!(groups_that_matter(&both, context), [ExemptGroup::Merit, ExemptGroup::Older]);
}

mod saving {
    use super::*;
    use crate::fee::saved_online;
    use proptest::prelude::*;

    fn prices() -> impl Strategy<Value = Price> {
        let amount = || (0_u64..500_000).prop_map(Vnd);
        let copies = || "copies".to_owned();
        prop_oneof![
            Just(Price::Free { reason: Text::default() }),
            Just(Price::Undetermined),
            amount().prop_map(|amount| Price::Fixed { amount }),
            amount().prop_map(move |amount| Price::PerCopy { amount, copies: copies() }),
            (1_u32..4, amount(), amount(), amount()).prop_map(
                move |(first_pages, first, then, cap)| {
                    Price::PerPage { first_pages, first, then, cap, copies: copies() }
                }
            ),
        ]
    }

    fn rules() -> impl Strategy<Value = Vec<FeeRule>> {
        let channels = prop_oneof![
            Just(vec![]),
            Just(vec![Channel::Online]),
            Just(vec![Channel::InPerson, Channel::Post]),
        ];
        let one = (prices(), channels, any::<bool>(), any::<bool>()).prop_map(
            |(price, channels, ends, exempts)| {
                let mut rule = rule(price);
                rule.channels = channels;
                rule.until = ends.then(|| "2026-08-07".parse().unwrap());
                if exempts {
                    rule.exempt = vec![exempting(&[ExemptGroup::Merit], Proof::Secondary)];
                }
                rule
            },
        );
        prop::collection::vec(one, 0..5).prop_map(|mut rules| {
            for (index, rule) in rules.iter_mut().enumerate() {
                rule.id = format!("r{index}");
            }
            rules
        })
    }

    proptest! {
        /// Whatever the rules: a saving that is shown is above zero, both amounts are known, and it is
        /// the difference of what the two channels would really ask for.
        #[test]
        fn is_the_true_difference_of_known_amounts(
            rules in rules(),
            copies in prop::option::of(0_u64..30),
            late in any::<bool>(),
            member in any::<bool>(),
        ) {
            let mut answers = Answers::default();
            if let Some(copies) = copies {
                answers.set("copies", Answer::One(copies.to_string()));
            }
            let day = if late { "2026-08-08" } else { "2026-08-07" };
            let context = FeeContext {
                channel: Channel::Post,
                filed_on: day.parse().unwrap(),
                pages: None,
                exempt: member.then_some(ExemptGroup::Merit),
                answers: &answers,
            };
            if let Some(saved) = saved_online(&rules, context) {
                prop_assert!(!saved.is_zero());
                let by = |channel| quote(&rules, FeeContext { channel, ..context });
                let (counter, online) = (by(Channel::InPerson), by(Channel::Online));
                for line in counter.iter().chain(&online) {
                    prop_assert!(!matches!(
                        line.amount,
                        QuotedAmount::AfterPageCount | QuotedAmount::Undetermined
                    ));
                }
                // Prices for a copy are there in both, or there would be no saying.
                prop_assert_eq!(total_due(&counter), total_due(&online) + saved);
            }
        }

        /// Saying how many copies never makes a saving appear that the unit prices did not have.
        #[test]
        fn does_not_depend_on_copies_that_cost_the_same(amount in 1_u64..100_000, copies in 0_u64..30) {
            let per_copy = rule(Price::PerCopy { amount: Vnd(amount), copies: "copies".into() });
            let mut online = rule(Price::Free { reason: Text::default() });
            (online.id, online.channels) = ("online".into(), vec![Channel::Online]);
            let mut counter = rule(Price::Fixed { amount: Vnd(8_000) });
            (counter.id, counter.channels) = ("counter".into(), vec![Channel::InPerson]);
            let rules = [per_copy, online, counter];
            let saved = |answers: &Answers| {
                let filed_on = "2026-11-26".parse().unwrap();
                let channel = Channel::Online;
                let context = FeeContext { channel, filed_on, pages: None, exempt: None, answers };
                saved_online(&rules, context)
            };
            let mut answers = Answers::default();
            prop_assert_eq!(saved(&answers), Some(Vnd(8_000)));
            answers.set("copies", Answer::One(copies.to_string()));
            prop_assert_eq!(saved(&answers), Some(Vnd(8_000)));
        }
    }
}
