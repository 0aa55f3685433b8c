//! Whether the device believes that it has a network. Only a hint: a request says the truth.

use super::find_window;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;

/// What the device believes now.
pub fn is_online() -> bool {
    find_window().is_ok_and(|window| window.navigator().on_line())
}

/// Tells each change, for as long as the app lives.
pub fn on_change(changed: impl Fn(bool) + 'static) {
    let callback = Closure::<dyn Fn()>::new(move || changed(is_online()));
    if let Ok(window) = find_window() {
        let function: &js_sys::Function = callback.as_ref().unchecked_ref();
        let _ = window.add_event_listener_with_callback("online", function);
        let _ = window.add_event_listener_with_callback("offline", function);
    }
    callback.forget();
}
