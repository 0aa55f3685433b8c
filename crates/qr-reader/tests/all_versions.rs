//! Every version, level and mode that another library can write is read back.
#![allow(clippy::unwrap_used, reason = "a panic in a test is a failed test")]

use motcua_qr_reader::{Grey, Options, read};
use qrcode::{Color, EcLevel, QrCode, Version};

fn drawn(code: &QrCode, module: usize) -> Grey {
    let (modules, colors) = (code.width(), code.to_colors());
    let side = (modules + 8) * module;
    let shade = |i: usize| {
        let (x, y) = ((i % side / module).wrapping_sub(4), (i / side / module).wrapping_sub(4));
        let dark = x < modules && y < modules && colors[y * modules + x] == Color::Dark;
        if dark { 20 } else { 230 }
    };
    Grey::new(side, side, (0..side * side).map(shade).collect()).unwrap()
}

fn text(grey: &Grey) -> Vec<Vec<u8>> {
    let codes = read(grey, &Options::thorough());
    codes.iter().map(|code| code.pieces.iter().flat_map(|p| p.bytes.clone()).collect()).collect()
}

#[test]
fn all_versions_and_levels_are_read() {
    for version in 1..=40 {
        for level in [EcLevel::L, EcLevel::M, EcLevel::Q, EcLevel::H] {
            let words = format!("V{version}{level:?}");
            let code = QrCode::with_version(&words, Version::Normal(version), level).unwrap();
            assert_eq!(text(&drawn(&code, 3)), [words.as_bytes()], "{version} {level:?}");
        }
    }
}

#[test]
fn digits_letters_bytes_and_kanji_are_read() {
    for words in ["0123456789012345", "MOTCUA.EXAMPLE/T $%*+-./:", "Một cửa, một lần"] {
        let code = QrCode::new(words).unwrap();
        assert_eq!(text(&drawn(&code, 4)), [words.as_bytes()]);
    }
    let kanji = [0x93, 0x5F, 0xE4, 0xAA, 0x93, 0x5F, 0xE4, 0xAA];
    let code = QrCode::new(kanji).unwrap();
    assert_eq!(text(&drawn(&code, 4)), [kanji]);
}

#[test]
fn modules_alone_are_read() {
    let code = QrCode::new("một cửa").unwrap();
    let dark = code.to_colors().iter().map(|&color| color == Color::Dark).collect();
    let pieces = motcua_qr_reader::read_modules(code.width(), dark).unwrap();
    assert_eq!(pieces[0].bytes, "một cửa".as_bytes());
    assert!(motcua_qr_reader::read_modules(3, vec![true; 8]).is_none());
}
