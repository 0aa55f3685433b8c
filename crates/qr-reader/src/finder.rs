//! The search for finder patterns: the three squares in a code's corners, seen along a line through
//! their middle as 1:1:3:1:1 (ISO/IEC 18004, 6.3.3 and 13 b). Must not know which three belong
//! together.

use crate::geometry::Point;
use crate::grey::Grey;
use crate::order::by_key;
use crate::threshold::Thresholds;

/// Directions in which a candidate is looked at.
const RAYS: usize = 16;
/// Of them so many must cross core, ring and ring again.
const GOOD_RAYS: usize = 9;
/// More candidates than this are texture.
const MOST: usize = 160;

/// What may be a finder pattern, in the full picture's pixels.
#[derive(Debug, Clone, Copy)]
pub struct Finder {
    /// Its middle.
    pub centre: Point,
    /// Pixels a module, in the mean over all directions.
    pub module: f32,
    /// Whether its core is light: a code printed light on dark.
    pub inverted: bool,
    /// How many lines showed it.
    pub seen: u32,
    /// Of the rays through it the share that is right.
    pub quality: f32,
}

/// A binarised picture that is searched.
pub struct Scene<'a> {
    /// The picture.
    pub grey: &'a Grey,
    /// Its thresholds.
    pub thresholds: &'a Thresholds,
}

impl Scene<'_> {
    fn dark(&self, x: usize, y: usize) -> bool {
        self.thresholds.is_dark(self.grey, x, y)
    }

    /// Every candidate, the best first. Each `step`th row is looked at.
    pub fn finders(&self, step: usize) -> Vec<Finder> {
        let mut found: Vec<Finder> = Vec::new();
        let mut changes = Vec::new();
        for y in (step / 2..self.grey.height()).step_by(step.max(1)) {
            let first_dark = self.thresholds.changes(self.grey, y, &mut changes);
            for (i, six) in changes.windows(6).enumerate() {
                let runs: [f32; 5] = std::array::from_fn(|k| (six[k + 1] - six[k]) as f32);
                if !looks_right(&runs) {
                    continue;
                }
                let inverted = (i % 2 == 0) != first_dark;
                let x = (six[2] + six[3]) as f32 / 2.0;
                let at = Point::new(x, y as f32 + 0.5);
                let known = found.iter_mut().find(|known| {
                    known.inverted == inverted && known.centre.far(at) < 1.6 * known.module
                });
                if let Some(known) = known {
                    known.seen += 1;
                } else if let Some(new) = self.examined(at, inverted) {
                    merge(&mut found, new);
                    if found.len() > MOST {
                        break;
                    }
                }
            }
        }
        by_key(&mut found, |finder| -finder.rank());
        found
    }

    /// A candidate looked at down and across and in all directions.
    fn examined(&self, at: Point, inverted: bool) -> Option<Finder> {
        let (down, _) = self.cross(at, inverted, true)?;
        let (across, width) = self.cross(Point::new(at.x, down), inverted, false)?;
        let (down, height) = self.cross(Point::new(across, down), inverted, true)?;
        if width > 3.5 * height || height > 3.5 * width {
            return None;
        }
        self.rayed(Point::new(across, down), width.max(height) / 7.0, inverted)
    }

    /// The middle along a row or column, and the pattern's width there.
    fn cross(&self, at: Point, inverted: bool, is_column: bool) -> Option<(f32, f32)> {
        let (x, y) = (at.x as usize, at.y as usize);
        let (start, end) = if is_column { (y, self.grey.height()) } else { (x, self.grey.width()) };
        let core =
            |i: usize| (if is_column { self.dark(x, i) } else { self.dark(i, y) }) != inverted;
        if start >= end || !core(start) {
            return None;
        }
        // From the middle: core, ring of the other shade, ring; each way.
        let walk = |mut next: &mut dyn FnMut() -> Option<usize>| {
            let mut runs = [0f32; 3];
            let mut part = 0;
            for i in &mut std::iter::from_fn(&mut next) {
                if core(i) == (part == 1) {
                    part += 1;
                    if part == 3 {
                        break;
                    }
                }
                runs[part] += 1.0;
            }
            (part >= 2).then_some(runs)
        };
        let mut back = start;
        let before = walk(&mut || {
            back = back.checked_sub(1)?;
            Some(back)
        })?;
        let mut forth = start;
        let after = walk(&mut || {
            let now = forth;
            forth += 1;
            (now < end).then_some(now)
        })?;
        let runs = [before[2], before[1], before[0] + after[0], after[1], after[2]];
        if !looks_right(&runs) {
            return None;
        }
        let middle = start as f32 + (after[0] - before[0]) / 2.0;
        Some((middle, runs.iter().sum()))
    }

    /// A candidate with rays cast from it: the middle set right, the share of good ones counted.
    fn rayed(&self, at: Point, module: f32, inverted: bool) -> Option<Finder> {
        let mut hits = [None; RAYS];
        for (ray, hit) in hits.iter_mut().enumerate() {
            *hit = self.ray(at, direction(ray, RAYS), module, inverted);
        }
        let good = hits.iter().flatten().filter(|hit| hit.is_good()).count();
        if good < GOOD_RAYS {
            return None;
        }
        let (mut shift, mut size, mut pairs) = (Point::default(), 0.0, 0.0);
        for ray in 0..RAYS / 2 {
            let (Some(one), Some(other)) = (hits[ray], hits[ray + RAYS / 2]) else { continue };
            if one.is_good() && other.is_good() {
                let along = direction(ray, RAYS);
                shift = shift.plus(along.times((one.white - other.white) / 2.0));
                size += (one.core + one.white + other.core + other.white) / 8.0;
                pairs += 1.0;
            }
        }
        if pairs < 3.0 {
            return None;
        }
        // Over all directions a square's radius is 1.12 times that to its sides.
        let module = size / pairs / 1.12;
        let shift = shift.times(1.0 / pairs);
        if shift.length() > 1.5 * module {
            return None;
        }
        let centre = at.plus(shift).times(self.thresholds.scale);
        let quality = good as f32 / RAYS as f32;
        let module = module * self.thresholds.scale;
        Some(Finder { centre, module, inverted, seen: 1, quality })
    }

    /// How far along a ray core, light ring and dark ring end; in this picture's pixels.
    pub fn ray(&self, from: Point, along: Point, module: f32, inverted: bool) -> Option<Hit> {
        let step = (module / 6.0).max(0.25).min(1.0);
        let most = (module * 9.0 / step) as usize;
        let mut hit = Hit::default();
        let mut part = 0;
        for i in 0..most {
            let length = i as f32 * step;
            let at = from.plus(along.times(length));
            if at.x < 0.0 || at.y < 0.0 {
                break;
            }
            let (x, y) = (at.x as usize, at.y as usize);
            if x >= self.grey.width() || y >= self.grey.height() {
                break;
            }
            if (self.dark(x, y) != inverted) == (part == 1) {
                match part {
                    0 => hit.core = length,
                    1 => hit.white = length,
                    _ => {
                        hit.outer = length;
                        return Some(hit);
                    }
                }
                part += 1;
            }
        }
        (part == 2).then_some(hit)
    }
}

