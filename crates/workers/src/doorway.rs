//! The wasm module's exports, called by `public/workers/qr.js`: plain numbers and addresses, so that
//! no glue is downloaded beside the module. Pixels in, codes or an error out. What it holds between
//! calls is one picture and one answer; after a trap the worker throws the whole instance away.

use crate::qr::{self, Effort};
use std::cell::Cell;
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    static PIXELS: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
    static ANSWER: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// Where the worker writes a picture's RGBA bytes, so many, before it calls `decode`.
#[wasm_bindgen]
pub fn room(bytes: usize) -> *mut u8 {
    // Frames are all of one size: the room of the last one is the room of the next.
    let mut pixels = PIXELS.take();
    pixels.resize(bytes, 0);
    let at = pixels.as_mut_ptr();
    PIXELS.set(pixels);
    at
}

/// The QR codes in the picture that was written into `room`. `frame` is a camera frame's number, for
/// a quick look; a negative one asks for a thorough look. Gives the address of the answer, which
/// stays until the next call: 0, the length, the codes as `parcel` lays them out; or 1, the length,
/// the reason why the picture is none.
#[wasm_bindgen]
pub fn decode(width: u32, height: u32, frame: i32) -> *const u8 {
    let effort = u32::try_from(frame).map_or(Effort::Thorough, Effort::Quick);
    let pixels = PIXELS.take();
    let answer = qr::answer(width, height, &pixels, effort);
    PIXELS.set(pixels);
    let at = answer.as_ptr();
    ANSWER.set(answer);
    at
}
