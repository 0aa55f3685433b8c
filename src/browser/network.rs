//! What the device believes of its network: whether there is one, and whether it costs. Only hints: a
//! request says the truth, and many browsers say nothing of cost (Network Information API).

use super::find_window;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

/// What the device believes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    /// Whether there is one.
    pub online: bool,
    /// Whether the citizen asked the browser to save data.
    pub saver: bool,
    /// Whether it is the mobile network.
    pub mobile: bool,
}

/// What the device believes now.
pub fn find() -> Network {
    let connection = find_connection();
    let told = |key: &str| {
        let connection = connection.as_ref()?;
        js_sys::Reflect::get(connection, &key.into()).ok()
    };
    Network {
        online: is_online(),
        saver: told("saveData").is_some_and(|value| value.is_truthy()),
        mobile: told("type")
            .and_then(|value| value.as_string())
            .is_some_and(|kind| kind == "cellular"),
    }
}

/// Whether it believes that there is a network.
pub fn is_online() -> bool {
    find_window().is_ok_and(|window| window.navigator().on_line())
}

/// Tells each change, for as long as the app lives.
pub fn on_change(changed: impl Fn(bool) + 'static) {
    let callback = Closure::<dyn Fn()>::new(move || changed(is_online()));
    let function: &js_sys::Function = callback.as_ref().unchecked_ref();
    if let Ok(window) = find_window() {
        let _ = window.add_event_listener_with_callback("online", function);
        let _ = window.add_event_listener_with_callback("offline", function);
    }
    if let Some(connection) =
        find_connection().and_then(|it| it.dyn_into::<web_sys::EventTarget>().ok())
    {
        let _ = connection.add_event_listener_with_callback("change", function);
    }
    callback.forget();
}

/// `navigator.connection`, which web-sys keeps behind a flag in part.
fn find_connection() -> Option<JsValue> {
    let navigator = find_window().ok()?.navigator();
    let connection = js_sys::Reflect::get(&navigator, &"connection".into()).ok()?;
    connection.is_object().then_some(connection)
}
