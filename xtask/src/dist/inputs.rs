//! What the app is made of, and when any of it changed last. Must not read any file's contents.

use crate::place::Place;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

const INPUTS: [&str; 17] = [
    "src",
    "style",
    "public",
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    ".cargo/config.toml",
    "crates/contract",
    "crates/domain",
    "crates/journeys",
    "crates/paper",
    "crates/paper-worker",
    "crates/qr-reader",
    "crates/workers",
    "xtask/src/dist",
];

/// When anything was last written, added or removed.
pub fn newest(place: &Place) -> SystemTime {
    let times = INPUTS.map(|input| newest_in(&place.root.join(input)));
    times.into_iter().max().unwrap_or(SystemTime::UNIX_EPOCH)
}

fn newest_in(path: &Path) -> SystemTime {
    let Ok(data) = fs::metadata(path) else { return SystemTime::UNIX_EPOCH };
    let own = data.modified().unwrap_or(SystemTime::UNIX_EPOCH);
    let Ok(entries) = fs::read_dir(path) else { return own };
    entries.flatten().map(|entry| newest_in(&entry.path())).fold(own, SystemTime::max)
}
