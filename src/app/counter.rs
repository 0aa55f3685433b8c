//! Counter mode: this device is everybody's. What the whole app must know of it; wiping, leaving for
//! VNeID or a wallet, the PIN and the guided run come with a part of their own. Knows no screens.

mod pack;
pub mod run;
pub mod session;
pub mod staff;

use crate::browser::preference::Setting;
use crate::browser::{memory, preference, tasks};
use crate::route::mask;
use leptos::prelude::*;

/// Whether this device is everybody's; a setting of the device's own.
const MODE: Setting = Setting::COUNTER;
const ON: &str = "1";
/// The story of the guided run that is under way.
const STORY: Setting = Setting::COUNTER_STORY;
/// Somebody may still be signed in.
const OWED: Setting = Setting::COUNTER_OWED;

/// Counter mode, as every page may ask of it.
#[derive(Clone, Copy)]
pub struct CounterService {
    /// Whether this device is everybody's.
    pub is_on: bool,
    /// Whether what the last visitor left is gone, so that pages may be drawn.
    pub ready: RwSignal<bool>,
    /// The name of the story of the guided run under way; empty without one.
    pub story: RwSignal<String>,
    /// Seconds of the countdown that are left; 0 while somebody is there.
    pub left: RwSignal<u32>,
    /// Whether there was no way out to VNeID or a wallet.
    pub stuck: RwSignal<bool>,
}

impl CounterService {
    /// As the device was left. From here on a shared device keeps everything in the memory.
    pub fn new() -> Self {
        let is_on = preference::find(MODE).as_deref() == Some(ON);
        if is_on {
            memory::begin();
            mask::begin();
        }
        let story = preference::find(STORY).filter(|_| is_on);
        Self {
            is_on,
            ready: RwSignal::new(!is_on),
            story: RwSignal::new(story.unwrap_or_default()),
            left: RwSignal::new(0),
            stuck: RwSignal::new(false),
        }
    }

    /// Waits until nothing of the last visitor is left.
    pub async fn wait(self) {
        while !self.ready.get_untracked() {
            tasks::sleep(20).await;
        }
    }

    /// Whether the last visitor may still be signed in at the server: then nobody is on this device.
    pub fn is_owed(self) -> bool {
        self.is_on && preference::find(OWED).as_deref() == Some(ON)
    }
}
