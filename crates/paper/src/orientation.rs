//! Which way writing on a flat page runs. Knows nothing of letters: lines of writing are told from
//! columns by their gaps, heads from feet by ragged ends and by what rises above a line.

use crate::picture::{Rgba, Small};
use crate::plane::Plane;
use crate::same::ink;

/// One direction's gaps must be so many times clearer than the other's.
const CLEARER: f32 = 1.6;
/// Fewer lines than this say nothing of head and foot.
const LEAST_LINES: usize = 5;
/// What head and foot must differ by.
const HEAD_CLEAR: f32 = 0.18;

/// How a page of writing lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Orientation {
    /// As it is read.
    Upright,
    /// Turned by half a turn.
    UpsideDown,
    /// Lines run across; head and foot cannot be told.
    Across,
    /// Lines run up or down the page: it must be turned a quarter, which way cannot be told.
    Sideways,
    /// Lines run down: it must be turned anticlockwise to be read.
    HeadRight,
    /// Lines run up: it must be turned clockwise to be read.
    HeadLeft,
    /// There are no lines to go by.
    Unclear,
}

impl Orientation {
    /// By how many quarters, clockwise, [`crate::turned`] must turn the page to be read; for what is
    /// half known, the smaller turn.
    pub fn quarters(self) -> u32 {
        match self {
            Self::Upright | Self::Across | Self::Unclear => 0,
            Self::Sideways | Self::HeadLeft => 1,
            Self::UpsideDown => 2,
            Self::HeadRight => 3,
        }
    }
}

/// How a flat page lies. Pictures, single words, tables without writing and writing in columns like
/// Chinese are `Unclear` or wrong; head and foot are told only of several left-aligned lines.
pub fn orientation(page: &Rgba) -> Orientation {
    let [bright, ..] = Small::of(page, 1_000).planes;
    let ink = ink(&bright);
    let turned = transposed(&ink);
    let (across, down) = (gaps(&ink), gaps(&turned));
    if across > CLEARER * down && across > 1e-5 {
        return match head(&ink) {
            Some(true) => Orientation::Upright,
            Some(false) => Orientation::UpsideDown,
            None => Orientation::Across,
        };
    }
    if down > CLEARER * across && down > 1e-5 {
        // Transposing is a quarter turn and a mirror: left and right of the lines change places.
        return match head_of(&turned, true) {
            Some(true) => Orientation::HeadLeft,
            Some(false) => Orientation::HeadRight,
            None => Orientation::Sideways,
        };
    }
    Orientation::Unclear
}

fn transposed(plane: &Plane) -> Plane {
    let mut out = Plane::new(plane.height, plane.width);
    for (i, value) in plane.values.iter().enumerate() {
        out.values[i % plane.width * plane.height + i / plane.width] = *value;
    }
    out
}

/// The ink of each row, the rim left out; a rule from side to side counts no more than writing.
fn rows(ink: &Plane) -> Vec<f32> {
    let rim = ink.width / 16;
    let rows = (0..ink.height).map(|y| {
        let row = &ink.values[y * ink.width + rim..(y + 1) * ink.width - rim];
        row.iter().sum::<f32>() / row.len().max(1) as f32
    });
    rows.map(|sum| sum.min(0.2)).collect()
}

/// How much neighbouring rows differ.
fn gaps(ink: &Plane) -> f32 {
    let rows = rows(ink);
    let differ: f32 = rows.windows(4).map(|four| (four[3] - four[0]) * (four[3] - four[0])).sum();
    differ / rows.len().max(1) as f32
}

fn head(ink: &Plane) -> Option<bool> {
    head_of(ink, false)
}

/// Whether the head is up; nothing when that is not clear.
fn head_of(ink: &Plane, mirrored: bool) -> Option<bool> {
    let lines = lines(&rows(ink));
    if lines.len() < LEAST_LINES {
        return None;
    }
    let mut rise = 0.0;
    let (mut starts, mut ends) = (Vec::new(), Vec::new());
    for &(top, bottom) in &lines {
        rise += risen(ink, top, bottom) / lines.len() as f32;
        let inked = |x: &usize| (top..bottom).any(|y| ink.values[y * ink.width + x] > 0.15);
        let rim = ink.width / 30;
        let mut inside = rim..ink.width - rim;
        if let (Some(start), Some(end)) = (inside.clone().find(inked), inside.rfind(inked)) {
            starts.push(start as f32 / ink.width as f32);
            ends.push(end as f32 / ink.width as f32);
        }
    }
    let (start, end) = (stray(&mut starts), stray(&mut ends));
    let mut ragged = (end - start) / (end + start + 0.02);
    if mirrored {
        ragged = -ragged;
    }
    let sum = 0.5 * ragged + rise;
    (sum.abs() > HEAD_CLEAR).then_some(sum > 0.0)
}

/// The mean distance from the median.
fn stray(values: &mut [f32]) -> f32 {
    if values.is_empty() {
        return 0.0;
    }
    values.sort_unstable_by(f32::total_cmp);
    let middle = values[values.len() / 2];
    values.iter().map(|value| (value - middle).abs().min(0.2)).sum::<f32>() / values.len() as f32
}

/// Stretches of rows with ink as high as a line of writing.
fn lines(rows: &[f32]) -> Vec<(usize, usize)> {
    let most = rows.iter().copied().fold(0.0, f32::max);
    let least = (most * 0.08).max(0.003);
    let mut found = Vec::new();
    let mut from = None;
    for (y, ink) in rows.iter().enumerate() {
        match (from, *ink > least) {
            (None, true) => from = Some(y),
            (Some(start), false) => {
                if (6..=60).contains(&(y - start)) {
                    found.push((start, y));
                }
                from = None;
            }
            _ => {}
        }
    }
    found
}

/// Ink above the small letters against ink below, -1 to 1: what rises, and Vietnamese marks, are more
/// than what hangs.
fn risen(ink: &Plane, top: usize, bottom: usize) -> f32 {
    let sums: Vec<f32> = (top..bottom)
        .map(|y| ink.values[y * ink.width..(y + 1) * ink.width].iter().sum())
        .collect();
    let most = sums.iter().copied().fold(0.0, f32::max);
    let core = |sum: &&f32| **sum > 0.5 * most;
    let above: f32 = sums.iter().take_while(|sum| !core(sum)).sum();
    let below: f32 = sums.iter().rev().take_while(|sum| !core(sum)).sum();
    (above - below) / (above + below + 0.2 * most)
}
