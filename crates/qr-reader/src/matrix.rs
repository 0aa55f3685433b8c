//! From a square of dark and light modules to the corrected data bytes (ISO/IEC 18004, 7.3, 7.6 to
//! 7.10 read backwards). Must not know how the modules were found in a picture.

use crate::format::{Format, format_of};
use crate::order::{by_key, order_of};
use crate::reed_solomon::correct;
use crate::tables::{alignment, blocks, version_of};

/// Shares of a block's check bytes that are given to its least certain bytes, tried in turn.
const ERASED_SHARES: [usize; 3] = [30, 55, 80];

/// A square of modules.
#[derive(Debug, Clone)]
pub struct Modules {
    /// Modules on a side.
    pub side: usize,
    /// Dark or light, row by row.
    pub dark: Vec<bool>,
    /// How certain each is; 0 is a guess. Empty when nothing is known about it.
    pub sure: Vec<u8>,
}

/// Data bytes that passed the correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrected {
    /// The code's version.
    pub version: usize,
    /// The data bytes in order.
    pub data: Vec<u8>,
}

impl Modules {
    fn at(&self, x: usize, y: usize) -> bool {
        self.dark.get(y * self.side + x).copied().unwrap_or(false)
    }

    fn bits(&self, places: impl Iterator<Item = (usize, usize)>) -> u32 {
        places.fold(0, |bits, (x, y)| bits << 1 | u32::from(self.at(x, y)))
    }

    /// Rows for columns: what a code seen from behind needs.
    pub fn mirrored(&self) -> Self {
        let turn = |x: usize| (x % self.side) * self.side + x / self.side;
        let dark = (0..self.dark.len()).map(|i| self.dark[turn(i)]).collect();
        let sure = (0..self.sure.len()).map(|i| self.sure[turn(i)]).collect();
        Self { side: self.side, dark, sure }
    }

    /// What the two copies of the format information say, the better one first (figure 25).
    pub fn formats(&self) -> Vec<Format> {
        let side = self.side;
        let beside = (0..6).map(|x| (x, 8)).chain([(7, 8), (8, 8), (8, 7)]);
        let first = self.bits(beside.chain((0..6).rev().map(|y| (8, y))));
        let below = (0..7).map(|i| (8, side - 1 - i));
        let second = self.bits(below.chain((0..8).map(|i| (side - 8 + i, 8))));
        let mut found: Vec<Format> = [first, second].into_iter().filter_map(format_of).collect();
        by_key(&mut found, |format| format.wrong as f32);
        found.dedup_by_key(|format| (format.level, format.mask));
        found
    }

    /// Reads the data; tries both sides of the code, and each copy of the format that differs.
    pub fn read(&self, erasures: bool) -> Option<Corrected> {
        self.read_as_it_lies(erasures).or_else(|| self.mirrored().read_as_it_lies(erasures))
    }

    fn read_as_it_lies(&self, erasures: bool) -> Option<Corrected> {
        let version = version_of(self.side)?;
        let formats = self.formats();
        if formats.is_empty() {
            return None;
        }
        let order = data_places(version);
        formats.into_iter().find_map(|format| {
            let data = self.corrected(version, &order, format, erasures)?;
            Some(Corrected { version, data })
        })
    }

