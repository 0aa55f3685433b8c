//! Looks what a sent file is, by its bytes: names and claimed types prove nothing. Taken are the
//! photos and documents that an office reads. Must not know of people, uploads, storage or HTTP.
//!
//! A photo is decoded whole and drawn anew: position, owner's name, preview pictures and whatever else
//! was in the file stay behind, and its orientation is in the pixels. A PDF is kept byte for byte, since
//! many carry a signature over their bytes; so everything in one that does more than show pages is
//! refused (OWASP File Upload Cheat Sheet; ISO 32000-2 section 12.6 for actions).

#![forbid(unsafe_code)]

mod jpeg;
mod pdf;
mod picture;
mod png;
mod tail;
mod webp;

/// Most pixels of a photo: above the 12 to 32 million that phones take, and what fits in memory.
pub const MAX_PIXELS: u64 = 40_000_000;
/// Fewest pixels on a side. A paper cannot be read in less.
pub const MIN_SIDE: u32 = 50;
/// Most pages of a PDF.
pub const MAX_PAGES: usize = 300;

/// What kind of file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A photo in JPEG.
    Jpeg,
    /// A picture in PNG.
    Png,
    /// A picture in WebP.
    WebP,
    /// A document in PDF.
    Pdf,
}

impl Kind {
    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
            Self::Pdf => "application/pdf",
        }
    }
}

/// A file that is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// What was sent.
    pub sent: Kind,
    /// What is kept.
    pub kept: Kind,
    /// The bytes to keep, where they are not those that were sent.
    pub redrawn: Option<Vec<u8>>,
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Refusal {
    /// Neither photo nor PDF.
    #[error("neither JPEG, PNG, WebP nor PDF")]
    WrongKind,
    /// A photo as iPhones keep it (HEIC, AVIF).
    #[error("HEIC or AVIF")]
    Heic,
    /// Cut off, or not what it begins as.
    #[error("cut off or damaged")]
    Damaged,
    /// More than [`MAX_PIXELS`].
    #[error("more than 40 million pixels")]
    TooManyPixels,
    /// Narrower or lower than [`MIN_SIDE`].
    #[error("fewer than 50 pixels on a side")]
    TooSmall,
    /// Moving.
    #[error("more than one frame")]
    Animated,
    /// Something else is in or behind it.
    #[error("another file in or behind it")]
    Mixed,
    /// Encrypted, with or without a password to type.
    #[error("encrypted PDF")]
    PdfLocked,
    /// Does something: scripts, launches, sends or fetches.
    #[error("PDF with a script or another action")]
    PdfActive,
    /// Carries files, films or sounds.
    #[error("PDF with files, films or sounds in it")]
    PdfAttachment,
    /// More than [`MAX_PAGES`].
    #[error("PDF of more than 300 pages")]
    PdfTooLong,
}

/// Looks at a whole file.
pub fn inspect(bytes: &[u8]) -> Result<Accepted, Refusal> {
    match find_kind(bytes)? {
        Kind::Pdf => {
            pdf::check(bytes)?;
            Ok(Accepted { sent: Kind::Pdf, kept: Kind::Pdf, redrawn: None })
        }
        Kind::Jpeg => {
            jpeg::check(bytes)?;
            picture::redraw(Kind::Jpeg, bytes)
        }
        Kind::Png => {
            png::check(bytes)?;
            picture::redraw(Kind::Png, bytes)
        }
        Kind::WebP => {
            webp::check(bytes)?;
            picture::redraw(Kind::WebP, bytes)
        }
    }
}

/// What a file begins as.
fn find_kind(bytes: &[u8]) -> Result<Kind, Refusal> {
    if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        Ok(Kind::Jpeg)
    } else if bytes.starts_with(png::SIGNATURE) {
        Ok(Kind::Png)
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Ok(Kind::WebP)
    } else if bytes.starts_with(b"%PDF-") {
        Ok(Kind::Pdf)
    } else if bytes.get(4..8) == Some(b"ftyp")
        && bytes.get(8..12).is_some_and(is_still_of_iso_media)
    {
        Err(Refusal::Heic)
    } else {
        Err(Refusal::WrongKind)
    }
}

/// Brands of pictures in ISO media files (ISO/IEC 23008-12 annex B, AV1 Image File Format).
fn is_still_of_iso_media(brand: &[u8]) -> bool {
    matches!(brand, b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"mif1" | b"msf1" | b"avif")
}

/// Refuses what no phone takes and no reader shows.
fn check_size(width: u32, height: u32) -> Result<(), Refusal> {
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        Err(Refusal::TooManyPixels)
    } else if width < MIN_SIDE || height < MIN_SIDE {
        Err(Refusal::TooSmall)
    } else {
        Ok(())
    }
}
