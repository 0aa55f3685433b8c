//! The document: title, language, focus, scroll, print. Knows nothing of what the page says.

use super::{find_document, find_window};
use wasm_bindgen::JsCast as _;

/// Sets the window's title.
pub fn set_title(title: &str) {
    if let Ok(document) = find_document() {
        document.set_title(title);
    }
}

/// Sets `<html lang>`.
pub fn set_language(code: &str) {
    if let Some(root) = find_document().ok().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("lang", code);
    }
}

/// Makes everything large, or not: the style hangs on the root's class.
pub fn set_easy(easy: bool) {
    if let Some(root) = find_document().ok().and_then(|document| document.document_element()) {
        let _ = root.class_list().toggle_with_force("easy", easy);
    }
}

/// Moves focus to the element with this id; scrolls it into view.
pub fn focus(id: &str) {
    let found = find_document().ok().and_then(|document| document.get_element_by_id(id));
    if let Some(element) = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
    {
        let _ = element.focus();
        element.scroll_into_view();
    }
}

/// Moves focus to the page's heading and shows its top, as a fresh page would.
pub fn focus_heading() {
    let Ok(document) = find_document() else { return };
    if let Ok(window) = find_window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
    let heading = document.query_selector("main h1").ok().flatten();
    if let Some(heading) = heading.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = heading.focus();
    }
}

/// The element that the app is drawn into, emptied of the static shell.
pub fn find_mount_point() -> Option<web_sys::HtmlElement> {
    let document = find_document().ok()?;
    let place = document.get_element_by_id("app")?;
    place.set_text_content(None);
    place.dyn_into().ok()
}

/// Opens the print dialogue.
pub fn print() {
    if let Ok(window) = find_window() {
        let _ = window.print();
    }
}

/// Tells boot.js that the app broke, so that it offers to start again.
pub fn announce_panic() {
    if let Ok(window) = find_window()
        && let Ok(event) = web_sys::Event::new("motcua:panic")
    {
        let _ = window.dispatch_event(&event);
    }
}
