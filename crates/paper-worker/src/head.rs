//! How large a picture is, said by its first bytes, so that an absurd one is refused before it is
//! decoded. Knows nothing of pixels.

use crate::jpeg::find_jpeg;

/// What the first bytes of a picture say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Pixels in a row, as the picture is shown.
    pub width: usize,
    /// Rows, as it is shown.
    pub height: usize,
    /// Of a JPEG, EXIF's orientation, 1 to 8, by which it is turned to be shown.
    pub orientation: Option<u8>,
}

/// The size of a JPEG, PNG, WebP, HEIC or AVIF as it is shown, from its first bytes (JPEG's size stands
/// behind the camera's notes and thumbnail: a megabyte is enough); nothing for anything else.
pub fn find_head(bytes: &[u8]) -> Option<Head> {
    if let Some(jpeg) = find_jpeg(bytes) {
        let (width, height) = (usize::from(jpeg.width), usize::from(jpeg.height));
        let lies = jpeg.orientation > 4;
        let (width, height) = if lies { (height, width) } else { (width, height) };
        return Some(Head { width, height, orientation: Some(jpeg.orientation) });
    }
    let size = imagesize::blob_size(bytes).ok()?;
    let (width, height) = (size.width, size.height);
    (width > 0 && height > 0).then_some(Head { width, height, orientation: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_png_and_a_webp_are_known_by_their_first_bytes() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        png.extend([0, 0, 0x1F, 0x40, 0, 0, 0x17, 0x70, 8, 2, 0, 0, 0]);
        assert_eq!(find_head(&png), Some(Head { width: 8_000, height: 6_000, orientation: None }));
        let mut webp = b"RIFF\x1a\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0".to_vec();
        webp.extend([0x9F, 0x0F, 0, 0xB7, 0x0B, 0, 0, 0, 0, 0]);
        assert_eq!(find_head(&webp), Some(Head { width: 4_000, height: 3_000, orientation: None }));
    }

    #[test]
    fn what_is_no_picture_says_nothing() {
        for bytes in
            [&b""[..], b"%PDF-1.7", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\xff\xd8"]
        {
            assert_eq!(find_head(bytes), None);
        }
    }
}
