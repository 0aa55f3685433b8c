//! From four corners to a flat page: its proportions as far as perspective tells them, its size, its
//! pixels. Knows nothing of finding corners nor of cleaning.

use crate::geometry::{Corners, Homography};
use crate::picture::Rgba;
use crate::{Point, geometry};

/// An A4 page at 200 dots an inch, in pixels: no page is made larger.
pub const LARGEST: (usize, usize) = (1654, 2339);
/// Longer to shorter side of the papers that are met: the A series, identity cards (ISO 7810 ID-1).
const PROPORTIONS: [f32; 2] = [std::f32::consts::SQRT_2, 1.5858];
/// What is so near to one of them is taken to be it, in shares.
const NEAR: f32 = 0.08;
/// A telephone's focal length, in shares of the picture's longer side, when the corners do not tell it.
const FOCAL: f32 = 0.8;
/// A pixel is the mean of several when the page becomes smaller by more than one and this: below, one
/// between pixels is as good, and sharper.
const MEAN_FROM: f32 = 0.25;
/// Focal lengths that are believed.
const FOCALS: (f32, f32) = (0.55, 1.8);

/// How wide and high the flat page should be, in pixels: proportions guessed from the corners (and
/// taken for A4's or an identity card's when within 8 %), no finer than the photo, at most
/// [`LARGEST`], lying or standing. `photo` is the photo's width and height, in pixels.
pub fn page_size(corners: &Corners, photo: (usize, usize)) -> (usize, usize) {
    let length = |i: usize| corners[i].far(corners[(i + 1) % 4]);
    let wide = length(0).max(length(2)).max(1.0);
    let high = length(1).max(length(3)).max(1.0);
    let mut proportion = proportion(corners, photo).unwrap_or(wide / high).max(0.2).min(5.0);
    for known in PROPORTIONS {
        for known in [known, 1.0 / known] {
            if (proportion / known - 1.0).abs() < NEAR {
                proportion = known;
            }
        }
    }
    // As many pixels as the photo has along the better of the two directions.
    let (mut width, mut height) = (wide, wide / proportion);
    if height < high {
        (width, height) = (high * proportion, high);
    }
    let (short, long) = (LARGEST.0 as f32, LARGEST.1 as f32);
    let most = if width < height { (short, long) } else { (long, short) };
    let smaller = (most.0 / width).min(most.1 / height).min(1.0);
    let whole = |side: f32| ((side * smaller + 0.5) as usize).max(1);
    (whole(width), whole(height))
}

/// How wide and high a photo that is kept whole should be, in pixels: its own proportions, its longer
/// side no longer than that of [`LARGEST`].
pub fn whole_size((width, height): (usize, usize)) -> (usize, usize) {
    let smaller = (LARGEST.1 as f32 / width.max(height).max(1) as f32).min(1.0);
    [width, height].map(|side| ((side as f32 * smaller + 0.5) as usize).max(1)).into()
}

/// Width to height of a flat page whose corners are seen so, after Zhang and He, "Whiteboard scanning
/// and image enhancement" (2007): the picture's middle is taken for the lens's.
fn proportion(corners: &Corners, photo: (usize, usize)) -> Option<f32> {
    let long = photo.0.max(photo.1) as f32;
    let centre = Point::new(photo.0 as f32 / 2.0, photo.1 as f32 / 2.0);
    let [m1, m2, m4, m3] = corners.map(|corner| {
        let off = corner.minus(centre).times(1.0 / long);
        [off.x, off.y, 1.0]
    });
    let triple = |a: [f32; 3], b: [f32; 3], c: [f32; 3]| {
        (a[1] * b[2] - a[2] * b[1]) * c[0]
            + (a[2] * b[0] - a[0] * b[2]) * c[1]
            + (a[0] * b[1] - a[1] * b[0]) * c[2]
    };
    let k2 = triple(m1, m4, m3) / triple(m2, m4, m3);
    let k3 = triple(m1, m4, m2) / triple(m3, m4, m2);
    let n2: [f32; 3] = std::array::from_fn(|i| k2 * m2[i] - m1[i]);
    let n3: [f32; 3] = std::array::from_fn(|i| k3 * m3[i] - m1[i]);
    let mut square = FOCAL * FOCAL;
    if n2[2].abs() > 0.05 && n3[2].abs() > 0.05 {
        let told = -(n2[0] * n3[0] + n2[1] * n3[1]) / (n2[2] * n3[2]);
        if told > FOCALS.0 * FOCALS.0 && told < FOCALS.1 * FOCALS.1 {
            square = told;
        }
    }
    let length = |n: [f32; 3]| (n[0] * n[0] + n[1] * n[1]) / square + n[2] * n[2];
    let proportion = (length(n2) / length(n3)).sqrt();
    (proportion.is_finite() && proportion > 0.0).then_some(proportion)
}

