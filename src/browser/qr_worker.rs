//! The worker that finds QR codes off the main thread: its messages and nothing else. It is fetched
//! when first needed. Protocol: it posts `ready`; we post `frame` or `decode-picture` with an id; it
//! answers `decoded` or `failed` with that id. Pixels are read in the worker, so that this thread
//! stays free. Knows nothing of what a code means.

use super::Refused;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ImageBitmap, MessageEvent, Worker};

const ADDRESS: &str = "/workers/qr.js";
/// A worker that says nothing for so long is given up.
const PATIENCE_MS: i32 = 20_000;

/// An answer that is waited for.
struct Waiting {
    /// The id of the picture; none while the worker starts.
    id: Option<u32>,
    resolve: js_sys::Function,
    reject: js_sys::Function,
}

/// A running worker; ended when dropped.
pub struct QrWorker {
    worker: Worker,
    waiting: Rc<RefCell<Option<Waiting>>>,
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
        let waiting = Rc::new(RefCell::new(None::<Waiting>));
        let heard = Rc::clone(&waiting);
        let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let data = event.data();
            let id = field(&data, "id").as_f64();
            // An answer to a picture that was given up comes late, and is dropped.
            let awaited = heard.borrow_mut().take_if(|waiting| waiting.id.map(f64::from) == id);
            let Some(Waiting { resolve, reject, .. }) = awaited else { return };
            let _ = match field(&data, "type").as_string().as_deref() {
                Some("ready") => resolve.call1(&JsValue::NULL, &JsValue::TRUE),
                Some("decoded") => resolve.call1(&JsValue::NULL, &field(&data, "texts")),
                _ => reject.call1(&JsValue::NULL, &field(&data, "reason")),
            };
        });
        worker.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        let broken = Rc::clone(&waiting);
        let failure = Closure::<dyn Fn(web_sys::Event)>::new(move |_| {
            if let Some(waiting) = broken.borrow_mut().take() {
                let _ = waiting.reject.call1(&JsValue::NULL, &"worker failed".into());
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
        started.answer(None).await?;
        Ok(started)
    }

    /// The texts of the codes in a camera's frame, which is given away. One picture at a time.
    pub async fn read_frame(&self, frame: &ImageBitmap) -> Result<Vec<String>, Refused> {
        self.ask("frame", "bitmap", frame, &js_sys::Array::of1(frame)).await
    }

    /// The texts of the codes in a picture file, of whatever size: the worker opens it.
    pub async fn read_picture(&self, picture: &Blob) -> Result<Vec<String>, Refused> {
        self.ask("decode-picture", "blob", picture, &js_sys::Array::new()).await
    }

    async fn ask(
        &self,
        kind: &str,
        name: &str,
        picture: &JsValue,
        given_away: &js_sys::Array,
    ) -> Result<Vec<String>, Refused> {
        let id = self.next_id.replace_with(|id| id.wrapping_add(1));
        let message = js_sys::Object::new();
        for (name, value) in [("type", kind.into()), ("id", id.into()), (name, picture.clone())] {
            let _ = js_sys::Reflect::set(&message, &name.into(), &value);
        }
        self.worker.post_message_with_transfer(&message, given_away)?;
        let texts = self.answer(Some(id)).await?;
        Ok(js_sys::Array::from(&texts).iter().filter_map(|text| text.as_string()).collect())
    }

    async fn answer(&self, id: Option<u32>) -> Result<JsValue, Refused> {
        let promise = js_sys::Promise::new(&mut |resolve, reject| {
            *self.waiting.borrow_mut() = Some(Waiting { id, resolve, reject: reject.clone() });
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
