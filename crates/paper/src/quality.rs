//! What would make an office send a photographed paper back, each with a limit one can read here.
//! Says what is wrong; the words for it, and whether it matters, are the app's.

use crate::geometry::{Corners, less, more};
use crate::picture::{Rgba, Small, luma};
use crate::plane::Plane;
use crate::rectify::{page_size, warped};
use crate::{Point, same};

/// What is wrong with a photo of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The paper itself is darker than [`DARK_PAPER`].
    TooDark,
    /// Edges are wider than [`SHARP`] allows: shaken or out of focus.
    Blurred,
    /// Light is mirrored so that a part of the page is white: more than [`GLARE_AREA`].
    Glare,
    /// A corner of the page is at the photo's border or beyond.
    CutCorner,
    /// Something of another colour or much darker lies over the page's rim: a finger.
    Covered,
    /// The page's longer side has fewer pixels than [`LEAST_LENGTH`].
    TooSmall,
    /// There is less ink on it than [`LEAST_INK`].
    Blank,
}

impl Fault {
    /// Its name among machines, in the workers' answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::TooDark => "too_dark",
            Self::Blurred => "blurred",
            Self::Glare => "glare",
            Self::CutCorner => "cut_corner",
            Self::Covered => "covered",
            Self::TooSmall => "too_small",
            Self::Blank => "blank",
        }
    }
}

/// The shade, of 255, that a tenth of the page must exceed.
pub const DARK_PAPER: f32 = 75.0;
/// The least steepness of writing: the greatest step between neighbouring pixels for the difference of
/// shades around, with the page's longer side at 1,200 pixels, on the median of places with writing.
pub const SHARP: f32 = 0.26;
/// The share of the page that is blinded.
pub const GLARE_AREA: f32 = 0.006;
/// Pixels along the longer side: an A4 page has 85 an inch then, small print can just be read.
pub const LEAST_LENGTH: f32 = 1_000.0;
/// [`SHARP`] for a camera's frame, where a page is judged at the size it has.
pub const FRAME_SHARP: f32 = 0.30;
/// In a frame, the page's longer side for the frame's: below, the camera must come nearer.
pub const FRAME_SHARE: f32 = 0.45;
/// The share of pixels that have ink.
pub const LEAST_INK: f32 = 0.0015;
/// How near the border a corner counts as cut, in shares of the photo's diagonal.
pub const CUT: f32 = 0.004;

/// The longer side at which a page is judged, in pixels.
const JUDGED_AT: f32 = 1_200.0;
/// The longer side at which light, colours and ink are judged, in pixels.
const SEEN_AT: usize = 480;
/// The same of a frame's page.
const GLANCED_AT: f32 = 320.0;
/// From this shade on a pixel is blinded.
const BLINDED: f32 = 249.0;
/// Around a spot of glare paper is at most so bright ...
const AROUND: f32 = 224.0;
/// ... so far away, in shares of the page's longer side.
const AWAY: f32 = 0.25;

/// How far inside the rim a finger is sought, in shares of the page.
const RIM: f32 = 0.012;
/// Places along each side, and how many in a row make a finger.
const RIM_PLACES: usize = 60;
const FINGER: usize = 3;

/// What is wrong with a photo of a paper within these corners; with the whole photo, as a paper, when
/// there are none. The most serious first; nothing when it is good.
///
/// `Blurred` is not told of a page that is too small, too dark or blank, nor `Blank` of one too dark.
pub fn quality(photo: &Rgba, corners: Option<&Corners>) -> Vec<Fault> {
    faults(photo, corners, &PHOTO)
}

/// The same of a frame of the camera's preview, which has fewer pixels than the photo that follows:
/// `TooSmall` goes by [`FRAME_SHARE`], `Blurred` by [`FRAME_SHARP`].
pub fn frame_quality(frame: &Rgba, corners: Option<&Corners>) -> Vec<Fault> {
    let least_length = FRAME_SHARE * frame.width().max(frame.height()) as f32;
    faults(frame, corners, &Limits { least_length, sharp: FRAME_SHARP, flat: false })
}

