//! Server-sent events: hearing that something happened. Knows nothing of what it was.

use super::Refused;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::EventSource;

/// A connection over which events come; closed when it is dropped.
pub struct Events {
    source: EventSource,
    _heard: Closure<dyn Fn()>,
}

impl Events {
    /// Listens to an address for events of a name. The browser itself connects anew after a break.
    pub fn listen(address: &str, name: &str, heard: impl Fn() + 'static) -> Result<Self, Refused> {
        let source = EventSource::new(address)?;
        let heard = Closure::<dyn Fn()>::new(heard);
        source.add_event_listener_with_callback(name, heard.as_ref().unchecked_ref())?;
        Ok(Self { source, _heard: heard })
    }

    /// Whether events can come just now.
    pub fn is_open(&self) -> bool {
        self.source.ready_state() == EventSource::OPEN
    }
}

impl Drop for Events {
    fn drop(&mut self) {
        self.source.close();
    }
}
