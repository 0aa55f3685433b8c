//! Pictures and files that a person picks: their bytes, a smaller copy. Knows nothing
//! of papers or codes.

use super::{Refused, find_window};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, ImageBitmap, ImageBitmapOptions, ImageOrientation, OffscreenCanvas};

/// Bytes as the browser holds them; large ones need not be in memory.
pub use web_sys::Blob;

/// Longest edge of a paper's picture: small print stays readable, a page stays under 1 MB.
const PAPER_EDGE: u32 = 2000;
/// Largest picture that is sent.
const PAPER_BYTES: f64 = 1_000_000.0;

/// A file that a person picked. Callbacks must be `Send`; the wrapper holds it to this one thread.
#[derive(Clone)]
pub struct Picked(SendWrapper<File>);

impl Picked {
    /// What it is called on the device.
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// Its media type, as the browser guesses it.
    pub fn media_type(&self) -> String {
        self.0.type_()
    }

    /// When it was made, in milliseconds, as the device says.
    pub fn made_at(&self) -> i64 {
        #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds, far below 2^53")]
        let made_at = self.0.last_modified() as i64;
        made_at
    }

    /// Its size in bytes.
    pub fn size(&self) -> u64 {
        size_of(&self.0)
    }

    /// Its bytes, as the picker gave them.
    pub fn blob(&self) -> &Blob {
        &self.0
    }
}

/// The files that were just picked, from an input's change event. Empties the input, so that the same
/// file can be picked again.
pub fn take_picked(event: &web_sys::Event) -> Vec<Picked> {
    let target = event.target();
    let input = target.and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
    let Some((input, files)) = input.and_then(|input| input.files().map(|files| (input, files)))
    else {
        return vec![];
    };
    let picked = (0..files.length()).filter_map(|at| files.get(at));
    let picked = picked.map(|file| Picked(SendWrapper::new(file))).collect();
    input.set_value("");
    picked
}

/// The size of a file in bytes.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a size in bytes")]
pub fn size_of(blob: &Blob) -> u64 {
    blob.size() as u64
}

/// The bytes of a file or of a part of it.
pub async fn bytes(blob: &Blob, from: u64, to: u64) -> Result<Vec<u8>, Refused> {
    #[expect(clippy::cast_precision_loss, reason = "files are far below 2^53 bytes")]
    let part = blob.slice_with_f64_and_f64(from as f64, to as f64)?;
    let buffer = JsFuture::from(part.array_buffer()).await?;
    Ok(js_sys::Uint8Array::new(&buffer).to_vec())
}

/// A copy that no longer depends on the picked file, which a phone may take away.
pub async fn copy(file: &Picked) -> Result<Blob, Refused> {
    let buffer = JsFuture::from(file.0.array_buffer()).await?;
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(&file.media_type());
    let parts = js_sys::Array::of1(&buffer);
    Ok(Blob::new_with_buffer_source_sequence_and_options(&parts, &options)?)
}

/// One file out of several pieces, none of them copied.
pub fn join(pieces: &[Blob]) -> Result<Blob, Refused> {
    let parts: js_sys::Array = pieces.iter().collect();
    Ok(Blob::new_with_blob_sequence(&parts)?)
}

/// A file of these bytes.
pub fn blob_of(bytes: &[u8], media_type: &str) -> Result<Blob, Refused> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    Ok(Blob::new_with_u8_array_sequence_and_options(&parts, &options)?)
}

/// The picture as a JPEG of at most about 1 MB, upright and without what a camera adds (place,
/// time, device).
pub async fn shrink(picture: &Blob) -> Result<Blob, Refused> {
    let bitmap = bitmap(picture).await?;
    for (edge, quality) in [(PAPER_EDGE, 0.85), (PAPER_EDGE, 0.7), (1600, 0.6), (1200, 0.5)] {
        let (width, height) = within(bitmap.width(), bitmap.height(), edge);
        let small = encode(&bitmap, width, height, quality).await?;
        if small.size() <= PAPER_BYTES || edge == 1200 {
            bitmap.close();
            return Ok(small);
        }
    }
    bitmap.close();
    Err(Refused::because("TooLarge"))
}

/// An address under which the page can show the file; `forget_url` gives it back.
pub fn url_of(blob: &Blob) -> Option<String> {
    web_sys::Url::create_object_url_with_blob(blob).ok()
}

/// Gives back an address from `url_of`.
pub fn forget_url(url: &str) {
    let _ = web_sys::Url::revoke_object_url(url);
}

async fn bitmap(picture: &Blob) -> Result<ImageBitmap, Refused> {
    let options = ImageBitmapOptions::new();
    options.set_image_orientation(ImageOrientation::FromImage);
    let window = find_window()?;
    let promise =
        window.create_image_bitmap_with_blob_and_image_bitmap_options(picture, &options)?;
    JsFuture::from(promise).await?.dyn_into().map_err(Refused::from)
}

async fn encode(
    bitmap: &ImageBitmap,
    width: u32,
    height: u32,
    quality: f64,
) -> Result<Blob, Refused> {
    let canvas = OffscreenCanvas::new(width, height)?;
    let context = canvas
        .get_context("2d")?
        .and_then(|found| found.dyn_into::<web_sys::OffscreenCanvasRenderingContext2d>().ok())
        .ok_or_else(|| Refused::because("NoCanvas"))?;
    context.draw_image_with_image_bitmap_and_dw_and_dh(
        bitmap,
        0.0,
        0.0,
        f64::from(width),
        f64::from(height),
    )?;
    let options = web_sys::ImageEncodeOptions::new();
    options.set_type("image/jpeg");
    options.set_quality(quality);
    let blob = JsFuture::from(canvas.convert_to_blob_with_options(&options)?).await?;
    blob.dyn_into().map_err(Refused::from)
}

/// The picture that a video shows at this moment, as a JPEG.
pub async fn jpeg_of_video(video: &web_sys::HtmlVideoElement) -> Result<Blob, Refused> {
    let promise = find_window()?.create_image_bitmap_with_html_video_element(video)?;
    let bitmap: ImageBitmap = JsFuture::from(promise).await?.dyn_into()?;
    let blob = encode(&bitmap, bitmap.width(), bitmap.height(), 0.92).await;
    bitmap.close();
    blob
}

/// The size scaled down so that the longest edge fits.
fn within(width: u32, height: u32, edge: u32) -> (u32, u32) {
    let longest = width.max(height);
    if longest <= edge {
        return (width.max(1), height.max(1));
    }
    let scale = |side: u32| {
        u32::try_from(u64::from(side) * u64::from(edge) / u64::from(longest)).unwrap_or(edge).max(1)
    };
    (scale(width), scale(height))
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn keeps_proportions_and_never_vanishes() {
        assert_eq!(within(4000, 3000, 2000), (2000, 1500));
        assert_eq!(within(3000, 4000, 2000), (1500, 2000));
        assert_eq!(within(640, 480, 2000), (640, 480));
        assert_eq!(within(10_000, 1, 2000), (2000, 1));
        assert_eq!(within(0, 0, 2000), (1, 1));
    }
}
