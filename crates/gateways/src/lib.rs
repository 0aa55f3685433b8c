//! The protocols of the payment gateways: how a request is signed, how an answer is proven, what
//! each code means. Pure functions over values.
//!
//! Belongs here: one module per gateway, both sides of each signature (the merchant's, which the
//! backend uses, and the gateway's, which the simulator uses), and the types that a verified
//! message turns into.
//!
//! Must not be here: network, files, clocks, randomness, async; and nothing about dossiers or
//! fees. A caller passes the time and the identifiers in, and does the sending itself.

pub mod secret;
pub mod vnpay;

pub use secret::Secret;
