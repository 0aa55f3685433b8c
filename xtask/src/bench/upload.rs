//! Uploads over a link that breaks, beside tus-js-client and a plain POST, in one browser; and our client
//! against tus servers that nobody here wrote. What is measured and how it is judged is in bench/upload.

use super::fetch_peers;
use crate::place::Place;
use crate::progress::say;
use crate::run;
use crate::setup::{self, Purpose, find_browser};
use crate::{demo, dist};
use anyhow::{Context, Result};
use clap::Args;
use std::path::PathBuf;

/// How often.
#[derive(Debug, Args)]
pub struct Options {
    /// Seeds of chance; each is a link that breaks at other places
    #[arg(long, default_value_t = 100)]
    seeds: u32,
    /// Average bytes between two breaks, separated by commas
    #[arg(long, default_value = "1000000,300000")]
    means: String,
    /// Where the figures go, as JSON
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// The server in Python, and what runs it.
const PYTHON_PACKAGES: [&str; 3] = ["tuspyserver==4.4.3", "fastapi", "uvicorn"];

/// Builds app and backend as the tests do, fetches peers and servers, runs, prints the tables. Fails when
/// our goodput is below tus-js-client's.
pub fn run(place: &Place, options: &Options) -> Result<()> {
    let out = options.out.clone().unwrap_or_else(|| place.target.join("bench/upload.json"));
    let out = std::path::absolute(&out).with_context(|| format!("no path: {}", out.display()))?;
    setup::prepare(place, Purpose::Browser)?;
    fetch_peers(place, "tus-js-client")?;
    let python = python(place);
    dist::build(place)?;
    demo::build_programs(place)?;
    say("Bench: the same file over the same links, again and again…");
    let mut node = run::command(place, "node");
    node.env("CHROME", &find_browser()?.program)
        .env("MOTCUA_BACKEND_BIN", place.program("motcua-backend"))
        .env("MOTCUA_SIMULATORS_BIN", place.program("motcua-simulators"))
        .env("MOTCUA_SITE", place.dist());
    node.arg("bench/upload/run.mjs").arg("--out").arg(out);
    node.arg("--seeds").arg(options.seeds.to_string()).arg("--means").arg(&options.means);
    if let Some(python) = python {
        node.arg("--python").arg(python);
    }
    run::show(&mut node)
}

/// A Python of its own with tuspyserver; without one that server is left out, and the table says so.
fn python(place: &Place) -> Option<PathBuf> {
    let home = place.target.join("bench/tuspyserver");
    let program = home.join("bin/python");
    let ready = home.join("ready");
    if ready.is_file() {
        return Some(program);
    }
    say("Bench: fetching tuspyserver");
    let mut make = run::command(place, "python3");
    let made = run::log(place, "bench-venv", make.args(["-m", "venv"]).arg(&home));
    let mut pip = run::command(place, "python3");
    pip.arg("-m").arg("pip").arg("--python").arg(&program).args(["install", "--quiet"]);
    let fetched = made.and_then(|()| run::log(place, "bench-pip", pip.args(PYTHON_PACKAGES)));
    match fetched.and_then(|()| Ok(std::fs::write(&ready, "")?)) {
        Ok(()) => Some(program),
        Err(why) => {
            say(&format!("Bench: no tuspyserver here: {why:#}"));
            None
        }
    }
}