/// Where a ray from a finder pattern's middle crosses its borders.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hit {
    /// The end of the core, 1.5 modules out.
    pub core: f32,
    /// The end of the light ring, 2.5 modules out.
    pub white: f32,
    /// The end of the dark ring, 3.5 modules out; 0 where it runs into something else.
    pub outer: f32,
}

impl Hit {
    fn is_good(&self) -> bool {
        let ring = self.white / self.core.max(0.1);
        let outer = self.outer / self.core.max(0.1);
        (1.2..2.7).contains(&ring) && (self.outer == 0.0 || (1.5..5.0).contains(&outer))
    }
}

impl Finder {
    fn rank(&self) -> f32 {
        self.quality * (2.0 + (self.seen.min(8) as f32))
    }
}

/// Directions around, each a step farther than the one before: no sine or cosine is needed, which
/// would bring kilobytes.
static DIRECTIONS: [Point; FINEST] = {
    let mut list = [Point { x: 1.0, y: 0.0 }; FINEST];
    // The cosine and sine of a 96th of the whole turn.
    let (cos, sin) = (0.997_858_923_238_603_5_f64, 0.065_403_129_230_143_07_f64);
    let (mut x, mut y, mut number) = (1f64, 0f64, 0);
    while number < FINEST {
        list[number] = Point { x: x as f32, y: y as f32 };
        (x, y) = (x * cos - y * sin, x * sin + y * cos);
        number += 1;
    }
    list
};

/// The most directions that can be asked for.
pub const FINEST: usize = 96;

/// One of so many directions around; their number divides the finest.
pub fn direction(number: usize, of: usize) -> Point {
    DIRECTIONS[number * (FINEST / of) % FINEST]
}

/// Adds what is new, or counts what another line showed already.
fn merge(found: &mut Vec<Finder>, new: Finder) {
    let same = found.iter_mut().find(|known| {
        known.inverted == new.inverted
            && known.centre.far(new.centre) < 1.5 * known.module.min(new.module)
            && known.module < 2.0 * new.module
            && new.module < 2.0 * known.module
    });
    match same {
        Some(known) => {
            let seen = known.seen + new.seen;
            if new.quality > known.quality {
                *known = new;
            }
            known.seen = seen;
        }
        None => found.push(new),
    }
}

/// Whether five runs are about 1:1:3:1:1. Judged from edge to like edge, for ink that spreads and
/// light that blooms move all edges of a kind alike.
fn looks_right(runs: &[f32; 5]) -> bool {
    let total: f32 = runs.iter().sum();
    let module = total / 7.0;
    if total < 6.0 || runs.iter().any(|&run| run < 0.25 * module) {
        return false;
    }
    let off = 0.75 * module + 0.5;
    let near = |a: f32, b: f32, want: f32, off: f32| (a + b - want * module).abs() <= off;
    runs[2] >= 1.7 * module
        && runs[2] <= 4.4 * module
        && near(runs[0], runs[1], 2.0, off)
        && near(runs[3], runs[4], 2.0, off)
        && near(runs[1], runs[2], 4.0, off * 1.3)
        && near(runs[2], runs[3], 4.0, off * 1.3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_runs_are_right_with_some_tolerance() {
        assert!(looks_right(&[4., 4., 12., 4., 4.]));
        assert!(looks_right(&[5., 3., 13., 3., 5.]));
        assert!(looks_right(&[1., 1., 3., 1., 1.]));
        assert!(!looks_right(&[4., 4., 4., 4., 4.]));
        assert!(!looks_right(&[12., 4., 12., 4., 4.]));
    }
}
