//! Makes pictures: as phones and scanners write them, and pieces to spoil them with.

use image::{DynamicImage, GrayImage, ImageFormat, Rgb, RgbImage};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use std::io::Cursor;

pub const WIDTH: u32 = 320;
pub const HEIGHT: u32 = 240;

/// A sheet on a table: light, with lines of writing, on something darker. Not symmetric.
pub fn sheet(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let (across, down) = (x * 100 / width, y * 100 / height);
        let noise = (x * 7 + y * 13) % 11;
        let shade = match (across, down) {
            (0..10, _) | (_, 0..8) => 70 + noise,
            (15..60, _) if down % 9 < 2 => 40 + noise,
            (70..85, 80..95) => return Rgb([190, 30 + noise as u8, 40]),
            _ => 225 + noise,
        };
        Rgb([shade as u8, shade as u8, (shade - 10) as u8])
    })
}

pub fn grey(width: u32, height: u32) -> GrayImage {
    DynamicImage::from(sheet(width, height)).to_luma8()
}

/// A JPEG with whatever else its encoder is told.
pub fn jpeg_with(change: impl FnOnce(&mut Encoder<&mut Vec<u8>>)) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, 85);
    change(&mut encoder);
    let (width, height) = (WIDTH as u16, HEIGHT as u16);
    encoder.encode(&sheet(WIDTH, HEIGHT), width, height, ColorType::Rgb).unwrap();
    out
}

pub fn jpeg() -> Vec<u8> {
    jpeg_with(|_| {})
}

pub fn jpeg_of(picture: &RgbImage) -> Vec<u8> {
    let mut out = Vec::new();
    let (width, height) = (picture.width() as u16, picture.height() as u16);
    Encoder::new(&mut out, 80).encode(picture, width, height, ColorType::Rgb).unwrap();
    out
}

pub fn sampled(sampling: SamplingFactor) -> Vec<u8> {
    jpeg_with(|encoder| encoder.set_sampling_factor(sampling))
}

pub fn grey_jpeg(progressive: bool) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, 85);
    encoder.set_progressive(progressive);
    let (width, height) = (WIDTH as u16, HEIGHT as u16);
    encoder.encode(&grey(WIDTH, HEIGHT), width, height, ColorType::Luma).unwrap();
    out
}

/// Four inks, as scanners of print shops write.
pub fn ink_jpeg(color: ColorType) -> Vec<u8> {
    let inks: Vec<u8> = sheet(WIDTH, HEIGHT)
        .pixels()
        .flat_map(|Rgb([r, g, b])| [255 - r, 255 - g, 255 - b, 0])
        .collect();
    let mut out = Vec::new();
    Encoder::new(&mut out, 85).encode(&inks, WIDTH as u16, HEIGHT as u16, color).unwrap();
    out
}

/// EXIF with an orientation, a maker, and a position in Hải Phòng.
pub fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0".to_vec();
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        let mut entry = tag.to_le_bytes().to_vec();
        entry.extend(kind.to_le_bytes());
        entry.extend(count.to_le_bytes());
        entry.extend(value.to_le_bytes());
        entry
    };
    // Three entries in the first directory, two in the position's; behind them what is longer.
    let gps_at = 8 + 2 + 3 * 12 + 4;
    let maker_at = gps_at + 2 + 2 * 12 + 4;
    let latitude_at = maker_at + 12;
    tiff.extend(3_u16.to_le_bytes());
    tiff.extend(entry(0x010F, 2, 12, maker_at));
    tiff.extend(entry(0x0112, 3, 1, u32::from(orientation)));
    tiff.extend(entry(0x8825, 4, 1, gps_at));
    tiff.extend(0_u32.to_le_bytes());
    tiff.extend(2_u16.to_le_bytes());
    tiff.extend(entry(1, 2, 2, u32::from(b'N')));
    tiff.extend(entry(2, 5, 3, latitude_at));
    tiff.extend(0_u32.to_le_bytes());
    tiff.extend(b"GPSPHONEVN1\0");
    for part in [20_u32, 1, 57, 1, 36, 1] {
        tiff.extend(part.to_le_bytes());
    }
    tiff
}

pub fn jpeg_with_exif(orientation: u8) -> Vec<u8> {
    jpeg_with(|encoder| encoder.add_exif_metadata(&exif(orientation)).unwrap())
}

/// Puts a segment right behind the start.
pub fn with_segment(jpeg: &[u8], marker: u8, held: &[u8]) -> Vec<u8> {
    let length = u16::try_from(held.len() + 2).unwrap();
    let mut out = vec![0xFF, 0xD8, 0xFF, marker];
    out.extend(length.to_be_bytes());
    out.extend(held);
    out.extend(&jpeg[2..]);
    out
}

pub fn app_segment(number: u8, held: &[u8]) -> Vec<u8> {
    jpeg_with(|encoder| encoder.add_app_segment(number, held.to_vec()).unwrap())
}

/// The same bytes with something behind.
pub fn followed_by(bytes: &[u8], more: &[u8]) -> Vec<u8> {
    [bytes, more].concat()
}

