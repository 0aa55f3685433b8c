//! From a grid in a picture to a square of dark and light modules. The shades of the modules are
//! compared with each other, so that light may be uneven and edges soft. Must not know what the
//! modules mean.

use crate::geometry::Point;
use crate::grid::Grid;
use crate::matrix::Modules;
use crate::view::View;

/// Where in a module its shade is taken, off its middle.
const WITHIN: [(f32, f32); 5] = [(0.0, 0.0), (-0.2, -0.2), (0.2, -0.2), (-0.2, 0.2), (0.2, 0.2)];

/// The shades of a code's modules.
pub struct Shades {
    side: usize,
    own: Vec<f32>,
    thresholds: Vec<f32>,
}

/// How modules are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    /// By the mean of the modules around, so many each way.
    Around(usize),
    /// The same after driving each module away from its four neighbours: against blur.
    Sharpened(usize),
    /// By the picture's own thresholds.
    Picture,
}

impl Shades {
    /// Looks at every module of a grid.
    pub fn of(view: &View<'_>, grid: &Grid) -> Self {
        let side = grid.side;
        let level = view.level(grid.module());
        let mut own = Vec::with_capacity(side * side);
        let mut thresholds = Vec::with_capacity(side * side);
        for y in 0..side {
            for x in 0..side {
                let middle = Point::new(x as f32 + 0.5, y as f32 + 0.5);
                let sum: f32 = WITHIN
                    .iter()
                    .map(|&(dx, dy)| view.shade(level, grid.place(middle.plus(Point::new(dx, dy)))))
                    .sum();
                own.push(sum / WITHIN.len() as f32);
                thresholds.push(view.threshold(grid.place(middle)));
            }
        }
        Self { side, own, thresholds }
    }

    /// Tells dark from light.
    pub fn told(&self, telling: Telling) -> Modules {
        match telling {
            Telling::Picture => self.against(&self.own, &self.thresholds),
            Telling::Around(reach) => self.against(&self.own, &self.mean(&self.own, reach)),
            Telling::Sharpened(reach) => {
                let sharp = self.sharpened();
                self.against(&sharp, &self.mean(&sharp, reach))
            }
        }
    }

    fn against(&self, own: &[f32], thresholds: &[f32]) -> Modules {
        let pairs = || own.iter().zip(thresholds);
        Modules {
            side: self.side,
            dark: pairs().map(|(own, threshold)| own <= threshold).collect(),
            sure: pairs()
                .map(|(own, threshold)| (own - threshold).abs().min(255.0) as u8)
                .collect(),
        }
    }

    fn sharpened(&self) -> Vec<f32> {
        let at = |x: usize, y: usize| self.own[y * self.side + x];
        let last = self.side - 1;
        let mut sharp = Vec::with_capacity(self.own.len());
        for y in 0..self.side {
            for x in 0..self.side {
                let near = at(x.saturating_sub(1), y)
                    + at((x + 1).min(last), y)
                    + at(x, y.saturating_sub(1))
                    + at(x, (y + 1).min(last));
                sharp.push(at(x, y) * 2.0 - near / 4.0);
            }
        }
        sharp
    }

    /// The mean of the modules around each, so many each way.
    fn mean(&self, own: &[f32], reach: usize) -> Vec<f32> {
        let side = self.side;
        // Sums over everything above and to the left.
        let mut sums = vec![0f32; (side + 1) * (side + 1)];
        for y in 0..side {
            let mut row = 0.0;
            for x in 0..side {
                row += own[y * side + x];
                sums[(y + 1) * (side + 1) + x + 1] = sums[y * (side + 1) + x + 1] + row;
            }
        }
        let mut means = Vec::with_capacity(own.len());
        for y in 0..side {
            let (top, bottom) = (y.saturating_sub(reach), (y + reach + 1).min(side));
            for x in 0..side {
                let (left, right) = (x.saturating_sub(reach), (x + reach + 1).min(side));
                let pick = |x: usize, y: usize| sums[y * (side + 1) + x];
                let sum =
                    pick(right, bottom) - pick(left, bottom) - pick(right, top) + pick(left, top);
                means.push(sum / ((right - left) * (bottom - top)) as f32);
            }
        }
        means
    }
}
