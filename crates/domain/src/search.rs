//! Finding procedures by what people type: without marks, with slips, in everyday words, by code;
//! offline, at every keystroke. Ranks; does not fetch. Knows the data it is given, no concrete word.
//!
//! A text (a name, a keyword, a way of saying it) is scored by the share of the query that it
//! answers, and by how much of it the query names; rare words weigh more. The best text speaks for
//! its procedure. Whole phrases make "bố em mới mất" find the registration of a death: no likeness
//! of letters would.

mod index;
mod rank;
mod word;
pub mod words;

pub use index::{Entry, Index};
pub use rank::Hit;

#[cfg(test)]
mod tests;
