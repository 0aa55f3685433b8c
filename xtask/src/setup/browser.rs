//! The browsers that tests run in, a driver, and the programs that make a camera's picture. Must
//! not know the tests.

use super::apt;
use crate::place::Place;
use crate::run;
use anyhow::{Context, Result};
use std::env;
use std::path::PathBuf;

/// A browser and its driver.
#[derive(Debug, Clone)]
pub struct Browser {
    /// Chromium or Chrome.
    pub program: PathBuf,
    /// Its chromedriver.
    pub driver: PathBuf,
}

const BROWSERS: [&str; 4] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

fn find_named(variable: &str, names: &[&str]) -> Option<PathBuf> {
    env::var_os(variable)
        .map(PathBuf::from)
        .filter(|path| path.is_file())
        .or_else(|| run::find_program(names))
}

/// The browser to test in: CHROME and CHROMEDRIVER, or those on PATH.
pub fn find_browser() -> Result<Browser> {
    let program = find_named("CHROME", &BROWSERS)
        .context("no Chromium: install it, or set CHROME to its program")?;
    let driver = find_named("CHROMEDRIVER", &["chromedriver"])
        .context("no chromedriver: install it, or set CHROMEDRIVER to its program")?;
    Ok(Browser { program, driver })
}

/// The Debian packages of what is not there.
pub fn missing_packages() -> Vec<&'static str> {
    let wanted = [
        ("chromium", find_named("CHROME", &BROWSERS)),
        ("chromium-driver", find_named("CHROMEDRIVER", &["chromedriver"])),
        // Only it can be told of a push service of our own.
        ("firefox-esr", find_named("FIREFOX", &["firefox-esr", "firefox"])),
        ("ffmpeg", run::find_program(&["ffmpeg"])),
        ("qrencode", run::find_program(&["qrencode"])),
    ];
    wanted.into_iter().filter(|(_, found)| found.is_none()).map(|(name, _)| name).collect()
}

/// Installs them.
pub fn install(place: &Place, title: &str) -> Result<()> {
    apt::install(place, title, &missing_packages())
}
