//! The sets that the inspection is judged by: every file is made here, by code, under a name.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a panic in a test is a failed test")]

mod documents;
mod genuine;
mod hostile;
mod pictures;
mod redrawn;
mod strange;
