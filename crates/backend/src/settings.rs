//! What differs from one installation to another: addresses, folders, partners and their secrets.
//! Flags or environment variables; the defaults are those of the demo and hold no real secret.

use crate::outbox::Messenger;
use crate::uploads::scanner::Clamd;
use clap::Parser;
use motcua_gateways::Secret;
use std::net::SocketAddr;
use std::path::PathBuf;

/// A hundred years in seconds: no demo goes further.
const CENTURY_S: i64 = 100 * 365 * 86_400;

/// What the program does besides serving.
#[derive(Debug, Clone, Copy, clap::Subcommand)]
pub enum Command {
    /// Read a password from a line of input and print its hash, for the file of `--staff`.
    HashPassword,
}

/// The backend's settings.
#[derive(Debug, Clone, Parser)]
#[command(name = "motcua-backend", about = "Reference backend of Một Cửa", version)]
pub struct Settings {
    /// What to do instead of serving.
    #[command(subcommand)]
    pub command: Option<Command>,

    /// Where to listen.
    #[arg(long, env = "MOTCUA_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// The address that browsers use, without a slash at the end.
    #[arg(long, env = "MOTCUA_ORIGIN", default_value = "http://127.0.0.1:8080")]
    pub origin: String,
    /// Folder of the database and the files.
    #[arg(long, env = "MOTCUA_DATA", default_value = ".demo/backend")]
    pub data: PathBuf,
    /// Folder of the built app.
    #[arg(long, env = "MOTCUA_SITE", default_value = "dist")]
    pub site: PathBuf,
    /// Folder of the procedures and the holidays.
    #[arg(long, env = "MOTCUA_CATALOGUE", default_value = "catalogue")]
    pub catalogue: PathBuf,
    /// File with the commune's name, hotline and channels (`config.json` is made from it).
    #[arg(long, env = "MOTCUA_COMMUNE", default_value = "catalogue/commune.json")]
    pub commune: PathBuf,
    /// Agency code that dossier codes begin with.
    #[arg(long, env = "MOTCUA_AGENCY", default_value = "H24.31")]
    pub agency: String,

