//! Where dark ends and light begins, block by block. Must not know what dark and light mean.

use crate::grey::Grey;

/// Pixels on a block's side.
const BLOCK: usize = 8;
/// Differences in a block that count as noise.
const NOISE: u32 = 10;
/// So much contrast within reach settles a block's threshold; else one looks farther.
const ENOUGH: u32 = 60;

/// A threshold for each block of a picture: a pixel is dark up to it, light above.
#[derive(Debug, Clone)]
pub struct Thresholds {
    columns: usize,
    map: Vec<u8>,
    /// How many pixels of the full picture one pixel here stands for.
    pub scale: f32,
}

/// Sums that a threshold is made of: middles weighed by contrast.
struct Layer {
    columns: usize,
    rows: usize,
    weights: Vec<u32>,
    values: Vec<u32>,
}

impl Thresholds {
    /// Each block's threshold from the contrast around it; a block without any takes that of the
    /// nearest surroundings with some. The same for a picture and its negative.
    pub fn local(grey: &Grey) -> Self {
        let mut layer = Layer::of(grey);
        let (columns, rows) = (layer.columns, layer.rows);
        let mut map = vec![0u8; columns * rows];
        let mut open: Vec<bool> = vec![true; columns * rows];
        let mut shrink = 0;
        loop {
            let around = layer.around();
            let mut left = false;
            for (i, slot) in map.iter_mut().enumerate() {
                if !open[i] {
                    continue;
                }
                let (x, y) = ((i % columns) >> shrink, (i / columns) >> shrink);
                let at = y.min(around.rows - 1) * around.columns + x.min(around.columns - 1);
                if around.weights[at] >= ENOUGH {
                    *slot = (around.values[at] / around.weights[at]) as u8;
                    open[i] = false;
                } else {
                    left = true;
                }
            }
            if !left || (layer.columns <= 3 && layer.rows <= 3) {
                break;
            }
            layer = layer.halved();
            shrink += 1;
        }
        Self { columns, map, scale: 1.0 }
    }

    /// One threshold for the whole picture: the one that parts its shades best (Otsu's).
    pub fn global(grey: &Grey) -> Self {
        let mut counts = [0u32; 256];
        for y in (0..grey.height()).step_by(2) {
            for &shade in grey.row(y) {
                counts[usize::from(shade)] += 1;
            }
        }
        let all: u64 = counts.iter().map(|&count| u64::from(count)).sum();
        let total: u64 = (0u64..).zip(&counts).map(|(i, &count)| i * u64::from(count)).sum();
        let (mut below, mut sum, mut best, mut at) = (0u64, 0u64, 0f64, 127u8);
        for shade in 0..=255u8 {
            let count = u64::from(counts[usize::from(shade)]);
            below += count;
            sum += count * u64::from(shade);
            let above = all - below;
            if below == 0 || above == 0 {
                continue;
            }
            let apart = sum as f64 / below as f64 - (total - sum) as f64 / above as f64;
            let score = below as f64 * above as f64 * apart * apart;
            if score > best {
                (best, at) = (score, shade);
            }
        }
        let columns = grey.width().div_ceil(BLOCK);
        Self { columns, map: vec![at; columns * grey.height().div_ceil(BLOCK)], scale: 1.0 }
    }

    /// Whether a pixel is dark; what is outside is not.
    pub fn is_dark(&self, grey: &Grey, x: usize, y: usize) -> bool {
        x < grey.width() && grey.at(x, y) <= self.near(x, y)
    }

    /// The threshold at a pixel.
    fn near(&self, x: usize, y: usize) -> u8 {
        self.map.get(y / BLOCK * self.columns + x / BLOCK).copied().unwrap_or(0)
    }

    /// The threshold at a place of the full picture, between the blocks' middles.
    pub fn at(&self, x: f32, y: f32) -> f32 {
        let rows = self.map.len() / self.columns.max(1);
        let unit = self.scale * BLOCK as f32;
        let x = (x / unit - 0.5).max(0.0).min(self.columns.saturating_sub(1) as f32);
        let y = (y / unit - 0.5).max(0.0).min(rows.saturating_sub(1) as f32);
        let (left, top) = (x as usize, y as usize);
        let right = usize::from(left + 1 < self.columns);
        let below = if top + 1 < rows { self.columns } else { 0 };
        let at = top * self.columns + left;
        let pick = |i: usize| f32::from(self.map.get(i).copied().unwrap_or(0));
        let upper = pick(at) + (pick(at + right) - pick(at)) * (x - left as f32);
        let lower =
            pick(at + below) + (pick(at + below + right) - pick(at + below)) * (x - left as f32);
        upper + (lower - upper) * (y - top as f32)
    }

