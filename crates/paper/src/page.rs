//! The outline of a paper in a photo: lines, four of them, a closer look. Knows nothing of what is on
//! the paper.

use crate::edges::Look;
use crate::geometry::Corners;
use crate::inside::Inside;
use crate::picture::{Rgba, Small};
use crate::quads::Quad;
use crate::{Point, lines, quads, refine};

/// The longer side at which lines are sought, in pixels: first so small that most papers cost little,
/// and again where none is beyond doubt.
const GLANCED_AT: usize = 320;
const LOOKED_AT: usize = 480;
/// Four lines score at least so much to be a page.
const LEAST_SCORE: f32 = 0.67;
/// Along the worst side at least so much is seen.
const LEAST_WORST: f32 = 0.3;
/// A paper that needs no second look: so many points, and so much seen along its worst side. Of 440
/// made photos two in three had one; of the wrong outlines it let through none more than the second
/// look alone.
const SURE_SCORE: f32 = 0.9;
const SURE_WORST: f32 = 0.8;

/// Four sides of what may be a paper, and how well the picture speaks for them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outline {
    /// Clockwise from the corner nearest the upper left, in the photo's pixels.
    pub corners: Corners,
    /// What is seen along the sides and inside, about 0 to 1.3; a paper from 0.67 on.
    pub score: f32,
    /// What is seen along the worst side, 0 to 1; enough from 0.3 on.
    pub worst_side: f32,
}

impl Outline {
    /// Whether it stands out enough to be taken for a paper.
    pub fn is_page(&self) -> bool {
        self.score >= LEAST_SCORE && self.worst_side >= LEAST_WORST
    }

    fn is_sure(&self) -> bool {
        self.score >= SURE_SCORE && self.worst_side >= SURE_WORST
    }
}

/// Where a paper lies in a photo: corners clockwise from the one nearest the upper left, in the
/// photo's pixels; nothing when no outline stands out. A corner may lie outside the photo by up to 8 %
/// of its longer side, when the paper reaches out.
///
/// Takes photos of any size a [`Rgba`] holds; one of 1,000 to 2,000 pixels is exact enough.
pub fn find_page(photo: &Rgba) -> Option<Corners> {
    page_from(photo, &glanced(photo))
}

/// The best four sides whatever they score, for measuring and for a guess the citizen may drag right;
/// nothing when no four lines make a shape, or a side of the photo is below 32 pixels.
pub fn find_outline(photo: &Rgba) -> Option<Outline> {
    outline_from(photo, &glanced(photo))
}

/// The picture of a photo or frame in which its outline is sought first.
pub(crate) fn glanced(photo: &Rgba) -> Small {
    Small::of(photo, GLANCED_AT)
}

/// [`find_page`] of a photo that [`glanced`] was made of.
pub(crate) fn page_from(photo: &Rgba, glanced: &Small) -> Option<Corners> {
    outline_from(photo, glanced).filter(Outline::is_page).map(|outline| outline.corners)
}

fn outline_from(photo: &Rgba, glanced: &Small) -> Option<Outline> {
    if photo.width() < 32 || photo.height() < 32 {
        return None;
    }
    let glance = outline_in(photo, glanced);
    if glance.is_some_and(|outline| outline.is_sure()) {
        return glance;
    }
    outline_in(photo, &Small::of(photo, LOOKED_AT)).or(glance)
}

/// The best four sides in a photo made so small.
fn outline_in(photo: &Rgba, small: &Small) -> Option<Outline> {
    let look = Look::of(small);
    let (edges, filled) = look.edges();
    let lines = lines::find(&look, &edges);
    let quads = quads::find(&lines, look.bright.width as f32, look.bright.height as f32);
    let inside = Inside::new(&look, edges.get(..filled)?);
    let mut quad: Option<Quad> = None;
    for mut other in quads {
        // The best come first, and what lies inside only costs.
        if quad.is_some_and(|quad| other.score <= quad.score) {
            break;
        }
        other.score -= inside.cost(&other.corners);
        if quad.is_none_or(|quad| other.score > quad.score) {
            quad = Some(other);
        }
    }
    let quad = quad?;
    let corners = quad.corners.map(|at| Point::new(at.x * small.scale, at.y * small.scale));
    let refined = refine::refine(photo, &corners, (1.5 * small.scale).max(2.0));
    Some(Outline { corners: refined, score: quad.score, worst_side: quad.worst })
}
