//! Notices on a device (Web Push): what a browser's subscription looks like on the wire, and the choice.
//! What a notice says is the backend's; the push service in between reads nothing of it (RFC 8291).

use motcua_domain::consent::Shown;
use serde::{Deserialize, Serialize};

/// A browser's subscription, as `PushSubscription.toJSON()` gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PushDevice {
    /// Where the browser's push service takes notices for it: an `https` address, a secret of the device.
    pub endpoint: String,
    /// What notices are sealed with.
    pub keys: PushDeviceKeys,
}

/// The keys of a subscription (RFC 8291).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PushDeviceKeys {
    /// The browser's public key: an uncompressed point of P-256, 65 bytes in base64url.
    pub p256dh: String,
    /// The browser's secret for this subscription: 16 bytes in base64url.
    pub auth: String,
}

/// Whether notices about a dossier go to a device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChoosePush {
    /// The device.
    pub device: PushDevice,
    /// Wanted or not.
    pub wanted: bool,
    /// The words that were shown, for the ledger of consents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<Shown>,
}

/// The browser's push service gave a device another address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RenewPush {
    /// The address of before. Who knows it is the device.
    pub endpoint: String,
    /// What it is now.
    pub device: PushDevice,
}
