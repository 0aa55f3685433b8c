//! Small settings that must be known before the first paint, in localStorage. Never data of a
//! citizen: that is `storage`'s. On a shared device only the device's own are kept there; a visitor's stay
//! in the memory.

use super::{find_window, memory};

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
pub fn find(key: &str) -> Option<String> {
    if is_in_memory(key) {
        return memory::find_setting(key);
    }
    find_store()?.get_item(key).ok().flatten()
}

/// Remembers a value; a browser that refuses just forgets it.
pub fn remember(key: &str, value: &str) {
    if is_in_memory(key) {
        return memory::remember(key, value);
    }
    if let Some(store) = find_store() {
        let _ = store.set_item(key, value);
    }
}
