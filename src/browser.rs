//! Adapters to the browser, one API to a file: the only place, with `main.rs`, that names web_sys
//! and js_sys. Must not know of dossiers, pages or texts; hands out plain data and typed failures.

pub mod barcode;
pub mod camera;
pub mod clock;
pub mod crypto;
pub mod document;
pub mod events;
pub mod http;
pub mod image;
pub mod intl;
pub mod locks;
pub mod memory;
pub mod navigation;
pub mod network;
pub mod paper_worker;
pub mod pin;
pub mod pointer;
pub mod preference;
pub mod push;
pub mod qr_worker;
pub mod sealing;
pub mod share;
pub mod shared_device;
pub mod signal;
pub mod speech;
pub mod storage;
pub mod tasks;
mod worker;

use wasm_bindgen::{JsCast, JsValue};

/// Something that the browser refused or could not do, in its own words. For the console and for
/// choosing a text; never shown as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The exception's name, such as `NotAllowedError`.
    pub name: String,
    /// The exception's message.
    pub message: String,
}

impl Refused {
    /// A refusal of our own making.
    pub fn because(name: &str) -> Self {
        Self { name: name.to_owned(), message: String::new() }
    }
}

impl From<JsValue> for Refused {
    fn from(value: JsValue) -> Self {
        if let Some(error) = value.dyn_ref::<web_sys::DomException>() {
            return Self { name: error.name(), message: error.message() };
        }
        if let Some(error) = value.dyn_ref::<js_sys::Error>() {
            return Self { name: error.name().into(), message: error.message().into() };
        }
        Self { name: "Unknown".to_owned(), message: value.as_string().unwrap_or_default() }
    }
}

#[cfg(all(test, target_arch = "wasm32"))]
mod tests;

fn find_window() -> Result<web_sys::Window, Refused> {
    web_sys::window().ok_or_else(|| Refused::because("NoWindow"))
}

fn find_document() -> Result<web_sys::Document, Refused> {
    find_window()?.document().ok_or_else(|| Refused::because("NoDocument"))
}
