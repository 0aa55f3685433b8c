//! Brotli beside every text and wasm file, at the strongest setting, so that the server compresses
//! nothing. Must not know which file is what.

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use brotli::enc::backward_references::BrotliEncoderMode;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

const ENDINGS: [&str; 9] =
    ["html", "js", "wasm", "bin", "css", "svg", "json", "webmanifest", "txt"];
const STRONGEST: i32 = 11;
/// As a power of two: a file as one block, where it fits.
const LARGEST_BLOCK: i32 = 24;

/// Compresses what is worth it under a folder.
pub fn folder(folder: &Path) -> Result<()> {
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    thread::scope(|scope| {
        let running: Vec<_> = files.iter().map(|file| scope.spawn(|| compress(file))).collect();
        for thread in running {
            thread.join().map_err(|_| anyhow::anyhow!("the compressor stopped"))??;
        }
        Ok(())
    })
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?
    {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|end| ENDINGS.iter().any(|known| end == *known)) {
            files.push(path);
        }
    }
    Ok(())
}

fn compress(file: &Path) -> Result<()> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut small: Option<Vec<u8>> = None;
    // Which mode suits a file is not told beforehand: the app's wasm is a thousandth smaller in that
    // of fonts.
    for mode in [BrotliEncoderMode::BROTLI_MODE_GENERIC, BrotliEncoderMode::BROTLI_MODE_FONT] {
        let settings = BrotliEncoderParams {
            quality: STRONGEST,
            mode,
            lgblock: LARGEST_BLOCK,
            size_hint: bytes.len(),
            ..BrotliEncoderParams::default()
        };
        let mut tried = Vec::new();
        brotli::BrotliCompress(&mut &bytes[..], &mut tried, &settings)
            .with_context(|| format!("cannot compress {}", file.display()))?;
        small = small.filter(|known| known.len() <= tried.len()).or(Some(tried));
    }
    let beside = compressed(file);
    fs::write(&beside, small.unwrap_or_default())
        .with_context(|| format!("cannot write {}", beside.display()))
}

/// The name of a file's compressed form.
pub fn compressed(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".br");
    PathBuf::from(name)
}
