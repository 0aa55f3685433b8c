//! A short buzz and a short tone: the phone says "done" to a hand and an ear. Knows nothing of what
//! is done.

use super::find_window;
use web_sys::{AudioContext, OscillatorType};

/// Hertz: high enough for a small loudspeaker, low enough for old ears.
const TONE: f32 = 1_320.0;
/// Seconds.
const LENGTH: f64 = 0.12;
/// Milliseconds.
const BUZZ: u32 = 60;

/// Buzzes and sounds, as far as the device can and allows it.
pub fn done() {
    if let Ok(window) = find_window() {
        let _ = window.navigator().vibrate_with_duration(BUZZ);
    }
    let _ = sound();
}

fn sound() -> Option<()> {
    let context = AudioContext::new().ok()?;
    let tone = context.create_oscillator().ok()?;
    let volume = context.create_gain().ok()?;
    volume.gain().set_value(0.15);
    tone.set_type(OscillatorType::Sine);
    tone.frequency().set_value(TONE);
    tone.connect_with_audio_node(&volume).ok()?;
    volume.connect_with_audio_node(&context.destination()).ok()?;
    let until = context.current_time() + LENGTH;
    tone.start().ok()?;
    tone.stop_with_when(until).ok()?;
    // The context is let go with the tone's end; a phone allows only a few at once.
    let over = wasm_bindgen::closure::Closure::once_into_js(move || {
        let _ = context.close();
    });
    tone.set_onended(Some(wasm_bindgen::JsCast::unchecked_ref(&over)));
    Some(())
}
