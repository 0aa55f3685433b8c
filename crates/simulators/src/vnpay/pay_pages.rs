//! Owns the pages of one payment: methods, card, password, cancelling, the end. Knows no state:
//! each is made from a payment as it is.

use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

use super::Vnpay;
use super::gateway::{CARD_HOLDER, CARD_ISSUED, CARD_NUMBER, CARD_OTP, LIES, returned};
use super::pages::PARTY;
use super::payment::Payment;
use crate::page::{Page, origin_of};
use crate::paying::back;
use crate::paying::words::dong;

const PANEL: [(&str, &str, &str); 5] = [
    ("success", "Thanh toán thành công", "Payment succeeds"),
    ("cancel", "Huỷ thanh toán", "Payment cancelled"),
    ("insufficient", "Không đủ tiền (51)", "Insufficient funds (51)"),
    ("fraud", "Đã trừ tiền, nghi ngờ gian lận (07)", "Money taken, suspected fraud (07)"),
    ("pending", "Đang xử lý (01)", "Still processing (01)"),
];

/// The choice of methods, with the simulator's panel.
pub(super) fn methods(gateway: &Vnpay, payment: &Payment) -> Response {
    let lang = payment.lang();
    let cancel = format!("/paymentv2/Transaction/Cancel.html?token={}", payment.token);
    let bank = format!("/paymentv2/Ncb/Transaction/Index.html?token={}", payment.token);
    let body = html! {
        (order(gateway, payment))
        section class="card" aria-labelledby="methods" {
            h2 id="methods" { (lang.pick("Chọn cách thanh toán", "Choose how to pay")) }
            a class="button" id="method-bank" href=(bank) {
                (lang.pick("Thẻ nội địa – ngân hàng NCB", "Domestic card – NCB bank"))
            }
            a class="button second" id="cancel" href=(cancel) {
                (lang.pick("Huỷ thanh toán", "Cancel payment"))
            }
        }
        section class="card panel" aria-labelledby="panel" {
            h2 id="panel" { (lang.pick("Bộ giả lập: chọn kết quả", "Simulator: choose the outcome")) }
            p { (lang.pick("Cổng thật không có phần này.", "The real gateway does not have this part.")) }
            form class="stack" method="post" action="/_simulator/outcome" {
                input type="hidden" name="token" value=(payment.token);
                @for (outcome, vi, en) in PANEL {
                    button class="second" type="submit" name="outcome" value=(outcome) { (lang.pick(vi, en)) }
                }
            }
        }
        p { (lang.pick("Trang hết hạn sau 15 phút không thao tác.", "This page expires after 15 idle minutes.")) }
    };
    let heading = lang.pick("Thanh toán qua VNPAY", "Pay with VNPAY");
    page(gateway, payment, heading, body).respond(StatusCode::OK)
}

/// The card form, filled in with the sandbox's one card.
pub(super) fn card(gateway: &Vnpay, payment: &Payment, wrong: bool) -> Response {
    let lang = payment.lang();
    let body = html! {
        @if wrong {
            p class="error" id="card-error" role="alert" {
                (lang.pick("Thông tin thẻ không đúng. Vui lòng kiểm tra lại.", "The card details are wrong. Please check them."))
            }
        }
        form class="card" method="post" action="/paymentv2/Ncb/Transaction/Index.html" {
            input type="hidden" name="token" value=(payment.token);
            div {
                label for="card_number_mask" { (lang.pick("Số thẻ", "Card number")) }
                input id="card_number_mask" name="cardNumber" inputmode="numeric" autocomplete="off" required value=(CARD_NUMBER);
            }
            div {
                label for="cardHolder" { (lang.pick("Tên chủ thẻ (không dấu)", "Card holder")) }
                input id="cardHolder" name="cardHolder" autocomplete="off" required value=(CARD_HOLDER);
            }
            div {
                label for="cardDate" { (lang.pick("Ngày phát hành (tháng/năm)", "Issued (month/year)")) }
                input id="cardDate" name="cardDate" autocomplete="off" required value=(CARD_ISSUED);
            }
            button id="btnContinue" type="submit" { (lang.pick("Tiếp tục", "Continue")) }
        }
        (elsewhere(payment))
        (order(gateway, payment))
    };
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let heading = lang.pick("Đăng nhập ngân hàng NCB", "NCB bank login");
    page(gateway, payment, heading, body).respond(status)
}

