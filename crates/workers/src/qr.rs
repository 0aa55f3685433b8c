//! Finding QR codes in a picture: which variants of it are tried, and in which order. Must not know
//! what a code's text means, nor where the picture came from.

use crate::picture::{Grey, Unreadable};
use rqrr::PreparedImage;

/// Below this side halving leaves too few pixels for a code.
const SMALLEST_HALF: usize = 42;
/// How often the picture is halved: the whole, a half, a quarter. A large photo is noisy at its full
/// size and readable at a fraction.
const SIZES: usize = 3;

/// The texts of the QR codes in a picture of RGBA bytes; none where there is none to be read.
///
/// # Errors
/// When the bytes are not a picture of this width and height, or it is too large.
pub fn decode_rgba(width: u32, height: u32, rgba: &[u8]) -> Result<Vec<String>, Unreadable> {
    let mut picture = Grey::from_rgba(width, height, rgba)?;
    for size in 1..=SIZES {
        for variant in [None, Some(picture.inverted())] {
            let texts = find(variant.as_ref().unwrap_or(&picture));
            if !texts.is_empty() {
                return Ok(texts);
            }
        }
        if size == SIZES || picture.width.min(picture.height) / 2 < SMALLEST_HALF {
            break;
        }
        picture = picture.halved();
    }
    Ok(vec![])
}

fn find(picture: &Grey) -> Vec<String> {
    let mut prepared =
        PreparedImage::prepare_from_greyscale(picture.width, picture.height, |x, y| {
            picture.at(x, y)
        });
    let mut texts = Vec::new();
    for grid in prepared.detect_grids() {
        if let Ok((_, text)) = grid.decode()
            && !texts.contains(&text)
        {
            texts.push(text);
        }
    }
    texts
}
