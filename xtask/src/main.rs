//! The project's commands, `cargo xtask …`: their names, flags and order of steps. What each step
//! does is in the modules; nothing here knows the product.

mod bare;
mod bench;
mod check;
mod demo;
mod dist;
mod place;
mod progress;
mod run;
mod setup;
mod shots;
mod vectors;

use anyhow::Result;
use clap::{Parser, Subcommand};
use place::Place;
use setup::Purpose;
use std::process::ExitCode;

/// Một Cửa: try it, test it, picture it. Each command does the set-up that it needs.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the app and run it with the backend and the simulators
    Demo(demo::Options),
    /// Run every test: native, wasm in a browser, end to end
    Test(check::Options),
    /// Write a gallery of every screen into shots/
    Shots,
    /// Measure beside named peers; prints a table and keeps it as JSON
    #[command(subcommand)]
    Bench(bench::Bench),
    /// Check a file of payment vectors: pass or fail by id
    Vectors(vectors::Options),
    /// Only do the set-up of demo and test
    Setup,
    /// Only build the app, compressed, into dist/
    Dist,
    /// Remove what set-up put into the cache directory
    CleanCache,
    /// Prove the commands on a bare machine (slow): clean clone, empty cache, no wasm target
    #[command(hide = true)]
    Bare(bare::Options),
}

fn main() -> ExitCode {
    match obey(Arguments::parse().command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn obey(command: Command) -> Result<ExitCode> {
    let place = Place::find()?;
    match command {
        Command::Demo(options) => {
            setup::prepare(&place, Purpose::Demo)?;
            if !options.trunk {
                dist::build(&place)?;
            }
            demo::run(&place, &options)?;
        }
        Command::Test(options) => return check::run(&place, &options),
        Command::Shots => {
            setup::prepare(&place, Purpose::Browser)?;
            dist::build(&place)?;
            shots::run(&place)?;
        }
        Command::Bench(bench) => bench::run(&place, bench)?,
        Command::Vectors(options) => return vectors::run(&place, &options),
        Command::Setup => setup::prepare(&place, Purpose::Browser)?,
        Command::Dist => {
            setup::prepare(&place, Purpose::Demo)?;
            dist::build(&place)?;
            dist::check_size(&place)?;
        }
        Command::CleanCache => setup::clean(&place)?,
        Command::Bare(options) => bare::run(&place, &options)?,
    }
    Ok(ExitCode::SUCCESS)
}
