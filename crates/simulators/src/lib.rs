//! The outside parties of a payment and a login, as programs of their own on their own origins:
//! VNeID's identity provider and the gateways of VNPAY, MoMo, ZaloPay and the national
//! PaymentPlatform, with fictional people and play money; a browser's push service; and the commune's back
//! office, which brings what it handled elsewhere.
//!
//! Belongs here: what the real party does that the app and the backend can see (paths, codes,
//! signatures, pages, quirks), and switches that make it misbehave. Every page says that it is a
//! simulator.
//!
//! Must not be here: anything of the backend or the app. A simulator meets them over HTTP only.

pub mod back_office;
pub mod demo;
pub mod momo;
pub mod paying;
pub mod platform;
pub mod push_service;
pub mod serve;
pub mod vneid;
pub mod vnpay;
pub mod zalopay;

mod page;
mod random;
mod store;
mod time;
