//! Owns the pages of one order: paying with a one-time password, the panel of outcomes, the end.
//! Knows no protocol; addresses of the pay page are each gateway's own.

use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::desk::{Desk, Protocol};
use super::order::{Ending, Money, Order};
use super::words::dong;
use super::{back, reports};
use crate::page::{Lang, Page, origin_of};
use crate::time;

/// `GET /`
pub(super) async fn home<P: Protocol>() -> Response {
    let body = html! {
        p { "Chương trình này đóng vai " (P::PLAYS) " khi dùng thử Một Cửa. Trang thanh toán chỉ mở từ một khoản lệ phí trong ứng dụng." }
        p lang="en" { "This program plays a payment gateway. A payment page opens from the app only." }
    };
    plain::<P>("Bộ giả lập", body, StatusCode::OK)
}

/// A page that belongs to no order.
pub(crate) fn plain<P: Protocol>(heading: &str, body: Markup, status: StatusCode) -> Response {
    let page = Page { lang: Lang::Vi, party: P::PARTY, heading, body, form_origins: Vec::new() };
    page.respond(status)
}

/// The pay page of the order of a token, the last page of one that ended, or the word that there is
/// none.
pub(crate) fn pay_page<P: Protocol>(desk: &Desk<P>, token: &str) -> Response {
    let Some(order) = desk.find(token) else { return unknown::<P>() };
    let now = time::now_ms();
    if order.is_expired(now) {
        return expired(desk, &order);
    }
    if !order.is_open(now) {
        return done(desk, &order);
    }
    let lang = order.lang();
    let body = html! {
        (details(desk, &order))
        (code_form(desk, &order))
        section class="card panel" aria-labelledby="panel" {
            h2 id="panel" { (lang.pick("Bộ giả lập: chọn kết quả", "Simulator: choose the outcome")) }
            p { (lang.pick("Cổng thật không có phần này.", "The real gateway does not have this part.")) }
            form class="stack" method="post" action="/_simulator/outcome" {
                input type="hidden" name="token" value=(order.token);
                @for (outcome, vi, en) in P::PANEL {
                    button class="second" type="submit" name="outcome" value=(outcome) { (lang.pick(vi, en)) }
                }
            }
        }
    };
    let status =
        if order.wrong_codes > 0 { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page(desk, &order, lang.pick("Thanh toán", "Pay"), body).respond(status)
}

fn code_form<P: Protocol>(desk: &Desk<P>, order: &Order) -> Markup {
    let lang = order.lang();
    let banks = desk.protocol().banks();
    html! {
        @if order.wrong_codes > 0 {
            p class="error" id="code-error" role="alert" {
                (lang.pick("Mã xác thực không đúng. Sai 3 lần giao dịch sẽ bị huỷ.", "Wrong code. After 3 wrong codes the payment ends."))
            }
        }
        form class="card" method="post" action="/_simulator/code" {
            input type="hidden" name="token" value=(order.token);
            @if !banks.is_empty() {
                div {
                    label for="bank" { (lang.pick("Ngân hàng hoặc ví", "Bank or wallet")) }
                    select id="bank" name="bank" {
                        @for (code, name) in banks { option value=(code) { (name) } }
                    }
                }
            }
            div {
                label for="code" { (lang.pick("Mã OTP gửi đến điện thoại", "One-time password sent to your phone")) }
                input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required value=(P::CODE);
            }
            button id="confirm" type="submit" { (lang.pick("Thanh toán", "Pay")) }
        }
        form method="post" action="/_simulator/code" {
            input type="hidden" name="token" value=(order.token);
            button class="second" id="cancel" type="submit" name="cancel" value="cancel" {
                (lang.pick("Huỷ giao dịch", "Cancel payment"))
            }
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Typed {
    token: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    bank: String,
    #[serde(default)]
    cancel: String,
}

/// `POST /_simulator/code`: the one-time password, or the button beside it.
pub(super) async fn code<P: Protocol>(
    State(desk): State<Desk<P>>,
    Form(form): Form<Typed>,
) -> Response {
    let name = if form.cancel == "cancel" {
        "cancel"
    } else if form.code.trim() == P::CODE {
        "success"
    } else {
        let wrong = desk.change(|book| {
            let order = book.by_token(&form.token)?;
            order.wrong_codes = order.wrong_codes.saturating_add(1);
            Some(order.wrong_codes)
        });
        if wrong.unwrap_or_default() < 3 {
            return pay_page(&desk, &form.token);
        }
        P::WRONG_CODES
    };
    if desk.protocol().banks().iter().any(|(code, _)| *code == form.bank) {
        desk.change(|book| {
            if let Some(order) = book.by_token(&form.token) {
                order.bank.clone_from(&form.bank);
            }
        });
    }
    finish(&desk, &form.token, name).await
}

#[derive(Deserialize)]
pub(super) struct Outcome {
    token: String,
    outcome: String,
}

/// `POST /_simulator/outcome`: the panel's buttons.
pub(super) async fn outcome<P: Protocol>(
    State(desk): State<Desk<P>>,
    Form(form): Form<Outcome>,
) -> Response {
    finish(&desk, &form.token, &form.outcome).await
}

/// Ends an open order, starts its notice, and sends the browser back. An order that is not open
/// shows what became of it.
async fn finish<P: Protocol>(desk: &Desk<P>, token: &str, name: &str) -> Response {
    let Some(ending) = desk.protocol().ending(name) else {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    };
    let now = time::now_ms();
    match desk.end(token, &ending, |order| order.is_open(now)) {
        Some(order) => {
            reports::report(desk, token).await;
            Redirect::to(&desk.way_back(&order)).into_response()
        }
        None => pay_page(desk, token),
    }
}

#[derive(Deserialize)]
pub(super) struct Token {
    #[serde(default)]
    token: String,
}

/// `GET /_simulator/done`: the gateway's own last page, when the browser is not simply sent back.
pub(super) async fn done_page<P: Protocol>(
    State(desk): State<Desk<P>>,
    Query(query): Query<Token>,
) -> Response {
    match desk.find(&query.token) {
        Some(order) => done(&desk, &order),
        None => unknown::<P>(),
    }
}

fn done<P: Protocol>(desk: &Desk<P>, order: &Order) -> Response {
    let lang = order.lang();
    let text = match order.money() {
        Money::Taken => lang.pick("Giao dịch thành công.", "The payment succeeded."),
        Money::Pending => lang.pick("Giao dịch đang xử lý.", "The payment is being processed."),
        Money::NotTaken => lang.pick("Tiền chưa bị trừ.", "No money was taken."),
    };
    let signed = desk.returned(order);
    let body = html! {
        p class="card" id="done" { (text) }
        (back::on_last_page(order.knobs.back, &order.return_url, &signed, &P::LIES, lang))
        (details(desk, order))
    };
    page(desk, order, lang.pick("Kết quả giao dịch", "Result"), body).respond(StatusCode::OK)
}

fn expired<P: Protocol>(desk: &Desk<P>, order: &Order) -> Response {
    let lang = order.lang();
    let body = html! {
        p class="error" id="expired" { (lang.pick("Đơn hàng đã hết hạn. Tiền chưa bị trừ.", "The order has expired. No money was taken.")) }
        (details(desk, order))
    };
    page(desk, order, lang.pick("Đơn hàng hết hạn", "Order expired"), body)
        .respond(StatusCode::GONE)
}

fn unknown<P: Protocol>() -> Response {
    let body = html! { p class="error" { "Không tìm thấy đơn hàng. Tiền chưa bị trừ." } };
    plain::<P>("Không có đơn hàng này", body, StatusCode::NOT_FOUND)
}

fn details<P: Protocol>(desk: &Desk<P>, order: &Order) -> Markup {
    let lang = order.lang();
    html! {
        section class="card" aria-labelledby="order" {
            h2 id="order" { (lang.pick("Thông tin đơn hàng", "Order")) }
            dl {
                div { dt { (lang.pick("Số tiền", "Amount")) } dd class="amount" id="amount" { (dong(order.amount, lang)) } }
                div { dt { (lang.pick("Nhà cung cấp", "Merchant")) } dd { (desk.protocol().payee(order)) } }
                div { dt { (lang.pick("Mã đơn hàng", "Order number")) } dd id="reference" { (order.reference) } }
                div { dt { (lang.pick("Nội dung", "For")) } dd { (desk.protocol().purpose(order)) } }
            }
        }
    }
}

fn page<'a, P: Protocol>(
    desk: &Desk<P>,
    order: &Order,
    heading: &'a str,
    body: Markup,
) -> Page<'a> {
    let origins = [desk.protocol().app_origin(), &order.return_url];
    let mut form_origins: Vec<String> = origins.into_iter().filter_map(origin_of).collect();
    form_origins.dedup();
    Page { lang: order.lang(), party: P::PARTY, heading, body, form_origins }
}

/// An end by its name on the panel, else by its code, when that code decides something.
pub(crate) fn named(
    panel: &[(&str, &str)],
    name: &str,
    money: impl FnOnce(&str) -> Option<Money>,
) -> Option<Ending> {
    let code = panel.iter().find(|(known, _)| *known == name).map_or(name, |(_, code)| code);
    Some(Ending { code: code.to_owned(), money: money(code)? })
}
