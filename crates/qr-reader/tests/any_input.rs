//! Whatever the pixels are, the decoder answers, and finds nothing in noise.
#![allow(clippy::unwrap_used, reason = "a panic in a test is a failed test")]

use motcua_qr_reader::{Grey, Options, Unreadable, read};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn pixels_of_every_kind_and_size_hold_nothing(
        width in 1usize..90,
        height in 1usize..90,
        module in 1usize..9,
        shades in proptest::collection::vec(any::<u8>(), 8100),
        thorough in any::<bool>(),
        turn in 0u32..3,
    ) {
        // Squares of several pixels look more like a code than single ones do.
        let at = |i: usize| shades[i / width / module * 90 + i % width / module];
        let grey = Grey::new(width, height, (0..width * height).map(at).collect()).unwrap();
        prop_assert_eq!(read(&grey, &Options { thorough, ..Options::quick(turn) }), []);
    }
}

#[test]
fn what_is_no_picture_is_refused() {
    assert_eq!(Grey::new(0, 0, vec![]).unwrap_err(), Unreadable::Empty);
    assert_eq!(Grey::from_rgba(2, 2, &[0; 15]).unwrap_err(), Unreadable::WrongLength);
    assert_eq!(Grey::from_rgba(9_000, 9_000, &[0; 4]).unwrap_err(), Unreadable::TooLarge);
}
