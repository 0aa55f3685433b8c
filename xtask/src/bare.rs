//! The proof on a bare machine: a clean clone of HEAD, an empty cache, a toolchain without the wasm
//! target; both commands must do all the set-up by themselves, and the second time be quick. Touches
//! neither the true cache nor the true toolchain: it works on a copy of hard links.

use crate::place::{Place, find_sysroot};
use crate::progress::{say, spell};
use crate::run;
use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process_group};
use std::env;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

const TARGET: &str = "wasm32-unknown-unknown";
/// The demo's last line.
const READY: &str = "Ctrl-C stops everything.";

/// Flags of the proof.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Minutes for all of it
    #[arg(long, default_value_t = 60)]
    minutes: u64,
    /// Keep the temporary folder
    #[arg(long)]
    keep: bool,
}

/// Runs the proof.
pub fn run(place: &Place, options: &Options) -> Result<()> {
    let folder = env::temp_dir().join(format!("motcua-bare-{}", std::process::id()));
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let outcome = prove(place, &folder, Instant::now() + Duration::from_secs(options.minutes * 60));
    if options.keep {
        say(&format!("Kept {}", folder.display()));
    } else {
        let _ = fs::remove_dir_all(&folder);
    }
    outcome
}

fn prove(place: &Place, folder: &Path, deadline: Instant) -> Result<()> {
    let machine = Machine::make(place, folder)?;
    let first = machine.demo(deadline).context("the first demo")?;
    say(&format!("bare: the first demo was ready after {}", spell(first)));
    let second = machine.demo(deadline).context("the second demo")?;
    say(&format!("bare: the second demo was ready after {}", spell(second)));
    let begun = Instant::now();
    machine.xtask(&["test"], deadline, None).context("the tests")?;
    say(&format!("bare: the tests took {}", spell(begun.elapsed())));
    say("bare: both commands work from a clean clone");
    Ok(())
}

/// A machine that has nothing yet.
struct Machine {
    clone: PathBuf,
    cache: PathBuf,
    toolchain: PathBuf,
}

impl Machine {
    fn make(place: &Place, folder: &Path) -> Result<Self> {
        let machine = Self {
            clone: folder.join("clone"),
            cache: folder.join("cache"),
            toolchain: folder.join("toolchain"),
        };
        let mut git = Command::new("git");
        git.args(["clone", "--quiet", "--no-local"]).arg(&place.root).arg(&machine.clone);
        run::show(&mut git)?;
        fs::create_dir_all(machine.toolchain.join("lib"))?;
        let sysroot = find_sysroot(&place.root)?;
        for part in ["bin", "libexec", "lib"] {
            if sysroot.join(part).exists() {
                link(&sysroot.join(part), &machine.toolchain.join(part))?;
            }
        }
        let rustlib = machine.toolchain.join("lib").join("rustlib");
        for name in [TARGET, "src"] {
            let _ = fs::remove_dir_all(rustlib.join(name));
        }
        Ok(machine)
    }

    /// How long a demo takes to be ready; then it is ended.
    fn demo(&self, deadline: Instant) -> Result<Duration> {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let port = port.min(u16::MAX - 100).to_string();
        let begun = Instant::now();
        self.xtask(&["demo", "--port", &port], deadline, Some(READY))?;
        Ok(begun.elapsed())
    }

    /// Runs a command of the clone, to its end or until it says a line.
    fn xtask(&self, arguments: &[&str], deadline: Instant, until: Option<&str>) -> Result<()> {
        let mut path = vec![self.toolchain.join("bin")];
        path.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
        let mut command = Command::new(self.toolchain.join("bin").join("cargo"));
        for (name, _) in env::vars_os() {
            let text = name.to_string_lossy();
            if text == "CARGO" || text.starts_with("CARGO_PKG") || text.starts_with("CARGO_MAN") {
                command.env_remove(&name);
            }
        }
        let mut child = command
            .current_dir(&self.clone)
            .arg("xtask")
            .args(arguments)
            .env("PATH", env::join_paths(path)?)
            .env("RUSTUP_TOOLCHAIN", &self.toolchain)
            .env("XDG_CACHE_HOME", &self.cache)
            .env_remove("CARGO_TARGET_DIR")
            .env_remove("LD_LIBRARY_PATH")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .process_group(0)
            .spawn()
            .context("cargo cannot be run")?;
        let group = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        let end = || group.map(|group| kill_process_group(group, Signal::TERM));
        let (teller, hearing) = channel::<String>();
        let said = child.stdout.take();
        let reader = thread::spawn(move || {
            for line in said.into_iter().flat_map(|said| BufReader::new(said).lines()).flatten() {
                let _ = teller.send(line);
            }
        });
        let mut reached = until.is_none();
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match hearing.recv_timeout(left) {
                Ok(line) => {
                    say(&format!("  bare | {line}"));
                    if until.is_some_and(|wanted| line.contains(wanted)) {
                        reached = true;
                        end();
                    }
                }
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    end();
                    child.wait()?;
                    bail!("not finished in the time that was given");
                }
            }
        }
        let status = child.wait()?;
        let _ = reader.join();
        if !reached || (until.is_none() && !status.success()) {
            bail!("`cargo xtask {}` failed ({status})", arguments.join(" "));
        }
        Ok(())
    }
}

/// Copies a folder as hard links where the file system allows it.
fn link(from: &Path, to: &Path) -> Result<()> {
    let copy = |flags: &str| {
        let mut cp = Command::new("cp");
        cp.arg(flags).arg("-T").arg(from).arg(to).stderr(Stdio::null());
        run::show(&mut cp)
    };
    copy("-al").or_else(|_| copy("-a"))
}
