//! Pages as they lie on a table: writing, a form's table, a stamp, a signature, a picture.

use super::{Colour, Dice};

/// What is on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// Paragraphs, left-aligned, a signature and a red stamp.
    Letter,
    /// A table with rules.
    Form,
    /// A double frame, few words, a picture, a stamp.
    Certificate,
    /// Nothing.
    Blank,
}

/// Dots a millimetre of a drawn page.
const DOTS: f32 = 5.0;
const INK: Colour = [35.0, 35.0, 40.0];
const RED: Colour = [205.0, 40.0, 45.0];
const BLUE: Colour = [40.0, 60.0, 160.0];

/// A drawn page.
pub struct Page {
    /// Width and height, in millimetres.
    pub size: (f32, f32),
    width: usize,
    height: usize,
    dots: Vec<[u8; 3]>,
}

impl Page {
    pub fn of(sheet: Sheet, size: (f32, f32), seed: u64) -> Self {
        let mut dice = Dice::new(seed ^ 0x5EED);
        let (width, height) = ((size.0 * DOTS) as usize, (size.1 * DOTS) as usize);
        let white = dice.between(232.0, 248.0);
        let paper = [white, white - dice.between(-2.0, 6.0), white - dice.between(-2.0, 12.0)];
        let dots = vec![paper.map(|v| v as u8); width * height];
        let mut page = Self { size, width, height, dots };
        let (w, h) = size;
        let margin = w * 0.1;
        match sheet {
            Sheet::Letter => {
                page.words(w * 0.25, h * 0.08, w * 0.5, 4.5, &mut dice);
                let mut y = h * 0.15;
                while y < h * 0.72 {
                    let last = dice.chance(0.25);
                    let wide = w
                        * 0.8
                        * if last { dice.between(0.3, 0.8) } else { dice.between(0.93, 1.0) };
                    page.words(margin, y, wide, 3.2, &mut dice);
                    y += if last { 9.0 } else { 6.2 };
                }
                page.signature(w * 0.65, h * 0.83, &mut dice);
                page.stamp(w * 0.6, h * 0.83, 16.0);
            }
            Sheet::Form => {
                page.words(w * 0.2, h * 0.07, w * 0.6, 4.5, &mut dice);
                let rows = 14;
                for row in 0..=rows {
                    let y = h * (0.14 + 0.75 * row as f32 / rows as f32);
                    page.rect(margin, y, w * 0.8, 0.5, INK);
                    if row < rows {
                        page.words(margin + 3.0, y + 5.0, w * 0.2, 3.0, &mut dice);
                        page.words(w * 0.4, y + 5.0, w * dice.between(0.1, 0.45), 3.0, &mut dice);
                    }
                }
                for x in [margin, w * 0.36, w * 0.9] {
                    page.rect(x, h * 0.14, 0.5, h * 0.75, INK);
                }
            }
            Sheet::Certificate => {
                for (inset, thick) in [(9.0, 1.6), (12.0, 0.5)] {
                    page.frame(inset, thick, [150.0, 60.0, 50.0]);
                }
                page.words(w * 0.3, h * 0.12, w * 0.4, 5.0, &mut dice);
                for row in 0..12 {
                    let y = h * (0.24 + 0.045 * row as f32);
                    page.words(w * 0.14, y, w * dice.between(0.4, 0.7), 3.4, &mut dice);
                }
                page.rect(w * 0.14, h * 0.78, 24.0, 30.0, [110.0, 130.0, 150.0]);
                page.rect(w * 0.14 + 7.0, h * 0.78 + 6.0, 10.0, 14.0, [190.0, 150.0, 125.0]);
                page.signature(w * 0.68, h * 0.82, &mut dice);
                page.stamp(w * 0.62, h * 0.82, 15.0);
            }
            Sheet::Blank => {}
        }
        page
    }

