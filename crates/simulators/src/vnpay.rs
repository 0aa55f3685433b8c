//! VNPAY's gateway as an outside party: pay page, return, IPN, querydr, refund, with the real
//! paths, codes and signatures (VNPAY PAY 2.1.0). Owns the wiring; knows no merchant's data.
//!
//! Beyond the real one there is `/_simulator/…` (see `control`) and a marked panel of outcomes on
//! the pay page.

mod control;
mod gateway;
mod ipn;
mod merchant_api;
mod pages;
mod pay_pages;
mod payment;

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::routing::{get, post};
use motcua_gateways::vnpay::Merchant;

pub use payment::{Payment, SentIpn, Settled};

use crate::page;
use crate::paying::reports;
use crate::store::Store;
use payment::Book;

/// What the gateway knows of its one merchant. Its own origin it need not know: all its addresses
/// are relative.
#[derive(Debug, Clone)]
pub struct Config {
    /// Origin of the merchant's app: forms may lead there.
    pub app_origin: String,
    /// The merchant's site code and secret.
    pub merchant: Merchant,
    /// Where payments are reported to.
    pub ipn_url: String,
    /// Folder of the state; none keeps it in memory.
    pub data: Option<PathBuf>,
    /// A certificate in PEM to trust when calling the IPN URL, beside the public ones.
    pub extra_ca: Option<Vec<u8>>,
}

/// The running gateway. Clones share one state.
#[derive(Clone)]
pub struct Vnpay(Arc<Inner>);

struct Inner {
    config: Config,
    http: reqwest::Client,
    store: Store,
    book: Mutex<Book>,
}

impl Vnpay {
    /// Starts a gateway, with what it knew before a restart.
    pub fn new(config: Config) -> io::Result<Self> {
        let store = Store::open(config.data.as_deref(), "vnpay.json")?;
        let book: Book = store.load()?;
        let http = reports::client(config.extra_ca.as_deref()).map_err(io::Error::other)?;
        Ok(Self(Arc::new(Inner { config, http, store, book: Mutex::new(book) })))
    }

    /// Goes on with the IPNs that no merchant had confirmed before the restart. To be called once,
    /// inside the runtime.
    pub fn resume(&self) {
        let open: Vec<String> = self.read(|book| book.unconfirmed());
        for token in open {
            reports::later(self, &token, std::time::Duration::ZERO);
        }
    }

    /// All paths of the gateway.
    pub fn router(&self) -> Router {
        Router::new()
            .route("/", get(pages::home))
            .route("/paymentv2/vpcpay.html", get(gateway::open))
            .route("/paymentv2/Payment/Error.html", get(gateway::error))
            .route("/paymentv2/Transaction/PaymentMethod.html", get(gateway::methods))
            .route(
                "/paymentv2/Transaction/Cancel.html",
                get(gateway::cancel_page).post(gateway::cancel),
            )
            .route("/paymentv2/Transaction/Done.html", get(gateway::done))
            .route(
                "/paymentv2/Ncb/Transaction/Index.html",
                get(gateway::card_page).post(gateway::card),
            )
            .route("/paymentv2/Ncb/Transaction/Confirm.html", get(gateway::otp_page))
            .route("/paymentv2/Ncb/Transaction/AjaxConfirm.html", post(gateway::confirm))
            .route("/merchant_webapi/api/transaction", post(merchant_api::transaction))
            .route("/_simulator/outcome", post(gateway::outcome))
            .route("/_simulator/knobs", post(control::knobs))
            .route("/_simulator/payments", get(control::payments))
            .route("/_simulator/pay", post(control::pay))
            .route("/_simulator/reset", post(control::reset))
            .merge(page::assets())
            .with_state(self.clone())
    }

    fn config(&self) -> &Config {
        &self.0.config
    }

    fn lock(&self) -> MutexGuard<'_, Book> {
        self.0.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads the book.
    fn read<T>(&self, read: impl FnOnce(&Book) -> T) -> T {
        read(&self.lock())
    }

    /// Changes the book and saves it.
    fn change<T>(&self, change: impl FnOnce(&mut Book) -> T) -> T {
        let mut book = self.lock();
        let result = change(&mut book);
        self.0.store.save(&*book);
        result
    }
}
