//! Owns the reports to the merchant: making and sending them. Knows no page, and not when they are
//! sent (that is `paying::reports`).
//!
//! VNPAY PAY 2.1.0, pay.html (IPN): GET with the signed parameters; up to ten times, five minutes
//! apart, until the answer is RspCode 00 or 02.

use motcua_gateways::Secret;
use motcua_gateways::vnpay::{IpnAck, Merchant};

use super::Vnpay;
use super::payment::{Ending, Payment, SentIpn};
use crate::paying::reports::Reports;
use crate::paying::{IpnKnob, Knobs};
use crate::time;

impl Reports for Vnpay {
    const TIMES: u32 = 10;
    const APART: f64 = 300.0;

    fn reported(&self, token: &str) -> Option<(Knobs, u32)> {
        self.change(|book| book.by_token(token).map(|p| (p.knobs, p.settlements)))
    }

    fn pay_late(&self, token: &str) -> bool {
        self.change(|book| {
            let taken = |p: &mut Payment| p.settled.as_ref().is_some_and(|s| s.money_taken);
            let open = book.by_token(token).is_some_and(|payment| !taken(payment));
            open && book.end(token, Ending::Success).is_some()
        })
    }

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
