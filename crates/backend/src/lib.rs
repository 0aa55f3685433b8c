//! The reference backend: the contract made executable. What the demo serves and the tests talk
//! to, and what a commune's own backend can be compared with.
//!
//! What belongs here: HTTP, storage, sessions and login, uploads, submission, payments with the
//! gateways, serving the built app.
//!
//! What must not come here: rules (domain), wire types (contract), signatures of gateways
//! (gateways), anything of the browser's journeys.

pub mod api;
pub mod app;
pub mod audit;
mod background;
pub mod catalogue;
pub mod changes;
pub mod clock;
pub mod confirmations;
pub mod consents;
pub mod database;
pub mod desk;
pub mod dossiers;
pub mod error;
pub mod feedback;
pub mod fees;
pub mod figures;
pub mod hand_overs;
pub mod headers;
pub mod idempotency;
pub mod login;
mod misses;
pub mod my_data;
pub mod outbox;
pub mod papers;
pub mod payments;
pub mod push;
pub mod receipts;
pub mod retention;
pub mod secrets;
pub mod serials;
pub mod serve;
pub mod sessions;
pub mod settings;
pub mod site;
pub mod slips;
pub mod staff;
pub mod submission;
pub mod turns;
pub mod uploads;
