//! The simulators of MoMo, ZaloPay and the PaymentPlatform from outside: a merchant built on
//! `motcua-gateways` opens orders, is told, asks, gives back.

#![allow(clippy::unwrap_used, reason = "a panic in a test is a failed test")]

mod momo;
mod platform;
mod stage;
mod zalopay;
