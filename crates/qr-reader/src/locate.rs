//! Which three finder patterns are the corners of one code, how large it is, and where its grid
//! lies. Must not know what the modules say.

use crate::finder::{FINEST, Finder, Hit, Scene, direction};
use crate::fit::{Anchored, alignment_near, settle};
use crate::geometry::{Point, meeting};
use crate::grid::Grid;
use crate::order::by_key;
use crate::pattern::{self, Expected};
use crate::tables::{alignment, version_of};
use crate::view::View;

/// Three finder patterns that may belong together: the corner between the others, then around.
#[derive(Debug, Clone, Copy)]
pub struct Triple {
    /// Their numbers in the list.
    pub numbers: [usize; 3],
    /// The lower, the likelier.
    pub strain: f32,
}

/// All triples that are not absurd, the likeliest first.
pub fn triples(finders: &[Finder], most: usize) -> Vec<Triple> {
    let mut list = Vec::new();
    for a in 0..finders.len() {
        for b in a + 1..finders.len() {
            if !alike(&finders[a], &finders[b]) {
                continue;
            }
            for c in b + 1..finders.len() {
                if alike(&finders[a], &finders[c]) && alike(&finders[b], &finders[c]) {
                    for corner in [[a, b, c], [b, a, c], [c, a, b]] {
                        list.extend(judged(finders, corner));
                    }
                }
            }
        }
    }
    by_key(&mut list, |triple| triple.strain);
    list.truncate(most);
    list
}

fn alike(a: &Finder, b: &Finder) -> bool {
    a.inverted == b.inverted && a.module < 3.2 * b.module && b.module < 3.2 * a.module
}

/// More strain than this is no code that could be read.
const MOST_STRAIN: f32 = 4.0;

fn judged(finders: &[Finder], numbers: [usize; 3]) -> Option<Triple> {
    let [corner, one, other] = numbers.map(|number| finders[number]);
    let (to_one, to_other) = (one.centre.minus(corner.centre), other.centre.minus(corner.centre));
    let (far_one, far_other) = (to_one.length(), to_other.length());
    let sides = [
        far_one / (corner.module * one.module).sqrt(),
        far_other / (corner.module * other.module).sqrt(),
    ];
    if sides.iter().any(|side| !(8.0..260.0).contains(side)) {
        return None;
    }
    let cosine = to_one.dot(to_other) / (far_one * far_other);
    let (less, more) = (sides[0].min(sides[1]), sides[0].max(sides[1]));
    if cosine.abs() > 0.8 || more > 3.0 * less {
        return None;
    }
    let modules = [corner.module, one.module, other.module];
    let (small, large) = modules
        .iter()
        .fold((f32::MAX, 0f32), |(small, large), &module| (small.min(module), large.max(module)));
    let quality = corner.quality + one.quality + other.quality;
    let seen = [corner, one, other].map(|finder| finder.seen.min(6) as f32).iter().sum::<f32>();
    let strain = cosine.abs() * 1.5 + (more / less - 1.0) + (large / small - 1.0)
        + (3.0 - quality)
        // Of many codes in a picture the three next to each other are one.
        + less / 150.0
        + (18.0 - seen) * 0.03;
    if strain > MOST_STRAIN {
        return None;
    }
    // Around clockwise, as it is printed.
    let numbers =
        if to_one.cross(to_other) > 0.0 { numbers } else { [numbers[0], numbers[2], numbers[1]] };
    Some(Triple { numbers, strain })
}

/// A grid that may lie over a code, and how well it agrees with what is fixed.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The anchors of its map.
    pub anchored: Anchored,
    /// The grid.
    pub grid: Grid,
    /// From −1 to 1.
    pub agreement: f32,
}

