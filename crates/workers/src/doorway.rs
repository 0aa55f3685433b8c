//! The wasm module's one export, called by `public/workers/qr.js`. Pixels in, codes or an error out;
//! must not hold state, for the worker throws the whole instance away after a trap.

use crate::qr::{self, Effort};
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

/// The QR codes in a picture of RGBA bytes, as `parcel` lays them out. `frame` is a camera frame's
/// number, for a quick look; without one the look is thorough.
#[wasm_bindgen]
pub fn decode(
    width: u32,
    height: u32,
    rgba: &[u8],
    frame: Option<u32>,
) -> Result<Vec<u8>, JsError> {
    let effort = frame.map_or(Effort::Thorough, Effort::Quick);
    Ok(qr::decode_rgba(width, height, rgba, effort)?)
}
