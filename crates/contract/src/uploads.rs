//! Files on the wire: tus 1.0.0 (creation, checksum, termination, expiration). Files go up first,
//! one by one; a dossier then names them by id and hash.

use serde::{Deserialize, Serialize};

/// The version of the protocol, in the header `Tus-Resumable`.
pub const TUS_VERSION: &str = "1.0.0";
/// The extensions that the backend offers.
pub const TUS_EXTENSIONS: &str = "creation,checksum,termination,expiration";
/// The checksum algorithms that the backend verifies.
pub const TUS_CHECKSUM_ALGORITHMS: &str = "sha1,sha256";
/// The content type of a chunk.
pub const OFFSET_OCTET_STREAM: &str = "application/offset+octet-stream";
/// The status of a chunk whose checksum is wrong (tus checksum extension).
pub const CHECKSUM_MISMATCH_STATUS: u16 = 460;

/// A file of a dossier: the last segment of its upload's address, and the hash of its bytes, which
/// the backend compares with what it stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UploadReference {
    /// Upload id.
    pub id: String,
    /// SHA-256 of the whole file, lower-case hex.
    pub sha256: String,
}
