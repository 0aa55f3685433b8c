//! Files as citizens send them, made on the spot.

use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};

/// A photo with some texture, so that it is a few chunks long.
pub fn photo() -> Vec<u8> {
    let picture = RgbImage::from_fn(160, 120, |x, y| {
        let shade = (x * 37 + y * 101 + x * y * 7) % 256;
        Rgb([shade as u8, (255 - shade) as u8, (x % 256) as u8])
    });
    let mut bytes = Vec::new();
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 95)).unwrap();
    bytes
}

/// The same with where it was taken, as phones note it.
pub fn photo_with_position() -> Vec<u8> {
    let note = b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0GPS 20.95 N 106.54 E";
    let length = u16::try_from(note.len() + 2).unwrap().to_be_bytes();
    let photo = photo();
    [&photo[..2], &[0xFF, 0xE1], &length, note, &photo[2..]].concat()
}

/// A PDF of one page whose picture makes it about this long.
pub fn paper(length: usize) -> Vec<u8> {
    let texture: Vec<u8> =
        (0..length as u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let picture = [
        format!("<< /Type /XObject /Subtype /Image /Width {length} /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length {length} >>\nstream\n").as_bytes(),
        &texture,
        b"\nendstream",
    ]
    .concat();
    let objects: [&[u8]; 4] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /Im0 4 0 R >> >> >>",
        &picture,
    ];
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = String::new();
    for (index, object) in objects.iter().enumerate() {
        places += &format!("{:010} 00000 n\r\n", bytes.len());
        bytes.extend(format!("{} 0 obj\n", index + 1).as_bytes());
        bytes.extend(*object);
        bytes.extend(b"\nendobj\n");
    }
    let table = bytes.len();
    let end = format!(
        "xref\n0 5\n0000000000 65535 f\r\n{places}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"
    );
    bytes.extend(end.as_bytes());
    bytes
}
