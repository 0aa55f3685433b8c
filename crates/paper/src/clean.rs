//! Makes a flat page read as if scanned: even light, white paper, dark writing; stamps and signatures
//! keep their colour. Knows nothing of corners.

use crate::picture::Rgba;
use crate::plane::Plane;

/// Cells along the longer side in which the paper's shade is sought.
const CELLS: usize = 96;
/// The paper is brighter than this share of a cell.
const PAPER: f32 = 0.85;
/// What is dark over fewer cells than twice this is on the paper: a picture, a stamp.
const REACH: usize = 7;
/// Paper is never taken to be darker, in shades: noise is not blown up.
const DARKEST: f32 = 40.0;
/// What becomes black and what white, in shares of the paper's shade.
const BLACK: f32 = 0.14;
const WHITE: f32 = 0.92;

/// Takes the paper's own shade and colour out of a flat page, so that shadows and tinted light go,
/// and stretches what is left: the same for red, green and blue, so that colours stay.
pub fn clean(page: &Rgba) -> Rgba {
    let mut out = page.clone();
    clean_in_place(&mut out);
    out
}

/// [`clean`] without a second picture, where memory is short.
pub fn clean_in_place(page: &mut Rgba) {
    let side = (page.width().max(page.height()) as f32 / CELLS as f32).max(4.0);
    let papers = paper(page, side);
    let width = page.width();
    let (down, across) = (papers[0].height, papers[0].width);
    let part = |n: usize, most: usize| {
        let at = ((n as f32 + 0.5) / side - 0.5).max(0.0).min((most - 1) as f32);
        let first = at as usize;
        (first, (first + 1).min(most - 1), at - first as f32)
    };
    let mut above = vec![[0f32; 3]; across];
    for (y, row) in page.bytes_mut().chunks_exact_mut(width * 4).enumerate() {
        let (upper, lower, share) = part(y, down);
        for (x, cell) in above.iter_mut().enumerate() {
            *cell = std::array::from_fn(|k| {
                let (a, b) =
                    (papers[k].values[upper * across + x], papers[k].values[lower * across + x]);
                (a + (b - a) * share).max(DARKEST)
            });
        }
        for (x, pixel) in row.as_chunks_mut::<4>().0.iter_mut().enumerate() {
            let (left, right, share) = part(x, across);
            for (k, value) in pixel.iter_mut().take(3).enumerate() {
                let paper = above[left][k] + (above[right][k] - above[left][k]) * share;
                let bright = f32::from(*value) / paper;
                // What is beyond 0 and 255 becomes these.
                *value = ((bright - BLACK) / (WHITE - BLACK) * 255.0 + 0.5) as u8;
            }
        }
    }
}

/// The paper's red, green and blue in each cell.
fn paper(page: &Rgba, side: f32) -> [Plane; 3] {
    let across = (page.width() as f32 / side).ceil().max(1.0) as usize;
    let down = (page.height() as f32 / side).ceil().max(1.0) as usize;
    [0, 1, 2].map(|channel| {
        let mut plane = Plane::new(across, down);
        for (i, value) in plane.values.iter_mut().enumerate() {
            let from = |n: usize| (n as f32 * side) as i32;
            let (left, top) = (from(i % across), from(i / across));
            let (right, below) =
                (from(i % across + 1).max(left + 1), from(i / across + 1).max(top + 1));
            let mut counts = [0u32; 256];
            let mut count = 0;
            for y in top..below.min(page.height() as i32) {
                for x in left..right.min(page.width() as i32) {
                    counts[page.byte(x, y, channel)] += 1;
                    count += 1;
                }
            }
            let mut left = (count as f32 * PAPER) as u32;
            for (shade, count) in counts.iter().enumerate() {
                *value = shade as f32;
                if *count > left {
                    break;
                }
                left -= count;
            }
        }
        plane.closed(REACH).blurred(1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_paper_becomes_white_and_ink_stays_dark() {
        let (width, height) = (400, 300);
        let mut bytes = Vec::new();
        for y in 0..height {
            for x in 0..width {
                let light = 0.4 + 0.6 * x as f32 / width as f32;
                let pixel = if y % 20 < 3 { [50., 50., 60.] } else { [235., 225., 205.] };
                bytes.extend(pixel.map(|value: f32| (value * light) as u8));
                bytes.push(255);
            }
        }
        let clean = clean(&Rgba::new(width, height, bytes).unwrap());
        for x in [20, 200, 380] {
            assert!(clean.at(x, 110).iter().all(|v| *v > 245.0), "{x}: {:?}", clean.at(x, 110));
            assert!(clean.at(x, 101).iter().all(|v| *v < 60.0), "{x}: {:?}", clean.at(x, 101));
        }
    }
}
