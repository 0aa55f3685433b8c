//! The device's clock. It may be wrong: deadlines come from the server; this one only stamps drafts
//! and tells today's date for conditions of a form.

/// Milliseconds since 1970, by the device.
#[expect(clippy::cast_possible_truncation, reason = "milliseconds of our age fit")]
pub fn now_milliseconds() -> i64 {
    js_sys::Date::now() as i64
}

/// Seconds since 1970, by the device.
#[expect(clippy::cast_possible_truncation, reason = "seconds of our age fit")]
pub fn now_seconds() -> i64 {
    (js_sys::Date::now() / 1000.0) as i64
}
