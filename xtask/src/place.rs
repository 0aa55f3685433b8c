//! Where things are: the checkout, cargo's target folder, the user's cache folder. Must not create
//! or run anything but the questions to cargo and rustc.

use anyhow::{Context, Result, bail};
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folders that the commands work in.
#[derive(Debug, Clone)]
pub struct Place {
    /// The checkout.
    pub root: PathBuf,
    /// Cargo's target folder.
    pub target: PathBuf,
    /// The tools that set-up built or fetched, one folder for each name and version.
    pub tools: PathBuf,
}

impl Place {
    /// Finds them from the environment.
    pub fn find() -> Result<Self> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = here.parent().context("the xtask crate has no folder above it")?.to_owned();
        let target = env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| root.join("target"), |folder| root.join(folder));
        let cache = match env::var_os("XDG_CACHE_HOME").filter(|folder| !folder.is_empty()) {
            Some(folder) => PathBuf::from(folder),
            None => match env::var_os("HOME") {
                Some(home) => PathBuf::from(home).join(".cache"),
                None => bail!("neither XDG_CACHE_HOME nor HOME is set: set one of them"),
            },
        };
        Ok(Self { root, target, tools: cache.join("motcua").join("tools") })
    }

    /// The cache folder as a whole.
    pub fn cache(&self) -> PathBuf {
        self.tools.parent().map_or_else(|| self.tools.clone(), Path::to_owned)
    }

    /// The built app.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// A program of ours, built in the debug profile.
    pub fn program(&self, name: &str) -> PathBuf {
        self.target.join("debug").join(name)
    }
}

/// The sysroot of the rustc that builds this checkout.
pub fn find_sysroot(root: &Path) -> Result<PathBuf> {
    Ok(PathBuf::from(ask(root, "rustc", &["--print", "sysroot"])?))
}

/// What a program says on its standard output.
pub fn ask(folder: &Path, program: &str, arguments: &[&str]) -> Result<String> {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .output()
        .with_context(|| format!("{program} cannot be run: is it installed and on PATH?"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("{program} {} failed: {}", arguments.join(" "), said.trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
