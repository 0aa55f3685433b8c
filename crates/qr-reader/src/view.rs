//! A picture as the search for grids sees it: at several sizes, with thresholds, light and dark
//! turned where the code is. Must not know what is looked for.

use crate::geometry::Point;
use crate::grey::Grey;
use crate::grid::Grid;
use crate::pattern::Expected;
use crate::threshold::Thresholds;

/// Modules are looked at where they are about so many pixels.
const COMFORTABLE: f32 = 3.0;

/// A picture to look at.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The picture, and each time half as large.
    pub levels: &'a [Grey],
    /// Where dark ends.
    pub thresholds: &'a Thresholds,
    /// Whether the code is light on dark.
    pub inverted: bool,
}

/// A size of the picture: which, and the factor of its pixels.
#[derive(Clone, Copy)]
pub struct Level<'a> {
    grey: &'a Grey,
    factor: f32,
}

impl<'a> View<'a> {
    /// The size at which modules of so many pixels are comfortable to look at.
    pub fn level(&self, module: f32) -> Level<'a> {
        let mut index = 0;
        let mut factor = 1.0;
        while module * factor / 2.0 >= COMFORTABLE && index + 1 < self.levels.len() {
            index += 1;
            factor /= 2.0;
        }
        Level { grey: &self.levels[index], factor }
    }

    /// The shade at a place, low where the code is dark.
    pub fn shade(&self, level: Level<'_>, at: Point) -> f32 {
        let shade = level.grey.between(at.x * level.factor, at.y * level.factor);
        if self.inverted { 255.0 - shade } else { shade }
    }

    /// The threshold at a place, in the same sense.
    pub fn threshold(&self, at: Point) -> f32 {
        let threshold = self.thresholds.at(at.x, at.y);
        if self.inverted { 255.0 - threshold } else { threshold }
    }

    /// How far above the threshold a place is; negative where it is dark.
    pub fn contrast(&self, level: Level<'_>, at: Point) -> f32 {
        self.shade(level, at) - self.threshold(at)
    }

    /// How well a grid agrees with what is expected, from −1 to 1.
    pub fn agreement(&self, grid: &Grid, expected: &[Expected], most: f32) -> f32 {
        let level = self.level(grid.module());
        let (mut sum, mut weight) = (0.0, 0.0);
        for one in expected {
            let contrast = self.contrast(level, grid.place(one.at)).max(-most).min(most);
            sum += contrast * one.sign;
            weight += one.sign.abs();
        }
        sum / (weight * most).max(1e-6)
    }

    /// The usual contrast where a grid says that something is fixed.
    pub fn usual_contrast(&self, grid: &Grid, expected: &[Expected]) -> f32 {
        let level = self.level(grid.module());
        let all = expected.iter().step_by(3);
        let sum: f32 = all.clone().map(|one| self.contrast(level, grid.place(one.at)).abs()).sum();
        (sum / (all.count() as f32).max(1.0)).max(2.0)
    }
}
