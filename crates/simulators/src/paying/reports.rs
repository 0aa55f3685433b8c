//! Owns when a gateway's notice is sent and sent again. Knows no message: what is sent, and which
//! answer ends it, is the gateway's.

use std::future::Future;
use std::time::Duration;

use super::knobs::{IpnKnob, Knobs};

/// A gateway that reports its payments' ends, each named by a token.
pub(crate) trait Reports: Clone + Send + Sync + 'static {
    /// How often a notice is sent at most.
    const TIMES: u32;
    /// Seconds of the gateway's clock between two of them.
    const APART: f64;

    /// The switches of a payment, and how many ends it has had; none when it is not there.
    fn reported(&self, token: &str) -> Option<(Knobs, u32)>;

    /// Sends one notice; true when nothing more is to be sent.
    fn send(&self, token: &str) -> impl Future<Output = bool> + Send;

    /// Ends a payment as paid; false when its money was taken already.
    fn pay_late(&self, token: &str) -> bool;
}

/// The client that calls merchants: no redirects, fifteen seconds.
pub(crate) fn client(extra_ca: Option<&[u8]>) -> reqwest::Result<reqwest::Client> {
    let mut builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_secs(15));
    if let Some(pem) = extra_ca {
        for certificate in reqwest::Certificate::from_pem_bundle(pem)? {
            builder = builder.add_root_certificate(certificate);
        }
    }
    builder.build()
}

/// Starts the notices of an end, as the payment's switches say. Returns when the browser may be
/// sent back.
pub(crate) async fn report<R: Reports>(gateway: &R, token: &str) {
    let Some((knobs, _)) = gateway.reported(token) else { return };
    match knobs.ipn {
        IpnKnob::Never => {}
        IpnKnob::BeforeReturn => {
            if !gateway.send(token).await {
                later(gateway, token, knobs.seconds(R::APART));
            }
        }
        IpnKnob::AfterReturn => later(gateway, token, Duration::from_millis(1500)),
        IpnKnob::DelayMs(ms) => later(gateway, token, Duration::from_millis(ms)),
        IpnKnob::Dup(times) => {
            for _ in 0..times {
                let (gateway, token) = (gateway.clone(), token.to_owned());
                tokio::spawn(async move { gateway.send(&token).await });
            }
        }
        IpnKnob::Normal | IpnKnob::BadSignature | IpnKnob::WrongAmount => {
            later(gateway, token, Duration::ZERO);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
    if let Some(seconds) = knobs.late_pay_after_s {
        let wait = Duration::try_from_secs_f64(seconds).unwrap_or(Duration::ZERO);
        let (gateway, token) = (gateway.clone(), token.to_owned());
        tokio::spawn(async move {
            tokio::time::sleep(wait).await;
            if gateway.pay_late(&token) && knobs.ipn != IpnKnob::Never {
                later(&gateway, &token, Duration::ZERO);
            }
        });
    }
}

/// Sends the notice after `wait`, and again until it is confirmed, given up, or overtaken by
/// another end of the same payment.
pub(crate) fn later<R: Reports>(gateway: &R, token: &str, wait: Duration) {
    let (gateway, token) = (gateway.clone(), token.to_owned());
    tokio::spawn(async move {
        let end = gateway.reported(&token).map(|(_, end)| end);
        tokio::time::sleep(wait).await;
        for _ in 0..R::TIMES {
            let now = gateway.reported(&token).map(|(_, end)| end);
            if now.is_none() || now != end || gateway.send(&token).await {
                return;
            }
            let knobs = gateway.reported(&token).map(|(knobs, _)| knobs);
            tokio::time::sleep(knobs.unwrap_or_default().seconds(R::APART)).await;
        }
    });
}
