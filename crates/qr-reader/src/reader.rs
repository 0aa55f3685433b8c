//! Reading a picture: which variants of it are looked at, in which order, and when to stop. Must not
//! know where the picture came from.

use crate::finder::{Finder, Scene};
use crate::fit::{bent_by_alignment, bent_by_modules};
use crate::geometry::Point;
use crate::grey::Grey;
use crate::grid::Grid;
use crate::locate::{Placed, anchored, place, settled, triples};
use crate::matrix::Modules;
use crate::sample::{Shades, Telling};
use crate::segments::{self, Piece};
use crate::tables::side_of;
use crate::threshold::Thresholds;
use crate::view::View;

/// A code that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Code {
    /// Its text in pieces of one character set each.
    pub pieces: Vec<Piece>,
    /// Its outer corners in the picture's pixels, around from the one between finder patterns.
    pub corners: [Point; 4],
    /// Its version, 1 to 40.
    pub version: usize,
}

/// How a picture is read.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Everything that may help, or only what a camera's frame has time for.
    pub thorough: bool,
    /// The number of the frame: quick looks take turns at different things.
    pub turn: u32,
    /// Steps left out, for measuring what each brings; all false in the product.
    pub without: Without,
}

/// Steps that can be left out.
#[derive(Debug, Clone, Copy, Default)]
pub struct Without {
    /// Pictures of half and quarter size.
    pub sizes: bool,
    /// Setting the map right by everything that is fixed.
    pub settling: bool,
    /// Bending by alignment patterns.
    pub alignment_bends: bool,
    /// Bending by the modules themselves.
    pub module_bends: bool,
    /// Giving up the least certain bytes.
    pub erasures: bool,
    /// Comparing modules with each other rather than with the picture's thresholds.
    pub module_thresholds: bool,
    /// Sharpened, smoothed and doubled pictures.
    pub variants: bool,
}

impl Without {
    /// The step by its name, as `sizes` or `module-bends`.
    pub fn named(name: &str) -> Option<Self> {
        let mut without = Self::default();
        let step = match name {
            "sizes" => &mut without.sizes,
            "settling" => &mut without.settling,
            "alignment-bends" => &mut without.alignment_bends,
            "module-bends" => &mut without.module_bends,
            "erasures" => &mut without.erasures,
            "module-thresholds" => &mut without.module_thresholds,
            "variants" => &mut without.variants,
            _ => return None,
        };
        *step = true;
        Some(without)
    }
}

impl Options {
    /// For a picture: everything.
    pub fn thorough() -> Self {
        Self { thorough: true, turn: 0, without: Without::default() }
    }

    /// For a camera's frame, by its number.
    pub fn quick(turn: u32) -> Self {
        Self { thorough: false, turn, without: Without::default() }
    }
}

/// Reads every code that it finds in a picture.
pub fn read(picture: &Grey, options: &Options) -> Vec<Code> {
    let mut reading = Reading { options, codes: Vec::new() };
    let mut levels = vec![picture.clone()];
    while levels.len() < 5 {
        let Some(last) = levels.last() else { break };
        if last.width().min(last.height()) < 64 {
            break;
        }
        let next = last.halved();
        levels.push(next);
    }
    let sizes = if options.without.sizes { 1 } else { levels.len().min(4) };
    // A camera's frames take turns: near codes are clear in the one, noisy ones in the other.
    let (first, stride) = match (options.thorough, options.turn % 2) {
        (true, _) => (0, 1),
        (false, 1) => (0, 2),
        (false, _) => (1.min(sizes - 1), 2),
    };
    for size in (first..sizes).step_by(stride) {
        let step = if options.thorough { 3 } else { 4 };
        reading.look(&levels, size, Thresholds::local(&levels[size]), step);
        if !reading.codes.is_empty() {
            return reading.codes;
        }
    }
    if !options.thorough {
        return reading.codes;
    }
    for size in 0..sizes.min(2) {
        reading.look(&levels, size, Thresholds::global(&levels[size]), 2);
        if !reading.codes.is_empty() {
            return reading.codes;
        }
    }
    if options.without.variants {
        return reading.codes;
    }
    let variants: [fn(&Grey) -> Grey; 2] = [Grey::sharpened, Grey::smoothed];
    for variant in variants {
        let mut other = vec![variant(picture)];
        other.extend(levels.iter().skip(1).cloned());
        reading.look(&other, 0, Thresholds::local(&other[0]), 2);
        if !reading.codes.is_empty() {
            return reading.codes;
        }
    }
    if picture.width() * picture.height() < 1_300_000 {
        let mut doubled = vec![picture.doubled()];
        doubled.extend(levels.iter().cloned());
        reading.look(&doubled, 0, Thresholds::local(&doubled[0]), 2);
        for code in &mut reading.codes {
            code.corners = code.corners.map(|corner| corner.times(0.5));
        }
    }
    reading.codes
}

