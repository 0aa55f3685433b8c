//! Our own QR decoder: shades of grey in, pieces of text and corners out. Written from ISO/IEC
//! 18004. Must not know of cameras, files, workers or the app, nor what a text means.
//!
//! The way of a picture: `threshold` parts dark from light, `finder` finds the corner squares,
//! `locate` takes three that belong together, `fit` lays a `grid` over them, `sample` looks at its
//! modules, `matrix` corrects what they say, `segments` reads it. `reader` tries variants.

#![forbid(unsafe_code)]
#![allow(
    clippy::manual_clamp,
    reason = "clamp prints its bounds when they are wrong, and printing floats takes 18 kB"
)]

mod finder;
mod fit;
mod format;
mod galois;
mod geometry;
mod grey;
mod grid;
mod locate;
mod matrix;
mod order;
mod pattern;
mod reader;
mod reed_solomon;
mod sample;
mod segments;
mod tables;
mod threshold;
mod view;

pub use geometry::Point;
pub use grey::{Grey, Unreadable};
pub use reader::{Code, Options, Without, read, read_modules};
pub use segments::{Charset, Piece};
