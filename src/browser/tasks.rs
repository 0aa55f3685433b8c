//! Starting work that goes on while pages come and go, and waiting. Knows nothing of what it runs.

use super::{Refused, find_window};
use std::future::Future;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;

/// Runs a future to its end, whatever happens to the page that started it.
pub fn start(work: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(work);
}

/// Waits so many milliseconds.
pub async fn sleep(milliseconds: u32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        if let Ok(window) = find_window() {
            let wait = i32::try_from(milliseconds).unwrap_or(i32::MAX);
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, wait);
        }
    });
    let _ = JsFuture::from(promise).await;
}

/// Waits for the next frame, when what was drawn is there.
pub async fn next_frame() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        if let Ok(window) = find_window() {
            let _ = window.request_animation_frame(&resolve);
        }
    });
    let _ = JsFuture::from(promise).await;
}

/// Waits until the browser has nothing else to do; Safari, which does not say when, gets two seconds.
pub async fn idle() {
    let Ok(window) = find_window() else { return };
    let asked = js_sys::Reflect::get(&window, &"requestIdleCallback".into());
    let Some(ask) = asked.ok().and_then(|ask| ask.dyn_into::<js_sys::Function>().ok()) else {
        return sleep(2_000).await;
    };
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let _ = ask.call1(&window, &resolve);
    });
    let _ = JsFuture::from(promise).await;
}

/// Says something to developers in the console.
pub fn log_failure(what: &str, why: &Refused) {
    web_sys::console::warn_1(&format!("{what}: {} {}", why.name, why.message).into());
}
