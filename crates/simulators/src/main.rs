//! The simulators as one program: VNeID and VNPAY, each on its own listener. Owns the command
//! line; knows no protocol.

use std::error::Error;
use std::net::SocketAddr;
use std::path::PathBuf;

use axum::Router;
use axum_server::Handle;
use clap::Parser;
use motcua_gateways::Secret;
use motcua_gateways::vnpay::Merchant;
use motcua_simulators::{demo, serve, vneid, vnpay};

/// VNeID and VNPAY as outside parties, for the demo and the tests. Fictional people, play money.
#[derive(Debug, Parser)]
#[command(version)]
struct Args {
    /// Where the VNeID simulator listens
    #[arg(long, env = "MOTCUA_SIM_VNEID_LISTEN", default_value = "127.0.0.1:8091")]
    vneid_listen: SocketAddr,
    /// Origin of the VNeID simulator, and its issuer
    #[arg(long, env = "MOTCUA_SIM_VNEID_ORIGIN", default_value = demo::VNEID_ORIGIN)]
    vneid_origin: String,
    /// Where the VNPAY simulator listens
    #[arg(long, env = "MOTCUA_SIM_VNPAY_LISTEN", default_value = "127.0.0.1:8092")]
    vnpay_listen: SocketAddr,
    /// Origin of the VNPAY simulator, for the ready line
    #[arg(long, env = "MOTCUA_SIM_VNPAY_ORIGIN", default_value = demo::VNPAY_ORIGIN)]
    vnpay_origin: String,
    /// Origin of the app
    #[arg(long, env = "MOTCUA_SIM_APP_ORIGIN", default_value = demo::APP_ORIGIN)]
    app_origin: String,
    /// The merchant's vnp_TmnCode
    #[arg(long, env = "MOTCUA_SIM_VNPAY_TMN_CODE", default_value = demo::VNPAY_TMN_CODE)]
    vnpay_tmn_code: String,
    /// The merchant's signing secret
    #[arg(long, env = "MOTCUA_SIM_VNPAY_SECRET", default_value = demo::VNPAY_SECRET, hide_env_values = true)]
    vnpay_secret: String,
    /// Where payments are reported to
    #[arg(long, env = "MOTCUA_SIM_VNPAY_IPN_URL", default_value = demo::VNPAY_IPN_URL)]
    vnpay_ipn_url: String,
    /// client_id of the app's backend
    #[arg(long, env = "MOTCUA_SIM_VNEID_CLIENT_ID", default_value = demo::VNEID_CLIENT_ID)]
    vneid_client_id: String,
    /// client_secret of the app's backend
    #[arg(long, env = "MOTCUA_SIM_VNEID_CLIENT_SECRET", default_value = demo::VNEID_CLIENT_SECRET, hide_env_values = true)]
    vneid_client_secret: String,
    /// Where a citizen may be sent back to; can be given several times
    #[arg(long, env = "MOTCUA_SIM_VNEID_REDIRECT_URI", default_value = demo::VNEID_REDIRECT_URI, value_delimiter = ',')]
    vneid_redirect_uri: Vec<String>,
    /// Folder of what survives a restart
    #[arg(long, env = "MOTCUA_SIM_DATA", default_value = ".demo/simulators")]
    data: PathBuf,
    /// Certificate chain (PEM) of both listeners; without it they are plain
    #[arg(long, env = "MOTCUA_SIM_TLS_CERT", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// Key (PEM) of the certificate
    #[arg(long, env = "MOTCUA_SIM_TLS_KEY", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Certificate (PEM) to trust when calling the IPN URL
    #[arg(long, env = "MOTCUA_SIM_EXTRA_CA")]
    extra_ca: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    serve::use_ring();
    let tls = match (&args.tls_cert, &args.tls_key) {
        (Some(certificate), Some(key)) => Some(serve::tls(certificate, key).await?),
        _ => None,
    };
    let (provider, gateway) = start(&args)?;
    gateway.resume();
    let parties: [(&str, &str, SocketAddr, Router); 2] = [
        ("vneid", &args.vneid_origin, args.vneid_listen, provider.router()),
        ("vnpay", &args.vnpay_origin, args.vnpay_listen, gateway.router()),
    ];
    let mut handles = Vec::new();
    let mut running = Vec::new();
    for (name, origin, address, router) in parties {
        let listener = serve::listen(address)?;
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

fn start(args: &Args) -> Result<(vneid::Vneid, vnpay::Vnpay), Box<dyn Error>> {
    let provider = vneid::Vneid::new(vneid::Config {
        origin: args.vneid_origin.clone(),
        app_origin: args.app_origin.clone(),
        client_id: args.vneid_client_id.clone(),
        client_secret: Secret::new(args.vneid_client_secret.clone()),
        redirect_uris: args.vneid_redirect_uri.clone(),
        data: Some(args.data.clone()),
    })?;
    let extra_ca = args.extra_ca.as_ref().map(std::fs::read).transpose()?;
    let gateway = vnpay::Vnpay::new(vnpay::Config {
        app_origin: args.app_origin.clone(),
        merchant: Merchant::new(
            args.vnpay_tmn_code.clone(),
            Secret::new(args.vnpay_secret.clone()),
        ),
        ipn_url: args.vnpay_ipn_url.clone(),
        data: Some(args.data.clone()),
        extra_ca,
    })?;
    Ok((provider, gateway))
}
