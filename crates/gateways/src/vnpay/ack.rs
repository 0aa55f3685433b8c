//! Owns the answer to an IPN. Knows no order.
//!
//! VNPAY PAY 2.1.0, pay.html (IPN): HTTP 200 with `{"RspCode","Message"}`. Anything but 00 and 02
//! makes the gateway call again, up to ten times, five minutes apart.

use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

use crate::ack::{Answer, Verdict};

/// The merchant's answer to an IPN; serialises to `{"RspCode":"00","Message":"Confirm Success"}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IpnAck {
    /// 00: recorded (also when what was recorded is a failure).
    Confirmed,
    /// 01: no such order. The gateway calls again.
    OrderNotFound,
    /// 02: recorded earlier.
    AlreadyConfirmed,
    /// 03: the caller's address is not allowed.
    AddressProhibited,
    /// 04: the amount is not the order's.
    InvalidAmount,
    /// 97: the hash is wrong.
    InvalidSignature,
    /// 99: anything else. The gateway calls again.
    Unknown,
}

const ALL: [IpnAck; 7] = [
    IpnAck::Confirmed,
    IpnAck::OrderNotFound,
    IpnAck::AlreadyConfirmed,
    IpnAck::AddressProhibited,
    IpnAck::InvalidAmount,
    IpnAck::InvalidSignature,
    IpnAck::Unknown,
];

impl IpnAck {
    /// `RspCode`, two digits.
    pub fn code(self) -> &'static str {
        match self {
            Self::Confirmed => "00",
            Self::OrderNotFound => "01",
            Self::AlreadyConfirmed => "02",
            Self::AddressProhibited => "03",
            Self::InvalidAmount => "04",
            Self::InvalidSignature => "97",
            Self::Unknown => "99",
        }
    }

    /// `Message`, the text of VNPAY's sample.
    pub fn message(self) -> &'static str {
        match self {
            Self::Confirmed => "Confirm Success",
            Self::OrderNotFound => "Order not found",
            Self::AlreadyConfirmed => "Order already confirmed",
            Self::AddressProhibited => "IP prohibited",
            Self::InvalidAmount => "Invalid amount",
            Self::InvalidSignature => "Invalid signature",
            Self::Unknown => "Unknown error",
        }
    }

    /// True when the gateway is content and does not call again.
    pub fn ends(self) -> bool {
        matches!(self, Self::Confirmed | Self::AlreadyConfirmed)
    }

    /// Reads a merchant's answer; nothing for a body that is none.
    pub fn parse(body: &str) -> Option<Self> {
        #[derive(Deserialize)]
        struct Body {
            #[serde(rename = "RspCode")]
            code: String,
        }
        let body: Body = serde_json::from_str(body).ok()?;
        ALL.into_iter().find(|ack| ack.code() == body.code)
    }
}

impl From<Verdict> for IpnAck {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Recorded => Self::Confirmed,
            Verdict::AlreadyRecorded => Self::AlreadyConfirmed,
            Verdict::UnknownOrder => Self::OrderNotFound,
            Verdict::WrongAmount => Self::InvalidAmount,
            Verdict::NotProven => Self::InvalidSignature,
            Verdict::Broken => Self::Unknown,
        }
    }
}

impl From<IpnAck> for Answer {
    fn from(ack: IpnAck) -> Self {
        let body = serde_json::json!({ "RspCode": ack.code(), "Message": ack.message() });
        Self { status: 200, body: body.to_string() }
    }
}

impl Serialize for IpnAck {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut body = serializer.serialize_struct("IpnAck", 2)?;
        body.serialize_field("RspCode", self.code())?;
        body.serialize_field("Message", self.message())?;
        body.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_goes_round() {
        for ack in ALL {
            let body = serde_json::to_string(&ack).unwrap();
            assert_eq!(IpnAck::parse(&body), Some(ack));
        }
        assert_eq!(
            serde_json::to_string(&IpnAck::Confirmed).unwrap(),
            r#"{"RspCode":"00","Message":"Confirm Success"}"#
        );
        for verdict in Verdict::ALL {
            let ack = IpnAck::from(verdict);
            assert_eq!(IpnAck::parse(&Answer::from(ack).body), Some(ack));
        }
        assert_eq!(IpnAck::parse("<html>"), None);
        assert_eq!(IpnAck::parse(r#"{"RspCode":"55"}"#), None);
    }
}
