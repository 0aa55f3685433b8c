//! The browser's own QR reader, where there is one (Android). Knows nothing of what codes mean.

use super::Refused;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = BarcodeDetector)]
    type BarcodeDetector;

    #[wasm_bindgen(constructor, catch, js_class = "BarcodeDetector")]
    fn new(options: &JsValue) -> Result<BarcodeDetector, JsValue>;

    #[wasm_bindgen(catch, static_method_of = BarcodeDetector, js_class = "BarcodeDetector", js_name = getSupportedFormats)]
    fn supported_formats() -> Result<js_sys::Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn detect(this: &BarcodeDetector, source: &JsValue) -> Result<js_sys::Promise, JsValue>;
}

/// A reader of QR codes.
pub struct Reader(BarcodeDetector);

/// The browser's reader, when it has one that reads QR codes.
pub async fn find_reader() -> Option<Reader> {
    if !js_sys::Reflect::has(&js_sys::global(), &"BarcodeDetector".into()).ok()? {
        return None;
    }
    let formats = JsFuture::from(BarcodeDetector::supported_formats().ok()?).await.ok()?;
    if !js_sys::Array::from(&formats).includes(&"qr_code".into(), 0) {
        return None;
    }
    let options = js_sys::JSON::parse(r#"{"formats":["qr_code"]}"#).ok()?;
    BarcodeDetector::new(&options).ok().map(Reader)
}

impl Reader {
    /// The texts of the codes in a video element or picture.
    pub async fn read(&self, source: &JsValue) -> Result<Vec<String>, Refused> {
        let found = JsFuture::from(self.0.detect(source)?).await?;
        let text =
            |code: JsValue| js_sys::Reflect::get(&code, &"rawValue".into()).ok()?.as_string();
        Ok(js_sys::Array::from(&found).iter().filter_map(text).collect())
    }
}
