//! A camera's preview, frame after frame: still, moving, blurred, without a page.
#![allow(clippy::unwrap_used, reason = "a panic in a test is a failed test")]

mod pictures;

use motcua_paper::{CORNERS_AT_REST, FRAME_SHARP, Fault, RESTS, Rgba, Watch};
use pictures::page::Sheet;
use pictures::{Kind, Shot, picture, shot_of};

/// A frame of 720 by 1,280 pixels of an upright page.
fn frame(sheet: Sheet, seed: u64, spoil: impl FnOnce(&mut Shot)) -> Rgba {
    let made = shot_of(sheet, seed, |shot| {
        (shot.width, shot.height, shot.share) = (720, 1280, 0.66);
        spoil(shot);
    });
    made.photo
}

#[test]
fn a_page_held_still_is_steady_after_some_frames_and_not_after_a_jerk() {
    let mut watch = Watch::default();
    let still = |i: u32| {
        frame(Sheet::Letter, 3, |shot| {
            shot.turn = 2.0 + 0.05 * i as f32;
            shot.brightness = 0.95 - 0.01 * i as f32;
        })
    };
    for i in 0..=RESTS {
        let seen = watch.see(&still(i));
        assert_eq!(seen.steady, i == RESTS, "{i}: {seen:?}");
        assert_eq!(seen.moved == 1.0, i == 0, "{i}: {}", seen.moved);
        assert!(seen.sharp && seen.faults.is_empty(), "{i}: {:?}", seen.faults);
    }
    let jerked = watch.see(&frame(Sheet::Letter, 3, |shot| shot.off = (0.05, 0.0)));
    assert!(!jerked.steady && jerked.moved > CORNERS_AT_REST, "{}", jerked.moved);
}

#[test]
fn another_page_in_the_same_place_begins_anew() {
    let same_place =
        |shot: &mut Shot| (shot.turn, shot.tilt, shot.off) = (2.0, (0.0, 0.0), (0.0, 0.0));
    let mut watch = Watch::default();
    for _ in 0..RESTS {
        watch.see(&frame(Sheet::Letter, 3, same_place));
    }
    assert!(!watch.see(&frame(Sheet::Certificate, 3, same_place)).steady);
}

#[test]
fn blur_is_told_of_frames_and_a_sharp_one_is_not_called_blurred() {
    let (mut sharp, mut shaken) = (0, 0);
    for seed in 0..6 {
        let sheet = [Sheet::Letter, Sheet::Form, Sheet::Certificate][seed as usize % 3];
        for (blur, blurred) in [(0.7, false), (3.5, true)] {
            let seen = Watch::default().see(&frame(sheet, 40 + seed, |shot| shot.blur = blur));
            println!("{sheet:?} {seed} blur {blur}: {:?} {:?}", seen.sharp, seen.faults);
            assert!(seen.corners.is_some());
            if blurred { shaken += u32::from(!seen.sharp) } else { sharp += u32::from(seen.sharp) }
        }
    }
    assert!(
        sharp == 6 && shaken == 6,
        "limit {FRAME_SHARP}: {sharp} sharp, {shaken} blurred, of 6"
    );
}

#[test]
fn a_page_far_away_must_come_nearer_and_a_table_says_nothing() {
    let seen = Watch::default().see(&frame(Sheet::Letter, 5, |shot| shot.share = 0.43));
    assert_eq!(seen.faults, [Fault::TooSmall]);
    let seen = Watch::default().see(&picture(Kind::EmptyTable, 101).photo);
    assert_eq!((seen.corners, seen.steady, seen.sharp, seen.faults), (None, false, false, vec![]));
}
