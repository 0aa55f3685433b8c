//! Pictures: the colours that come in and go out, and how one is made small and parted into planes.
//! Knows nothing of papers.

use crate::plane::Plane;

/// The longest side that is looked at, in pixels.
const LONGEST_SIDE: usize = 8_192;
/// The most pixels that are looked at.
const MOST_PIXELS: usize = 24_000_000;

/// What was handed over is not a picture that can be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// A side is zero.
    Empty,
    /// A side is longer than 8,192 pixels, or the whole more than 24 million.
    TooLarge,
    /// The bytes are not four for each pixel.
    WrongLength,
}

/// A picture in colours: red, green, blue, opacity for each pixel, row by row. Opacity is not looked
/// at; a camera's pixels have none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rgba {
    width: usize,
    height: usize,
    bytes: Vec<u8>,
}

impl Rgba {
    /// Takes RGBA bytes, row by row.
    ///
    /// # Errors
    /// When they are not a picture of this width and height, or it is too large.
    pub fn new(width: usize, height: usize, bytes: Vec<u8>) -> Result<Self, Unreadable> {
        if width == 0 || height == 0 {
            return Err(Unreadable::Empty);
        }
        if width > LONGEST_SIDE || height > LONGEST_SIDE || width * height > MOST_PIXELS {
            return Err(Unreadable::TooLarge);
        }
        if bytes.len() != width * height * 4 {
            return Err(Unreadable::WrongLength);
        }
        Ok(Self { width, height, bytes })
    }

    /// A white picture of sides that are known to be small enough.
    pub(crate) fn white(width: usize, height: usize) -> Self {
        let (width, height) = (width.max(1), height.max(1));
        Self { width, height, bytes: vec![u8::MAX; width * height * 4] }
    }

    /// Pixels in a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    pub fn height(&self) -> usize {
        self.height
    }

    /// The bytes: four for each pixel, row by row.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Gives the bytes away.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    pub(crate) fn bytes_mut(&mut self) -> &mut [u8] {
        &mut self.bytes
    }

    /// One channel of a pixel, 0 to 255; 0 beyond the border.
    pub(crate) fn byte(&self, x: i32, y: i32, channel: usize) -> usize {
        let at = (y.max(0) as usize * self.width + x.max(0) as usize) * 4 + channel;
        self.bytes.get(at).copied().map_or(0, usize::from)
    }

    /// Red, green and blue of a pixel; the border's beyond it.
    pub(crate) fn at(&self, x: i32, y: i32) -> [f32; 3] {
        let x = x.max(0).min(self.width as i32 - 1) as usize;
        let y = y.max(0).min(self.height as i32 - 1) as usize;
        let at = (y * self.width + x) * 4;
        [0, 1, 2].map(|channel| self.bytes.get(at + channel).map_or(0.0, |&v| f32::from(v)))
    }

    /// The rows from `top` on, each so many pixels from `left` on; none where the picture ends.
    pub(crate) fn part(
        &self,
        left: usize,
        top: usize,
        count: usize,
    ) -> impl Iterator<Item = &[[u8; 4]]> {
        let rows = self.bytes.as_chunks::<4>().0.chunks(self.width).skip(top);
        rows.filter_map(move |row| row.get(left..left + count))
    }

    /// Red, green and blue between pixels; the border's beyond it.
    pub(crate) fn between(&self, x: f32, y: f32) -> [f32; 3] {
        let (x, y) = (x - 0.5, y - 0.5);
        let (left, top) = (x.floor(), y.floor());
        let (part_x, part_y) = (x - left, y - top);
        let (left, top) = (left as i32, top as i32);
        let (right, below) = (left.saturating_add(1), top.saturating_add(1));
        let meet = |a: [f32; 3], b: [f32; 3], c: [f32; 3], d: [f32; 3]| {
            std::array::from_fn(|i| {
                let upper = a[i] + (b[i] - a[i]) * part_x;
                let lower = c[i] + (d[i] - c[i]) * part_x;
                upper + (lower - upper) * part_y
            })
        };
        // The way that nearly all pixels go: two neighbours in each of two rows.
        if left >= 0 && top >= 0 && right < self.width as i32 && below < self.height as i32 {
            let at = (top as usize * self.width + left as usize) * 4;
            let upper = self.bytes.get(at..).and_then(<[u8]>::first_chunk::<8>);
            let lower = self.bytes.get(at + self.width * 4..).and_then(<[u8]>::first_chunk::<8>);
            if let (Some(upper), Some(lower)) = (upper, lower) {
                let rgb = |row: &[u8; 8], i: usize| [row[i], row[i + 1], row[i + 2]].map(f32::from);
                return meet(rgb(upper, 0), rgb(upper, 4), rgb(lower, 0), rgb(lower, 4));
            }
        }
        let (a, b) = (self.at(left, top), self.at(right, top));
        meet(a, b, self.at(left, below), self.at(right, below))
    }
}

