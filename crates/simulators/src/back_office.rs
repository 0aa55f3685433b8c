//! The commune's back office as an outside party: it handled a quarter's dossiers at the counter, by
//! post and from the national portal, and brings them to the app's backend in the national fields. All
//! of them are made up, in the proportions of the commune's own report; a seed makes the same quarter
//! again. Nobody is named in them.

mod desk;
mod dice;
mod hours;
mod quarter;
#[cfg(test)]
mod tests;

pub use desk::{BackOfficeError, Desk, TakenIn, procedures};
pub use quarter::{Kind, NoQuarter, Plan, REPORT, Report, make};
