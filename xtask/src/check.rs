//! `cargo xtask test`: the stages in order, the time of each, and the sum of what their runners
//! counted. Must not know what is tested.

mod architecture;
mod browser_tests;
mod tally;

use crate::place::Place;
use crate::progress::{say, spell};
use crate::setup::{self, Purpose, find_browser};
use crate::{demo, dist, run};
use anyhow::Result;
use clap::ValueEnum;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};
use tally::Tally;

/// Flags of the tests.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Only these
    #[arg(long)]
    only: Option<Part>,
}

/// A part of the tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Format, lints, architecture, and tests without a browser
    Native,
    /// The browser-bound code in headless Chromium
    Wasm,
    /// The whole product in headless Chromium
    E2e,
}

/// Runs the stages; each runs even when another failed, unless it needs that one's product.
pub fn run(place: &Place, options: &Options) -> Result<ExitCode> {
    let wanted = |part| options.only.is_none_or(|only| only == part);
    let browser = wanted(Part::Wasm) || wanted(Part::E2e);
    setup::prepare(place, if browser { Purpose::Browser } else { Purpose::Demo })?;
    let mut report = Report::default();
    if wanted(Part::Native) {
        native(place, &mut report);
    }
    if wanted(Part::Wasm) {
        let workers = ["-p", "motcua-workers", "-p", "motcua-paper-worker"];
        let clippy = ["clippy", "--quiet", "--locked", "-p", "motcua"];
        let flags =
            ["--target", "wasm32-unknown-unknown", "--bins", "--lib", "--", "-D", "warnings"];
        report.stage("lints of the browser's code", || {
            tally::run(run::command(place, "cargo").args(clippy).args(workers).args(flags))
        });
        // The tests below compile the app in one piece.
        report.stage("lints of the app in parts", || {
            let mut cargo = run::command(place, "cargo");
            cargo.args(clippy).args(["--features", "parts", "--bins"]);
            cargo.args(["--target", "wasm32-unknown-unknown", "--", "-D", "warnings"]);
            tally::run(&mut cargo)
        });
        report.stage("tests of the browser's code, in Chromium", || {
            browser_tests::run(place, &find_browser()?)
        });
    }
    if wanted(Part::E2e) && report.stage("app, backend and simulators", || products(place)) {
        report.stage("size of the app", || {
            dist::check_size(place)?;
            Ok(Tally { passed: 1, failed: 0 })
        });
        report.stage("end to end, in Chromium", || end_to_end(place));
    }
    Ok(report.close())
}

fn native(place: &Place, report: &mut Report) {
    let cargo = |arguments: &[&str]| {
        let mut command = run::command(place, "cargo");
        command.args(arguments);
        command
    };
    report.stage("format", || tally::run(&mut cargo(&["fmt", "--all", "--check"])));
    report.stage("architecture", || architecture::check(place));
    let crates = ["--locked", "--workspace", "--exclude", "motcua"];
    let features = ["--features", "motcua-contract/openapi"];
    report.stage("lints", || {
        let mut clippy = cargo(&["clippy", "--quiet", "--all-targets"]);
        tally::run(clippy.args(crates).args(features).args(["--", "-D", "warnings"]))
    });
    // The app too: what in it touches no browser is tested here.
    report.stage("native tests", || {
        let mut test = cargo(&["test", "--no-fail-fast", "--locked", "--workspace"]);
        tally::run(test.args(features))
    });
    report.stage("the workers' loaders", || {
        let mut node = run::command(place, "node");
        node.arg("--test");
        node.arg("crates/workers/tests/loader.test.mjs");
        tally::run(node.arg("crates/paper-worker/tests/loader.test.mjs"))
    });
}

fn products(place: &Place) -> Result<Tally> {
    dist::build(place)?;
    demo::build_programs(place)?;
    Ok(Tally::default())
}

fn end_to_end(place: &Place) -> Result<Tally> {
    if !place.root.join("end2end").join("package.json").is_file() {
        say("There are no end-to-end tests yet: end2end/package.json is missing.");
        return Ok(Tally::default());
    }
    tally::run(end_to_end_command(place, "npm")?.args(["test", "--silent"]))
}

/// A command in end2end/, told where the product and the browser are.
pub fn end_to_end_command(place: &Place, program: &str) -> Result<Command> {
    let browser = find_browser()?;
    let mut command = run::command(place, program);
    command
        .current_dir(place.root.join("end2end"))
        .env("CHROME", &browser.program)
        .env("CHROMEDRIVER", &browser.driver)
        .env("MOTCUA_BACKEND_BIN", place.program("motcua-backend"))
        .env("MOTCUA_SIMULATORS_BIN", place.program("motcua-simulators"))
        .env("MOTCUA_SITE", place.dist());
    Ok(command)
}

/// What came out of each stage.
#[derive(Default)]
struct Report {
    lines: Vec<(String, Duration, bool)>,
    sum: Tally,
}

impl Report {
    /// Runs a stage; says whether it went well.
    fn stage(&mut self, name: &str, work: impl FnOnce() -> Result<Tally>) -> bool {
        say(&format!("\n── {name}"));
        let begun = Instant::now();
        let well = match work() {
            Ok(tally) => {
                self.sum.add(&tally);
                tally.failed == 0
            }
            Err(error) => {
                say(&format!("error: {error:#}"));
                self.sum.failed += 1;
                false
            }
        };
        self.lines.push((name.to_owned(), begun.elapsed(), well));
        well
    }

    fn close(self) -> ExitCode {
        say("");
        for (name, time, well) in &self.lines {
            let mark = if *well { "ok    " } else { "FAILED" };
            say(&format!("  {mark} {name} ({})", spell(*time)));
        }
        let well = self.lines.iter().all(|(_, _, well)| *well);
        say(&format!("\n{} passed, {} failed", self.sum.passed, self.sum.failed));
        if well { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}
