//! Where the window is, moving within the app without loading it anew, and coming back to life.
//! Knows no pages: `route` reads addresses.

use super::find_window;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};

/// The scheme and host of this site.
pub fn origin() -> String {
    find_window().ok().and_then(|window| window.location().origin().ok()).unwrap_or_default()
}

/// Where the window is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Path.
    pub path: String,
    /// Query with its `?`, or nothing.
    pub query: String,
    /// Fragment with its `#`, or nothing. Never sent to a server.
    pub fragment: String,
}

/// Where the window is now.
pub fn place() -> Place {
    let Ok(window) = find_window() else {
        return Place { path: "/".to_owned(), query: String::new(), fragment: String::new() };
    };
    let location = window.location();
    Place {
        path: location.pathname().unwrap_or_default(),
        query: location.search().unwrap_or_default(),
        fragment: location.hash().unwrap_or_default(),
    }
}

/// Makes this the window's address, as a new step of its history.
pub fn push(address: &str) {
    if let Ok(history) = find_window().and_then(|window| Ok(window.history()?)) {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// Runs `moved` when the citizen follows a link to a page of the app, or steps through the window's
/// history. Lasts as long as the app.
pub fn on_move(moved: impl Fn() + Clone + 'static) {
    let Ok(window) = find_window() else { return };
    let stepped = moved.clone();
    let step = Closure::<dyn Fn()>::new(stepped);
    let _ = window.add_event_listener_with_callback("popstate", step.as_ref().unchecked_ref());
    step.forget();
    let click = Closure::<dyn Fn(web_sys::MouseEvent)>::new(move |event: web_sys::MouseEvent| {
        if let Some(address) = find_page_link(&event) {
            event.prevent_default();
            push(&address);
            moved();
        }
    });
    let _ = window.add_event_listener_with_callback("click", click.as_ref().unchecked_ref());
    click.forget();
}

/// The address of a link to a page of the app that a plain click follows. Links that leave the app
/// say `rel="external"`.
fn find_page_link(event: &web_sys::MouseEvent) -> Option<String> {
    let special = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    if event.default_prevented() || event.button() != 0 || special {
        return None;
    }
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let link = target.closest("a[href]").ok()??.dyn_into::<web_sys::HtmlAnchorElement>().ok()?;
    let elsewhere = link.rel().contains("external")
        || link.has_attribute("download")
        || !matches!(link.target().as_str(), "" | "_self")
        || link.origin() != origin();
    if elsewhere {
        return None;
    }
    Some(format!("{}{}{}", link.pathname(), link.search(), link.hash()))
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
