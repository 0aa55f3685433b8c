//! Looking for a paper through the camera: shows where it is, says what to do, and takes the photo by
//! itself when the paper lies still, sharp and whole; or when a person says so. What becomes of the
//! photo is `papers`'.

use super::Services;
use super::lens::Lens;
use crate::browser::camera::{Camera, Purpose};
use crate::browser::image::Blob;
use crate::browser::paper_worker::{Corners, Outline, PaperWorker};
use crate::browser::{Refused, signal, tasks};
use leptos::prelude::*;
use motcua_domain::paper::PaperFault;

/// Milliseconds between frames, one at a time.
const PAUSE: u32 = 80;
/// Good frames, one after another, before the photo is taken by itself.
const GOOD_FRAMES: u32 = 2;

/// What the citizen should do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint {
    /// No paper is seen: get it into the picture.
    Aim,
    /// A paper is seen: hold still.
    Hold,
    /// A paper is seen, and this is wrong with it.
    Fault(PaperFault),
    /// Nobody looks for papers here: press the button.
    ByHand,
    /// The photo is being taken.
    Taking,
}

/// The paper camera of one page.
#[derive(Clone, Copy)]
pub struct PaperCamera {
    /// The camera.
    pub lens: Lens,
    /// Where the paper is.
    pub outline: RwSignal<Option<Corners>>,
    /// What to do.
    pub hint: RwSignal<Hint>,
    /// Whether it takes photos by itself.
    pub automatic: RwSignal<bool>,
    pressed: StoredValue<bool>,
}

impl PaperCamera {
    /// A camera that is not on yet.
    pub fn new() -> Self {
        Self {
            lens: Lens::new(),
            outline: RwSignal::new(None),
            hint: RwSignal::new(Hint::Aim),
            automatic: RwSignal::new(true),
            pressed: StoredValue::new(false),
        }
    }

    /// Takes the photo now.
    pub fn press(self) {
        self.pressed.set_value(true);
    }

    /// Looks through the camera shown in the video element with this id until a photo is taken, which
    /// is given; nothing when the camera cannot be used or the page is gone.
    pub async fn watch(self, services: Services, video_id: &'static str) -> Option<Blob> {
        self.pressed.try_set_value(false);
        self.outline.try_set(None);
        let (camera, round) = self.lens.open(video_id, Purpose::Papers).await?;
        // Without the worker the button still works.
        let eyes = services.papers.eyes().await;
        self.hint.try_set(if eyes.is_ok() { Hint::Aim } else { Hint::ByHand });
        self.lens.runs();
        let mut good = 0;
        while self.lens.is_newest(round) {
            if let Ok(eyes) = &eyes {
                let seen = self.look(eyes, &camera).await.unwrap_or_else(|why| {
                    tasks::log_failure("look for paper", &why);
                    false
                });
                good = if seen { good + 1 } else { 0 };
            }
            let by_itself = good >= GOOD_FRAMES && self.automatic.try_get_untracked()?;
            if by_itself || self.pressed.try_get_value()? {
                self.hint.try_set(Hint::Taking);
                let photo = camera.take_photo().await;
                match photo {
                    Ok(photo) => {
                        self.lens.release();
                        signal::done();
                        return Some(photo);
                    }
                    Err(why) => tasks::log_failure("take photo", &why),
                }
                self.pressed.try_set_value(false);
                good = 0;
            }
            tasks::sleep(PAUSE).await;
        }
        None
    }

    /// Whether the camera shows a paper worth taking.
    async fn look(self, eyes: &PaperWorker, camera: &Camera) -> Result<bool, Refused> {
        let Some(frame) = camera.find_frame().await? else { return Ok(false) };
        let seen = eyes.see(&frame).await?;
        self.outline.try_set(seen.corners);
        self.hint.try_set(hint_for(&seen));
        Ok(seen.corners.is_some() && seen.steady && seen.sharp && seen.faults.is_empty())
    }
}

fn hint_for(seen: &Outline) -> Hint {
    if seen.corners.is_none() {
        return Hint::Aim;
    }
    let fault = seen.faults.iter().find_map(|name| PaperFault::find(name));
    match fault {
        // The camera is still moving: that is what to say.
        Some(PaperFault::Blurred) | None => Hint::Hold,
        Some(fault) => Hint::Fault(fault),
    }
}
