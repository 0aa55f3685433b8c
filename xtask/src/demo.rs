//! The demo: backend and simulators as child processes, their addresses for people, one Ctrl-C for
//! all. Owns ports and origins; how the programs work is their own business.

mod address;
mod children;
mod messages;
mod parties;
mod poster;
mod secrets;
mod staff;
mod tls;

use crate::place::Place;
use crate::run;
use anyhow::{Context, Result};
use children::Children;
use messages::Messages;
use parties::Parties;
use std::fs;

/// Flags of the demo.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Empty the demo's data first
    #[arg(long)]
    fresh: bool,
    /// Serve phones on the same network, over TLS with a certificate made on the spot
    #[arg(long)]
    lan: bool,
    /// Stand behind `trunk serve`, which is run beside it and proxies here
    #[arg(long, conflicts_with = "lan")]
    pub trunk: bool,
    /// The app's port; the simulators take the ports 11 to 15 above it
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Bring in a made-up quarter in the proportions of the commune's report; see /so-lieu. With
    /// --fresh nothing else is counted
    #[arg(long)]
    quarter: bool,
}

/// Builds the programs, runs them, and waits for Ctrl-C.
pub fn run(place: &Place, options: &Options) -> Result<()> {
    let data = place.root.join(".demo");
    if options.fresh && data.exists() {
        fs::remove_dir_all(&data).with_context(|| format!("cannot empty {}", data.display()))?;
    }
    fs::create_dir_all(&data).with_context(|| format!("cannot make {}", data.display()))?;
    build_programs(place)?;

    let parties = Parties::plan(options.port, options.lan, options.trunk)?;
    parties.check_ports()?;
    let staff_token = secrets::staff_token(&data)?;
    let staff = staff::prepare(place, &data)?;
    let tls = match parties.outside() {
        Some(ip) => Some(tls::prepare(&data.join("tls"), ip)?),
        None => None,
    };
    let stop = children::listen_for_stop()?;
    let mut children = Children::new(data.join("logs"))?;
    children.start("simulators", &mut parties.simulators(place, &data, tls.as_ref()))?;
    let mut backend = parties.backend(place, &data, tls.as_ref(), &staff_token);
    children.start("backend", backend.arg("--staff").arg(&staff.file))?;
    children.wait_until_ready(&parties.addresses(), &stop)?;
    if options.quarter {
        let mut bring = parties.back_office(place, tls.as_ref(), &staff_token);
        crate::progress::during("Quarter: bringing in", || run::log(place, "quarter", &mut bring))?;
    }
    poster::print(&parties, &staff_token, &staff, tls.is_some(), options.quarter, &data);
    let mut messages = Messages::of(data.join("logs").join("backend.log"));
    children.wait_for_stop(&stop, || {
        for message in messages.newer() {
            println!("  Message to a citizen: {message}");
        }
    })
}

/// Builds the backend and the simulators.
pub fn build_programs(place: &Place) -> Result<()> {
    let mut cargo = run::command(place, "cargo");
    cargo.args(["build", "--quiet", "--locked", "-p", "motcua-backend", "-p", "motcua-simulators"]);
    crate::progress::during("Backend and simulators: building", || run::show(&mut cargo))
}
