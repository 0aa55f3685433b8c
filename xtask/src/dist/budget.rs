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

/// Files of which only the sum has a line.
struct Sum {
    what: &'static str,
    starts: &'static [&'static str],
    most: u64,
}

// What a phone fetches of the app's wasm all in all, most of it while it has nothing else to do.
const WHOLE: Sum = Sum {
    what: "app, all parts",
    starts: &["motcua-", "part-", "shared-", "parts-"],
    most: 865_000,
};

// 200 kB for the first part is where it must come to (ARCHITECTURE.md). What it has beyond 280 is what a citizen
// does after filing: every word of every part stands in the first one's data, and so do the settings' list and
// the look whether feedback waits to be sent.
// A device that is everybody's costs 34 kB of the whole: a part of its own, and 4 kB of the first for keeping in the
// memory what else comes to the disk. Feedback and "my data" cost 90: a part of their own, and what it shares with
// filing and following a dossier.
const LINES: [Line; 18] = [
    Line { what: "first page", folder: "", starts: "index", ends: ".html", most: 14_000 },
    Line { what: "app, first part", folder: "", starts: "motcua-", ends: ".wasm", most: 290_800 },
    Line { what: "app's glue", folder: "", starts: "motcua-", ends: ".js", most: 12_500 },
    Line { what: "loader of parts", folder: "", starts: "parts-", ends: ".js", most: 1_950 },
    Line {
        what: "shared: scanning",
        folder: "",
        starts: "shared-scanning-",
        ends: ".bin",
        most: 25_000,
    },
    Line { what: "shared: after", folder: "", starts: "shared-after-", ends: ".bin", most: 36_500 },
    Line {
        what: "shared: filing",
        folder: "",
        starts: "shared-filing-",
        ends: ".bin",
        most: 58_500,
    },
    Line {
        what: "part: scanning",
        folder: "",
        starts: "part-scanning-",
        ends: ".wasm",
        most: 20_000,
    },
    Line { what: "part: filing", folder: "", starts: "part-filing-", ends: ".wasm", most: 139_000 },
    Line {
        what: "part: capture",
        folder: "",
        starts: "part-capture-",
        ends: ".wasm",
        most: 41_000,
    },
    Line { what: "part: after", folder: "", starts: "part-after-", ends: ".wasm", most: 99_000 },
    Line { what: "part: beside", folder: "", starts: "part-beside-", ends: ".wasm", most: 46_000 },
    Line { what: "part: voice", folder: "", starts: "part-voice-", ends: ".wasm", most: 80_000 },
    Line {
        what: "part: counter",
        folder: "",
        starts: "part-counter-",
        ends: ".wasm",
        most: 27_000,
    },
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
    let whole = sum_of(dist)?;
    let mark = if whole > WHOLE.most { "  ← too much" } else { "" };
    say(&format!("  {:<17} {whole:>8} of {:>8} bytes{mark}", WHOLE.what, WHOLE.most));
    if whole > WHOLE.most {
        beyond.push(WHOLE.what);
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

fn sum_of(dist: &Path) -> Result<u64> {
    let mut sum = 0;
    for entry in fs::read_dir(dist).with_context(|| format!("no {}", dist.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".br") && WHOLE.starts.iter().any(|start| name.starts_with(start)) {
            sum += entry.metadata()?.len();
        }
    }
    Ok(sum)
}
