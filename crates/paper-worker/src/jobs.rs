//! What the worker is asked for, each a pure function from pixels to an answer's bytes or a page.
//! Corners are shares of the picture's width and height. Must not know where pixels come from.

use crate::answer::Answer;
use motcua_paper::{
    Corners, Fault, Fingerprint, Point, Rgba, SAME_PAGE, Watch, clean_in_place, find_page,
    orientation, page_size, quality, rectify, whole_size,
};

/// Why nothing came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// The pixels are not a picture of this width and height, or it is too large.
    NoPicture,
    /// Three of the corners lie on a line, they are crossed or not numbers.
    NoCorners,
    /// The bytes are not fingerprints.
    NoFingerprints,
}

impl Refused {
    /// The reason for the log; the citizen's words are the app's.
    pub fn reason(self) -> &'static str {
        match self {
            Self::NoPicture => "the pixels are no picture of this size",
            Self::NoCorners => "the corners make no page",
            Self::NoFingerprints => "these are no fingerprints",
        }
    }
}

/// The longer side at which a page is asked how it lies, in pixels.
const TURN_SEEN_AT: f32 = 1_100.0;

/// The next frame of the camera: corners, how far they moved, whether steady, whether sharp, faults.
pub fn frame(watch: &mut Watch, frame: &Rgba) -> Vec<u8> {
    let seen = watch.see(frame);
    Answer::default()
        .corners(seen.corners.as_ref(), (frame.width(), frame.height()))
        .float(seen.moved)
        .number(usize::from(seen.steady))
        .number(usize::from(seen.sharp))
        .faults(&seen.faults)
        .done()
}

/// A photo: corners, quarters of a turn clockwise that put its writing upright, faults.
pub fn look(photo: &Rgba) -> Vec<u8> {
    let size = (photo.width(), photo.height());
    let corners = find_page(photo);
    let (wide, high) = corners.as_ref().map_or(size, |corners| page_size(corners, size));
    let smaller = (TURN_SEEN_AT / wide.max(high).max(1) as f32).min(1.0);
    let seen = ((wide as f32 * smaller) as usize, (high as f32 * smaller) as usize);
    let page = rectify(photo, &corners.unwrap_or_else(|| whole(photo)), seen);
    let turn = page.map_or(0, |page| orientation(&page).quarters());
    let faults = quality(photo, corners.as_ref());
    Answer::default().corners(corners.as_ref(), size).number(turn as usize).faults(&faults).done()
}

/// Where a page lies in a photo, of which the pixels at hand may be a part.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    /// The page's corners as shares of the whole photo's width and height.
    pub corners: Corners,
    /// The whole photo's width and height, in pixels of the part.
    pub whole: (f32, f32),
    /// The part's upper left in it.
    pub part: Point,
}

/// How a photo becomes a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Flatten {
    /// Where the page is; without any, the pixels are the whole photo, and it is the page.
    pub place: Option<Placed>,
    /// Quarters of a turn, clockwise, after which it is upright.
    pub turn: u32,
    /// Whether light and tint are taken out.
    pub clean: bool,
}

/// A page made of a photo.
#[derive(Debug, Clone, PartialEq)]
pub struct Flat {
    /// Its pixels.
    pub page: Rgba,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
    /// To be compared with other pages'.
    pub fingerprint: Fingerprint,
}

/// Makes a page of a photo, and lets the photo go as soon as it can.
///
/// # Errors
/// [`Refused::NoCorners`] when the corners make no page.
pub fn flatten(photo: Rgba, how: &Flatten) -> Result<Flat, Refused> {
    let turn = how.turn % 4;
    let (corners, mut flat) = match how.place {
        Some(Placed { corners, whole, part }) => {
            let seen = corners.map(|at| Point::new(at.x * whole.0, at.y * whole.1));
            // The perspective is that of the whole photo: its middle is the lens's.
            let flat = page_size(&seen, (whole.0 as usize, whole.1 as usize));
            (Some(seen.map(|at| at.minus(part))), flat)
        }
        None => (None, whole_size((photo.width(), photo.height()))),
    };
    let faults = quality(&photo, corners.as_ref());
    let mut around = corners.unwrap_or_else(|| whole(&photo));
    // Turning is naming another corner the first: no second page is needed for it.
    around.rotate_right(turn as usize);
    if turn % 2 == 1 {
        flat = (flat.1, flat.0);
    }
    let mut page = rectify(&photo, &around, flat).ok_or(Refused::NoCorners)?;
    drop(photo);
    if how.clean {
        clean_in_place(&mut page);
    }
    let fingerprint = Fingerprint::of(&page);
    Ok(Flat { page, faults, fingerprint })
}

/// Which of the pages are one and the same: their numbers, two by two.
///
/// # Errors
/// [`Refused::NoFingerprints`] when the bytes are not fingerprints, one behind the other.
pub fn same(bytes: &[u8]) -> Result<Vec<u8>, Refused> {
    let pages: Option<Vec<_>> =
        bytes.chunks(Fingerprint::BYTES).map(Fingerprint::from_bytes).collect();
    let pages = pages.ok_or(Refused::NoFingerprints)?;
    let mut answer = Answer::default();
    for (i, page) in pages.iter().enumerate() {
        for (j, other) in pages.iter().enumerate().skip(i + 1) {
            if page.likeness(other) >= SAME_PAGE {
                answer = answer.number(i).number(j);
            }
        }
    }
    Ok(answer.done())
}

/// The corners of the whole picture.
fn whole(picture: &Rgba) -> Corners {
    let (wide, high) = (picture.width() as f32, picture.height() as f32);
    [(0.0, 0.0), (wide, 0.0), (wide, high), (0.0, high)].map(|(x, y)| Point::new(x, y))
}
