//! The search beside fuse.js, minisearch and flexsearch: builds ours as wasm, gives every engine the
//! same catalogue and queries, in one Node process. What is measured is in bench/search/run.mjs.

use super::fetch_peers;
use crate::place::Place;
use crate::progress::say;
use crate::run;
use anyhow::{Context, Result};
use clap::Args;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// Which queries.
#[derive(Debug, Args)]
pub struct Options {
    /// Files of queries: a query, a tab, its code (or several, separated by `|`); # begins a comment
    #[arg(long, value_name = "FILE")]
    queries: Vec<PathBuf>,
    /// Where the figures go, as JSON
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Builds, runs, prints.
pub fn run(place: &Place, options: &Options) -> Result<()> {
    let folder = place.target.join("bench");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    fetch_peers(place, "esbuild")?;
    let document = folder.join("catalogue.json");
    let file =
        File::create(&document).with_context(|| format!("cannot write {}", document.display()))?;
    let mut cargo = run::command(place, "cargo");
    cargo.args(["run", "-q", "-p", "motcua-backend", "--example", "catalogue_document"]);
    run::show(cargo.stdout(file))?;

    say("Bench: building our search for wasm");
    let empty = build(place, &folder.join("search-empty"), &["--features", "without-search"])?;
    let engine = folder.join("search");
    let whole = build(place, &engine, &[])?;
    let ours = whole.saturating_sub(empty);

    let dev = place.root.join("bench/queries/dev.tsv");
    let files = match options.queries.as_slice() {
        [] => ["dev", "held-out", "third", "stranger-dev", "stranger-held-out"]
            .into_iter()
            .map(|name| place.root.join(format!("bench/queries/{name}.tsv")))
            .collect(),
        given => given.to_vec(),
    };
    let out = options.out.clone().unwrap_or_else(|| folder.join("search.json"));
    let mut node = run::command(place, "node");
    node.arg("bench/search/run.mjs").arg("--document").arg(&document).arg("--engine").arg(&engine);
    node.arg("--bytes").arg(ours.to_string()).arg("--choose").arg(dev).arg("--out").arg(&out);
    run::show(node.args(files))?;
    say(&format!("Figures: {}", out.display()));
    say("Bytes of ours: what the search adds to a module that reads the catalogue (brotli).");

    say("Bench: the same natively");
    let mut cargo = run::command(place, "cargo");
    cargo.args(["run", "-q", "--release", "-p", "motcua-contract", "--example", "search_speed"]);
    run::show(cargo.arg("--").arg(&document).arg("bench/queries/dev.tsv"))
}

/// Builds our engine into a folder; gives the module's compressed size.
fn build(place: &Place, folder: &Path, features: &[&str]) -> Result<usize> {
    let target = "wasm32-unknown-unknown";
    let mut cargo = run::command(place, "cargo");
    cargo.args(["build", "-q", "--release", "-p", "motcua-bench-search", "--target", target]);
    run::show(cargo.args(features))?;
    let built = place.target.join(target).join("release/motcua_bench_search.wasm");
    let mut bindgen = run::command(place, "wasm-bindgen");
    bindgen.args(["--target", "web", "--no-typescript", "--out-name", "search", "--out-dir"]);
    run::show(bindgen.arg(folder).arg(&built))?;
    // What is in it are modules; without this line Node would take search.js for an old script.
    fs::write(folder.join("package.json"), "{ \"type\": \"module\" }\n")?;
    let wasm = folder.join("search_bg.wasm");
    let mut shrink = run::command(place, "wasm-opt");
    for feature in ["bulk-memory", "nontrapping-float-to-int", "sign-ext", "reference-types"] {
        shrink.arg(format!("--enable-{feature}"));
    }
    run::show(
        shrink
            .args(["-Oz", "--enable-multivalue", "--enable-mutable-globals"])
            .arg(&wasm)
            .arg("-o")
            .arg(&wasm),
    )?;
    let bytes = fs::read(&wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let mut packed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
    brotli::BrotliCompress(&mut bytes.as_slice(), &mut packed, &parameters)?;
    Ok(packed.len())
}
