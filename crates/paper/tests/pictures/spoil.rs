//! What light, hands and the camera do to a picture.

use super::{Colour, Dice, Shot};
use motcua_paper::{Point, Rgba};

/// Slanting light, a shadow with a soft edge, glare, a thumb over an edge.
pub fn light(light: &mut [Colour], shot: &Shot, corners: &[Point; 4], dice: &mut Dice) {
    let (width, height) = (shot.width as f32, shot.height as f32);
    let slope = (dice.between(-0.18, 0.18), dice.between(-0.18, 0.18));
    let angle = dice.between(0.0, std::f32::consts::TAU);
    let (sine, cosine) = angle.sin_cos();
    let (offset, soft) = (dice.between(-0.15, 0.15) * width, dice.between(4.0, 30.0));
    let deep = dice.between(0.3, 0.5);
    let share = (dice.between(0.3, 0.7), dice.between(0.3, 0.7));
    let inside = |u: f32, v: f32| {
        let upper = corners[0].times(1.0 - u).plus(corners[1].times(u));
        upper.times(1.0 - v).plus(corners[3].times(1.0 - u).plus(corners[2].times(u)).times(v))
    };
    let spot = inside(share.0, share.1);
    let spread = dice.between(0.06, 0.12) * height;
    let fingers: Vec<_> =
        (0..shot.fingers).map(|i| finger(i, corners, inside(0.5, 0.5), dice)).collect();
    let thick = dice.between(0.028, 0.042) * height;
    for (i, pixel) in light.iter_mut().enumerate() {
        let at = Point::new((i % shot.width) as f32 + 0.5, (i / shot.width) as f32 + 0.5);
        for (tip, away) in &fingers {
            let off = at.minus(*tip);
            let forward = off.dot(*away).max(0.0);
            let aside = off.minus(away.times(forward)).length();
            if aside < thick {
                let round = 1.0 - 0.5 * (aside / thick).powi(3);
                *pixel = [205.0 * round, 155.0 * round, 130.0 * round];
            }
        }
        let (u, v) = (at.x / width - 0.5, at.y / height - 0.5);
        let mut bright = shot.brightness * (1.0 + slope.0 * u * 2.0 + slope.1 * v * 2.0);
        if shot.shadow {
            let far = (at.x - width / 2.0) * cosine + (at.y - height / 2.0) * sine - offset;
            bright *= 1.0 - deep * (far / soft + 0.5).clamp(0.0, 1.0);
        }
        let mut more = 0.0;
        if shot.glare {
            let far = at.far(spot) / spread;
            more = 400.0 * (-far * far).exp();
        }
        *pixel = pixel.map(|value| value * bright + more);
    }
}

/// A finger's tip and the way it comes from: over a corner or along one of three edges.
fn finger(i: usize, corners: &[Point; 4], middle: Point, dice: &mut Dice) -> (Point, Point) {
    let edge = (1 + i + dice.between(0.0, 2.99) as usize) % 4;
    let along = if dice.chance(0.4) { 0.02 } else { dice.between(0.3, 0.7) };
    let tip = corners[edge].times(1.0 - along).plus(corners[(edge + 1) % 4].times(along));
    let away = tip.minus(middle).times(1.0 / tip.far(middle).max(1.0));
    (tip.minus(away.times(30.0)), away)
}

/// Blur, noise, clipping, and squares as a strong JPEG leaves them.
pub fn camera(mut light: Vec<Colour>, shot: &Shot, dice: &mut Dice) -> Rgba {
    let (width, height) = (shot.width, shot.height);
    // Three boxes make nearly a bell.
    let mut left = shot.blur;
    while left > 0.2 {
        let reach = left.min(1.0);
        light = across(&light, width, height, (1, 0), reach);
        light = across(&light, width, height, (0, 1), reach);
        left -= 0.6;
    }
    let mut bytes = vec![255u8; width * height * 4];
    for (pixel, out) in light.iter_mut().zip(bytes.as_chunks_mut::<4>().0) {
        let common = (dice.between(-1.0, 1.0) + dice.between(-1.0, 1.0)) * shot.noise;
        for (value, out) in pixel.iter_mut().zip(out) {
            let own = (dice.between(-1.0, 1.0) + dice.between(-1.0, 1.0)) * shot.noise * 0.5;
            *value = (*value + common + own).clamp(0.0, 255.0);
            *out = *value as u8;
        }
    }
    if shot.blocks > 0.0 {
        blocks(&light, &mut bytes, shot);
    }
    Rgba::new(width, height, bytes).unwrap()
}

fn across(from: &[Colour], w: usize, h: usize, step: (usize, usize), reach: f32) -> Vec<Colour> {
    let mut out = from.to_vec();
    for y in 0..h {
        for x in 0..w {
            let before = y.saturating_sub(step.1) * w + x.saturating_sub(step.0);
            let after = (y + step.1).min(h - 1) * w + (x + step.0).min(w - 1);
            let own = from[y * w + x];
            out[y * w + x] = std::array::from_fn(|i| {
                (own[i] + reach * (from[before][i] + from[after][i])) / (1.0 + 2.0 * reach)
            });
        }
    }
    out
}

fn blocks(light: &[Colour], bytes: &mut [u8], shot: &Shot) {
    for top in (0..shot.height).step_by(8) {
        for left in (0..shot.width).step_by(8) {
            let inside = |i: usize| {
                let (x, y) = (left + i % 8, top + i / 8);
                (x < shot.width && y < shot.height).then_some(y * shot.width + x)
            };
            for channel in 0..3 {
                let count = (0..64).filter_map(inside).count() as f32;
                let mean =
                    (0..64).filter_map(inside).map(|at| light[at][channel]).sum::<f32>() / count;
                let mean = (mean / 4.0).round() * 4.0;
                for at in (0..64).filter_map(inside) {
                    let off = ((light[at][channel] - mean) / shot.blocks / 2.0).round();
                    bytes[at * 4 + channel] =
                        (mean + off * shot.blocks * 2.0).clamp(0.0, 255.0) as u8;
                }
            }
        }
    }
}
