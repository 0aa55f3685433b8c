//! Owns ZaloPay's callbacks, returns and codes, by its protocol. Knows no HTTP.

use motcua_gateways::zalopay::{Callback, CreateRequest, Merchant, Return, SubCode, ack};
use motcua_gateways::{Secret, Stamp, Vnd};
use serde_json::Value;

use crate::paying::back::Lies;
use crate::paying::desk::{Call, Protocol};
use crate::paying::order::{Ending, Money, Order};
use crate::paying::pages::named;
use crate::paying::{Knobs, RefundKnob};

/// The gateway's identity and its one merchant.
pub(super) struct Zalopay {
    pub(super) origin: String,
    pub(super) app_origin: String,
    pub(super) merchant: Merchant,
}

/// The channel of the wallet (`channel`, `pmcid`).
const WALLET: &str = "38";
/// An end of our own that ZaloPay has no sub code for: nothing is decided.
const UNDECIDED: &str = "pending";

const NAMES: [(&str, &str); 5] = [
    ("success", "1"),
    ("cancel", "-49"),
    ("insufficient", "-63"),
    ("limit", "-1330"),
    ("expired", "-54"),
];

impl Zalopay {
    /// The create request that opened an order. It was proven then, by the clock of then.
    pub(super) fn asked(&self, order: &Order) -> Option<CreateRequest> {
        CreateRequest::verify(&order.asked, &self.merchant, order.opened_ms).ok()
    }

    /// The address that the browser goes back to: `redirecturl` of `embed_data`.
    pub(super) fn return_url(asked: &CreateRequest) -> String {
        let data: Option<Value> = serde_json::from_str(&asked.embed_data).ok();
        let url = data.as_ref().and_then(|data| data["redirecturl"].as_str());
        url.unwrap_or_default().to_owned()
    }
}

impl Protocol for Zalopay {
    const FILE: &'static str = "zalopay.json";
    const PARTY: &'static str = "ZaloPay";
    const PLAYS: &'static str = "cổng thanh toán ZaloPay (v2)";
    const PANEL: &'static [(&'static str, &'static str, &'static str)] = &[
        ("success", "Trả thành công (1)", "Payment succeeds (1)"),
        ("cancel", "Huỷ (-49)", "Cancelled (-49)"),
        ("insufficient", "Không đủ tiền (-63)", "Insufficient funds (-63)"),
        ("limit", "Quá hạn mức (-1330)", "Over the limit (-1330)"),
        ("pending", "Đang xử lý (3)", "Still processing (3)"),
    ];
    // Three times, as older samples say, from MEMORY; how far apart is UNVERIFIED.
    const TIMES: u32 = 3;
    const APART: f64 = 60.0;
    const LIES: Lies = Lies { paid: &[("status", "1")], amount: "amount" };
    const CODE: &'static str = "111111";
    const WRONG_CODES: &'static str = "cancel";

    fn takes(&self, knobs: &Knobs) -> Result<(), &'static str> {
        match knobs.refund {
            RefundKnob::Partial => Err("ZaloPay's answers name no refunded amount"),
            _ => Ok(()),
        }
    }

    fn ending(&self, name: &str) -> Option<Ending> {
        if name == UNDECIDED {
            return Some(Ending { code: UNDECIDED.to_owned(), money: Money::Pending });
        }
        named(&NAMES, name, |code| {
            let sub = SubCode::from(code);
            match sub {
                SubCode::Success => Some(Money::Taken),
                SubCode::Cancelled | SubCode::Expired | SubCode::InsufficientFunds => {
                    Some(Money::NotTaken)
                }
                limit if limit.is_limit() => Some(Money::NotTaken),
                _ => None,
            }
        })
    }

    fn number(&self, serial: u64, _: &Ending, now_ms: u64) -> String {
        let day = Stamp::from_unix(now_ms / 1000).day();
        format!("{}{serial:09}", day.get(2..).unwrap_or_default())
    }

    fn notice(&self, order: &Order, forged: bool) -> Option<Call> {
        // Only a success is called back.
        let ended = order.ended.as_ref().filter(|ended| ended.money == Money::Taken)?;
        let asked = self.asked(order)?;
        let callback = Callback {
            order_id: order.reference.clone(),
            app_time: asked.app_time,
            app_user: asked.app_user,
            amount: Vnd(order.amount),
            embed_data: asked.embed_data,
            item: asked.item,
            trans_id: ended.number.clone(),
            server_time: ended.at_ms,
            channel: WALLET.to_owned(),
            user_id: "simulated".to_owned(),
            user_fee: Vnd::ZERO,
            discount: Vnd::ZERO,
        };
        let mut signer = self.merchant.clone();
        if forged {
            signer.key2 = Secret::new("another secret");
        }
        Some(Call { url: asked.callback_url, body: callback.signed(&signer) })
    }

    fn accepted(&self, _: &str, status: u16, answer: &str) -> bool {
        status == 200 && ack::accepted(answer)
    }

    fn back(&self, order: &Order) -> String {
        let code = order.ended.as_ref().map_or("-54", |ended| ended.code.as_str());
        let status = if code == UNDECIDED { "3" } else { code };
        let back = Return {
            order_id: order.reference.clone(),
            method: WALLET.to_owned(),
            bank_code: String::new(),
            amount: Vnd(order.amount),
            discount: Vnd::ZERO,
            status: status.into(),
        };
        back.signed_query(&self.merchant).unwrap_or_default()
    }

    fn payee(&self, _: &Order) -> String {
        self.merchant.app_id.to_string()
    }

    fn purpose(&self, order: &Order) -> String {
        self.asked(order).map(|asked| asked.description).unwrap_or_default()
    }

    fn banks(&self) -> &'static [(&'static str, &'static str)] {
        &[]
    }

    fn app_origin(&self) -> &str {
        &self.app_origin
    }
}