/// Lays grids over three finder patterns, for the likeliest sizes; the best first.
pub fn place(view: &View<'_>, scene: &Scene<'_>, three: [Finder; 3]) -> Vec<Placed> {
    let [corner, right, below] = three;
    let across = modules_between(scene, &corner, &right);
    let down = modules_between(scene, &corner, &below);
    if across > 2.0 * down || down > 2.0 * across {
        return vec![];
    }
    let estimate = ((across + down) / 2.0 + 7.0 - 17.0) / 4.0;
    let spread = if estimate > 14.0 { 3 } else { 1 + i32::from(estimate > 6.0) };
    let nearest = estimate.round() as i32;
    let fourths = fourths(scene, three);
    let mut placed: Vec<Placed> = Vec::new();
    for version in nearest - spread..=nearest + spread {
        if !(1..=40).contains(&version) {
            continue;
        }
        let side = 17 + 4 * version as usize;
        // One place in each module is enough to begin with.
        let rough: Vec<_> = pattern::fixed(side).into_iter().step_by(4).collect();
        let far = side as f32 - 3.5;
        let best = fourths
            .iter()
            .filter_map(|&fourth| {
                let anchored = Anchored {
                    on_code: [(3.5, 3.5), (far, 3.5), (far, far), (3.5, far)]
                        .map(|(x, y)| Point::new(x, y)),
                    in_picture: [corner.centre, right.centre, fourth, below.centre],
                };
                let grid = Grid::flat(side, anchored.map()?);
                let most = view.usual_contrast(&grid, &rough);
                let agreement = view.agreement(&grid, &rough, most);
                Some(Placed { anchored, grid, agreement })
            })
            .max_by(|a, b| a.agreement.total_cmp(&b.agreement));
        placed.extend(best);
    }
    by_key(&mut placed, |one| -one.agreement);
    placed.truncate(2);
    placed
}

/// A grid and what it must agree with.
#[derive(Debug, Clone)]
pub struct Start {
    /// The grid.
    pub placed: Placed,
    expected: Vec<Expected>,
}

/// Grids held by the places where the alignment pattern in the fourth corner may be, and one held by
/// the corner alone; the best first.
pub fn anchored(view: &View<'_>, placed: &Placed) -> Vec<Start> {
    let side = placed.grid.side;
    let fixed = pattern::fixed(side);
    let mut starts = Vec::new();
    if let Some(&last) = version_of(side).map(alignment).unwrap_or_default().last() {
        let middle = Point::new(last as f32 + 0.5, last as f32 + 0.5);
        let reach = (2.5 + side as f32 / 20.0).min(8.0);
        let mut expected = fixed.clone();
        pattern::alignment_at(last, last, &mut expected);
        for (place, _) in alignment_near(view, &placed.grid, middle, reach, 0.5) {
            let mut anchored = placed.anchored;
            anchored.on_code[2] = middle;
            anchored.in_picture[2] = placed.grid.place(place);
            let Some(map) = anchored.map() else { continue };
            let grid = Grid::flat(side, map);
            let most = view.usual_contrast(&grid, &expected);
            let agreement = view.agreement(&grid, &expected, most);
            let placed = Placed { anchored, grid, agreement };
            starts.push(Start { placed, expected: expected.clone() });
        }
    }
    // The one without an alignment pattern is the last resort: it has less to agree with.
    let mut alone = Start { placed: placed.clone(), expected: fixed };
    alone.placed.agreement -= if starts.is_empty() { 0.0 } else { 0.05 };
    starts.push(alone);
    by_key(&mut starts, |one| -one.placed.agreement);
    starts
}

/// The same grid moved until it agrees best with everything that is fixed.
pub fn settled(view: &View<'_>, start: &Start) -> Option<Placed> {
    let side = start.placed.grid.side;
    let (anchored, agreement) = settle(view, side, start.placed.anchored, &start.expected);
    Some(Placed { anchored, grid: Grid::flat(side, anchored.map()?), agreement })
}

