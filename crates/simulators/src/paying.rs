//! What the payment simulators have in common: switches, the clock of repeated notices, the way
//! back to the merchant. Owns no protocol: what a message looks like is each gateway's own.

pub(crate) mod answers;
pub(crate) mod back;
mod control;
pub(crate) mod desk;
pub mod knobs;
pub mod order;
pub(crate) mod pages;
pub(crate) mod reports;
pub(crate) mod words;

pub use knobs::{CreateKnob, IpnKnob, Knobs, QueryKnob, RefundKnob, ReturnKnob};
pub use order::{Ended, Money, Order, Refund, Sent};
