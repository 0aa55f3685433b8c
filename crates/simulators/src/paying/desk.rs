//! Owns the running of a gateway whose orders are opened by a merchant's call: its state on disk,
//! its notices, its pages' way back. Knows no protocol: that is behind [`Protocol`].

use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::http::header;
use axum::routing::{get, post};

use super::back::{self, Lies};
use super::knobs::{IpnKnob, Knobs, ReturnKnob};
use super::order::{Book, Ended, Ending, Money, Order};
use super::reports::{self, Reports};
use super::{control, order, pages};
use crate::page;
use crate::store::Store;
use crate::time;

/// A notice to be posted to a merchant, as JSON.
pub(crate) struct Call {
    pub(crate) url: String,
    pub(crate) body: String,
}

/// What differs from gateway to gateway.
pub(crate) trait Protocol: Send + Sync + Sized + 'static {
    /// Name of its file on disk.
    const FILE: &'static str;
    /// Its name on its pages.
    const PARTY: &'static str;
    /// What it plays, for its home page.
    const PLAYS: &'static str;
    /// The panel's buttons: outcome, and its words in both languages.
    const PANEL: &'static [(&'static str, &'static str, &'static str)];
    /// How often a notice is sent at most.
    const TIMES: u32;
    /// Seconds of the gateway's clock between two notices.
    const APART: f64;
    /// What a forger changes in a return.
    const LIES: Lies;
    /// The one-time password that is right.
    const CODE: &'static str;
    /// The outcome of three wrong ones.
    const WRONG_CODES: &'static str;

    /// Whether it has an answer for all of these switches.
    fn takes(&self, knobs: &Knobs) -> Result<(), &'static str>;

    /// An end by its name on the panel or by its code.
    fn ending(&self, name: &str) -> Option<Ending>;

    /// Its number of a transaction that ends so; `serial` was not given before.
    fn number(&self, serial: u64, ending: &Ending, now_ms: u64) -> String;

    /// The notice of an order's end, signed with another secret when it is to be `forged`; none when
    /// this end has none.
    fn notice(&self, order: &Order, forged: bool) -> Option<Call>;

    /// Whether the merchant's answer ends the notice that was `sent`.
    fn accepted(&self, sent: &str, status: u16, answer: &str) -> bool;

    /// The signed query with which the browser goes back.
    fn back(&self, order: &Order) -> String;

    /// Who is paid, as the page says it.
    fn payee(&self, order: &Order) -> String;

    /// What for, as the page says it.
    fn purpose(&self, order: &Order) -> String;

    /// The choice of banks on the page: code and name; empty where there is none.
    fn banks(&self) -> &'static [(&'static str, &'static str)];

    /// Origin of the merchant's app: forms may lead there.
    fn app_origin(&self) -> &str;
}

/// The running gateway. Clones share one state.
pub(crate) struct Desk<P>(Arc<Inner<P>>);

impl<P> Clone for Desk<P> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

struct Inner<P> {
    protocol: P,
    http: reqwest::Client,
    store: Store,
    book: Mutex<Book>,
}

impl<P: Protocol> Desk<P> {
    /// Starts a gateway, with what it knew before a restart.
    pub(crate) fn new(
        protocol: P,
        data: Option<&Path>,
        extra_ca: Option<&[u8]>,
    ) -> io::Result<Self> {
        let store = Store::open(data, P::FILE)?;
        let book = Mutex::new(store.load()?);
        let http = reports::client(extra_ca).map_err(io::Error::other)?;
        Ok(Self(Arc::new(Inner { protocol, http, store, book })))
    }

    /// Goes on with the notices that no merchant had accepted before the restart.
    pub(crate) fn resume(&self) {
        for token in self.lock().unaccepted() {
            reports::later(self, &token, Duration::ZERO);
        }
    }

