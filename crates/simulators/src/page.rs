//! Owns what every page of a simulator has: the frame, the notice that it is one, the style sheet
//! and the headers. Knows no content.

use axum::Router;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use maud::{DOCTYPE, Markup, html};

/// The language of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Lang {
    #[default]
    Vi,
    En,
}

impl Lang {
    /// One of two texts.
    pub(crate) fn pick<'a>(self, vi: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Vi => vi,
            Self::En => en,
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }
}

/// A page before it is sent.
pub(crate) struct Page<'a> {
    pub(crate) lang: Lang,
    /// Whose simulator: `VNPAY`, `VNeID`.
    pub(crate) party: &'a str,
    /// The one heading, and the title.
    pub(crate) heading: &'a str,
    pub(crate) body: Markup,
    /// Origins that a form's answer may redirect to, beside this one: Chromium holds the redirects
    /// after a form's POST to `form-action`.
    pub(crate) form_origins: Vec<String>,
}

impl Page<'_> {
    /// The page as an answer with the headers that all pages have.
    pub(crate) fn respond(self, status: StatusCode) -> Response {
        let csp = policy(&self.form_origins);
        let notice = self.lang.pick(
            "BỘ GIẢ LẬP để thử nghiệm: không phải trang thật, không có tiền thật.",
            "SIMULATOR for testing: not the real site, no real money.",
        );
        let people =
            self.lang.pick("Mọi người trong trang đều hư cấu.", "All people are fictional.");
        let markup = html! {
            (DOCTYPE)
            html lang=(self.lang.code()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="robots" content="noindex";
                    title { (self.heading) " – " (self.party) " (" (self.lang.pick("giả lập", "simulator")) ")" }
                    link rel="icon" type="image/svg+xml" href="/_simulator/icon.svg";
                    link rel="stylesheet" href="/_simulator/style.css";
                }
                body {
                    header class="top" {
                        p class="party" { (self.party) }
                        p class="notice" { strong { (notice) } " " (people) }
                    }
                    main { h1 { (self.heading) } (self.body) }
                }
            }
        };
        let mut response = (status, Html(markup.into_string())).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_SECURITY_POLICY, csp);
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        response
    }
}

fn policy(form_origins: &[String]) -> HeaderValue {
    const STRICT: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; \
                          frame-ancestors 'none'; form-action 'self'";
    let mut policy = STRICT.to_owned();
    for origin in form_origins {
        policy.push(' ');
        policy.push_str(origin);
    }
    HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static(STRICT))
}

/// The origin of an address, when it is a web address: `https://host:port`.
pub(crate) fn origin_of(address: &str) -> Option<String> {
    let url = url::Url::parse(address).ok()?;
    match url.scheme() {
        "http" | "https" => Some(url.origin().ascii_serialization()),
        _ => None,
    }
}

/// The files that the pages need.
pub(crate) fn assets<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let file = |kind: &'static str, text: &'static str| {
        get(move || async move {
            let cache = (header::CACHE_CONTROL, "max-age=3600");
            ([(header::CONTENT_TYPE, kind), cache], text)
        })
    };
    let css = include_str!("../assets/simulator.css");
    let icon = include_str!("../assets/icon.svg");
    Router::new()
        .route("/_simulator/style.css", file("text/css; charset=utf-8", css))
        .route("/_simulator/icon.svg", file("image/svg+xml", icon))
        .route("/favicon.ico", file("image/svg+xml", icon))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_cannot_smuggle_a_directive() {
        assert_eq!(origin_of("https://a.vn:8443/x;y?z"), Some("https://a.vn:8443".into()));
        for bad in ["javascript:alert(1)", "data:text/html,x", "not an address", "https://a b/"] {
            assert_eq!(origin_of(bad), None, "{bad}");
        }
        let tricky = origin_of("https://a.vn;script-src/x").unwrap_or_default();
        assert!(!tricky.contains(' '), "{tricky}");
    }
}
