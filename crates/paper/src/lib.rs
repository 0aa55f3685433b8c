//! From a photo of a paper to a page that reads: colours in, corners, a flat clean page and reasons
//! against it out. Must not know of cameras, files, encoders, workers or the app, nor any words for a
//! citizen.
//!
//! The way of a photo: `page` finds the outline (`picture` makes it small, `plane` computes on it,
//! `edges` sees where it changes, `lines` joins edges, `quads` tries every four lines, `inside` asks
//! whether paper lies between, `refine` moves the sides to a part of a pixel); `rectify` makes the page flat,
//! `orientation` says how it lies, `clean` takes the light out. `quality` says what is wrong with it,
//! `same` whether two pages or two frames are one, `watch` when a camera is held still.

#![forbid(unsafe_code)]
#![allow(
    clippy::manual_clamp,
    reason = "clamp prints its bounds when they are wrong, and printing floats takes 18 kB"
)]
#![allow(
    clippy::neg_cmp_op_on_partial_ord,
    reason = "a number that is none must fail the comparison too"
)]

mod clean;
mod edges;
mod geometry;
mod inside;
mod lines;
mod orientation;
mod page;
mod picture;
mod plane;
mod quads;
mod quality;
mod rectify;
mod refine;
mod same;
mod watch;

pub use clean::{clean, clean_in_place};
pub use geometry::{Corners, Homography, Point};
pub use orientation::{Orientation, orientation};
pub use page::{Outline, find_outline, find_page};
pub use picture::{Rgba, Unreadable};
pub use quality::{
    CUT, DARK_PAPER, FRAME_SHARE, FRAME_SHARP, Fault, GLARE_AREA, LEAST_INK, LEAST_LENGTH, SHARP,
    frame_quality, quality,
};
pub use rectify::{LARGEST, page_size, rectify, turned, whole_size};
pub use same::{AT_REST, CORNERS_AT_REST, Fingerprint, SAME_PAGE, change, movement};
pub use watch::{RESTS, Seen, Watch};