    /// The paths that all such gateways have: home, the ends of a payment, the switches.
    pub(crate) fn common() -> Router<Self> {
        Router::new()
            .route("/", get(pages::home::<P>))
            .route("/_simulator/code", post(pages::code::<P>))
            .route("/_simulator/outcome", post(pages::outcome::<P>))
            .route("/_simulator/done", get(pages::done_page::<P>))
            .route("/_simulator/knobs", post(control::knobs::<P>))
            .route("/_simulator/payments", get(control::payments::<P>))
            .route("/_simulator/pay", post(control::pay::<P>))
            .route("/_simulator/reset", post(control::reset::<P>))
            .merge(page::assets())
    }

    pub(crate) fn protocol(&self) -> &P {
        &self.0.protocol
    }

    fn lock(&self) -> MutexGuard<'_, Book> {
        self.0.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads the book.
    pub(crate) fn read<T>(&self, read: impl FnOnce(&Book) -> T) -> T {
        read(&self.lock())
    }

    /// Changes the book and saves it.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut Book) -> T) -> T {
        let mut book = self.lock();
        let result = change(&mut book);
        self.0.store.save(&*book);
        result
    }

    /// A copy of the order of a token.
    pub(crate) fn find(&self, token: &str) -> Option<Order> {
        self.read(|book| book.orders.iter().find(|order| order.token == token).cloned())
    }

    /// Ends an order for which `may` holds; none when it does not.
    pub(crate) fn end(
        &self,
        token: &str,
        ending: &Ending,
        may: impl FnOnce(&Order) -> bool,
    ) -> Option<Order> {
        self.change(|book| {
            if !book.by_token(token).is_some_and(|order| may(order)) {
                return None;
            }
            let now = time::now_ms();
            let ended = Ended {
                code: ending.code.clone(),
                money: ending.money,
                number: self.protocol().number(book.next_number(), ending, now),
                at_ms: now,
            };
            book.end(token, ended)
        })
    }

    /// The signed parameters that the browser comes back with.
    pub(crate) fn returned(&self, order: &Order) -> String {
        let earlier = match order.knobs.back {
            ReturnKnob::Replayed => self.read(|book| book.ended_before(order).cloned()),
            _ => None,
        };
        self.protocol().back(earlier.as_ref().unwrap_or(order))
    }

    /// Where the browser goes after the end of an order.
    pub(crate) fn way_back(&self, order: &Order) -> String {
        let done = format!("/_simulator/done?token={}", order.token);
        let signed = self.returned(order);
        back::way_back(order.knobs.back, &order.return_url, &signed, &P::LIES, &done)
    }
}

/// Whether an order's money was not taken yet: the gateway may still come to have it.
pub(crate) fn can_be_paid(order: &Order) -> bool {
    order.money() != Money::Taken
}

impl<P: Protocol> Reports for Desk<P> {
    const TIMES: u32 = P::TIMES;
    const APART: f64 = P::APART;

    fn reported(&self, token: &str) -> Option<(Knobs, u32)> {
        self.find(token).map(|order| (order.knobs, order.settlements))
    }

    fn pay_late(&self, token: &str) -> bool {
        let paid = self.protocol().ending("success");
        paid.is_some_and(|ending| self.end(token, &ending, can_be_paid).is_some())
    }

    async fn send(&self, token: &str) -> bool {
        let Some(mut order) = self.find(token) else { return true };
        if order.knobs.ipn == IpnKnob::WrongAmount {
            order.amount += 100;
        }
        let forged = order.knobs.ipn == IpnKnob::BadSignature;
        let Some(Call { url, body }) = self.protocol().notice(&order, forged) else { return true };
        let at_ms = time::now_ms();
        let request = self.0.http.post(url).header(header::CONTENT_TYPE, "application/json");
        let (status, answer) = match request.body(body.clone()).send().await {
            Ok(response) => {
                let status = response.status().as_u16();
                (Some(status), response.text().await.unwrap_or_else(|error| error.to_string()))
            }
            Err(error) => (None, error.to_string()),
        };
        let accepted =
            status.is_some_and(|status| self.protocol().accepted(&body, status, &answer));
        let sent = order::Sent { at_ms, body, status, answer, accepted };
        self.change(|book| {
            if let Some(order) = book.by_token(token) {
                order.notices.push(sent);
            }
        });
        accepted
    }
}
