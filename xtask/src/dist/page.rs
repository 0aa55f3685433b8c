//! The page for the app in parts: index.html with the tags of what was built beside Trunk, in place of
//! what Trunk would build. Must not know how those came about.

use crate::place::Place;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::PathBuf;

/// Beside index.html, for Trunk looks for everything from there.
const NAME: &str = ".index-in-parts.html";
/// How Trunk's asset for the app begins; skipped, it still keeps Trunk from looking for another.
const ASSET: &str = r#"<link data-trunk rel="rust" data-bin="motcua""#;

/// The page, there as long as Trunk needs it.
pub struct Page {
    /// Where it lies.
    pub path: PathBuf,
}

impl Page {
    /// Writes it.
    pub fn write(place: &Place, tags: &str) -> Result<Self> {
        let source = place.root.join("index.html");
        let html =
            fs::read_to_string(&source).with_context(|| format!("no {}", source.display()))?;
        if html.matches(ASSET).count() != 1 {
            bail!("{} names the app's wasm otherwise than expected", source.display());
        }
        let skipped = format!("{tags}\n  {ASSET} data-trunk-skip");
        let path = place.root.join(NAME);
        fs::write(&path, html.replace(ASSET, &skipped))
            .with_context(|| format!("cannot write {}", path.display()))?;
        Ok(Self { path })
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        // It is ignored by git and written anew each time: if it stays, it harms nobody.
        let _ = fs::remove_file(&self.path);
    }
}
