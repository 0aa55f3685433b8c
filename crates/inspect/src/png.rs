//! The frame of a PNG: chunks from the first to the last (W3C PNG, third edition, section 5). Decodes
//! nothing; the decoder checks the sums.

use super::{Refusal, check_size, tail};

/// How every PNG begins.
pub const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Checks size, that it is one picture, a true end, and that nothing stands behind it.
pub fn check(bytes: &[u8]) -> Result<(), Refusal> {
    let mut at = SIGNATURE.len();
    let mut first = true;
    loop {
        let (name, held) = chunk(bytes, &mut at)?;
        match name {
            b"IHDR" if first => check_size(number(held, 0)?, number(held, 4)?)?,
            _ if first => return Err(Refusal::Damaged),
            b"acTL" | b"fcTL" | b"fdAT" => return Err(Refusal::Animated),
            b"IEND" => break,
            _ => {}
        }
        first = false;
    }
    let behind = bytes.get(at..).unwrap_or_default();
    if tail::is_padding(behind) { Ok(()) } else { Err(Refusal::Mixed) }
}

fn chunk<'a>(bytes: &'a [u8], at: &mut usize) -> Result<(&'a [u8], &'a [u8]), Refusal> {
    let length = usize::try_from(number(bytes, *at)?).map_err(|_| Refusal::Damaged)?;
    let name = bytes.get(*at + 4..*at + 8).ok_or(Refusal::Damaged)?;
    let end = (*at + 8).checked_add(length).ok_or(Refusal::Damaged)?;
    let held = bytes.get(*at + 8..end).ok_or(Refusal::Damaged)?;
    // Behind it stands its sum.
    bytes.get(end..end + 4).ok_or(Refusal::Damaged)?;
    *at = end + 4;
    Ok((name, held))
}

fn number(bytes: &[u8], at: usize) -> Result<u32, Refusal> {
    let four = bytes.get(at..at + 4).and_then(|four| four.try_into().ok());
    four.map(u32::from_be_bytes).ok_or(Refusal::Damaged)
}
