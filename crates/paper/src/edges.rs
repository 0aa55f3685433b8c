//! Edges of a small picture: where brightness or colour changes across a thin line, and how much it
//! stands out from what is around. Knows nothing of lines or pages.

use crate::Point;
use crate::picture::Small;
use crate::plane::Plane;

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
    /// The slopes of `bright`.
    slopes: Vec<Point>,
}

impl Look {
    pub fn of(small: &Small) -> Self {
        let [bright, red, blue] = &small.planes;
        let bright = bright.blurred(1);
        let closed = bright.closed(CLOSING);
        let slopes = slopes(&bright);
        let mut steepness = Plane::new(bright.width, bright.height);
        for (value, slope) in steepness.values.iter_mut().zip(&slopes) {
            *value = slope.length();
        }
        let noise = steepness.quantile(0.4).max(0.3);
        Self { closed, colours: [red.blurred(2), blue.blurred(2)], bright, noise, slopes }
    }

    /// Brightness without writing and the two colours, between pixels.
    pub fn at(&self, at: Point) -> [f32; 3] {
        let [red, blue] = &self.colours;
        Plane::all_between([&self.closed, red, blue], at)
    }

    /// The edges, once with writing filled and once as it is: the first have few that are no outline,
    /// the second also know a thin shadow beside a white page on a white table.
    ///
    /// Also says how many are of the first kind.
    pub fn edges(&self) -> (Vec<Edge>, usize) {
        let mut edges = Vec::new();
        let size = (self.bright.width, self.bright.height);
        let mut steepest = slopes(&self.closed);
        for plane in &self.colours {
            for (most, other) in steepest.iter_mut().zip(slopes(plane)) {
                if other.dot(other) > most.dot(*most) {
                    *most = other;
                }
            }
        }
        collect(&steepest, size, self.noise, 1.0, &mut edges);
        let filled = edges.len();
        collect(&self.slopes, size, self.noise, 0.6, &mut edges);
        (edges, filled)
    }
}

/// The slope at each pixel by Sobel's weights, in shades a pixel; the border's pixels go on beyond it.
fn slopes(plane: &Plane) -> Vec<Point> {
    let (width, height) = (plane.width, plane.height);
    let row = |y: usize| &plane.values[y * width..(y + 1) * width];
    let mut out = Vec::with_capacity(width * height);
    // One pixel more at both ends.
    let (mut sums, mut steps) = (vec![0f32; width + 2], vec![0f32; width + 2]);
    for y in 0..height {
        let (above, own, below) = (row(y.saturating_sub(1)), row(y), row((y + 1).min(height - 1)));
        for (x, ((a, o), b)) in above.iter().zip(own).zip(below).enumerate() {
            (sums[x + 1], steps[x + 1]) = (a + 2.0 * o + b, b - a);
        }
        for line in [&mut sums, &mut steps] {
            (line[0], line[width + 1]) = (line[1], line[width]);
        }
        out.extend(sums.windows(3).zip(steps.windows(3)).map(|(sum, step)| {
            Point::new((sum[2] - sum[0]) / 8.0, (step[0] + 2.0 * step[1] + step[2]) / 8.0)
        }));
    }
    out
}

/// Adds the edges among slopes of a picture so wide and high.
fn collect(
    ways: &[Point],
    (width, height): (usize, usize),
    noise: f32,
    share: f32,
    edges: &mut Vec<Edge>,
) {
    let mut strength = Plane::new(width, height);
    for (value, way) in strength.values.iter_mut().zip(ways) {
        *value = way.length();
    }
    let around = strength.blurred(AROUND);
    for y in 1..height as i32 - 1 {
        for x in 1..width as i32 - 1 {
            let i = y as usize * width + x as usize;
            let own = strength.values[i];
            let all = own + around.values[i] + 2.0 * noise;
            if own < LEAST_WEIGHT * all {
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
                weight: own / all * share,
                steep: own,
            });
        }
    }
}
