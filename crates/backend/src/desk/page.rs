//! What every page of the desk has around it. Knows no dossier.

use super::BASE;
use super::sessions::OnDuty;
use super::words;
use crate::error::Error;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

/// Nothing but our style sheet and our forms: no script, no picture, no frame.
const POLICY: &str = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; \
                      frame-ancestors 'none'";

/// A page.
pub fn page(status: StatusCode, title: &str, on_duty: Option<&OnDuty>, body: &Markup) -> Response {
    let whole = html! {
        (DOCTYPE)
        html lang="vi" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (title) " – Bàn làm việc" }
                link rel="stylesheet" href={ (BASE) "/desk.css" };
            }
            body {
                a class="skip" href="#main" { "Bỏ qua, đến nội dung chính" }
                header class="top" {
                    div class="wide" {
                        a href=(BASE) { "Bàn làm việc" }
                        @if let Some(on_duty) = on_duty {
                            span { (on_duty.staff.who) " · " (words::role(on_duty.staff.role)) }
                            form method="post" action={ (BASE) "/dang-xuat" } {
                                (csrf(on_duty))
                                button class="quiet" type="submit" { "Đăng xuất" }
                            }
                        }
                    }
                }
                main id="main" class="wide" tabindex="-1" { h1 { (title) } (body) }
            }
        }
    };
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (status, headers, whole.into_string()).into_response()
}

/// The hidden field that shows a form to be of this session.
pub fn csrf(on_duty: &OnDuty) -> Markup {
    html! { input type="hidden" name="csrf" value=(on_duty.csrf); }
}

/// A page that says that something was not done.
pub fn refused(status: StatusCode, said: &str) -> Response {
    let body = html! {
        p class="notice bad" role="alert" { (said) }
        p { a class="button" href=(BASE) { "Về bàn làm việc" } }
    };
    page(status, "Chưa làm được", None, &body)
}

/// A page for an error that no form is to blame for.
pub fn broken(error: Error) -> Response {
    let problem = error.into_problem();
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    refused(status, &words::said(&problem))
}
