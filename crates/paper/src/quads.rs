//! Four lines that make a page: every four are tried, scored by what is seen along the sides and
//! beyond the corners. Knows nothing of pixels.

use crate::geometry::{Corners, area, convex, less, middle};
use crate::lines::Traced;
use crate::{Point, geometry};

/// A corner may lie so far outside the picture, in shares of its longer side.
const OUTSIDE: f32 = 0.08;
/// A page covers at least so much of the picture.
const LEAST_AREA: f32 = 0.06;
/// A side is at least so long, in shares of the picture's longer side.
const LEAST_SIDE: f32 = 0.13;
/// The least sine of a corner's angle.
const LEAST_SINE: f32 = 0.6;
/// The most four-line shapes that are kept for a closer look.
const MOST: usize = 40;
/// Shapes whose corners are all so near, in pixels, are one.
const ONE: f32 = 5.0;
/// Four sides of which one has less evidence are not looked at further.
const HOPELESS: f32 = 0.2;
/// What a side counts for where it lies outside the picture.
const UNSEEN: f32 = 0.25;

/// Four corners and how well the picture speaks for them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quad {
    pub corners: Corners,
    pub score: f32,
    /// The evidence along the worst side.
    pub worst: f32,
}

/// The best four-line shapes, best first.
pub(crate) fn find(lines: &[Traced], width: f32, height: f32) -> Vec<Quad> {
    let count = lines.len();
    let margin = OUTSIDE * width.max(height);
    let near = |at: &Point| {
        at.x > -margin && at.y > -margin && at.x < width + margin && at.y < height + margin
    };
    let mut meetings: Vec<Option<Point>> = vec![None; count * count];
    for i in 0..count {
        for j in 0..count {
            let steep = lines[i].line.normal.cross(lines[j].line.normal).abs() > LEAST_SINE * 0.8;
            if i != j && steep {
                meetings[i * count + j] = lines[i].line.meeting(&lines[j].line).filter(near);
            }
        }
    }
    let mut best: Vec<Quad> = Vec::new();
    for a in 0..count {
        for c in 0..count {
            let Some(ac) = meetings[a * count + c] else { continue };
            for b in a + 1..count {
                let Some(bc) = meetings[b * count + c] else { continue };
                if ac.far(bc) < LEAST_SIDE * width.max(height) {
                    continue;
                }
                for d in c + 1..count {
                    let (Some(ad), Some(bd)) = (meetings[a * count + d], meetings[b * count + d])
                    else {
                        continue;
                    };
                    let sides = [&lines[c], &lines[b], &lines[d], &lines[a]];
                    // Nothing is worked out for what could not be kept.
                    let least = if best.len() < MOST { None } else { best.last() };
                    let least = least.map_or(f32::NEG_INFINITY, |last| last.score);
                    if let Some(quad) = judge([ac, bc, bd, ad], sides, width, height, least) {
                        keep(&mut best, quad);
                    }
                }
            }
        }
    }
    best
}

/// Keeps the best, in order, and of those that are nearly one only the better.
fn keep(best: &mut Vec<Quad>, quad: Quad) {
    if best.len() == MOST && best.last().is_some_and(|last| last.score >= quad.score) {
        return;
    }
    let same = |other: &Quad| (0..4).all(|i| other.corners[i].far(quad.corners[i]) < ONE);
    if best.iter().any(|other| other.score >= quad.score && same(other)) {
        return;
    }
    best.retain(|other| !same(other));
    let place = best.iter().position(|other| other.score < quad.score).unwrap_or(best.len());
    best.insert(place, quad);
    best.truncate(MOST);
}

/// Scores four corners; `sides[i]` goes from corner i to the next. Nothing when they are no page's, or
/// score no more than `least`.
fn judge(
    corners: Corners,
    sides: [&Traced; 4],
    width: f32,
    height: f32,
    least: f32,
) -> Option<Quad> {
    let clockwise = area(&corners) > 0.0;
    let size = area(&corners).abs();
    let frame = width * height;
    if size < LEAST_AREA * frame {
        return None;
    }
    let mut around = corners;
    if !clockwise {
        around.reverse();
    }
    if !convex(&around, LEAST_SINE) {
        return None;
    }
    let middle = middle(&corners);
    let (mut sum, mut worst, mut round) = (0.0, f32::MAX, 0.0);
    for (i, side) in sides.iter().enumerate() {
        let (from, to) = (corners[i], corners[(i + 1) % 4]);
        let length = from.far(to);
        if length < LEAST_SIDE * width.max(height) {
            return None;
        }
        let said = side.stretch(from, to, side.line.side(middle) > 0.0);
        let evidence = said.evidence + UNSEEN * (1.0 - said.within);
        if evidence < HOPELESS {
            return None;
        }
        sum += evidence * length;
        round += length;
        worst = less(evidence, worst);
    }
    let mean = sum / round;
    let large = 1.0 + 0.3 * (size / frame).sqrt();
    if (0.6 * mean + 0.4 * worst) * large <= least {
        return None;
    }
    let mut over = 0.0;
    for (i, side) in sides.iter().enumerate() {
        let (from, to) = (corners[i], corners[(i + 1) % 4]);
        over += side.beyond(from, to, 5.0, less(0.2 * from.far(to), 40.0)) / 4.0;
    }
    let score = (0.6 * mean + 0.4 * worst - 0.4 * over) * large;
    Some(Quad { corners: geometry::ordered(corners), score, worst })
}
