//! A picture in shades of grey and the variants of it that are worth a look. Knows nothing of codes.

use std::fmt;

/// The longest side that is looked at.
const LONGEST_SIDE: usize = 8_192;
/// The most pixels that are looked at.
const MOST_PIXELS: usize = 24_000_000;

/// What was handed over is not a picture that can be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// A side is zero.
    Empty,
    /// A side is longer, or the whole is more, than what is looked at.
    TooLarge,
    /// The bytes are not as many as the pixels need.
    WrongLength,
}

impl Unreadable {
    /// What is wrong, for a log.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Empty => "the picture has no pixels",
            Self::TooLarge => "the picture is too large",
            Self::WrongLength => "the picture's bytes do not fit its width and height",
        }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.reason())
    }
}

impl std::error::Error for Unreadable {}

/// A picture in shades of grey, row by row. A pixel's middle is at its number plus a half.
#[derive(Debug, Clone)]
pub struct Grey {
    width: usize,
    height: usize,
    shades: Vec<u8>,
}

impl Grey {
    /// Takes shades, one a pixel, row by row.
    ///
    /// # Errors
    /// When they are not a picture of this width and height, or it is too large.
    pub fn new(width: usize, height: usize, shades: Vec<u8>) -> Result<Self, Unreadable> {
        check(width, height, shades.len(), 1)?;
        Ok(Self { width, height, shades })
    }

    /// Reads RGBA bytes. What is transparent counts as white, as on paper.
    ///
    /// # Errors
    /// When they are not a picture of this width and height, or it is too large.
    pub fn from_rgba(width: usize, height: usize, rgba: &[u8]) -> Result<Self, Unreadable> {
        check(width, height, rgba.len(), 4)?;
        let shades = rgba.as_chunks::<4>().0.iter().map(|pixel| shade(*pixel)).collect();
        Ok(Self { width, height, shades })
    }

