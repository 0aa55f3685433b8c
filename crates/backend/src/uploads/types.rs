//! What kind of file it is, by its bytes: names and claimed types prove nothing. Allowed are the
//! photos and documents that an office reads: JPEG, PNG, WebP, PDF.

/// The media type of an allowed file, by its first bytes.
pub fn find_media_type(start: &[u8]) -> Option<&'static str> {
    if start.starts_with(&[0xFF, 0xD8, 0xFF]) {
        Some("image/jpeg")
    } else if start.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some("image/png")
    } else if start.len() >= 12 && start.starts_with(b"RIFF") && &start[8..12] == b"WEBP" {
        Some("image/webp")
    } else if start.starts_with(b"%PDF-") {
        Some("application/pdf")
    } else {
        None
    }
}

/// How many first bytes decide.
pub const SNIFF_LENGTH: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_decide() {
        assert_eq!(find_media_type(b"\xFF\xD8\xFF\xE0rest"), Some("image/jpeg"));
        assert_eq!(find_media_type(b"%PDF-1.7"), Some("application/pdf"));
        assert_eq!(find_media_type(b"RIFF\0\0\0\0WEBPVP8 "), Some("image/webp"));
        for start in [&b""[..], b"MZ", b"<html>", b"PK\x03\x04", b"RIFF\0\0\0\0WAVE"] {
            assert_eq!(find_media_type(start), None);
        }
    }
}
