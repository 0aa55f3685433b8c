//! What a photo must not bring to the office is gone, and what it shows is still there.

use crate::pictures::*;
use image::{DynamicImage, GenericImageView};
use motcua_inspect::{Kind, inspect};

fn redrawn(bytes: &[u8]) -> Vec<u8> {
    inspect(bytes).unwrap().redrawn.unwrap()
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|part| part == wanted)
}

#[test]
fn position_maker_preview_and_notes_stay_behind() {
    let script = b"<script>alert('from a comment')</script>";
    let texts: [(&str, Vec<u8>, &[u8]); 7] = [
        ("maker in EXIF", jpeg_with_exif(1), b"GPSPHONEVN1"),
        ("script in a comment", with_segment(&jpeg(), 0xFE, script), script),
        ("XMP", app_segment(1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>Owner"), b"xmpmeta"),
        ("film behind", followed_by(&jpeg(), b"\0\0\0\x18ftypmp42-a-film"), b"a-film"),
        (
            "script in a PNG text",
            with_chunk(&png(), &chunk(b"tEXt", b"Comment\0<?php x ?>")),
            b"<?php",
        ),
        ("EXIF in a PNG", with_chunk(&png(), &chunk(b"eXIf", &exif(1))), b"GPSPHONEVN1"),
        ("EXIF in a WebP", webp_with_exif(), b"GPSPHONEVN1"),
    ];
    for (name, sent, secret) in texts {
        assert!(holds(&sent, secret), "{name} is not in the file that was made");
        let kept = redrawn(&sent);
        assert!(!holds(&kept, secret), "{name}");
        assert!(!holds(&kept, b"Exif"), "{name}");
    }
    let preview = with_segment(&jpeg(), 0xE1, &[b"Exif\0\0", &exif(1)[..], &jpeg()].concat());
    let starts =
        |bytes: &[u8]| bytes.windows(3).filter(|three| *three == [0xFF, 0xD8, 0xFF]).count();
    assert_eq!((starts(&preview), starts(&redrawn(&preview))), (2, 1));
}

/// The stamp of the sheet is red and below on the right: where it is says how the picture lies.
fn stamp(bytes: &[u8]) -> (u32, u32, (u32, u32)) {
    let picture = image::load_from_memory(bytes).unwrap();
    let red = picture.pixels().filter(|(.., pixel)| pixel.0[0] > 150 && pixel.0[1] < 90);
    let places: Vec<(u32, u32)> = red.map(|(x, y, _)| (x, y)).collect();
    let count = u32::try_from(places.len()).unwrap();
    let middle = |pick: fn(&(u32, u32)) -> u32| places.iter().map(pick).sum::<u32>() / count;
    (picture.width(), picture.height(), (middle(|place| place.0), middle(|place| place.1)))
}

#[test]
fn a_photo_lies_as_the_phone_was_held() {
    let near = |(x, y): (u32, u32), (wanted_x, wanted_y): (u32, u32)| {
        x.abs_diff(wanted_x) < 8 && y.abs_diff(wanted_y) < 8
    };
    let (right, below) = (WIDTH * 775 / 1000, HEIGHT * 875 / 1000);
    let (left, above) = (WIDTH - right, HEIGHT - below);
    for (orientation, width, height, place) in [
        (1, WIDTH, HEIGHT, (right, below)),
        (2, WIDTH, HEIGHT, (left, below)),
        (3, WIDTH, HEIGHT, (left, above)),
        (4, WIDTH, HEIGHT, (right, above)),
        (5, HEIGHT, WIDTH, (below, right)),
        (6, HEIGHT, WIDTH, (above, right)),
        (7, HEIGHT, WIDTH, (above, left)),
        (8, HEIGHT, WIDTH, (below, left)),
    ] {
        let (got_width, got_height, got) = stamp(&redrawn(&jpeg_with_exif(orientation)));
        assert_eq!((got_width, got_height), (width, height), "orientation {orientation}");
        assert!(near(got, place), "orientation {orientation}: {got:?}, not {place:?}");
    }
}

#[test]
fn it_shows_the_same() {
    let sent = jpeg();
    let (before, after) = (
        image::load_from_memory(&sent).unwrap(),
        image::load_from_memory(&redrawn(&sent)).unwrap(),
    );
    let difference: u64 = before
        .to_luma8()
        .iter()
        .zip(after.to_luma8().iter())
        .map(|(one, other)| u64::from(one.abs_diff(*other)))
        .sum();
    let mean = difference as f64 / f64::from(WIDTH * HEIGHT);
    assert!(mean < 2.0, "{mean} shades of 255");
    // PNG loses nothing.
    let sheet = DynamicImage::from(sheet(WIDTH, HEIGHT));
    assert_eq!(image::load_from_memory(&redrawn(&png())).unwrap().to_rgb8(), sheet.to_rgb8());
    // What is see-through stays so, whatever it came in.
    let kept = inspect(&see_through_webp()).unwrap();
    assert_eq!((kept.sent, kept.kept), (Kind::WebP, Kind::Png));
}
