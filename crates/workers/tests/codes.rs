//! QR codes as cameras and galleries give them: upright, turned, inverted, noisy, none, no picture.
#![allow(clippy::unwrap_used, reason = "a panic in a test is a failed test")]

use motcua_qr_reader::Unreadable;
use motcua_workers::{Effort, decode_rgba};
use qrcode::{Color, EcLevel, QrCode};

const TEXT: &str = "https://motcua.example/t/2.000635?x=Bản sao trích lục";

/// A code drawn in shades of grey: side in pixels and shades.
struct Drawing {
    side: usize,
    shades: Vec<u8>,
}

fn draw(text: &str, module: usize) -> Drawing {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
    let (modules, colors) = (code.width(), code.to_colors());
    let side = (modules + 8) * module;
    let shades = (0..side * side)
        .map(|at| {
            let (x, y) = (at % side / module, at / side / module);
            let inside = (4..modules + 4).contains(&x) && (4..modules + 4).contains(&y);
            let dark = inside && colors[(y - 4) * modules + x - 4] == Color::Dark;
            if dark { 30 } else { 225 }
        })
        .collect();
    Drawing { side, shades }
}

/// The texts in what the module hands to the worker's script; all UTF-8 here.
fn texts(mut parcel: &[u8]) -> Vec<String> {
    fn take<'a>(parcel: &mut &'a [u8], count: usize) -> &'a [u8] {
        let (taken, left) = parcel.split_at(count);
        *parcel = left;
        taken
    }
    fn number(parcel: &mut &[u8]) -> usize {
        u32::from_le_bytes(take(parcel, 4).try_into().unwrap()) as usize
    }
    let mut texts = Vec::new();
    while !parcel.is_empty() {
        take(&mut parcel, 32);
        let mut text = String::new();
        for _ in 0..number(&mut parcel) {
            let (label, length) = (number(&mut parcel), number(&mut parcel));
            assert_eq!(take(&mut parcel, label), b"utf-8");
            text += std::str::from_utf8(take(&mut parcel, length)).unwrap();
        }
        texts.push(text);
    }
    texts
}

impl Drawing {
    fn turned(&self) -> Self {
        let side = self.side;
        let shades =
            (0..side * side).map(|at| self.shades[(side - 1 - at % side) * side + at / side]);
        Self { side, shades: shades.collect() }
    }

    fn changed(&self, change: impl FnMut(u8) -> u8) -> Self {
        Self { side: self.side, shades: self.shades.iter().copied().map(change).collect() }
    }

    fn read(&self) -> Vec<String> {
        let rgba: Vec<u8> = self.shades.iter().flat_map(|&s| [s, s, s, 255]).collect();
        let side = u32::try_from(self.side).unwrap();
        let quick = decode_rgba(side, side, &rgba, Effort::Quick(0)).unwrap();
        let thorough = decode_rgba(side, side, &rgba, Effort::Thorough).unwrap();
        assert_eq!(texts(&quick), texts(&thorough));
        texts(&thorough)
    }
}

#[test]
fn upright_code_is_read() {
    assert_eq!(draw(TEXT, 4).read(), [TEXT]);
}

#[test]
fn code_turned_by_quarters_is_read() {
    let mut drawing = draw(TEXT, 4);
    for _ in 0..3 {
        drawing = drawing.turned();
        assert_eq!(drawing.read(), [TEXT]);
    }
}

#[test]
fn white_on_black_is_read() {
    assert_eq!(draw(TEXT, 4).changed(|shade| 255 - shade).read(), [TEXT]);
}

#[test]
fn noisy_code_is_read() {
    let mut state = 7_u32;
    for strength in [20, 40, 60] {
        let noisy = draw(TEXT, 8).changed(|shade| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = i32::from(state.to_be_bytes()[0]) % (2 * strength + 1) - strength;
            u8::try_from((i32::from(shade) + noise).clamp(0, 255)).unwrap()
        });
        assert_eq!(noisy.read(), [TEXT], "noise of {strength}");
    }
}

#[test]
fn large_picture_is_read() {
    assert_eq!(draw(TEXT, 40).read(), [TEXT]);
}

#[test]
fn blank_and_tiny_pictures_hold_nothing() {
    for side in [1_u32, 2, 3, 21, 90, 640] {
        let count = usize::try_from(side * side * 4).unwrap();
        for shade in [0, 128, 255] {
            assert_eq!(
                decode_rgba(side, side, &vec![shade; count], Effort::Thorough),
                Ok(vec![]),
                "{side} {shade}"
            );
        }
    }
}

#[test]
fn pure_noise_holds_nothing_and_does_not_panic() {
    let mut state = 1_u32;
    for (width, height) in [(1, 500), (500, 1), (64, 64), (320, 240), (41, 97)] {
        let rgba: Vec<u8> = (0..width * height * 4)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                state.to_be_bytes()[0]
            })
            .collect();
        assert_eq!(decode_rgba(width, height, &rgba, Effort::Thorough), Ok(vec![]));
    }
}

#[test]
fn what_is_no_picture_is_an_error() {
    assert_eq!(decode_rgba(0, 0, &[], Effort::Thorough), Err(Unreadable::Empty));
    assert_eq!(decode_rgba(0, 9, &[], Effort::Thorough), Err(Unreadable::Empty));
    assert_eq!(decode_rgba(2, 2, &[0; 15], Effort::Thorough), Err(Unreadable::WrongLength));
    assert_eq!(decode_rgba(2, 2, &[0; 17], Effort::Thorough), Err(Unreadable::WrongLength));
    assert_eq!(
        decode_rgba(u32::MAX, u32::MAX, &[0; 4], Effort::Thorough),
        Err(Unreadable::TooLarge)
    );
    assert_eq!(decode_rgba(8_192, 8_192, &[0; 4], Effort::Thorough), Err(Unreadable::TooLarge));
}
