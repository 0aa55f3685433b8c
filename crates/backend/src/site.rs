//! Serving the built app: hashed assets for ever, `index.html` never from a cache, precompressed
//! brotli, and an honest 404 for a missing script or module (an old tab must learn that it is old,
//! not get a page where it wants a program).

use crate::app::App;
use crate::error::{Error, Result};
use crate::headers::content_security_policy;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, Uri, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use motcua_contract::config::AppConfig;
use motcua_contract::problem::ProblemType;
use sha2::{Digest, Sha256};
use tower::ServiceExt;
use tower_http::services::ServeDir;

/// `GET /config.json`.
pub async fn config(State(app): State<App>) -> impl IntoResponse {
    let no_cache = [(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"))];
    (no_cache, Json::<AppConfig>(app.config.clone()))
}

/// SHA-256 of each inline `<style>` of a page, in base64, as the policy names them.
fn style_hashes(html: &str) -> Vec<String> {
    let mut hashes = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find("<style") {
        let Some(open) = rest[start..].find('>') else { break };
        let body = &rest[start + open + 1..];
        let Some(end) = body.find("</style>") else { break };
        hashes.push(STANDARD.encode(Sha256::digest(&body.as_bytes()[..end])));
        rest = &body[end..];
    }
    hashes
}

/// Whether a path names a file rather than a page of the app.
fn names_a_file(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or_default();
    // Pages end with codes such as `2.000635` and `H24.31-261122-000042`; files with an extension.
    last.rsplit_once('.').is_some_and(|(_, extension)| {
        extension.starts_with(|c: char| c.is_ascii_alphabetic())
            && extension.len() <= 11
            && extension.chars().all(|c| c.is_ascii_alphanumeric())
    })
}

/// Whether the bundler put the content's hash into the name: up to 16 hex digits, without leading
/// zeros.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.split(['-', '.', '_'])
        .any(|part| (12..=16).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// Everything that is not the API: files of the app, or `index.html` for its pages.
pub async fn serve(State(app): State<App>, request: Request) -> Result<Response> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(ProblemType::MethodNotAllowed.into());
    }
    let path = request.uri().path().to_owned();
    let page = !names_a_file(&path);
    let request = if page { to_index(request)? } else { request };
    let files = ServeDir::new(&app.settings.site)
        .precompressed_br()
        .append_index_html_on_directories(false);
    let response =
        files.oneshot(request).await.map_err(|error| Error::Internal(error.to_string()))?;
    if response.status() == 404 {
        return Err(ProblemType::NotFound.into());
    }
    let mut response = response.map(axum::body::Body::new);
    let headers = response.headers_mut();
    let html = page || path.ends_with(".html");
    let cache =
        if is_hashed(&path) && !html { "public, max-age=31536000, immutable" } else { "no-cache" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    if path.ends_with(".webmanifest") {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/manifest+json"));
    }
    let worker = path == "/sw.js" || (path.starts_with("/workers/") && path.ends_with(".js"));
    if html || worker {
        let policy = policy(&app).await?;
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    let robots = HeaderName::from_static("x-robots-tag");
    headers.insert(robots, HeaderValue::from_static("noindex"));
    Ok(response)
}

fn to_index(mut request: Request) -> Result<Request> {
    *request.uri_mut() = Uri::from_static("/index.html");
    Ok(request)
}

/// The policy of the page that is there now (a developer's bundler may have rebuilt it).
async fn policy(app: &App) -> Result<HeaderValue> {
    let html = tokio::fs::read_to_string(app.settings.site.join("index.html"))
        .await
        .map_err(|_| Error::from(ProblemType::NotFound))?;
    let policy = content_security_policy(&style_hashes(&html), app.settings.is_https());
    HeaderValue::from_str(&policy).map_err(|error| Error::Internal(format!("policy: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_files_are_told_apart() {
        for page in [
            "/",
            "/quet",
            "/thu-tuc/2.000635",
            "/tra-cuu/H24.31-261122-000042",
            "/nop/1.001193/bat-dau",
        ] {
            assert!(!names_a_file(page), "{page}");
        }
        for file in
            ["/motcua-0123456789abcdef.js", "/x_bg.wasm", "/workers/qr.js", "/manifest.webmanifest"]
        {
            assert!(names_a_file(file), "{file}");
        }
    }

    #[test]
    fn only_hashed_names_are_immutable() {
        assert!(is_hashed("/motcua-0123456789abcdef.js"));
        assert!(is_hashed("/motcua-0123456789abcdef_bg.wasm"));
        assert!(is_hashed("/kit-5f21885e1fb414.css"));
        assert!(!is_hashed("/workers/qr.js"));
        assert!(!is_hashed("/index.html"));
    }

    #[test]
    fn inline_styles_are_hashed_as_they_stand() {
        let hashes = style_hashes("<head><style>a{}</style></head><style media=x>b{}</style>");
        assert_eq!(hashes.len(), 2);
        assert_eq!(hashes[0], STANDARD.encode(Sha256::digest(b"a{}")));
    }
}
