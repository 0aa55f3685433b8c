//! Tools that cargo builds from source, each into a folder of the cache named after its version.
//! Must not touch the user's cargo home or PATH.

use super::{fill, versions};
use crate::place::Place;
use crate::{progress, run};
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A tool to build.
#[derive(Debug, Clone)]
pub struct CargoTool {
    /// Its package.
    pub package: &'static str,
    /// Its version.
    pub version: String,
    /// The program that says which version it is.
    program: &'static str,
    /// Whether the versions of its own Cargo.lock are tried first.
    locked: bool,
    /// How long building takes on a small machine.
    patience: &'static str,
}

/// The bundler.
pub fn trunk() -> CargoTool {
    CargoTool {
        package: "trunk",
        version: versions::TRUNK.to_owned(),
        program: "trunk",
        locked: true,
        patience: "about 6 minutes",
    }
}

/// wasm-bindgen's programs: the one that Trunk calls, and the test runner.
pub fn wasm_bindgen(version: &str) -> CargoTool {
    CargoTool {
        package: "wasm-bindgen-cli",
        version: version.to_owned(),
        program: "wasm-bindgen",
        locked: false,
        patience: "about 3 minutes",
    }
}

impl CargoTool {
    fn folder(&self, place: &Place) -> PathBuf {
        place.tools.join(format!("{}-{}", self.package, self.version))
    }

    /// Where its programs are.
    pub fn programs(&self, place: &Place) -> PathBuf {
        self.folder(place).join("bin")
    }

    /// Whether it is there, runs, and is of the right version.
    pub fn is_present(&self, place: &Place) -> bool {
        self.runs(&self.programs(place))
    }

    fn runs(&self, programs: &Path) -> bool {
        let output = Command::new(programs.join(self.program)).arg("--version").output();
        output.is_ok_and(|said| {
            String::from_utf8_lossy(&said.stdout)
                .split_whitespace()
                .any(|word| word == self.version)
        })
    }

    /// Builds it. Cargo keeps what it has compiled, so that an interrupted build goes on.
    pub fn install(&self, place: &Place, title: &str) -> Result<()> {
        let what = format!("{title}: building, {}", self.patience);
        progress::during(&what, || {
            fill(&self.folder(place), |part| {
                match self.build(place, part, self.locked) {
                    Err(_) if self.locked => self.build(place, part, false)?,
                    outcome => outcome?,
                }
                if !self.runs(&part.join("bin")) {
                    bail!("it was built, but does not run as version {}", self.version);
                }
                Ok(())
            })
        })?;
        // The programs are there; what they were built from may go.
        let _ = std::fs::remove_dir_all(self.workshop(place));
        Ok(())
    }

    fn workshop(&self, place: &Place) -> PathBuf {
        place.cache().join("build").join(self.package)
    }

    fn build(&self, place: &Place, root: &Path, locked: bool) -> Result<()> {
        let mut command = run::command(place, "cargo");
        // Not in the checkout: its .cargo/config.toml and toolchain file are for the product.
        command.current_dir(place.cache());
        command.args(["install", "--debug", "--force", self.package, "--version", &self.version]);
        command.arg("--root").arg(root).env("CARGO_TARGET_DIR", self.workshop(place));
        if locked {
            command.arg("--locked");
        }
        run::log(place, self.package, &mut command)
    }
}