pub fn png_of(picture: &DynamicImage) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, ImageFormat::Png).unwrap();
    out.into_inner()
}

pub fn png() -> Vec<u8> {
    png_of(&sheet(WIDTH, HEIGHT).into())
}

/// A PNG by hand: colours, depth and rows as wanted, and a chance to add chunks.
pub fn png_by_hand(
    color: png::ColorType,
    depth: png::BitDepth,
    size: (u32, u32),
    rows: &[u8],
    change: impl FnOnce(&mut png::Encoder<'_, &mut Vec<u8>>),
) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, size.0, size.1);
    encoder.set_color(color);
    encoder.set_depth(depth);
    change(&mut encoder);
    encoder.write_header().unwrap().write_image_data(rows).unwrap();
    out
}

/// One chunk of a PNG with its sum.
pub fn chunk(name: &[u8; 4], held: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(name);
    crc.update(held);
    let length = u32::try_from(held.len()).unwrap();
    [&length.to_be_bytes()[..], name, held, &crc.sum().to_be_bytes()].concat()
}

/// Puts a chunk right behind the head.
pub fn with_chunk(png: &[u8], chunk: &[u8]) -> Vec<u8> {
    [&png[..33], chunk, &png[33..]].concat()
}

/// A head that claims this size, and nothing behind it that would fill it.
pub fn png_claiming(width: u32, height: u32) -> Vec<u8> {
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    let data = chunk(b"IDAT", &[0x78, 0x9C, 3, 0, 0, 0, 0, 1]);
    [b"\x89PNG\r\n\x1a\n", &chunk(b"IHDR", &head)[..], &data, &chunk(b"IEND", b"")].concat()
}

pub fn webp(quality: Option<f32>) -> Vec<u8> {
    let picture = sheet(WIDTH, HEIGHT);
    let encoder = webp::Encoder::from_rgb(&picture, WIDTH, HEIGHT);
    quality.map_or_else(|| encoder.encode_lossless(), |quality| encoder.encode(quality)).to_vec()
}

pub fn see_through_webp() -> Vec<u8> {
    let picture = see_through();
    webp::Encoder::from_rgba(&picture, WIDTH, HEIGHT).encode(80.0).to_vec()
}

pub fn see_through() -> image::RgbaImage {
    let mut picture = DynamicImage::from(sheet(WIDTH, HEIGHT)).to_rgba8();
    picture.pixels_mut().filter(|pixel| pixel.0[0] < 90).for_each(|pixel| pixel.0[3] = 40);
    picture
}

fn riff(chunks: &[u8]) -> Vec<u8> {
    let length = u32::try_from(chunks.len() + 4).unwrap();
    [b"RIFF", &length.to_le_bytes()[..], b"WEBP", chunks].concat()
}

fn riff_chunk(name: &[u8; 4], held: &[u8]) -> Vec<u8> {
    let length = u32::try_from(held.len()).unwrap();
    let pad: &[u8] = if held.len() % 2 == 1 { &[0] } else { &[] };
    [name, &length.to_le_bytes()[..], held, pad].concat()
}

fn canvas(flags: u8) -> Vec<u8> {
    let three = |number: u32| number.to_le_bytes()[..3].to_vec();
    riff_chunk(b"VP8X", &[vec![flags, 0, 0, 0], three(WIDTH - 1), three(HEIGHT - 1)].concat())
}

/// A plain WebP in the long form, with EXIF, as phones write it.
pub fn webp_with_exif() -> Vec<u8> {
    let plain = webp(Some(80.0));
    let exif = riff_chunk(b"EXIF", &exif(1));
    riff(&[canvas(0b1000), plain[12..].to_vec(), exif].concat())
}

pub fn moving_webp() -> Vec<u8> {
    let plain = webp(Some(80.0));
    let three = |number: u32| number.to_le_bytes()[..3].to_vec();
    let place =
        [three(0), three(0), three(WIDTH - 1), three(HEIGHT - 1), three(100), vec![0]].concat();
    let frame = riff_chunk(b"ANMF", &[place, plain[12..].to_vec()].concat());
    let how = riff_chunk(b"ANIM", &[0; 6]);
    riff(&[canvas(0b10), how, frame.clone(), frame].concat())
}

/// The smallest ZIP archive with a file in it, as far as its end record goes.
pub fn zip() -> Vec<u8> {
    let name = b"a.txt";
    let mut local = b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0".to_vec();
    local.extend([0; 12]);
    local.extend([5, 0, 0, 0]);
    local.extend(name);
    let mut central = b"PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0".to_vec();
    central.extend([0; 12]);
    central.extend([5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    central.extend(name);
    let mut end = b"PK\x05\x06\0\0\0\0\x01\0\x01\0".to_vec();
    end.extend(u32::try_from(central.len()).unwrap().to_le_bytes());
    end.extend(u32::try_from(local.len()).unwrap().to_le_bytes());
    end.extend([0, 0]);
    [local, central, end].concat()
}
