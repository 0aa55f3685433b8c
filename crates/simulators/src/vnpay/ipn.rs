//! Owns the reports to the merchant: making, sending, repeating them. Knows no page.
//!
//! VNPAY PAY 2.1.0, pay.html (IPN): GET with the signed parameters; up to ten times, five minutes
//! apart, until the answer is RspCode 00 or 02.

use std::time::Duration;

use motcua_gateways::Secret;
use motcua_gateways::vnpay::{IpnAck, Merchant};

use super::Vnpay;
use super::knobs::IpnKnob;
use super::payment::{Payment, SentIpn};
use crate::time;

const TIMES: u32 = 10;
const APART: f64 = 300.0;

/// The client that calls merchants: no redirects, fifteen seconds.
pub(super) fn client(extra_ca: Option<&[u8]>) -> reqwest::Result<reqwest::Client> {
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

impl Vnpay {
    /// Starts the reports of an end, as the payment's switches say. Returns when the browser may
    /// be sent back.
    pub(super) async fn report(&self, payment: &Payment) {
        let token = payment.token.clone();
        match payment.knobs.ipn {
            IpnKnob::Never => {}
            IpnKnob::BeforeReturn => {
                if !self.send(&token).await {
                    self.report_later(token, payment.knobs.seconds(APART));
                }
            }
            IpnKnob::AfterReturn => self.report_later(token, Duration::from_millis(1500)),
            IpnKnob::DelayMs(ms) => self.report_later(token, Duration::from_millis(ms)),
            IpnKnob::Dup(times) => {
                for _ in 0..times {
                    let (gateway, token) = (self.clone(), token.clone());
                    tokio::spawn(async move { gateway.send(&token).await });
                }
            }
            IpnKnob::Normal | IpnKnob::BadSignature | IpnKnob::WrongAmount => {
                self.report_later(token, Duration::ZERO);
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }

    /// Sends the report after `wait`, and again until it is confirmed, given up, or overtaken by
    /// another end of the same payment.
    pub(super) fn report_later(&self, token: String, wait: Duration) {
        let gateway = self.clone();
        tokio::spawn(async move {
            let end = gateway.change(|book| book.by_token(&token).map(|p| p.settlements));
            tokio::time::sleep(wait).await;
            for _ in 0..TIMES {
                let now = gateway.change(|book| book.by_token(&token).map(|p| p.settlements));
                if now.is_none() || now != end || gateway.send(&token).await {
                    return;
                }
                let knobs = gateway.change(|book| book.by_token(&token).map(|p| p.knobs));
                tokio::time::sleep(knobs.unwrap_or_default().seconds(APART)).await;
            }
        });
    }

    /// Sends one report; true when nothing more is to be sent.
    async fn send(&self, token: &str) -> bool {
        let payment = self.change(|book| book.by_token(token).map(|p| p.clone()));
        let Some(payment) = payment else { return true };
        let Some(query) = content(&payment, &self.config().merchant) else { return true };
        let joint = if self.config().ipn_url.contains('?') { '&' } else { '?' };
        let address = format!("{}{joint}{query}", self.config().ipn_url);
        let at_ms = time::now_ms();
        let (status, answer) = match self.0.http.get(address).send().await {
            Ok(response) => {
                let status = response.status().as_u16();
                (Some(status), response.text().await.unwrap_or_else(|error| error.to_string()))
            }
            Err(error) => (None, error.to_string()),
        };
        let ack = IpnAck::parse(&answer).filter(|_| status == Some(200));
        let rsp_code = ack.map(|ack| ack.code().to_owned());
        let sent = SentIpn { at_ms, query, status, answer, rsp_code };
        self.change(|book| {
            if let Some(payment) = book.by_token(token) {
                payment.ipns.push(sent);
            }
        });
        ack.is_some_and(IpnAck::ends)
    }
}

/// The parameters of a report, true or spoilt as the switches say.
fn content(payment: &Payment, merchant: &Merchant) -> Option<String> {
    let mut notice = payment.notice()?;
    match payment.knobs.ipn {
        IpnKnob::BadSignature => {
            let stranger = Merchant::new(&*merchant.tmn_code, Secret::new("another secret"));
            Some(notice.signed_query(&stranger))
        }
        IpnKnob::WrongAmount => {
            notice.amount_hundredths += 10_000;
            Some(notice.signed_query(merchant))
        }
        _ => Some(notice.signed_query(merchant)),
    }
}
