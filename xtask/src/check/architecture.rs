//! The rules that keep the workspace in its shape: which crate may know which, where the browser's
//! names may stand, and that every file says what it owns. Reads cargo's metadata and the sources.

use super::tally::Tally;
use crate::place::{self, Place};
use crate::progress::say;
use crate::setup::Tools;
use anyhow::{Context, Result};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// What each crate may depend on of ours, and what only its tests may.
const MAY_KNOW: [(&str, &[&str], &[&str]); 16] = [
    ("motcua", &["motcua-contract", "motcua-domain", "motcua-journeys"], &[]),
    ("motcua-domain", &[], &[]),
    ("motcua-contract", &["motcua-domain"], &[]),
    ("motcua-journeys", &["motcua-contract", "motcua-domain"], &[]),
    ("motcua-gateways", &["motcua-domain"], &[]),
    (
        "motcua-backend",
        &[
            "motcua-contract",
            "motcua-domain",
            "motcua-gateways",
            "motcua-inspect",
            "motcua-receipt",
            "motcua-signatures",
        ],
        &["motcua-simulators"],
    ),
    ("motcua-inspect", &[], &[]),
    ("motcua-receipt", &[], &[]),
    ("motcua-signatures", &[], &[]),
    ("motcua-simulators", &["motcua-domain", "motcua-gateways"], &[]),
    ("motcua-paper", &[], &[]),
    ("motcua-paper-worker", &["motcua-paper"], &["motcua-domain"]),
    ("motcua-qr-reader", &[], &[]),
    ("motcua-workers", &["motcua-qr-reader"], &[]),
    ("motcua-bench-search", &["motcua-contract", "motcua-domain"], &[]),
    ("xtask", &[], &[]),
];

/// Where the browser's own names may stand.
const BROWSER_BOUND: [&str; 5] =
    ["src/browser", "src/browser.rs", "src/main.rs", "crates/workers", "crates/paper-worker"];

/// Checks all rules; each breach is said and counted.
pub fn check(place: &Place) -> Result<Tally> {
    let sources = sources(place)?;
    let rules: [(&str, Vec<String>); 4] = [
        ("crates know only what lies below them", dependencies(place)?),
        (
            "only src/browser, main.rs and the workers name web_sys and js_sys",
            browser_names(&sources),
        ),
        ("every file opens with what it owns", openings(&sources)),
        ("Trunk.toml names the tools that set-up makes", tools(place)?),
    ];
    let mut tally = Tally::default();
    for (rule, breaches) in rules {
        say(&format!("{} {rule}", if breaches.is_empty() { "ok    " } else { "FAILED" }));
        for breach in &breaches {
            say(&format!("         {breach}"));
        }
        if breaches.is_empty() { tally.passed += 1 } else { tally.failed += 1 }
    }
    Ok(tally)
}

fn dependencies(place: &Place) -> Result<Vec<String>> {
    let arguments = ["metadata", "--format-version", "1", "--no-deps", "--locked"];
    let text = place::ask(&place.root, "cargo", &arguments)?;
    let metadata: Value = serde_json::from_str(&text).context("cargo's metadata is not JSON")?;
    let packages = metadata["packages"].as_array().cloned().unwrap_or_default();
    let ours: Vec<&str> = packages.iter().filter_map(|package| package["name"].as_str()).collect();
    let mut breaches = Vec::new();
    for package in &packages {
        let name = package["name"].as_str().unwrap_or_default();
        let Some((_, always, in_tests)) = MAY_KNOW.iter().find(|(known, ..)| *known == name) else {
            breaches.push(format!("{name} is not in the list of crates in {}", file!()));
            continue;
        };
        for needed in package["dependencies"].as_array().into_iter().flatten() {
            let other = needed["name"].as_str().unwrap_or_default();
            let allowed =
                always.contains(&other) || (needed["kind"] == "dev" && in_tests.contains(&other));
            if ours.contains(&other) && !allowed {
                breaches.push(format!("{name} must not depend on {other}"));
            }
        }
    }
    Ok(breaches)
}

/// Every Rust file of ours: its path in the checkout and its text.
fn sources(place: &Place) -> Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for folder in ["src", "tests", "crates", "xtask"] {
        collect(&place.root.join(folder), &mut files)?;
    }
    files
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            let name = path.strip_prefix(&place.root).unwrap_or(&path);
            Ok((name.to_string_lossy().into_owned(), text))
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    Ok(())
}

fn browser_names(sources: &[(String, String)]) -> Vec<String> {
    let names = [["web", "sys"].join("_"), ["js", "sys"].join("_")];
    sources
        .iter()
        .filter(|(path, _)| !path.starts_with("tests/"))
        .filter(|(path, _)| !BROWSER_BOUND.iter().any(|bound| path.starts_with(bound)))
        .filter(|(_, text)| {
            text.lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .any(|line| names.iter().any(|name| line.contains(&format!("{name}::"))))
        })
        .map(|(path, _)| path.clone())
        .collect()
}

fn openings(sources: &[(String, String)]) -> Vec<String> {
    let closed = sources.iter().filter(|(_, text)| !text.starts_with("//! "));
    closed.map(|(path, _)| format!("{path} does not open with //!")).collect()
}

fn tools(place: &Place) -> Result<Vec<String>> {
    let text = fs::read_to_string(place.root.join("Trunk.toml")).context("no Trunk.toml")?;
    let tools = Tools::find(place)?;
    let wanted = [
        format!("wasm_bindgen = \"{}\"", tools.wasm_bindgen),
        format!("wasm_opt = \"version_{}\"", tools.binaryen),
    ];
    let missing = wanted.iter().filter(|line| !text.contains(*line));
    Ok(missing.map(|line| format!("Trunk.toml lacks: {line}")).collect())
}
