//! Child processes of the demo: started in groups of their own, watched, and stopped together. Ends
//! only what it started; must not know what they do.

use crate::run;
use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process_group};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use std::fs::{self, File};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

const READY_PATIENCE: Duration = Duration::from_secs(60);
const STOP_PATIENCE: Duration = Duration::from_secs(5);
const BEAT: Duration = Duration::from_millis(50);

/// Set when the user wants an end: Ctrl-C, or the terminal closes.
pub type Stop = Arc<AtomicBool>;

/// From now on Ctrl-C sets the flag.
pub fn listen_for_stop() -> Result<Stop> {
    let stop = Stop::default();
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        signal_hook::flag::register(signal, Arc::clone(&stop))
            .context("cannot listen for Ctrl-C")?;
    }
    Ok(stop)
}

struct Running {
    name: &'static str,
    child: Child,
    log: PathBuf,
}

/// The processes; all ended when dropped.
pub struct Children {
    logs: PathBuf,
    running: Vec<Running>,
}

impl Children {
    /// None yet; what they say will go into files in this folder.
    pub fn new(logs: PathBuf) -> Result<Self> {
        fs::create_dir_all(&logs).with_context(|| format!("cannot make {}", logs.display()))?;
        Ok(Self { logs, running: vec![] })
    }

    /// Starts one.
    pub fn start(&mut self, name: &'static str, command: &mut Command) -> Result<()> {
        let log = self.logs.join(format!("{name}.log"));
        let file = File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
        let child = command
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .process_group(0)
            .spawn()
            .with_context(|| format!("the {name} cannot be started"))?;
        self.running.push(Running { name, child, log });
        Ok(())
    }

    /// Waits until all of these addresses take connections.
    pub fn wait_until_ready(
        &mut self,
        addresses: &[(&str, SocketAddr)],
        stop: &AtomicBool,
    ) -> Result<()> {
        let begun = Instant::now();
        for (name, address) in addresses {
            while TcpStream::connect_timeout(address, Duration::from_secs(1)).is_err() {
                self.check_alive()?;
                if stop.load(Ordering::Relaxed) {
                    bail!("stopped before everything was ready");
                }
                if begun.elapsed() > READY_PATIENCE {
                    bail!("the {name} does not answer at {address}; see {}", self.logs.display());
                }
                sleep(BEAT);
            }
        }
        self.check_alive()
    }

    /// Waits for the user's end, doing something now and then; fails when a process ends by itself.
    pub fn wait_for_stop(mut self, stop: &AtomicBool, mut meanwhile: impl FnMut()) -> Result<()> {
        while !stop.load(Ordering::Relaxed) {
            self.check_alive()?;
            meanwhile();
            sleep(BEAT);
        }
        println!("\nStopping…");
        Ok(())
    }

    fn check_alive(&mut self) -> Result<()> {
        for running in &mut self.running {
            if let Some(status) = running.child.try_wait()? {
                let said = run::tail(&running.log);
                bail!("the {} ended by itself ({status}):\n{said}", running.name);
            }
        }
        Ok(())
    }
}

impl Drop for Children {
    fn drop(&mut self) {
        for running in &mut self.running {
            signal(&mut running.child, Signal::TERM);
        }
        let begun = Instant::now();
        for running in &mut self.running {
            while matches!(running.child.try_wait(), Ok(None)) {
                if begun.elapsed() > STOP_PATIENCE {
                    signal(&mut running.child, Signal::KILL);
                    let _ = running.child.wait();
                    break;
                }
                sleep(BEAT);
            }
        }
    }
}

/// Signals a child's group, unless the child has ended and its number may be another's.
fn signal(child: &mut Child, signal: Signal) {
    if matches!(child.try_wait(), Ok(None))
        && let Some(pid) = i32::try_from(child.id()).ok().and_then(Pid::from_raw)
    {
        let _ = kill_process_group(pid, signal);
    }
}