    /// Pixels in a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    pub fn height(&self) -> usize {
        self.height
    }

    /// A row's shades; none below the picture.
    pub fn row(&self, y: usize) -> &[u8] {
        self.shades.get(y * self.width..(y + 1) * self.width).unwrap_or(&[])
    }

    /// The shade at a place; white outside.
    pub fn at(&self, x: usize, y: usize) -> u8 {
        self.shades.get(y * self.width + x).copied().unwrap_or(u8::MAX)
    }

    /// The shade between pixels; the border's beyond it.
    pub fn between(&self, x: f32, y: f32) -> f32 {
        let x = (x - 0.5).max(0.0).min((self.width - 1) as f32);
        let y = (y - 0.5).max(0.0).min((self.height - 1) as f32);
        let (left, top) = (x as usize, y as usize);
        let right = usize::from(left + 1 < self.width);
        let below = if top + 1 < self.height { self.width } else { 0 };
        let (part_x, part_y) = (x - left as f32, y - top as f32);
        let at = top * self.width + left;
        let pick = |i: usize| f32::from(self.shades.get(i).copied().unwrap_or(0));
        let upper = pick(at) + (pick(at + right) - pick(at)) * part_x;
        let at = at + below;
        let lower = pick(at) + (pick(at + right) - pick(at)) * part_x;
        upper + (lower - upper) * part_y
    }

    /// Half as wide and high, each pixel the mean of four: evens out noise, blur and moiré.
    pub fn halved(&self) -> Self {
        let (width, height) = ((self.width / 2).max(1), (self.height / 2).max(1));
        let mut shades = Vec::with_capacity(width * height);
        for y in 0..height {
            let upper = self.row(2 * y);
            let lower = if 2 * y + 1 < self.height { self.row(2 * y + 1) } else { upper };
            let pairs = upper.as_chunks::<2>().0.iter().zip(lower.as_chunks::<2>().0);
            let before = shades.len();
            shades.extend(pairs.take(width).map(|(a, b)| {
                let sum = u16::from(a[0]) + u16::from(a[1]) + u16::from(b[0]) + u16::from(b[1]);
                ((sum + 2) / 4) as u8
            }));
            shades.resize(before + width, upper[0]);
        }
        Self { width, height, shades }
    }

    /// Twice as wide and high, shades between the pixels': for modules of hardly two pixels.
    pub fn doubled(&self) -> Self {
        let (width, height) = (self.width * 2, self.height * 2);
        let mut shades = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                let shade = self.between((x as f32 + 0.5) / 2.0, (y as f32 + 0.5) / 2.0);
                shades.push((shade + 0.5) as u8);
            }
        }
        Self { width, height, shades }
    }

    /// Each pixel the mean of nine: evens out noise and printed dots.
    pub fn smoothed(&self) -> Self {
        self.with_neighbours(|_, mean| mean)
    }

    /// Each pixel driven away from the mean around it: lifts what is blurred.
    pub fn sharpened(&self) -> Self {
        let wide = self.smoothed();
        let wide = wide.smoothed();
        let pairs = self.shades.iter().zip(&wide.shades);
        let shades = pairs
            .map(|(&own, &mean)| (i32::from(own) * 3 - i32::from(mean) * 2).max(0).min(255) as u8)
            .collect();
        Self { width: self.width, height: self.height, shades }
    }

    fn with_neighbours(&self, shade: impl Fn(i32, i32) -> i32) -> Self {
        let mut shades = Vec::with_capacity(self.shades.len());
        let mut sums = vec![0i32; self.width];
        for y in 0..self.height {
            let rows = [self.row(y.saturating_sub(1)), self.row(y), {
                self.row((y + 1).min(self.height - 1))
            }];
            for (x, sum) in sums.iter_mut().enumerate() {
                *sum = rows.iter().map(|row| i32::from(row[x])).sum();
            }
            for (x, &own) in rows[1].iter().enumerate() {
                let right = (x + 1).min(self.width - 1);
                let sum = sums[x.saturating_sub(1)] + sums[x] + sums[right];
                shades.push(shade(i32::from(own), (sum + 4) / 9).max(0).min(255) as u8);
            }
        }
        Self { width: self.width, height: self.height, shades }
    }
}

fn check(width: usize, height: usize, bytes: usize, each: usize) -> Result<(), Unreadable> {
    if width == 0 || height == 0 {
        return Err(Unreadable::Empty);
    }
    if width > LONGEST_SIDE || height > LONGEST_SIDE || width * height > MOST_PIXELS {
        return Err(Unreadable::TooLarge);
    }
    if bytes != width * height * each {
        return Err(Unreadable::WrongLength);
    }
    Ok(())
}

/// Brightness by the weights of ITU-R BT.601, over a white ground.
fn shade([red, green, blue, alpha]: [u8; 4]) -> u8 {
    let bright = (u32::from(red) * 77 + u32::from(green) * 150 + u32::from(blue) * 29) >> 8;
    if alpha == u8::MAX {
        return bright as u8;
    }
    let alpha = u32::from(alpha);
    ((bright * alpha + 255 * (255 - alpha)) / 255) as u8
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
    fn halving_takes_the_mean_and_doubling_keeps_it() {
        let grey = Grey::new(2, 2, vec![0, 100, 100, 200]).unwrap();
        assert_eq!((grey.halved().width(), grey.halved().at(0, 0)), (1, 100));
        assert_eq!(grey.doubled().halved().at(0, 0), 25);
    }

    #[test]
    fn odd_and_tiny_pictures_have_variants() {
        for (width, height) in [(1, 1), (3, 1), (1, 5), (7, 3)] {
            let grey = Grey::new(width, height, vec![9; width * height]).unwrap();
            for other in [grey.halved(), grey.smoothed(), grey.sharpened(), grey.doubled()] {
                assert_eq!(other.shades.len(), other.width() * other.height());
                assert!(other.shades.iter().all(|&shade| shade == 9));
            }
        }
    }
}
