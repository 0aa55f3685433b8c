//! `cargo xtask bench …`: measurements beside named peers, in one run. Each says what it measured and
//! keeps the table as JSON; none of them is a test.

mod scan;
mod search;
mod upload;

use crate::place::Place;
use crate::setup::{self, Purpose};
use anyhow::Result;
use clap::Subcommand;

/// What is measured.
#[derive(Debug, Subcommand)]
pub enum Bench {
    /// QR reading: how many pictures, how fast, how many bytes, beside five other readers
    Scan(scan::Options),
    /// Search: what is found first, how fast, beside fuse.js, minisearch and flexsearch
    Search(search::Options),
    /// Uploads over a link that breaks, beside tus-js-client and a plain POST
    Upload(upload::Options),
}

/// Runs one measurement.
pub fn run(place: &Place, bench: Bench) -> Result<()> {
    setup::prepare(place, Purpose::Demo)?;
    match bench {
        Bench::Scan(options) => scan::run(place, &options),
        Bench::Search(options) => search::run(place, &options),
        Bench::Upload(options) => upload::run(place, &options),
    }
}
