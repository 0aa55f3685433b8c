//! Laying a grid exactly over what is seen: the alignment patterns are looked for, the map is moved
//! until the fixed patterns agree best. Must not know how three finder patterns were chosen.

use crate::geometry::{Homography, Point};
use crate::grid::{Bends, Grid};
use crate::order::by_key;
use crate::pattern::{self, Expected};
use crate::tables::{alignment, version_of};
use crate::view::View;

/// Steps by which the map's anchors are moved, in modules.
const STEPS: [f32; 3] = [0.5, 0.22, 0.1];
/// An alignment pattern must stand out by this share of the usual contrast.
const STANDS_OUT: f32 = 0.8;

/// A map held by four anchors.
#[derive(Debug, Clone, Copy)]
pub struct Anchored {
    /// On the code, in modules.
    pub on_code: [Point; 4],
    /// In the picture.
    pub in_picture: [Point; 4],
}

impl Anchored {
    /// The map.
    pub fn map(&self) -> Option<Homography> {
        Homography::between(&self.on_code, &self.in_picture)
    }
}

/// Moves the anchors while that makes the grid agree better with what is expected.
pub fn settle(
    view: &View<'_>,
    side: usize,
    start: Anchored,
    expected: &[Expected],
) -> (Anchored, f32) {
    let mut best = start;
    let Some(map) = best.map() else { return (best, -1.0) };
    let grid = Grid::flat(side, map);
    let most = view.usual_contrast(&grid, expected);
    let module = grid.module();
    let mut score = view.agreement(&grid, expected, most);
    for step in STEPS {
        for _ in 0..3 {
            let before = score;
            for anchor in 0..4 {
                for (dx, dy) in [(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)] {
                    let mut tried = best;
                    let shift = Point::new(dx, dy).times(step * module);
                    tried.in_picture[anchor] = tried.in_picture[anchor].plus(shift);
                    let Some(map) = tried.map() else { continue };
                    let now = view.agreement(&Grid::flat(side, map), expected, most);
                    if now > score {
                        (best, score) = (tried, now);
                    }
                }
            }
            if score - before < 0.002 {
                break;
            }
        }
    }
    (best, score)
}

/// Looks for an alignment pattern about a place on the code, so many modules around; gives the
/// best few places, in modules, each with how far it stands out.
pub fn alignment_near(
    view: &View<'_>,
    grid: &Grid,
    middle: Point,
    reach: f32,
    step: f32,
) -> Vec<(Point, f32)> {
    let level = view.level(grid.module_at(middle));
    let steps = (reach / step).ceil() as i32;
    let mut found: Vec<(Point, f32)> = Vec::new();
    for y in -steps..=steps {
        for x in -steps..=steps {
            let at = middle.plus(Point::new(x as f32 * step, y as f32 * step));
            let (mut ring, mut dark, mut lightest_dark) = (0.0, 0.0, 0f32);
            for dy in -2..=2i32 {
                for dx in -2..=2i32 {
                    let place = grid.place(at.plus(Point::new(dx as f32, dy as f32)));
                    let shade = view.shade(level, place);
                    if dx.abs().max(dy.abs()) == 1 {
                        ring += shade;
                    } else {
                        dark += shade;
                        if dx == 0 && dy == 0 {
                            lightest_dark = shade;
                        }
                    }
                }
            }
            let outstanding = ring / 8.0 - (dark / 17.0 + lightest_dark) / 2.0;
            let distance = at.far(middle) / reach.max(1.0);
            found.push((at, outstanding * (1.0 - 0.25 * distance)));
        }
    }
    by_key(&mut found, |one| -one.1);
    let mut best: Vec<(Point, f32)> = Vec::new();
    for one in found {
        if best.iter().all(|other| other.0.far(one.0) > 1.2) {
            best.push(one);
            if best.len() == 3 {
                break;
            }
        }
    }
    best
}

