//! Putting it together: routes, listener, TLS, background work, an orderly end.

use crate::api;
use crate::app::App;
use crate::error::problem_response;
use crate::headers;
use crate::payments::watch;
use crate::site;
use crate::{hand_overs, uploads};
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
        .route("/config.json", get(site::config))
        .fallback(site::serve)
        .layer(CatchPanicLayer::custom(|_| problem_response(&Problem::new(ProblemType::Internal))))
        .layer(middleware::from_fn_with_state(app.clone(), headers::secure))
        .layer(middleware::from_fn(trace))
        .with_state(app.clone())
}

/// One line a request. Paths hold dossier codes and payment tokens, so only their first part is
/// written.
async fn trace(request: Request, next: middleware::Next) -> axum::response::Response {
    let method = request.method().clone();
    let place: String = request.uri().path().split('/').take(4).collect::<Vec<_>>().join("/");
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

async fn sweep(app: App) {
    let mut ticks = tokio::time::interval(Duration::from_secs(600));
    loop {
        ticks.tick().await;
        if let Err(error) = uploads::store::remove_expired(&app).await {
            tracing::error!("expired uploads: {error}");
        }
        if let Err(error) = hand_overs::remove_expired(&app).await {
            tracing::error!("expired hand-overs: {error}");
        }
    }
}

/// Runs until Ctrl-C.
pub async fn run(app: App) -> std::io::Result<()> {
    let handle = Handle::<SocketAddr>::new();
    let ending = handle.clone();
    tokio::spawn(async move {
        end().await;
        ending.graceful_shutdown(Some(Duration::from_secs(5)));
    });
    tokio::spawn(watch::run(app.clone()));
    tokio::spawn(sweep(app.clone()));
    let settings = app.settings.clone();
    let service = router(&app).into_make_service_with_connect_info::<SocketAddr>();
    println!("backend ready on {}", settings.origin);
    match (&settings.tls_cert, &settings.tls_key) {
        (Some(cert), Some(key)) => {
            let tls = RustlsConfig::from_pem_file(cert, key).await?;
            axum_server::bind_rustls(settings.listen, tls).handle(handle).serve(service).await
        }
        _ => axum_server::bind(settings.listen).handle(handle).serve(service).await,
    }
}
