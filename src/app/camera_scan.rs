//! Looking for a QR code: in the camera's frames, or in a picture from the gallery. Uses the
//! browser's own reader where there is one, and the worker where there is none. What a text means
//! is the domain's business.

use crate::browser::barcode::{self, Reader};
use crate::browser::camera::{self, Camera};
use crate::browser::image::{self, Picked};
use crate::browser::qr_worker::QrWorker;
use crate::browser::{Refused, tasks};
use leptos::prelude::*;

/// Milliseconds between frames: five a second at most, one at a time.
const PAUSE: u32 = 200;

/// Why there is no picture from the camera.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CameraProblem {
    /// The citizen or a rule said no.
    NotAllowed,
    /// There is none.
    NoCamera,
    /// Another program has it.
    Busy,
    /// The page is not on a secure address.
    Insecure,
    /// The reader could not be fetched or started.
    NoReader,
}

/// Where the looking stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Looking {
    /// Asking for the camera.
    Starting,
    /// Looking.
    Running,
    /// The camera cannot be used.
    Failed(CameraProblem),
}

/// Looks through the camera shown in the video element with this id, until a code's text is handed
/// to `found` and that says to stop, or the page is gone (`state` is disposed of).
pub async fn watch(
    video_id: &'static str,
    state: RwSignal<Looking>,
    found: impl Fn(String) -> bool + 'static,
) {
    let camera = match camera::open(video_id).await {
        Ok(camera) => camera,
        Err(why) => {
            tasks::log_failure("camera", &why);
            state.try_set(Looking::Failed(problem_of(&why)));
            return;
        }
    };
    let eyes = match Eyes::open().await {
        Ok(eyes) => eyes,
        Err(why) => {
            tasks::log_failure("QR reader", &why);
            state.try_set(Looking::Failed(CameraProblem::NoReader));
            return;
        }
    };
    if state.try_set(Looking::Running).is_some() {
        return;
    }
    while state.try_get_untracked().is_some() {
        let texts = eyes.look(&camera).await.unwrap_or_default();
        if state.try_get_untracked().is_none() || texts.into_iter().any(&found) {
            return;
        }
        tasks::sleep(PAUSE).await;
    }
}

/// The texts of the codes in a picked picture.
pub async fn read_picture(file: Picked) -> Result<Vec<String>, Refused> {
    let pixels = image::pixels(file.blob()).await?;
    QrWorker::start().await?.decode(pixels).await
}

fn problem_of(why: &Refused) -> CameraProblem {
    match why.name.as_str() {
        "NotAllowedError" | "SecurityError" => CameraProblem::NotAllowed,
        "NotReadableError" | "AbortError" => CameraProblem::Busy,
        "InsecureContext" => CameraProblem::Insecure,
        _ => CameraProblem::NoCamera,
    }
}

/// Whichever reader this browser has.
enum Eyes {
    Own(Reader),
    Worker(QrWorker),
}

impl Eyes {
    async fn open() -> Result<Self, Refused> {
        match barcode::find_reader().await {
            Some(reader) => Ok(Self::Own(reader)),
            None => Ok(Self::Worker(QrWorker::start().await?)),
        }
    }

    async fn look(&self, camera: &Camera) -> Result<Vec<String>, Refused> {
        match self {
            Self::Own(reader) => reader.read(camera.video()).await,
            Self::Worker(worker) => match camera.find_frame()? {
                Some(pixels) => worker.decode(pixels).await,
                None => Ok(vec![]),
            },
        }
    }
}
