//! Owns the book of a gateway whose orders are opened by a merchant's call: orders, how they ended,
//! what was reported, what was given back. Knows no protocol and no HTTP.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::knobs::{Knobs, RefundKnob, Waiting};
use crate::page::Lang;
use crate::{random, time};

/// One order, as `GET /_simulator/payments` shows it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Order {
    /// Names the order in the addresses of the gateway's pages: 64 hex digits.
    pub token: String,
    /// The merchant's number of it.
    pub reference: String,
    /// In đồng.
    pub amount: u64,
    /// The merchant's request, as received; the gateway reads it again when it needs more of it.
    pub asked: String,
    /// Where the browser goes in the end.
    pub return_url: String,
    /// Whether its pages are in English.
    pub english: bool,
    /// When it was opened, in milliseconds since 1970.
    pub opened_ms: u64,
    /// Until when it can be paid on its page, in milliseconds since 1970.
    pub expires_ms: u64,
    /// How it ended; none while it is open.
    pub ended: Option<Ended>,
    /// Grows with every end (a late payment is a second one).
    pub settlements: u32,
    /// The notices that were sent, oldest first.
    pub notices: Vec<Sent>,
    /// Its switches.
    pub knobs: Knobs,
    /// How many queries were answered.
    pub queries: u32,
    /// When the last one was, in milliseconds since 1970.
    pub queried_ms: u64,
    /// Wrong one-time passwords so far.
    pub wrong_codes: u8,
    /// The bank that the citizen chose, where the page has that choice.
    pub bank: String,
    /// What was to be given back.
    pub refunds: Vec<Refund>,
}

/// What an end means for the money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Money {
    /// It was taken.
    Taken,
    /// Nobody knows yet.
    Pending,
    /// It was not taken.
    NotTaken,
}

/// An end that an order can have, in the gateway's code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// The gateway's code.
    pub code: String,
    /// What it means.
    pub money: Money,
}

/// How an order ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// The gateway's code.
    pub code: String,
    /// What it means.
    pub money: Money,
    /// The gateway's number of the transaction.
    pub number: String,
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
}

/// One notice and the merchant's answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Sent {
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
    /// The body that was posted.
    pub body: String,
    /// HTTP status of the answer; none when there was none.
    pub status: Option<u16>,
    /// Body of the answer, or why there was none.
    pub answer: String,
    /// Whether the answer ended the notice.
    pub accepted: bool,
}

/// Money that was to be given back.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Refund {
    /// The merchant's number of the refund.
    pub reference: String,
    /// The gateway's number of it.
    pub number: String,
    /// In đồng.
    pub amount: u64,
    /// Whether it is carried out; none while nobody knows.
    pub done: Option<bool>,
    /// How often it was asked about.
    pub queries: u32,
}

impl Refund {
    /// Notes that it was asked about: one that is at work is a step further then.
    pub(crate) fn ask(&mut self, knob: RefundKnob) {
        self.queries += 1;
        let waits = matches!(knob, RefundKnob::Pending(n) if self.queries <= n);
        if self.done.is_none() && !waits {
            self.done = Some(knob != RefundKnob::Refused);
        }
    }
}

impl Order {
    /// The language of its pages.
    pub(crate) fn lang(&self) -> Lang {
        if self.english { Lang::En } else { Lang::Vi }
    }

    /// What is known of its money.
    pub(crate) fn money(&self) -> Money {
        self.ended.as_ref().map_or(Money::Pending, |ended| ended.money)
    }

    /// Whether its money was taken.
    pub(crate) fn is_paid(&self) -> bool {
        self.money() == Money::Taken
    }

    /// Whether its time ran out before anything was decided.
    pub(crate) fn is_expired(&self, now_ms: u64) -> bool {
        self.ended.is_none() && now_ms > self.expires_ms
    }

    /// Whether it can still be paid on its page.
    pub(crate) fn is_open(&self, now_ms: u64) -> bool {
        self.money() == Money::Pending && now_ms <= self.expires_ms
    }

    /// The refund with the merchant's number.
    pub(crate) fn refund(&mut self, reference: &str) -> Option<&mut Refund> {
        self.refunds.iter_mut().find(|refund| refund.reference == reference)
    }

