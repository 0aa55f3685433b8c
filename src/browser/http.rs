//! One HTTP request and its answer as plain data. Knows nothing of the API's paths or types.

use super::Refused;
use gloo_net::http::{Method as Verb, RequestBuilder};
use wasm_bindgen::JsValue;

/// The methods in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Read.
    Get,
    /// Read the headers.
    Head,
    /// Make.
    Post,
    /// Continue.
    Patch,
    /// Remove.
    Delete,
}

/// What is sent.
#[derive(Debug, Clone)]
pub enum Body {
    /// Nothing.
    Empty,
    /// Text, such as JSON.
    Text(String),
    /// Bytes, such as part of a file.
    Bytes(Vec<u8>),
}

/// A request.
#[derive(Debug, Clone)]
pub struct Request {
    /// Method.
    pub method: Method,
    /// Address.
    pub url: String,
    /// Headers.
    pub headers: Vec<(&'static str, String)>,
    /// Body.
    pub body: Body,
    /// Given up after so many milliseconds.
    pub patience: u32,
}

/// An answer that arrived whole.
#[derive(Debug, Clone)]
pub struct Response {
    /// Status.
    pub status: u16,
    /// Headers, lower-case names.
    pub headers: Vec<(String, String)>,
    /// Body as text; empty when it is bytes.
    pub text: String,
    /// Body as bytes, when the answer says that it is (`application/octet-stream`).
    pub bytes: Vec<u8>,
}

impl Response {
    /// A header by its lower-case name.
    pub fn find_header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Sends it. Fails only when no whole answer came: offline, broken off, or out of patience.
pub async fn send(request: Request) -> Result<Response, Refused> {
    let controller = web_sys::AbortController::new()?;
    let _guard = Patience::start(controller.clone(), request.patience)?;
    let signal = controller.signal();
    let verb = match request.method {
        Method::Get => Verb::GET,
        Method::Head => Verb::HEAD,
        Method::Post => Verb::POST,
        Method::Patch => Verb::PATCH,
        Method::Delete => Verb::DELETE,
    };
    let mut builder = RequestBuilder::new(&request.url).method(verb).abort_signal(Some(&signal));
    for (name, value) in &request.headers {
        builder = builder.header(name, value);
    }
    let prepared = match request.body {
        Body::Empty => builder.build(),
        Body::Text(text) => builder.body(text),
        Body::Bytes(bytes) => builder.body(JsValue::from(js_sys::Uint8Array::from(&bytes[..]))),
    }
    .map_err(refused)?;
    let response = prepared.send().await.map_err(refused)?;
    let headers: Vec<(String, String)> = response.headers().entries().collect();
    let mut answer =
        Response { status: response.status(), headers, text: String::new(), bytes: vec![] };
    if answer.find_header("content-type") == Some("application/octet-stream") {
        answer.bytes = response.binary().await.map_err(refused)?;
    } else {
        answer.text = response.text().await.map_err(refused)?;
    }
    Ok(answer)
}

fn refused(error: gloo_net::Error) -> Refused {
    Refused { name: "NetworkError".to_owned(), message: error.to_string() }
}

/// Aborts the request when time is up; forgets about it when dropped.
struct Patience {
    timer: i32,
    _wake: wasm_bindgen::closure::Closure<dyn FnMut()>,
}

impl Patience {
    fn start(controller: web_sys::AbortController, milliseconds: u32) -> Result<Self, Refused> {
        use wasm_bindgen::JsCast as _;
        let wake = wasm_bindgen::closure::Closure::<dyn FnMut()>::new(move || controller.abort());
        let timer = super::find_window()?.set_timeout_with_callback_and_timeout_and_arguments_0(
            wake.as_ref().unchecked_ref(),
            i32::try_from(milliseconds).unwrap_or(i32::MAX),
        )?;
        Ok(Self { timer, _wake: wake })
    }
}

impl Drop for Patience {
    fn drop(&mut self) {
        if let Ok(window) = super::find_window() {
            window.clear_timeout_with_handle(self.timer);
        }
    }
}
