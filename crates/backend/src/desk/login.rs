//! Signing in at the desk, and out. Wrong tries are counted by the caller's address (`misses`).

use super::accounts::SHORTEST;
use super::sessions::{self, OnDuty};
use super::{BASE, page};
use crate::app::App;
use crate::audit;
use crate::database;
use crate::error::{Error, Result};
use crate::misses;
use axum::Form;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use motcua_contract::problem::ProblemType;
use serde::Deserialize;
use std::net::SocketAddr;

/// What is typed to sign in.
#[derive(Debug, Deserialize)]
pub struct Typed {
    name: String,
    password: String,
}

fn form(app: &App, name: &str, said: Option<&str>) -> Markup {
    html! {
        @if let Some(said) = said {
            p class="notice bad" role="alert" { (said) }
        }
        @if app.accounts.is_empty() {
            p class="notice" { "Máy chủ này chưa có tài khoản nào (--staff)." }
        } @else {
            form class="card" method="post" action={ (BASE) "/dang-nhap" } {
                label for="name" { "Tên đăng nhập" }
                input id="name" name="name" value=(name) required autocomplete="username";
                label for="password" { "Mật khẩu" }
                input id="password" name="password" type="password" required minlength=(SHORTEST)
                    autocomplete="current-password";
                button type="submit" { "Đăng nhập" }
            }
        }
    }
}

/// `GET /ban-lam-viec/dang-nhap`.
pub async fn show(State(app): State<App>) -> Response {
    page::page(StatusCode::OK, "Đăng nhập", None, &form(&app, "", None))
}

/// `POST /ban-lam-viec/dang-nhap`.
pub async fn sign_in(
    State(app): State<App>,
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    Form(typed): Form<Typed>,
) -> Response {
    let name = typed.name.trim().to_owned();
    let again =
        |status, said: &str| page::page(status, "Đăng nhập", None, &form(&app, &name, Some(said)));
    match try_it(&app, address, name.clone(), typed.password).await {
        Ok(Some(cookie)) => with_cookie(Redirect::to(BASE), cookie),
        Ok(None) => again(StatusCode::FORBIDDEN, "Tên hoặc mật khẩu không đúng."),
        Err(Error::Problem(problem)) if problem.status == 429 => {
            again(StatusCode::TOO_MANY_REQUESTS, "Thử sai nhiều lần. Hãy đợi mười phút.")
        }
        Err(error) => page::broken(error),
    }
}

fn with_cookie(redirect: Redirect, cookie: HeaderValue) -> Response {
    let mut response = redirect.into_response();
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    response
}

async fn try_it(
    app: &App,
    address: SocketAddr,
    name: String,
    password: String,
) -> Result<Option<HeaderValue>> {
    // One at a time: a hundred tries at once are counted like a hundred in a row, and a hash takes much
    // memory.
    let turn = app.desk_logins.acquire().await;
    let _turn = turn.map_err(|_| ProblemType::Internal)?;
    let mut tx = database::begin(&app.db).await?;
    misses::admit(app, &mut tx, address).await?;
    tx.commit().await?;
    let checked = app.clone();
    let staff = tokio::task::spawn_blocking(move || checked.accounts.check(&name, &password))
        .await
        .map_err(|why| Error::Internal(why.to_string()))?;
    let mut tx = database::begin(&app.db).await?;
    let Some(staff) = staff else {
        misses::note(app, &mut tx, address).await?;
        tx.commit().await?;
        return Ok(None);
    };
    audit::note(&mut tx, &staff, "sign_in", None, None, app.clock.now()).await?;
    tx.commit().await?;
    sessions::begin(app, &staff).await.map(Some)
}

/// What the form for signing out carries.
#[derive(Debug, Deserialize)]
pub struct Leaving {
    #[serde(default)]
    csrf: String,
}

/// `POST /ban-lam-viec/dang-xuat`.
pub async fn sign_out(
    State(app): State<App>,
    on_duty: OnDuty,
    Form(leaving): Form<Leaving>,
) -> Response {
    if let Err(refused) = on_duty.sent(&leaving.csrf) {
        return *refused;
    }
    match sessions::end(&app, &on_duty).await {
        Ok(cookie) => with_cookie(Redirect::to(&format!("{BASE}/dang-nhap")), cookie),
        Err(error) => page::broken(error),
    }
}
