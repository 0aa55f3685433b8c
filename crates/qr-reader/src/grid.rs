//! Where in a picture each module of a code lies: a projective map, bent where the paper is. Must
//! not know how map and bends were found.

use crate::geometry::{Homography, Point};

/// Shifts on the crossings of a few lines of modules, even between them.
#[derive(Debug, Clone)]
pub struct Bends {
    /// Where the lines are, in modules, rising; the same across and down.
    pub lines: Vec<f32>,
    /// A shift in modules for each crossing, row by row.
    pub shifts: Vec<Point>,
}

/// A code's modules in a picture.
#[derive(Debug, Clone)]
pub struct Grid {
    /// Modules on a side.
    pub side: usize,
    /// From modules to pixels.
    pub map: Homography,
    /// What the map alone does not say.
    pub bends: Option<Bends>,
}

impl Bends {
    /// The shift at a place.
    pub fn at(&self, at: Point) -> Point {
        let (column, across) = self.cell(at.x);
        let (row, down) = self.cell(at.y);
        let pick = |x: usize, y: usize| {
            self.shifts.get(y * self.lines.len() + x).copied().unwrap_or_default()
        };
        let mix = |a: Point, b: Point, part: f32| a.plus(b.minus(a).times(part));
        let upper = mix(pick(column, row), pick(column + 1, row), across);
        let lower = mix(pick(column, row + 1), pick(column + 1, row + 1), across);
        mix(upper, lower, down)
    }

    /// The line before a place and how far it is to the next; a little beyond the outermost.
    fn cell(&self, at: f32) -> (usize, f32) {
        let last = self.lines.len().saturating_sub(2);
        let index = self.lines.iter().skip(1).take(last).filter(|&&line| line <= at).count();
        let (Some(&from), Some(&to)) = (self.lines.get(index), self.lines.get(index + 1)) else {
            return (0, 0.0);
        };
        (index, ((at - from) / (to - from).max(0.1)).max(-0.5).min(1.5))
    }
}

impl Grid {
    /// A grid that is not bent.
    pub fn flat(side: usize, map: Homography) -> Self {
        Self { side, map, bends: None }
    }

    /// Where a place on the code, in modules, lies in the picture.
    pub fn place(&self, at: Point) -> Point {
        match &self.bends {
            Some(bends) => self.map.map(at.plus(bends.at(at))),
            None => self.map.map(at),
        }
    }

    /// Pixels a module, about a place.
    pub fn module_at(&self, at: Point) -> f32 {
        let here = self.map.map(at);
        let right = self.map.map(at.plus(Point::new(1.0, 0.0))).minus(here);
        let below = self.map.map(at.plus(Point::new(0.0, 1.0))).minus(here);
        right.cross(below).abs().sqrt()
    }

    /// Pixels a module, in the code's middle.
    pub fn module(&self) -> f32 {
        let middle = self.side as f32 / 2.0;
        self.module_at(Point::new(middle, middle))
    }

    /// The four outer corners, around from the one with a finder pattern on either side.
    pub fn corners(&self) -> [Point; 4] {
        let side = self.side as f32;
        [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)]
            .map(|(x, y)| self.place(Point::new(x, y)))
    }
}
