//! Which site and browser this is, and coming back to life. Knows no pages: moving between them is the router's.

use super::find_window;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;

/// The scheme and host of this site.
pub fn origin() -> String {
    find_window().ok().and_then(|window| window.location().origin().ok()).unwrap_or_default()
}

/// The path of the window's address.
pub fn path() -> String {
    find_window().ok().and_then(|window| window.location().pathname().ok()).unwrap_or_default()
}

/// What the browser calls itself.
pub fn agent() -> String {
    find_window().ok().and_then(|window| window.navigator().user_agent().ok()).unwrap_or_default()
}

/// Opens the window's address anew, with the server's newest app.
pub fn reload() {
    if let Ok(window) = find_window() {
        let _ = window.location().reload();
    }
}

/// Runs `woken` each time that the page comes back: shown again, taken from the back-forward cache,
/// or online again. Ends when the returned guard is dropped.
pub fn on_wake(woken: impl Fn() + 'static) -> WakeGuard {
    let callback = Closure::<dyn Fn()>::new(move || {
        let hidden = super::find_document().is_ok_and(|document| document.hidden());
        if !hidden {
            woken();
        }
    });
    let function: &js_sys::Function = callback.as_ref().unchecked_ref();
    if let Ok(window) = find_window() {
        let _ = window.add_event_listener_with_callback("pageshow", function);
        let _ = window.add_event_listener_with_callback("online", function);
    }
    if let Ok(document) = super::find_document() {
        let _ = document.add_event_listener_with_callback("visibilitychange", function);
    }
    WakeGuard { callback }
}

/// Keeps a wake-up call alive.
pub struct WakeGuard {
    callback: Closure<dyn Fn()>,
}

impl WakeGuard {
    /// Keeps it alive as long as the app.
    pub fn keep(self) {
        std::mem::forget(self);
    }
}

impl Drop for WakeGuard {
    fn drop(&mut self) {
        let function: &js_sys::Function = self.callback.as_ref().unchecked_ref();
        if let Ok(window) = find_window() {
            let _ = window.remove_event_listener_with_callback("pageshow", function);
            let _ = window.remove_event_listener_with_callback("online", function);
        }
        if let Ok(document) = super::find_document() {
            let _ = document.remove_event_listener_with_callback("visibilitychange", function);
        }
    }
}