    /// The identity provider's issuer.
    #[arg(long, env = "MOTCUA_OIDC_ISSUER", default_value = "http://127.0.0.1:8091")]
    pub oidc_issuer: String,
    /// Our client id at the identity provider.
    #[arg(long, env = "MOTCUA_OIDC_CLIENT_ID", default_value = "motcua")]
    pub oidc_client_id: String,
    /// Our client secret at the identity provider.
    #[arg(
        long,
        env = "MOTCUA_OIDC_CLIENT_SECRET",
        default_value = "demo-vneid-client-secret",
        hide_env_values = true
    )]
    pub oidc_client_secret: Hidden,

    /// VNPAY's pay page.
    #[arg(
        long,
        env = "MOTCUA_VNPAY_PAY_URL",
        default_value = "http://127.0.0.1:8092/paymentv2/vpcpay.html"
    )]
    pub vnpay_pay_url: String,
    /// VNPAY's API for queries.
    #[arg(
        long,
        env = "MOTCUA_VNPAY_API_URL",
        default_value = "http://127.0.0.1:8092/merchant_webapi/api/transaction"
    )]
    pub vnpay_api_url: String,
    /// Our site code at VNPAY.
    #[arg(long, env = "MOTCUA_VNPAY_TMN_CODE", default_value = "KIMTHA01")]
    pub vnpay_tmn_code: String,
    /// Our hash secret at VNPAY.
    #[arg(
        long,
        env = "MOTCUA_VNPAY_SECRET",
        default_value = "KIMTHANHVNPAYSANDBOXSECRET000001",
        hide_env_values = true
    )]
    pub vnpay_secret: Hidden,

    /// MoMo's API, without a slash at the end.
    #[arg(long, env = "MOTCUA_MOMO_URL", default_value = "http://127.0.0.1:8093")]
    pub momo_url: String,
    /// Our partner code at MoMo.
    #[arg(long, env = "MOTCUA_MOMO_PARTNER", default_value = "MOMOKIMTHANH")]
    pub momo_partner: String,
    /// Our access key at MoMo.
    #[arg(
        long,
        env = "MOTCUA_MOMO_ACCESS_KEY",
        default_value = "demo-momo-access-key",
        hide_env_values = true
    )]
    pub momo_access_key: Hidden,
    /// Our secret key at MoMo.
    #[arg(
        long,
        env = "MOTCUA_MOMO_SECRET",
        default_value = "demo-momo-secret-key",
        hide_env_values = true
    )]
    pub momo_secret: Hidden,

    /// ZaloPay's API, without a slash at the end.
    #[arg(long, env = "MOTCUA_ZALOPAY_URL", default_value = "http://127.0.0.1:8094")]
    pub zalopay_url: String,
    /// Our application at ZaloPay.
    #[arg(long, env = "MOTCUA_ZALOPAY_APP_ID", default_value_t = 2553)]
    pub zalopay_app_id: u64,
    /// The key of what we send to ZaloPay.
    #[arg(
        long,
        env = "MOTCUA_ZALOPAY_KEY1",
        default_value = "demo-zalopay-key-one",
        hide_env_values = true
    )]
    pub zalopay_key1: Hidden,
    /// The key of what ZaloPay sends by itself.
    #[arg(
        long,
        env = "MOTCUA_ZALOPAY_KEY2",
        default_value = "demo-zalopay-key-two",
        hide_env_values = true
    )]
    pub zalopay_key2: Hidden,

    /// The national PaymentPlatform's API, without a slash at the end.
    #[arg(long, env = "MOTCUA_PLATFORM_URL", default_value = "http://127.0.0.1:8095")]
    pub platform_url: String,
    /// Our partner code at the platform.
    #[arg(long, env = "MOTCUA_PLATFORM_PARTNER", default_value = "KIMTHANH")]
    pub platform_partner: String,
    /// Our secret at the platform.
    #[arg(
        long,
        env = "MOTCUA_PLATFORM_SECRET",
        default_value = "demo-platform-secret",
        hide_env_values = true
    )]
    pub platform_secret: Hidden,

    /// The bank of the account that transfers go to, by its six-digit NAPAS number.
    #[arg(long, env = "MOTCUA_TRANSFER_BANK", default_value = "970405")]
    pub transfer_bank: String,
    /// The account that transfers go to.
    #[arg(long, env = "MOTCUA_TRANSFER_ACCOUNT", default_value = "2112201000001")]
    pub transfer_account: String,
    /// Whose account it is.
    #[arg(long, env = "MOTCUA_TRANSFER_HOLDER", default_value = "UBND XA KIM THANH")]
    pub transfer_holder: String,

    /// Where gateways reach this backend, when that is not where browsers do.
    #[arg(long, env = "MOTCUA_PARTNER_ORIGIN")]
    pub partner_origin: Option<String>,

    /// Seconds that this machine's clock may differ from a gateway's; no order is opened there beyond it.
    #[arg(
        long,
        env = "MOTCUA_CLOCK_TOLERANCE_S",
        default_value_t = 300,
        value_parser = clap::value_parser!(u32).range(30..)
    )]
    pub clock_tolerance_s: u32,

    /// Seconds that the backend's clock is ahead of the machine's, or behind when below zero. For demos and
    /// tests of what comes with time; gateways stay where they are, so `clock_tolerance_s` counts.
    #[arg(
        long,
        env = "MOTCUA_CLOCK_OFFSET_S",
        default_value_t = 0,
        allow_negative_numbers = true,
        value_parser = clap::value_parser!(i64).range(-CENTURY_S..=CENTURY_S)
    )]
    pub clock_offset_s: i64,

    /// This installation is for demos: it takes dossiers of guided runs with fictional people, marked as
    /// such. A real one refuses them.
    #[arg(long, env = "MOTCUA_DEMO")]
    pub demo: bool,

    /// Bearer token of staff calls; staff calls are off without it.
    #[arg(long, env = "MOTCUA_STAFF_TOKEN", hide_env_values = true)]
    pub staff_token: Option<Hidden>,

    /// The office's SMS or Zalo service, which takes messages to citizens by `POST`; without it they stand
    /// in the log (see `outbox::Messenger` for the call).
    #[arg(long, env = "MOTCUA_MESSAGE_URL")]
    pub message_url: Option<String>,
    /// Bearer token of that service.
    #[arg(long, env = "MOTCUA_MESSAGE_TOKEN", hide_env_values = true)]
    pub message_token: Option<Hidden>,

    /// File with the backend's key for notices on devices (P-256, PKCS#8 PEM); made in the data folder when
    /// none is named. A new key makes every device's choice void.
    #[arg(long, env = "MOTCUA_PUSH_KEY")]
    pub push_key: Option<PathBuf>,
    /// Whom a push service may turn to: `mailto:…` or an `https` address. The app's address when none is
    /// given.
    #[arg(long, env = "MOTCUA_PUSH_CONTACT")]
    pub push_contact: Option<String>,
    /// A push service besides those of the browsers, by its origin; for demos and tests. Can be given
    /// several times.
    #[arg(long, env = "MOTCUA_PUSH_SERVICE", value_delimiter = ',')]
    pub push_service: Vec<String>,

    /// File with the accounts of the desk (`docs/desk.md`); nobody can sign in there without it.
    #[arg(long, env = "MOTCUA_STAFF")]
    pub staff: Option<PathBuf>,

    /// Certificates (PEM) of the authorities that are trusted to vouch for who signs results. Without them a
    /// signature can be found untouched, but not whose it is.
    #[arg(long, env = "MOTCUA_SIGNATURE_ROOTS")]
    pub signature_roots: Option<PathBuf>,

    /// ClamAV's daemon, which scans what is sent: `tcp:HOST:PORT` or `unix:PATH`. Nothing is scanned
    /// without it.
    #[arg(long, env = "MOTCUA_CLAMD")]
    pub clamd: Option<Clamd>,

    /// Certificate chain (PEM); with the key it turns TLS on.
    #[arg(long, env = "MOTCUA_TLS_CERT", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,
    /// Private key (PEM).
    #[arg(long, env = "MOTCUA_TLS_KEY", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
    /// A further certificate authority (PEM) to trust when calling partners; for demos whose
    /// partners have home-made certificates.
    #[arg(long, env = "MOTCUA_EXTRA_CA")]
    pub extra_ca: Option<PathBuf>,
}

/// A secret from a flag or the environment; never printed.
#[derive(Clone)]
pub struct Hidden(String);

impl Hidden {
    /// The secret's text, for comparing and for protocols that send it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The secret for a gateway.
    pub fn gateway_secret(&self) -> Secret {
        Secret::new(self.0.clone())
    }
}

impl std::fmt::Debug for Hidden {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

impl std::str::FromStr for Hidden {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}

impl Settings {
    /// Whether browsers reach us over TLS.
    pub fn is_https(&self) -> bool {
        self.origin.starts_with("https://")
    }

    /// Who brings messages to phones.
    pub fn messenger(&self) -> Messenger {
        match &self.message_url {
            Some(url) => Messenger::Service { url: url.clone(), token: self.message_token.clone() },
            None => Messenger::Log,
        }
    }

    /// Where gateways reach us, without a slash at the end.
    pub fn partners_reach_us_at(&self) -> &str {
        self.partner_origin.as_deref().unwrap_or(&self.origin)
    }

    /// Our host name, with the port where it is not the scheme's own.
    pub fn host(&self) -> &str {
        self.origin.split_once("://").map_or(self.origin.as_str(), |(_, host)| host)
    }
}
