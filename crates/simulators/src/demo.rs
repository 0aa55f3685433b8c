//! Owns the identities and fake secrets that the demo and the tests share. Knows no behaviour.
//!
//! None of them opens anything real: they are public on purpose.

/// `vnp_TmnCode` of the demo commune.
pub const VNPAY_TMN_CODE: &str = "KIMTHA01";
/// Signing secret of the demo commune at the VNPAY simulator.
pub const VNPAY_SECRET: &str = "KIMTHANHVNPAYSANDBOXSECRET000001";
/// `client_id` of the app's backend at the VNeID simulator.
pub const VNEID_CLIENT_ID: &str = "motcua";
/// `client_secret` of the app's backend at the VNeID simulator.
pub const VNEID_CLIENT_SECRET: &str = "demo-vneid-client-secret";
/// Origin of the app in the demo.
pub const APP_ORIGIN: &str = "http://127.0.0.1:8080";
/// Origin of the VNeID simulator in the demo.
pub const VNEID_ORIGIN: &str = "http://127.0.0.1:8091";
/// Origin of the VNPAY simulator in the demo.
pub const VNPAY_ORIGIN: &str = "http://127.0.0.1:8092";
/// Where the VNPAY simulator reports payments to in the demo.
pub const VNPAY_IPN_URL: &str = "http://127.0.0.1:8080/pay/ipn/vnpay";
/// Where the VNeID simulator sends the citizen back to in the demo.
pub const VNEID_REDIRECT_URI: &str = "http://127.0.0.1:8080/auth/callback";
/// Origin of the MoMo simulator in the demo.
pub const MOMO_ORIGIN: &str = "http://127.0.0.1:8093";
/// `partnerCode` of the demo commune at the MoMo simulator.
pub const MOMO_PARTNER: &str = "MOMOKIMTHANH";
/// `accessKey` of the demo commune at the MoMo simulator.
pub const MOMO_ACCESS_KEY: &str = "demo-momo-access-key";
/// Signing secret of the demo commune at the MoMo simulator.
pub const MOMO_SECRET: &str = "demo-momo-secret-key";
/// Origin of the ZaloPay simulator in the demo.
pub const ZALOPAY_ORIGIN: &str = "http://127.0.0.1:8094";
/// `app_id` of the demo commune at the ZaloPay simulator.
pub const ZALOPAY_APP_ID: u64 = 2553;
/// Key of what the demo commune sends to the ZaloPay simulator.
pub const ZALOPAY_KEY1: &str = "demo-zalopay-key-one";
/// Key of what the ZaloPay simulator sends by itself.
pub const ZALOPAY_KEY2: &str = "demo-zalopay-key-two";
/// Origin of the PaymentPlatform simulator in the demo.
pub const PLATFORM_ORIGIN: &str = "http://127.0.0.1:8095";
/// `MaDoiTac` of the demo commune at the PaymentPlatform simulator.
pub const PLATFORM_PARTNER: &str = "KIMTHANH";
/// Secret of the demo commune at the PaymentPlatform simulator.
pub const PLATFORM_SECRET: &str = "demo-platform-secret";
/// Where the PaymentPlatform simulator reports payments to in the demo.
pub const PLATFORM_CONFIRM_URL: &str = "http://127.0.0.1:8080/DvcPayment/Confirm";
/// Where the PaymentPlatform simulator sends the citizen back to in the demo.
pub const PLATFORM_RETURN_URL: &str = "http://127.0.0.1:8080/pay/return";
