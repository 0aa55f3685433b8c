//! Numbers and moments in the reader's language, by the browser's Intl. Knows no texts.

use js_sys::{Array, Date, Function, Object, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};

const VIETNAM: &str = "Asia/Ho_Chi_Minh";

fn options(pairs: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (key, value) in pairs {
        let _ = Reflect::set(&object, &JsValue::from_str(key), &JsValue::from_str(value));
    }
    object
}

fn call(format: &Function, receiver: &JsValue, value: &JsValue) -> String {
    format.call1(receiver, value).ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// A text in small letters. The browser has the tables for it; ours would cost kilobytes.
pub fn lower(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

/// An amount of đồng: `8.000 ₫`, `₫8,000`.
#[expect(clippy::cast_precision_loss, reason = "fees are far below 2^53 đồng")]
pub fn money(locale: &str, dong: u64) -> String {
    let options = options(&[("style", "currency"), ("currency", "VND")]);
    let format = js_sys::Intl::NumberFormat::new(&Array::of1(&locale.into()), &options);
    call(&format.format(), &format, &JsValue::from_f64(dong as f64))
}

fn written(locale: &str, seconds: i64, pairs: &[(&str, &str)]) -> String {
    #[expect(clippy::cast_precision_loss, reason = "seconds of our age are far below 2^53")]
    let date = Date::new(&JsValue::from_f64(seconds as f64 * 1000.0));
    let format = js_sys::Intl::DateTimeFormat::new(&Array::of1(&locale.into()), &options(pairs));
    call(&format.format(), format.unchecked_ref(), &date)
}

/// A day in Vietnam's time: `22 tháng 11, 2026`.
pub fn day(locale: &str, seconds: i64) -> String {
    written(
        locale,
        seconds,
        &[("timeZone", VIETNAM), ("day", "numeric"), ("month", "long"), ("year", "numeric")],
    )
}

/// A weekday, day and time in Vietnam's time.
pub fn moment(locale: &str, seconds: i64) -> String {
    written(
        locale,
        seconds,
        &[
            ("timeZone", VIETNAM),
            ("weekday", "long"),
            ("day", "numeric"),
            ("month", "long"),
            ("year", "numeric"),
            ("hour", "2-digit"),
            ("minute", "2-digit"),
        ],
    )
}

/// The text in composed form (NFC), as rules and hashes expect it. iOS types decomposed letters.
pub fn composed(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    js_sys::JsString::from(text).normalize("NFC").into()
}
