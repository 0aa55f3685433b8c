//! MoMo's gateway as an outside party (v2, captureWallet): create, pay page, redirect, IPN, query,
//! refund, with the real paths, codes and signatures. Owns the wiring; knows no merchant's data.
//!
//! Beyond the real one there is `/_simulator/…` and a marked panel of outcomes on the pay page. Not
//! played: `confirm` (we let MoMo capture at once), and the cards of `payWithMethod`.

mod create;
mod messages;
mod money;
mod protocol;

use std::io;
use std::path::PathBuf;

use axum::Router;
use axum::routing::{get, post};
use motcua_gateways::momo::Merchant;

use crate::paying::desk::Desk;
use protocol::Momo as Protocol;

/// What the gateway knows of its one merchant, and of itself.
#[derive(Debug, Clone)]
pub struct Config {
    /// Its own origin: `payUrl` begins with it.
    pub origin: String,
    /// Origin of the merchant's app: forms may lead there.
    pub app_origin: String,
    /// The merchant's codes and keys.
    pub merchant: Merchant,
    /// Folder of the state; none keeps it in memory.
    pub data: Option<PathBuf>,
    /// A certificate in PEM to trust when calling the merchant, beside the public ones.
    pub extra_ca: Option<Vec<u8>>,
}

/// The running gateway. Clones share one state.
#[derive(Clone)]
pub struct Momo(Desk<Protocol>);

impl Momo {
    /// Starts a gateway, with what it knew before a restart.
    pub fn new(config: Config) -> io::Result<Self> {
        let protocol = Protocol {
            origin: config.origin,
            app_origin: config.app_origin,
            merchant: config.merchant,
            at_work: create::AtWork::default(),
        };
        Desk::new(protocol, config.data.as_deref(), config.extra_ca.as_deref()).map(Self)
    }

    /// Goes on with the IPNs that the merchant had not accepted before the restart. To be called
    /// once, inside the runtime.
    pub fn resume(&self) {
        self.0.resume();
    }

    /// All paths of the gateway.
    pub fn router(&self) -> Router {
        Desk::<Protocol>::common()
            .route("/v2/gateway/api/create", post(create::create))
            .route("/v2/gateway/pay", get(create::page))
            .route("/v2/gateway/api/query", post(money::query))
            .route("/v2/gateway/api/refund", post(money::refund))
            .with_state(self.0.clone())
    }
}
