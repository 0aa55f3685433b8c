//! What a shared device needs of the browser beside its memory: emptying every store of this site,
//! signs of life, the pages that come back, fields that nothing is remembered of, and links that lead
//! out of the app. Knows nothing of who uses it.

use super::{Refused, find_document, find_window, navigation};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AddEventListenerOptions, Element, Event, MutationObserver, MutationObserverInit, Node,
    PageTransitionEvent, Storage,
};

/// What a shared device keeps of its key in the window, until the window is closed.
pub const HALF_OF_A_KEY: &str = "half-of-a-key";
/// The caches of the app itself and of what is the same for everybody (`public/sw.js`).
pub(super) const OWN_CACHES: [&str; 2] = ["shell-", "catalogue-"];
/// What can be typed into.
const FIELDS: &str = "input, textarea, select";

/// Empties the settings, but for those that `stays` names.
pub fn clear_settings(stays: impl Fn(&str) -> bool) -> Result<(), Refused> {
    let window = find_window()?;
    let stores = [window.local_storage()?, window.session_storage()?];
    for store in stores.into_iter().flatten() {
        for key in keys_of(&store)? {
            if !stays(&key) {
                store.remove_item(&key)?;
            }
        }
    }
    Ok(())
}

fn keys_of(store: &Storage) -> Result<Vec<String>, Refused> {
    let mut keys = vec![];
    for place in 0..store.length()? {
        keys.extend(store.key(place)?);
    }
    Ok(keys)
}

/// Removes what was fetched and kept, but for the app itself.
pub async fn clear_caches() -> Result<(), Refused> {
    let Ok(caches) = find_window()?.caches() else { return Ok(()) };
    let names = js_sys::Array::from(&JsFuture::from(caches.keys()).await?);
    for name in names.iter().filter_map(|name| name.as_string()) {
        if !OWN_CACHES.iter().any(|own| name.starts_with(own)) {
            JsFuture::from(caches.delete(&name)).await?;
        }
    }
    Ok(())
}

/// Calls `touched` at each sign of somebody there. For as long as the window lives.
pub fn on_touch(touched: impl Fn() + 'static) -> Result<(), Refused> {
    let callback = Closure::<dyn Fn()>::new(touched).into_js_value();
    for kind in ["pointerdown", "keydown", "wheel", "touchmove"] {
        find_window()?.add_event_listener_with_callback(kind, callback.unchecked_ref())?;
    }
    Ok(())
}

/// Calls `back` when a page is shown again as it was left, and when another window changed a setting.
pub fn on_return(back: impl Fn() + 'static) -> Result<(), Refused> {
    let callback = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        let shown = event.dyn_ref::<PageTransitionEvent>();
        if shown.is_none_or(PageTransitionEvent::persisted) {
            back();
        }
    })
    .into_js_value();
    for kind in ["pageshow", "storage"] {
        find_window()?.add_event_listener_with_callback(kind, callback.unchecked_ref())?;
    }
    Ok(())
}

/// The browser remembers nothing of any field, now and later: neither for filling in nor to restore the
/// page after a crash.
pub fn forget_fields() -> Result<(), Refused> {
    let body = find_document()?.body().ok_or_else(|| Refused::because("NoDocument"))?;
    let close = |place: &Element| -> Result<(), JsValue> {
        let fields = place.query_selector_all(FIELDS)?;
        let below = (0..fields.length()).filter_map(|at| fields.get(at)?.dyn_into().ok());
        for field in below.chain(place.matches(FIELDS)?.then(|| place.clone())) {
            field.set_attribute("autocomplete", "off")?;
        }
        Ok(())
    };
    close(&body)?;
    let seen = Closure::<dyn Fn(js_sys::Array)>::new(move |records: js_sys::Array| {
        for record in records.iter() {
            let added = js_sys::Reflect::get(&record, &"addedNodes".into()).unwrap_or_default();
            for node in js_sys::Array::from(&added).iter() {
                if let Some(place) = node.dyn_ref::<Node>().and_then(|node| node.dyn_ref()) {
                    let _ = close(place);
                }
            }
        }
    })
    .into_js_value();
    let how = MutationObserverInit::new();
    how.set_child_list(true);
    how.set_subtree(true);
    MutationObserver::new(seen.unchecked_ref())?.observe_with_options(&body, &how)?;
    Ok(())
}

/// Hands links that lead to one of these paths to `leave`, in the browser's place.
pub fn on_leaving(
    paths: &'static [&'static str],
    leave: impl Fn(String) + 'static,
) -> Result<(), Refused> {
    let callback = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let link = target.and_then(|target| target.closest("a[href]").ok().flatten());
        let Some(href) = link.and_then(|link| link.get_attribute("href")) else { return };
        // The backend gives some of them whole, with scheme and host.
        let path = href.strip_prefix(&navigation::origin()).unwrap_or(&href);
        if paths.iter().any(|out| path.starts_with(out)) {
            event.prevent_default();
            event.stop_propagation();
            leave(href);
        }
    })
    .into_js_value();
    // Before the router hears of it.
    let how = AddEventListenerOptions::new();
    how.set_capture(true);
    find_window()?.add_event_listener_with_callback_and_add_event_listener_options(
        "click",
        callback.unchecked_ref(),
        &how,
    )?;
    Ok(())
}

/// Opens an address in the place of this page: Back does not lead here.
pub fn replace(address: &str) {
    if let Ok(window) = find_window() {
        let _ = window.location().replace(address);
    }
}

/// Goes to an address outside of the app.
pub fn go(address: &str) {
    if let Ok(window) = find_window() {
        let _ = window.location().set_href(address);
    }
}

/// What this window keeps beside its memory, until it is closed: half of a key, never what it opens.
pub fn find_in_session(key: &str) -> Option<String> {
    find_window().ok()?.session_storage().ok().flatten()?.get_item(key).ok().flatten()
}

/// Keeps it; an empty text takes it away.
pub fn keep_in_session(key: &str, value: &str) -> Result<(), Refused> {
    let store = find_window()?.session_storage()?.ok_or_else(|| Refused::because("NoStorage"))?;
    if value.is_empty() {
        store.remove_item(key)?
    } else {
        store.set_item(key, value)?
    }
    Ok(())
}
