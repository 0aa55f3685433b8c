//! Tests of the code that only a browser can run: cargo builds them for wasm, wasm-bindgen's runner
//! has Chromium run them. Must not know what they test.

use super::tally::{self, Tally};
use crate::place::Place;
use crate::run;
use crate::setup::Browser;
use anyhow::{Context, Result};
use serde_json::json;
use std::fs;
use std::path::PathBuf;

/// Seconds for all tests of one file.
const PATIENCE: &str = "300";

/// Runs them.
pub fn run(place: &Place, browser: &Browser) -> Result<Tally> {
    let capabilities = write_capabilities(place, browser)?;
    let mut cargo = run::command(place, "cargo");
    cargo
        .args(["test", "--locked", "--no-fail-fast", "-p", "motcua"])
        .args(["--target", "wasm32-unknown-unknown"])
        .env("CHROMEDRIVER", &browser.driver)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities)
        .env("WASM_BINDGEN_TEST_TIMEOUT", PATIENCE);
    tally::run(&mut cargo)
}

/// What chromedriver is asked for: this browser, without a window, with a camera that is not one.
fn write_capabilities(place: &Place, browser: &Browser) -> Result<PathBuf> {
    let path = place.target.join("webdriver.json");
    let wanted = json!({
        "goog:chromeOptions": {
            "binary": browser.program,
            "args": [
                "--headless=new", "--disable-gpu", "--no-sandbox", "--disable-dev-shm-usage",
                "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
            ],
        },
    });
    fs::create_dir_all(&place.target)?;
    fs::write(&path, wanted.to_string())
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok(path)
}
