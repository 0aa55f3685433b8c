//! The gateways behind one interface: open an order, ask what became of it, read a notice of it. What a
//! gateway says becomes the same few words here, whatever its protocol; what follows from them is
//! `settle`'s. The protocols themselves are `crates/gateways`.

mod call;
mod momo;
mod platform;
pub mod transfer;
mod vnpay;
mod zalopay;

pub use platform::bill as platform_bill;

use crate::app::App;
use crate::error::Result;
use crate::payments::attempts::Attempt;
use crate::payments::refunds::Refund;
use crate::secrets;
use motcua_contract::problem::ProblemType;
use motcua_domain::date::Moment;
use motcua_domain::money::Vnd;
use motcua_domain::payment::FailureReason;
use motcua_gateways::ack::{Answer, Verdict};
use motcua_gateways::{Outcome, RefundOutcome, Stamp};

/// A channel that money comes through. Cash at the counter is none: staff enter it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Driver {
    /// VNPAY 2.1.0.
    Vnpay,
    /// MoMo v2.
    Momo,
    /// ZaloPay v2.
    Zalopay,
    /// The national portal's PaymentPlatform.
    Platform,
    /// A bank transfer by VietQR: nobody calls back, the bank's statement says it.
    Transfer,
}

/// What the citizen opens to pay.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// The gateway's page.
    pub url: Option<String>,
    /// The text of a code that a wallet or bank reads.
    pub qr: Option<String>,
}

/// What a gateway answered to a new order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// The citizen can pay.
    Ready(Page),
    /// It knows the order already, and does not give its page again.
    Exists,
    /// It cannot say now: the same order again later.
    Again,
    /// It will not have the order; none exists there.
    Refused(FailureReason, String),
}

/// What a gateway said of an order, by a query or a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What it means for the money; nothing when the gateway does not know the order, or did not
    /// answer the question.
    pub outcome: Option<Outcome>,
    /// Whether the gateway knows no such order.
    pub not_found: bool,
    /// The amount it speaks of, where it names one.
    pub amount: Option<Vnd>,
    /// Its code.
    pub code: Option<String>,
    /// Its number of the payment.
    pub reference: Option<String>,
    /// When the money was taken.
    pub paid_at: Option<Moment>,
    /// Its own words.
    pub raw: String,
}

/// What a gateway said of an order to give money back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundTold {
    /// What became of it.
    pub outcome: RefundOutcome,
    /// Whether it speaks of the whole amount; yes where the protocol names none.
    pub whole: bool,
    /// Its code.
    pub code: Option<String>,
    /// Its number of the refund.
    pub reference: Option<String>,
    /// Its own words.
    pub raw: String,
}

/// A notice that was proven, and of which order it speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// Our reference.
    pub reference: String,
    /// What it says.
    pub told: Told,
}

