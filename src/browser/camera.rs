//! The camera: asking for it, showing it in a video element, its frames, torch, zoom and which one.
//! Knows nothing of codes.

use super::image::{self, Blob};
use super::{Refused, find_document, find_window};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlVideoElement, ImageBitmap, MediaDevices, MediaStream, MediaStreamTrack};

#[wasm_bindgen]
extern "C" {
    /// A camera's track, with what web-sys keeps behind a flag.
    #[wasm_bindgen(extends = MediaStreamTrack)]
    type CameraTrack;

    // Firefox has no `getCapabilities`; then there is neither torch nor zoom.
    #[wasm_bindgen(method, catch, js_name = getCapabilities)]
    fn capabilities(this: &CameraTrack) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, js_name = getSettings)]
    fn settings(this: &CameraTrack) -> JsValue;

    #[wasm_bindgen(method, catch, js_name = applyConstraints)]
    fn apply(this: &CameraTrack, constraints: &JsValue) -> Result<js_sys::Promise, JsValue>;
}

#[wasm_bindgen]
extern "C" {
    /// Takes photos at the camera's full size; not in every browser.
    type ImageCapture;

    #[wasm_bindgen(constructor, catch)]
    fn new(track: &MediaStreamTrack) -> Result<ImageCapture, JsValue>;

    #[wasm_bindgen(method, catch, js_name = takePhoto)]
    fn take_photo(this: &ImageCapture) -> Result<js_sys::Promise, JsValue>;
}

/// Milliseconds that a camera gets to take a photo; some never answer.
const PHOTO_MS: i32 = 4_000;

/// What the camera's picture is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A code: a small picture is enough, and quick.
    Codes,
    /// A paper: as many pixels as there are.
    Papers,
}

impl Purpose {
    fn wish(self) -> &'static str {
        match self {
            Self::Codes => r#"{"width":{"ideal":1280},"height":{"ideal":720}}"#,
            Self::Papers => r#"{"width":{"ideal":2560},"height":{"ideal":1440}}"#,
        }
    }
}

/// A camera that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// The browser's id of it, the same until the site's data are cleared.
    pub id: String,
    /// What the device calls it; may be empty.
    pub label: String,
}

/// How far the picture can be drawn nearer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Zoom {
    /// Smallest.
    pub min: f64,
    /// Largest.
    pub max: f64,
    /// As it is.
    pub now: f64,
}

/// A camera that is on. It goes off when this is dropped.
pub struct Camera {
    stream: MediaStream,
    track: CameraTrack,
    video: HtmlVideoElement,
}

fn find_devices() -> Result<MediaDevices, Refused> {
    let devices = find_window()?.navigator().media_devices()?;
    if devices.is_undefined() { Err(Refused::because("InsecureContext")) } else { Ok(devices) }
}

/// Asks for a camera and shows it in the video element with this id: the one with this device id, or
/// the one on the back.
pub async fn open(
    video_id: &str,
    device: Option<&str>,
    purpose: Purpose,
) -> Result<Camera, Refused> {
    let devices = find_devices()?;
    let wanted = js_sys::JSON::parse(purpose.wish())?;
    // A remembered camera may be gone: it is a wish, not a condition.
    let (name, wish) = match device {
        Some(id) => ("deviceId", object("ideal", &id.into())),
        None => ("facingMode", "environment".into()),
    };
    let _ = js_sys::Reflect::set(&wanted, &name.into(), &wish);
    let constraints = web_sys::MediaStreamConstraints::new();
    constraints.set_video(&wanted);
    constraints.set_audio(&JsValue::FALSE);
    let stream: MediaStream =
        JsFuture::from(devices.get_user_media_with_constraints(&constraints)?).await?.dyn_into()?;
    let video = find_document()?
        .get_element_by_id(video_id)
        .and_then(|element| element.dyn_into::<HtmlVideoElement>().ok());
    let track = stream.get_video_tracks().get(0).dyn_into::<MediaStreamTrack>().ok();
    let (Some(video), Some(track)) = (video, track) else {
        // The page is gone meanwhile: put the camera off again.
        stop(&stream);
        return Err(Refused::because("PageGone"));
    };
    video.set_muted(true);
    video.set_src_object(Some(&stream));
    let camera = Camera { stream, track: track.unchecked_into(), video };
    if let Ok(playing) = camera.video.play() {
        let _ = JsFuture::from(playing).await;
    }
    Ok(camera)
}

