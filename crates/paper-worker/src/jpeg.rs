//! What a JPEG says of itself before its pixels: size, channels, which way up. Reads the segments that
//! ITU-T T.81 and EXIF 2.3 lay out, and nothing of the picture.

/// What a JPEG's header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Jpeg {
    /// Pixels in a row, as stored.
    pub width: u16,
    /// Rows, as stored.
    pub height: u16,
    /// Channels: 1 is grey, 3 colours, 4 inks.
    pub channels: u8,
    /// EXIF's orientation, 1 to 8; 1 when it does not say. From 5 on the picture lies on its side.
    pub orientation: u8,
}

/// Reads a JPEG's header; nothing when the bytes are no JPEG, or end before its frame header.
pub fn find_jpeg(bytes: &[u8]) -> Option<Jpeg> {
    let mut rest = bytes.strip_prefix(&[0xFF, 0xD8])?;
    let mut orientation = 1;
    loop {
        // A marker may stand behind any number of 0xFF.
        rest = rest.strip_prefix(&[0xFF])?;
        let (&marker, after) = rest.split_first()?;
        if marker == 0xFF {
            continue;
        }
        rest = after;
        if marker == 0x01 || (0xD0..=0xD8).contains(&marker) {
            continue;
        }
        let (length, _) = rest.split_first_chunk::<2>()?;
        let length = usize::from(u16::from_be_bytes(*length));
        let segment = rest.get(2..length);
        match marker {
            // Frame headers, but not the tables that share their range.
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                let &[_, h1, h0, w1, w0, channels, ..] = segment? else { return None };
                let (width, height) = (u16::from_be_bytes([w1, w0]), u16::from_be_bytes([h1, h0]));
                let jpeg = Jpeg { width, height, channels, orientation };
                return (width > 0 && height > 0).then_some(jpeg);
            }
            // The picture begins, or ends: there was no frame header.
            0xDA | 0xD9 => return None,
            0xE1 => {
                let exif = segment.and_then(|segment| segment.strip_prefix(b"Exif\0\0"));
                orientation = exif.and_then(find_orientation).unwrap_or(orientation);
            }
            _ => {}
        }
        rest = rest.get(length.max(2)..)?;
    }
}

/// The orientation in the first directory of a TIFF block.
fn find_orientation(tiff: &[u8]) -> Option<u8> {
    const ORIENTATION: usize = 0x0112;
    let big = match tiff.get(..4)? {
        b"MM\0*" => true,
        b"II*\0" => false,
        _ => return None,
    };
    let number = |at: usize, bytes: usize| {
        let bytes = tiff.get(at..at.checked_add(bytes)?)?.iter();
        let joined = |sum: usize, byte: &u8| sum << 8 | usize::from(*byte);
        Some(if big { bytes.fold(0, joined) } else { bytes.rev().fold(0, joined) })
    };
    let directory = number(4, 4)?;
    for entry in 0..number(directory, 2)? {
        let at = directory.checked_add(2 + entry * 12)?;
        if number(at, 2)? == ORIENTATION {
            let value = number(at.checked_add(8)?, 2)?;
            return u8::try_from(value).ok().filter(|value| (1..=8).contains(value));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SOI, an EXIF segment with one entry, a frame header.
    fn jpeg(orientation: u8, big: bool) -> Vec<u8> {
        let mut tiff = if big { b"MM\0*".to_vec() } else { b"II*\0".to_vec() };
        let mut number = |value: u32, bytes: usize| {
            let all = value.to_be_bytes();
            let mut part = all[4 - bytes..].to_vec();
            if !big {
                part.reverse();
            }
            tiff.extend(part);
        };
        for (value, bytes) in [(8, 4), (1, 2), (0x0112, 2), (3, 2), (1, 4)] {
            number(value, bytes);
        }
        number(u32::from(orientation), 2);
        number(0, 2);
        let mut out = vec![0xFF, 0xD8, 0xFF, 0xE1, 0, tiff.len() as u8 + 8];
        out.extend(b"Exif\0\0");
        out.extend(tiff);
        out.extend([0xFF, 0xFF, 0xC0, 0, 11, 8, 0x0B, 0xB8, 0x0F, 0xA0, 3, 1, 0x22, 0, 0xFF, 0xDA]);
        out
    }

    #[test]
    fn size_channels_and_orientation_are_read_in_both_byte_orders() {
        for big in [false, true] {
            for orientation in 1..=8 {
                let head = Jpeg { width: 4_000, height: 3_000, channels: 3, orientation };
                assert_eq!(find_jpeg(&jpeg(orientation, big)), Some(head));
            }
            assert_eq!(find_jpeg(&jpeg(9, big)).map(|jpeg| jpeg.orientation), Some(1));
        }
    }

    #[test]
    fn a_jpeg_cut_anywhere_before_its_frame_header_ends_is_none() {
        let whole = jpeg(6, false);
        let end = whole.len() - 2;
        for length in 0..end {
            assert_eq!(find_jpeg(&whole[..length]), None, "{length}");
        }
        assert!(find_jpeg(&whole[..end]).is_some());
    }
}
