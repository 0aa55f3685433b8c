//! Looking for a QR code: in the camera's frames, or in a picture from the gallery. What a text
//! means is the domain's business.

use crate::browser::barcode::{self, Reader};
use crate::browser::camera::{self, Camera, Device, Zoom};
use crate::browser::image::Picked;
use crate::browser::qr_worker::QrWorker;
use crate::browser::{Refused, preference, signal, tasks};
use leptos::prelude::*;
use std::rc::Rc;

/// Milliseconds between frames: about eight a second, one at a time.
const PAUSE: u32 = 60;
const CAMERA_KEY: &str = "camera";

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

/// The scanner of one page: where it stands, and what its camera can do.
#[derive(Clone, Copy)]
pub struct Scanner {
    /// Where the looking stands.
    pub looking: RwSignal<Looking>,
    /// Whether the torch is on; nothing where there is none.
    pub torch: RwSignal<Option<bool>>,
    /// How far the camera zooms; nothing where it cannot.
    pub zoom: RwSignal<Option<Zoom>>,
    /// The cameras to choose from.
    pub devices: RwSignal<Vec<Device>>,
    /// The one in use.
    pub device: RwSignal<Option<String>>,
    camera: StoredValue<Option<Rc<Camera>>, LocalStorage>,
    /// Counts the cameras opened: a loop whose camera is not the newest ends.
    round: StoredValue<u32>,
}

impl Scanner {
    /// A scanner that does not look yet.
    pub fn new() -> Self {
        Self {
            looking: RwSignal::new(Looking::Starting),
            torch: RwSignal::new(None),
            zoom: RwSignal::new(None),
            devices: RwSignal::new(vec![]),
            device: RwSignal::new(preference::find(CAMERA_KEY)),
            camera: StoredValue::new_local(None),
            round: StoredValue::new(0),
        }
    }

    /// Looks through the camera shown in the video element with this id, until a code's text is
    /// handed to `found`, another camera is chosen, or the page is gone.
    pub async fn watch(self, video_id: &'static str, found: impl Fn(String) + 'static) {
        let Some(round) = self.begin_round() else { return };
        let opened = match camera::open(video_id, self.device.get_untracked().as_deref()).await {
            Ok(camera) => Rc::new(camera),
            Err(why) => return self.fail("camera", &why, problem_of(&why)),
        };
        if !self.is_newest(round) {
            return;
        }
        self.learn(&opened).await;
        self.camera.try_set_value(Some(Rc::clone(&opened)));
        let mut eyes = match Eyes::open().await {
            Ok(eyes) => eyes,
            Err(why) => {
                self.release();
                return self.fail("QR reader", &why, CameraProblem::NoReader);
            }
        };
        self.looking.try_set(Looking::Running);
        while self.is_newest(round) {
            let text = eyes.look(&opened).await.unwrap_or_else(|why| {
                tasks::log_failure("look", &why);
                None
            });
            if let Some(text) = text.filter(|_| self.is_newest(round)) {
                self.release();
                signal::done();
                return found(text);
            }
            tasks::sleep(PAUSE).await;
        }
    }

    /// Switches the torch.
    pub fn switch_torch(self) {
        let (Some(camera), Some(on)) = (self.camera.get_value(), self.torch.get_untracked()) else {
            return;
        };
        tasks::start(async move {
            if camera.set_torch(!on).await.is_ok() {
                self.torch.try_set(Some(!on));
            }
        });
    }

    /// Zooms.
    pub fn zoom_to(self, now: f64) {
        let Some(camera) = self.camera.get_value() else { return };
        tasks::start(async move {
            if camera.set_zoom(now).await.is_ok() {
                self.zoom.try_update(|zoom| *zoom = zoom.map(|zoom| Zoom { now, ..zoom }));
            }
        });
    }

    /// Takes another camera from the next `watch` on, and remembers it.
    pub fn choose(self, device: String) {
        preference::remember(CAMERA_KEY, &device);
        self.device.set(Some(device));
    }

    /// Puts the camera off.
    pub fn release(self) {
        self.begin_round();
        self.camera.try_set_value(None);
    }

    fn begin_round(self) -> Option<u32> {
        self.round.try_update_value(|round| {
            *round += 1;
            *round
        })
    }

    fn is_newest(self, round: u32) -> bool {
        self.round.try_get_value() == Some(round)
    }

    async fn learn(self, camera: &Camera) {
        self.torch.try_set(camera.has_torch().then_some(false));
        self.zoom.try_set(camera.find_zoom());
        self.device.try_set(camera.device());
        self.devices.try_set(camera::list().await);
    }

    fn fail(self, what: &str, why: &Refused, problem: CameraProblem) {
        tasks::log_failure(what, why);
        self.looking.try_set(Looking::Failed(problem));
    }
}

/// The texts of the codes in a picked picture.
pub async fn read_picture(file: Picked) -> Result<Vec<String>, Refused> {
    QrWorker::start().await?.read_picture(file.blob()).await
}

fn problem_of(why: &Refused) -> CameraProblem {
    match why.name.as_str() {
        "NotAllowedError" | "SecurityError" => CameraProblem::NotAllowed,
        "NotReadableError" | "AbortError" => CameraProblem::Busy,
        "InsecureContext" => CameraProblem::Insecure,
        _ => CameraProblem::NoCamera,
    }
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