impl Driver {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Vnpay, Self::Momo, Self::Zalopay, Self::Platform, Self::Transfer];

    /// The driver of a channel.
    pub fn find(channel: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|driver| driver.id() == channel)
    }

    /// The channel's id, as the configuration and the tables have it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Vnpay => "vnpay",
            Self::Momo => "momo",
            Self::Zalopay => "zalopay",
            Self::Platform => "platform",
            Self::Transfer => "vietqr",
        }
    }

    /// Seconds that an order can be paid. VNPAY's page idles out after 15 minutes, ZaloPay's and
    /// MoMo's orders are made as long; a transfer has no page and gets a day.
    pub const fn open_seconds(self) -> i64 {
        match self {
            Self::Transfer => 24 * 3_600,
            _ => 15 * 60,
        }
    }

    /// A new reference of ours, in the form that the gateway wants.
    pub fn reference(self, now: Moment) -> Result<String> {
        let random = secrets::reference()?;
        Ok(match self {
            Self::Zalopay => motcua_gateways::zalopay::numbered(stamp(now), &random),
            _ => random,
        })
    }

    /// Asks the gateway to open the order of an attempt. The row is on the disk. Asked twice with the
    /// same attempt, it is the same order.
    ///
    /// # Errors
    /// When the request cannot be made at all; a gateway that does not answer is [`Opened::Again`].
    pub async fn open(self, app: &App, attempt: &Attempt) -> Result<Opened> {
        match self {
            Self::Vnpay => vnpay::open(app, attempt),
            Self::Momo => momo::open(app, attempt).await,
            Self::Zalopay => zalopay::open(app, attempt).await,
            Self::Platform => platform::open(app, attempt).await,
            Self::Transfer => transfer::open(app, attempt),
        }
    }

    /// Asks what became of an order. The strongest evidence there is.
    ///
    /// # Errors
    /// When there is no answer that can be believed.
    pub async fn query(self, app: &App, attempt: &Attempt) -> Result<Told> {
        match self {
            Self::Vnpay => vnpay::query(app, attempt).await,
            Self::Momo => momo::query(app, attempt).await,
            Self::Zalopay => zalopay::query(app, attempt).await,
            Self::Platform => platform::query(app, attempt).await,
            Self::Transfer => Ok(transfer::silence()),
        }
    }

    /// Whether the channel gives money back by a call. Of the others, the platform's protocol has none,
    /// and a transfer is sent back as a transfer.
    pub const fn gives_back(self) -> bool {
        matches!(self, Self::Vnpay | Self::Momo | Self::Zalopay)
    }

    /// A new number of ours for an order to give money back, in the form that the gateway wants.
    pub fn refund_id(self, app: &App) -> Result<String> {
        let random = secrets::reference()?;
        Ok(match self {
            Self::Zalopay => zalopay::refund_id(app, &random),
            _ => random,
        })
    }

    /// Orders an attempt's whole money back. The row is on the disk.
    ///
    /// # Errors
    /// When there is no answer that can be believed: the gateway may have the order all the same.
    pub async fn refund(self, app: &App, attempt: &Attempt, order: &Refund) -> Result<RefundTold> {
        match self {
            Self::Vnpay => vnpay::refund(app, attempt, order).await,
            Self::Momo => momo::refund(app, attempt, order).await,
            Self::Zalopay => zalopay::refund(app, attempt, order).await,
            Self::Platform | Self::Transfer => Err(ProblemType::ChannelUnavailable.into()),
        }
    }

    /// Asks what became of an order to give money back; nothing when the gateway knows of none.
    ///
    /// # Errors
    /// When there is no answer that can be believed.
    pub async fn query_refund(
        self,
        app: &App,
        attempt: &Attempt,
        order: &Refund,
    ) -> Result<Option<RefundTold>> {
        match self {
            Self::Vnpay => vnpay::query_refund(app, attempt).await,
            Self::Momo => momo::query_refund(app, attempt, order).await,
            Self::Zalopay => zalopay::query_refund(app, order).await,
            Self::Platform | Self::Transfer => Err(ProblemType::ChannelUnavailable.into()),
        }
    }

    /// Proves and reads a notice, given as received: the query of a GET or the body of a POST.
    pub fn read_notice(self, app: &App, raw: &str) -> std::result::Result<Heard, String> {
        match self {
            Self::Vnpay => vnpay::notice(app, raw),
            Self::Momo => momo::notice(app, raw),
            Self::Zalopay => zalopay::notice(app, raw),
            Self::Platform => platform::notice(app, raw),
            Self::Transfer => Err("transfers send no notice".to_owned()),
        }
    }

    /// What is answered to a notice, so that the gateway calls again just when it should.
    pub fn answer(self, app: &App, raw: &str, verdict: Verdict) -> Answer {
        match self {
            Self::Vnpay | Self::Transfer => vnpay::answer(verdict),
            Self::Momo => motcua_gateways::momo::ack::answer(verdict),
            Self::Zalopay => motcua_gateways::zalopay::ack::answer(verdict),
            Self::Platform => platform::answer(app, raw, verdict),
        }
    }
}

/// A moment as gateways write it.
pub fn stamp(moment: Moment) -> Stamp {
    Stamp::from_unix(u64::try_from(moment.0).unwrap_or(0))
}

/// Where the browser comes back to. Nothing that it brings is believed.
fn return_url(app: &App, attempt: &Attempt) -> String {
    format!("{}/pay/return/{}", app.settings.origin, attempt.token)
}

/// Where the gateway calls.
fn notice_url(app: &App, driver: Driver) -> String {
    format!("{}/pay/ipn/{}", app.settings.partners_reach_us_at(), driver.id())
}

/// Why money goes back, in words that every gateway takes.
fn refund_text(attempt: &Attempt) -> String {
    format!("Hoan phi ho so {}", attempt.dossier)
}

/// What is paid for, in words that every gateway takes: general, and nothing of a person.
fn order_text(attempt: &Attempt) -> String {
    format!("Le phi ho so {}", attempt.dossier)
}
