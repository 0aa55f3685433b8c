//! Where a finger or mouse is on an element, and holding on to it while it moves. Knows nothing of
//! what is moved.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, PointerEvent};

/// Where it is on the element that listens, as shares of its width and height; outside 0 to 1 when it
/// left the element.
pub fn share_of(event: &PointerEvent) -> Option<(f64, f64)> {
    let element = event.current_target()?.dyn_into::<Element>().ok()?;
    let area = element.get_bounding_client_rect();
    if area.width() <= 0.0 || area.height() <= 0.0 {
        return None;
    }
    let x = (f64::from(event.client_x()) - area.left()) / area.width();
    let y = (f64::from(event.client_y()) - area.top()) / area.height();
    Some((x, y))
}

/// Its further moves go to the element that listens, wherever they are.
pub fn hold(event: &PointerEvent) {
    if let Some(element) = event.current_target().and_then(|it| it.dyn_into::<Element>().ok()) {
        let _ = element.set_pointer_capture(event.pointer_id());
    }
}
