//! What a page lies on, and what lies beside it. Places are in the page's millimetres.

use super::{Colour, Dice};
use motcua_paper::Point;

pub enum Table {
    Plain {
        colour: Colour,
        mottle: f32,
    },
    Wood {
        colour: Colour,
        grain: f32,
    },
    /// Two sets of stripes across, as on a table cloth.
    Cloth {
        ground: Colour,
        stripe: Colour,
        pitch: f32,
        turn: f32,
    },
    /// Squares with joints between.
    Tiles {
        colour: Colour,
        joint: Colour,
        pitch: f32,
        turn: f32,
    },
}

impl Table {
    pub fn plain(tone: f32, mottle: f32, dice: &mut Dice) -> Self {
        let colour = [tone, tone + dice.between(-4.0, 4.0), tone + dice.between(-10.0, 6.0)];
        Self::Plain { colour, mottle }
    }

    pub fn wood(colour: Colour, grain: f32) -> Self {
        Self::Wood { colour, grain }
    }

    pub fn cloth(dice: &mut Dice) -> Self {
        let dark = dice.chance(0.5);
        let ground = if dark { [120.0, 50.0, 55.0] } else { [175.0, 185.0, 195.0] };
        let stripe = if dark { [190.0, 170.0, 150.0] } else { [90.0, 120.0, 160.0] };
        Self::Cloth {
            ground,
            stripe,
            pitch: dice.between(18.0, 40.0),
            turn: dice.between(0.0, 1.5),
        }
    }

    pub fn tiles(dice: &mut Dice) -> Self {
        let tone = dice.between(150.0, 200.0);
        Self::Tiles {
            colour: [tone, tone * 0.97, tone * 0.9],
            joint: [tone * 0.6; 3],
            pitch: dice.between(110.0, 300.0),
            turn: dice.between(0.0, 1.5),
        }
    }

    pub fn at(&self, at: Point) -> Colour {
        let (x, y) = (at.x, at.y);
        let wave = |pitch: f32| (x / pitch + (y / pitch * 0.7).sin()).sin() * (y / pitch).cos();
        match *self {
            Self::Plain { colour, mottle } => {
                let off = mottle * (wave(31.0) + wave(7.3) * 0.5);
                colour.map(|value| value + off)
            }
            Self::Wood { colour, grain } => {
                let ring =
                    (y * 0.35 + (x * 0.011).sin() * 6.0 + (x * 0.043 + y * 0.02).sin()).sin();
                let fine = (y * 2.9 + (x * 0.03).sin() * 4.0).sin();
                let plank = if (y / 95.0).rem_euclid(1.0) < 0.012 { -0.5 } else { 0.0 };
                colour.map(|value| value * (1.0 + grain * (0.5 * ring + 0.25 * fine) + plank))
            }
            Self::Cloth { ground, stripe, pitch, turn } => {
                let (sine, cosine) = turn.sin_cos();
                let (u, v) = (x * cosine + y * sine, y * cosine - x * sine);
                let hit = |t: f32| f32::from((t / pitch).rem_euclid(1.0) < 0.3);
                let part = (hit(u) + hit(v)) / 2.0;
                let weave = 5.0 * ((u * 4.0).sin() * (v * 4.0).sin());
                std::array::from_fn(|i| ground[i] + (stripe[i] - ground[i]) * part + weave)
            }
            Self::Tiles { colour, joint, pitch, turn } => {
                let (sine, cosine) = turn.sin_cos();
                let (u, v) = (x * cosine + y * sine + 40.0, y * cosine - x * sine + 70.0);
                let between = |t: f32| (t / pitch).rem_euclid(1.0) * pitch < 4.0;
                if between(u) || between(v) { joint } else { colour.map(|v| v + 3.0 * wave(23.0)) }
            }
        }
    }
}

/// Something that lies about: a book, a telephone, a pen, a cup.
pub struct Thing {
    middle: Point,
    half: (f32, f32),
    turn: f32,
    round: bool,
    colour: Colour,
}

impl Thing {
    pub fn at(&self, at: Point) -> Option<Colour> {
        let off = at.minus(self.middle);
        let (sine, cosine) = self.turn.sin_cos();
        let (u, v) = (off.x * cosine + off.y * sine, off.y * cosine - off.x * sine);
        let (u, v) = (u / self.half.0, v / self.half.1);
        let inside = if self.round { u.hypot(v) < 1.0 } else { u.abs() < 1.0 && v.abs() < 1.0 };
        let rim = if self.round { u.hypot(v) > 0.85 } else { u.abs() > 0.93 || v.abs() > 0.93 };
        inside.then(|| self.colour.map(|value| value * if rim { 0.8 } else { 1.0 }))
    }
}

/// Things around a page, none over it: the page is drawn last.
pub fn things(count: usize, size: (f32, f32), sheets: bool, dice: &mut Dice) -> Vec<Thing> {
    let colours =
        [[40., 40., 45.], [150., 60., 50.], [60., 90., 150.], [210., 190., 90.], [90., 130., 90.]];
    (0..count)
        .map(|_| {
            let angle = dice.between(0.0, std::f32::consts::TAU);
            let far = dice.between(0.5, 0.8);
            let half = match dice.between(0.0, 3.0) as u32 {
                _ if sheets => (size.0 / 2.0, size.1 / 2.0),
                0 => (dice.between(35.0, 70.0), dice.between(50.0, 90.0)),
                1 => (3.5, 70.0),
                _ => (36.0, 36.0),
            };
            Thing {
                middle: Point::new(
                    size.0 / 2.0 + angle.cos() * size.0 * far * 1.2,
                    size.1 / 2.0 + angle.sin() * size.1 * far,
                ),
                half,
                turn: dice.between(0.0, 3.1),
                round: half.0 == half.1,
                colour: if sheets {
                    [dice.between(205.0, 232.0); 3]
                } else {
                    colours[dice.between(0.0, 4.99) as usize]
                },
            }
        })
        .collect()
}

/// How dark the page's own shadow makes the table.
pub fn cast(at: Point, size: (f32, f32), cast: (f32, f32)) -> f32 {
    let (x, y) = (at.x - cast.0, at.y - cast.1);
    let beside = (-x).max(x - size.0).max(-y).max(y - size.1).max(0.0);
    0.65 + 0.35 * (beside / 3.0).min(1.0)
}
