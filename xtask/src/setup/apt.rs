//! Debian packages, where we may install them; elsewhere a message that names them. Must not know
//! what they are for, nor change apt's configuration.

use crate::place::Place;
use crate::{progress, run};
use anyhow::{Result, bail};

/// Installs packages, or says which ones to install.
pub fn install(place: &Place, title: &str, packages: &[&str]) -> Result<()> {
    let list = packages.join(" ");
    if run::find_program(&["apt-get"]).is_none() {
        bail!(
            "missing on this machine. Install what Debian calls {list} with your system's own \
             package manager, then run this again"
        );
    }
    if !rustix::process::geteuid().is_root() {
        bail!("missing, and only root may install it: run `sudo apt-get install {list}`");
    }
    progress::during(&format!("{title}: apt-get install {list}"), || {
        if get(place, packages).is_ok() {
            return Ok(());
        }
        let mut update = run::command(place, "apt-get");
        run::log(place, "apt-update", update.arg("update"))?;
        get(place, packages)
    })
}

fn get(place: &Place, packages: &[&str]) -> Result<()> {
    let mut command = run::command(place, "apt-get");
    command.args(["install", "--yes", "--no-install-recommends"]).args(packages);
    run::log(place, "apt-install", command.env("DEBIAN_FRONTEND", "noninteractive"))
}
