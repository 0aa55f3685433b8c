//! The frame of a WebP: RIFF chunks from the first to the last (RFC 9649 section 2). Decodes nothing.

use super::{Refusal, tail};

/// The bit that says that it moves (RFC 9649 section 2.7).
const ANIMATION: u8 = 0b10;

/// Checks that it is one picture, whole, and that nothing stands behind it.
pub fn check(bytes: &[u8]) -> Result<(), Refusal> {
    let length = usize::try_from(number(bytes, 4)?).map_err(|_| Refusal::Damaged)?;
    let end = length.checked_add(8).ok_or(Refusal::Damaged)?;
    let inside = bytes.get(..end).ok_or(Refusal::Damaged)?;
    let mut at = 12;
    let mut pictures = 0;
    while at < end {
        let name = inside.get(at..at + 4).ok_or(Refusal::Damaged)?;
        let size = usize::try_from(number(inside, at + 4)?).map_err(|_| Refusal::Damaged)?;
        let next = (at + 8).checked_add(size).ok_or(Refusal::Damaged)?;
        let held = inside.get(at + 8..next).ok_or(Refusal::Damaged)?;
        match name {
            b"VP8X" if held.first().is_some_and(|flags| flags & ANIMATION != 0) => {
                return Err(Refusal::Animated);
            }
            b"ANIM" | b"ANMF" => return Err(Refusal::Animated),
            b"VP8 " | b"VP8L" => pictures += 1,
            _ => {}
        }
        at = next + size % 2;
    }
    if pictures != 1 {
        return Err(Refusal::Damaged);
    }
    let behind = bytes.get(end..).unwrap_or_default();
    if tail::is_padding(behind) { Ok(()) } else { Err(Refusal::Mixed) }
}

fn number(bytes: &[u8], at: usize) -> Result<u32, Refusal> {
    let four = bytes.get(at..at + 4).and_then(|four| four.try_into().ok());
    four.map(u32::from_le_bytes).ok_or(Refusal::Damaged)
}
