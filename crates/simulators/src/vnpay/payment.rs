//! Owns the gateway's book: payments, how they ended, what was reported. Knows no HTTP.

use motcua_gateways::vnpay::{
    CreateError, Merchant, Notice, PayRequest, ResponseCode, Stamp, TransactionStatus,
};
use serde::{Deserialize, Serialize};

use crate::page::Lang;
use crate::paying::knobs::Waiting;
use crate::paying::{CreateKnob, Knobs};
use crate::{random, time};

/// How long a page may idle, in seconds of the gateway's clock.
const IDLE: f64 = 900.0;

/// One payment, as `GET /_simulator/payments` shows it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Payment {
    /// Names the payment in the addresses of the pay pages.
    pub token: String,
    /// `vnp_TxnRef`.
    pub txn_ref: String,
    /// `vnp_Amount`, in hundredths of a đồng.
    pub amount_hundredths: u64,
    /// `vnp_OrderInfo`.
    pub order_info: String,
    /// `vnp_ReturnUrl`.
    pub return_url: String,
    /// `vnp_Locale`.
    pub locale: String,
    /// `vnp_CreateDate`.
    pub create_date: String,
    /// `vnp_ExpireDate` as seconds since 1970.
    pub expires: Option<i64>,
    /// The query that opened it.
    pub query: String,
    /// When a page of it was last asked for, in milliseconds since 1970.
    pub seen_ms: u64,
    /// True once the page idled out or the time to pay was over.
    pub timed_out: bool,
    /// How it ended; none while it is open.
    pub settled: Option<Settled>,
    /// Grows with every outcome (a late payment is a second one).
    pub settlements: u32,
    /// The IPNs that were sent, oldest first.
    pub ipns: Vec<SentIpn>,
    /// Its switches.
    pub knobs: Knobs,
    /// How many queries were answered.
    pub queries: u32,
    /// When the last one was, in milliseconds since 1970.
    pub queried_ms: u64,
    /// Wrong one-time passwords so far.
    pub wrong_otps: u8,
    /// Refund asked for: `02` full or `03` partial.
    pub refund: Option<String>,
}

/// How a payment ended: the variable part of its return and IPN.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    /// `vnp_ResponseCode`.
    pub response_code: String,
    /// `vnp_TransactionStatus`.
    pub transaction_status: String,
    /// `vnp_TransactionNo`; none (sent as `0`) when cancelled.
    pub transaction_no: Option<String>,
    /// `vnp_BankCode`.
    pub bank_code: String,
    /// `vnp_CardType`.
    pub card_type: String,
    /// `vnp_PayDate`, seconds since 1970.
    pub pay_date: u64,
    /// True when the money was taken.
    pub money_taken: bool,
}

/// One IPN and the merchant's answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SentIpn {
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
    /// The query that was sent.
    pub query: String,
    /// HTTP status of the answer; none when there was none.
    pub status: Option<u16>,
    /// Body of the answer, or why there was none.
    pub answer: String,
    /// `RspCode` of the answer, when it was one.
    pub rsp_code: Option<String>,
}

/// The ways a payment can end, by the names that the panel and `/_simulator/pay` use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Ending {
    /// Paid (00, 00).
    Success,
    /// Cancelled (24, 02).
    Cancel,
    /// Not enough money (51, 02).
    Insufficient,
    /// Money taken, suspected of fraud (07, 07).
    Fraud,
    /// The bank has not answered yet (00, 01).
    Pending,
    /// Wrong one-time password three times (13, 02).
    WrongOtp,
}

impl Ending {
    fn settle(self, number: u64, now: u64) -> Settled {
        let (response, status, taken) = match self {
            Self::Success => ("00", "00", true),
            Self::Cancel => ("24", "02", false),
            Self::Insufficient => ("51", "02", false),
            Self::Fraud => ("07", "07", true),
            Self::Pending => ("00", "01", false),
            Self::WrongOtp => ("13", "02", false),
        };
        // Cancelled on the QR screen: the shape of five independent logs of the real sandbox.
        let cancelled = self == Self::Cancel;
        Settled {
            response_code: response.to_owned(),
            transaction_status: status.to_owned(),
            transaction_no: (!cancelled).then(|| number.to_string()),
            bank_code: if cancelled { "VNPAY" } else { "NCB" }.to_owned(),
            card_type: if cancelled { "QRCODE" } else { "ATM" }.to_owned(),
            pay_date: now,
            money_taken: taken,
        }
    }
}

impl Payment {
    fn new(request: &PayRequest, query: &str, knobs: Knobs) -> Self {
        Self {
            token: random::token(),
            txn_ref: request.txn_ref.clone(),
            amount_hundredths: request.amount.hundredths(),
            order_info: request.order_info.as_str().to_owned(),
            return_url: request.return_url.clone(),
            locale: request.locale.code().to_owned(),
            create_date: request.created.to_string(),
            expires: request.expires.map(Stamp::unix),
            query: query.to_owned(),
            seen_ms: time::now_ms(),
            timed_out: false,
            settled: None,
            settlements: 0,
            ipns: Vec::new(),
            knobs,
            queries: 0,
            queried_ms: 0,
            wrong_otps: 0,
            refund: None,
        }
    }

    /// The language of its pages.
    pub(crate) fn lang(&self) -> Lang {
        if self.locale == "en" { Lang::En } else { Lang::Vi }
    }

    /// True while it can still be paid on the page.
    pub(crate) fn open(&self) -> bool {
        !self.timed_out && self.settled.as_ref().is_none_or(|s| s.transaction_status == "01")
    }

