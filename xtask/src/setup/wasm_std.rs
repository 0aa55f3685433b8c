//! Rust's standard library for wasm32-unknown-unknown: present, or from rustup, or built from
//! Debian's source of the same version. Owns its place in the sysroot; knows nothing of apt.

use super::debian_source;
use crate::place::{self, Place};
use crate::progress;
use crate::run;
use anyhow::{Context, Result, anyhow, bail};
use rustc_build_sysroot::{BuildMode, SysrootBuilder, SysrootConfig};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

const TARGET: &str = "wasm32-unknown-unknown";
/// rustup answers within this time or not at all.
const RUSTUP_PATIENCE: Duration = Duration::from_secs(60);

/// Where the library is, or would be.
fn home(place: &Place) -> Result<PathBuf> {
    Ok(place::find_sysroot(&place.root)?.join("lib").join("rustlib").join(TARGET))
}

/// Whether rustc can use it: seen by compiling a line.
pub fn is_present(place: &Place) -> Result<bool> {
    probe(&home(place)?)
}

/// Compiles a line against the library under `home`'s sysroot.
fn probe(home: &Path) -> Result<bool> {
    if !home.join("lib").is_dir() {
        return Ok(false);
    }
    let sysroot = home.ancestors().nth(3).context("the target's folder lies too high")?;
    let folder = std::env::temp_dir().join(format!("motcua-probe-{}", std::process::id()));
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let source = folder.join("probe.rs");
    fs::write(&source, "pub fn probe() -> String { String::new() }\n")?;
    let outcome = Command::new("rustc")
        .arg(&source)
        .args(["--crate-type", "rlib", "--emit", "metadata", "--target", TARGET, "--out-dir"])
        .arg(&folder)
        .arg("--sysroot")
        .arg(sysroot)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let _ = fs::remove_dir_all(&folder);
    Ok(outcome.context("rustc cannot be run: is Rust installed?")?.success())
}

/// Gets it, by the short way or the long one.
pub fn install(place: &Place, title: &str) -> Result<()> {
    let home = home(place)?;
    let version = rustc_version(place)?;
    let by_rustup = match from_rustup(place, title) {
        Ok(()) if probe(&home)? => return Ok(()),
        Ok(()) => anyhow!("rustup added the target, but rustc cannot use it"),
        Err(error) => error,
    };
    let library = match debian_source::fetch(place, title, &version) {
        Ok(library) => library,
        Err(by_debian) => bail!(
            "there is no standard library for {TARGET}. Tried:\n  \
             1. rustup target add: {by_rustup:#}\n  \
             2. Debian's package rust-src {version}: {by_debian:#}\n\
             Install it by hand, with `rustup target add {TARGET}` where rustup reaches its \
             server, or with the target's package of your system's Rust, then run this again"
        ),
    };
    progress::during(&format!("{title}: building the standard library, about a minute"), || {
        build(place, &library, &home)
    })
}

fn from_rustup(place: &Place, title: &str) -> Result<()> {
    if run::find_program(&["rustup"]).is_none() {
        bail!("there is no rustup");
    }
    progress::during(&format!("{title}: rustup target add {TARGET}, a minute at most"), || {
        let mut rustup = run::command(place, "rustup");
        rustup.args(["target", "add", TARGET]).stdin(Stdio::null());
        rustup.stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = rustup.spawn().context("rustup cannot be run")?;
        let begun = Instant::now();
        while child.try_wait()?.is_none() {
            if begun.elapsed() > RUSTUP_PATIENCE {
                child.kill()?;
                child.wait()?;
                bail!("no answer within {} seconds", RUSTUP_PATIENCE.as_secs());
            }
            thread::sleep(Duration::from_millis(200));
        }
        let output = child.wait_with_output()?;
        if output.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let reason = said.lines().find(|line| line.starts_with("error")).unwrap_or("it failed");
        bail!("{reason}")
    })
}

fn rustc_version(place: &Place) -> Result<String> {
    let said = place::ask(&place.root, "rustc", &["--version"])?;
    let word = said.split_whitespace().nth(1).context("rustc says no version")?;
    Ok(word.to_owned())
}

/// Builds the library beside its place and swaps it in when it is whole.
fn build(place: &Place, source: &Path, home: &Path) -> Result<()> {
    let workshop = home.with_file_name(format!(".{TARGET}.part"));
    // An interrupted run may have left its own.
    let _ = fs::remove_dir_all(&workshop);
    let outcome = build_in(place, source, &workshop).and_then(|built| {
        // The old one goes aside first: two versions of one crate side by side confuse rustc.
        let old = workshop.join("old");
        if home.symlink_metadata().is_ok() {
            fs::rename(home, &old)
                .with_context(|| format!("cannot move {} aside", home.display()))?;
        }
        fs::rename(&built, home)
            .with_context(|| format!("cannot put the library at {}", home.display()))
    });
    let _ = fs::remove_dir_all(&workshop);
    outcome?;
    if !probe(home)? {
        bail!("the library was built, but rustc cannot use it");
    }
    Ok(())
}

fn build_in(place: &Place, source: &Path, workshop: &Path) -> Result<PathBuf> {
    fs::create_dir_all(workshop).with_context(|| {
        format!("cannot write to {}: the Rust toolchain is another user's", workshop.display())
    })?;
    let mut cargo = run::command(place, "cargo");
    cargo.env("RUSTC_BOOTSTRAP", "1").env_remove("RUSTFLAGS").current_dir(place.cache());
    SysrootBuilder::new(workshop, TARGET)
        .build_mode(BuildMode::Build)
        .sysroot_config(SysrootConfig::WithStd { std_features: vec![] })
        // Without bitcode a later build with link-time optimisation fails.
        .rustflag("-Cembed-bitcode=yes")
        .cargo(cargo)
        .build_from_source(source)?;
    Ok(workshop.join("lib").join("rustlib").join(TARGET))
}

/// Deletes wasm artefacts of the target folder that another standard library was used for, once.
pub fn drop_old_artefacts(place: &Place) -> Result<()> {
    let artefacts = place.target.join(TARGET);
    let stamp = artefacts.join(".motcua-std");
    let library = identity(&home(place)?)?;
    if fs::read_to_string(&stamp).is_ok_and(|known| known == library) {
        return Ok(());
    }
    let _ = fs::remove_dir_all(&artefacts);
    fs::create_dir_all(&artefacts)
        .with_context(|| format!("cannot make {}", artefacts.display()))?;
    fs::write(&stamp, library).with_context(|| format!("cannot write {}", stamp.display()))
}

/// What tells one standard library from another: the names of its crates, which hold their hashes.
fn identity(home: &Path) -> Result<String> {
    let folder = home.join("lib");
    let files =
        fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut names: Vec<String> = files
        .filter_map(|file| Some(file.ok()?.file_name().to_string_lossy().into_owned()))
        .filter(|name| name.starts_with("libcore-") || name.starts_with("libstd-"))
        .collect();
    names.sort();
    Ok(names.join("\n"))
}
