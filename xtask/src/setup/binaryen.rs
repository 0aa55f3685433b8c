//! wasm-opt, from the npm package of binaryen: Debian's own is too old for today's wasm. Must not
//! install anything globally.

use super::{fill, versions};
use crate::place::Place;
use crate::{progress, run};
use anyhow::{Result, bail};
use std::fs;
use std::path::PathBuf;

fn folder(place: &Place) -> PathBuf {
    place.tools.join(format!("binaryen-{}", versions::BINARYEN))
}

/// Where its programs are.
pub fn programs(place: &Place) -> PathBuf {
    folder(place).join("node_modules").join(".bin")
}

/// Whether it is there. The folder gets its name when it is whole and was seen to run.
pub fn is_present(place: &Place) -> bool {
    programs(place).join("wasm-opt").exists()
}

/// Fetches it.
pub fn install(place: &Place, title: &str) -> Result<()> {
    progress::during(&format!("{title}: fetching with npm, about 20 seconds"), || {
        fill(&folder(place), |part| {
            fs::write(part.join("package.json"), "{\"private\":true}\n")?;
            let package = format!("binaryen@{}.0.0", versions::BINARYEN);
            let mut npm = run::command(place, "npm");
            npm.args(["install", "--no-audit", "--no-fund", "--no-save", "--prefix"]);
            npm.arg(part).arg(package).current_dir(part);
            run::log(place, "binaryen", &mut npm)?;
            let program = part.join("node_modules").join(".bin").join("wasm-opt");
            let mut asked = run::command(place, &program.to_string_lossy());
            let output = asked.arg("--version").output()?;
            if !String::from_utf8_lossy(&output.stdout).contains(versions::BINARYEN) {
                bail!("npm fetched it, but wasm-opt does not run as {}", versions::BINARYEN);
            }
            Ok(())
        })
    })
}
