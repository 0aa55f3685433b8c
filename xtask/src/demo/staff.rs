//! The demo's accounts at the officer's desk: one for each role, fictional, with random passwords that are
//! kept with the demo's data. The backend's own program makes the hashes.

use super::secrets::write_private;
use crate::place::Place;
use anyhow::{Context, Result, anyhow, ensure};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Names and roles; nobody real.
const ACCOUNTS: [(&str, &str); 3] =
    [("Trần Thị Lan", "reception"), ("Lê Văn Bình", "officer"), ("Ngô Thị Cúc", "leader")];

/// The accounts, ready for the backend.
pub struct Staff {
    /// The file for `--staff`.
    pub file: PathBuf,
    /// Name, role and password of each, for the person in front of the demo.
    pub accounts: Vec<(String, String, String)>,
}

/// The accounts kept in the folder, made when there are none.
pub fn prepare(place: &Place, data: &Path) -> Result<Staff> {
    let (file, kept) = (data.join("staff.json"), data.join("staff-passwords.json"));
    if let (true, Ok(text)) = (file.exists(), fs::read_to_string(&kept)) {
        let accounts = serde_json::from_str(&text).context("the demo's passwords; try --fresh")?;
        return Ok(Staff { file, accounts });
    }
    let (mut accounts, mut hashes) = (Vec::new(), Vec::new());
    for (name, role) in ACCOUNTS {
        let password = password()?;
        let hash = hash(place, &password)?;
        hashes.push(serde_json::json!({ "name": name, "role": role, "password_hash": hash }));
        accounts.push((name.to_owned(), role.to_owned(), password));
    }
    write_private(&file, &serde_json::to_string_pretty(&hashes)?)?;
    write_private(&kept, &serde_json::to_string(&accounts)?)?;
    Ok(Staff { file, accounts })
}

/// Twelve digits and letters that are not mistaken for one another.
fn password() -> Result<String> {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz234567899";
    let mut bytes = [0_u8; 12];
    getrandom::fill(&mut bytes).map_err(|error| anyhow!("no random numbers: {error}"))?;
    let letter = |byte: u8| LETTERS.get(usize::from(byte % 32)).copied().map(char::from);
    Ok(bytes.into_iter().filter_map(letter).collect())
}

fn hash(place: &Place, password: &str) -> Result<String> {
    let mut program = Command::new(place.program("motcua-backend"))
        .arg("hash-password")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("motcua-backend hash-password")?;
    if let Some(mut input) = program.stdin.take() {
        writeln!(input, "{password}")?;
    }
    let output = program.wait_with_output()?;
    ensure!(output.status.success(), "motcua-backend hash-password failed");
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}
