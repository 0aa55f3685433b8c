//! Which version of each tool: fixed here, or read from Cargo.lock where the code decides. Must not
//! know how tools are made.

use crate::place::Place;
use anyhow::{Context, Result};
use std::fs;

/// Trunk, the bundler.
pub const TRUNK: &str = "0.21.14";
/// Binaryen, of which `wasm-opt` is a part; Trunk.toml names it too.
pub const BINARYEN: &str = "132";

/// The version of wasm-bindgen in Cargo.lock: the tool must be of exactly the library's.
pub fn wasm_bindgen(place: &Place) -> Result<String> {
    let path = place.root.join("Cargo.lock");
    let text =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    locked_version(&text, "wasm-bindgen")
        .context("Cargo.lock names no wasm-bindgen: is the checkout whole?")
}

fn locked_version(lock: &str, package: &str) -> Option<String> {
    let heading = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != heading).skip(1);
    let version = lines.next()?.strip_prefix("version = \"")?;
    Some(version.trim_end_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    #[test]
    fn version_is_that_of_the_package_of_exactly_this_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"1.0.0\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"x\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(locked_version(lock, "other"), None);
    }
}
