//! Bookkeeping on the wire, for staff: totals, bank statements, a gateway's file held against the
//! ledger.

use motcua_domain::date::CivilDate;
use motcua_domain::money::Vnd;
use serde::{Deserialize, Serialize};

/// What came in and went back in a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Totals {
    /// First day.
    pub from: CivilDate,
    /// Last day.
    pub to: CivilDate,
    /// By day and channel.
    pub lines: Vec<ChannelTotal>,
    /// Whether all postings of the ledger, ever, add up to nothing. Always, or something is broken.
    pub balanced: bool,
    /// Money that must still go back, over all time.
    pub owed_back: Vnd,
}

/// A day of a channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChannelTotal {
    /// The day, on Vietnam's calendar, on which the money moved.
    pub day: CivilDate,
    /// Channel id; `cash` is the counter.
    pub channel: String,
    /// Payments.
    pub payments: u64,
    /// What they brought.
    pub taken: Vnd,
    /// What went back.
    pub returned: Vnd,
}

/// What became of the rows of a bank statement.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatementReport {
    /// Rows read.
    pub rows: u32,
    /// Rows that paid a fee.
    pub paid: u32,
    /// Rows that were imported before.
    pub known: u32,
    /// Rows that are about something else.
    pub foreign: u32,
    /// Rows with our reference that a person must look at, or that cannot be read.
    pub problems: Vec<RowProblem>,
}

/// A row that a person must look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RowProblem {
    /// Which row of the file, the header being 1.
    pub row: u32,
    /// What is wrong.
    pub problem: RowFault,
    /// The text that it is about.
    pub detail: String,
}

/// What is wrong with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RowFault {
    /// A column is missing or empty.
    Missing,
    /// The amount is no number of đồng.
    NotAnAmount,
    /// The day or time cannot be read.
    NotADay,
    /// Our mark, but no attempt has this reference.
    UnknownReference,
    /// The amount is not the fee's: held for staff.
    OtherAmount,
    /// The fee needed no money any more: to be given back.
    PaidTwice,
    /// In the gateway's file as paid, not in the ledger.
    NotInLedger,
    /// In the ledger as paid, not in the gateway's file.
    NotAtGateway,
    /// Both know it, with different amounts.
    AmountDiffers,
}

/// A gateway's file of a period held against the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reconciliation {
    /// The channel.
    pub channel: String,
    /// Payments in the gateway's file, and their sum.
    pub at_gateway: u32,
    /// Their sum.
    pub gateway_sum: Vnd,
    /// Payments in the ledger in the file's days.
    pub in_ledger: u32,
    /// Their sum.
    pub ledger_sum: Vnd,
    /// What differs.
    pub differences: Vec<RowProblem>,
}
