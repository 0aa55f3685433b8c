//! The camera: asking for it, showing it in a video element, reading frames. Knows nothing of codes.

use super::image::{Pixels, context_of};
use super::{Refused, find_document, find_window};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlCanvasElement, HtmlVideoElement, MediaStream, MediaStreamTrack};

/// A camera that is on. It goes off when this is dropped.
pub struct Camera {
    stream: MediaStream,
    video: HtmlVideoElement,
    canvas: HtmlCanvasElement,
}

/// Asks for the camera on the back and shows it in the video element with this id.
pub async fn open(video_id: &str) -> Result<Camera, Refused> {
    let devices = find_window()?.navigator().media_devices()?;
    if devices.is_undefined() {
        return Err(Refused::because("InsecureContext"));
    }
    let wanted = js_sys::JSON::parse(
        r#"{"facingMode":"environment","width":{"ideal":1280},"height":{"ideal":720}}"#,
    )?;
    let constraints = web_sys::MediaStreamConstraints::new();
    constraints.set_video(&wanted);
    constraints.set_audio(&JsValue::FALSE);
    let stream: MediaStream =
        JsFuture::from(devices.get_user_media_with_constraints(&constraints)?).await?.dyn_into()?;
    let document = find_document()?;
    let canvas: HtmlCanvasElement =
        document.create_element("canvas")?.dyn_into().map_err(|_| Refused::because("NoCanvas"))?;
    let video = document
        .get_element_by_id(video_id)
        .and_then(|element| element.dyn_into::<HtmlVideoElement>().ok());
    let Some(video) = video else {
        // The page is gone meanwhile: put the camera off again.
        stop(&stream);
        return Err(Refused::because("PageGone"));
    };
    video.set_muted(true);
    video.set_src_object(Some(&stream));
    let camera = Camera { stream, video, canvas };
    if let Ok(playing) = camera.video.play() {
        let _ = JsFuture::from(playing).await;
    }
    Ok(camera)
}

impl Camera {
    /// The video element, for a detector that reads it by itself.
    pub fn video(&self) -> &HtmlVideoElement {
        &self.video
    }

    /// The picture of this moment; nothing while the camera warms up.
    pub fn find_frame(&self) -> Result<Option<Pixels>, Refused> {
        let (width, height) = (self.video.video_width(), self.video.video_height());
        if width == 0 || height == 0 {
            return Ok(None);
        }
        self.canvas.set_width(width);
        self.canvas.set_height(height);
        let context = context_of(&self.canvas)?;
        context.draw_image_with_html_video_element(&self.video, 0.0, 0.0)?;
        let data = context.get_image_data(0.0, 0.0, f64::from(width), f64::from(height))?;
        Ok(Some(Pixels { width, height, bytes: data.data().0 }))
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        stop(&self.stream);
        self.video.set_src_object(None);
    }
}

fn stop(stream: &MediaStream) {
    for track in stream.get_tracks().iter() {
        if let Ok(track) = track.dyn_into::<MediaStreamTrack>() {
            track.stop();
        }
    }
}
