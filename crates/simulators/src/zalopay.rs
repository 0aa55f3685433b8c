//! ZaloPay's gateway as an outside party (v2): create, pay page, redirect, callback, query, refund,
//! with the real paths, codes and signatures. Owns the wiring; knows no merchant's data.
//!
//! Beyond the real one there is `/_simulator/…` and a marked panel of outcomes on the pay page.

mod create;
mod money;
mod protocol;

use std::io;
use std::path::PathBuf;

use axum::Router;
use axum::routing::{get, post};
use motcua_gateways::zalopay::Merchant;

use crate::paying::desk::Desk;
use protocol::Zalopay as Protocol;

/// What the gateway knows of its one merchant, and of itself.
#[derive(Debug, Clone)]
pub struct Config {
    /// Its own origin: `order_url` begins with it.
    pub origin: String,
    /// Origin of the merchant's app: forms may lead there.
    pub app_origin: String,
    /// The merchant's number and keys.
    pub merchant: Merchant,
    /// Folder of the state; none keeps it in memory.
    pub data: Option<PathBuf>,
    /// A certificate in PEM to trust when calling the merchant, beside the public ones.
    pub extra_ca: Option<Vec<u8>>,
}

/// The running gateway. Clones share one state.
#[derive(Clone)]
pub struct Zalopay(Desk<Protocol>);

impl Zalopay {
    /// Starts a gateway, with what it knew before a restart.
    pub fn new(config: Config) -> io::Result<Self> {
        let protocol = Protocol {
            origin: config.origin,
            app_origin: config.app_origin,
            merchant: config.merchant,
        };
        Desk::new(protocol, config.data.as_deref(), config.extra_ca.as_deref()).map(Self)
    }

    /// Goes on with the callbacks that the merchant had not accepted before the restart. To be
    /// called once, inside the runtime.
    pub fn resume(&self) {
        self.0.resume();
    }

    /// All paths of the gateway.
    pub fn router(&self) -> Router {
        Desk::<Protocol>::common()
            .route("/v2/create", post(create::create))
            .route("/openinapp", get(create::page))
            .route("/v2/query", post(money::query))
            .route("/v2/refund", post(money::refund))
            .route("/v2/query_refund", post(money::query_refund))
            .with_state(self.0.clone())
    }
}