/// The page within the corners, flat, as wide and high as said (each 1 pixel at least, and at most
/// [`LARGEST`]'s longer side): between pixels where it becomes larger, the mean of several where it
/// becomes smaller. Corners are clockwise from the page's upper left; nothing when three of them lie
/// on a line.
pub fn rectify(photo: &Rgba, corners: &Corners, size: (usize, usize)) -> Option<Rgba> {
    warped(photo, corners, size, 4)
}

/// [`rectify`] by the mean of at most `most_each` places in each direction: 1 for a quick look.
pub(crate) fn warped(
    photo: &Rgba,
    corners: &Corners,
    size: (usize, usize),
    most_each: usize,
) -> Option<Rgba> {
    let most = LARGEST.1;
    let (width, height) = (size.0.max(1).min(most), size.1.max(1).min(most));
    let (right, below) = (width as f32, height as f32);
    let flat =
        [(0.0, 0.0), (right, 0.0), (right, below), (0.0, below)].map(|(x, y)| Point::new(x, y));
    if !geometry::convex(&geometry::ordered(*corners), 1e-4) {
        return None;
    }
    let map = Homography::between(&flat, corners)?;
    let length = |i: usize| corners[i].far(corners[(i + 1) % 4]);
    let shrinks = (length(0).max(length(2)) / right).max(length(1).max(length(3)) / below);
    let each = ((shrinks - MEAN_FROM).ceil().max(1.0) as usize).min(most_each);
    let part = 1.0 / each as f32;
    let mut page = Rgba::white(width, height);
    for (i, pixel) in page.bytes_mut().as_chunks_mut::<4>().0.iter_mut().enumerate() {
        let (x, y) = ((i % width) as f32, (i / width) as f32);
        let mut sum = [0f32; 3];
        for n in 0..each * each {
            let off = (((n % each) as f32 + 0.5) * part, ((n / each) as f32 + 0.5) * part);
            let at = map.map(Point::new(x + off.0, y + off.1));
            for (sum, value) in sum.iter_mut().zip(photo.between(at.x, at.y)) {
                *sum += value;
            }
        }
        for (out, sum) in pixel.iter_mut().zip(sum) {
            *out = (sum * part * part + 0.5) as u8;
        }
    }
    Some(page)
}

/// The picture turned clockwise by so many quarters of a turn.
pub fn turned(picture: &Rgba, quarters: u32) -> Rgba {
    let (width, height) = (picture.width(), picture.height());
    let quarters = quarters % 4;
    let lies = quarters % 2 == 1;
    let mut out = if lies { Rgba::white(height, width) } else { Rgba::white(width, height) };
    let across = out.width();
    for (i, pixel) in out.bytes_mut().as_chunks_mut::<4>().0.iter_mut().enumerate() {
        let (x, y) = (i % across, i / across);
        let (x, y) = match quarters {
            0 => (x, y),
            1 => (y, height - 1 - x),
            2 => (width - 1 - x, height - 1 - y),
            _ => (width - 1 - y, x),
        };
        let at = (y * width + x) * 4;
        if let Some(from) = picture.bytes().get(at..at + 4) {
            pixel.copy_from_slice(from);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turning_four_times_is_nothing() {
        let bytes: Vec<u8> = (0..3 * 2 * 4).collect();
        let picture = Rgba::new(3, 2, bytes).unwrap();
        let once = turned(&picture, 1);
        assert_eq!((once.width(), once.height()), (2, 3));
        // The upper left comes to the upper right.
        assert_eq!(once.bytes()[4..8], [0, 1, 2, 3]);
        assert_eq!(turned(&once, 3), picture);
        assert_eq!(turned(&turned(&picture, 2), 2), picture);
    }

    #[test]
    fn corners_on_a_line_make_no_page() {
        let picture = Rgba::white(9, 9);
        let line = [0.0, 1.0, 2.0, 3.0].map(|t| Point::new(t, t));
        assert_eq!(rectify(&picture, &line, (5, 5)), None);
        assert_eq!(rectify(&picture, &[Point::new(f32::NAN, 0.0); 4], (5, 5)), None);
    }

    #[test]
    fn a_page_is_never_larger_than_two_hundred_dots_an_inch() {
        let corners = [(0., 0.), (3000., 0.), (3000., 4000.), (0., 4000.)];
        let corners = corners.map(|(x, y)| Point::new(x, y));
        let (width, height) = page_size(&corners, (3000, 4000));
        assert!(width <= LARGEST.0 && height <= LARGEST.1 && height > 2200, "{width} {height}");
    }
}
