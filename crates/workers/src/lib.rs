//! Work that is too heavy for the app's own thread: finding QR codes in pictures. Owns pixels in,
//! codes as bytes out; must not know what a text means, nor anything of the app or the network.
//!
//! `public/workers/qr.js` is the other half: the worker that loads this module, speaks the app's
//! protocol and starts a fresh instance when this one traps.

#[cfg(target_arch = "wasm32")]
mod doorway;
mod parcel;
mod qr;

pub use qr::{Effort, decode_rgba};
