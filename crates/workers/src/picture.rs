//! A picture in shades of grey, and the variants of it that are worth a second look. Knows nothing
//! of codes.

use std::fmt;

/// The longest side that is looked at: more than any phone's preview, less than what exhausts
/// a small phone's memory.
const LONGEST_SIDE: u32 = 8_192;
/// The most pixels that are looked at.
const MOST_PIXELS: u64 = 24_000_000;

/// What was handed over is not a picture that can be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// A side is zero.
    Empty,
    /// A side is longer, or the whole is more, than what is looked at.
    TooLarge,
    /// The bytes are not four for each pixel.
    WrongLength,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the picture has no pixels",
            Self::TooLarge => "the picture is too large",
            Self::WrongLength => "the picture's bytes do not fit its width and height",
        })
    }
}

impl std::error::Error for Unreadable {}

/// A picture in shades of grey, row by row.
pub(crate) struct Grey {
    pub(crate) width: usize,
    pub(crate) height: usize,
    shades: Vec<u8>,
}

impl Grey {
    /// Reads RGBA bytes. What is transparent counts as white, as on paper.
    pub(crate) fn from_rgba(width: u32, height: u32, rgba: &[u8]) -> Result<Self, Unreadable> {
        if width == 0 || height == 0 {
            return Err(Unreadable::Empty);
        }
        let pixels = u64::from(width) * u64::from(height);
        if width > LONGEST_SIDE || height > LONGEST_SIDE || pixels > MOST_PIXELS {
            return Err(Unreadable::TooLarge);
        }
        if rgba.len() as u64 != pixels * 4 {
            return Err(Unreadable::WrongLength);
        }
        let shades = rgba.as_chunks::<4>().0.iter().map(|pixel| shade(*pixel)).collect();
        Ok(Self { width: width as usize, height: height as usize, shades })
    }

    /// The shade at a place; white outside.
    pub(crate) fn at(&self, x: usize, y: usize) -> u8 {
        self.shades.get(y * self.width + x).copied().unwrap_or(u8::MAX)
    }

    /// Dark for light: codes printed white on a dark ground.
    pub(crate) fn inverted(&self) -> Self {
        let shades = self.shades.iter().map(|shade| u8::MAX - shade).collect();
        Self { shades, ..*self }
    }

    /// Half as wide and high, each pixel the mean of four: evens out noise, blur and moiré.
    pub(crate) fn halved(&self) -> Self {
        let (width, height) = (self.width / 2, self.height / 2);
        let mut shades = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                let four = [(0, 0), (1, 0), (0, 1), (1, 1)];
                let sum: u16 =
                    four.iter().map(|(dx, dy)| u16::from(self.at(2 * x + dx, 2 * y + dy))).sum();
                shades.push((sum / 4).to_le_bytes()[0]);
            }
        }
        Self { width, height, shades }
    }
}

/// Brightness by the weights of ITU-R BT.601, over a white ground.
fn shade([red, green, blue, alpha]: [u8; 4]) -> u8 {
    let bright = (u32::from(red) * 77 + u32::from(green) * 150 + u32::from(blue) * 29) >> 8;
    let alpha = u32::from(alpha);
    let over_white = (bright * alpha + 255 * (255 - alpha)) / 255;
    u8::try_from(over_white).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transparent_is_white_and_black_is_black() {
        assert_eq!(shade([0, 0, 0, 0]), 255);
        assert_eq!(shade([0, 0, 0, 255]), 0);
        assert_eq!(shade([255, 255, 255, 255]), 255);
    }

    #[test]
    fn halving_takes_the_mean() {
        let rgba: Vec<u8> = [0, 100, 100, 200].iter().flat_map(|&v| [v, v, v, 255]).collect();
        let half = Grey::from_rgba(2, 2, &rgba).unwrap().halved();
        assert_eq!((half.width, half.height, half.at(0, 0)), (1, 1, 100));
    }
}
