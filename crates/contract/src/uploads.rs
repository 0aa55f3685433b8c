//! Files on the wire: tus 1.0.0 (creation, checksum, termination, expiration). Files go up first,
//! one by one; a dossier then names them by id and hash.

use crate::problem::ProblemType;
use serde::{Deserialize, Serialize};

/// The version of the protocol, in the header `Tus-Resumable`.
pub const TUS_VERSION: &str = "1.0.0";
/// The extensions that the backend offers.
pub const TUS_EXTENSIONS: &str = "creation,checksum,termination,expiration";
/// The checksum algorithms that the backend verifies.
pub const TUS_CHECKSUM_ALGORITHMS: &str = "sha1,sha256";
/// The content type of a chunk.
pub const OFFSET_OCTET_STREAM: &str = "application/offset+octet-stream";
/// The key in `Upload-Metadata` under which a client tells the SHA-256 of the whole file, in hex. The
/// backend compares it when the file is whole; so it can keep what arrived of a chunk that was cut off,
/// though the chunk's own checksum proves nothing about a part.
pub const METADATA_SHA256: &str = "sha256";
/// Carries the id of an [`UploadFault`] on every answer about an upload that was refused: an answer to
/// `HEAD` has no body that could say it.
pub const UPLOAD_FAULT_HEADER: &str = "Upload-Fault";
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

macro_rules! upload_faults {
    ($($(#[doc = $doc:literal])+ $name:ident = $id:literal;)+) => {
        /// What is wrong with a file that arrived whole.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum UploadFault {
            $($(#[doc = $doc])+ #[serde(rename = $id)] $name,)+
        }

        impl UploadFault {
            /// Every fault.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Its name on the wire.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)+ }
            }
        }
    };
}

upload_faults! {
    /// Neither a photo (JPEG, PNG, WebP) nor a PDF.
    WrongKind = "wrong_kind";
    /// A photo as iPhones keep it.
    Heic = "heic";
    /// Cut off, or not what it begins as.
    Damaged = "damaged";
    /// More pixels than the backend decodes.
    TooManyPixels = "too_many_pixels";
    /// Too few pixels to read anything.
    TooSmall = "too_small";
    /// A moving picture.
    Animated = "animated";
    /// Another file is in or behind it.
    Mixed = "mixed";
    /// An encrypted PDF.
    PdfLocked = "pdf_locked";
    /// A PDF with a script or another action.
    PdfActive = "pdf_active";
    /// A PDF that carries files, films or sounds.
    PdfAttachment = "pdf_attachment";
    /// A PDF of too many pages.
    PdfTooLong = "pdf_too_long";
    /// A virus scanner found something.
    Infected = "infected";
}

impl UploadFault {
    /// The fault of this name.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|fault| fault.id() == id)
    }

    /// The problem that says it.
    pub fn problem_type(self) -> ProblemType {
        match self {
            Self::WrongKind | Self::Heic => ProblemType::UploadTypeRefused,
            _ => ProblemType::UploadContentRefused,
        }
    }
}

/// A file of a dossier, for staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffFile {
    /// Upload id, by which it is fetched.
    pub id: String,
    /// The component that it was sent for.
    pub component: String,
    /// Its place among that component's files, from 0.
    pub position: u32,
    /// SHA-256 of what was sent, as the dossier names it.
    pub sent_sha256: String,
    /// Media type of what is kept.
    pub media_type: String,
    /// Bytes of what is kept.
    pub length: u64,
    /// SHA-256 of what is kept: another one than was sent where a photo was drawn anew.
    pub sha256: String,
}

/// A dossier's files, for staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffFiles {
    /// The files, by component and place.
    pub files: Vec<StaffFile>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_have_one_name() {
        for fault in UploadFault::ALL {
            assert_eq!(UploadFault::find(fault.id()), Some(*fault));
            assert_eq!(serde_json::to_value(fault).unwrap(), fault.id());
        }
        assert_eq!(UploadFault::find("from-the-future"), None);
    }
}
