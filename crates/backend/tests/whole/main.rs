//! The backend as a whole over real sockets, with the identity provider and the gateway beside it.
//! Each file tells one part of a citizen's way; `world` puts the parties on the stage.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a panic in a test is a failed test")]

mod behalf;
mod bookkeeping;
mod channels;
mod confirmations;
mod desk;
mod errors;
mod exemptions;
mod faults;
mod feedback;
mod figures;
mod files;
mod gateway_clocks;
mod hand_overs;
mod inspection;
mod login;
mod messages;
mod my_data;
mod payment_requests;
mod payments;
mod push;
mod random;
mod receipts;
mod refunds;
mod retention;
mod reuse;
mod site;
mod slips;
mod submission;
mod turns;
mod units;
mod uploads;
mod world;
