//! Reading aloud and taking dictation, where the browser can do it in Vietnamese. Knows nothing of
//! what is read or said. web_sys knows neither API in a stable form, so that both are named here.

use super::find_window;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type Speaker;
    #[wasm_bindgen(method, js_name = getVoices)]
    fn voices(this: &Speaker) -> js_sys::Array;
    #[wasm_bindgen(method)]
    fn speak(this: &Speaker, what: &Utterance);
    #[wasm_bindgen(method)]
    fn cancel(this: &Speaker);
    #[wasm_bindgen(method, js_name = addEventListener)]
    fn on(this: &Speaker, event: &str, act: &js_sys::Function);

    #[wasm_bindgen(js_name = SpeechSynthesisUtterance)]
    type Utterance;
    #[wasm_bindgen(constructor, js_class = "SpeechSynthesisUtterance")]
    fn new(text: &str) -> Utterance;
    #[wasm_bindgen(method, setter)]
    fn set_lang(this: &Utterance, language: &str);
    #[wasm_bindgen(method, setter)]
    fn set_rate(this: &Utterance, rate: f64);
    #[wasm_bindgen(method, setter)]
    fn set_voice(this: &Utterance, voice: &JsValue);

    type Ear;
    #[wasm_bindgen(method, setter)]
    fn set_lang(this: &Ear, language: &str);
    #[wasm_bindgen(method, setter)]
    fn set_onresult(this: &Ear, act: &js_sys::Function);
    #[wasm_bindgen(method, setter)]
    fn set_onend(this: &Ear, act: &js_sys::Function);
    #[wasm_bindgen(method, catch)]
    fn start(this: &Ear) -> Result<(), JsValue>;
}

/// A little slower than people talk: who asks to hear it is not in a hurry.
const RATE: f64 = 0.9;

fn find_global(name: &str) -> Option<JsValue> {
    let window = find_window().ok()?;
    let found = js_sys::Reflect::get(&window, &JsValue::from_str(name)).ok()?;
    (!found.is_undefined() && !found.is_null()).then_some(found)
}

fn find_speaker() -> Option<Speaker> {
    find_global("speechSynthesis").map(JsCast::unchecked_into)
}

fn find_voice(speaker: &Speaker, language: &str) -> Option<JsValue> {
    speaker.voices().iter().find(|voice| {
        let lang = js_sys::Reflect::get(voice, &JsValue::from_str("lang")).ok();
        lang.and_then(|lang| lang.as_string()).is_some_and(|lang| lang.starts_with(language))
    })
}

/// Whether the device has a voice for this language, `vi` or `en`.
pub fn has_voice(language: &str) -> bool {
    find_speaker().is_some_and(|speaker| find_voice(&speaker, language).is_some())
}

/// Calls back when the device's voices change: many load them late. For as long as the app lives.
pub fn on_voices(changed: impl Fn() + 'static) {
    if let Some(speaker) = find_speaker() {
        let act = Closure::<dyn Fn()>::new(changed);
        speaker.on("voiceschanged", act.as_ref().unchecked_ref());
        act.forget();
    }
}

/// Reads a text aloud; ends what was being read.
pub fn read(text: &str, language: &str) {
    let Some(speaker) = find_speaker() else { return };
    speaker.cancel();
    if let Some(voice) = find_voice(&speaker, language) {
        let utterance = Utterance::new(text);
        Utterance::set_lang(&utterance, language);
        utterance.set_rate(RATE);
        utterance.set_voice(&voice);
        speaker.speak(&utterance);
    }
}

/// Whether the browser takes dictation.
pub fn can_listen() -> bool {
    find_ear_class().is_some()
}

fn find_ear_class() -> Option<js_sys::Function> {
    ["SpeechRecognition", "webkitSpeechRecognition"]
        .into_iter()
        .find_map(find_global)
        .and_then(|class| class.dyn_into().ok())
}

/// What an ear calls: with what it heard, and when it stops.
type Calls = (Closure<dyn Fn(JsValue)>, Closure<dyn Fn()>);

thread_local! {
    /// One ear at a time; its closures live until the next one.
    static HEARING: RefCell<Option<Calls>> = const { RefCell::new(None) };
}

/// Listens until the person stops; gives what was heard, once, then says that it is over.
pub fn listen(
    locale: &str,
    heard: impl Fn(String) + 'static,
    over: impl Fn() + 'static,
) -> Option<()> {
    let class = find_ear_class()?;
    let ear = js_sys::Reflect::construct(&class, &js_sys::Array::new()).ok()?;
    let ear: Ear = ear.unchecked_into();
    Ear::set_lang(&ear, locale);
    let on_result = Closure::<dyn Fn(JsValue)>::new(move |event: JsValue| {
        if let Some(text) = transcript(&event) {
            heard(text);
        }
    });
    let on_end = Closure::<dyn Fn()>::new(over);
    ear.set_onresult(on_result.as_ref().unchecked_ref());
    ear.set_onend(on_end.as_ref().unchecked_ref());
    ear.start().ok()?;
    HEARING.with_borrow_mut(|hearing| *hearing = Some((on_result, on_end)));
    Some(())
}

/// `event.results[0][0].transcript`.
fn transcript(event: &JsValue) -> Option<String> {
    let get = |from: &JsValue, name: &str| js_sys::Reflect::get(from, &name.into()).ok();
    let first = get(&get(event, "results")?, "0")?;
    get(&get(&first, "0")?, "transcript")?.as_string()
}
