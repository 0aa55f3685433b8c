//! Drafts on their way from one device to another: a letter box for sealed parts and messages. Must
//! not be able to read any of them, and forgets all of it after ten minutes, or a slip
//! for the counter after three days.

pub mod handlers;
mod store;

pub use store::remove_expired;
