//! What every handler shares: database, files, catalogue, partners, clock.

use crate::api::stored::Stored;
use crate::catalogue::{Catalogue, CatalogueError, load_commune};
use crate::changes::News;
use crate::clock::Clock;
use crate::database;
use crate::desk::accounts::{Accounts, AccountsError};
use crate::outbox::Messenger;
use crate::payments::clocks::GatewayClocks;
use crate::push::key::{PushKey, PushKeyError};
use crate::settings::Settings;
use crate::uploads::scanner::Scanner;
use crate::uploads::turns::Turns;
use motcua_contract::config::AppConfig;
use motcua_gateways::vnpay::Merchant;
use motcua_gateways::{momo, platform, zalopay};
use motcua_signatures::{Roots, RootsError};
use object_store::ObjectStore;
use object_store::local::LocalFileSystem;
use sqlx::SqlitePool;
use std::collections::HashSet;
use std::ops::Deref;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Semaphore;

/// Why the backend does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The catalogue is flawed.
    #[error("catalogue: {0}")]
    Catalogue(#[from] CatalogueError),
    /// The file of the desk's accounts cannot be used.
    #[error("staff: {0}")]
    Accounts(#[from] AccountsError),
    /// The database cannot be opened.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// The key for notices cannot be used.
    #[error("push: {0}")]
    Push(#[from] PushKeyError),
    /// The authorities of signatures do not read.
    #[error("signature roots: {0}")]
    Roots(#[from] RootsError),
    /// The files' folder cannot be opened.
    #[error("files: {0}")]
    Files(#[from] object_store::Error),
    /// A folder or file cannot be read or made.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// The client for calling partners cannot be made.
    #[error("http client: {0}")]
    Http(#[from] reqwest::Error),
}

/// The shared state; cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// What `App` points at.
pub struct Inner {
    /// Installation settings.
    pub settings: Settings,
    /// What the app reads at start.
    pub config: AppConfig,
    /// Procedures and holidays.
    pub catalogue: Catalogue,
    /// The catalogue's document as it is sent.
    pub document: Stored,
    /// The list of procedures as it is sent.
    pub list: Stored,
    /// The provinces and communes as they are sent.
    pub units: Stored,
    /// What is kept of people, as it is sent.
    pub data_table: Stored,
    /// The database.
    pub db: SqlitePool,
    /// The files' bytes.
    pub files: Arc<dyn ObjectStore>,
    /// What time it is.
    pub clock: Clock,
    /// For calling partners: bounded in time, follows no redirects.
    pub http: reqwest::Client,
    /// Who we are at VNPAY.
    pub vnpay: Merchant,
    /// Who we are at MoMo.
    pub momo: momo::Merchant,
    /// Who we are at ZaloPay.
    pub zalopay: zalopay::Merchant,
    /// Who we are at the national PaymentPlatform.
    pub platform: platform::Merchant,
    /// How far the gateways' clocks are from ours.
    pub gateway_clocks: GatewayClocks,
    /// Idempotency keys whose first request runs now.
    pub in_flight: Mutex<HashSet<(String, String)>>,
    /// The newest request of each upload; an older one that is stuck gives way.
    pub upload_turns: Turns,
    /// The virus scanner, where there is one.
    pub scanner: Option<Box<dyn Scanner>>,
    /// Who brings messages to phones.
    pub messenger: Messenger,
    /// What notices on devices are signed with.
    pub push_key: PushKey,
    /// Who is trusted to vouch for who signs results.
    pub signature_roots: Roots,
    /// Who is told that a dossier changed.
    pub news: News,
    /// Who may sign in at the desk.
    pub accounts: Accounts,
    /// Leave to try a password at the desk: one at a time.
    pub desk_logins: Semaphore,
    /// Leave to put an export together: so many at a time.
    pub exports: Arc<Semaphore>,
    /// Leave to inspect a file: so many at a time.
    pub inspections: Semaphore,
}

/// Files that are inspected at a time.
const INSPECTIONS: usize = 2;
/// Exports that are put together at a time.
const EXPORTS: usize = 2;

impl Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl App {
    /// Opens everything that the settings name.
    pub async fn start(settings: Settings) -> Result<Self, StartError> {
        let catalogue = Catalogue::load(&settings.catalogue)?;
        let mut config = load_commune(&settings.commune, settings.host())?;
        let accounts = match &settings.staff {
            Some(path) => Accounts::load(path)?,
            None => Accounts::default(),
        };
        std::fs::create_dir_all(&settings.data)?;
        let own_key = settings.data.join("push-key.pem");
        let push_key = PushKey::open(settings.push_key.as_deref(), &own_key)?;
        config.push_key = Some(push_key.public().to_owned());
        let signature_roots = match &settings.signature_roots {
            Some(path) => Roots::read(&std::fs::read(path)?)?,
            None => Roots::default(),
        };
        let files_folder = settings.data.join("files");
        std::fs::create_dir_all(&files_folder)?;
        let files = Arc::new(LocalFileSystem::new_with_prefix(&files_folder)?);
        let db = database::open(&settings.data).await?;
        let mut http = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(3))
            .timeout(Duration::from_secs(10))
            .redirect(reqwest::redirect::Policy::none());
        if let Some(path) = &settings.extra_ca {
            http =
                http.add_root_certificate(reqwest::Certificate::from_pem(&std::fs::read(path)?)?);
        }
        if settings.clock_offset_s != 0 {
            tracing::warn!(
                "the clock is {} s off, by a setting for demos",
                settings.clock_offset_s
            );
        }
        let vnpay =
            Merchant::new(settings.vnpay_tmn_code.clone(), settings.vnpay_secret.gateway_secret());
        let momo = momo::Merchant::new(
            settings.momo_partner.clone(),
            settings.momo_access_key.gateway_secret(),
            settings.momo_secret.gateway_secret(),
        );
        let zalopay = zalopay::Merchant::new(
            settings.zalopay_app_id,
            settings.zalopay_key1.gateway_secret(),
            settings.zalopay_key2.gateway_secret(),
        );
        let platform = platform::Merchant::new(
            settings.platform_partner.clone(),
            settings.platform_secret.gateway_secret(),
        );
        Ok(Self(Arc::new(Inner {
            momo,
            zalopay,
            platform,
            http: http.build()?,
            vnpay,
            config,
            catalogue,
            document: Stored::default(),
            list: Stored::default(),
            units: Stored::default(),
            data_table: Stored::default(),
            db,
            files,
            clock: Clock::ahead(settings.clock_offset_s),
            gateway_clocks: GatewayClocks::default(),
            in_flight: Mutex::default(),
            upload_turns: Turns::default(),
            scanner: settings.clamd.clone().map(|clamd| Box::new(clamd) as Box<dyn Scanner>),
            messenger: settings.messenger(),
            push_key,
            signature_roots,
            news: News::default(),
            accounts,
            desk_logins: Semaphore::new(1),
            inspections: Semaphore::new(INSPECTIONS),
            exports: Arc::new(Semaphore::new(EXPORTS)),
            settings,
        })))
    }
}