    /// The notice of its end, for return and IPN; none while it is open.
    pub(crate) fn notice(&self) -> Option<Notice> {
        let settled = self.settled.as_ref()?;
        Some(Notice {
            txn_ref: self.txn_ref.clone(),
            amount_hundredths: self.amount_hundredths,
            bank_code: settled.bank_code.clone(),
            bank_tran_no: settled.transaction_no.as_ref().map(|no| format!("VNP{no}")),
            card_type: Some(settled.card_type.clone()),
            order_info: self.order_info.clone(),
            pay_date: Some(Stamp::from_unix(settled.pay_date)),
            response_code: ResponseCode::from(settled.response_code.as_str()),
            transaction_no: settled.transaction_no.clone(),
            transaction_status: TransactionStatus::from(settled.transaction_status.as_str()),
        })
    }

    /// The signed parameters of its end.
    pub(crate) fn signed(&self, merchant: &Merchant) -> Option<String> {
        Some(self.notice()?.signed_query(merchant))
    }

    /// True when the time to pay (`vnp_ExpireDate`) is over at `now`, in seconds since 1970.
    pub(crate) fn expired(&self, now: u64) -> bool {
        self.expires.is_some_and(|at| i128::from(now) > i128::from(at))
    }

    /// Notes that a page of it was asked for; false when it had idled out or expired before.
    fn touch(&mut self, now_ms: u64) -> bool {
        let idle = self.knobs.seconds(IDLE).as_millis();
        let expired = self.expired(now_ms / 1000);
        if self.open() && (expired || u128::from(now_ms.saturating_sub(self.seen_ms)) > idle) {
            self.timed_out = true;
        }
        self.seen_ms = now_ms;
        !self.timed_out
    }
}

/// All payments and the switches that wait for one.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Book {
    pub(crate) payments: Vec<Payment>,
    /// Switches for payments to come.
    waiting: Waiting,
    numbers: u64,
}

impl Book {
    /// Opens a payment: its token; 01 when `vnp_TxnRef` was used that day, or what the switches say.
    /// The very same signed request finds the payment again while it is open (the citizen tapped
    /// twice or reloaded).
    pub(crate) fn open(
        &mut self,
        request: &PayRequest,
        query: &str,
    ) -> Result<String, CreateError> {
        let day = request.created.day();
        let same = |p: &&Payment| p.txn_ref == request.txn_ref && p.create_date.starts_with(&day);
        if let Some(earlier) = self.payments.iter().find(same) {
            let again = earlier.query == query && earlier.open();
            return again.then(|| earlier.token.clone()).ok_or(CreateError::Duplicate);
        }
        let knobs = self.waiting.take(&request.txn_ref);
        if let CreateKnob::Error(code) = knobs.create {
            return Err(CreateError::from(format!("{code:02}").as_str()));
        }
        let payment = Payment::new(request, query, knobs);
        let token = payment.token.clone();
        self.payments.push(payment);
        Ok(token)
    }

    /// Sets the switches of a payment that is there, or of one to come.
    pub(crate) fn set_knobs(&mut self, txn_ref: Option<String>, knobs: Knobs) {
        let known = txn_ref.as_deref().and_then(|name| self.by_ref(name));
        match known {
            Some(payment) => payment.knobs = knobs,
            None => self.waiting.add(txn_ref, knobs),
        }
    }

    /// The payment of a token.
    pub(crate) fn by_token(&mut self, token: &str) -> Option<&mut Payment> {
        self.payments.iter_mut().find(|payment| payment.token == token)
    }

    /// The latest payment of a `vnp_TxnRef`.
    pub(crate) fn by_ref(&mut self, txn_ref: &str) -> Option<&mut Payment> {
        self.payments.iter_mut().rev().find(|payment| payment.txn_ref == txn_ref)
    }

    /// The payment of a token for a page: none when there is none, its time is over or it ended.
    pub(crate) fn visit(&mut self, token: &str) -> Visit {
        let Some(payment) = self.by_token(token) else { return Visit::Unknown };
        if !payment.touch(time::now_ms()) {
            return Visit::TimedOut;
        }
        if payment.open() { Visit::Open(payment.clone()) } else { Visit::Ended(payment.clone()) }
    }

    /// The payment that was opened before this one, and ended.
    pub(crate) fn ended_before(&self, token: &str) -> Option<&Payment> {
        let earlier = self.payments.iter().take_while(|payment| payment.token != token);
        earlier.filter(|payment| payment.settled.is_some()).last()
    }

    /// Ends a payment.
    pub(crate) fn end(&mut self, token: &str, ending: Ending) -> Option<Payment> {
        self.numbers += 1;
        let number = 14_226_000 + self.numbers;
        let payment = self.by_token(token)?;
        payment.settled = Some(ending.settle(number, time::now()));
        payment.settlements += 1;
        Some(payment.clone())
    }

    /// Payments whose end no merchant has confirmed.
    pub(crate) fn unconfirmed(&self) -> Vec<String> {
        let confirmed = |payment: &Payment| {
            let codes = payment.ipns.iter().filter_map(|ipn| ipn.rsp_code.as_deref());
            codes.into_iter().any(|code| code == "00" || code == "02")
        };
        self.payments
            .iter()
            .filter(|payment| payment.settled.is_some() && !confirmed(payment))
            .map(|payment| payment.token.clone())
            .collect()
    }
}

/// What a page finds.
pub(crate) enum Visit {
    Unknown,
    TimedOut,
    Ended(Payment),
    Open(Payment),
}
