//! The QR reader as the worker calls it. Must not know what a code's text means, nor where the
//! picture came from.

use crate::parcel;
use motcua_qr_reader::{Grey, Options, Unreadable, read};

/// How hard a picture is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// A camera's frame, by its number: others follow.
    Quick(u32),
    /// A picture that stands alone: everything that may help.
    Thorough,
}

/// The QR codes in a picture of RGBA bytes, as `parcel` lays them out; none where there is none.
///
/// # Errors
/// When the bytes are not a picture of this width and height, or it is too large.
pub fn decode_rgba(
    width: u32,
    height: u32,
    rgba: &[u8],
    effort: Effort,
) -> Result<Vec<u8>, Unreadable> {
    let picture = Grey::from_rgba(width as usize, height as usize, rgba)?;
    let options = match effort {
        Effort::Quick(turn) => Options::quick(turn),
        Effort::Thorough => Options::thorough(),
    };
    Ok(parcel::packed(&read(&picture, &options)))
}

/// What `decode_rgba` says, as one row of bytes for the worker: 0, the length, the codes; or 1, the
/// length, the reason.
#[cfg(any(test, target_arch = "wasm32"))]
pub(crate) fn answer(width: u32, height: u32, rgba: &[u8], effort: Effort) -> Vec<u8> {
    match decode_rgba(width, height, rgba, effort) {
        Ok(codes) => parcel::marked(0, &codes),
        Err(unreadable) => parcel::marked(1, unreadable.reason().as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_says_first_whether_it_is_codes_or_a_reason() {
        assert_eq!(answer(8, 8, &[255; 256], Effort::Thorough), [0; 8]);
        let reason = answer(8, 8, &[255; 9], Effort::Quick(1));
        assert_eq!(reason[..4], [1, 0, 0, 0]);
        assert_eq!(&reason[8..], Unreadable::WrongLength.reason().as_bytes());
    }
}