    /// What is given back of it, or may be.
    pub(crate) fn given_back(&self) -> u64 {
        let counts = |refund: &&Refund| refund.done != Some(false);
        self.refunds.iter().filter(counts).map(|refund| refund.amount).sum()
    }
}

/// What is needed to open an order.
pub(crate) struct NewOrder {
    pub(crate) reference: String,
    pub(crate) amount: u64,
    pub(crate) asked: String,
    pub(crate) return_url: String,
    pub(crate) english: bool,
    /// Seconds of the gateway's clock that it can be paid.
    pub(crate) lasts: f64,
}

/// All orders, and what waits for one.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Book {
    pub(crate) orders: Vec<Order>,
    waiting: Waiting,
    numbers: u64,
    /// Answers by key of idempotency: `None` to a request that the merchant must not send again
    /// under the same key.
    pub(crate) answers: BTreeMap<String, Option<String>>,
}

impl Book {
    /// The switches of an order that comes now.
    pub(crate) fn knobs_for(&mut self, reference: &str) -> Knobs {
        self.waiting.take(reference)
    }

    /// The order that was opened before this one, and ended.
    pub(crate) fn ended_before(&self, order: &Order) -> Option<&Order> {
        let earlier = self.orders.iter().take_while(|other| other.token != order.token);
        earlier.filter(|other| other.ended.is_some()).last()
    }

    /// Opens an order.
    pub(crate) fn open(&mut self, new: NewOrder, knobs: Knobs) -> Order {
        let now = time::now_ms();
        let lasts = u64::try_from(knobs.seconds(new.lasts).as_millis()).unwrap_or(u64::MAX);
        let order = Order {
            token: hex::encode(random::bytes::<32>()),
            reference: new.reference,
            amount: new.amount,
            asked: new.asked,
            return_url: new.return_url,
            english: new.english,
            opened_ms: now,
            expires_ms: now.saturating_add(lasts),
            ended: None,
            settlements: 0,
            notices: Vec::new(),
            knobs,
            queries: 0,
            queried_ms: 0,
            wrong_codes: 0,
            bank: String::new(),
            refunds: Vec::new(),
        };
        self.orders.push(order.clone());
        order
    }

    /// Sets the switches of an order that is there, or of one to come.
    pub(crate) fn set_knobs(&mut self, reference: Option<String>, knobs: Knobs) {
        let known = reference.as_deref().and_then(|name| self.by_reference(name));
        match known {
            Some(order) => order.knobs = knobs,
            None => self.waiting.add(reference, knobs),
        }
    }

    /// The order of a token.
    pub(crate) fn by_token(&mut self, token: &str) -> Option<&mut Order> {
        self.orders.iter_mut().find(|order| order.token == token)
    }

    /// The order with the merchant's number.
    pub(crate) fn by_reference(&mut self, reference: &str) -> Option<&mut Order> {
        self.orders.iter_mut().find(|order| order.reference == reference)
    }

    /// The paid order with the gateway's number.
    pub(crate) fn paid_by_number(&mut self, number: &str) -> Option<&mut Order> {
        let is_it = |order: &&mut Order| {
            order.is_paid() && order.ended.as_ref().is_some_and(|ended| ended.number == number)
        };
        self.orders.iter_mut().find(is_it)
    }

    /// The order that a refund with the merchant's number is of.
    pub(crate) fn by_refund(&mut self, reference: &str) -> Option<&mut Order> {
        let has = |order: &&mut Order| order.refunds.iter().any(|r| r.reference == reference);
        self.orders.iter_mut().find(has)
    }

    /// A number that was not given before.
    pub(crate) fn next_number(&mut self) -> u64 {
        self.numbers += 1;
        self.numbers
    }

    /// Ends an order.
    pub(crate) fn end(&mut self, token: &str, ended: Ended) -> Option<Order> {
        let order = self.by_token(token)?;
        order.ended = Some(ended);
        order.settlements += 1;
        Some(order.clone())
    }

    /// Orders whose end no merchant has accepted.
    pub(crate) fn unaccepted(&self) -> Vec<String> {
        let told = |order: &Order| order.notices.iter().any(|sent| sent.accepted);
        let open = |order: &&Order| order.ended.is_some() && !told(order);
        self.orders.iter().filter(open).map(|order| order.token.clone()).collect()
    }
}