/// What differs between a photo and a frame.
struct Limits {
    least_length: f32,
    sharp: f32,
    /// Whether writing is looked at on the flat page, as large as [`JUDGED_AT`]; else as it is seen,
    /// which a preview has time for.
    flat: bool,
}

const PHOTO: Limits = Limits { least_length: LEAST_LENGTH, sharp: SHARP, flat: true };

fn faults(photo: &Rgba, corners: Option<&Corners>, limits: &Limits) -> Vec<Fault> {
    let (width, height) = (photo.width() as f32, photo.height() as f32);
    let whole = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)];
    let around = corners.copied().unwrap_or(whole.map(|(x, y)| Point::new(x, y)));
    let mut faults = Vec::new();
    let length = |i: usize| around[i].far(around[(i + 1) % 4]);
    let long = (0..4).map(length).fold(0.0, f32::max);
    let (across, down) = page_size(&around, (photo.width(), photo.height()));
    let scale = if limits.flat { JUDGED_AT } else { GLANCED_AT } / across.max(down) as f32;
    let size = [across, down].map(|side| (side as f32 * scale) as usize);
    let each = if limits.flat { 4 } else { 1 };
    let Some(page) = warped(photo, &around, (size[0], size[1]), each) else {
        return vec![Fault::TooSmall];
    };
    let small = Small::of(&page, SEEN_AT);
    let bright = &small.planes[0];
    let dark = bright.quantile(0.9) < DARK_PAPER;
    let paper = same::paper_of(bright);
    let ink = inked(bright, &paper);
    if dark {
        faults.push(Fault::TooDark);
    }
    if long < limits.least_length {
        faults.push(Fault::TooSmall);
    }
    if corners.is_some() {
        let near = CUT * width.hypot(height);
        let cut = |at: &Point| {
            !(at.x > near && at.y > near && at.x < width - near && at.y < height - near)
        };
        if around.iter().any(cut) {
            faults.push(Fault::CutCorner);
        }
        if !dark && covered(&small, &paper) {
            faults.push(Fault::Covered);
        }
    }
    if !dark && ink < LEAST_INK {
        faults.push(Fault::Blank);
    }
    let rim_only = |fault: &Fault| matches!(fault, Fault::CutCorner | Fault::Covered);
    if faults.iter().all(rim_only) {
        let sharp =
            if limits.flat { sharpness(&page, None) } else { sharpness(photo, Some(&around)) };
        if sharp.is_some_and(|sharp| sharp < limits.sharp) {
            faults.push(Fault::Blurred);
        }
    }
    if glares(bright, &paper) {
        faults.push(Fault::Glare);
    }
    faults
}

/// The share of pixels, but the rim's, that have ink.
fn inked(bright: &Plane, paper: &Plane) -> f32 {
    let ink = same::ink_on(bright, paper);
    let (rim_x, rim_y) = (ink.width / 20, ink.height / 20);
    let (mut inked, mut count) = (0u32, 0u32);
    for y in rim_y..ink.height - rim_y {
        for x in rim_x..ink.width - rim_x {
            inked += u32::from(ink.values[y * ink.width + x] > 0.12);
            count += 1;
        }
    }
    inked as f32 / count.max(1) as f32
}

/// Whether spots are blinded amid paper that is not; paper that is bright towards one side is none.
fn glares(bright: &Plane, paper: &Plane) -> bool {
    let (width, height) = (bright.width as f32, bright.height as f32);
    let away = AWAY * width.max(height);
    let mut blinded = 0;
    for (i, shade) in bright.values.iter().enumerate() {
        if *shade < BLINDED {
            continue;
        }
        let at = Point::new((i % bright.width) as f32, (i / bright.width) as f32);
        let (mut seen, mut darker) = (0, 0);
        for (x, y) in [
            (1., 0.),
            (0.7, 0.7),
            (0., 1.),
            (-0.7, 0.7),
            (-1., 0.),
            (-0.7, -0.7),
            (0., -1.),
            (0.7, -0.7),
        ] {
            let place = at.plus(Point::new(x, y).times(away));
            if place.x > 0.0 && place.y > 0.0 && place.x < width && place.y < height {
                seen += 1;
                darker += i32::from(paper.between(place) < AROUND);
            }
        }
        blinded += i32::from(seen >= 3 && darker * 4 >= seen * 3);
    }
    blinded as f32 > GLARE_AREA * bright.values.len() as f32
}

