//! Hard pictures of QR codes, made on the spot from a seed: turned, tilted, curved, blurred, lit
//! unevenly, damaged, many in one. Must not know the decoder.

use qrcode::{Color, EcLevel, QrCode, Version};

/// What is hard about a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Nominal,
    Rotated,
    Close,
    Perspective,
    Curved,
    Blurred,
    Noisy,
    LowContrast,
    Shadow,
    Glare,
    BrightSpots,
    Damaged,
    Inverted,
    Small,
    HighVersion,
    Lots,
}

pub const KINDS: [Kind; 16] = [
    Kind::Nominal,
    Kind::Rotated,
    Kind::Close,
    Kind::Perspective,
    Kind::Curved,
    Kind::Blurred,
    Kind::Noisy,
    Kind::LowContrast,
    Kind::Shadow,
    Kind::Glare,
    Kind::BrightSpots,
    Kind::Damaged,
    Kind::Inverted,
    Kind::Small,
    Kind::HighVersion,
    Kind::Lots,
];

/// A picture and the texts in it.
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pub shades: Vec<u8>,
    pub texts: Vec<String>,
}

/// The same numbers for the same seed, on every machine.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// Between two numbers.
    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * ((self.next() >> 40) as f32 / (1u64 << 24) as f32)
    }
}

/// A code laid into a picture: where its unit square's points come from.
struct Laid {
    side: usize,
    dark: Vec<bool>,
    centre: (f32, f32),
    /// Pixels a module.
    module: f32,
    angle: f32,
    /// How much smaller the far end is, and the way to it.
    tilt: (f32, f32),
    /// How much of a cylinder's quarter the code goes around; 0 is flat.
    curve: f32,
    quiet: f32,
}

impl Laid {
    /// The module at a pixel, in modules from the upper left; nothing behind the picture's plane.
    fn module_at(&self, x: f32, y: f32) -> Option<(f32, f32)> {
        let (dx, dy) = ((x - self.centre.0) / self.module, (y - self.centre.1) / self.module);
        let (sin, cos) = self.angle.sin_cos();
        let (mut u, mut v) = (dx * cos + dy * sin, dy * cos - dx * sin);
        let half = self.side as f32 / 2.0;
        let depth = 1.0 - (self.tilt.0 * u + self.tilt.1 * v) / half;
        if depth < 0.2 {
            return None;
        }
        (u, v) = (u / depth, v / depth);
        if self.curve > 0.0 {
            let radius = half / self.curve;
            let sine = u / radius;
            if sine.abs() > 0.98 {
                return None;
            }
            let bulge = 1.0 - (1.0 - sine * sine).sqrt();
            u = radius * sine.asin();
            v += bulge * radius * 0.25;
        }
        Some((u + half, v + half))
    }

    fn shade(&self, x: f32, y: f32) -> Option<f32> {
        let (u, v) = self.module_at(x, y)?;
        let paper = -self.quiet..self.side as f32 + self.quiet;
        if !paper.contains(&u) || !paper.contains(&v) {
            return None;
        }
        let (column, row) = (u.floor() as i32, v.floor() as i32);
        let inside = 0..self.side as i32;
        let dark = inside.contains(&column)
            && inside.contains(&row)
            && self.dark[row as usize * self.side + column as usize];
        Some(if dark { 0.12 } else { 0.92 })
    }
}

/// A picture of a kind; the seed says which of them.
pub fn picture(kind: Kind, seed: u64) -> Picture {
    let mut dice = Dice::new(seed.wrapping_mul(64) + kind as u64 + 1);
    for _ in 0..8 {
        dice.next();
    }
    let (width, height) = (800, 600);
    let mut texts = Vec::new();
    let mut laid = Vec::new();
    let count = if kind == Kind::Lots { 12 } else { 1 };
    for number in 0..count {
        let (one, text) = lay(kind, seed, number, &mut dice, width as f32, height as f32);
        laid.push(one);
        texts.push(text);
    }
    let mut light = vec![0f32; width * height];
    let slope = (dice.between(-0.1, 0.1), dice.between(-0.1, 0.1));
    for y in 0..height {
        for x in 0..width {
            let mut sum = 0.0;
            for (sx, sy) in [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)] {
                let (px, py) = (x as f32 + sx, y as f32 + sy);
                let code = laid.iter().find_map(|one| one.shade(px, py));
                // A table with grain around the paper.
                let table = 0.55 + 0.08 * (px * 0.05 + (py * 0.013).sin() * 3.0).sin();
                sum += code.unwrap_or(table);
            }
            let lit =
                0.85 + slope.0 * (x as f32 / 400.0 - 1.0) + slope.1 * (y as f32 / 300.0 - 1.0);
            light[y * width + x] = sum / 4.0 * lit;
        }
    }
    spoil(kind, &mut light, &laid[0], (width, height), &mut dice);
    let noise = if kind == Kind::Noisy { dice.between(0.2, 0.4) } else { 0.03 };
    let shades = light
        .iter()
        .map(|&value| {
            let off = (dice.between(-1.0, 1.0) + dice.between(-1.0, 1.0)) * noise;
            ((value + off) * 255.0).clamp(0.0, 255.0) as u8
        })
        .collect();
    Picture { width, height, shades, texts }
}