/// Bends a grid so that all its alignment patterns (three or more lines of them) fall into place.
pub fn bent_by_alignment(view: &View<'_>, grid: &Grid) -> Option<Grid> {
    let lines = alignment(version_of(grid.side)?);
    if lines.len() < 2 {
        return None;
    }
    let usual = view.usual_contrast(grid, &pattern::fixed(grid.side));
    let count = lines.len();
    let mut shifts: Vec<Option<Point>> = vec![None; count * count];
    let corners = [0, count - 1, count * (count - 1)];
    for corner in corners {
        shifts[corner] = Some(Point::default());
    }
    // From the upper left to the lower right: each is looked for where its neighbours suggest.
    for sum in 0..2 * count - 1 {
        for row in 0..count {
            let Some(column) = sum.checked_sub(row).filter(|&column| column < count) else {
                continue;
            };
            let at = row * count + column;
            if shifts[at].is_some() {
                continue;
            }
            let expected = near(&shifts, count, column, row);
            let middle = Point::new(lines[column] as f32 + 0.5, lines[row] as f32 + 0.5);
            let coarse = alignment_near(view, grid, middle.plus(expected), 1.75, 0.35);
            let Some(&(place, _)) = coarse.first() else { continue };
            let fine = alignment_near(view, grid, place, 0.3, 0.1);
            if let Some(&(place, stands_out)) = fine.first()
                && stands_out > STANDS_OUT * usual
            {
                shifts[at] = Some(place.minus(middle));
            }
        }
    }
    let full: Vec<Point> = (0..count * count)
        .map(|at| shifts[at].unwrap_or_else(|| near(&shifts, count, at % count, at / count)))
        .collect();
    let lines = lines.iter().map(|&line| line as f32 + 0.5).collect();
    Some(Grid { bends: Some(Bends { lines, shifts: full }), ..grid.clone() })
}

/// The shift that the known neighbours of a crossing suggest.
fn near(shifts: &[Option<Point>], count: usize, column: usize, row: usize) -> Point {
    let (mut sum, mut weight) = (Point::default(), 0.0);
    for (at, shift) in shifts.iter().enumerate() {
        let Some(shift) = shift else { continue };
        let across = (at % count) as f32 - column as f32;
        let down = (at / count) as f32 - row as f32;
        let share = 1.0 / (across * across + down * down).max(0.5).powi(2);
        sum = sum.plus(shift.times(share));
        weight += share;
    }
    if weight > 0.0 { sum.times(1.0 / weight) } else { sum }
}

/// Bends a grid patch by patch until its modules are each of one shade. Needs no pattern: for paper
/// that is curved or creased, and for codes whose fixed patterns are lost.
pub fn bent_by_modules(view: &View<'_>, grid: &Grid) -> Grid {
    let side = grid.side as f32;
    let count = ((side / 4.0).round() as usize).max(5).min(24);
    let lines: Vec<f32> =
        (0..count).map(|i| 2.0 + (side - 4.0) * i as f32 / (count - 1) as f32).collect();
    let mut shifts: Vec<Option<Point>> = vec![None; count * count];
    let finders = [Point::new(3.5, 3.5), Point::new(side - 3.5, 3.5), Point::new(3.5, side - 3.5)];
    let middle = |at: usize| Point::new(lines[at % count], lines[at / count]);
    let mut order: Vec<(f32, usize)> = (0..count * count)
        .map(|at| {
            let far = finders.iter().map(|finder| finder.far(middle(at)));
            (far.fold(f32::MAX, f32::min), at)
        })
        .collect();
    by_key(&mut order, |one| one.0);
    for sweep in 0..2 {
        for &(_, at) in &order {
            // A patch starts where the patches around it lie, itself among them the second time.
            let start = near(&shifts, count, at % count, at / count);
            let mut best = (clearness(view, grid, middle(at), start), start);
            for step in [0.35, 0.15] {
                if sweep == 1 && step > 0.2 {
                    continue;
                }
                let centre = best.1;
                for (dx, dy) in AROUND {
                    let shift = centre.plus(Point::new(dx, dy).times(step));
                    let clear = clearness(view, grid, middle(at), shift);
                    if clear > best.0 * 1.01 {
                        best = (clear, shift);
                    }
                }
            }
            shifts[at] = Some(best.1);
        }
    }
    let shifts = shifts.into_iter().map(Option::unwrap_or_default).collect();
    Grid { bends: Some(Bends { lines, shifts }), ..grid.clone() }
}

const AROUND: [(f32, f32); 8] =
    [(1., 0.), (-1., 0.), (0., 1.), (0., -1.), (1., 1.), (1., -1.), (-1., 1.), (-1., -1.)];

/// How much of one shade the modules about a place are, when shifted.
fn clearness(view: &View<'_>, grid: &Grid, middle: Point, shift: Point) -> f32 {
    let level = view.level(grid.module_at(middle));
    let corner = Point::new((middle.x - 3.0).floor() + 0.5, (middle.y - 3.0).floor() + 0.5);
    let mut sum = 0.0;
    for y in 0..7 {
        for x in 0..7 {
            let module = corner.plus(Point::new(x as f32, y as f32)).plus(shift);
            let mut contrast = 0.0;
            for (dx, dy) in [(0.0, 0.0), (-0.3, -0.3), (0.3, -0.3), (-0.3, 0.3), (0.3, 0.3)] {
                let place = grid.place(module.plus(Point::new(dx, dy)));
                contrast += view.contrast(level, place);
            }
            sum += contrast.abs();
        }
    }
    sum
}
