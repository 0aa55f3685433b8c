//! Paying fees. A row is written before the gateway is asked; one attempt is open for a fee; paid
//! is what the gateway proves, never what a browser says; what ended softly is asked about until a
//! day after its expiry.

pub mod ask;
pub mod attempts;
pub mod begin;
pub mod bookkeeping;
pub mod clocks;
pub mod drivers;
pub mod handlers;
pub mod ledger;
pub mod notices;
pub mod open;
pub mod refund_desk;
pub mod refunds;
pub mod requests;
pub mod settle;
pub mod table;
pub mod watch;
