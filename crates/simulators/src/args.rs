//! Owns the program's command line: who listens where, under which origin, with which secrets. Knows
//! no protocol.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser};
use motcua_gateways::{Secret, momo, platform, vnpay, zalopay};
use motcua_simulators::demo;

/// VNeID and the payment gateways as outside parties, for the demo and the tests. Fictional people,
/// play money.
#[derive(Debug, Parser)]
#[command(version)]
pub struct Settings {
    /// Origin of the app
    #[arg(long, env = "MOTCUA_SIM_APP_ORIGIN", default_value = demo::APP_ORIGIN)]
    pub app_origin: String,
    #[command(flatten)]
    pub vneid: Vneid,
    #[command(flatten)]
    pub vnpay: Vnpay,
    #[command(flatten)]
    pub momo: Momo,
    #[command(flatten)]
    pub zalopay: Zalopay,
    #[command(flatten)]
    pub platform: Platform,
    /// Where the push service listens; it is not started without this, for only Firefox can be told of it
    #[arg(long, env = "MOTCUA_SIM_PUSH_LISTEN", requires = "push_origin")]
    pub push_listen: Option<SocketAddr>,
    /// Origin of the push service
    #[arg(long, env = "MOTCUA_SIM_PUSH_ORIGIN")]
    pub push_origin: Option<String>,
    /// Folder of what survives a restart
    #[arg(long, env = "MOTCUA_SIM_DATA", default_value = ".demo/simulators")]
    pub data: PathBuf,
    /// Certificate chain (PEM) of all listeners; without it they are plain
    #[arg(long, env = "MOTCUA_SIM_TLS_CERT", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,
    /// Key (PEM) of the certificate
    #[arg(long, env = "MOTCUA_SIM_TLS_KEY", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
    /// Certificate (PEM) to trust when calling the merchant
    #[arg(long, env = "MOTCUA_SIM_EXTRA_CA")]
    pub extra_ca: Option<PathBuf>,
}

/// VNeID's settings.
#[derive(Debug, Args)]
pub struct Vneid {
    /// Where the VNeID simulator listens
    #[arg(long, env = "MOTCUA_SIM_VNEID_LISTEN", default_value = "127.0.0.1:8091")]
    pub vneid_listen: SocketAddr,
    /// Origin of the VNeID simulator, and its issuer
    #[arg(long, env = "MOTCUA_SIM_VNEID_ORIGIN", default_value = demo::VNEID_ORIGIN)]
    pub vneid_origin: String,
    /// client_id of the app's backend
    #[arg(long, env = "MOTCUA_SIM_VNEID_CLIENT_ID", default_value = demo::VNEID_CLIENT_ID)]
    pub vneid_client_id: String,
    /// client_secret of the app's backend
    #[arg(long, env = "MOTCUA_SIM_VNEID_CLIENT_SECRET", default_value = demo::VNEID_CLIENT_SECRET, hide_env_values = true)]
    pub vneid_client_secret: String,
    /// Where a citizen may be sent back to; can be given several times
    #[arg(long, env = "MOTCUA_SIM_VNEID_REDIRECT_URI", default_value = demo::VNEID_REDIRECT_URI, value_delimiter = ',')]
    pub vneid_redirect_uri: Vec<String>,
}

/// VNPAY's settings.
#[derive(Debug, Args)]
pub struct Vnpay {
    /// Where the VNPAY simulator listens
    #[arg(long, env = "MOTCUA_SIM_VNPAY_LISTEN", default_value = "127.0.0.1:8092")]
    pub vnpay_listen: SocketAddr,
    /// Origin of the VNPAY simulator, for the ready line
    #[arg(long, env = "MOTCUA_SIM_VNPAY_ORIGIN", default_value = demo::VNPAY_ORIGIN)]
    pub vnpay_origin: String,
    /// The merchant's vnp_TmnCode
    #[arg(long, env = "MOTCUA_SIM_VNPAY_TMN_CODE", default_value = demo::VNPAY_TMN_CODE)]
    pub vnpay_tmn_code: String,
    /// The merchant's signing secret
    #[arg(long, env = "MOTCUA_SIM_VNPAY_SECRET", default_value = demo::VNPAY_SECRET, hide_env_values = true)]
    pub vnpay_secret: String,
    /// Where payments are reported to
    #[arg(long, env = "MOTCUA_SIM_VNPAY_IPN_URL", default_value = demo::VNPAY_IPN_URL)]
    pub vnpay_ipn_url: String,
}

impl Vnpay {
    /// The merchant at VNPAY.
    pub fn merchant(&self) -> vnpay::Merchant {
        vnpay::Merchant::new(&*self.vnpay_tmn_code, Secret::new(&*self.vnpay_secret))
    }
}

