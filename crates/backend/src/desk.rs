//! The officer's desk: pages below `/ban-lam-viec` that the backend draws, for running a small counter in a
//! demo and in tests. They work without JavaScript and call what the JSON endpoints call. What may be done
//! is the domain's (`desk`); nothing is decided here.
//!
//! In Vietnamese only: its readers are officials of a Vietnamese commune.

pub mod accounts;
mod acts;
mod card;
mod data_requests;
mod dossier_page;
mod feedback_list;
mod feedback_page;
mod fields;
mod find;
mod forms;
mod job;
mod lists;
mod login;
mod page;
mod reading;
pub mod sessions;
mod supplement_form;
mod words;

use crate::app::App;
use crate::papers::handlers::MAX_RESULT;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

/// Where the desk is.
pub const BASE: &str = "/ban-lam-viec";

/// What comes around a file in a form.
const FORM_AROUND: usize = 64 * 1024;

/// The desk's routes, with their whole paths.
pub fn router() -> Router<App> {
    Router::new()
        .route(BASE, get(lists::show))
        .route("/ban-lam-viec/dang-nhap", get(login::show).post(login::sign_in))
        .route("/ban-lam-viec/dang-xuat", post(login::sign_out))
        .route("/ban-lam-viec/quet", post(find::read))
        .route("/ban-lam-viec/ho-so/{code}", get(dossier_page::show))
        .route("/ban-lam-viec/ho-so/{code}/viec/{job}", post(acts::take))
        .route(
            "/ban-lam-viec/ho-so/{code}/tep/{job}",
            post(acts::take_file).layer(DefaultBodyLimit::max(MAX_RESULT + FORM_AROUND)),
        )
        .route("/ban-lam-viec/tep/{upload}", get(reading::give))
        .route("/ban-lam-viec/du-lieu", get(data_requests::list))
        .route("/ban-lam-viec/du-lieu/{request}", get(data_requests::show))
        .route("/ban-lam-viec/du-lieu/{request}/viec/{act}", post(data_requests::take))
        .route("/ban-lam-viec/phan-anh", get(feedback_list::show))
        .route("/ban-lam-viec/phan-anh/{code}", get(feedback_page::show))
        .route("/ban-lam-viec/phan-anh/{code}/viec/{act}", post(feedback_page::take))
        .route("/ban-lam-viec/desk.css", get(style))
        .layer(middleware::from_fn(from_our_pages))
}

async fn style() -> impl IntoResponse {
    let kind = (header::CONTENT_TYPE, "text/css; charset=utf-8");
    ([kind, (header::CACHE_CONTROL, "no-cache")], include_str!("desk/desk.css"))
}

/// A page of another site cannot even sign somebody in here; old browsers, which do not say where a form
/// comes from, are held by the strict cookie and the forms' own token.
async fn from_our_pages(request: Request, next: Next) -> Response {
    let from = request.headers().get("sec-fetch-site");
    let ours = from.is_none_or(|from| from == "same-origin" || from == "none");
    if request.method() == "POST" && !ours {
        let words = "Biểu mẫu này không đến từ bàn làm việc.";
        return page::refused(StatusCode::FORBIDDEN, words);
    }
    next.run(request).await
}
