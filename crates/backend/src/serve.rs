//! Putting it together: routes, listener, TLS, an orderly end.

use crate::api;
use crate::app::App;
use crate::background;
use crate::desk;
use crate::error::problem_response;
use crate::headers;
use crate::site;
use axum::extract::Request;
use axum::routing::get;
use axum::{Router, middleware};
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use motcua_contract::problem::{Problem, ProblemType};
use std::net::SocketAddr;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;

/// All routes.
pub fn router(app: &App) -> Router {
    Router::new()
        .nest(&app.config.api_base, api::router(app))
        .merge(api::outside_router(app))
        .merge(desk::router())
        .route("/config.json", get(site::config))
        .fallback(site::serve)
        .layer(CatchPanicLayer::custom(|_| problem_response(&Problem::new(ProblemType::Internal))))
        .layer(middleware::from_fn_with_state(app.clone(), headers::secure))
        .layer(middleware::from_fn(trace))
        .with_state(app.clone())
}

/// What of a path may be written: the kind of thing that it names. The rest holds dossier codes,
/// payment tokens and the links of questions and hand-overs.
fn place(path: &str) -> String {
    let kept = match path.split('/').nth(1) {
        Some("api") => 4,
        Some("auth" | "pay") => 3,
        _ => 2,
    };
    path.split('/').take(kept).collect::<Vec<_>>().join("/")
}

/// One line a request.
async fn trace(request: Request, next: middleware::Next) -> axum::response::Response {
    let method = request.method().clone();
    let place = place(request.uri().path());
    let response = next.run(request).await;
    tracing::debug!(%method, %place, status = response.status().as_u16());
    response
}

async fn end() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

/// Runs until Ctrl-C.
pub async fn run(app: App) -> std::io::Result<()> {
    let handle = Handle::<SocketAddr>::new();
    let ending = handle.clone();
    tokio::spawn(async move {
        end().await;
        ending.graceful_shutdown(Some(Duration::from_secs(5)));
    });
    background::start(&app);
    let settings = app.settings.clone();
    let service = router(&app).into_make_service_with_connect_info::<SocketAddr>();
    if settings.clamd.is_none() {
        println!("no virus scanner (--clamd): sent files are inspected, but not scanned");
    }
    println!("backend ready on {}", settings.origin);
    match (&settings.tls_cert, &settings.tls_key) {
        (Some(cert), Some(key)) => {
            let tls = RustlsConfig::from_pem_file(cert, key).await?;
            axum_server::bind_rustls(settings.listen, tls).handle(handle).serve(service).await
        }
        _ => axum_server::bind(settings.listen).handle(handle).serve(service).await,
    }
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn no_secret_of_a_path_is_written() {
        for (path, written) in [
            ("/api/v1/confirmations/secret", "/api/v1/confirmations"),
            ("/api/v1/hand-overs/secret/parts/0", "/api/v1/hand-overs"),
            ("/pay/go/secret", "/pay/go"),
            ("/thanh-toan/secret", "/thanh-toan"),
            ("/auth/callback", "/auth/callback"),
            ("/", "/"),
            ("", ""),
        ] {
            assert_eq!(place(path), written);
        }
    }
}
