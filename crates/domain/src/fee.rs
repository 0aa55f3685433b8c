//! What a dossier costs: rules as data, a quote for given answers. Each rule carries the text that
//! sets it. A quote has honest states only: an amount, free with the reason, not known yet, or not
//! settled by any text; a guessed amount is not one of them.

use crate::answers::Answers;
use crate::date::CivilDate;
use crate::form::Condition;
use crate::money::Vnd;
use crate::text::Text;
use serde::{Deserialize, Serialize};

/// How a dossier reaches the office. Codes are those of the national field `KenhThucHien`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// 1: at the counter.
    InPerson,
    /// 2: online.
    Online,
    /// 3: by post.
    Post,
}

impl Channel {
    /// The national code, 1 to 3.
    pub fn code(self) -> u8 {
        match self {
            Self::InPerson => 1,
            Self::Online => 2,
            Self::Post => 3,
        }
    }
}

/// When a fee is taken. Codes are those of the national field `HinhThucThu`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FeeTiming {
    /// 1: when filing.
    Intake,
    /// 2: when supplementing, or once the page count is known.
    Supplement,
    /// 4: when the result is handed over.
    Return,
}

/// Lệ phí is a charge for an act of the state, phí a fee for a service (Law on Fees and Charges
/// 97/2015/QH13 art. 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FeeKind {
    /// Phí.
    Fee,
    /// Lệ phí.
    Charge,
}

/// One price and when it applies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FeeRule {
    /// Stable id within the procedure.
    pub id: String,
    /// What is paid for.
    pub name: Text,
    /// Phí or lệ phí.
    pub kind: FeeKind,
    /// When it is taken.
    pub timing: FeeTiming,
    /// The channels it applies to; all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<Channel>,
    /// First filing day it applies to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<CivilDate>,
    /// Last filing day it applies to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<CivilDate>,
    /// Applies only when this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// How much.
    pub price: Price,
    /// Who pays nothing; the office checks it, the form does not ask.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exempt: Option<Text>,
    /// The text that sets it.
    pub citation: Text,
}

/// How an amount is computed. Amounts are whole đồng.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Price {
    /// Nothing, for this reason.
    Free {
        /// Why.
        reason: Text,
    },
    /// A fixed amount.
    Fixed {
        /// Đồng.
        amount: Vnd,
    },
    /// So much for each copy that the citizen asks for.
    PerCopy {
        /// Đồng a copy.
        amount: Vnd,
        /// The question that asks how many.
        copies: String,
    },
    /// By pages, counted at the counter: the first ones at one rate, the rest at another, up to a
    /// cap, for each copy.
    PerPage {
        /// How many pages cost `first`.
        first_pages: u32,
        /// Đồng for each of the first pages.
        first: Vnd,
        /// Đồng for each later page.
        then: Vnd,
        /// Most that a copy costs.
        cap: Vnd,
        /// The question that asks how many copies.
        copies: String,
    },
    /// No text settles it here; the office says.
    Undetermined,
}

/// What a rule comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum QuotedAmount {
    /// So much.
    Due {
        /// Đồng.
        amount: Vnd,
    },
    /// Nothing, for this reason.
    Free {
        /// Why.
        reason: Text,
    },
    /// Known once the pages are counted at the counter.
    AfterPageCount,
    /// Known once the citizen said how many copies.
    PerCopy {
        /// Đồng a copy.
        amount: Vnd,
    },
    /// No text settles it.
    Undetermined,
}

/// One line of a quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuoteLine {
    /// The rule's id.
    pub rule: String,
    /// What is paid for.
    pub name: Text,
    /// Phí or lệ phí.
    pub kind: FeeKind,
    /// When it is taken.
    pub timing: FeeTiming,
    /// How much.
    pub amount: QuotedAmount,
    /// Who pays nothing; the office checks it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exempt: Option<Text>,
    /// The text that sets it.
    pub citation: Text,
}

/// What the fee depends on besides the answers.
#[derive(Debug, Clone, Copy)]
pub struct FeeContext<'a> {
    /// How the dossier is filed.
    pub channel: Channel,
    /// The day it is filed.
    pub filed_on: CivilDate,
    /// Pages of the original, once counted.
    pub pages: Option<u32>,
    /// What the citizen answered.
    pub answers: &'a Answers,
}

/// Prices a dossier: the rules that apply, each with what it comes to.
pub fn quote(rules: &[FeeRule], context: FeeContext<'_>) -> Vec<QuoteLine> {
    rules
        .iter()
        .filter(|rule| rule.applies(context))
        .map(|rule| QuoteLine {
            rule: rule.id.clone(),
            name: rule.name.clone(),
            kind: rule.kind,
            timing: rule.timing,
            amount: rule.price.amount(context),
            exempt: rule.exempt.clone(),
            citation: rule.citation.clone(),
        })
        .collect()
}

/// What is certainly to pay: the sum of the lines whose amount is known.
pub fn total_due(lines: &[QuoteLine]) -> Vnd {
    lines
        .iter()
        .map(|line| match line.amount {
            QuotedAmount::Due { amount } => amount,
            _ => Vnd::ZERO,
        })
        .sum()
}

impl FeeRule {
    fn applies(&self, context: FeeContext<'_>) -> bool {
        let channel = self.channels.is_empty() || self.channels.contains(&context.channel);
        let started = self.from.is_none_or(|day| day <= context.filed_on);
        let running = self.until.is_none_or(|day| context.filed_on <= day);
        let case =
            self.when.as_ref().is_none_or(|when| when.holds(context.answers, context.filed_on));
        channel && started && running && case
    }
}

impl Price {
    fn amount(&self, context: FeeContext<'_>) -> QuotedAmount {
        match self {
            Self::Free { reason } => QuotedAmount::Free { reason: reason.clone() },
            Self::Fixed { amount } => QuotedAmount::Due { amount: *amount },
            Self::PerCopy { amount, copies } => match find_copies(context.answers, copies) {
                Some(count) => QuotedAmount::Due { amount: amount.times(count) },
                None => QuotedAmount::PerCopy { amount: *amount },
            },
            Self::PerPage { first_pages, first, then, cap, copies } => {
                match (context.pages, find_copies(context.answers, copies)) {
                    (Some(pages), Some(count)) => {
                        let at_first_rate = pages.min(*first_pages);
                        let rest = pages - at_first_rate;
                        let copy = first.times(at_first_rate.into()) + then.times(rest.into());
                        QuotedAmount::Due { amount: copy.min(*cap).times(count) }
                    }
                    _ => QuotedAmount::AfterPageCount,
                }
            }
            Self::Undetermined => QuotedAmount::Undetermined,
        }
    }
}

fn find_copies(answers: &Answers, question: &str) -> Option<u64> {
    answers.find_one(question)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::Answer;

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
            exempt: None,
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
        let context = FeeContext { channel, filed_on, pages, answers: &answers };
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
}
