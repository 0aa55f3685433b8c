//! The wasm module's one export, called by `public/workers/qr.js`. Bytes in, texts or an error out;
//! must not hold state, for the worker throws the whole instance away after a trap.

use crate::qr;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

/// The texts of the QR codes in a picture of RGBA bytes.
#[wasm_bindgen]
pub fn decode(width: u32, height: u32, rgba: &[u8]) -> Result<Vec<String>, JsError> {
    Ok(qr::decode_rgba(width, height, rgba)?)
}
