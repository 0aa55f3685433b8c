//! Owns MoMo's notices, returns and codes, by its protocol. Knows no HTTP.

use motcua_gateways::momo::{CreateRequest, Merchant, Notice, ResultCode, ack};
use motcua_gateways::{Outcome, Secret, Vnd};

use super::create::AtWork;
use super::messages::message;
use crate::paying::back::Lies;
use crate::paying::desk::{Call, Protocol};
use crate::paying::order::{Ending, Money, Order};
use crate::paying::pages::named;
use crate::paying::{Knobs, QueryKnob};

/// The gateway's identity and its one merchant.
pub(super) struct Momo {
    pub(super) origin: String,
    pub(super) app_origin: String,
    pub(super) merchant: Merchant,
    /// The `requestId`s whose answers are being made.
    pub(super) at_work: AtWork,
}

const NAMES: [(&str, &str); 6] = [
    ("success", "0"),
    ("cancel", "1006"),
    ("insufficient", "1001"),
    ("unverified", "4002"),
    ("limit", "1004"),
    ("pending", "7002"),
];

impl Momo {
    /// The create request that opened an order.
    pub(super) fn asked(&self, order: &Order) -> Option<CreateRequest> {
        CreateRequest::verify(&order.asked, &self.merchant).ok()
    }

    /// The notice of an order as it is, for redirect and IPN; an order whose time is over without an
    /// end is told as expired (1005).
    fn notice_of(&self, order: &Order) -> Option<Notice> {
        let asked = self.asked(order)?;
        let ended = order.ended.as_ref();
        let code = ended.map_or(ResultCode::Expired, |ended| ended.code.as_str().into());
        Some(Notice {
            order_id: order.reference.clone(),
            request_id: asked.request_id,
            amount: Vnd(order.amount),
            order_info: asked.order_info,
            order_type: "momo_wallet".to_owned(),
            trans_id: ended.map(|ended| ended.number.clone()).unwrap_or_default(),
            message: message(&code, order.english).to_owned(),
            pay_type: if order.is_paid() { "webApp" } else { "" }.to_owned(),
            response_time: ended.map_or(order.expires_ms, |ended| ended.at_ms),
            result_code: code,
            extra_data: asked.extra_data,
        })
    }
}

impl Protocol for Momo {
    const FILE: &'static str = "momo.json";
    const PARTY: &'static str = "Ví MoMo";
    const PLAYS: &'static str = "cổng thanh toán của ví MoMo (v2)";
    const PANEL: &'static [(&'static str, &'static str, &'static str)] = &[
        ("success", "Trả thành công (0)", "Payment succeeds (0)"),
        ("cancel", "Huỷ (1006)", "Cancelled (1006)"),
        ("insufficient", "Không đủ tiền (1001)", "Insufficient funds (1001)"),
        ("unverified", "Chưa xác thực sinh trắc học (4002)", "Not verified, biometrics (4002)"),
        ("limit", "Quá hạn mức (1004)", "Over the limit (1004)"),
        ("pending", "Đang xử lý (7002)", "Still processing (7002)"),
    ];
    // MoMo publishes no policy of repeating an IPN: UNVERIFIED.
    const TIMES: u32 = 5;
    const APART: f64 = 60.0;
    const LIES: Lies = Lies { paid: &[("resultCode", "0")], amount: "amount" };
    const CODE: &'static str = "000000";
    const WRONG_CODES: &'static str = "4100";

    fn takes(&self, knobs: &Knobs) -> Result<(), &'static str> {
        match knobs.query {
            QueryKnob::RateLimited => Err("MoMo documents no answer to a query asked too soon"),
            _ => Ok(()),
        }
    }

    fn ending(&self, name: &str) -> Option<Ending> {
        named(&NAMES, name, |code| {
            let known = ResultCode::KNOWN.contains(&code);
            match ResultCode::from(code).outcome().filter(|_| known)? {
                Outcome::Paid => Some(Money::Taken),
                Outcome::Pending | Outcome::Held(_) => Some(Money::Pending),
                Outcome::Failed(_) => Some(Money::NotTaken),
            }
        })
    }

    fn number(&self, serial: u64, ending: &Ending, now_ms: u64) -> String {
        match ending.money {
            // After a refusal it is a number of 13 digits that looks like a time.
            Money::NotTaken => now_ms.to_string(),
            Money::Taken | Money::Pending => (4_088_878_000 + serial).to_string(),
        }
    }

    fn notice(&self, order: &Order, forged: bool) -> Option<Call> {
        order.ended.as_ref()?;
        let mut signer = self.merchant.clone();
        if forged {
            signer.secret = Secret::new("another secret");
        }
        let body = self.notice_of(order)?.signed_ipn(&signer).ok()?;
        Some(Call { url: self.asked(order)?.ipn_url, body })
    }

    fn accepted(&self, _: &str, status: u16, _: &str) -> bool {
        ack::accepted(status)
    }

    fn back(&self, order: &Order) -> String {
        let notice = self.notice_of(order);
        notice.and_then(|notice| notice.signed_query(&self.merchant).ok()).unwrap_or_default()
    }

    fn payee(&self, _: &Order) -> String {
        self.merchant.partner_code.clone()
    }

    fn purpose(&self, order: &Order) -> String {
        self.asked(order).map(|asked| asked.order_info).unwrap_or_default()
    }

    fn banks(&self) -> &'static [(&'static str, &'static str)] {
        &[]
    }

    fn app_origin(&self) -> &str {
        &self.app_origin
    }
}
