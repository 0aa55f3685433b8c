//! This machine's address on the local network. Sends nothing.

use anyhow::{Context, Result, bail};
use std::net::{IpAddr, Ipv4Addr, UdpSocket};

/// A documentation address (RFC 5737): asking the way to it shows our own address, and no packet
/// leaves for it.
const ANYWHERE: (Ipv4Addr, u16) = (Ipv4Addr::new(192, 0, 2, 1), 9);

/// The IPv4 address that phones on the same network reach.
pub fn find_own() -> Result<Ipv4Addr> {
    let help = "is this machine on a network?";
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).context("no UDP socket")?;
    socket.connect(ANYWHERE).with_context(|| format!("no way to the network: {help}"))?;
    match socket.local_addr().context("no own address")?.ip() {
        IpAddr::V4(ip) if !ip.is_loopback() && !ip.is_unspecified() => Ok(ip),
        _ => bail!("this machine has no address on a local network: {help}"),
    }
}
