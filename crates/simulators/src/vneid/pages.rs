//! Owns the provider's pages: who logs in, what is shared, and what went wrong. Knows no state:
//! each is made from what it is given.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use maud::{Markup, html};

use super::Config;
use super::citizens::{CITIZENS, Citizen, Gender};
use super::claims::SCOPES;
use super::sessions::Login;
use crate::page::{Lang, Page, origin_of};

const PARTY: &str = "Định danh điện tử VNeID";

/// `GET /`
pub(super) async fn home() -> Response {
    let body = html! {
        p {
            "Chương trình này đóng vai VNeID khi dùng thử Một Cửa. "
            "Trang đăng nhập chỉ mở từ ứng dụng."
        }
        p lang="en" { "This program plays the identity provider VNeID. The login opens from the app only." }
    };
    plain(Lang::Vi, "Bộ giả lập VNeID", body, StatusCode::OK)
}

/// The choice of a fictional citizen.
pub(super) fn login(config: &Config, name: &str, login: &Login) -> Response {
    let lang = login.lang;
    let body = html! {
        p { (lang.pick(
            "Chọn một người hư cấu để đăng nhập vào Một Cửa. VNeID thật hỏi mật khẩu và xác nhận trên điện thoại.",
            "Choose a fictional person to log in to Một Cửa. The real VNeID asks for a password and a confirmation on the phone.",
        )) }
        form class="stack" method="post" action="/login" {
            input type="hidden" name="login" value=(name);
            @for citizen in &CITIZENS {
                button class="person" type="submit" name="citizen" value=(citizen.number) {
                    strong { (citizen.name) }
                    span { (born(citizen, lang)) }
                    span { (lang.pick("Số định danh: ", "Citizen number: ")) (citizen.number) }
                }
            }
        }
        form method="post" action="/login" {
            input type="hidden" name="login" value=(name);
            button class="second" type="submit" name="decision" value="refuse" {
                (lang.pick("Không đăng nhập, quay lại", "Do not log in, go back"))
            }
        }
    };
    let heading = lang.pick("Đăng nhập VNeID", "Log in with VNeID");
    page(config, login, heading, body)
}

/// The question whether the citizen's data may be shared.
pub(super) fn consent(config: &Config, name: &str, login: &Login, citizen: &Citizen) -> Response {
    let lang = login.lang;
    let granted = |scope: &str| login.scopes.iter().any(|granted| granted == scope);
    let body = html! {
        section class="card" aria-labelledby="shared" {
            h2 id="shared" { (lang.pick("Một Cửa – xã Kim Thành sẽ nhận", "Một Cửa – Kim Thành commune will receive")) }
            dl {
                @for (scope, vi, en) in SCOPES {
                    @if granted(scope) {
                        div { dt { (lang.pick(vi, en)) } dd { (value(scope, citizen, lang)) } }
                    }
                }
            }
        }
        p { (lang.pick(
            "Dùng để điền và nộp hồ sơ của bạn. Bạn có thể từ chối.",
            "Used to fill in and file your dossier. You can refuse.",
        )) }
        form class="stack" method="post" action="/consent" {
            input type="hidden" name="login" value=(name);
            button type="submit" name="decision" value="accept" { (lang.pick("Đồng ý chia sẻ", "Accept and share")) }
            button class="second" type="submit" name="decision" value="refuse" { (lang.pick("Từ chối", "Refuse")) }
        }
    };
    let heading = lang.pick("Đồng ý chia sẻ thông tin?", "Share your information?");
    page(config, login, heading, body)
}

/// 503: the provider is down, with a way back to the app.
pub(super) fn down(config: &Config) -> Response {
    let body = html! {
        p class="error" { "VNeID đang không hoạt động. Lỗi không phải do bạn." }
        p { "Những gì bạn đã điền trong Một Cửa vẫn còn. Hãy thử lại sau ít phút, hoặc nộp hồ sơ tại bộ phận một cửa." }
        p lang="en" { "VNeID is not available now. What you entered is still there. Try again in a few minutes." }
        a class="button" id="back-to-app" href=(config.app_origin) { "Quay lại Một Cửa" }
    };
    let heading = "VNeID tạm thời không dùng được";
    let mut response = plain(Lang::Vi, heading, body, StatusCode::SERVICE_UNAVAILABLE);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    response
}

/// 400: the request cannot be answered, and nobody is sent anywhere.
pub(super) fn mistake(lang: Lang, parameter: &str) -> Response {
    let body = html! {
        p class="error" {
            (lang.pick("Yêu cầu đăng nhập không hợp lệ: ", "The login request is not valid: "))
            code { (parameter) }
        }
        p { (lang.pick("Vui lòng quay lại ứng dụng và thử lại.", "Please go back to the app and try again.")) }
    };
    let heading = lang.pick("Không đăng nhập được", "Cannot log in");
    plain(lang, heading, body, StatusCode::BAD_REQUEST)
}

/// 400: the login was answered already, or took too long.
pub(super) fn over(config: &Config) -> Response {
    let body = html! {
        p { "Lần đăng nhập này đã kết thúc hoặc quá 10 phút. Hãy bắt đầu lại từ Một Cửa." }
        p lang="en" { "This login is over. Please start again from the app." }
        a class="button" id="back-to-app" href=(config.app_origin) { "Quay lại Một Cửa" }
    };
    plain(Lang::Vi, "Phiên đăng nhập đã hết", body, StatusCode::BAD_REQUEST)
}

/// The end of a logout that names no way back.
pub(super) fn logged_out(config: &Config) -> Response {
    let body = html! {
        p { "Bạn đã đăng xuất khỏi VNeID." }
        p lang="en" { "You are logged out of VNeID." }
        a class="button" id="back-to-app" href=(config.app_origin) { "Quay lại Một Cửa" }
    };
    plain(Lang::Vi, "Đã đăng xuất", body, StatusCode::OK)
}

fn value(scope: &str, citizen: &Citizen, lang: Lang) -> Markup {
    html! {
        @match scope {
            "profile" => { (citizen.name) ", " (born(citizen, lang)) }
            "phone" => (citizen.phone),
            "address" => (citizen.address()),
            _ => (citizen.number),
        }
    }
}

fn born(citizen: &Citizen, lang: Lang) -> String {
    let sex = match citizen.gender {
        Gender::Male => lang.pick("nam", "male"),
        Gender::Female => lang.pick("nữ", "female"),
    };
    format!("{sex}, {} {}", lang.pick("sinh ngày", "born"), citizen.birthdate_shown())
}

fn page(config: &Config, login: &Login, heading: &str, body: Markup) -> Response {
    let origins = [origin_of(&config.app_origin), origin_of(&login.redirect_uri)];
    let mut form_origins: Vec<String> = origins.into_iter().flatten().collect();
    form_origins.dedup();
    Page { lang: login.lang, party: PARTY, heading, body, form_origins }.respond(StatusCode::OK)
}

fn plain(lang: Lang, heading: &str, body: Markup, status: StatusCode) -> Response {
    Page { lang, party: PARTY, heading, body, form_origins: Vec::new() }.respond(status)
}
