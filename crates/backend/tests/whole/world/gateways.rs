//! The payment gateways of the stage: the simulators, each on a free port, with the demo's keys.

use super::listen;
use axum::Router;
use motcua_gateways::{Secret, momo, platform, vnpay, zalopay};
use motcua_simulators::{demo, momo as sim_momo, platform as sim_platform};
use motcua_simulators::{vnpay as sim_vnpay, zalopay as sim_zalopay};
use tokio::net::TcpListener;

type Place = (TcpListener, String);

/// Where they will listen.
pub struct Gateways {
    pub vnpay: Place,
    pub momo: Place,
    pub zalopay: Place,
    pub platform: Place,
}

/// The demo commune at MoMo.
pub fn momo_merchant() -> momo::Merchant {
    let secret = Secret::new(demo::MOMO_SECRET);
    momo::Merchant::new(demo::MOMO_PARTNER, Secret::new(demo::MOMO_ACCESS_KEY), secret)
}

/// The demo commune at ZaloPay.
pub fn zalopay_merchant() -> zalopay::Merchant {
    let (key1, key2) = (Secret::new(demo::ZALOPAY_KEY1), Secret::new(demo::ZALOPAY_KEY2));
    zalopay::Merchant::new(demo::ZALOPAY_APP_ID, key1, key2)
}

/// The demo commune at the national platform.
pub fn platform_merchant() -> platform::Merchant {
    platform::Merchant::new(demo::PLATFORM_PARTNER, Secret::new(demo::PLATFORM_SECRET))
}

fn serve(listener: TcpListener, router: Router) {
    tokio::spawn(async move { axum::serve(listener, router).await });
}

impl Gateways {
    /// Takes the ports, before the backend is told of them.
    pub async fn listen() -> Self {
        Self {
            vnpay: listen().await,
            momo: listen().await,
            zalopay: listen().await,
            platform: listen().await,
        }
    }

    /// Starts them for the backend at `app`; gives their origins.
    pub fn start(self, app: &str) -> [String; 4] {
        let vnpay = sim_vnpay::Vnpay::new(sim_vnpay::Config {
            app_origin: app.to_owned(),
            merchant: vnpay::Merchant::new(demo::VNPAY_TMN_CODE, Secret::new(demo::VNPAY_SECRET)),
            ipn_url: format!("{app}/pay/ipn/vnpay"),
            data: None,
            extra_ca: None,
        });
        serve(self.vnpay.0, vnpay.unwrap().router());
        let momo = sim_momo::Momo::new(sim_momo::Config {
            origin: self.momo.1.clone(),
            app_origin: app.to_owned(),
            merchant: momo_merchant(),
            data: None,
            extra_ca: None,
        });
        serve(self.momo.0, momo.unwrap().router());
        let zalopay = sim_zalopay::Zalopay::new(sim_zalopay::Config {
            origin: self.zalopay.1.clone(),
            app_origin: app.to_owned(),
            merchant: zalopay_merchant(),
            data: None,
            extra_ca: None,
        });
        serve(self.zalopay.0, zalopay.unwrap().router());
        let platform = sim_platform::Platform::new(sim_platform::Config {
            origin: self.platform.1.clone(),
            app_origin: app.to_owned(),
            merchant: platform_merchant(),
            return_url: format!("{app}/pay/return"),
            confirm_url: format!("{app}/DvcPayment/Confirm"),
            data: None,
            extra_ca: None,
        });
        serve(self.platform.0, platform.unwrap().router());
        [self.vnpay.1, self.momo.1, self.zalopay.1, self.platform.1]
    }
}
