//! The QR reader beside jsQR, qr-scanner, @zxing/library, zxing-wasm and zbar-wasm: the same pictures
//! to all of them in one browser. What is measured and how it is judged is in bench/scan.

use super::fetch_peers;
use crate::dist;
use crate::place::Place;
use crate::progress::say;
use crate::run;
use crate::setup::{self, Purpose};
use anyhow::{Context, Result, bail};
use clap::Args;
use std::path::{Path, PathBuf};

/// Which pictures.
#[derive(Debug, Args)]
pub struct Options {
    /// A folder of pictures, looked through to the bottom. A text file of the same name beside a
    /// picture holds what it says; an empty one means that there is no code in it
    #[arg(long, value_name = "DIR")]
    images: PathBuf,
    /// Larger pictures are scaled down until their longer side has so many pixels
    #[arg(long, value_name = "PIXELS", default_value_t = 1280)]
    side: u32,
    /// Where the figures go, as JSON
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Builds the reader as it is shipped, runs it and the peers, prints the table.
pub fn run(place: &Place, options: &Options) -> Result<()> {
    let images = whole(&options.images)?;
    let out = options.out.clone().unwrap_or_else(|| place.target.join("bench/scan.json"));
    let out = std::path::absolute(&out).with_context(|| format!("no path: {}", out.display()))?;
    setup::prepare(place, Purpose::Browser)?;
    fetch_peers(place, "zxing-wasm")?;
    dist::build(place)?;
    say("Bench: every engine reads every picture…");
    let mut node = run::command(place, "node");
    node.arg("bench/scan/run.mjs").arg("--images").arg(images);
    node.arg("--ours").arg(place.dist().join("workers")).arg("--out").arg(out);
    run::show(node.arg("--side").arg(options.side.to_string()))
}

fn whole(folder: &Path) -> Result<PathBuf> {
    if !folder.is_dir() {
        bail!("{} is no folder of pictures", folder.display());
    }
    std::path::absolute(folder).with_context(|| format!("no path: {}", folder.display()))
}
