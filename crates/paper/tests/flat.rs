//! From corners to a clean, upright page: proportions, light, colours, orientation, sameness.
#![allow(clippy::unwrap_used, reason = "a panic in a test is a failed test")]

mod pictures;

use motcua_paper::{
    AT_REST, Fingerprint, Orientation, Rgba, SAME_PAGE, change, clean, orientation, page_size,
    rectify, turned,
};
use pictures::page::Sheet;
use pictures::{Shot, shot_of};

const SHEETS: [Sheet; 3] = [Sheet::Letter, Sheet::Form, Sheet::Certificate];

fn flat(sheet: Sheet, seed: u64, spoil: impl FnOnce(&mut Shot)) -> Rgba {
    let made = shot_of(sheet, seed, spoil);
    let corners = made.corners.unwrap();
    let size = page_size(&corners, (made.photo.width(), made.photo.height()));
    rectify(&made.photo, &corners, size).unwrap()
}

fn shades(page: &Rgba) -> impl Iterator<Item = [f32; 3]> {
    page.bytes().as_chunks::<4>().0.iter().map(|p| [p[0], p[1], p[2]].map(f32::from))
}

#[test]
fn proportions_of_a4_are_told_from_a_slant() {
    for (seed, tilt) in [(1, (0.0, 0.0)), (2, (25.0, 5.0)), (3, (-20.0, 18.0)), (4, (40.0, 8.0))] {
        let page = flat(Sheet::Letter, seed, |shot| (shot.tilt, shot.share) = (tilt, 0.65));
        let proportion = page.height() as f32 / page.width() as f32;
        assert!((proportion - std::f32::consts::SQRT_2).abs() < 0.01, "{tilt:?}: {proportion}");
    }
}

#[test]
fn cleaning_takes_a_shadow_away_and_keeps_stamps_red_and_signatures_blue() {
    for seed in 0..4 {
        let page = flat(Sheet::Letter, seed, |shot| shot.shadow = true);
        let count = |page: &Rgba, like: fn(&[f32; 3]) -> bool| shades(page).filter(like).count();
        let all = page.width() * page.height();
        let clean = clean(&page);
        let white = count(&clean, |p| p.iter().all(|v| *v > 235.0));
        let dark = count(&clean, |p| p.iter().all(|v| *v < 110.0));
        let red = |p: &[f32; 3]| p[0] > 140.0 && p[0] > 1.6 * p[1] && p[0] > 1.6 * p[2];
        let blue = |p: &[f32; 3]| p[2] > 90.0 && p[2] > 1.4 * p[0];
        let (reds, blues) = (count(&clean, red), count(&clean, blue));
        println!("{seed}: white {white} dark {dark} red {reds} blue {blues} of {all}");
        assert!(white * 10 > all * 8 && dark * 50 > all);
        assert!(reds * 200 > all && blues * 2000 > all);
    }
}

#[test]
fn writing_is_turned_upright_or_said_to_be_unclear() {
    let (mut told, mut wrong, mut all) = (0, Vec::new(), 0);
    for seed in 0..6 {
        for sheet in SHEETS {
            let page = flat(sheet, seed, |_| {});
            for quarters in 0..4 {
                let lies = orientation(&turned(&page, quarters));
                let (whole, half) = match quarters {
                    0 => (Orientation::Upright, Orientation::Across),
                    1 => (Orientation::HeadRight, Orientation::Sideways),
                    2 => (Orientation::UpsideDown, Orientation::Across),
                    _ => (Orientation::HeadLeft, Orientation::Sideways),
                };
                all += 1;
                told += usize::from(lies == whole);
                if lies != whole && lies != half && lies != Orientation::Unclear {
                    wrong.push((sheet, seed, quarters, lies));
                }
                if sheet == Sheet::Letter {
                    assert!(lies == whole || lies == half, "{seed} {quarters}: {lies:?}");
                }
                if lies == whole {
                    assert_eq!((lies.quarters() + quarters) % 4, 0);
                }
            }
        }
    }
    println!("orientation: {told} of {all} told wholly; wrong {wrong:?}");
    assert!(told * 10 >= all * 6 && wrong.len() * 20 <= all, "{told} of {all}, {wrong:?}");
    assert_eq!(orientation(&flat(Sheet::Blank, 1, |_| {})), Orientation::Unclear);
}

#[test]
fn one_page_twice_is_known_and_two_of_a_kind_are_told_apart() {
    for sheet in SHEETS {
        let (mut same, mut other) = (1f32, 0f32);
        let pages: Vec<_> =
            (0..4).map(|seed| Fingerprint::of(&flat(sheet, seed, |_| {}))).collect();
        for (seed, page) in pages.iter().enumerate() {
            let again = flat(sheet, seed as u64, |shot| {
                (shot.turn, shot.tilt, shot.brightness) = (7.0, (-9.0, 6.0), 0.7);
                (shot.shadow, shot.noise) = (true, 6.0);
            });
            same = same.min(page.likeness(&Fingerprint::of(&again)));
            same = same.min(page.likeness(&Fingerprint::of(&clean(&again))));
            for before in &pages[..seed] {
                other = other.max(page.likeness(before));
            }
        }
        println!("{sheet:?}: one page at least {same} alike; two at most {other}");
        assert!(same >= SAME_PAGE && other < SAME_PAGE);
    }
}

#[test]
fn a_still_hand_is_told_from_a_moving_one() {
    let frame = |turn: f32, off: f32, light: f32| {
        let spoil = |shot: &mut Shot| {
            (shot.width, shot.height) = (480, 640);
            (shot.turn, shot.off, shot.brightness) = (turn, (off, 0.0), light);
        };
        shot_of(Sheet::Letter, 3, spoil).photo
    };
    let first = frame(2.0, 0.0, 0.95);
    let still = change(&first, &frame(2.1, 0.001, 0.93));
    let moved = change(&first, &frame(2.0, 0.03, 0.95));
    let turned = change(&first, &frame(6.0, 0.0, 0.95));
    println!("still {still}, moved {moved}, turned {turned}");
    assert!(still < AT_REST && moved > AT_REST && turned > AT_REST);
}