struct Reading<'a> {
    options: &'a Options,
    codes: Vec<Code>,
}

impl Reading<'_> {
    /// Looks at one size of a picture with given thresholds.
    fn look(&mut self, levels: &[Grey], size: usize, mut thresholds: Thresholds, step: usize) {
        thresholds.scale = (1u32 << size) as f32;
        let scene = Scene { grey: &levels[size], thresholds: &thresholds };
        let finders = scene.finders(if size == 0 { step } else { 2 });
        // A frame has time for the few that look best; print and texture make poor ones by the dozen.
        let (most, least) = if self.options.thorough { (60, 0.0) } else { (14, 0.65) };
        let good = finders.into_iter().filter(|finder| finder.quality >= least);
        let finders: Vec<Finder> = good.take(most).collect();
        self.decide(levels, &scene, &finders);
    }

    fn decide(&mut self, levels: &[Grey], scene: &Scene<'_>, finders: &[Finder]) {
        let mut used = vec![false; finders.len()];
        let most = if self.options.thorough { 60 } else { 12 };
        for triple in triples(finders, most) {
            if triple.numbers.iter().any(|&number| used[number]) {
                continue;
            }
            let three = triple.numbers.map(|number| finders[number]);
            let view = View { levels, thresholds: scene.thresholds, inverted: three[0].inverted };
            if let Some(code) = self.read_at(&view, scene, three) {
                for number in triple.numbers {
                    used[number] = true;
                }
                self.codes.push(code);
            }
        }
    }

    fn read_at(&self, view: &View<'_>, scene: &Scene<'_>, three: [Finder; 3]) -> Option<Code> {
        let placed = place(view, scene, three);
        for first in &placed {
            // The larger a code, the less a first guess at its far corner agrees.
            let least = if first.grid.side > 60 { 0.16 } else { 0.22 };
            if first.agreement < least {
                continue;
            }
            let starts = anchored(view, first);
            // Most codes are read as they lie; only where that fails it is worth to look closer.
            for start in starts.iter().take(2) {
                if let Some(code) = self.read_as_placed(view, &start.placed) {
                    return Some(code);
                }
            }
            if self.options.without.settling {
                continue;
            }
            for start in starts.iter().take(if self.options.thorough { 3 } else { 1 }) {
                if let Some(code) =
                    settled(view, start).and_then(|one| self.read_closely(view, &one))
                {
                    return Some(code);
                }
            }
        }
        None
    }

    fn read_as_placed(&self, view: &View<'_>, placed: &Placed) -> Option<Code> {
        if placed.agreement < 0.35 {
            return None;
        }
        let bent = self.bent(view, &placed.grid);
        self.read_modules(view, bent.as_ref().unwrap_or(&placed.grid), false)
    }

    fn bent(&self, view: &View<'_>, grid: &Grid) -> Option<Grid> {
        let worth = grid.side >= side_of(7) && !self.options.without.alignment_bends;
        if worth { bent_by_alignment(view, grid) } else { None }
    }

    fn read_closely(&self, view: &View<'_>, placed: &Placed) -> Option<Code> {
        if placed.agreement < 0.35 {
            return None;
        }
        let bent = self.bent(view, &placed.grid);
        let grid = bent.as_ref().unwrap_or(&placed.grid);
        let thorough = self.options.thorough;
        let erasures = thorough && !self.options.without.erasures;
        if let Some(code) = self.read_modules(view, grid, erasures) {
            return Some(code);
        }
        if !thorough || self.options.without.module_bends {
            return None;
        }
        self.read_modules(view, &bent_by_modules(view, &placed.grid), erasures)
    }

    fn read_modules(&self, view: &View<'_>, grid: &Grid, erasures: bool) -> Option<Code> {
        let shades = Shades::of(view, grid);
        let tellings = [Telling::Around(4), Telling::Picture, Telling::Sharpened(4)];
        for telling in tellings {
            if self.options.without.module_thresholds && telling != Telling::Picture {
                continue;
            }
            let modules = shades.told(telling);
            if let Some(corrected) = modules.read(erasures)
                && let Some(pieces) = segments::read(corrected.version, &corrected.data)
            {
                let corners = grid.corners();
                return Some(Code { pieces, corners, version: corrected.version });
            }
        }
        None
    }
}

/// Reads a square of modules, row by row, where somebody else found it; nothing when it is no code.
pub fn read_modules(side: usize, dark: Vec<bool>) -> Option<Vec<Piece>> {
    if side.checked_mul(side)? != dark.len() {
        return None;
    }
    let corrected = Modules { side, dark, sure: vec![] }.read(false)?;
    segments::read(corrected.version, &corrected.data)
}