/// MoMo's settings.
#[derive(Debug, Args)]
pub struct Momo {
    /// Where the MoMo simulator listens
    #[arg(long, env = "MOTCUA_SIM_MOMO_LISTEN", default_value = "127.0.0.1:8093")]
    pub momo_listen: SocketAddr,
    /// Origin of the MoMo simulator
    #[arg(long, env = "MOTCUA_SIM_MOMO_ORIGIN", default_value = demo::MOMO_ORIGIN)]
    pub momo_origin: String,
    /// The merchant's partnerCode
    #[arg(long, env = "MOTCUA_SIM_MOMO_PARTNER", default_value = demo::MOMO_PARTNER)]
    pub momo_partner: String,
    /// The merchant's accessKey
    #[arg(long, env = "MOTCUA_SIM_MOMO_ACCESS_KEY", default_value = demo::MOMO_ACCESS_KEY, hide_env_values = true)]
    pub momo_access_key: String,
    /// The merchant's signing secret
    #[arg(long, env = "MOTCUA_SIM_MOMO_SECRET", default_value = demo::MOMO_SECRET, hide_env_values = true)]
    pub momo_secret: String,
}

impl Momo {
    /// The merchant at MoMo.
    pub fn merchant(&self) -> momo::Merchant {
        momo::Merchant::new(
            &*self.momo_partner,
            Secret::new(&*self.momo_access_key),
            Secret::new(&*self.momo_secret),
        )
    }
}

/// ZaloPay's settings.
#[derive(Debug, Args)]
pub struct Zalopay {
    /// Where the ZaloPay simulator listens
    #[arg(long, env = "MOTCUA_SIM_ZALOPAY_LISTEN", default_value = "127.0.0.1:8094")]
    pub zalopay_listen: SocketAddr,
    /// Origin of the ZaloPay simulator
    #[arg(long, env = "MOTCUA_SIM_ZALOPAY_ORIGIN", default_value = demo::ZALOPAY_ORIGIN)]
    pub zalopay_origin: String,
    /// The merchant's app_id
    #[arg(long, env = "MOTCUA_SIM_ZALOPAY_APP_ID", default_value_t = demo::ZALOPAY_APP_ID)]
    pub zalopay_app_id: u64,
    /// The key of what the merchant sends
    #[arg(long, env = "MOTCUA_SIM_ZALOPAY_KEY1", default_value = demo::ZALOPAY_KEY1, hide_env_values = true)]
    pub zalopay_key1: String,
    /// The key of what ZaloPay sends by itself
    #[arg(long, env = "MOTCUA_SIM_ZALOPAY_KEY2", default_value = demo::ZALOPAY_KEY2, hide_env_values = true)]
    pub zalopay_key2: String,
}

impl Zalopay {
    /// The merchant at ZaloPay.
    pub fn merchant(&self) -> zalopay::Merchant {
        let (key1, key2) = (Secret::new(&*self.zalopay_key1), Secret::new(&*self.zalopay_key2));
        zalopay::Merchant::new(self.zalopay_app_id, key1, key2)
    }
}

/// The PaymentPlatform's settings.
#[derive(Debug, Args)]
pub struct Platform {
    /// Where the PaymentPlatform simulator listens
    #[arg(long, env = "MOTCUA_SIM_PLATFORM_LISTEN", default_value = "127.0.0.1:8095")]
    pub platform_listen: SocketAddr,
    /// Origin of the PaymentPlatform simulator
    #[arg(long, env = "MOTCUA_SIM_PLATFORM_ORIGIN", default_value = demo::PLATFORM_ORIGIN)]
    pub platform_origin: String,
    /// The merchant's MaDoiTac
    #[arg(long, env = "MOTCUA_SIM_PLATFORM_PARTNER", default_value = demo::PLATFORM_PARTNER)]
    pub platform_partner: String,
    /// The merchant's secret
    #[arg(long, env = "MOTCUA_SIM_PLATFORM_SECRET", default_value = demo::PLATFORM_SECRET, hide_env_values = true)]
    pub platform_secret: String,
    /// Where payments are reported to
    #[arg(long, env = "MOTCUA_SIM_PLATFORM_CONFIRM_URL", default_value = demo::PLATFORM_CONFIRM_URL)]
    pub platform_confirm_url: String,
    /// Where the citizen is sent back to
    #[arg(long, env = "MOTCUA_SIM_PLATFORM_RETURN_URL", default_value = demo::PLATFORM_RETURN_URL)]
    pub platform_return_url: String,
}

impl Platform {
    /// The merchant at the platform.
    pub fn merchant(&self) -> platform::Merchant {
        platform::Merchant::new(&*self.platform_partner, Secret::new(&*self.platform_secret))
    }
}
