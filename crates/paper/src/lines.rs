//! Long straight lines of edges, and what the picture says along each: Hough's transform, a fit, and
//! running sums by which any stretch is judged at once. Knows nothing of pages.

use crate::Point;
use crate::edges::{Edge, Look};
use crate::geometry::{self, Line, less, more};

/// Directions told apart in half a turn.
const TURNS: usize = 180;
/// The most lines that are gone on with.
const MOST: usize = 44;
/// Candidates that are fitted before the best are taken.
const CANDIDATES: usize = 90;
/// An edge belongs to a line when it is so near, in pixels.
const NEAR: f32 = 2.2;
/// ... and crosses it at so straight an angle (the cosine).
const STRAIGHT: f32 = 0.97;
/// Directions to each side in which such edges are: the angle of [`STRAIGHT`], rounded up.
const REACHED: i32 = 15;
/// What an edge without a lasting change of shade is worth: a rule, a joint, a thin shadow.
const THIN: f32 = 0.35;
/// What a change to the dark on the inside is worth, beside one to the bright.
const DARK_INSIDE: f32 = 0.6;

/// What the picture's border is worth as a side of a page.
const BORDER: f32 = 0.33;

/// A line with running sums along it. Places on it count from `-reach`, one a pixel.
pub(crate) struct Traced {
    pub line: Line,
    reach: i32,
    /// Evidence for a side of a page that lies where the normal points.
    ahead: Vec<f32>,
    /// The same for a page behind the line.
    behind: Vec<f32>,
    /// Pixels of it within the picture.
    within: Vec<f32>,
}

/// What a stretch of a line says, each as a mean over its length.
pub(crate) struct Stretch {
    pub evidence: f32,
    /// The share of it that lies in the picture.
    pub within: f32,
}

impl Traced {
    /// What is said between two places of the line.
    pub fn stretch(&self, from: Point, to: Point, ahead: bool) -> Stretch {
        let along = self.line.along();
        let (a, b) = (along.dot(from), along.dot(to));
        self.between(less(a, b), more(a, b), ahead)
    }

    /// What is said beyond two places, so far on each side: the mean of both sides.
    pub fn beyond(&self, from: Point, to: Point, gap: f32, far: f32) -> f32 {
        let along = self.line.along();
        let (a, b) = (along.dot(from), along.dot(to));
        let (a, b) = (less(a, b), more(a, b));
        let one = |from: f32, to: f32| {
            let ahead = self.between(from, to, true).evidence;
            more(ahead, self.between(from, to, false).evidence)
        };
        (one(a - gap - far, a - gap) + one(b + gap, b + gap + far)) / 2.0
    }

    fn between(&self, from: f32, to: f32, ahead: bool) -> Stretch {
        let last = self.within.len() as i32 - 1;
        let index = |t: f32| nearest(t).saturating_add(self.reach).max(0).min(last) as usize;
        let (from_index, to_index) = (index(from), index(to));
        let length = more(to - from, 1.0);
        let sums = if ahead { &self.ahead } else { &self.behind };
        Stretch {
            evidence: (sums[to_index] - sums[from_index]) / length,
            within: (self.within[to_index] - self.within[from_index]) / length,
        }
    }

    /// The most that any stretch of it could say.
    fn total(&self) -> f32 {
        let last = self.within.len() - 1;
        self.ahead[last].max(self.behind[last])
    }
}

