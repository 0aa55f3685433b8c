//! The National Public Service Portal's PaymentPlatform as an outside party (1.0.6): INIT, pay page,
//! return, CONFIRM, QUERY, GET_BILL, with the fields and the hash of its public client. Owns the
//! wiring; knows no merchant's data.
//!
//! The paths below its address (`/Init`, `/Query`, `/GetBill`), the page and all codes but 00, 1, 3
//! and 4 are ours: none is published. Return and notice go to addresses that are registered
//! beforehand, as with the real one.

mod bill;
mod init;
mod money;
mod protocol;

use std::io;
use std::path::PathBuf;

use axum::Router;
use axum::routing::{get, post};
use motcua_gateways::platform::Merchant;

use crate::paying::desk::Desk;
use protocol::Platform as Protocol;

/// What the platform knows of its one merchant, and of itself.
#[derive(Debug, Clone)]
pub struct Config {
    /// Its own origin: `UrlThanhToan` begins with it.
    pub origin: String,
    /// Origin of the merchant's app: forms may lead there.
    pub app_origin: String,
    /// The merchant's code and secret.
    pub merchant: Merchant,
    /// Where the browser goes in the end, as it was registered.
    pub return_url: String,
    /// Where CONFIRM is sent to, as it was registered.
    pub confirm_url: String,
    /// Folder of the state; none keeps it in memory.
    pub data: Option<PathBuf>,
    /// A certificate in PEM to trust when calling the merchant, beside the public ones.
    pub extra_ca: Option<Vec<u8>>,
}

/// The running platform. Clones share one state.
#[derive(Clone)]
pub struct Platform(Desk<Protocol>);

impl Platform {
    /// Starts a platform, with what it knew before a restart.
    pub fn new(config: Config) -> io::Result<Self> {
        let protocol = Protocol {
            origin: config.origin,
            app_origin: config.app_origin,
            merchant: config.merchant,
            return_url: config.return_url,
            confirm_url: config.confirm_url,
        };
        Desk::new(protocol, config.data.as_deref(), config.extra_ca.as_deref()).map(Self)
    }

    /// Goes on with the CONFIRMs that the merchant had not accepted before the restart. To be called
    /// once, inside the runtime.
    pub fn resume(&self) {
        self.0.resume();
    }

    /// All paths of the platform.
    pub fn router(&self) -> Router {
        Desk::<Protocol>::common()
            .route("/Init", post(init::init))
            .route("/ThanhToan", get(init::page))
            .route("/Query", post(money::query))
            .route("/GetBill", post(money::get_bill))
            .with_state(self.0.clone())
    }
}
