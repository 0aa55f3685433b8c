//! The worker that finds QR codes off the main thread: its messages and nothing else. It is fetched
//! when first needed. Protocol: it posts `ready`; we post `decode`; it answers `decoded` or `failed`.

use super::Refused;
use super::image::Pixels;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker};

const ADDRESS: &str = "/workers/qr.js";
/// A worker that says nothing for so long is given up.
const PATIENCE_MS: i32 = 20_000;

#[derive(Default)]
struct Waiting {
    answer: Option<(js_sys::Function, js_sys::Function)>,
}

/// A running worker; ended when dropped.
pub struct QrWorker {
    worker: Worker,
    waiting: Rc<RefCell<Waiting>>,
    next_id: RefCell<u32>,
    _listener: Closure<dyn Fn(MessageEvent)>,
    _failure: Closure<dyn Fn(web_sys::Event)>,
}

fn field(value: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(value, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

impl QrWorker {
    /// Starts the worker and waits until it is ready.
    pub async fn start() -> Result<Self, Refused> {
        let worker = Worker::new(ADDRESS)?;
        let waiting = Rc::new(RefCell::new(Waiting::default()));
        let heard = Rc::clone(&waiting);
        let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let Some((resolve, reject)) = heard.borrow_mut().answer.take() else { return };
            let data = event.data();
            let outcome = match field(&data, "type").as_string().as_deref() {
                Some("ready") => resolve.call1(&JsValue::NULL, &JsValue::TRUE),
                Some("decoded") => resolve.call1(&JsValue::NULL, &field(&data, "texts")),
                _ => reject.call1(&JsValue::NULL, &field(&data, "reason")),
            };
            let _ = outcome;
        });
        worker.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        let broken = Rc::clone(&waiting);
        let failure = Closure::<dyn Fn(web_sys::Event)>::new(move |_| {
            if let Some((_, reject)) = broken.borrow_mut().answer.take() {
                let _ = reject.call1(&JsValue::NULL, &"worker failed".into());
            }
        });
        worker.set_onerror(Some(failure.as_ref().unchecked_ref()));
        let started = Self {
            worker,
            waiting,
            next_id: RefCell::new(0),
            _listener: listener,
            _failure: failure,
        };
        started.answer().await?;
        Ok(started)
    }

    /// The texts of the codes in a picture. One picture at a time.
    pub async fn decode(&self, pixels: Pixels) -> Result<Vec<String>, Refused> {
        let id = self.next_id.replace_with(|id| id.wrapping_add(1));
        let bytes = js_sys::Uint8Array::from(&pixels.bytes[..]);
        let buffer = bytes.buffer();
        let message = js_sys::Object::new();
        for (name, value) in [
            ("type", JsValue::from_str("decode")),
            ("id", id.into()),
            ("width", pixels.width.into()),
            ("height", pixels.height.into()),
            ("pixels", buffer.clone().into()),
        ] {
            let _ = js_sys::Reflect::set(&message, &name.into(), &value);
        }
        self.worker.post_message_with_transfer(&message, &js_sys::Array::of1(&buffer))?;
        let texts = self.answer().await?;
        Ok(js_sys::Array::from(&texts).iter().filter_map(|text| text.as_string()).collect())
    }

    async fn answer(&self) -> Result<JsValue, Refused> {
        let promise = js_sys::Promise::new(&mut |resolve, reject| {
            self.waiting.borrow_mut().answer = Some((resolve, reject.clone()));
            if let Ok(window) = super::find_window() {
                // Called with no argument, it rejects with `undefined`: no answer came.
                let _ = window
                    .set_timeout_with_callback_and_timeout_and_arguments_0(&reject, PATIENCE_MS);
            }
        });
        Ok(JsFuture::from(promise).await?)
    }
}

impl Drop for QrWorker {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}
