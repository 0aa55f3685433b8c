//! The worker that finds QR codes off the main thread: its messages and nothing else. It is fetched
//! when first needed. Pixels are read in the worker, so that this thread stays free. Knows nothing of
//! what a code means.

use super::Refused;
use super::worker::{Asked, field, texts};
use web_sys::{Blob, ImageBitmap};

const ADDRESS: &str = "/workers/qr.js";
/// A worker that says nothing for so long is given up.
const PATIENCE_MS: i32 = 20_000;

/// A running worker; ended when dropped.
pub struct QrWorker(Asked);

impl QrWorker {
    /// Starts the worker and waits until it is ready.
    pub async fn start() -> Result<Self, Refused> {
        Asked::start(ADDRESS, PATIENCE_MS).await.map(Self)
    }

    /// The texts of the codes in a camera's frame, which is given away.
    pub async fn read_frame(&self, frame: &ImageBitmap) -> Result<Vec<String>, Refused> {
        let parts = [("bitmap", frame.into())];
        let answer = self.0.ask("frame", &parts, &js_sys::Array::of1(frame)).await?;
        Ok(texts(&field(&answer, "texts")))
    }

    /// The texts of the codes in a picture file, of whatever size: the worker opens it.
    pub async fn read_picture(&self, picture: &Blob) -> Result<Vec<String>, Refused> {
        let parts = [("blob", picture.into())];
        let answer = self.0.ask("decode-picture", &parts, &js_sys::Array::new()).await?;
        Ok(texts(&field(&answer, "texts")))
    }
}
