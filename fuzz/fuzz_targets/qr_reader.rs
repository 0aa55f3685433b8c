//! The QR reader with pictures of any kind: a few bytes say the size and how pixels come of the rest,
//! as noise, as squares, or as a true code that is damaged. It must not panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use motcua_qr_reader::{Grey, Options, read};

fuzz_target!(|bytes: &[u8]| {
    let [width, height, square, how, rest @ ..] = bytes else { return };
    let (width, height) = (usize::from(*width).max(1), usize::from(*height).max(1));
    let square = usize::from(square % 12) + 1;
    if rest.is_empty() {
        return;
    }
    let across = width / square + 1;
    let shades = (0..width * height)
        .map(|i| {
            let at = i / width / square * across + i % width / square;
            if how & 1 == 0 {
                rest[at % rest.len()]
            } else if rest[at / 8 % rest.len()] >> (at % 8) & 1 == 1 {
                20
            } else {
                230
            }
        })
        .map(|shade| if how & 2 == 2 { finders(shade) } else { shade })
        .collect();
    let Ok(grey) = Grey::new(width, height, shades) else { return };
    let options =
        if how & 4 == 4 { Options::quick(u32::from(how >> 3)) } else { Options::thorough() };
    let _ = read(&grey, &options);
});

/// Leaves a picture with hardly any grey, as print has.
fn finders(shade: u8) -> u8 {
    if shade < 128 { shade / 4 } else { 255 - (255 - shade) / 4 }
}
