//! Looking for a QR code: in the camera's frames, or in a picture from the gallery. What a text
//! means is the domain's business.

use super::lens::{CameraProblem, Lens};
use crate::browser::barcode::{self, Reader};
use crate::browser::camera::{Camera, Purpose};
use crate::browser::image::Picked;
use crate::browser::qr_worker::QrWorker;
use crate::browser::{Refused, signal, tasks};

/// Milliseconds between frames: about eight a second, one at a time.
const PAUSE: u32 = 60;

/// Looks through the camera shown in the video element with this id, until a code's text is handed to
/// `found`, another camera is chosen, or the page is gone.
pub async fn watch(lens: Lens, video_id: &'static str, found: impl Fn(String) + 'static) {
    let Some((camera, round)) = lens.open(video_id, Purpose::Codes).await else { return };
    let mut eyes = match Eyes::open().await {
        Ok(eyes) => eyes,
        Err(why) => {
            lens.release();
            return lens.fail("QR reader", &why, CameraProblem::NoReader);
        }
    };
    lens.runs();
    while lens.is_newest(round) {
        let text = eyes.look(&camera).await.unwrap_or_else(|why| {
            tasks::log_failure("look", &why);
            None
        });
        if let Some(text) = text.filter(|_| lens.is_newest(round)) {
            lens.release();
            signal::done();
            return found(text);
        }
        tasks::sleep(PAUSE).await;
    }
}

/// The texts of the codes in a picked picture.
pub async fn read_picture(file: Picked) -> Result<Vec<String>, Refused> {
    QrWorker::start().await?.read_picture(file.blob()).await
}

/// Our reader, and the browser's own beside it where there is one.
struct Eyes {
    own: Option<QrWorker>,
    browsers: Option<Reader>,
    /// What the browser's reader said of the frame before, and ours did not see.
    unconfirmed: Option<String>,
}

impl Eyes {
    /// One of the two is enough: ours may be out of reach without a network, the browser's may not
    /// exist.
    async fn open() -> Result<Self, Refused> {
        let browsers = barcode::find_reader().await;
        let own = match QrWorker::start().await {
            Ok(own) => Some(own),
            Err(why) if browsers.is_none() => return Err(why),
            Err(_) => None,
        };
        Ok(Self { own, browsers, unconfirmed: None })
    }

    /// The text of a code in the camera's picture. Ours counts as it is; the browser's counts when
    /// ours agrees, or when it says the same of two frames: some of them misread.
    async fn look(&mut self, camera: &Camera) -> Result<Option<String>, Refused> {
        let theirs = match &self.browsers {
            Some(reader) => reader.read(camera.video()).await.unwrap_or_default(),
            None => vec![],
        };
        let ours = match (&self.own, camera.find_frame().await?) {
            (Some(own), Some(frame)) => own.read_frame(&frame).await?,
            _ => vec![],
        };
        if let Some(text) = ours.into_iter().next() {
            return Ok(Some(text));
        }
        let seen = theirs.into_iter().next();
        if seen.is_some() && seen == self.unconfirmed {
            return Ok(seen);
        }
        self.unconfirmed = seen;
        Ok(None)
    }
}
