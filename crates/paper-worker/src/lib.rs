//! Papers off the main thread: RGBA of frames and photos in; outlines, flat pages, faults and a PDF
//! out, as bytes. Must not know of the app, the network, decoding or encoding of photos (the browser's).
//!
//! `public/workers/paper.js` is the other half: the worker that loads this module, decodes and encodes,
//! speaks the app's protocol and starts a fresh instance when this one traps or has grown.

mod answer;
#[cfg(target_arch = "wasm32")]
mod doorway;
mod head;
mod jobs;
mod jpeg;
mod pdf;

pub use head::{Head, find_head};
pub use jobs::{Flat, Flatten, Placed, Refused, flatten, frame, look, same};
pub use jpeg::{Jpeg, find_jpeg};
pub use pdf::{Binder, Unbindable};
