//! Whether two pages are one, and whether two frames of a camera show the same thing at rest. Knows
//! nothing of what a page must be like.

use crate::edges::CLOSING;
use crate::geometry::{Corners, more};
use crate::page::glanced;
use crate::picture::{Rgba, Small};
use crate::plane::Plane;

/// Cells along the shorter and the longer side of a fingerprint.
const CELLS: (usize, usize) = (48, 64);
/// The greatest cell of a page that is not empty is at least so great.
const LEAST_CELL: f32 = 1e-4;
/// Pages at least so alike, by [`Fingerprint::likeness`], are taken to be one.
pub const SAME_PAGE: f32 = 0.84;
/// So many pixels around each of a frame made small come together when frames are compared.
const BLUR: usize = 4;
/// Frames that differ by less are at rest, as [`change`] counts.
pub const AT_REST: f32 = 0.07;
/// Corners that move less are at rest, in shares of the picture's diagonal, as [`movement`] counts.
pub const CORNERS_AT_REST: f32 = 0.008;

/// Where a flat page has ink and where gaps: 48 by 64 numbers of 4 bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Fingerprint {
    lies: bool,
    cells: Plane,
}

impl Fingerprint {
    /// How many bytes `to_bytes` gives.
    pub const BYTES: usize = 1 + CELLS.0 * CELLS.1;

    /// Of a flat page. Which way up it lies matters; light, size and a little blur do not.
    pub fn of(page: &Rgba) -> Self {
        let small = Small::of(page, 480);
        let ink = ink(&small.planes[0]);
        let lies = page.width() > page.height();
        let (across, down) = if lies { (CELLS.1, CELLS.0) } else { CELLS };
        let mut cells = Plane::new(across, down);
        for (i, value) in ink.values.iter().enumerate() {
            let x = i % ink.width * across / ink.width;
            let y = i / ink.width * down / ink.height;
            cells.values[y * across + x] += value;
        }
        // The layout, and rules from side to side, are the same on all pages of a kind; words are not.
        let around = cells.blurred(2);
        for (cell, mean) in cells.values.iter_mut().zip(&around.values) {
            *cell -= mean;
        }
        for y in 0..down {
            let row = &mut cells.values[y * across..(y + 1) * across];
            let mean = row.iter().sum::<f32>() / across as f32;
            row.iter_mut().for_each(|cell| *cell -= mean);
        }
        for x in 0..across {
            let column = cells.values.iter_mut().skip(x).step_by(across);
            let mean = column.map(|cell| *cell).sum::<f32>() / down as f32;
            cells.values.iter_mut().skip(x).step_by(across).for_each(|cell| *cell -= mean);
        }
        Self { lies, cells }
    }

    /// As [`Fingerprint::BYTES`] bytes, to be kept and compared later: first whether the page lies,
    /// then each cell, in 127ths of the greatest; of an empty page, nothing but zeros.
    pub fn to_bytes(&self) -> Vec<u8> {
        let most = self.cells.values.iter().fold(0f32, |most, cell| most.max(cell.abs()));
        // What is left over of an empty page by rounding must not be made great.
        let most = if most < LEAST_CELL { f32::INFINITY } else { most };
        let cell = |cell: &f32| ((cell / most * 127.0).round() as i8).to_ne_bytes()[0];
        std::iter::once(u8::from(self.lies)).chain(self.cells.values.iter().map(cell)).collect()
    }

    /// What `to_bytes` gave; nothing for other bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (lies, cells) = match bytes.split_first()? {
            (0, cells) => (false, cells),
            (1, cells) => (true, cells),
            _ => return None,
        };
        let (across, down) = if lies { (CELLS.1, CELLS.0) } else { CELLS };
        if cells.len() != across * down {
            return None;
        }
        let mut plane = Plane::new(across, down);
        for (value, byte) in plane.values.iter_mut().zip(cells) {
            *value = f32::from(i8::from_ne_bytes([*byte]));
        }
        Some(Self { lies, cells: plane })
    }

    /// How alike two are: 1 is the same, about 0 nothing in common. Pages that lie otherwise than
    /// each other, and empty ones, are not alike.
    pub fn likeness(&self, other: &Self) -> f32 {
        if self.lies != other.lies {
            return 0.0;
        }
        let mut best = 0f32;
        for off in 0..9 {
            let (right, below) = (off % 3 - 1, off / 3 - 1);
            let (mut both, mut own, mut others) = (0.0, 1e-6f32, 1e-6f32);
            for y in 1..self.cells.height as i32 - 1 {
                for x in 1..self.cells.width as i32 - 1 {
                    let (a, b) = (self.cells.at(x, y), other.cells.at(x + right, y + below));
                    both += a * b;
                    own += a * a;
                    others += b * b;
                }
            }
            best = best.max(both / (own * others).sqrt());
        }
        best
    }
}

