//! Running other programs: with the project's tools on PATH, without what cargo told this program
//! about itself, and with failures that say what to look at. Must not know what they are run for.

use crate::place::Place;
use anyhow::{Context, Result, bail};
use std::env;
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Lines of a log that a failure shows.
const LAST_LINES: usize = 25;

/// A command in the checkout, with the tools on its PATH. The user's own PATH stays as it is.
pub fn command(place: &Place, program: &str) -> Command {
    let mut command = Command::new(program);
    command.current_dir(&place.root).env("PATH", path_with_tools(place));
    // `cargo run` describes the xtask crate to us; to a cargo below us that would be wrong.
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        let about_us = text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_");
        if about_us || text == "LD_LIBRARY_PATH" {
            command.env_remove(&name);
        }
    }
    command
}

fn path_with_tools(place: &Place) -> OsString {
    let mut folders: Vec<PathBuf> = crate::setup::tool_folders(place);
    folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    env::join_paths(folders).unwrap_or_default()
}

/// A program on PATH.
pub fn find_program(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    names.iter().find_map(|name| {
        env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
    })
}

/// Runs a command in view, and fails when it does.
pub fn show(command: &mut Command) -> Result<()> {
    let line = spell(command);
    let status = command.status().with_context(|| format!("`{line}` cannot be run"))?;
    if !status.success() {
        bail!("`{line}` failed ({status})");
    }
    Ok(())
}

/// Runs a command out of sight, its words going to a log; a failure shows the last of them.
pub fn log(place: &Place, name: &str, command: &mut Command) -> Result<()> {
    let folder = place.cache().join("logs");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let path = folder.join(format!("{name}.log"));
    let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
    let line = spell(command);
    let status = command
        .stdin(Stdio::null())
        .stdout(file.try_clone()?)
        .stderr(file)
        .status()
        .with_context(|| format!("`{line}` cannot be run"))?;
    if !status.success() {
        bail!("`{line}` failed ({status}). Its last words ({}):\n{}", path.display(), tail(&path));
    }
    Ok(())
}

/// The last lines of a file.
pub fn tail(path: &Path) -> String {
    let text = fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let text = text.unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    let from = lines.len().saturating_sub(LAST_LINES);
    lines[from..].iter().map(|line| format!("  | {line}\n")).collect()
}

fn spell(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}
