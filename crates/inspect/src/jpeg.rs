//! The frame of a JPEG: markers from the first to the last (ISO/IEC 10918-1 annex B). Decodes nothing.

use super::{Refusal, check_size, tail};

/// Most scans of a progressive picture. Encoders write about ten; thousands keep a decoder busy.
const MAX_SCANS: usize = 100;

/// Checks size, number of scans, a true end, and what stands behind it.
pub fn check(bytes: &[u8]) -> Result<(), Refusal> {
    let mut at = 2;
    let (mut frames, mut scans) = (0_usize, 0_usize);
    loop {
        let marker = next_marker(bytes, &mut at)?;
        match marker {
            0xD9 => break,
            // Restart markers stand between pieces of a scan.
            0xD0..=0xD7 | 0x01 => {}
            // Baseline, extended and progressive; the others (lossless, arithmetic) no phone writes.
            0xC0..=0xC2 => {
                frames += 1;
                let frame = segment(bytes, &mut at)?;
                let side = |from: usize| {
                    Some(u32::from(*frame.get(from)?) << 8 | u32::from(*frame.get(from + 1)?))
                };
                let (height, width) =
                    (side(1).ok_or(Refusal::Damaged)?, side(3).ok_or(Refusal::Damaged)?);
                check_size(width, height)?;
            }
            0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => return Err(Refusal::Damaged),
            0xDA => {
                scans += 1;
                segment(bytes, &mut at)?;
                skip_scan(bytes, &mut at);
            }
            0xD8 => return Err(Refusal::Damaged),
            _ => {
                segment(bytes, &mut at)?;
            }
        }
        if frames > 1 || scans > MAX_SCANS {
            return Err(Refusal::Damaged);
        }
    }
    if frames == 0 || scans == 0 {
        return Err(Refusal::Damaged);
    }
    tail::check_behind_jpeg(bytes.get(at..).unwrap_or_default())
}

fn next_marker(bytes: &[u8], at: &mut usize) -> Result<u8, Refusal> {
    if bytes.get(*at) != Some(&0xFF) {
        return Err(Refusal::Damaged);
    }
    // Any number of fill bytes may precede a marker.
    while bytes.get(*at) == Some(&0xFF) {
        *at += 1;
    }
    let marker = *bytes.get(*at).ok_or(Refusal::Damaged)?;
    *at += 1;
    Ok(marker)
}

/// What a segment holds, behind its length.
fn segment<'a>(bytes: &'a [u8], at: &mut usize) -> Result<&'a [u8], Refusal> {
    let length = bytes.get(*at..*at + 2).ok_or(Refusal::Damaged)?;
    let length = usize::from(length[0]) << 8 | usize::from(length[1]);
    let held = bytes.get(*at + 2..*at + length).ok_or(Refusal::Damaged)?;
    *at += length;
    Ok(held)
}

/// Goes to the marker that ends a scan's data.
fn skip_scan(bytes: &[u8], at: &mut usize) {
    while let Some(byte) = bytes.get(*at) {
        let next = bytes.get(*at + 1);
        if *byte == 0xFF && !matches!(next, Some(0 | 0xD0..=0xD7 | 0xFF)) {
            return;
        }
        *at += 1;
    }
}
