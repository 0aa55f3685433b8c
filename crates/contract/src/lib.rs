//! The REST contract between the citizen's app and a commune's backend, as Rust types.
//!
//! What belongs here: wire types, the table of endpoints, problem types, the idempotency header,
//! and the OpenAPI document made from them. A backend in another language implements
//! `docs/openapi.json`; a test holds that file equal to this code.
//!
//! What must not come here: rules (they are in the domain crate), I/O, storage, screens.

pub mod catalogue;
pub mod config;
pub mod confirmations;
pub mod dossiers;
pub mod endpoints;
pub mod feedback;
pub mod figures;
pub mod hand_overs;
pub mod idempotency;
pub mod ledger;
pub mod my_data;
#[cfg(feature = "openapi")]
pub mod openapi;
pub mod papers;
pub mod payments;
pub mod problem;
pub mod push;
pub mod receipts;
pub mod refunds;
pub mod session;
pub mod slips;
pub mod turns;
pub mod uploads;

/// Every call that changes something carries this header (any value): a page of another origin
/// cannot send it without a preflight that the backend never grants, so it stops forged requests.
pub const CLIENT_HEADER: &str = "Motcua-Client";
/// Carries the secret of a dossier's receipt, for who holds it without being signed in.
pub const DOSSIER_KEY_HEADER: &str = "Dossier-Key";
