//! The source of Rust's standard library from Debian's package of exactly rustc's version, through
//! an apt configuration of our own: the machine's lists and sources stay as they are. The mirror is
//! taken from the machine's apt; no host is written here.

use super::fill;
use crate::place::{self, Place};
use crate::{progress, run};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Suites that may hold the version, the likeliest first; `{}` is this system's own.
const SUITES: [&str; 5] = ["trixie-backports", "{}-backports", "testing", "unstable", "{}"];

/// Fetches and unpacks the source; says where its `library` folder is.
pub fn fetch(place: &Place, title: &str, version: &str) -> Result<PathBuf> {
    let folder = place.tools.join(format!("rust-src-{version}"));
    let library = folder.join("library");
    if library.join("std").join("Cargo.toml").is_file() {
        return Ok(library);
    }
    for program in ["apt-get", "apt-cache", "dpkg-deb"] {
        if run::find_program(&[program]).is_none() {
            bail!("there is no {program}: this is not Debian or a relative of it");
        }
    }
    let codename = find_codename()?;
    let mirror = find_mirror(place, &codename)?;
    let keyring = find_keyring()?;
    progress::during(
        &format!("{title}: Debian's rust-src {version}, about half a minute"),
        || {
            fill(&folder, |part| {
                let mut tried = Vec::new();
                for suite in SUITES.map(|suite| suite.replace("{}", &codename)) {
                    if tried.contains(&suite) {
                        continue;
                    }
                    let apt = Apt::open(part, &mirror, &suite, &keyring)?;
                    if let Some(package) = apt.find_package(place, version)? {
                        return apt.unpack(place, &package, version);
                    }
                    tried.push(suite);
                }
                bail!("none of the suites {} has this version", tried.join(", "))
            })
        },
    )?;
    Ok(library)
}

fn find_codename() -> Result<String> {
    let text = fs::read_to_string("/etc/os-release").context("cannot read /etc/os-release")?;
    text.lines()
        .find_map(|line| line.strip_prefix("VERSION_CODENAME="))
        .map(|name| name.trim_matches('"').to_owned())
        .context("/etc/os-release names no VERSION_CODENAME")
}

/// The mirror that the machine's apt takes this system's own suite from.
fn find_mirror(place: &Place, codename: &str) -> Result<String> {
    let format = ["indextargets", "--format", "$(RELEASE) $(SITE)"];
    let lines = place::ask(&place.root, "apt-get", &format)?;
    lines
        .lines()
        .filter_map(|line| line.split_once(' '))
        .find(|(suite, _)| *suite == codename)
        .map(|(_, site)| site.to_owned())
        .with_context(|| format!("apt's configuration names no mirror for {codename}"))
}

fn find_keyring() -> Result<PathBuf> {
    ["debian-archive-keyring.gpg", "debian-archive-keyring.pgp"]
        .map(|name| Path::new("/usr/share/keyrings").join(name))
        .into_iter()
        .find(|path| path.is_file())
        .context("there is no Debian archive keyring: install debian-archive-keyring")
}

/// One suite behind an apt configuration of our own.
struct Apt {
    folder: PathBuf,
    options: Vec<String>,
}

impl Apt {
    fn open(part: &Path, mirror: &str, suite: &str, keyring: &Path) -> Result<Self> {
        let folder = part.join("apt").join(suite);
        for name in ["lists/partial", "cache/archives/partial"] {
            fs::create_dir_all(folder.join(name))
                .with_context(|| format!("cannot make {}", folder.display()))?;
        }
        let sources = folder.join("sources.list");
        let line = format!("deb [signed-by={}] {mirror} {suite} main\n", keyring.display());
        fs::write(&sources, line)?;
        let options = [
            format!("Dir::Etc::SourceList={}", sources.display()),
            "Dir::Etc::SourceParts=/dev/null".to_owned(),
            format!("Dir::State::Lists={}", folder.join("lists").display()),
            format!("Dir::Cache={}", folder.join("cache").display()),
            "APT::Sandbox::User=".to_owned(),
            "Acquire::Languages=none".to_owned(),
        ];
        Ok(Self { folder, options: options.to_vec() })
    }

    fn command(&self, place: &Place, program: &str) -> Command {
        let mut command = run::command(place, program);
        command.current_dir(&self.folder);
        for option in &self.options {
            command.args(["-o", option]);
        }
        command
    }

    /// The package's full version in this suite, such as `1.95.0+dfsg1-2`; a suite that is not on
    /// the mirror has none.
    fn find_package(&self, place: &Place, version: &str) -> Result<Option<String>> {
        let mut update = self.command(place, "apt-get");
        if run::log(place, "rust-src-update", update.arg("update")).is_err() {
            return Ok(None);
        }
        let mut madison = self.command(place, "apt-cache");
        let output = madison.args(["madison", "rust-src"]).output().context("apt-cache failed")?;
        Ok(newest_match(&String::from_utf8_lossy(&output.stdout), version))
    }

    /// Downloads the package and moves its sources into the folder that is being filled.
    fn unpack(&self, place: &Place, package: &str, version: &str) -> Result<()> {
        let mut download = self.command(place, "apt-get");
        download.args(["download", &format!("rust-src={package}")]);
        run::log(place, "rust-src-download", &mut download)?;
        let archive = fs::read_dir(&self.folder)?
            .filter_map(|file| Some(file.ok()?.path()))
            .find(|path| path.extension().is_some_and(|ending| ending == "deb"))
            .context("apt-get downloaded no package")?;
        let unpacked = self.folder.join("unpacked");
        let mut dpkg = run::command(place, "dpkg-deb");
        run::log(place, "rust-src-unpack", dpkg.arg("-x").arg(&archive).arg(&unpacked))?;
        let source = unpacked.join("usr").join("src").join(format!("rustc-{version}"));
        let part = self.folder.ancestors().nth(2).context("the folder lies too high")?;
        fs::rename(source.join("library"), part.join("library"))
            .context("the package holds no library folder")?;
        fs::remove_dir_all(part.join("apt")).context("cannot remove apt's private folder")
    }
}

/// From `apt-cache madison`: the first, newest version that is Debian's of this upstream one.
fn newest_match(madison: &str, version: &str) -> Option<String> {
    madison
        .lines()
        .filter_map(|line| line.split('|').nth(1))
        .map(str::trim)
        .find(|found| {
            found.strip_prefix(version).is_some_and(|rest| rest.starts_with(['+', '-', '~']))
        })
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::newest_match;

    #[test]
    fn only_debian_versions_of_the_same_upstream_match() {
        let madison = "rust-src | 1.96.0+dfsg1-1~bpo13+1 | mirror suite/main amd64 Packages\n\
                       rust-src | 1.95.0+dfsg1-2~bpo13+1 | mirror suite/main amd64 Packages\n\
                       rust-src | 1.95.01-1 | mirror suite/main amd64 Packages\n";
        assert_eq!(newest_match(madison, "1.95.0").as_deref(), Some("1.95.0+dfsg1-2~bpo13+1"));
        assert_eq!(newest_match(madison, "1.94.0"), None);
    }
}