    /// Writes the places in a row where dark and light change, from 0; the first run is dark when
    /// `true` is returned.
    pub fn changes(&self, grey: &Grey, y: usize, out: &mut Vec<u32>) -> bool {
        out.clear();
        out.push(0);
        let row = grey.row(y);
        let thresholds = self.map.get(y / BLOCK * self.columns..).unwrap_or(&[]);
        let first = row.first().zip(thresholds.first()).is_some_and(|(a, b)| a <= b);
        let (mut last, mut x) = (first, 0u32);
        for (eight, &threshold) in row.chunks(BLOCK).zip(thresholds) {
            for &shade in eight {
                let dark = shade <= threshold;
                if dark != last {
                    out.push(x);
                    last = dark;
                }
                x += 1;
            }
        }
        out.push(x);
        first
    }
}

impl Layer {
    fn of(grey: &Grey) -> Self {
        let columns = grey.width().div_ceil(BLOCK);
        let rows = grey.height().div_ceil(BLOCK);
        let mut layer = Self {
            columns,
            rows,
            weights: Vec::with_capacity(columns * rows),
            values: Vec::with_capacity(columns * rows),
        };
        let stride = if grey.width() * grey.height() > 600_000 { 2 } else { 1 };
        let mut stats = vec![(0u32, u8::MAX, 0u8); columns];
        for top in (0..grey.height()).step_by(BLOCK) {
            stats.fill((0, u8::MAX, 0));
            let bottom = (top + BLOCK).min(grey.height());
            // In a large picture every other row tells enough.
            for y in (top..bottom).step_by(stride) {
                for (stat, eight) in stats.iter_mut().zip(grey.row(y).chunks(BLOCK)) {
                    let (mut sum, mut low, mut high) = (0u32, stat.1, stat.2);
                    for &shade in eight {
                        sum += u32::from(shade);
                        low = low.min(shade);
                        high = high.max(shade);
                    }
                    *stat = (stat.0 + sum, low, high);
                }
            }
            for (column, &(sum, low, high)) in stats.iter().enumerate() {
                let width = (grey.width() - column * BLOCK).min(BLOCK);
                let mean = sum / (width * (bottom - top).div_ceil(stride)) as u32;
                let middle = (u32::from(low) + u32::from(high)) / 2;
                let weight = u32::from(high - low).saturating_sub(NOISE);
                layer.weights.push(weight);
                layer.values.push(weight * (mean + middle) / 2);
            }
        }
        layer
    }

    /// Sums over five by five.
    fn around(&self) -> Self {
        let sum = |from: &[u32]| {
            let mut across = vec![0u32; from.len()];
            for y in 0..self.rows {
                let row = &from[y * self.columns..(y + 1) * self.columns];
                for x in 0..self.columns {
                    let reach = x.saturating_sub(2)..(x + 3).min(self.columns);
                    across[y * self.columns + x] = row[reach].iter().sum();
                }
            }
            let mut down = vec![0u32; from.len()];
            for y in 0..self.rows {
                for near in y.saturating_sub(2)..(y + 3).min(self.rows) {
                    let row = &across[near * self.columns..(near + 1) * self.columns];
                    let out = &mut down[y * self.columns..(y + 1) * self.columns];
                    for (slot, value) in out.iter_mut().zip(row) {
                        *slot += value;
                    }
                }
            }
            down
        };
        Self {
            columns: self.columns,
            rows: self.rows,
            weights: sum(&self.weights),
            values: sum(&self.values),
        }
    }

    fn halved(&self) -> Self {
        let (columns, rows) = (self.columns.div_ceil(2), self.rows.div_ceil(2));
        let mut half = Self {
            columns,
            rows,
            weights: vec![0; columns * rows],
            values: vec![0; columns * rows],
        };
        for y in 0..self.rows {
            for x in 0..self.columns {
                let to = y / 2 * columns + x / 2;
                // Means, not sums: the numbers stay small however far one looks.
                half.weights[to] += self.weights[y * self.columns + x].div_ceil(4);
                half.values[to] += self.values[y * self.columns + x].div_ceil(4);
            }
        }
        half
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flat_middle_takes_the_threshold_around_it() {
        let side = 200;
        let shades = (0..side * side)
            .map(|i| {
                if (50..150).contains(&(i % side)) && (50..150).contains(&(i / side)) {
                    90
                } else {
                    180
                }
            })
            .collect();
        let grey = Grey::new(side, side, shades).unwrap();
        let thresholds = Thresholds::local(&grey);
        assert!(thresholds.is_dark(&grey, 100, 100));
        assert!(!thresholds.is_dark(&grey, 5, 5));
        assert!((120.0..150.0).contains(&thresholds.at(100.0, 100.0)));
    }

    #[test]
    fn one_threshold_parts_two_shades() {
        let grey = Grey::new(16, 16, (0..256).map(|i| if i % 3 == 0 { 40 } else { 90 }).collect())
            .unwrap();
        let thresholds = Thresholds::global(&grey);
        assert!(thresholds.is_dark(&grey, 0, 0) && !thresholds.is_dark(&grey, 1, 0));
    }
}
