//! What lies within four corners: paper is plain once its writing is filled, pale, and not colourful.
//! A check cloth, a tiled floor, a book are not. Knows nothing of lines.

use crate::Point;
use crate::edges::{Edge, Look};
use crate::geometry::{Corners, more};

/// Places looked at in each direction.
const PLACES: usize = 14;
/// How far from the sides the inside begins, in shares of the way across.
const RIM: f32 = 0.1;
/// An edge counts from so many shades a pixel, beside what comes by chance.
const STEEP: f32 = 3.0;
/// Edges for a pixel that paper may have: pictures, stamps, a shadow's edge.
const PLAIN: f32 = 0.03;
/// What each edge for a pixel beyond that costs, and the most it may.
const BUSY_COST: f32 = 16.0;
const MOST_COST: f32 = 0.9;
/// How strong a colour paper may have: the difference of colours for the brightness.
const COLOURFUL: f32 = 0.2;
const COLOUR_COST: f32 = 3.0;
/// How dark paper may be beside the picture's bright parts.
const DARK: f32 = 0.5;
const DARK_COST: f32 = 1.2;

/// Counts edges within any four corners.
pub(crate) struct Inside<'a> {
    look: &'a Look,
    /// The edges left after filling, counted in cells of 4 by 4 pixels.
    cells: Vec<f32>,
    across: usize,
    /// The brightness of what is bright in the picture.
    bright: f32,
}

const CELL: usize = 4;

impl<'a> Inside<'a> {
    pub fn new(look: &'a Look, edges: &[Edge]) -> Self {
        let across = look.bright.width / CELL + 1;
        let mut cells = vec![0.0; across * (look.bright.height / CELL + 1)];
        for edge in edges {
            let at =
                edge.at.y.max(0.0) as usize / CELL * across + edge.at.x.max(0.0) as usize / CELL;
            if let Some(cell) = cells.get_mut(at) {
                *cell += f32::from(edge.steep > STEEP + 3.0 * look.noise);
            }
        }
        Self { look, cells, across, bright: look.closed.quantile(0.9).max(1.0) }
    }

    /// What speaks against its being paper, 0 or more.
    pub fn cost(&self, corners: &Corners) -> f32 {
        let (width, height) = (self.look.bright.width as f32, self.look.bright.height as f32);
        let (mut busy, mut count) = (0.0, 0.0);
        let mut shades = [0f32; PLACES * PLACES];
        let mut colours = [0f32; PLACES * PLACES];
        let mut seen = 0;
        for i in 0..PLACES {
            for j in 0..PLACES {
                let part = |n: usize| RIM + (1.0 - 2.0 * RIM) * (n as f32 + 0.5) / PLACES as f32;
                let at = across(corners, part(i), part(j));
                if at.x < 1.0 || at.y < 1.0 || at.x > width - 1.0 || at.y > height - 1.0 {
                    continue;
                }
                let cell = at.y as usize / CELL * self.across + at.x as usize / CELL;
                busy += self.cells.get(cell).copied().unwrap_or(0.0);
                count += (CELL * CELL) as f32;
                let [shade, red, blue] = self.look.at(at);
                shades[seen] = more(shade, 1.0);
                colours[seen] = (red * red + blue * blue).sqrt() / shades[seen];
                seen += 1;
            }
        }
        if seen < PLACES {
            return MOST_COST;
        }
        let middle = |values: &mut [f32]| {
            values.sort_unstable_by(f32::total_cmp);
            values[values.len() / 2]
        };
        let shade = middle(&mut shades[..seen]) / self.bright;
        let colour = middle(&mut colours[..seen]);
        ((busy / count - PLAIN) * BUSY_COST).max(0.0).min(MOST_COST)
            + ((colour - COLOURFUL) * COLOUR_COST).max(0.0).min(MOST_COST)
            + ((DARK - shade) * DARK_COST).max(0.0)
    }
}

/// The place so far across and down within four corners.
fn across(corners: &Corners, right: f32, down: f32) -> Point {
    let upper = corners[0].times(1.0 - right).plus(corners[1].times(right));
    let lower = corners[3].times(1.0 - right).plus(corners[2].times(right));
    upper.times(1.0 - down).plus(lower.times(down))
}