/// The form of the one-time password.
pub(super) fn otp(gateway: &Vnpay, payment: &Payment) -> Response {
    let lang = payment.lang();
    let wrong = payment.wrong_otps > 0;
    let body = html! {
        @if wrong {
            p class="error" id="otp-error" role="alert" {
                (lang.pick("Mã OTP không đúng. Sai 3 lần giao dịch sẽ bị huỷ.", "Wrong OTP. After 3 wrong codes the payment fails."))
            }
        }
        form class="card" method="post" action="/paymentv2/Ncb/Transaction/AjaxConfirm.html" {
            input type="hidden" name="token" value=(payment.token);
            div {
                label for="otpvalue" { (lang.pick("Mã OTP gửi đến điện thoại", "One-time password sent to your phone")) }
                input id="otpvalue" name="otpvalue" inputmode="numeric" autocomplete="one-time-code" required value=(CARD_OTP);
            }
            button id="btnConfirm" type="submit" { (lang.pick("Thanh toán", "Pay")) }
        }
        (elsewhere(payment))
        (order(gateway, payment))
    };
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page(gateway, payment, lang.pick("Xác thực OTP", "Confirm with OTP"), body).respond(status)
}

/// The question whether cancelling is meant.
pub(super) fn cancel(gateway: &Vnpay, payment: &Payment) -> Response {
    let lang = payment.lang();
    let keep = format!("/paymentv2/Transaction/PaymentMethod.html?token={}", payment.token);
    let body = html! {
        p { (lang.pick("Bạn có chắc chắn muốn huỷ giao dịch này?", "Are you sure you want to cancel this payment?")) }
        form method="post" action="/paymentv2/Transaction/Cancel.html" {
            input type="hidden" name="token" value=(payment.token);
            button type="submit" name="btnCancel" value="cancel" { (lang.pick("Xác nhận huỷ", "Yes, cancel")) }
        }
        a class="button second" id="keep" href=(keep) { (lang.pick("Không, tiếp tục thanh toán", "No, go on paying")) }
    };
    page(gateway, payment, lang.pick("Huỷ thanh toán?", "Cancel payment?"), body)
        .respond(StatusCode::OK)
}

/// The gateway's own last page: for an ended payment that is opened again, or when the browser is
/// not sent back.
pub(super) fn done(gateway: &Vnpay, payment: &Payment) -> Response {
    let lang = payment.lang();
    let status = payment.settled.as_ref().map(|s| s.transaction_status.as_str());
    let text = match status {
        Some("00") => lang.pick("Giao dịch thành công.", "The payment succeeded."),
        Some("07") => lang.pick("Giao dịch đang được kiểm tra.", "The payment is under review."),
        Some("01") | None => lang.pick("Giao dịch đang xử lý.", "The payment is being processed."),
        Some(_) => lang.pick("Giao dịch không thành công.", "The payment did not succeed."),
    };
    let body = html! {
        p class="card" id="done" { (text) }
        @match returned(gateway, payment) {
            Some(signed) => {
                (back::on_last_page(payment.knobs.back, &payment.return_url, &signed, &LIES, lang))
            }
            None => {
                p { (lang.pick("Bạn có thể đóng trang này.", "You can close this page.")) }
            }
        }
        (order(gateway, payment))
    };
    page(gateway, payment, lang.pick("Kết quả giao dịch", "Result"), body).respond(StatusCode::OK)
}

fn order(gateway: &Vnpay, payment: &Payment) -> Markup {
    let lang = payment.lang();
    html! {
        section class="card" aria-labelledby="order" {
            h2 id="order" { (lang.pick("Thông tin đơn hàng", "Order")) }
            dl {
                div { dt { (lang.pick("Số tiền", "Amount")) } dd class="amount" id="amount" { (dong(payment.amount_hundredths / 100, lang)) } }
                div { dt { (lang.pick("Nhà cung cấp", "Merchant")) } dd { (gateway.config().merchant.tmn_code) } }
                div { dt { (lang.pick("Mã đơn hàng", "Order number")) } dd id="txn-ref" { (payment.txn_ref) } }
                div { dt { (lang.pick("Nội dung", "For")) } dd { (payment.order_info) } }
            }
        }
    }
}

fn elsewhere(payment: &Payment) -> Markup {
    let lang = payment.lang();
    let methods = format!("/paymentv2/Transaction/PaymentMethod.html?token={}", payment.token);
    let cancel = format!("/paymentv2/Transaction/Cancel.html?token={}", payment.token);
    html! {
        a class="button second" href=(methods) { (lang.pick("Chọn cách khác", "Choose another way")) }
        a class="button second" id="cancel" href=(cancel) { (lang.pick("Huỷ thanh toán", "Cancel payment")) }
    }
}

fn page<'a>(gateway: &Vnpay, payment: &Payment, heading: &'a str, body: Markup) -> Page<'a> {
    let app = Some(gateway.config().app_origin.clone());
    let origins = [app.as_deref().and_then(origin_of), origin_of(&payment.return_url)];
    let mut form_origins: Vec<String> = origins.into_iter().flatten().collect();
    form_origins.dedup();
    Page { lang: payment.lang(), party: PARTY, heading, body, form_origins }
}
