//! `cargo xtask bench …`: measurements beside named peers, in one run. Each says what it measured and
//! keeps the table as JSON; none of them is a test. `paper` fails where a goal is missed.

mod paper;
mod scan;
mod search;
mod upload;

use crate::place::Place;
use crate::progress::say;
use crate::run;
use crate::setup::{self, Purpose};
use anyhow::Result;
use clap::Subcommand;

/// What is measured.
#[derive(Debug, Subcommand)]
pub enum Bench {
    /// Papers in photos: corners, pages, bytes, beside jscanify, scanic and two compressors
    Paper(paper::Options),
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
        Bench::Paper(options) => paper::run(place, &options),
        Bench::Scan(options) => scan::run(place, &options),
        Bench::Search(options) => search::run(place, &options),
        Bench::Upload(options) => upload::run(place, &options),
    }
}

/// Fetches the peers, unless this one is there already. Their install scripts are not run: of those,
/// one would build a canvas for Node, which no measurement needs.
fn fetch_peers(place: &Place, one: &str) -> Result<()> {
    if place.root.join("bench/node_modules").join(one).is_dir() {
        return Ok(());
    }
    say("Bench: fetching the peers");
    let mut npm = run::command(place, "npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", "bench"]);
    run::log(place, "bench-npm", &mut npm)
}
