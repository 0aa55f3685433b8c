//! `cargo xtask vectors FILE`: checks payment vectors of the shape of those in
//! `crates/gateways/tests/vectors`. Only starts the example that does it, which the crate's own tests
//! share, because xtask knows none of our crates.

use crate::place::Place;
use crate::run;
use anyhow::{Context, Result};
use clap::Args;
use std::path::{self, PathBuf};
use std::process::ExitCode;

/// Which file.
#[derive(Debug, Args)]
pub struct Options {
    /// A JSON object of sections, one for each channel
    file: PathBuf,
}

/// Prints pass or fail by id. Fails when a vector does, or when the file has a section or an
/// operation that is not known.
pub fn run(place: &Place, options: &Options) -> Result<ExitCode> {
    // The command is run in the checkout, wherever we were called.
    let file = path::absolute(&options.file).context("the file has no place")?;
    let mut cargo = run::command(place, "cargo");
    cargo.args(["run", "--quiet", "--locked", "--package", "motcua-gateways"]);
    cargo.args(["--example", "vectors", "--"]).arg(file);
    let status = cargo.status().context("cargo cannot be run")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