/// How much darker each pixel is than the paper around it, 0 to 1. What is hardly darker is none.
pub(crate) fn ink(bright: &Plane) -> Plane {
    ink_on(bright, &paper_of(bright))
}

/// The brightness of the paper under what is written on it.
pub(crate) fn paper_of(bright: &Plane) -> Plane {
    bright.closed(2 * CLOSING)
}

/// [`ink`] on paper that is known.
pub(crate) fn ink_on(bright: &Plane, paper: &Plane) -> Plane {
    let mut ink = bright.clone();
    for (ink, paper) in ink.values.iter_mut().zip(&paper.values) {
        *ink = more(1.0 - *ink / more(*paper, 1.0) - 0.08, 0.0);
    }
    ink
}

/// A camera's frame as far as stillness goes: what of it is kept until the next comes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Glance(Plane);

impl Glance {
    /// Of a frame as [`glanced`] makes it small.
    pub(crate) fn of(glanced: &Small) -> Self {
        Self(glanced.planes[0].blurred(BLUR))
    }

    /// How much the frame after it differs, beside how much there is to see: 0 is the same, about 1
    /// something else. Brightness alone does not count. Frames of unlike shape differ by 1.
    pub(crate) fn change(&self, after: &Self) -> f32 {
        let (a, b) = (&self.0, &after.0);
        if (a.width, a.height) != (b.width, b.height) {
            return 1.0;
        }
        let mean = |plane: &Plane| plane.values.iter().sum::<f32>() / plane.values.len() as f32;
        let (mean_a, mean_b) = (mean(a), mean(b));
        let (mut differ, mut seen) = (0.0, 0.0);
        for (a, b) in a.values.iter().zip(&b.values) {
            let (a, b) = (a - mean_a, b - mean_b);
            differ += (a - b).abs();
            seen += more(more(a.abs(), b.abs()), 1.0);
        }
        differ / seen
    }
}

/// How much two frames differ: 0 is the same, about 1 something else. Brightness alone does not count.
/// Frames of unlike shape differ by 1.
pub fn change(before: &Rgba, after: &Rgba) -> f32 {
    let of = |frame| Glance::of(&glanced(frame));
    of(before).change(&of(after))
}

/// How far the farthest corner moved, in shares of the diagonal of a picture so wide and high.
pub fn movement(before: &Corners, after: &Corners, picture: (usize, usize)) -> f32 {
    let diagonal = (picture.0 as f32).hypot(picture.1 as f32).max(1.0);
    before.iter().zip(after).map(|(a, b)| a.far(*b)).fold(0.0, f32::max) / diagonal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_the_same_after_it_was_kept_as_bytes() {
        let shade = |i: usize| if i / 7 % 3 == 1 && i / 400 % 5 > 1 { 30 } else { 230 };
        let bytes = (0..200 * 300).flat_map(|i| [shade(i); 4]).collect();
        let page = Fingerprint::of(&Rgba::new(200, 300, bytes).unwrap());
        let bytes = page.to_bytes();
        assert_eq!(bytes.len(), Fingerprint::BYTES);
        let kept = Fingerprint::from_bytes(&bytes).unwrap();
        assert!(kept.likeness(&page) > 0.999, "{}", kept.likeness(&page));
        assert_eq!(kept.to_bytes(), bytes);
    }

    #[test]
    fn an_empty_page_is_like_no_other_after_it_was_kept_either() {
        // Shades that leave rounding errors; found by fuzzing.
        let bytes = (0..90 * 130).flat_map(|i| [97 + (i % 90 / 45) as u8; 4]).collect();
        let empty = Fingerprint::of(&Rgba::new(90, 130, bytes).unwrap());
        let kept = Fingerprint::from_bytes(&empty.to_bytes()).unwrap();
        assert_eq!(kept.to_bytes(), empty.to_bytes());
        assert!(kept.likeness(&kept) < SAME_PAGE && empty.likeness(&empty) < SAME_PAGE);
    }

    #[test]
    fn other_bytes_are_no_fingerprint() {
        assert_eq!(Fingerprint::from_bytes(&[]), None);
        assert_eq!(Fingerprint::from_bytes(&[2; Fingerprint::BYTES]), None);
        assert_eq!(Fingerprint::from_bytes(&[0; Fingerprint::BYTES - 1]), None);
    }
}
