//! Headers of every answer, and the header that every change must carry. Knows no endpoint.
//!
//! Policy: OWASP ASVS 5.0 chapter 3 and the project's own measurements: wasm needs
//! `'wasm-unsafe-eval'`; nothing needs `'unsafe-inline'` or `'unsafe-eval'`.

use crate::app::App;
use crate::error::Error;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use motcua_contract::CLIENT_HEADER;
use motcua_contract::problem::ProblemType;

/// The Content-Security-Policy, given the hashes of the inline styles in `index.html`.
pub fn content_security_policy(style_hashes: &[String], https: bool) -> String {
    let mut styles = String::from("'self'");
    for hash in style_hashes {
        styles.push_str(&format!(" 'sha256-{hash}'"));
    }
    let upgrade = if https { "; upgrade-insecure-requests" } else { "" };
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src {styles}; \
         img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
         worker-src 'self'; media-src 'self' blob:; base-uri 'none'; object-src 'none'; \
         frame-ancestors 'none'; form-action 'self'{upgrade}"
    )
}

/// Puts the security headers on every answer that does not have its own.
pub async fn secure(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut put = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::REFERRER_POLICY, "no-referrer");
    put(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    put(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    put(
        HeaderName::from_static("permissions-policy"),
        "camera=(self), microphone=(), geolocation=(), payment=()",
    );
    put(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
    // Answers of the API and redirects are personal or momentary; the site sets its own.
    put(header::CACHE_CONTROL, "no-store");
    if app.settings.is_https() {
        put(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    }
    response
}

/// Refuses changes without the client header or from another origin: a form on a stranger's page
/// can send neither our header nor our origin.
pub async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reads || request.headers().contains_key(header::AUTHORIZATION) {
        return next.run(request).await;
    }
    let named = request.headers().contains_key(CLIENT_HEADER);
    let own_origin = request
        .headers()
        .get(header::ORIGIN)
        .is_none_or(|origin| origin.as_bytes() == app.settings.origin.as_bytes());
    if named && own_origin {
        next.run(request).await
    } else {
        Error::from(ProblemType::MissingClientHeader).into_response()
    }
}
