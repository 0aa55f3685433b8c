//! Photos of papers made on the spot from a seed: a page on a table before a pinhole camera, lit
//! and spoiled, with its corners known. Must not know how pages are found.
#![allow(dead_code, missing_docs, reason = "a test's own helpers; no test uses all of them")]
#![allow(clippy::unwrap_used, reason = "a panic in a test is a failed test")]

pub mod page;
mod spoil;
mod table;

use motcua_paper::{Homography, Point, Rgba};
use page::{Page, Sheet};
use table::Table;

/// What a picture shows and what is hard about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    // Easy.
    Plain,
    Coloured,
    DarkWood,
    Turned,
    // Hard.
    GreyTable,
    LightTable,
    LightWood,
    Cloth,
    Tiles,
    Clutter,
    Thumb,
    Shadow,
    Glare,
    Perspective,
    NearEdge,
    Blocky,
    Everything,
    Curled,
    Sheets,
    Dim,
    Fingers,
    // No page.
    EmptyTable,
    EmptyCloth,
    EmptyTiles,
    OnlyClutter,
    OnlyWriting,
    // Hard again: a table as bright as paper, told by its colour alone.
    Pastel,
}

use Kind::{Blocky, Cloth, Clutter, Coloured, DarkWood, EmptyCloth, EmptyTable, EmptyTiles};
use Kind::{Curled, Dim, Fingers, Pastel, Sheets};
use Kind::{Everything, Glare, GreyTable, LightTable, LightWood, NearEdge, OnlyClutter};
use Kind::{OnlyWriting, Perspective, Plain, Shadow, Thumb, Tiles, Turned};

pub const EASY: [Kind; 4] = [Plain, Coloured, DarkWood, Turned];
pub const HARD: [Kind; 18] = [
    GreyTable,
    LightTable,
    LightWood,
    Cloth,
    Tiles,
    Clutter,
    Thumb,
    Shadow,
    Glare,
    Perspective,
    NearEdge,
    Blocky,
    Everything,
    Curled,
    Sheets,
    Dim,
    Fingers,
    Pastel,
];
pub const WITHOUT: [Kind; 5] = [EmptyTable, EmptyCloth, EmptyTiles, OnlyClutter, OnlyWriting];

/// A picture and the truth about it.
pub struct Picture {
    pub photo: Rgba,
    /// Clockwise from the page's own upper left.
    pub corners: Option<[Point; 4]>,
}

/// The same numbers for the same seed, on every machine.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        let mut dice = Self(seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        for _ in 0..8 {
            dice.next();
        }
        dice
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

    pub fn chance(&mut self, share: f32) -> bool {
        self.between(0.0, 1.0) < share
    }
}

pub type Colour = [f32; 3];

/// How the camera stands to the page, in degrees, and what spoils its picture.
pub struct Shot {
    pub width: usize,
    pub height: usize,
    pub turn: f32,
    pub tilt: (f32, f32),
    /// The page's longer side in shares of the picture's longer side.
    pub share: f32,
    /// Off the middle, in shares of the width and height.
    pub off: (f32, f32),
    pub brightness: f32,
    pub noise: f32,
    /// Blur, in pixels.
    pub blur: f32,
    pub blocks: f32,
    pub shadow: bool,
    pub glare: bool,
    /// Thumbs and fingers over edges.
    pub fingers: usize,
    /// How far the page's edges bend in, in millimetres.
    pub curl: f32,
    /// What lies about is other paper.
    pub sheets: bool,
}

impl Shot {
    pub fn upright(dice: &mut Dice) -> Self {
        Self {
            width: 720,
            height: 960,
            turn: dice.between(-6.0, 6.0),
            tilt: (dice.between(-12.0, 12.0), dice.between(-8.0, 8.0)),
            share: dice.between(0.68, 0.84),
            off: (dice.between(-0.03, 0.03), dice.between(-0.03, 0.03)),
            brightness: dice.between(0.85, 1.05),
            noise: dice.between(1.0, 4.0),
            blur: dice.between(0.4, 0.9),
            blocks: 0.0,
            shadow: false,
            glare: false,
            fingers: 0,
            curl: 0.0,
            sheets: false,
        }
    }

