//! Handing a link on: the phone's own share sheet, or the clipboard. Knows nothing of what is shared.

use super::{Refused, find_window};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Whether the device has a share sheet.
pub fn is_possible() -> bool {
    find_window().is_ok_and(|window| find_share(&window).is_some())
}

fn find_share(window: &web_sys::Window) -> Option<js_sys::Function> {
    js_sys::Reflect::get(&window.navigator(), &"share".into()).ok()?.dyn_into().ok()
}

/// Opens the share sheet. A sheet that is closed again is no failure.
pub async fn share(title: &str, address: &str) -> Result<(), Refused> {
    let window = find_window()?;
    let share = find_share(&window).ok_or_else(|| Refused::because("NoShareSheet"))?;
    let what = js_sys::Object::new();
    for (name, value) in [("title", title), ("url", address)] {
        let _ = js_sys::Reflect::set(&what, &name.into(), &value.into());
    }
    let promise: js_sys::Promise = share.call1(&window.navigator(), &what)?.unchecked_into();
    match JsFuture::from(promise).await.map_err(Refused::from) {
        Err(why) if why.name != "AbortError" => Err(why),
        _ => Ok(()),
    }
}

/// Puts a text on the clipboard.
pub async fn copy(text: &str) -> Result<(), Refused> {
    let clipboard = js_sys::Reflect::get(&find_window()?.navigator(), &"clipboard".into())?;
    let write: js_sys::Function =
        js_sys::Reflect::get(&clipboard, &"writeText".into())?.dyn_into()?;
    let promise: js_sys::Promise =
        write.call1(&clipboard, &JsValue::from_str(text))?.unchecked_into();
    JsFuture::from(promise).await?;
    Ok(())
}