/// The cameras of this device. Their names are known only after one of them was allowed.
pub async fn list() -> Vec<Device> {
    let text = |info: &JsValue, name: &str| {
        js_sys::Reflect::get(info, &name.into()).ok().and_then(|value| value.as_string())
    };
    let found =
        async { JsFuture::from(find_devices()?.enumerate_devices()?).await.map_err(Refused::from) };
    let Ok(found) = found.await else { return vec![] };
    js_sys::Array::from(&found)
        .iter()
        .filter(|info| text(info, "kind").as_deref() == Some("videoinput"))
        .filter_map(|info| {
            let id = text(&info, "deviceId").filter(|id| !id.is_empty())?;
            Some(Device { id, label: text(&info, "label").unwrap_or_default() })
        })
        .collect()
}

impl Camera {
    /// The video element, for a detector that reads it by itself.
    pub fn video(&self) -> &HtmlVideoElement {
        &self.video
    }

    /// The picture of this moment, still in the browser's own memory; nothing while the camera warms
    /// up.
    pub async fn find_frame(&self) -> Result<Option<ImageBitmap>, Refused> {
        if self.video.video_width() == 0 {
            return Ok(None);
        }
        let promise = find_window()?.create_image_bitmap_with_html_video_element(&self.video)?;
        Ok(Some(JsFuture::from(promise).await?.dyn_into()?))
    }

    /// A photo: the camera's own, at its full size, or else the picture of this moment as a JPEG.
    pub async fn take_photo(&self) -> Result<Blob, Refused> {
        match self.own_photo().await {
            Ok(photo) if photo.size() > 0.0 => Ok(photo),
            _ => image::jpeg_of_video(&self.video).await,
        }
    }

    async fn own_photo(&self) -> Result<Blob, Refused> {
        let capture = ImageCapture::new(&self.track)?;
        let late = js_sys::Promise::new(&mut |_, reject| {
            if let Ok(window) = find_window() {
                let _ =
                    window.set_timeout_with_callback_and_timeout_and_arguments_0(&reject, PHOTO_MS);
            }
        });
        let photo = capture.take_photo()?;
        let race = js_sys::Promise::race(&js_sys::Array::of2(&photo, &late));
        Ok(JsFuture::from(race).await?.dyn_into()?)
    }

    /// The id of the device that is on.
    pub fn device(&self) -> Option<String> {
        get(&self.track.settings(), "deviceId").as_string()
    }

    /// Whether it has a torch.
    pub fn has_torch(&self) -> bool {
        self.track.capabilities().is_ok_and(|can| get(&can, "torch").is_truthy())
    }

    /// Switches the torch.
    pub async fn set_torch(&self, on: bool) -> Result<(), Refused> {
        self.ask("torch", on.into()).await
    }

    /// How far it can zoom, where it can.
    pub fn find_zoom(&self) -> Option<Zoom> {
        let range = get(&self.track.capabilities().ok()?, "zoom");
        let (min, max) = (get(&range, "min").as_f64()?, get(&range, "max").as_f64()?);
        let now = get(&self.track.settings(), "zoom").as_f64().unwrap_or(min);
        (max > min).then_some(Zoom { min, max, now })
    }

    /// Zooms.
    pub async fn set_zoom(&self, zoom: f64) -> Result<(), Refused> {
        self.ask("zoom", zoom.into()).await
    }

    async fn ask(&self, name: &str, value: JsValue) -> Result<(), Refused> {
        let advanced = js_sys::Array::of1(&object(name, &value));
        JsFuture::from(self.track.apply(&object("advanced", &advanced))?).await?;
        Ok(())
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        stop(&self.stream);
        // Another camera may be in the same element by now.
        if self.video.src_object().is_some_and(|shown| shown == self.stream) {
            self.video.set_src_object(None);
        }
    }
}

fn get(value: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(value, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn object(name: &str, value: &JsValue) -> JsValue {
    let object = js_sys::Object::new();
    let _ = js_sys::Reflect::set(&object, &name.into(), value);
    object.into()
}

fn stop(stream: &MediaStream) {
    for track in stream.get_tracks().iter() {
        if let Ok(track) = track.dyn_into::<MediaStreamTrack>() {
            track.stop();
        }
    }
}
