//! VNeID's identity provider as an outside party: a real OpenID Provider (code flow with PKCE) for
//! six fictional citizens. Owns the wiring; knows no relying party but its one client.
//!
//! VNeID's own technical profile is not public; this one follows OpenID Connect Core 1.0,
//! Discovery 1.0, RFC 6749, RFC 7636 and RFC 9207.

mod authorize;
mod citizens;
mod claims;
mod discovery;
mod keys;
mod logout;
mod mode;
mod pages;
mod sessions;
mod token;
mod userinfo;

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use openidconnect::core::CoreEdDsaPrivateSigningKey;

pub use citizens::{CITIZENS, Citizen, Gender};
pub use claims::{CitizenClaims, CitizenIdToken};
pub use mode::Mode;

use crate::page;
use sessions::Sessions;

/// What the provider knows of its one client, and where it lives.
#[derive(Debug, Clone)]
pub struct Config {
    /// Own origin and issuer, e.g. `http://127.0.0.1:8091`, without a slash at the end.
    pub origin: String,
    /// Origin of the app: forms may lead there, logout may return there.
    pub app_origin: String,
    /// `client_id`.
    pub client_id: String,
    /// `client_secret`.
    pub client_secret: motcua_gateways::Secret,
    /// The addresses that a citizen may be sent back to, compared exactly.
    pub redirect_uris: Vec<String>,
    /// Folder of the signing key; none makes a new key at each start.
    pub data: Option<PathBuf>,
}

/// The running provider. Clones share one state.
#[derive(Clone)]
pub struct Vneid(Arc<Inner>);

struct Inner {
    config: Config,
    key: CoreEdDsaPrivateSigningKey,
    sessions: Mutex<Sessions>,
    mode: Mutex<Mode>,
}

impl Vneid {
    /// Starts a provider, with the key that it had before a restart.
    pub fn new(config: Config) -> io::Result<Self> {
        let key = keys::open(config.data.as_deref())?;
        let (sessions, mode) = (Mutex::default(), Mutex::default());
        Ok(Self(Arc::new(Inner { config, key, sessions, mode })))
    }

    /// All paths of the provider.
    pub fn router(&self) -> Router {
        let provider = Router::new()
            .route("/.well-known/openid-configuration", get(discovery::metadata))
            .route("/jwks", get(discovery::jwks))
            .route("/authorize", get(authorize::begin))
            .route("/login", get(authorize::login_page).post(authorize::login))
            .route("/consent", get(authorize::consent_page).post(authorize::consent))
            .route("/token", post(token::exchange))
            .route("/userinfo", get(userinfo::tell).post(userinfo::tell))
            .route("/logout", get(logout::end).post(logout::end))
            .layer(from_fn_with_state(self.clone(), mode::apply));
        Router::new()
            .route("/", get(pages::home))
            .route("/_simulator/mode", get(mode::get).post(mode::set))
            .route("/_simulator/reset", post(mode::reset))
            .merge(page::assets())
            .merge(provider)
            .with_state(self.clone())
    }

    fn config(&self) -> &Config {
        &self.0.config
    }

    fn sessions(&self) -> MutexGuard<'_, Sessions> {
        self.0.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn mode(&self) -> MutexGuard<'_, Mode> {
        self.0.mode.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