    /// Where the page's corners come to lie.
    pub fn corners(&self, (page_width, page_height): (f32, f32)) -> [Point; 4] {
        let long = self.width.max(self.height) as f32;
        let focal = 0.85 * long;
        let distance = focal * page_height.max(page_width) / (self.share * long);
        let radians = [self.turn, self.tilt.0, self.tilt.1].map(f32::to_radians);
        let [(sz, cz), (sx, cx), (sy, cy)] = radians.map(f32::sin_cos);
        [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)].map(|(u, v)| {
            let (x, y) = (u * page_width, v * page_height);
            let (x, y) = (x * cz - y * sz, x * sz + y * cz);
            let (y, z) = (y * cx, y * sx);
            let (x, z) = (x * cy, z + x * sy);
            let depth = distance + z;
            Point::new(
                self.width as f32 * (0.5 + self.off.0) + focal * x / depth,
                self.height as f32 * (0.5 + self.off.1) + focal * y / depth,
            )
        })
    }
}

/// A picture of a kind; the seed says which of them.
pub fn picture(kind: Kind, seed: u64) -> Picture {
    let mut dice = Dice::new(seed * 64 + kind as u64);
    let mut shot = Shot::upright(&mut dice);
    let tone = dice.between(120.0, 165.0);
    let table = match kind {
        Plain => Table::plain(dice.between(25.0, 80.0), 4.0, &mut dice),
        Coloured => Table::Plain { colour: [50.0, 80.0, dice.between(100.0, 140.0)], mottle: 4.0 },
        DarkWood | Turned => Table::wood([95.0, 62.0, 40.0], dice.between(0.1, 0.25)),
        LightTable | NearEdge if seed.is_multiple_of(2) => {
            Table::plain(dice.between(214.0, 226.0), 3.0, &mut dice)
        }
        LightTable | NearEdge => Table::plain(dice.between(196.0, 214.0), 3.0, &mut dice),
        LightWood | Perspective => Table::wood([188.0, 156.0, 118.0], dice.between(0.15, 0.35)),
        Pastel => Table::Plain { colour: [252.0, 236.0, dice.between(150.0, 175.0)], mottle: 2.0 },
        Cloth | EmptyCloth => Table::cloth(&mut dice),
        Tiles | EmptyTiles => Table::tiles(&mut dice),
        EmptyTable if seed.is_multiple_of(2) => Table::wood([168.0, 130.0, 95.0], 0.35),
        _ => Table::plain(tone, 8.0, &mut dice),
    };
    let things = match kind {
        Clutter | Everything | Thumb => 6,
        OnlyClutter => 10,
        Sheets => 3,
        LightWood | Perspective => 2,
        _ => 0,
    };
    if EASY.contains(&kind) && kind != Turned {
        shot.blur = 0.5;
    } else if kind == Turned {
        shot.turn = dice.between(10.0, 80.0);
        shot.share = dice.between(0.6, 0.7);
    } else {
        shot.turn = dice.between(-25.0, 25.0) + if dice.chance(0.2) { 90.0 } else { 0.0 };
        shot.tilt = (dice.between(-20.0, 20.0), dice.between(-14.0, 14.0));
        shot.share = dice.between(0.55, 0.8);
        shot.noise = dice.between(2.0, 7.0);
        shot.blur = dice.between(0.5, 1.6);
        shot.shadow = matches!(kind, Shadow | Everything) || dice.chance(0.15);
        shot.glare = kind == Glare;
        shot.fingers = match kind {
            Thumb | Everything => 1,
            Fingers => 3,
            _ => 0,
        };
        shot.sheets = kind == Sheets;
        shot.brightness = dice.between(0.6, 1.05);
    }
    match kind {
        Perspective => shot.tilt = (dice.between(30.0, 48.0), dice.between(-20.0, 20.0)),
        NearEdge => {
            shot.turn = dice.between(-2.5, 2.5);
            shot.tilt = (dice.between(-5.0, 5.0), dice.between(-5.0, 5.0));
            shot.share = dice.between(0.92, 0.95);
        }
        Curled => shot.curl = dice.between(1.5, 4.0),
        Dim => {
            shot.brightness = dice.between(0.18, 0.35);
            shot.noise = dice.between(6.0, 11.0);
        }
        Blocky => (shot.blocks, shot.noise) = (dice.between(6.0, 12.0), 8.0),
        _ => {}
    }
    let size = [(210.0, 297.0), (148.0, 210.0), (210.0, 297.0)][(seed % 3) as usize];
    let sheet = [Sheet::Letter, Sheet::Form, Sheet::Certificate][(seed / 2 % 3) as usize];
    let page = Page::of(sheet, size, seed);
    // The whole page is in the picture.
    let out = |at: &Point| at.x < 8.0 || at.y < 8.0 || at.x > 712.0 || at.y > 952.0;
    while shot.corners(size).iter().any(out) {
        shot.share *= 0.97;
        shot.off = (shot.off.0 * 0.9, shot.off.1 * 0.9);
    }
    let with_page = if WITHOUT.contains(&kind) { None } else { Some(&page) };
    if kind == OnlyWriting {
        shot.share = 1.7;
        shot.turn = dice.between(-8.0, 8.0);
        shot.off = (0.0, 0.0);
        return take(&shot, &table, 0, Some(&page), &mut dice, false);
    }
    take(&shot, &table, things, with_page, &mut dice, true)
}

