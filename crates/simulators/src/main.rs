//! The simulators as one program: VNeID, the payment gateways and a push service, each on its own listener. Owns
//! their start and end; knows no protocol.

mod args;

use std::error::Error;
use std::net::SocketAddr;

use args::Settings;
use axum::Router;
use axum_server::Handle;
use clap::Parser;
use motcua_gateways::Secret;
use motcua_simulators::{momo, platform, push_service, serve, vneid, vnpay, zalopay};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let settings = Settings::parse();
    serve::use_ring();
    let tls = match (&settings.tls_cert, &settings.tls_key) {
        (Some(certificate), Some(key)) => Some(serve::tls(certificate, key).await?),
        _ => None,
    };
    let mut handles = Vec::new();
    let mut running = Vec::new();
    for Party { name, origin, listen, router } in start(&settings)? {
        let listener = serve::listen(listen)?;
        println!("ready {name} {origin} (listening on {})", listener.local_addr()?);
        let handle = Handle::new();
        handles.push(handle.clone());
        running.push(tokio::spawn(serve::serve(listener, router, tls.clone(), handle)));
    }
    serve::stop_on_signal(&handles).await?;
    for task in running {
        task.await??;
    }
    Ok(())
}

/// One simulator, ready to listen.
struct Party<'a> {
    name: &'static str,
    origin: &'a str,
    listen: SocketAddr,
    router: Router,
}

/// Makes all of them, each with what it knew before a restart.
fn start(settings: &Settings) -> Result<Vec<Party<'_>>, Box<dyn Error>> {
    let Settings { vneid, vnpay, momo, zalopay, platform, .. } = settings;
    let app_origin = || settings.app_origin.clone();
    let data = || Some(settings.data.clone());
    let extra_ca = settings.extra_ca.as_ref().map(std::fs::read).transpose()?;
    let provider = vneid::Vneid::new(vneid::Config {
        origin: vneid.vneid_origin.clone(),
        app_origin: app_origin(),
        client_id: vneid.vneid_client_id.clone(),
        client_secret: Secret::new(vneid.vneid_client_secret.clone()),
        redirect_uris: vneid.vneid_redirect_uri.clone(),
        data: data(),
    })?;
    let vnpay_gateway = vnpay::Vnpay::new(vnpay::Config {
        app_origin: app_origin(),
        merchant: vnpay.merchant(),
        ipn_url: vnpay.vnpay_ipn_url.clone(),
        data: data(),
        extra_ca: extra_ca.clone(),
    })?;
    let momo_gateway = momo::Momo::new(momo::Config {
        origin: momo.momo_origin.clone(),
        app_origin: app_origin(),
        merchant: momo.merchant(),
        data: data(),
        extra_ca: extra_ca.clone(),
    })?;
    let zalopay_gateway = zalopay::Zalopay::new(zalopay::Config {
        origin: zalopay.zalopay_origin.clone(),
        app_origin: app_origin(),
        merchant: zalopay.merchant(),
        data: data(),
        extra_ca: extra_ca.clone(),
    })?;
    let platform_gateway = platform::Platform::new(platform::Config {
        origin: platform.platform_origin.clone(),
        app_origin: app_origin(),
        merchant: platform.merchant(),
        return_url: platform.platform_return_url.clone(),
        confirm_url: platform.platform_confirm_url.clone(),
        data: data(),
        extra_ca,
    })?;
    vnpay_gateway.resume();
    momo_gateway.resume();
    zalopay_gateway.resume();
    platform_gateway.resume();
    let party = |name, origin, listen, router| Party { name, origin, listen, router };
    let push = settings.push_listen.zip(settings.push_origin.as_deref()).map(|(listen, origin)| {
        party("push", origin, listen, push_service::PushService::new(origin).router())
    });
    let parties = vec![
        party("vneid", &*vneid.vneid_origin, vneid.vneid_listen, provider.router()),
        party("vnpay", &*vnpay.vnpay_origin, vnpay.vnpay_listen, vnpay_gateway.router()),
        party("momo", &*momo.momo_origin, momo.momo_listen, momo_gateway.router()),
        party(
            "zalopay",
            &*zalopay.zalopay_origin,
            zalopay.zalopay_listen,
            zalopay_gateway.router(),
        ),
        party(
            "platform",
            &*platform.platform_origin,
            platform.platform_listen,
            platform_gateway.router(),
        ),
    ];
    Ok(parties.into_iter().chain(push).collect())
}
