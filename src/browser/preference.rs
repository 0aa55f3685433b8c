//! Small settings that must be known before the first paint, in localStorage. Never data of a
//! citizen: that is `storage`'s. On a shared device only the device's own are kept there; a visitor's stay
//! in the memory.

use super::{find_window, memory};

/// A setting. Each has a line in `catalogue/retention.json`; a test says when one is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting(&'static str);

macro_rules! settings {
    ($($(#[doc = $doc:literal])+ $name:ident = $key:literal;)+) => {
        impl Setting {
            $($(#[doc = $doc])+ pub const $name: Self = Self($key);)+
            /// All settings.
            #[cfg(test)]
            pub const ALL: &[Self] = &[$(Self::$name),+];
        }
    };
}

settings! {
    /// The language.
    LANGUAGE = "language";
    /// Whether one question is asked at a time.
    EASY = "easy";
    /// A hash of who signed in last: whose what is kept is.
    PERSON = "person";
    /// The camera that was chosen.
    CAMERA = "camera";
    /// Over which network files go.
    SEND_FILES = "motcua-send-files";
    /// The channel that was paid through last.
    CHANNEL = "channel";
    /// Whether this device is everybody's.
    COUNTER = "counter";
    /// The story of the guided run that is under way.
    COUNTER_STORY = "counter-story";
    /// Somebody may still be signed in.
    COUNTER_OWED = "counter-owed";
    /// A wipe is under way.
    COUNTER_WIPING = "counter-wiping";
    /// When somebody was there last.
    COUNTER_TOUCHED = "counter-touched";
    /// When the last wipe was.
    COUNTER_WIPED = "counter-wiped";
    /// The hash of the staff's PIN.
    COUNTER_PIN = "counter-pin";
    /// Wrong PINs.
    COUNTER_TRIES = "counter-tries";
}

/// The settings that are the device's own and stay on a shared one: its language, and what begins so.
const OWN: [&str; 2] = ["language", "counter"];

/// Whether a setting is the device's own.
pub fn is_own(key: &str) -> bool {
    OWN.iter().any(|own| key.starts_with(own))
}

fn is_in_memory(key: &str) -> bool {
    memory::is_on() && !is_own(key)
}

fn find_store() -> Option<web_sys::Storage> {
    find_window().ok()?.local_storage().ok().flatten()
}

/// The remembered value.
pub fn find(setting: Setting) -> Option<String> {
    let key = setting.0;
    if is_in_memory(key) {
        return memory::find_setting(key);
    }
    find_store()?.get_item(key).ok().flatten()
}

/// Remembers a value; a browser that refuses just forgets it.
pub fn remember(setting: Setting, value: &str) {
    let key = setting.0;
    if is_in_memory(key) {
        return memory::remember(key, value);
    }
    if let Some(store) = find_store() {
        let _ = store.set_item(key, value);
    }
}

#[cfg(test)]
mod tests {
    use super::Setting;
    use crate::browser::shared_device::{HALF_OF_A_KEY, OWN_CACHES};
    use crate::browser::storage::Shelf;
    use motcua_domain::retention::{Place, RetentionTable};
    use std::collections::BTreeSet;

    #[test]
    fn every_store_of_the_phone_has_a_line_and_every_line_a_store() {
        let text = include_str!("../../catalogue/retention.json");
        let table: RetentionTable = serde_json::from_str(text).unwrap();
        let shelves = Shelf::ALL.iter().map(|shelf| format!("indexeddb:{}", shelf.name()));
        let settings = Setting::ALL.iter().map(|setting| format!("local:{}", setting.0));
        let caches = OWN_CACHES.iter().map(|cache| format!("cache:{cache}"));
        let window = format!("session:{HALF_OF_A_KEY}");
        let there: BTreeSet<String> =
            shelves.chain(settings).chain(caches).chain([window]).collect();
        for store in &there {
            assert!(table.find(Place::Phone, store, "value").is_some(), "no line for {store}");
        }
        // The backend's tests look after the cookies.
        let lines = table.phone.keys().filter(|line| !line.starts_with("cookie:"));
        let strange: Vec<&String> = lines.filter(|line| !there.contains(*line)).collect();
        assert!(strange.is_empty(), "lines about stores that are not there: {strange:?}");
    }
}
