//! `cargo xtask shots`: has end2end/shots.mjs write the gallery into shots/. Must not know which
//! screens there are.

use crate::check::end_to_end_command;
use crate::demo;
use crate::place::Place;
use crate::progress::say;
use crate::run;
use anyhow::{Result, bail};

/// Writes the gallery.
pub fn run(place: &Place) -> Result<()> {
    if !place.root.join("end2end").join("shots.mjs").is_file() {
        bail!("end2end/shots.mjs is missing, which takes the pictures");
    }
    demo::build_programs(place)?;
    let gallery = place.root.join("shots");
    let mut node = end_to_end_command(place, "node")?;
    run::show(node.arg("shots.mjs").env("MOTCUA_SHOTS", &gallery))?;
    say(&format!("The gallery is at {}", gallery.join("index.html").display()));
    Ok(())
}