/// Whether a stretch of the rim is unlike the paper.
fn covered(small: &Small, paper: &Plane) -> bool {
    let [bright, red, blue] = &small.planes;
    let usual = [red, blue].map(Plane::middle);
    let (width, height) = (bright.width as f32, bright.height as f32);
    let inset = RIM * width.max(height) + 1.0;
    let ring = [
        (inset, inset),
        (width - inset, inset),
        (width - inset, height - inset),
        (inset, height - inset),
    ]
    .map(|(x, y)| Point::new(x, y));
    let mut run = 0;
    for i in 0..4 * RIM_PLACES {
        let (side, part) = (i / RIM_PLACES, (i % RIM_PLACES) as f32 / RIM_PLACES as f32);
        let at = ring[side].times(1.0 - part).plus(ring[(side + 1) % 4].times(part));
        let shade = paper.between(at).max(1.0);
        let off = (red.between(at) - usual[0]).hypot(blue.between(at) - usual[1]);
        run = if off / shade > 0.12 { run + 1 } else { 0 };
        if run >= FINGER {
            return true;
        }
    }
    false
}

fn median(values: &[f32]) -> f32 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f32::total_cmp);
    sorted[sorted.len() / 2]
}

/// How steep writing is, on the median of the places that have some, of all or of those within the
/// corners; nothing when hardly any has.
fn sharpness(page: &Rgba, within: Option<&Corners>) -> Option<f32> {
    const SIDE: usize = 24;
    let inside = |x: usize, y: usize| {
        let at = Point::new(x as f32, y as f32);
        within.is_none_or(|corners| {
            (0..4).all(|i| {
                let (from, to) = (corners[i], corners[(i + 1) % 4]);
                to.minus(from).cross(at.minus(from)) > 0.0
            })
        })
    };
    let mut found = Vec::new();
    let mut shades = [[0f32; SIDE]; SIDE];
    // Of a frame every other place is enough, as on a chessboard.
    let (apart, shift) = if within.is_some() { (2 * SIDE, SIDE) } else { (SIDE, 0) };
    for top in (SIDE..page.height().saturating_sub(2 * SIDE)).step_by(SIDE) {
        let first = SIDE + top / SIDE % 2 * shift;
        for left in (first..page.width().saturating_sub(2 * SIDE)).step_by(apart) {
            let (right, below) = (left + SIDE, top + SIDE);
            let places = [(left, top), (right, top), (right, below), (left, below)];
            if !places.iter().all(|(x, y)| inside(*x, *y)) {
                continue;
            }
            let (mut least, mut most) = (f32::MAX, 0f32);
            for (row, pixels) in shades.iter_mut().zip(page.part(left, top, SIDE)) {
                for (value, pixel) in row.iter_mut().zip(pixels) {
                    *value = luma([0, 1, 2].map(|channel| f32::from(pixel[channel])));
                    (least, most) = (less(least, *value), more(most, *value));
                }
            }
            let range = most - least;
            if range < 0.25 * most || range < 25.0 {
                continue;
            }
            let mut steep = 0f32;
            for y in 1..SIDE - 1 {
                for x in 1..SIDE - 1 {
                    // Over two neighbours along the edge, so that noise counts less.
                    let right =
                        shades[y][x] + shades[y + 1][x] - shades[y][x - 1] - shades[y + 1][x - 1];
                    let below =
                        shades[y][x] + shades[y][x + 1] - shades[y - 1][x] - shades[y - 1][x + 1];
                    steep = more(steep, more(right.abs(), below.abs()));
                }
            }
            found.push(steep / 2.0 / range);
        }
    }
    (found.len() >= 6).then(|| median(&found))
}