/// Modules from one middle to another by the patterns' own size in that direction.
fn modules_between(scene: &Scene<'_>, one: &Finder, other: &Finder) -> f32 {
    let way = other.centre.minus(one.centre);
    let length = way.length().max(1e-3);
    let along = way.times(1.0 / length);
    // Along a line in perspective the geometric mean of both ends' modules is exact.
    let module = (module_along(scene, one, along) * module_along(scene, other, along)).sqrt();
    length / module.max(0.5)
}

/// Pixels a module of a finder pattern in a direction.
fn module_along(scene: &Scene<'_>, finder: &Finder, along: Point) -> f32 {
    let (mut sum, mut count) = (0.0, 0.0);
    for way in [along, along.times(-1.0)] {
        if let Some(hit) = cast(scene, finder, way) {
            // Dark that spreads moves these two edges apart: their mean does not feel it.
            sum += (hit.core + hit.white) / 4.0;
            count += 1.0;
        }
    }
    if count > 0.0 { sum / count } else { finder.module }
}

/// A ray from a finder pattern, in the full picture's pixels.
fn cast(scene: &Scene<'_>, finder: &Finder, along: Point) -> Option<Hit> {
    let scale = scene.thresholds.scale;
    let from = finder.centre.times(1.0 / scale);
    let hit = scene.ray(from, along, finder.module / scale, finder.inverted)?;
    Some(Hit { core: hit.core * scale, white: hit.white * scale, outer: hit.outer * scale })
}

/// Guesses at the fourth corner: where the patterns' own edges point, and the parallelogram's.
fn fourths(scene: &Scene<'_>, [corner, right, below]: [Finder; 3]) -> Vec<Point> {
    let parallel = right.centre.plus(below.centre).minus(corner.centre);
    let mut list = vec![parallel];
    let down = edge_along(scene, &right, corner.centre, below.centre.minus(corner.centre));
    let across = edge_along(scene, &below, corner.centre, right.centre.minus(corner.centre));
    if let (Some(down), Some(across)) = (down, across)
        && let Some(fourth) = meeting(right.centre, down, below.centre, across)
        && fourth.far(parallel) < 0.8 * corner.centre.far(parallel)
    {
        list.push(fourth);
        list.push(fourth.plus(parallel).times(0.5));
    }
    list
}

/// The direction of a finder pattern's edges that face towards and away from `origin`.
fn edge_along(scene: &Scene<'_>, finder: &Finder, origin: Point, expected: Point) -> Option<Point> {
    let way = finder.centre.minus(origin);
    let along = way.times(1.0 / way.length().max(1e-3));
    let mut sum = Point::default();
    for facing in [along, along.times(-1.0)] {
        let mut core = Vec::new();
        let mut white = Vec::new();
        for ray in 0..FINEST {
            let way = direction(ray, FINEST);
            if way.dot(facing) > 0.86
                && let Some(hit) = cast(scene, finder, way)
            {
                core.push(way.times(hit.core));
                white.push(way.times(hit.white));
            }
        }
        for points in [core, white] {
            if let Some(line) = line_through(&points) {
                let line = if line.dot(expected) < 0.0 { line.times(-1.0) } else { line };
                sum = sum.plus(line);
            }
        }
    }
    (sum.length() > 0.5).then_some(sum)
}

/// The direction of the line that fits points best.
fn line_through(points: &[Point]) -> Option<Point> {
    if points.len() < 5 {
        return None;
    }
    let share = 1.0 / points.len() as f32;
    let mean = points.iter().fold(Point::default(), |sum, &point| sum.plus(point)).times(share);
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for point in points {
        let off = point.minus(mean);
        xx += off.x * off.x;
        xy += off.x * off.y;
        yy += off.y * off.y;
    }
    // Half the angle of (xx − yy, 2·xy), without asking for angles.
    let (turn, twice) = (xx - yy, 2.0 * xy);
    let whole = (turn * turn + twice * twice).sqrt();
    let way =
        if turn > 0.0 { Point::new(whole + turn, twice) } else { Point::new(twice, whole - turn) };
    (way.length() > 1e-6).then(|| way.times(1.0 / way.length()))
}
