//! Edges of a small picture: where brightness or colour changes across a thin line, and how much it
//! stands out from what is around. Knows nothing of lines or pages.

use crate::Point;
use crate::picture::{Plane, Small};

/// Half the width of what is filled before looking for edges, in pixels: writing and rules vanish.
pub(crate) const CLOSING: usize = 4;
/// How far around an edge the mean strength is taken, in pixels.
const AROUND: usize = 12;
/// An edge weaker than this share of full weight is none.
const LEAST_WEIGHT: f32 = 0.3;

/// A place where the picture changes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Edge {
    pub at: Point,
    /// Unit length, across the edge, either way.
    pub normal: Point,
    /// 0 to 1: how much it stands out.
    pub weight: f32,
    /// How steep it is, in shades a pixel.
    pub steep: f32,
}

/// The picture as the finder of pages sees it.
pub(crate) struct Look {
    /// Brightness without writing.
    pub closed: Plane,
    /// Red against green, blue against yellow, evened out.
    pub colours: [Plane; 2],
    /// Brightness as it is, noise evened out.
    pub bright: Plane,
    /// What a change of brightness by chance comes to, in shades.
    pub noise: f32,
}

impl Look {
    pub fn of(small: &Small) -> Self {
        let [bright, red, blue] = &small.planes;
        let bright = bright.blurred(1);
        let closed = bright.closed(CLOSING);
        let noise = slopes(&bright).quantile(0.4).max(0.3);
        Self { closed, colours: [red.blurred(2), blue.blurred(2)], bright, noise }
    }

    /// The edges, once with writing filled and once as it is: the first have few that are no outline,
    /// the second also know a thin shadow beside a white page on a white table.
    ///
    /// Also says how many are of the first kind.
    pub fn edges(&self) -> (Vec<Edge>, usize) {
        let mut edges = Vec::new();
        collect(&[&self.closed, &self.colours[0], &self.colours[1]], self.noise, 1.0, &mut edges);
        let filled = edges.len();
        collect(&[&self.bright], self.noise, 0.6, &mut edges);
        (edges, filled)
    }
}

/// The slope at a pixel by Sobel's weights, in shades a pixel.
fn slope(plane: &Plane, x: i32, y: i32) -> Point {
    let at = |dx: i32, dy: i32| plane.at(x + dx, y + dy);
    let right = at(1, -1) + 2.0 * at(1, 0) + at(1, 1) - at(-1, -1) - 2.0 * at(-1, 0) - at(-1, 1);
    let down = at(-1, 1) + 2.0 * at(0, 1) + at(1, 1) - at(-1, -1) - 2.0 * at(0, -1) - at(1, -1);
    Point::new(right / 8.0, down / 8.0)
}

fn slopes(plane: &Plane) -> Plane {
    let mut out = Plane::new(plane.width, plane.height);
    for (i, value) in out.values.iter_mut().enumerate() {
        *value = slope(plane, (i % plane.width) as i32, (i / plane.width) as i32).length();
    }
    out
}

/// Adds the edges of planes taken together: at each pixel that plane counts that changes most.
fn collect(planes: &[&Plane], noise: f32, share: f32, edges: &mut Vec<Edge>) {
    let (width, height) = (planes[0].width, planes[0].height);
    let mut strength = Plane::new(width, height);
    let mut ways = vec![Point::default(); width * height];
    for (i, (value, way)) in strength.values.iter_mut().zip(&mut ways).enumerate() {
        for plane in planes {
            let one = slope(plane, (i % width) as i32, (i / width) as i32);
            if one.length() > *value {
                (*value, *way) = (one.length(), one);
            }
        }
    }
    let around = strength.blurred(AROUND);
    for y in 1..height as i32 - 1 {
        for x in 1..width as i32 - 1 {
            let i = y as usize * width + x as usize;
            let own = strength.values[i];
            let weight = own / (own + around.values[i] + 2.0 * noise);
            if weight < LEAST_WEIGHT {
                continue;
            }
            let normal = ways[i].times(1.0 / own);
            let at = Point::new(x as f32 + 0.5, y as f32 + 0.5);
            // Only the ridge's top counts, and where between the pixels it is.
            let before = strength.between(at.minus(normal));
            let after = strength.between(at.plus(normal));
            if own < before || own <= after {
                continue;
            }
            let bend = before - 2.0 * own + after;
            let off =
                if bend < 0.0 { (0.5 * (before - after) / bend).max(-0.5).min(0.5) } else { 0.0 };
            edges.push(Edge {
                at: at.plus(normal.times(off)),
                normal,
                weight: weight * share,
                steep: own,
            });
        }
    }
}
