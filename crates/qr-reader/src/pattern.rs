//! What stands fixed in a code of each size: finder, timing and alignment patterns (ISO/IEC 18004,
//! 6.3.3 to 6.3.6), as points to compare a picture with. Must not know the picture.

use crate::geometry::Point;

/// Places within a module that are looked at, off its middle.
const WITHIN: [(f32, f32); 4] = [(-0.27, -0.27), (0.27, -0.27), (-0.27, 0.27), (0.27, 0.27)];

/// A place and what is expected there: 1 light, −1 dark, weighed.
#[derive(Debug, Clone, Copy)]
pub struct Expected {
    /// In modules.
    pub at: Point,
    /// The sign and the weight.
    pub sign: f32,
}

/// The expectations for a code of so many modules a side, alignment patterns left out.
pub fn fixed(side: usize) -> Vec<Expected> {
    let mut list = Vec::with_capacity(1600);
    let far = side as i32 - 7;
    for (left, top) in [(0, 0), (far, 0), (0, far)] {
        for y in -1..8 {
            for x in -1..8 {
                let (column, row) = (left + x, top + y);
                let inside = 0..side as i32;
                if inside.contains(&column) && inside.contains(&row) {
                    let ring = (x - 3).abs().max((y - 3).abs());
                    let sign = if ring == 2 || ring == 4 { 1.0 } else { -1.0 };
                    // The light is the smaller part: it must weigh as much as the dark.
                    add(&mut list, column, row, if sign > 0.0 { 1.2 } else { -0.8 });
                }
            }
        }
    }
    for i in 8..side as i32 - 8 {
        let sign = if i % 2 == 0 { -1.5 } else { 1.5 };
        add(&mut list, i, 6, sign);
        add(&mut list, 6, i, sign);
    }
    list
}

/// The expectations for an alignment pattern about a middle.
pub fn alignment_at(column: usize, row: usize, list: &mut Vec<Expected>) {
    for y in -2..3i32 {
        for x in -2..3i32 {
            let sign = if x.abs().max(y.abs()) == 1 { 2.0 } else { -1.0 };
            add(list, column as i32 + x, row as i32 + y, sign);
        }
    }
}

fn add(list: &mut Vec<Expected>, column: i32, row: i32, sign: f32) {
    // Consecutive modules begin with different places, so that every fourth place is no bias.
    let turn = (column + row).rem_euclid(4) as usize;
    for (dx, dy) in WITHIN[turn..].iter().chain(&WITHIN[..turn]).copied() {
        let at = Point::new(column as f32 + 0.5 + dx, row as f32 + 0.5 + dy);
        list.push(Expected { at, sign });
    }
}
