//! Owns the switches that make a payment gateway misbehave, and which payment they wait for. Knows
//! no payment and no protocol; a gateway refuses the switches that it has no answer for.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// When and how the notice of a payment is sent. In JSON: `"never"`, `{"dup":3}`, …
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
    /// Signed with another secret.
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
    /// The wallet opens the return in another browser: here its last page stays, and shows the
    /// address.
    OtherBrowser,
    /// As a form's POST.
    Post,
    /// With the signed parameters of the order that ended before this one, as an old return that a
    /// browser opens again; its own where none did.
    Replayed,
}

/// What is answered to the order to open a payment. It is for one order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CreateKnob {
    /// The truth.
    #[default]
    #[serde(rename = "ok")]
    Normal,
    /// The payment is opened; the answer comes after half a minute (times the clock factor), and is
    /// HTTP 504 without a body.
    TimeoutCreated,
    /// The payment is opened; the answer is that its number was used before.
    Dup,
    /// Nothing is opened; the answer is this code.
    Error(i32),
}

/// What is answered to a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QueryKnob {
    /// The truth.
    #[default]
    Normal,
    /// The first so many times: not finished.
    Pending(u32),
    /// That it was asked too soon, when it was: VNPAY's 94, ZaloPay's −429.
    #[serde(alias = "duplicate_94")]
    RateLimited,
    /// HTTP 503.
    Down,
    /// Paid, whatever is true.
    Paid,
    /// Failed without a reason, whatever is true.
    Failed,
}

/// What becomes of a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundKnob {
    /// It is carried out.
    #[default]
    #[serde(rename = "ok")]
    Normal,
    /// It is being processed until it was asked about so many times.
    Pending(u32),
    /// It is not carried out.
    Refused,
    /// Half of it is carried out.
    Partial,
}

/// All switches of one payment.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Knobs {
    /// The notice.
    pub ipn: IpnKnob,
    /// The return.
    #[serde(rename = "return")]
    pub back: ReturnKnob,
    /// The order to open it.
    pub create: CreateKnob,
    /// The query.
    pub query: QueryKnob,
    /// The refund.
    pub refund: RefundKnob,
    /// So many seconds after it ended without money, it is paid all the same.
    pub late_pay_after_s: Option<f64>,
    /// What all of a gateway's waits are multiplied by.
    pub clock_factor: f64,
}

impl Default for Knobs {
    fn default() -> Self {
        Self {
            ipn: IpnKnob::default(),
            back: ReturnKnob::default(),
            create: CreateKnob::default(),
            query: QueryKnob::default(),
            refund: RefundKnob::default(),
            late_pay_after_s: None,
            clock_factor: 1.0,
        }
    }
}

impl Knobs {
    /// So many seconds of the gateway's clock.
    pub(crate) fn seconds(&self, seconds: f64) -> Duration {
        Duration::try_from_secs_f64(seconds * self.clock_factor).unwrap_or(Duration::ZERO)
    }

    /// Reads the body of `POST /_simulator/knobs`: the switches, and beside them, under `name`, the
    /// merchant's number of the one payment that they are for.
    pub(crate) fn read(mut body: Value, name: &str) -> Result<(Option<String>, Self), String> {
        let object = body.as_object_mut().ok_or("not a JSON object")?;
        let reference = match object.remove(name) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text),
            Some(_) => return Err(format!("{name} must be a text")),
        };
        let knobs: Self = serde_json::from_value(body).map_err(|error| error.to_string())?;
        let over_zero = |seconds: f64| seconds.is_finite() && seconds > 0.0;
        if !over_zero(knobs.clock_factor) {
            return Err("clock_factor must be over 0".to_owned());
        }
        if knobs.late_pay_after_s.is_some_and(|seconds| !over_zero(seconds)) {
            return Err("late_pay_after_s must be over 0".to_owned());
        }
        Ok((reference, knobs))
    }
}

/// Switches for payments to come.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Waiting(Vec<(Option<String>, Knobs)>);

impl Waiting {
    /// For one payment by the merchant's number, or for the next.
    pub(crate) fn add(&mut self, reference: Option<String>, knobs: Knobs) {
        self.0.push((reference, knobs));
    }

    /// Those of a payment that comes now: its own before those for the next.
    pub(crate) fn take(&mut self, reference: &str) -> Knobs {
        let at = |wanted: Option<&str>| self.0.iter().position(|(of, _)| of.as_deref() == wanted);
        let found = at(Some(reference)).or_else(|| at(None));
        found.map(|at| self.0.remove(at).1).unwrap_or_default()
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
        let all = r#"{"return":"other_browser","query":{"pending":2},"create":{"error":13},
            "refund":"refused","late_pay_after_s":0.5,"clock_factor":0.01}"#;
        let knobs: Knobs = serde_json::from_str(all).unwrap();
        assert_eq!(knobs.back, ReturnKnob::OtherBrowser);
        assert_eq!(knobs.query, QueryKnob::Pending(2));
        assert_eq!(knobs.create, CreateKnob::Error(13));
        assert_eq!(knobs.refund, RefundKnob::Refused);
        for soon in ["rate_limited", "duplicate_94"] {
            let json = format!(r#"{{"query":"{soon}","return":"tampered","create":"ok"}}"#);
            let knobs: Knobs = serde_json::from_str(&json).unwrap();
            assert_eq!(knobs.query, QueryKnob::RateLimited);
        }
        assert!(serde_json::from_str::<Knobs>(r#"{"ipn":"sometimes"}"#).is_err());
        assert!(serde_json::from_str::<Knobs>(r#"{"retrun":"never"}"#).is_err());
    }

    #[test]
    fn a_request_names_one_payment_or_the_next() {
        let read = |body: Value| Knobs::read(body, "reference");
        let (reference, knobs) =
            read(serde_json::json!({ "reference": "A", "ipn": "never" })).unwrap();
        assert_eq!((reference.as_deref(), knobs.ipn), (Some("A"), IpnKnob::Never));
        for bad in [
            serde_json::json!({ "clock_factor": 0 }),
            serde_json::json!({ "late_pay_after_s": -1 }),
            serde_json::json!({ "reference": 5 }),
            serde_json::json!([]),
        ] {
            assert!(read(bad.clone()).is_err(), "{bad}");
        }
        let mut waiting = Waiting::default();
        waiting.add(None, Knobs::default());
        waiting.add(Some("A".to_owned()), knobs);
        assert_eq!(waiting.take("A").ipn, IpnKnob::Never);
        assert_eq!(waiting.take("A"), Knobs::default());
        assert_eq!(waiting.0.len(), 0);
    }
}
