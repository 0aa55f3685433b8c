//! The camera's preview, frame after frame: whether a page is seen, held still and sharp, so that the
//! shutter may go by itself. Knows nothing of cameras or shutters.

use crate::geometry::Corners;
use crate::page::{glanced, page_from};
use crate::picture::Rgba;
use crate::quality::{Fault, frame_quality};
use crate::same::{AT_REST, CORNERS_AT_REST, Glance, movement};

/// So many frames in a row must be at rest, each beside the one before it.
pub const RESTS: u32 = 3;

/// What a frame shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// The page, as [`crate::find_page`] tells it.
    pub corners: Option<Corners>,
    /// How far its farthest corner moved since the frame before, in shares of the diagonal, as
    /// [`movement`] counts. Without a page in both frames, how much the picture changed, as
    /// [`Glance::change`] counts; 1 when nothing is known of a frame before.
    pub moved: f32,
    /// A page was at rest [`RESTS`] times in a row, this frame included.
    pub steady: bool,
    /// There is a page and its writing, where it has enough to tell, is not blurred.
    pub sharp: bool,
    /// What is wrong with the page, as [`frame_quality`] tells; nothing is told without a page.
    pub faults: Vec<Fault>,
}

/// What is kept from frame to frame.
#[derive(Debug, Clone, Default)]
pub struct Watch {
    before: Option<(Glance, Option<Corners>)>,
    rests: u32,
}

impl Watch {
    /// Takes the next frame.
    pub fn see(&mut self, frame: &Rgba) -> Seen {
        let small = glanced(frame);
        let glance = Glance::of(&small);
        let corners = page_from(frame, &small);
        let (mut moved, mut rests) = (1.0, false);
        if let Some((before, corners_before)) = &self.before {
            let changed = before.change(&glance);
            moved = changed.min(1.0);
            if let (Some(a), Some(b)) = (corners_before, &corners) {
                moved = movement(a, b, (frame.width(), frame.height())).min(1.0);
                // Another page in the same place has its corners at rest and all else changed.
                rests = moved < CORNERS_AT_REST && changed < 2.0 * AT_REST;
            }
        }
        self.rests = if rests { self.rests.saturating_add(1) } else { 0 };
        self.before = Some((glance, corners));
        let faults = corners.map(|corners| frame_quality(frame, Some(&corners)));
        Seen {
            corners,
            moved,
            steady: self.rests >= RESTS,
            sharp: faults.as_ref().is_some_and(|faults| !faults.contains(&Fault::Blurred)),
            faults: faults.unwrap_or_default(),
        }
    }
}
