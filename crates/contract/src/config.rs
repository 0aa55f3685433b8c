//! `config.json`, beside the app: what differs from commune to commune. Holds no secret.

use motcua_domain::money::Vnd;
use motcua_domain::scan::{PortalIds, TrustedHosts};
use motcua_domain::text::Text;
use motcua_domain::units::UnitCodes;
use serde::{Deserialize, Serialize};

/// The app's configuration, read at start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AppConfig {
    /// Where the API is, without a slash at the end: `/api/v1` or `https://host/api/v1`.
    pub api_base: String,
    /// The commune's name, such as "xã Kim Thành".
    pub commune_name: Text,
    /// Where the commune is: what an address begins with.
    pub home: UnitCodes,
    /// The centre's telephone number, as people dial it.
    pub hotline: String,
    /// Where the counter is.
    pub office_address: Text,
    /// When the counter is open.
    pub office_hours: Text,
    /// Payment channels that are enabled, in the order in which they are offered.
    pub channels: Vec<ChannelConfig>,
    /// Whose links a scanned code may carry.
    pub trusted_hosts: TrustedHosts,
    /// Procedures behind the national portal's own ids.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::BTreeMap<String, String>))]
    pub portal_ids: PortalIds,
    /// Where the national portal describes a procedure, with `{code}` for its code; for those that
    /// are only listed here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub portal_page: Option<String>,
    /// What the post takes for bringing a result within the province, when the office has told it. What the
    /// demo's file says is made up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postal_charge: Option<Vnd>,
    /// Largest file that the backend takes, in bytes.
    pub max_upload_bytes: u64,
    /// The backend's public key for notices on devices (VAPID, RFC 8292): an uncompressed point of P-256 in
    /// base64url. Without it notices are not offered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub push_key: Option<String>,
}

/// A payment channel as the citizen sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChannelConfig {
    /// Stable id: `vnpay`.
    pub id: String,
    /// What it is called.
    pub name: Text,
    /// Smallest amount that it takes.
    pub min: Vnd,
    /// Largest amount that it takes.
    pub max: Vnd,
    /// For whom it is the right one, in a few words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suits: Option<Text>,
    /// How it goes, for who pays this way for the first time: [`GUIDE_STEPS`] at most.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guide: Vec<GuideStep>,
}

/// The most pictures that a channel is explained with: who needs more is helped better by a person.
pub const GUIDE_STEPS: usize = 3;

/// A step of paying, as a picture with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GuideStep {
    /// Which picture: `/guides/{picture}.svg` beside the app.
    pub picture: String,
    /// What to do.
    pub text: Text,
}
