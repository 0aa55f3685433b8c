//! Small settings that must be known before the first paint, in localStorage. Never data of a
//! citizen: that is `storage`'s.

use super::find_window;

fn find_store() -> Option<web_sys::Storage> {
    find_window().ok()?.local_storage().ok().flatten()
}

/// The remembered value.
pub fn find(key: &str) -> Option<String> {
    find_store()?.get_item(key).ok().flatten()
}

/// Remembers a value; a browser that refuses just forgets it.
pub fn remember(key: &str, value: &str) {
    if let Some(store) = find_store() {
        let _ = store.set_item(key, value);
    }
}
