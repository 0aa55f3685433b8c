//! `cargo xtask bench …`: measurements beside named peers, in one run. Each says what it measured and
//! keeps the table as JSON; none of them is a test, and a slow machine fails nothing.

use crate::place::Place;
use anyhow::Result;
use clap::Subcommand;

/// What is measured.
#[derive(Debug, Subcommand)]
pub enum Bench {}

/// Runs one measurement.
pub fn run(_place: &Place, bench: Bench) -> Result<()> {
    match bench {}
}
