//! Codes as bytes, for `public/workers/qr.js` to unpack: texts stay in their character sets, which
//! the browser can decode and this module then need not. Knows nothing of how codes are found.
//!
//! For each code: eight 32-bit floats, its corners' x and y; the number of pieces. For each piece:
//! the length of its character set's label, of its bytes; label; bytes. Numbers are 32-bit,
//! little-endian.

use motcua_qr_reader::Code;

/// Packs codes.
pub(crate) fn packed(codes: &[Code]) -> Vec<u8> {
    let mut out = Vec::new();
    for code in codes {
        for corner in code.corners {
            out.extend(corner.x.to_le_bytes());
            out.extend(corner.y.to_le_bytes());
        }
        number(&mut out, code.pieces.len());
        for piece in &code.pieces {
            let label = piece.charset.label();
            number(&mut out, label.len());
            number(&mut out, piece.bytes.len());
            out.extend(label.as_bytes());
            out.extend(&piece.bytes);
        }
    }
    out
}

/// Bytes behind a mark and their length.
#[cfg(any(test, target_arch = "wasm32"))]
pub(crate) fn marked(mark: usize, bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + 8);
    number(&mut out, mark);
    number(&mut out, bytes.len());
    out.extend(bytes);
    out
}

/// No picture holds four thousand million bytes of text.
fn number(out: &mut Vec<u8>, value: usize) {
    out.extend(u32::try_from(value).unwrap_or(0).to_le_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use motcua_qr_reader::{Charset, Piece, Point};

    #[test]
    fn lays_out_what_the_worker_unpacks() {
        let corners = [Point::new(1.0, 2.0); 4];
        let pieces = vec![Piece { charset: Charset::Utf8, bytes: b"xin".to_vec() }];
        let bytes = packed(&[Code { pieces, corners, version: 1 }]);
        assert_eq!(bytes[..4], 1f32.to_le_bytes());
        assert_eq!(bytes[32..44], [1, 0, 0, 0, 5, 0, 0, 0, 3, 0, 0, 0]);
        assert_eq!(&bytes[44..], b"utf-8xin");
    }
}
