//! What the service worker keeps: writes the build's name and files into the built `sw.js`. Must not
//! know how the worker uses them.

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

/// Not kept from the start: the worker itself, what is fetched when first needed (nobody pays without a
/// network), and what a browser takes only while the app is installed.
const LEFT_OUT: [&str; 8] = [
    "/sw.js",
    "/workers/",
    "/README.md",
    "/fonts/OFL",
    "/guides/",
    "/icons/icon-",
    "/icons/maskable-",
    "/.built",
];

/// Fills in the two lines of `sw.js`.
pub fn fill_in(dist: &Path) -> Result<()> {
    let mut files = Vec::new();
    collect(dist, dist, &mut files)?;
    files.sort();
    let mut hash = Sha256::new();
    for file in &files {
        hash.update(file);
        hash.update(fs::read(dist.join(file.trim_start_matches('/')))?);
    }
    let build: String = hex::encode(hash.finalize()).chars().take(12).collect();
    // The page is kept under the address that it is asked for by.
    let kept: Vec<&str> = files
        .iter()
        .map(|file| if file == "/index.html" { "/" } else { file })
        .filter(|file| !LEFT_OUT.iter().any(|left_out| file.starts_with(left_out)))
        .collect();
    let path = dist.join("sw.js");
    let worker = fs::read_to_string(&path).with_context(|| format!("no {}", path.display()))?;
    let filled = worker
        .replace("const BUILD = \"\";", &format!("const BUILD = \"{build}\";"))
        .replace("const SHELL = [];", &format!("const SHELL = {};", serde_json::to_string(&kept)?));
    if filled.matches(&build).count() != 1 || !filled.contains("\"/\"") {
        bail!("{} does not have the lines to fill in", path.display());
    }
    fs::write(&path, filled).with_context(|| format!("cannot write {}", path.display()))
}

fn collect(dist: &Path, folder: &Path, files: &mut Vec<String>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(dist, &path, files)?;
        } else if path.extension().is_none_or(|extension| extension != "br") {
            let inside = path.strip_prefix(dist).context("a file outside dist")?;
            files.push(format!("/{}", inside.to_string_lossy()));
        }
    }
    Ok(())
}