/// A page of a sort before the camera on a grey table, spoiled as `spoil` says.
pub fn shot_of(sheet: Sheet, seed: u64, spoil: impl FnOnce(&mut Shot)) -> Picture {
    let mut dice = Dice::new(seed);
    let mut shot = Shot::upright(&mut dice);
    (shot.width, shot.height, shot.blur) = (1_200, 1_600, 0.7);
    spoil(&mut shot);
    let table = Table::plain(120.0, 6.0, &mut dice);
    take(&shot, &table, 0, Some(&Page::of(sheet, (210.0, 297.0), seed)), &mut dice, true)
}

/// Takes the picture.
pub fn take(
    shot: &Shot,
    table: &Table,
    things: usize,
    page: Option<&Page>,
    dice: &mut Dice,
    tell: bool,
) -> Picture {
    let size = page.map_or((210.0, 297.0), |page| page.size);
    let corners = shot.corners(size);
    let flat =
        [(0.0, 0.0), (size.0, 0.0), (size.0, size.1), (0.0, size.1)].map(|(x, y)| Point::new(x, y));
    let map = Homography::between(&corners, &flat).unwrap();
    let things = table::things(things, size, shot.sheets, dice);
    let depth = dice.between(1.0, 4.0);
    let cast = (dice.between(-depth, depth), dice.between(0.2, depth));
    let (width, height) = (shot.width, shot.height);
    let mut light = vec![[0f32; 3]; width * height];
    for y in 0..height {
        for x in 0..width {
            let mut sum = [0f32; 3];
            for (sx, sy) in [(0.3, 0.15), (0.85, 0.3), (0.15, 0.7), (0.7, 0.85)] {
                let at = map.map(Point::new(x as f32 + sx, y as f32 + sy));
                // A bent page: its edges between the corners lie farther in.
                let bow = |part: f32| shot.curl * (1.0 - (2.0 * part - 1.0) * (2.0 * part - 1.0));
                let bend = (bow(at.y / size.1), bow(at.x / size.0));
                let on = (at.x - bend.0, at.y + bend.1);
                let colour = page.and_then(|page| page.at(on.0, on.1)).unwrap_or_else(|| {
                    let thing = things.iter().rev().find_map(|thing| thing.at(at));
                    let ground = thing.unwrap_or_else(|| table.at(at));
                    let dark = if page.is_some() { table::cast(at, size, cast) } else { 1.0 };
                    ground.map(|value| value * dark)
                });
                for (sum, value) in sum.iter_mut().zip(colour) {
                    *sum += value / 4.0;
                }
            }
            light[y * width + x] = sum;
        }
    }
    spoil::light(&mut light, shot, &corners, dice);
    let photo = spoil::camera(light, shot, dice);
    Picture { photo, corners: (tell && page.is_some()).then_some(corners) }
}

/// The farthest a corner is off, in shares of the picture's diagonal, whichever corner is named first.
pub fn error(picture: &Picture, found: &[Point; 4]) -> f32 {
    let Some(truth) = picture.corners else { return f32::INFINITY };
    let diagonal = (picture.photo.width() as f32).hypot(picture.photo.height() as f32);
    (0..4)
        .map(|first| (0..4).map(|i| truth[i].far(found[(i + first) % 4])).fold(0.0, f32::max))
        .fold(f32::INFINITY, f32::min)
        / diagonal
}
