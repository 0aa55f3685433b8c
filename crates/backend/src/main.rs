//! The reference backend's program: settings in, server out.

use clap::Parser;
use motcua_backend::app::App;
use motcua_backend::desk::accounts;
use motcua_backend::serve;
use motcua_backend::settings::{Command, Settings};
use std::io::IsTerminal as _;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_env("MOTCUA_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,messages=info"));
    // Colours are for people who watch, not for files.
    let watched = std::io::stderr().is_terminal();
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(watched);
    lines.with_writer(std::io::stderr).init();
    // Ring is the only provider that is built in; a second call is harmless.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let settings = Settings::parse();
    if let Some(Command::HashPassword) = settings.command {
        return hash_password();
    }
    let app = match App::start(settings).await {
        Ok(app) => app,
        Err(error) => {
            eprintln!("The backend cannot start: {error}");
            return ExitCode::FAILURE;
        }
    };
    match serve::run(app).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("The backend stopped: {error}");
            ExitCode::FAILURE
        }
    }
}

/// A password in, its hash out. From the input, not a flag: flags stand in lists of processes.
fn hash_password() -> ExitCode {
    let mut line = String::new();
    if let Err(error) = std::io::stdin().read_line(&mut line) {
        eprintln!("The password cannot be read: {error}");
        return ExitCode::FAILURE;
    }
    match accounts::hash(line.trim_end_matches(['\r', '\n'])) {
        Ok(hash) => {
            println!("{hash}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("No hash: {error}");
            ExitCode::FAILURE
        }
    }
}
