//! Owns what a merchant answers to a gateway's notice: the merchant's verdict, and the HTTP answer
//! that each gateway turns it into. Knows no order.

/// What the merchant made of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Recorded (also when what was recorded is a failure).
    Recorded,
    /// It was recorded earlier.
    AlreadyRecorded,
    /// No such order here. It may be that our row is not written yet: the gateway is to call again.
    UnknownOrder,
    /// Properly signed, but the amount is not the order's.
    WrongAmount,
    /// Not proven; nothing of it was stored.
    NotProven,
    /// Something broke here: the gateway is to call again.
    Broken,
}

impl Verdict {
    /// All verdicts, for tables and tests.
    pub const ALL: [Self; 6] = [
        Self::Recorded,
        Self::AlreadyRecorded,
        Self::UnknownOrder,
        Self::WrongAmount,
        Self::NotProven,
        Self::Broken,
    ];
}

/// An HTTP answer to a notice.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body, JSON; empty when there is none.
    pub body: String,
}

impl Answer {
    /// An answer without a body.
    pub(crate) fn empty(status: u16) -> Self {
        Self { status, body: String::new() }
    }
}
