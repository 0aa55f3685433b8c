//! Papers in photos beside jscanify with OpenCV.js and scanic (finding them), and beside
//! browser-image-compression and compressorjs (what is sent): the same photos to all of them in one
//! browser. What is measured and how it is judged is in bench/paper.

use super::fetch_peers;
use crate::dist;
use crate::place::Place;
use crate::progress::say;
use crate::run;
use crate::setup::{self, Purpose};
use anyhow::{Context, Result};
use clap::Args;
use std::path::PathBuf;

/// Which photos.
#[derive(Debug, Args)]
pub struct Options {
    /// Made photos of each of 22 kinds
    #[arg(long, default_value_t = 6)]
    count: u32,
    /// The first made photo's number; others make a run on photos that nothing was tuned on
    #[arg(long, default_value_t = 1)]
    seed: u32,
    /// Finders are given photos whose longer side has so many pixels
    #[arg(long, value_name = "PIXELS", default_value_t = 1000)]
    side: u32,
    /// A folder of photographs instead of those that jscanify is tested with
    #[arg(long, value_name = "DIR", requires = "photos_truth")]
    photos: Option<PathBuf>,
    /// Their corners, as bench/paper/jscanify-photos.json has them
    #[arg(long, value_name = "FILE", requires = "photos")]
    photos_truth: Option<PathBuf>,
    /// Where the figures go, as JSON
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Builds the worker as it is shipped, runs it and the peers, prints the tables; fails where a goal is
/// missed.
pub fn run(place: &Place, options: &Options) -> Result<()> {
    let out = options.out.clone().unwrap_or_else(|| place.target.join("bench/paper.json"));
    let out = std::path::absolute(&out).with_context(|| format!("no path: {}", out.display()))?;
    setup::prepare(place, Purpose::Browser)?;
    fetch_peers(place, "jscanify")?;
    dist::build(place)?;
    say("Bench: every engine works on every photo, some minutes…");
    let mut node = run::command(place, "node");
    node.arg("bench/paper/run.mjs").arg("--ours").arg(place.dist().join("workers"));
    node.arg("--out").arg(out);
    for (flag, value) in
        [("--count", options.count), ("--seed", options.seed), ("--side", options.side)]
    {
        node.arg(flag).arg(value.to_string());
    }
    if let (Some(photos), Some(truth)) = (&options.photos, &options.photos_truth) {
        node.arg("--photos").arg(photos).arg("--photos-truth").arg(truth);
    }
    run::show(&mut node)
}
