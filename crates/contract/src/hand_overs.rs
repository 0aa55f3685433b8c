//! Handing a draft from one device to another, or to the counter on a slip of paper. The backend is a
//! letter box: it keeps sealed parts and short messages for ten minutes, a slip's for three days, and
//! opens none of them. What seals them never passes through here.
//!
//! By code to scan: the sealing key is in the fragment of the link. By six digits: the two devices
//! agree on a key over messages (`commit`, `key`, `reveal`), and people compare six digits that both
//! show, so that nobody in between, the backend included, can be the other device.

use serde::{Deserialize, Serialize};

/// Seconds until a hand-over between devices is gone, taken or not.
pub const LIFETIME: i64 = 600;
/// Seconds until a slip for the counter is gone: three days, so that a Friday's slip is good on
/// Monday.
pub const SLIP_LIFETIME: i64 = 3 * 86_400;
/// Largest sealed part, in bytes.
pub const MAX_PART_BYTES: usize = 1024 * 1024 + 64;
/// Most parts of a hand-over.
pub const MAX_PARTS: u32 = 64;
/// Longest message, in bytes.
pub const MAX_MESSAGE_BYTES: usize = 2_048;
/// Most messages of a hand-over, from both sides.
pub const MAX_MESSAGES: usize = 16;
/// The header with the secret of one side.
pub const HAND_OVER_TOKEN_HEADER: &str = "Hand-Over-Token";

/// What a hand-over is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HandOverPurpose {
    /// Two devices that are both on: ten minutes, by link or by six digits.
    #[default]
    Device,
    /// A slip of paper that the counter scans: three days, by link only.
    Slip,
}

/// Opens a hand-over.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OpenHandOver {
    /// What it is for.
    #[serde(default)]
    pub purpose: HandOverPurpose,
}

/// A new hand-over, to the device that gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandOverOpened {
    /// Which; part of the link.
    pub slot: String,
    /// Six digits to be typed on the other device; empty for a slip.
    pub code: String,
    /// The giver's secret.
    pub token: String,
    /// When it is gone, in seconds since 1970.
    pub expires_at: i64,
}

/// A claim by the device that takes: by link or by digits. The first one counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ClaimHandOver {
    /// From the link.
    Slot(String),
    /// As typed.
    Code(String),
}

/// A claim that was granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandOverClaimed {
    /// Which.
    pub slot: String,
    /// The taker's secret.
    pub token: String,
    /// When it is gone, in seconds since 1970.
    pub expires_at: i64,
}

/// Where a hand-over stands, to either side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandOverView {
    /// Whether the other device is there.
    pub claimed: bool,
    /// Whether the taker has everything.
    pub taken: bool,
    /// How many parts there are, once all of them are.
    pub parts: Option<u32>,
    /// What the other side said, in order.
    pub heard: Vec<String>,
}

/// Something said to the other side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TellHandOver {
    /// The message; a sealed or public text between the two apps.
    pub message: String,
}

/// The giver's word that all parts are there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CloseHandOver {
    /// How many.
    pub parts: u32,
}
