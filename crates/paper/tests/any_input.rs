//! Whatever the pixels and corners are, everything answers; noise holds no page.
#![allow(clippy::unwrap_used, reason = "a panic in a test is a failed test")]

use motcua_paper::{
    Fingerprint, Point, Rgba, Unreadable, change, clean, find_page, orientation, page_size,
    quality, rectify, turned,
};
use proptest::prelude::*;

/// Squares of several pixels look more like paper than single ones do.
fn picture(width: usize, height: usize, square: usize, bytes: &[u8]) -> Rgba {
    let pixel = |i: usize| {
        let at = (i / width / square * 40 + i % width / square) * 3 % (bytes.len() - 3);
        [bytes[at], bytes[at + 1], bytes[at + 2], 255]
    };
    Rgba::new(width, height, (0..width * height).flat_map(pixel).collect()).unwrap()
}

fn number() -> impl Strategy<Value = f32> {
    prop_oneof![8 => -50f32..300.0, 1 => any::<f32>(), 1 => Just(0.0)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn pixels_and_corners_of_every_kind_are_answered(
        width in 1usize..200,
        height in 1usize..200,
        square in 1usize..40,
        bytes in proptest::collection::vec(any::<u8>(), 4800),
        places in proptest::collection::vec((number(), number()), 4),
        size in (0usize..90, 0usize..90),
    ) {
        let photo = picture(width, height, square, &bytes);
        if let Some(found) = find_page(&photo) {
            prop_assert!(found.iter().all(|at| at.x.is_finite() && at.y.is_finite()));
        }
        let corners = [0, 1, 2, 3].map(|i| Point::new(places[i].0, places[i].1));
        let (wide, high) = page_size(&corners, (width, height));
        prop_assert!((1..=2339).contains(&wide) && (1..=2339).contains(&high));
        quality(&photo, Some(&corners));
        quality(&photo, None);
        if let Some(page) = rectify(&photo, &corners, size) {
            orientation(&clean(&page));
            Fingerprint::of(&page);
            change(&page, &photo);
        }
        orientation(&photo);
        prop_assert_eq!(turned(&turned(&photo, 3), 1), photo);
    }

    #[test]
    fn noise_holds_no_page(bytes in proptest::collection::vec(any::<u8>(), 4800), square in 1usize..4) {
        prop_assert_eq!(find_page(&picture(200, 260, square, &bytes)), None);
    }
}

#[test]
fn what_is_no_picture_is_refused() {
    assert_eq!(Rgba::new(0, 0, vec![]).unwrap_err(), Unreadable::Empty);
    assert_eq!(Rgba::new(2, 2, vec![0; 15]).unwrap_err(), Unreadable::WrongLength);
    assert_eq!(Rgba::new(9_000, 9_000, vec![0; 4]).unwrap_err(), Unreadable::TooLarge);
}
