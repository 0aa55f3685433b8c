//! Asking a worker: starts it, waits until it is ready, and matches answers to questions by their ids.
//! Protocol of all our workers: it posts `ready`; every question carries an id, and so does its answer, or
//! `failed` with a `kind` or a `reason`. Knows nothing of what is asked.

use super::Refused;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker};

/// The id under which its start is waited for.
const START: u32 = 0;

/// Somebody who waits for an answer.
struct Waiting {
    id: u32,
    resolve: js_sys::Function,
    reject: js_sys::Function,
}

/// A running worker; ended when dropped.
pub struct Asked {
    worker: Worker,
    waiting: Rc<RefCell<Vec<Waiting>>>,
    next_id: Cell<u32>,
    /// Milliseconds after which a worker that says nothing is given up.
    patience: i32,
    _listener: Closure<dyn Fn(MessageEvent)>,
    _failure: Closure<dyn Fn(web_sys::Event)>,
}

/// A part of a message; undefined where it has none.
pub fn field(value: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(value, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// The texts of a list.
pub fn texts(value: &JsValue) -> Vec<String> {
    js_sys::Array::from(value).iter().filter_map(|text| text.as_string()).collect()
}

impl Asked {
    /// Starts the worker and waits until it is ready.
    pub async fn start(address: &str, patience: i32) -> Result<Self, Refused> {
        let worker = Worker::new(address)?;
        let waiting = Rc::new(RefCell::new(Vec::<Waiting>::new()));
        let heard = Rc::clone(&waiting);
        let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let data = event.data();
            let kind = field(&data, "type").as_string().unwrap_or_default();
            let id = field(&data, "id").as_f64();
            let place = heard.borrow().iter().position(|waiting| match id {
                Some(id) => f64::from(waiting.id) == id,
                None => waiting.id == START,
            });
            // An answer to a question that was given up comes late, and is dropped.
            let Some(place) = place else { return };
            let Waiting { resolve, reject, .. } = heard.borrow_mut().swap_remove(place);
            let _ = match kind.as_str() {
                "failed" => {
                    let kind = field(&data, "kind");
                    let why = if kind.is_undefined() { field(&data, "reason") } else { kind };
                    reject.call1(&JsValue::NULL, &why)
                }
                _ => resolve.call1(&JsValue::NULL, &data),
            };
        });
        worker.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        let broken = Rc::clone(&waiting);
        let failure = Closure::<dyn Fn(web_sys::Event)>::new(move |_| {
            for waiting in broken.borrow_mut().drain(..) {
                let _ = waiting.reject.call1(&JsValue::NULL, &"worker failed".into());
            }
        });
        worker.set_onerror(Some(failure.as_ref().unchecked_ref()));
        let started = Self {
            worker,
            waiting,
            next_id: Cell::new(START + 1),
            patience,
            _listener: listener,
            _failure: failure,
        };
        started.answer(START).await?;
        Ok(started)
    }

    /// The answer to a question of this kind with these parts; some of them are given away.
    pub async fn ask(
        &self,
        kind: &str,
        parts: &[(&str, JsValue)],
        given_away: &js_sys::Array,
    ) -> Result<JsValue, Refused> {
        let id = self.next_id.get();
        self.next_id.set(id.wrapping_add(1).max(START + 1));
        let message = js_sys::Object::new();
        for (name, value) in [("type", kind.into()), ("id", id.into())].iter().chain(parts) {
            let _ = js_sys::Reflect::set(&message, &(*name).into(), value);
        }
        self.worker.post_message_with_transfer(&message, given_away)?;
        self.answer(id).await
    }

    async fn answer(&self, id: u32) -> Result<JsValue, Refused> {
        let promise = js_sys::Promise::new(&mut |resolve, reject| {
            self.waiting.borrow_mut().push(Waiting { id, resolve, reject: reject.clone() });
            if let Ok(window) = super::find_window() {
                // Called with no argument, it rejects with `undefined`: no answer came.
                let _ = window
                    .set_timeout_with_callback_and_timeout_and_arguments_0(&reject, self.patience);
            }
        });
        let answer = JsFuture::from(promise).await;
        self.waiting.borrow_mut().retain(|waiting| waiting.id != id);
        Ok(answer?)
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}
