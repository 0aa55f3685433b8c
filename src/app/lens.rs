//! A camera that a page looks through: asking for it, torch, zoom, choice, putting it off. What is
//! looked for is another's business: codes (`camera_scan`), papers (`camera_paper`).

use crate::browser::camera::{self, Camera, Device, Purpose, Zoom};
use crate::browser::preference::Setting;
use crate::browser::{Refused, preference, tasks};
use leptos::prelude::*;
use std::rc::Rc;

const CAMERA_KEY: Setting = Setting::CAMERA;

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
    /// What looks at the pictures could not be fetched or started.
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

/// The camera of one page: where it stands, and what it can do.
#[derive(Clone, Copy)]
pub struct Lens {
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

impl Lens {
    /// A camera that is not on yet.
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

    /// Puts the camera on and shows it in the video element with this id. Gives it with the number of
    /// its round; nothing when it cannot be used, or the page is gone.
    pub async fn open(self, video_id: &str, purpose: Purpose) -> Option<(Rc<Camera>, u32)> {
        let round = self.begin_round()?;
        let device = self.device.get_untracked();
        let opened = match camera::open(video_id, device.as_deref(), purpose).await {
            Ok(camera) => Rc::new(camera),
            Err(why) => {
                self.fail("camera", &why, problem_of(&why));
                return None;
            }
        };
        if !self.is_newest(round) {
            return None;
        }
        self.learn(&opened).await;
        self.camera.try_set_value(Some(Rc::clone(&opened)));
        Some((opened, round))
    }

    /// Somebody looks at its pictures now.
    pub fn runs(self) {
        self.looking.try_set(Looking::Running);
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

    /// Takes another camera from the next `open` on, and remembers it.
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

    /// Whether no other camera was opened since this round began, and the page is there.
    pub fn is_newest(self, round: u32) -> bool {
        self.round.try_get_value() == Some(round)
    }

    async fn learn(self, camera: &Camera) {
        self.torch.try_set(camera.has_torch().then_some(false));
        self.zoom.try_set(camera.find_zoom());
        self.device.try_set(camera.device());
        self.devices.try_set(camera::list().await);
    }

    /// The camera cannot be used.
    pub fn fail(self, what: &str, why: &Refused, problem: CameraProblem) {
        tasks::log_failure(what, why);
        self.looking.try_set(Looking::Failed(problem));
    }
}

fn problem_of(why: &Refused) -> CameraProblem {
    match why.name.as_str() {
        "NotAllowedError" | "SecurityError" => CameraProblem::NotAllowed,
        "NotReadableError" | "AbortError" => CameraProblem::Busy,
        "InsecureContext" => CameraProblem::Insecure,
        _ => CameraProblem::NoCamera,
    }
}
