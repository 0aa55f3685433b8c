//! Corners to a part of a pixel: each side is sought anew across, at the picture's own size, and
//! fitted without what strays. Knows nothing of how the corners were found.

use crate::geometry::{Corners, Line, fit};
use crate::picture::Rgba;
use crate::{Point, picture};

/// Places along a side that are looked at.
const PLACES: usize = 72;
/// A step across smaller than this, in shades, is none.
const LEAST_STEP: f32 = 2.5;

/// Moves the sides to where shade or colour changes most, at most `reach` pixels away. A side along
/// which too little is seen stays.
pub(crate) fn refine(photo: &Rgba, corners: &Corners, reach: f32) -> Corners {
    let mut lines = [None; 4];
    for i in 0..4 {
        let (from, to) = (corners[i], corners[(i + 1) % 4]);
        let Some(line) = Line::through(from, to) else { return *corners };
        lines[i] = Some(sought(photo, from, to, &line, reach).unwrap_or(line));
    }
    let mut refined = *corners;
    for i in 0..4 {
        let (Some(before), Some(line)) = (lines[(i + 3) % 4], lines[i]) else { continue };
        match before.meeting(&line) {
            Some(corner) if corner.far(corners[i]) < 3.0 * reach + 2.0 => refined[i] = corner,
            _ => return *corners,
        }
    }
    refined
}

fn sought(photo: &Rgba, from: Point, to: Point, line: &Line, reach: f32) -> Option<Line> {
    let (width, height) = (photo.width() as f32, photo.height() as f32);
    let mut places = Vec::new();
    for i in 0..PLACES {
        let part = 0.04 + 0.92 * (i as f32 + 0.5) / PLACES as f32;
        let at = from.times(1.0 - part).plus(to.times(part));
        if at.x < 1.0 || at.y < 1.0 || at.x > width - 1.0 || at.y > height - 1.0 {
            continue;
        }
        if let Some((off, weight)) = step_across(photo, at, line, reach) {
            places.push((at.plus(line.normal.times(off)), weight));
        }
    }
    if places.len() < PLACES / 4 {
        return None;
    }
    // What is far from the line is let go, ever nearer.
    let mut found = fit(&places)?;
    for near in [0.6, 0.3, 0.2] {
        let near = (near * reach).max(1.0);
        let kept: Vec<_> = places
            .iter()
            .map(|(at, weight)| {
                let off = found.side(*at) / near;
                (*at, weight / (1.0 + off * off * off * off))
            })
            .collect();
        found = fit(&kept)?;
    }
    let agree = places.iter().filter(|(at, _)| found.side(*at).abs() < (0.3 * reach).max(1.0));
    (agree.count() * 3 > places.len()).then_some(found)
}

/// Where across a line the picture changes most, off the line in pixels, and how much it counts.
fn step_across(photo: &Rgba, at: Point, line: &Line, reach: f32) -> Option<(f32, f32)> {
    let along = line.along();
    let half = (reach.ceil() as usize).min(16);
    let count = 2 * half + 5;
    let mut shades = [[0f32; 3]; 40];
    for (i, shade) in shades.iter_mut().take(count).enumerate() {
        let off = i as f32 - half as f32 - 2.0;
        for aside in [-2.0, -1.0, 0.0, 1.0, 2.0] {
            let place = at.plus(line.normal.times(off)).plus(along.times(aside));
            let rgb = photo.between(place.x, place.y);
            let parts = [picture::luma(rgb), (rgb[0] - rgb[1]) * 0.7, (rgb[2] - rgb[1]) * 0.5];
            for (sum, part) in shade.iter_mut().zip(parts) {
                *sum += part / 5.0;
            }
        }
    }
    let step = |i: usize| {
        let parts: [f32; 3] = std::array::from_fn(|k| {
            shades[i + 2][k] + shades[i + 1][k] - shades[i - 1][k] - shades[i - 2][k]
        });
        parts.iter().map(|part| part * part).sum::<f32>().sqrt() / 2.0
    };
    let (mut most, mut place) = (0.0, 2);
    for i in 2..count - 2 {
        // Nearer counts a little more, so that of two edges the meant one is taken.
        let off = (i as f32 - half as f32 - 2.0) / (half as f32 + 1.0);
        let value = step(i) * (1.0 - 0.3 * off * off);
        if value > most {
            (most, place) = (value, i);
        }
    }
    if most < LEAST_STEP {
        return None;
    }
    let mut off = place as f32 - half as f32 - 2.0;
    if place > 2 && place < count - 3 {
        let (before, own, after) = (step(place - 1), step(place), step(place + 1));
        let bend = before - 2.0 * own + after;
        if bend < 0.0 {
            off += (0.5 * (before - after) / bend).max(-0.5).min(0.5);
        }
    }
    Some((off, most / (most + 10.0)))
}
