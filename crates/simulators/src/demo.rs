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