fn lay(
    kind: Kind,
    seed: u64,
    number: usize,
    dice: &mut Dice,
    width: f32,
    height: f32,
) -> (Laid, String) {
    let version = match kind {
        Kind::HighVersion => 15 + (seed % 11) as i16,
        Kind::Lots => 2,
        _ => 1 + (seed % 7) as i16,
    };
    let level = [EcLevel::L, EcLevel::M, EcLevel::Q, EcLevel::H][((seed / 2) % 4) as usize];
    let level = if kind == Kind::HighVersion { EcLevel::M } else { level };
    let text = format!("{kind:?}-{seed}-{number}").to_uppercase().replace("LOWCONTRAST", "LC");
    let code = QrCode::with_version(&text, Version::Normal(version), level)
        .or_else(|_| QrCode::with_version(&text, Version::Normal(3), level))
        .unwrap();
    let side = code.width();
    let dark = code.to_colors().iter().map(|&color| color == Color::Dark).collect();
    let share = match kind {
        Kind::Close => dice.between(0.97, 1.02),
        Kind::Small => 0.0,
        Kind::HighVersion => dice.between(0.78, 0.88),
        Kind::Perspective => dice.between(0.35, 0.5),
        _ => dice.between(0.4, 0.75),
    };
    let mut module = height * share / side as f32;
    if kind == Kind::Small {
        module = dice.between(1.9, 3.0);
    }
    let mut centre = (width / 2.0, height / 2.0);
    let mut angle = dice.between(-0.15, 0.15);
    if kind == Kind::Lots {
        let (column, row) = (number % 4, number / 4);
        centre = (100.0 + 200.0 * column as f32, 100.0 + 200.0 * row as f32);
        module = dice.between(4.2, 5.2);
    }
    if matches!(kind, Kind::Rotated | Kind::Damaged | Kind::Small | Kind::Inverted) {
        angle = dice.between(0.0, std::f32::consts::TAU);
    }
    let tilt = match kind {
        Kind::Perspective => {
            let way = dice.between(0.0, std::f32::consts::TAU);
            let strength = dice.between(0.2, 0.42);
            (way.cos() * strength, way.sin() * strength)
        }
        Kind::Close | Kind::Lots => (0.0, 0.0),
        _ => (dice.between(-0.06, 0.06), dice.between(-0.06, 0.06)),
    };
    let curve = if kind == Kind::Curved { dice.between(0.4, 0.75) } else { 0.0 };
    let quiet = if kind == Kind::Close { 1.0 } else { dice.between(2.0, 4.5) };
    (Laid { side, dark, centre, module, angle, tilt, curve, quiet }, text)
}

fn spoil(
    kind: Kind,
    light: &mut Vec<f32>,
    code: &Laid,
    (width, height): (usize, usize),
    dice: &mut Dice,
) {
    let extent = code.module * code.side as f32;
    let mut spots = |count: usize, size: (f32, f32), strength: f32, dice: &mut Dice| {
        for _ in 0..count {
            let x = code.centre.0 + dice.between(-0.5, 0.5) * extent;
            let y = code.centre.1 + dice.between(-0.5, 0.5) * extent;
            let reach = extent * dice.between(size.0, size.1);
            for (at, value) in light.iter_mut().enumerate() {
                let (dx, dy) = ((at % width) as f32 - x, (at / width) as f32 - y);
                let far = (dx * dx + dy * dy) / (reach * reach);
                if far < 9.0 {
                    *value += strength * (-far).exp();
                }
            }
        }
    };
    match kind {
        Kind::Glare => spots(1, (0.12, 0.25), 0.95, dice),
        Kind::BrightSpots => spots(4, (0.05, 0.12), 1.0, dice),
        Kind::Blurred => {
            let radius = (code.module * dice.between(0.35, 0.7)).round().max(1.0) as usize;
            for _ in 0..2 {
                *light = blurred(light, width, height, radius);
            }
        }
        Kind::LowContrast => light.iter_mut().for_each(|value| *value = 0.4 + *value * 0.12),
        Kind::Shadow => {
            let (angle, depth) = (dice.between(0.0, std::f32::consts::TAU), dice.between(0.2, 0.4));
            for (at, value) in light.iter_mut().enumerate() {
                let (dx, dy) =
                    ((at % width) as f32 - code.centre.0, (at / width) as f32 - code.centre.1);
                let side = dx * angle.cos() + dy * angle.sin();
                *value *= depth + (1.0 - depth) / (1.0 + (-side / 6.0).exp());
            }
        }
        Kind::Damaged => {
            // Scratches and torn bits, away from two of the finder patterns as often as not.
            for _ in 0..3 {
                let x = code.centre.0 + dice.between(-0.45, 0.45) * extent;
                let y = code.centre.1 + dice.between(-0.45, 0.45) * extent;
                let (wide, high) =
                    (extent * dice.between(0.02, 0.12), extent * dice.between(0.02, 0.12));
                let shade = dice.between(0.1, 0.9);
                for (at, value) in light.iter_mut().enumerate() {
                    let (dx, dy) = ((at % width) as f32 - x, (at / width) as f32 - y);
                    if dx.abs() < wide && dy.abs() < high {
                        *value = shade;
                    }
                }
            }
        }
        Kind::Inverted => light.iter_mut().for_each(|value| *value = 0.95 - *value),
        _ => {}
    }
    let _ = height;
}

fn blurred(light: &[f32], width: usize, height: usize, radius: usize) -> Vec<f32> {
    let mean = |from: &dyn Fn(usize) -> f32, at: usize, length: usize| {
        let (low, high) = (at.saturating_sub(radius), (at + radius + 1).min(length));
        (low..high).map(from).sum::<f32>() / (high - low) as f32
    };
    let mut across = vec![0f32; light.len()];
    for y in 0..height {
        for x in 0..width {
            across[y * width + x] = mean(&|i| light[y * width + i], x, width);
        }
    }
    let mut down = vec![0f32; light.len()];
    for y in 0..height {
        for x in 0..width {
            down[y * width + x] = mean(&|i| across[i * width + x], y, height);
        }
    }
    down
}
