//! What a dossier costs: rules as data, a quote for given answers. Each rule carries the text that
//! sets it. A quote has honest states only: an amount, free with the reason, not known yet, or not
//! settled by any text; a guessed amount is not one of them. Who is exempt is in `exemption`.

mod saving;

pub use saving::saved_online;

use crate::answers::Answers;
use crate::date::CivilDate;
use crate::exemption::{ExemptGroup, Exemption};
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

    /// The channel of a national code; none for any other number.
    pub fn from_code(code: u8) -> Option<Self> {
        [Self::InPerson, Self::Online, Self::Post].into_iter().find(|known| known.code() == code)
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
    /// Who need not pay it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exempt: Vec<Exemption>,
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
    /// Who need not pay it on the filing day; empty where nobody would.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exempt: Vec<Exemption>,
    /// The group that was claimed and that this line takes into account: free where the text proves
    /// it, undetermined until the office decides where it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed: Option<ExemptGroup>,
    /// The text that sets it; of a free line of a claimed group, the one that exempts it.
    pub citation: Text,
}

impl QuotedAmount {
    /// Whether there is certainly nothing to pay.
    pub fn is_nothing(&self) -> bool {
        match self {
            Self::Free { .. } => true,
            Self::Due { amount } | Self::PerCopy { amount } => amount.is_zero(),
            Self::AfterPageCount | Self::Undetermined => false,
        }
    }
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
    /// The group that the applicant says to belong to.
    pub exempt: Option<ExemptGroup>,
    /// What the citizen answered.
    pub answers: &'a Answers,
}

/// Prices a dossier: the rules that apply, each with what it comes to.
pub fn quote(rules: &[FeeRule], context: FeeContext<'_>) -> Vec<QuoteLine> {
    rules.iter().filter(|rule| rule.applies(context)).map(|rule| rule.line(context)).collect()
}

/// The groups that would change what is to pay, in the order of [`ExemptGroup::ALL`]: nobody is asked
/// about an exemption from nothing.
pub fn groups_that_matter(rules: &[FeeRule], context: FeeContext<'_>) -> Vec<ExemptGroup> {
    let lines = quote(rules, FeeContext { exempt: None, ..context });
    let matters = |group: &ExemptGroup| {
        let of_group = |line: &QuoteLine| line.exempt.iter().any(|one| one.groups.contains(group));
        lines.iter().any(|line| !line.amount.is_nothing() && of_group(line))
    };
    ExemptGroup::ALL.into_iter().filter(matters).collect()
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

    fn line(&self, context: FeeContext<'_>) -> QuoteLine {
        let running: Vec<Exemption> =
            self.exempt.iter().filter(|one| one.runs_on(context.filed_on)).cloned().collect();
        let mut line = QuoteLine {
            rule: self.id.clone(),
            name: self.name.clone(),
            kind: self.kind,
            timing: self.timing,
            amount: self.price.amount(context),
            exempt: vec![],
            claimed: None,
            citation: self.citation.clone(),
        };
        if line.amount.is_nothing() {
            return line;
        }
        // Of two texts the one that proves it; an unproven one only has the office decide.
        let of_claim = context.exempt.and_then(|group| {
            let texts = running.iter().filter(|one| one.groups.contains(&group));
            texts.min_by_key(|one| one.proof).map(|text| (group, text.clone()))
        });
        if let Some((group, text)) = of_claim {
            line.claimed = Some(group);
            line.amount = if text.proves() {
                QuotedAmount::Free { reason: group.reason() }
            } else {
                QuotedAmount::Undetermined
            };
            line.citation = text.citation;
        }
        line.exempt = running;
        line
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
mod tests;
