//! Decoding a picture whole and drawing it anew: only pixels go over. Knows no container's frame.

use super::{Accepted, Kind, Refusal, check_size};
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::{CompressionType, FilterType, PngDecoder, PngEncoder};
use image::codecs::webp::WebPDecoder;
use image::{DynamicImage, ImageDecoder, Limits};
use std::io::Cursor;

/// Quality of a photo that is drawn anew: print of 10 points stays sharp at 200 dpi.
const QUALITY: u8 = 90;
/// Most bytes that decoding may take: a picture of most pixels with 8 bytes each.
const MAX_MEMORY: u64 = 400 * 1024 * 1024;

/// Draws a picture anew: PNG and what is see-through as PNG, all else as JPEG.
pub fn redraw(kind: Kind, bytes: &[u8]) -> Result<Accepted, Refusal> {
    let picture = decode(kind, bytes)?;
    let kept =
        if kind == Kind::Png || picture.color().has_alpha() { Kind::Png } else { Kind::Jpeg };
    let mut redrawn = Vec::new();
    let written = match (kept, narrow(picture)) {
        (Kind::Png, picture) => {
            let (compression, filter) = (CompressionType::Default, FilterType::Adaptive);
            picture.write_with_encoder(PngEncoder::new_with_quality(
                &mut redrawn,
                compression,
                filter,
            ))
        }
        (_, picture) => {
            picture.write_with_encoder(JpegEncoder::new_with_quality(&mut redrawn, QUALITY))
        }
    };
    written.map_err(|_| Refusal::Damaged)?;
    Ok(Accepted { sent: kind, kept, redrawn: Some(redrawn) })
}

fn decode(kind: Kind, bytes: &[u8]) -> Result<DynamicImage, Refusal> {
    let input = Cursor::new(bytes);
    let decoder: Result<Box<dyn ImageDecoder>, _> = match kind {
        Kind::Jpeg => JpegDecoder::new(input).map(|decoder| Box::new(decoder) as _),
        Kind::Png => PngDecoder::with_limits(input, limits()).map(|decoder| Box::new(decoder) as _),
        Kind::WebP => WebPDecoder::new(input).map(|decoder| Box::new(decoder) as _),
        Kind::Pdf => return Err(Refusal::WrongKind),
    };
    let mut decoder = decoder.map_err(|_| Refusal::Damaged)?;
    let (width, height) = decoder.dimensions();
    check_size(width, height)?;
    decoder.set_limits(limits()).map_err(|_| Refusal::TooManyPixels)?;
    let orientation = decoder.orientation().map_err(|_| Refusal::Damaged)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| Refusal::Damaged)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_MEMORY);
    limits
}

/// Eight bits a channel: more than that is nothing that a paper has.
fn narrow(picture: DynamicImage) -> DynamicImage {
    match picture {
        DynamicImage::ImageLuma16(_) => picture.to_luma8().into(),
        DynamicImage::ImageLumaA16(_) => picture.to_luma_alpha8().into(),
        DynamicImage::ImageRgb16(_) => picture.to_rgb8().into(),
        DynamicImage::ImageRgba16(_) => picture.to_rgba8().into(),
        _ => picture,
    }
}