/// The lines that may be a page's sides, best first. Places are from the picture's upper left.
pub(crate) fn find(look: &Look, edges: &[Edge]) -> Vec<Traced> {
    let (width, height) = (look.bright.width as f32, look.bright.height as f32);
    let reach = (width.hypot(height)) as i32 + 2;
    let rows = (2 * reach + 1) as usize;
    let mut votes = vec![0f32; TURNS * rows];
    let turn = std::f32::consts::PI / TURNS as f32;
    let ways = directions();
    let edges = Fan::new(edges, turn);
    for (own, edges) in edges.ways.iter().enumerate() {
        for (off, share) in [(-2, 0.4), (-1, 0.8), (0, 1.0), (1, 0.8), (2, 0.4)] {
            let way = (own as i32 + off).rem_euclid(TURNS as i32) as usize;
            for edge in edges {
                let rho = nearest(ways[way].dot(edge.at)) + reach;
                if let Some(vote) = votes.get_mut(way * rows + rho.max(0) as usize) {
                    *vote += edge.weight * share;
                }
            }
        }
    }
    let mut traced: Vec<Traced> = Vec::new();
    for (way, rho) in peaks(&votes, rows, width.max(height) * 0.06) {
        let mut line = Line { normal: ways[way], rho: (rho as i32 - reach) as f32 };
        for near in [3.5, NEAR] {
            line = fitted(&line, &edges, near).unwrap_or(line);
        }
        let twin = |other: &Traced| {
            let same = other.line.normal.dot(line.normal);
            let middle = Point::new(width / 2.0, height / 2.0);
            let apart = other.line.side(middle) * same.signum() - line.side(middle);
            same.abs() > 0.9998 && apart.abs() < 1.5
        };
        if !traced.iter().any(twin) {
            traced.push(trace(look, &edges, line, reach));
        }
    }
    traced.sort_unstable_by(|a, b| b.total().total_cmp(&a.total()));
    traced.truncate(MOST);
    traced.extend(frame(width, height, reach));
    traced
}

/// The nearest whole number; Rust's own rounding is no instruction of wasm.
fn nearest(value: f32) -> i32 {
    (value + 0.5).floor() as i32
}

/// The directions told apart: each is the one before, turned. Sine and cosine of any angle would take
/// 3 kB of the module.
fn directions() -> Vec<Point> {
    /// Cosine and sine of a turn by one.
    const BY_ONE: (f64, f64) = (0.999_847_695_156_391_2, 0.017_452_406_437_283_51);
    let mut way = (1.0, 0.0);
    let mut ways = Vec::with_capacity(TURNS);
    for _ in 0..TURNS {
        ways.push(Point::new(way.0 as f32, way.1 as f32));
        way = (way.0 * BY_ONE.0 - way.1 * BY_ONE.1, way.0 * BY_ONE.1 + way.1 * BY_ONE.0);
    }
    ways
}

