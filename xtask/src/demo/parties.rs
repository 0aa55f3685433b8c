//! The parties of the demo: who listens where, under which origin, and the command line of each.
//! Must not start anything.

use super::address;
use super::tls::Tls;
use crate::place::Place;
use crate::run;
use anyhow::{Context, Result, bail};
use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::process::Command;

/// Where `trunk serve` answers; the same as in Trunk.toml.
const TRUNK_SERVE: &str = "http://127.0.0.1:8081";

/// Ports of the simulators above the app's.
const VNEID_ABOVE: u16 = 11;
const VNPAY_ABOVE: u16 = 12;
const MOMO_ABOVE: u16 = 13;
const ZALOPAY_ABOVE: u16 = 14;
const PLATFORM_ABOVE: u16 = 15;

/// One listener.
#[derive(Debug, Clone)]
pub struct Party {
    /// Its name for people.
    pub name: &'static str,
    /// Where it listens.
    pub listen: SocketAddr,
    /// The address that browsers use.
    pub origin: String,
}

/// All of them.
#[derive(Debug, Clone)]
pub struct Parties {
    /// The backend, which serves the app.
    pub app: Party,
    /// The identity provider.
    pub vneid: Party,
    /// VNPAY's gateway.
    pub vnpay: Party,
    /// MoMo's.
    pub momo: Party,
    /// ZaloPay's.
    pub zalopay: Party,
    /// The national portal's.
    pub platform: Party,
    outside: Option<Ipv4Addr>,
}

impl Parties {
    /// Chooses addresses: this machine only, or the local network over TLS. With `trunk`, browsers
    /// reach the app through the bundler, so that sessions and returns stay on one origin.
    pub fn plan(port: u16, lan: bool, trunk: bool) -> Result<Self> {
        let outside = if lan { Some(address::find_own()?) } else { None };
        let (scheme, host, listen) = match outside {
            Some(ip) => ("https", ip, Ipv4Addr::UNSPECIFIED),
            None => ("http", Ipv4Addr::LOCALHOST, Ipv4Addr::LOCALHOST),
        };
        let party = |name, above: u16| {
            let port =
                port.checked_add(above).context("the port is too high for its neighbours")?;
            let listen = SocketAddr::new(IpAddr::V4(listen), port);
            anyhow::Ok(Party { name, listen, origin: format!("{scheme}://{host}:{port}") })
        };
        let mut app = party("app", 0)?;
        if trunk {
            TRUNK_SERVE.clone_into(&mut app.origin);
        }
        Ok(Self {
            app,
            vneid: party("VNeID simulator", VNEID_ABOVE)?,
            vnpay: party("VNPAY simulator", VNPAY_ABOVE)?,
            momo: party("MoMo simulator", MOMO_ABOVE)?,
            zalopay: party("ZaloPay simulator", ZALOPAY_ABOVE)?,
            platform: party("PaymentPlatform simulator", PLATFORM_ABOVE)?,
            outside,
        })
    }

    /// The address on the local network, when phones are served.
    pub fn outside(&self) -> Option<Ipv4Addr> {
        self.outside
    }

    fn all(&self) -> [&Party; 6] {
        [&self.app, &self.vneid, &self.vnpay, &self.momo, &self.zalopay, &self.platform]
    }

    /// Where each can be reached from this machine.
    pub fn addresses(&self) -> Vec<(&'static str, SocketAddr)> {
        let near = |party: &Party| {
            (party.name, SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), party.listen.port()))
        };
        self.all().map(near).to_vec()
    }

    /// Fails when a port is taken, and says which.
    pub fn check_ports(&self) -> Result<()> {
        for party in self.all() {
            let port = party.listen.port();
            match TcpListener::bind(party.listen) {
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::AddrInUse => bail!(
                    "port {port}, for the {}, is taken by another program (an earlier demo?). \
                     Stop that one, or choose other ports with --port",
                    party.name
                ),
                Err(error) => bail!("port {port}, for the {}: {error}", party.name),
            }
        }
        Ok(())
    }

    /// The simulators' command line.
    pub fn simulators(&self, place: &Place, data: &Path, tls: Option<&Tls>) -> Command {
        let app = &self.app.origin;
        let mut command =
            run::command(place, &place.program("motcua-simulators").to_string_lossy());
        for (name, party) in [
            ("vneid", &self.vneid),
            ("vnpay", &self.vnpay),
            ("momo", &self.momo),
            ("zalopay", &self.zalopay),
            ("platform", &self.platform),
        ] {
            command.args([format!("--{name}-listen"), party.listen.to_string()]);
            command.args([format!("--{name}-origin"), party.origin.clone()]);
        }
        command
            .args(["--app-origin", app])
            .args(["--vnpay-ipn-url", &format!("{app}/pay/ipn/vnpay")])
            .args(["--platform-confirm-url", &format!("{app}/DvcPayment/Confirm")])
            .args(["--platform-return-url", &format!("{app}/pay/return")])
            .args(["--vneid-redirect-uri", &format!("{app}/auth/callback")])
            .arg("--data")
            .arg(data.join("simulators"));
        add_tls(&mut command, tls);
        command
    }

    /// The backend's command line. The token goes through the environment: others on this machine
    /// can read command lines.
    pub fn backend(
        &self,
        place: &Place,
        data: &Path,
        tls: Option<&Tls>,
        staff_token: &str,
    ) -> Command {
        let vnpay = &self.vnpay.origin;
        let mut command = run::command(place, &place.program("motcua-backend").to_string_lossy());
        command
            .arg("--listen")
            .arg(self.app.listen.to_string())
            .args(["--origin", &self.app.origin, "--oidc-issuer", &self.vneid.origin])
            .args(["--vnpay-pay-url", &format!("{vnpay}/paymentv2/vpcpay.html")])
            .args(["--vnpay-api-url", &format!("{vnpay}/merchant_webapi/api/transaction")])
            .args(["--momo-url", &self.momo.origin])
            .args(["--zalopay-url", &self.zalopay.origin])
            .args(["--platform-url", &self.platform.origin])
            .arg("--data")
            .arg(data.join("backend"))
            .arg("--site")
            .arg(place.dist())
            .arg("--demo")
            .env("MOTCUA_STAFF_TOKEN", staff_token);
        add_tls(&mut command, tls);
        command
    }

    /// The command line of the back office, which brings a quarter in and ends.
    pub fn back_office(&self, place: &Place, tls: Option<&Tls>, staff_token: &str) -> Command {
        let scheme = if tls.is_some() { "https" } else { "http" };
        let near = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), self.app.listen.port());
        let mut command =
            run::command(place, &place.program("motcua-back-office").to_string_lossy());
        command.arg("--app-origin").arg(format!("{scheme}://{near}"));
        if let Some(tls) = tls {
            command.arg("--extra-ca").arg(&tls.authority);
        }
        command.env("MOTCUA_STAFF_TOKEN", staff_token);
        command
    }
}

fn add_tls(command: &mut Command, tls: Option<&Tls>) {
    if let Some(tls) = tls {
        command.arg("--tls-cert").arg(&tls.chain).arg("--tls-key").arg(&tls.key);
        command.arg("--extra-ca").arg(&tls.authority);
    }
}
