//! Owns the platform's CONFIRMs, returns and codes, by its protocol. Knows no HTTP.

use motcua_gateways::ack::Answer;
use motcua_gateways::platform::{Confirm, InitRequest, Merchant, Return, SCHEME, ack};
use motcua_gateways::{Secret, Stamp, Vnd};

use crate::paying::back::Lies;
use crate::paying::desk::{Call, Protocol};
use crate::paying::order::{Ending, Money, Order};
use crate::paying::pages::named;
use crate::paying::{Knobs, QueryKnob, RefundKnob};

/// The platform's identity and its one merchant.
pub(super) struct Platform {
    pub(super) origin: String,
    pub(super) app_origin: String,
    pub(super) merchant: Merchant,
    pub(super) return_url: String,
    pub(super) confirm_url: String,
}

/// The code of an end that is not known yet; no CONFIRM is sent of it.
const UNDECIDED: &str = "pending";

/// Only 00 is published; the others are ours and mean nothing to a merchant but "not paid".
const NAMES: [(&str, &str); 3] = [("success", "00"), ("cancel", "24"), ("insufficient", "51")];

impl Platform {
    /// The INIT that opened an order.
    pub(super) fn asked(&self, order: &Order) -> Option<InitRequest> {
        InitRequest::verify(&order.asked, &self.merchant).ok()
    }
}

impl Protocol for Platform {
    const FILE: &'static str = "platform.json";
    const PARTY: &'static str = "Nền tảng thanh toán – Cổng Dịch vụ công quốc gia";
    const PLAYS: &'static str = "nền tảng thanh toán của Cổng Dịch vụ công quốc gia (1.0.6)";
    const PANEL: &'static [(&'static str, &'static str, &'static str)] = &[
        ("success", "Trả thành công (00)", "Payment succeeds (00)"),
        ("cancel", "Huỷ (24)", "Cancelled (24)"),
        ("insufficient", "Không đủ tiền (51)", "Insufficient funds (51)"),
        ("pending", "Đang xử lý (3)", "Still processing (3)"),
    ];
    // When and how often the platform calls again is UNVERIFIED.
    const TIMES: u32 = 5;
    const APART: f64 = 60.0;
    // There is no amount in the return: a success that is forged names another payment.
    const LIES: Lies = Lies { paid: &[("responseCode", "00")], amount: "data" };
    const CODE: &'static str = "123456";
    const WRONG_CODES: &'static str = "13";

    fn takes(&self, knobs: &Knobs) -> Result<(), &'static str> {
        if knobs.query == QueryKnob::RateLimited {
            return Err("the platform has no known answer to a query asked too soon");
        }
        if knobs.refund != RefundKnob::Normal {
            return Err("the platform has no known refund");
        }
        Ok(())
    }

    fn ending(&self, name: &str) -> Option<Ending> {
        if name == UNDECIDED {
            return Some(Ending { code: UNDECIDED.to_owned(), money: Money::Pending });
        }
        named(&NAMES, name, |code| match code {
            "00" => Some(Money::Taken),
            code if code.len() == 2 && code.bytes().all(|b| b.is_ascii_digit()) => {
                Some(Money::NotTaken)
            }
            _ => None,
        })
    }

    fn number(&self, serial: u64, _: &Ending, now_ms: u64) -> String {
        format!("{}{serial:06}", Stamp::from_unix(now_ms / 1000).day())
    }

    fn notice(&self, order: &Order, forged: bool) -> Option<Call> {
        let ended = order.ended.as_ref().filter(|ended| ended.money != Money::Pending)?;
        let confirm = Confirm {
            code: ended.code.as_str().into(),
            reference: order.reference.clone(),
            amount: Vnd(order.amount),
            transaction: order.is_paid().then(|| ended.number.clone()),
            bank: order.bank.clone(),
            at: Stamp::from_unix(ended.at_ms / 1000),
            order_info: self.purpose(order),
            proof: String::new(),
        };
        let mut signer = self.merchant.clone();
        if forged {
            signer.secret = Secret::new("another secret");
        }
        Some(Call { url: self.confirm_url.clone(), body: confirm.signed(&signer).ok()? })
    }

    fn accepted(&self, sent: &str, status: u16, answer: &str) -> bool {
        let answer = Answer { status, body: answer.to_owned() };
        Confirm::verify(sent, &self.merchant).is_ok_and(|confirm| ack::accepted(&answer, &confirm))
    }

    fn back(&self, order: &Order) -> String {
        // What the real one says of an end that is not known is UNVERIFIED; nothing of it counts.
        let code = order.ended.as_ref().map_or("99", |ended| ended.code.as_str());
        let code = if code == UNDECIDED { "01" } else { code };
        let back = Return { reference: order.reference.clone(), code: code.into() };
        let text = format!("{}|{code}", order.reference);
        back.query(&SCHEME.mac.hex(&self.merchant.secret, &text))
    }

    fn payee(&self, order: &Order) -> String {
        self.asked(order).map(|asked| asked.receipt.office_name).unwrap_or_default()
    }

    fn purpose(&self, order: &Order) -> String {
        self.asked(order).map(|asked| asked.order_info.to_string()).unwrap_or_default()
    }

    fn banks(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("VNPTPAY", "VNPT Money"),
            ("VIETTELPAY", "Viettel Money"),
            ("AGRIBANK", "Agribank"),
            ("VIETCOMBANK", "Vietcombank"),
        ]
    }

    fn app_origin(&self) -> &str {
        &self.app_origin
    }
}