/// The picture's own border, for a paper that reaches out of it.
fn frame(width: f32, height: f32, reach: i32) -> [Traced; 4] {
    let lines = [(1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (1.0, 0.0, width), (0.0, 1.0, height)];
    lines.map(|(x, y, rho)| {
        let line = Line { normal: Point::new(x, y), rho };
        let running = |each: f32| (0..2 * reach + 2).map(|i| i as f32 * each).collect::<Vec<_>>();
        let evidence = running(BORDER);
        Traced { line, reach, ahead: evidence.clone(), behind: evidence, within: running(1.0) }
    })
}

/// The places of the votes' greatest, greatest first.
fn peaks(votes: &[f32], rows: usize, least: f32) -> Vec<(usize, usize)> {
    let mut found: Vec<(f32, usize, usize)> = Vec::new();
    let at = |way: i32, rho: i32| {
        // Half a turn on, the same line has the opposite distance.
        let (way, rho) = match way {
            way if way < 0 => (way + TURNS as i32, rows as i32 - 1 - rho),
            way if way >= TURNS as i32 => (way - TURNS as i32, rows as i32 - 1 - rho),
            way => (way, rho),
        };
        let rho = rho.max(0).min(rows as i32 - 1);
        votes[way as usize * rows + rho as usize]
    };
    let smooth =
        |way: i32, rho: i32| at(way, rho - 1) * 0.6 + at(way, rho) + at(way, rho + 1) * 0.6;
    for way in 0..TURNS as i32 {
        for rho in 2..rows as i32 - 2 {
            if at(way, rho) < least * 0.3 {
                continue;
            }
            let own = smooth(way, rho);
            if own < least {
                continue;
            }
            let top = (-2..=2).all(|i| {
                (-2..=2).all(|j| {
                    let other = smooth(way + i, rho + j);
                    own > other || (own == other && (i, j) >= (0, 0))
                })
            });
            if top {
                found.push((own, way as usize, rho as usize));
            }
        }
    }
    found.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
    found.truncate(CANDIDATES);
    found.into_iter().map(|(_, way, rho)| (way, rho)).collect()
}

/// Edges by their direction, so that a line need not ask all of them.
struct Fan {
    turn: f32,
    ways: Vec<Vec<Edge>>,
}

impl Fan {
    fn new(edges: &[Edge], turn: f32) -> Self {
        let mut ways = vec![Vec::new(); TURNS];
        for edge in edges {
            let way = nearest(edge.normal.y.atan2(edge.normal.x) / turn);
            ways[way.rem_euclid(TURNS as i32) as usize].push(*edge);
        }
        Self { turn, ways }
    }

    /// The edges that are so near a line and cross it straight.
    fn along<'a>(&'a self, line: &'a Line, near: f32) -> impl Iterator<Item = &'a Edge> {
        let middle = nearest(line.normal.y.atan2(line.normal.x) / self.turn);
        (-REACHED..=REACHED)
            .flat_map(move |off| &self.ways[(middle + off).rem_euclid(TURNS as i32) as usize])
            .filter(move |edge| {
                line.side(edge.at).abs() < near && line.normal.dot(edge.normal).abs() > STRAIGHT
            })
    }
}

fn fitted(line: &Line, edges: &Fan, near: f32) -> Option<Line> {
    let mine = edges.along(line, near);
    let places: Vec<_> = mine.map(|edge| (edge.at, edge.weight)).collect();
    let fitted = geometry::fit(&places)?;
    (fitted.normal.dot(line.normal).abs() > 0.995).then_some(fitted)
}

/// Looks along a line at its edges and at the shades on both sides.
fn trace(look: &Look, edges: &Fan, line: Line, reach: i32) -> Traced {
    let count = (2 * reach + 1) as usize;
    let mut hits = vec![false; count];
    let along = line.along();
    for edge in edges.along(&line, NEAR) {
        let t = nearest(along.dot(edge.at)) + reach;
        for t in t - 2..=t + 2 {
            if let Some(hit) = hits.get_mut(t.max(0) as usize) {
                *hit = true;
            }
        }
    }
    let (mut ahead, mut behind, mut within) = (vec![0.0], vec![0.0], vec![0.0]);
    let foot = line.normal.times(line.rho);
    for (i, hit) in hits.iter().enumerate() {
        let at = foot.plus(along.times(i as f32 - reach as f32));
        let inside = at.x >= 1.0
            && at.y >= 1.0
            && at.x < look.bright.width as f32 - 1.0
            && at.y < look.bright.height as f32 - 1.0;
        let (mut for_ahead, mut for_behind) = (0.0, 0.0);
        if inside && *hit {
            let (step, colour) = step(look, at, line.normal);
            let least = 3.0 + 3.0 * look.noise;
            let sure = |step: f32| step / (step + least);
            let (up, down) = (sure(more(step, 0.0)), sure(more(-step, 0.0)));
            let other = sure(colour);
            let lasting =
                |bright: f32, dark: f32| more(more(bright, dark * DARK_INSIDE), other * 0.8);
            for_ahead = THIN + (1.0 - THIN) * lasting(up, down);
            for_behind = THIN + (1.0 - THIN) * lasting(down, up);
        }
        for (sums, value) in
            [(&mut ahead, for_ahead), (&mut behind, for_behind), (&mut within, f32::from(inside))]
        {
            let last = sums[i];
            sums.push(last + value);
        }
    }
    Traced { line, reach, ahead, behind, within }
}

/// How much brighter it is ahead of a line than behind, in shades, and how different the colour.
fn step(look: &Look, at: Point, normal: Point) -> (f32, f32) {
    let mut steps = [0f32; 3];
    for far in [3.0, 5.0, 7.0] {
        let (front, back) = (at.plus(normal.times(far)), at.minus(normal.times(far)));
        for (step, (front, back)) in steps.iter_mut().zip(look.at(front).iter().zip(look.at(back)))
        {
            *step += (front - back) / 3.0;
        }
    }
    (steps[0], (steps[1] * steps[1] + steps[2] * steps[2]).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_are_those_of_half_a_turn() {
        for (i, way) in directions().into_iter().enumerate() {
            let angle = i as f32 * std::f32::consts::PI / TURNS as f32;
            assert!(way.far(Point::new(angle.cos(), angle.sin())) < 1e-6, "{i}: {way:?}");
        }
    }
}