    /// The colour at a place in millimetres; nothing beside the page.
    pub fn at(&self, x: f32, y: f32) -> Option<Colour> {
        let (x, y) = ((x * DOTS).floor(), (y * DOTS).floor());
        if x < 0.0 || y < 0.0 || x >= self.width as f32 || y >= self.height as f32 {
            return None;
        }
        Some(self.dots[y as usize * self.width + x as usize].map(f32::from))
    }

    fn rect(&mut self, x: f32, y: f32, wide: f32, high: f32, colour: Colour) {
        let clip = |v: f32, most: usize| ((v * DOTS).max(0.0) as usize).min(most);
        for row in clip(y, self.height)..clip(y + high, self.height) {
            for column in clip(x, self.width)..clip(x + wide, self.width) {
                self.dots[row * self.width + column] = colour.map(|v| v as u8);
            }
        }
    }

    fn frame(&mut self, inset: f32, thick: f32, colour: Colour) {
        let (w, h) = self.size;
        for (x, y, wide, high) in [
            (inset, inset, w - 2.0 * inset, thick),
            (inset, h - inset, w - 2.0 * inset, thick),
            (inset, inset, thick, h - 2.0 * inset),
            (w - inset, inset, thick, h - 2.0 * inset),
        ] {
            self.rect(x, y, wide, high, colour);
        }
    }

    /// Words of strokes between a base line and the height of small letters; some rise above (and in
    /// Vietnamese many carry marks), fewer hang below.
    fn words(&mut self, x: f32, base: f32, wide: f32, size: f32, dice: &mut Dice) {
        let small = size * 0.62;
        let end = x + wide;
        let mut x = x;
        while x < end {
            let letters = dice.between(2.0, 8.0) as usize;
            for _ in 0..letters {
                let broad = size * dice.between(0.4, 0.55);
                let (up, down) = match dice.between(0.0, 1.0) {
                    v if v < 0.25 => (size, 0.0),
                    v if v < 0.33 => (small, size * 0.3),
                    _ => (small, 0.0),
                };
                self.rect(x, base - up, size * 0.13, up + down, INK);
                if dice.chance(0.6) {
                    self.rect(x + broad * 0.7, base - small, size * 0.13, small, INK);
                }
                let bar = if dice.chance(0.5) { base - small } else { base - size * 0.1 };
                self.rect(x, bar, broad * 0.8, size * 0.11, INK);
                if dice.chance(0.25) {
                    self.rect(x, base - size * 0.95, broad * 0.6, size * 0.12, INK);
                }
                x += broad;
                if x > end {
                    return;
                }
            }
            x += size * 0.35;
        }
    }

    fn stamp(&mut self, x: f32, y: f32, radius: f32) {
        let steps = (radius * DOTS * 2.0) as i32;
        for i in -steps..=steps {
            for j in -steps..=steps {
                let (dx, dy) = (i as f32 / DOTS / 2.0, j as f32 / DOTS / 2.0);
                let far = dx.hypot(dy);
                let ring = (far - radius).abs() < 0.6 || (far - radius * 0.7).abs() < 0.3;
                let star = far < radius * 0.25;
                let letters = (far - radius * 0.85).abs() < 1.3
                    && (dy.atan2(dx) * radius).rem_euclid(2.4) < 1.3;
                if ring || star || letters {
                    self.rect(x + dx, y + dy, 0.25, 0.25, RED);
                }
            }
        }
    }

    fn signature(&mut self, x: f32, y: f32, dice: &mut Dice) {
        let (a, b) = (dice.between(3.0, 6.0), dice.between(7.0, 11.0));
        for i in 0..900 {
            let t = i as f32 / 100.0;
            let (dx, dy) =
                (t * 4.0 + (t * b).cos() * 3.0, (t * a).sin() * 5.0 + (t * b).sin() * 2.0);
            self.rect(x + dx, y + dy, 0.5, 0.5, BLUE);
        }
    }
}
