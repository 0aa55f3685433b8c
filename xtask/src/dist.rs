//! The app as it is served: its wasm in parts, all else built by Trunk into dist/, compressed, within
//! its size budget. Owns the question whether it must be built again; must not know who serves it.

mod budget;
mod compress;
mod inputs;
mod offline;
mod page;
mod parts;

use crate::place::Place;
use crate::progress::{say, spell};
use crate::run;
use anyhow::{Context, Result};
use std::fs::{self, File};
use std::time::{Instant, SystemTime};

/// Lies in dist/ when that is whole; Trunk empties the folder each time, and with it this file.
const STAMP: &str = ".built";

/// Whether the built app keeps to its size budget; fails beyond it.
pub fn check_size(place: &Place) -> Result<()> {
    budget::check(&place.dist())
}

/// Builds the app if anything that it is made of has changed since. Says its size; who wants it
/// small enough asks `check_size`.
pub fn build(place: &Place) -> Result<()> {
    let stamp = place.dist().join(STAMP);
    let made = fs::metadata(&stamp).and_then(|data| data.modified()).ok();
    if made.is_some_and(|made| inputs::newest(place) < made) {
        say("App: dist/ is up to date");
        return Ok(());
    }
    let begun = Instant::now();
    let from = SystemTime::now();
    say("App: building (release), about 3 minutes when nothing is compiled yet…");
    // Trunk calls cargo offline; what is missing is fetched before.
    run::show(run::command(place, "cargo").args(["fetch", "--locked", "--quiet"]))?;
    let app = parts::build(place)?;
    let page = page::Page::write(place, &app.tags)?;
    let mut trunk = run::command(place, "trunk");
    trunk.args(["build", "--release", "--html-output", "index.html"]);
    trunk.arg("--dist").arg(place.dist()).arg(&page.path);
    // Trunk refuses NO_COLOR=1, which some environments set.
    run::show(trunk.env_remove("NO_COLOR"))?;
    app.put(&place.dist())?;
    offline::fill_in(&place.dist())?;
    compress::folder(&place.dist())?;
    if let Err(error) = budget::check(&place.dist()) {
        say(&format!("warning: {error:#}"));
    }
    let file = File::create(&stamp).with_context(|| format!("cannot write {}", stamp.display()))?;
    file.set_modified(from)?;
    say(&format!("App: built in {}", spell(begun.elapsed())));
    Ok(())
}