    fn corrected(
        &self,
        version: usize,
        order: &[(u8, u8)],
        format: Format,
        erasures: bool,
    ) -> Option<Vec<u8>> {
        let plan = blocks(version, format.level)?;
        let mut bytes = Vec::with_capacity(plan.codewords);
        let mut sure = Vec::with_capacity(plan.codewords);
        for eight in order.chunks_exact(8) {
            let (mut byte, mut least) = (0u8, u8::MAX);
            for &(x, y) in eight {
                let (x, y) = (usize::from(x), usize::from(y));
                byte = byte << 1 | u8::from(self.at(x, y) ^ masked(format.mask, x, y));
                least = least.min(self.sure.get(y * self.side + x).copied().unwrap_or(0));
            }
            bytes.push(byte);
            sure.push(least);
        }
        let short = plan.codewords / plan.count - plan.checks;
        let longer = plan.codewords % plan.count;
        let mut data = Vec::with_capacity(plan.codewords);
        for block in 0..plan.count {
            let is_long = block + longer >= plan.count;
            let mut places: Vec<usize> = (0..short).map(|i| i * plan.count + block).collect();
            if is_long {
                places.push(short * plan.count + block - (plan.count - longer));
            }
            let first_check = short * plan.count + longer;
            places.extend((0..plan.checks).map(|i| first_check + i * plan.count + block));
            let mut one: Vec<u8> =
                places.iter().map(|&place| bytes.get(place).copied()).collect::<Option<_>>()?;
            if correct(&mut one, plan.checks, &[]).is_none() {
                if !erasures || self.sure.is_empty() {
                    return None;
                }
                let trust: Vec<u8> = places.iter().map(|&place| sure[place]).collect();
                one = with_erasures(&one, &trust, plan.checks)?;
            }
            data.extend_from_slice(&one[..one.len() - plan.checks]);
        }
        Some(data)
    }
}

/// Corrects a block with its least certain bytes given up.
fn with_erasures(block: &[u8], trust: &[u8], checks: usize) -> Option<Vec<u8>> {
    let trust: Vec<f32> = trust.iter().map(|&sure| f32::from(sure)).collect();
    let order = order_of(&trust);
    ERASED_SHARES.iter().find_map(|share| {
        let count = checks * share / 100;
        let mut one = block.to_vec();
        correct(&mut one, checks, order.get(..count)?)?;
        Some(one)
    })
}

/// Whether a mask turns the module at a place (table 10).
fn masked(mask: u8, x: usize, y: usize) -> bool {
    match mask {
        0 => (x + y).is_multiple_of(2),
        1 => y.is_multiple_of(2),
        2 => x.is_multiple_of(3),
        3 => (x + y).is_multiple_of(3),
        4 => (x / 3 + y / 2).is_multiple_of(2),
        5 => x * y % 2 + x * y % 3 == 0,
        6 => (x * y % 2 + x * y % 3).is_multiple_of(2),
        _ => ((x + y) % 2 + x * y % 3).is_multiple_of(2),
    }
}

/// The modules that carry codewords, in their order (7.7.3): up and down in columns of two, from
/// the lower right corner, around the function patterns.
fn data_places(version: usize) -> Vec<(u8, u8)> {
    let side = crate::tables::side_of(version);
    let taken = function_modules(version);
    let mut places = Vec::with_capacity(side * side);
    let columns = (0..side).rev().filter(|&x| x != 6);
    let columns: Vec<usize> = columns.collect();
    for (turn, pair) in columns.chunks(2).enumerate() {
        for step in 0..side {
            let y = if turn % 2 == 0 { side - 1 - step } else { step };
            for &x in pair {
                if !taken[y * side + x] {
                    places.push((x as u8, y as u8));
                }
            }
        }
    }
    places
}

/// The modules that carry no data.
fn function_modules(version: usize) -> Vec<bool> {
    let side = crate::tables::side_of(version);
    let mut taken = vec![false; side * side];
    let mut fill = |left: usize, top: usize, width: usize, height: usize| {
        for y in top..(top + height).min(side) {
            taken[y * side + left..y * side + (left + width).min(side)].fill(true);
        }
    };
    fill(0, 0, 9, 9);
    fill(side - 8, 0, 8, 9);
    fill(0, side - 8, 9, 8);
    fill(6, 0, 1, side);
    fill(0, 6, side, 1);
    let centres = alignment(version);
    for (i, &y) in centres.iter().enumerate() {
        for (j, &x) in centres.iter().enumerate() {
            let last = centres.len() - 1;
            if !matches!((i, j), (0, 0)) && (i, j) != (0, last) && (i, j) != (last, 0) {
                fill(x - 2, y - 2, 5, 5);
            }
        }
    }
    if version >= 7 {
        fill(side - 11, 0, 3, 6);
        fill(0, side - 11, 6, 3);
    }
    taken
}
