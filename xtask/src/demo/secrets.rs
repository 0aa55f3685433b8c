//! The staff token of the demo: random, kept with the demo's data, so that a restart keeps it. Must
//! not be printed into any log.

use anyhow::{Context, Result, anyhow};
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

const BYTES: usize = 24;

/// The token kept in the folder, made when there is none.
pub fn staff_token(data: &Path) -> Result<String> {
    let path = data.join("staff-token");
    if let Ok(kept) = fs::read_to_string(&path)
        && !kept.trim().is_empty()
    {
        return Ok(kept.trim().to_owned());
    }
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).map_err(|error| anyhow!("no random numbers: {error}"))?;
    let token = hex::encode(bytes);
    write_private(&path, &token)?;
    Ok(token)
}

/// Writes a file that only its owner reads.
pub fn write_private(path: &Path, text: &str) -> Result<()> {
    let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .with_context(|| format!("cannot write {}", path.display()))
}