/// Brightness by the weights of ITU-R BT.601, 0 to 255.
pub(crate) fn luma([red, green, blue]: [f32; 3]) -> f32 {
    red * 0.299 + green * 0.587 + blue * 0.114
}

/// A picture made smaller, parted into brightness and two differences of colour.
pub(crate) struct Small {
    /// Brightness, red against green, blue against yellow.
    pub planes: [Plane; 3],
    /// Pixels of the picture for a pixel of the planes, 1 or more.
    pub scale: f32,
}

impl Small {
    /// Makes the longer side at most so long, by the mean of what comes together.
    pub fn of(picture: &Rgba, longest: usize) -> Self {
        let long = picture.width.max(picture.height);
        let scale = (long as f32 / longest as f32).max(1.0);
        let width = ((picture.width as f32 / scale) as usize).max(1);
        let height = ((picture.height as f32 / scale) as usize).max(1);
        let mut planes = [0, 1, 2].map(|_| Plane::new(width, height));
        let columns: Vec<_> = (0..width).map(|x| span(x, scale, picture.width)).collect();
        let mut sums = vec![[0u32; 3]; width];
        for y in 0..height {
            let rows = span(y, scale, picture.height);
            sums.fill([0; 3]);
            for row in picture.bytes.chunks(picture.width * 4).skip(rows.start).take(rows.len()) {
                let pixels = row.as_chunks::<4>().0;
                for (sum, columns) in sums.iter_mut().zip(&columns) {
                    for pixel in &pixels[columns.clone()] {
                        for (sum, value) in sum.iter_mut().zip(pixel) {
                            *sum += u32::from(*value);
                        }
                    }
                }
            }
            for (x, (sum, columns)) in sums.iter().zip(&columns).enumerate() {
                let count = (rows.len() * columns.len()) as f32;
                let rgb = sum.map(|sum| sum as f32 / count);
                let at = y * width + x;
                planes[0].values[at] = luma(rgb);
                planes[1].values[at] = (rgb[0] - rgb[1]) * 0.7;
                planes[2].values[at] = (rgb[2] - (rgb[0] + rgb[1]) / 2.0) * 0.5;
            }
        }
        Self { planes, scale }
    }
}

/// The pixels that come together in the n-th; at least one.
fn span(n: usize, scale: f32, most: usize) -> std::ops::Range<usize> {
    let from = ((n as f32 * scale) as usize).min(most - 1);
    let to = (((n + 1) as f32 * scale) as usize).max(from + 1).min(most);
    from..to
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn making_smaller_keeps_the_mean() {
        let bytes = (0..30 * 20).flat_map(|i| if i % 2 == 0 { [255; 4] } else { [0; 4] }).collect();
        let small = Small::of(&Rgba::new(30, 20, bytes).unwrap(), 15);
        assert_eq!((small.planes[0].width, small.planes[0].height), (15, 10));
        assert!(small.planes[0].values.iter().all(|value| (value - 127.5).abs() < 1.0));
    }
}
