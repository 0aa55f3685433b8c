//! How many compressed bytes a phone on a slow link may be asked to fetch, and whether the build
//! keeps to it. Owns the numbers.

use super::compress::compressed;
use crate::progress::say;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;

struct Line {
    what: &'static str,
    folder: &'static str,
    starts: &'static str,
    ends: &'static str,
    most: u64,
}

// The app is one module with all its screens. 200 kB for the first journey is where it must come to
// (ARCHITECTURE.md), by loading the other journeys' screens when they are opened; until that split
// each new journey may add to it, and the line says how far.
const LINES: [Line; 7] = [
    Line { what: "first page", folder: "", starts: "index", ends: ".html", most: 14_000 },
    Line { what: "app", folder: "", starts: "motcua-", ends: ".wasm", most: 540_000 },
    Line { what: "app's glue", folder: "", starts: "motcua-", ends: ".js", most: 12_000 },
    Line {
        what: "QR reader",
        folder: "workers",
        starts: "motcua-workers",
        ends: ".wasm",
        most: 37_500,
    },
    Line { what: "QR worker", folder: "workers", starts: "qr", ends: ".js", most: 2_500 },
    // With its worker no more than 60 kB, of which a quarter is writing PDF and reading file headers.
    Line {
        what: "paper pipeline",
        folder: "workers",
        starts: "motcua-paper-worker",
        ends: ".wasm",
        most: 55_500,
    },
    Line { what: "paper worker", folder: "workers", starts: "paper", ends: ".js", most: 4_500 },
];

/// Reports the sizes, and fails beyond the budget.
pub fn check(dist: &Path) -> Result<()> {
    let mut beyond = Vec::new();
    say("Size, compressed:");
    for line in &LINES {
        let size = size_of(&dist.join(line.folder), line)?;
        let mark = if size > line.most { "  ← too much" } else { "" };
        say(&format!("  {:<17} {:>8} of {:>8} bytes{mark}", line.what, size, line.most));
        if size > line.most {
            beyond.push(line.what);
        }
    }
    if !beyond.is_empty() {
        bail!(
            "too large: {}. Make it smaller, or change the budget with a reason",
            beyond.join(", ")
        );
    }
    Ok(())
}

fn size_of(folder: &Path, line: &Line) -> Result<u64> {
    for entry in fs::read_dir(folder).with_context(|| format!("no {}", folder.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(line.starts) && name.ends_with(line.ends) {
            return Ok(fs::metadata(compressed(&entry.path()))?.len());
        }
    }
    bail!("{} holds no {}*{}", folder.display(), line.starts, line.ends)
}
