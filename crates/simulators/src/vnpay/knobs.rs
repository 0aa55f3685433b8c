//! Owns the switches that make the gateway misbehave. Knows no payment.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// When and how the IPN of a payment is sent. In JSON: `"never"`, `{"dup":3}`, …
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IpnKnob {
    /// A moment before the browser is sent back, without waiting for the answer.
    #[default]
    Normal,
    /// One and a half seconds after the browser was sent back.
    AfterReturn,
    /// The browser is sent back only when the merchant has answered.
    BeforeReturn,
    /// Not at all.
    Never,
    /// This many times at once, whatever the answers are.
    Dup(u8),
    /// With a hash of another secret.
    BadSignature,
    /// Properly signed, for 100 đ more.
    WrongAmount,
    /// This many milliseconds after the outcome.
    DelayMs(u64),
}

/// How the browser comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnKnob {
    /// With the signed parameters.
    #[default]
    Normal,
    /// Not at all: the gateway's own last page stays.
    Never,
    /// With a success that nobody signed (or, when it is one, another amount).
    Tampered,
    /// With what trackers add.
    ExtraParams,
}

/// How querydr answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum QueryKnob {
    /// With the truth.
    #[default]
    #[serde(rename = "normal")]
    Normal,
    /// The first so many times: not finished (status 01).
    #[serde(rename = "pending")]
    Pending(u32),
    /// 94 when asked again within five minutes (times the clock factor).
    #[serde(rename = "duplicate_94")]
    Duplicate94,
    /// HTTP 503.
    #[serde(rename = "down")]
    Down,
}

/// All switches of one payment.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Knobs {
    /// The IPN.
    pub ipn: IpnKnob,
    /// The return.
    #[serde(rename = "return")]
    pub back: ReturnKnob,
    /// querydr.
    pub query: QueryKnob,
    /// What five minutes between IPNs and fifteen minutes of idling are multiplied by.
    pub clock_factor: f64,
}

impl Default for Knobs {
    fn default() -> Self {
        Self {
            ipn: IpnKnob::default(),
            back: ReturnKnob::default(),
            query: QueryKnob::default(),
            clock_factor: 1.0,
        }
    }
}

impl Knobs {
    /// So many seconds of the gateway's clock.
    pub(crate) fn seconds(&self, seconds: f64) -> Duration {
        Duration::try_from_secs_f64(seconds * self.clock_factor).unwrap_or(Duration::ZERO)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_the_json() {
        for (json, ipn) in [
            (r#"{"ipn":"after_return"}"#, IpnKnob::AfterReturn),
            (r#"{"ipn":"before_return"}"#, IpnKnob::BeforeReturn),
            (r#"{"ipn":"never"}"#, IpnKnob::Never),
            (r#"{"ipn":{"dup":3}}"#, IpnKnob::Dup(3)),
            (r#"{"ipn":"bad_signature"}"#, IpnKnob::BadSignature),
            (r#"{"ipn":"wrong_amount"}"#, IpnKnob::WrongAmount),
            (r#"{"ipn":{"delay_ms":50}}"#, IpnKnob::DelayMs(50)),
            ("{}", IpnKnob::Normal),
        ] {
            assert_eq!(serde_json::from_str::<Knobs>(json).unwrap().ipn, ipn);
        }
        let all = r#"{"return":"extra_params","query":{"pending":2},"clock_factor":0.01}"#;
        let knobs: Knobs = serde_json::from_str(all).unwrap();
        assert_eq!(knobs.back, ReturnKnob::ExtraParams);
        assert_eq!(knobs.query, QueryKnob::Pending(2));
        let down = r#"{"query":"duplicate_94","return":"tampered"}"#;
        assert_eq!(serde_json::from_str::<Knobs>(down).unwrap().query, QueryKnob::Duplicate94);
        assert!(serde_json::from_str::<Knobs>(r#"{"ipn":"sometimes"}"#).is_err());
        assert!(serde_json::from_str::<Knobs>(r#"{"retrun":"never"}"#).is_err());
    }
}
