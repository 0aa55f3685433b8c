//! Set-up: everything that a bare machine lacks, step by step, each of them cheap when it was done
//! before and safe to interrupt. Owns the list of steps; how each is done is in the files below.

mod apt;
mod binaryen;
mod browser;
mod cargo_tool;
mod debian_source;
mod node_modules;
mod versions;
mod wasm_std;

pub use browser::{Browser, find_browser};

use crate::place::Place;
use crate::progress::{say, spell};
use crate::run;
use anyhow::{Context, Result};
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

/// What the set-up is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Building and running the app.
    Demo,
    /// And testing or picturing it in a browser.
    Browser,
}

/// Says whether a step was done before.
type IsDone = Box<dyn Fn(&Place) -> Result<bool>>;
/// Does a step under this title.
type Work = Box<dyn Fn(&Place, &str) -> Result<()>>;

/// A step of the set-up.
struct Step {
    name: String,
    is_done: IsDone,
    work: Work,
}

/// Does what is not done yet, and says so; quiet when nothing is missing.
pub fn prepare(place: &Place, purpose: Purpose) -> Result<()> {
    let begun = Instant::now();
    let steps = list(place, purpose)?;
    let count = steps.len();
    let mut worked = false;
    for (number, step) in (1..).zip(&steps) {
        let title = format!("[{number}/{count}] {}", step.name);
        if (step.is_done)(place).with_context(|| step.name.clone())? {
            continue;
        }
        if !worked {
            say("Set-up: what is missing is made now, once; it can be interrupted and run again.");
        }
        worked = true;
        (step.work)(place, &title).with_context(|| step.name.clone())?;
    }
    wasm_std::drop_old_artefacts(place)?;
    say(&format!("Set-up: {count} of {count} in place ({})", spell(begun.elapsed())));
    Ok(())
}

fn list(place: &Place, purpose: Purpose) -> Result<Vec<Step>> {
    let bindgen = versions::wasm_bindgen(place)?;
    let mut steps = vec![
        Step {
            name: "Rust for WebAssembly".into(),
            is_done: Box::new(wasm_std::is_present),
            work: Box::new(wasm_std::install),
        },
        cargo_tool_step(cargo_tool::wasm_bindgen(&bindgen)),
        cargo_tool_step(cargo_tool::trunk()),
        Step {
            name: "Node and npm".into(),
            is_done: Box::new(|_| Ok(run::find_program(&["npm"]).is_some())),
            work: Box::new(|place, title| apt::install(place, title, &["nodejs", "npm"])),
        },
        Step {
            name: format!("wasm-opt {}", versions::BINARYEN),
            is_done: Box::new(|place| Ok(binaryen::is_present(place))),
            work: Box::new(binaryen::install),
        },
    ];
    if purpose == Purpose::Browser {
        steps.push(Step {
            name: "Chromium, its driver, Firefox, and a camera's picture".into(),
            is_done: Box::new(|_| Ok(browser::missing_packages().is_empty())),
            work: Box::new(browser::install),
        });
        steps.push(Step {
            name: "Node modules of end2end".into(),
            is_done: Box::new(node_modules::is_present),
            work: Box::new(node_modules::install),
        });
    }
    Ok(steps)
}

fn cargo_tool_step(tool: cargo_tool::CargoTool) -> Step {
    let again = tool.clone();
    Step {
        name: format!("{} {}", tool.package, tool.version),
        is_done: Box::new(move |place| Ok(again.is_present(place))),
        work: Box::new(move |place, title| tool.install(place, title)),
    }
}

/// The versions that another file of the checkout repeats.
pub struct Tools {
    /// wasm-bindgen's, from Cargo.lock.
    pub wasm_bindgen: String,
    /// Binaryen's.
    pub binaryen: &'static str,
}

impl Tools {
    /// Finds them.
    pub fn find(place: &Place) -> Result<Self> {
        let wasm_bindgen = versions::wasm_bindgen(place)?;
        Ok(Self { wasm_bindgen, binaryen: versions::BINARYEN })
    }
}

/// The folders of programs that set-up put into the cache, for the PATH of our own commands.
pub fn tool_folders(place: &Place) -> Vec<PathBuf> {
    let mut folders = vec![binaryen::programs(place), cargo_tool::trunk().programs(place)];
    if let Ok(version) = versions::wasm_bindgen(place) {
        folders.push(cargo_tool::wasm_bindgen(&version).programs(place));
    }
    folders
}

/// Removes what set-up put into the cache, and says what it leaves.
pub fn clean(place: &Place) -> Result<()> {
    let folder = place.cache();
    if folder.is_dir() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
        say(&format!("Removed {}.", folder.display()));
    } else {
        say(&format!("Nothing to remove: there is no {}.", folder.display()));
    }
    say("Left in place, for they may serve others too:");
    say("  - Rust's wasm32-unknown-unknown in the toolchain. Remove it with");
    say("    `rustup target remove wasm32-unknown-unknown`, or, when set-up built it itself,");
    say("    by deleting lib/rustlib/wasm32-unknown-unknown in `rustc --print sysroot`.");
    say("  - Debian packages (chromium, chromium-driver, ffmpeg, qrencode, nodejs, npm).");
    say("  - This checkout's own target/, dist/, .demo/, shots/ and end2end/node_modules/.");
    Ok(())
}

/// A folder that is filled under a name of its own and gets its true name when it is whole, so that
/// an interrupted run leaves nothing that looks finished.
fn fill(folder: &std::path::Path, work: impl FnOnce(&std::path::Path) -> Result<()>) -> Result<()> {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = folder.with_file_name(name);
    fs::create_dir_all(&part).with_context(|| format!("cannot make {}", part.display()))?;
    work(&part)?;
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("cannot remove the old {}", folder.display()))?;
    }
    fs::rename(&part, folder)
        .with_context(|| format!("cannot rename {} to {}", part.display(), folder.display()))
}
