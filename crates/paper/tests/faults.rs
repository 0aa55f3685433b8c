//! Faults are told of photos made with them, and of no good one.
#![allow(clippy::unwrap_used, reason = "a panic in a test is a failed test")]

mod pictures;

use motcua_paper::{Fault, find_page, quality};
use pictures::page::Sheet;
use pictures::{Shot, shot_of};

type Spoil = fn(&mut Shot);

const SHEETS: [Sheet; 3] = [Sheet::Letter, Sheet::Form, Sheet::Certificate];

fn faults(sheet: Sheet, seed: u64, spoil: Spoil) -> Vec<Fault> {
    let made = shot_of(sheet, seed, spoil);
    let faults = quality(&made.photo, made.corners.as_ref());
    println!("{sheet:?} {seed} {faults:?}");
    faults
}

#[test]
fn a_good_photo_has_no_fault_with_the_corners_found_or_known() {
    for seed in 0..6 {
        let sheet = SHEETS[(seed % 3) as usize];
        let made = shot_of(sheet, seed, |_| {});
        let found = find_page(&made.photo).unwrap();
        assert_eq!(quality(&made.photo, Some(&found)), [], "{sheet:?} {seed}");
        assert_eq!(quality(&made.photo, made.corners.as_ref()), [], "{sheet:?} {seed}");
    }
}

#[test]
fn a_fault_is_told_where_it_was_made() {
    let made: [(Fault, Spoil); 6] = [
        (Fault::TooDark, |shot| shot.brightness = 0.25),
        (Fault::Blurred, |shot| shot.blur = 9.0),
        (Fault::Glare, |shot| (shot.glare, shot.brightness) = (true, 0.8)),
        (Fault::CutCorner, |shot| (shot.off, shot.turn) = ((0.2, 0.1), 15.0)),
        (Fault::Covered, |shot| shot.fingers = 1),
        (Fault::TooSmall, |shot| (shot.width, shot.height) = (600, 800)),
    ];
    let mut wrong = Vec::new();
    for (fault, spoil) in made {
        for (seed, sheet) in SHEETS.into_iter().enumerate() {
            let told = faults(sheet, 20 + seed as u64, spoil);
            if told != [fault] {
                wrong.push((fault, sheet, told));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn an_empty_page_is_blank_even_if_shaken_or_dim() {
    assert_eq!(faults(Sheet::Blank, 1, |_| {}), [Fault::Blank]);
    assert_eq!(faults(Sheet::Blank, 2, |shot| shot.blur = 4.0), [Fault::Blank]);
    assert_eq!(faults(Sheet::Blank, 3, |shot| shot.brightness = 0.5), [Fault::Blank]);
}
