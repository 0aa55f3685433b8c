//! What the worker is asked for, over made photos: outlines and turns in the answers' bytes, pages of
//! the right proportions whichever way up, the same page twice, what is refused.
#![allow(clippy::unwrap_used, reason = "a panic in a test is a failed test")]

#[path = "../../paper/tests/pictures/mod.rs"]
mod pictures;

use motcua_paper::{Corners, Orientation, Point, Rgba, Watch, orientation, turned};
use motcua_paper_worker::{Flat, Flatten, Placed, Refused, flatten, frame, look, same};
use pictures::page::Sheet;
use pictures::{Kind, Shot, picture, shot_of};

fn photo(seed: u64, spoil: impl FnOnce(&mut Shot)) -> (Rgba, Corners) {
    let made = shot_of(Sheet::Letter, seed, spoil);
    (made.photo, made.corners.unwrap())
}

/// An answer taken apart: whether there are corners, the corners, what follows.
fn taken_apart(answer: &[u8]) -> (bool, [f32; 8], &[u8]) {
    let number = |i: usize| f32::from_le_bytes(answer[i..i + 4].try_into().unwrap());
    (answer[0] == 1, std::array::from_fn(|i| number(4 + 4 * i)), &answer[36..])
}

fn shares(corners: &Corners, photo: &Rgba) -> Corners {
    corners.map(|at| Point::new(at.x / photo.width() as f32, at.y / photo.height() as f32))
}

#[test]
fn a_photo_is_looked_at_corners_as_shares_and_no_fault() {
    let (photo, corners) = photo(3, |_| {});
    let answer = look(&photo);
    let (found, told, rest) = taken_apart(&answer);
    assert!(found);
    let truth = shares(&corners, &photo).map(|at| [at.x, at.y]);
    for (told, truth) in told.iter().zip(truth.as_flattened()) {
        assert!((told - truth).abs() < 0.003, "{told} {truth}");
    }
    assert_eq!(rest, [0; 8], "no turn, no faults");
}

#[test]
fn a_photo_on_its_side_says_how_it_must_be_turned() {
    let (photo, _) = photo(4, |_| {});
    for quarters in 0..4 {
        let answer = look(&turned(&photo, quarters));
        let (_, _, rest) = taken_apart(&answer);
        assert_eq!(u32::from(rest[0]), (4 - quarters) % 4, "turned by {quarters}");
    }
}

#[test]
fn a_frame_without_a_page_has_no_corners_and_no_faults() {
    let made = picture(Kind::EmptyTable, 101);
    let answer = frame(&mut Watch::default(), &made.photo);
    let (found, corners, rest) = taken_apart(&answer);
    assert!(!found && corners == [0.0; 8]);
    assert_eq!(rest[..4], 1f32.to_le_bytes(), "nothing is known of a frame before");
    assert_eq!(rest[4..], [0; 12]);
}

fn flat(photo: &Rgba, corners: &Corners, turn: u32, clean: bool) -> Result<Flat, Refused> {
    let whole = (photo.width() as f32, photo.height() as f32);
    let place = Placed { corners: shares(corners, photo), whole, part: Point::default() };
    flatten(photo.clone(), &Flatten { place: Some(place), turn, clean })
}

#[test]
fn a_part_of_a_photo_makes_the_same_page_as_the_whole() {
    let (photo, corners) = photo(10, |shot| (shot.tilt, shot.share) = ((24.0, 9.0), 0.55));
    let from_whole = flat(&photo, &corners, 0, true).unwrap();
    let (left, top, wide, high) = (150, 200, 1_000, 1_250);
    let pixel = |i: usize| {
        let at = ((top + i / wide) * photo.width() + left + i % wide) * 4;
        photo.bytes()[at..at + 4].to_vec()
    };
    let part = Rgba::new(wide, high, (0..wide * high).flat_map(pixel).collect()).unwrap();
    let whole = (photo.width() as f32, photo.height() as f32);
    let upper_left = Point::new(left as f32, top as f32);
    let place = Placed { corners: shares(&corners, &photo), whole, part: upper_left };
    let how = Flatten { place: Some(place), turn: 0, clean: true };
    let from_part = flatten(part, &how).unwrap();
    assert_eq!(from_part.faults, from_whole.faults);
    let size = |flat: &Flat| (flat.page.width(), flat.page.height());
    assert_eq!(size(&from_part), size(&from_whole));
    let mut bytes = from_part.page.bytes().iter().zip(from_whole.page.bytes());
    assert!(bytes.all(|(a, b)| a.abs_diff(*b) < 6));
}

#[test]
fn a_page_lies_as_the_turn_says() {
    let (photo, corners) = photo(5, |shot| shot.share = 0.75);
    let upright = flat(&photo, &corners, 0, false).unwrap().page;
    assert_eq!(orientation(&upright), Orientation::Upright);
    for (turn, lies) in
        [(1, Orientation::HeadRight), (2, Orientation::UpsideDown), (3, Orientation::HeadLeft)]
    {
        let page = flat(&photo, &corners, turn, false).unwrap().page;
        assert_eq!(orientation(&page), lies);
        let back = turned(&page, 4 - turn);
        assert_eq!((back.width(), back.height()), (upright.width(), upright.height()));
    }
}

#[test]
fn without_corners_the_whole_photo_keeps_its_proportions() {
    let (photo, _) = photo(6, |_| {});
    let how = Flatten { place: None, turn: 1, clean: true };
    let page = flatten(photo, &how).unwrap().page;
    assert_eq!((page.width(), page.height()), (1_600, 1_200));
}

#[test]
fn one_page_twice_is_told_by_the_kept_fingerprints() {
    let mut kept = Vec::new();
    for (seed, turn) in [(7, 2.0), (8, 2.0), (7, -6.0)] {
        let (photo, corners) = photo(seed, |shot| shot.turn = turn);
        kept.extend(flat(&photo, &corners, 0, true).unwrap().fingerprint.to_bytes());
    }
    assert_eq!(same(&kept), Ok(vec![0, 0, 0, 0, 2, 0, 0, 0]));
    assert_eq!(same(&[]), Ok(vec![]));
    assert_eq!(same(&kept[1..]), Err(Refused::NoFingerprints));
}

#[test]
fn corners_that_make_no_page_are_refused() {
    let (photo, corners) = photo(9, |_| {});
    for wrong in [
        [0.0, 1.0, 2.0, 3.0].map(|t| Point::new(t, t)),
        [corners[0]; 4],
        [corners[0], corners[2], corners[1], corners[3]],
        [Point::new(f32::NAN, 0.0); 4],
    ] {
        assert!(matches!(flat(&photo, &wrong, 0, true), Err(Refused::NoCorners)), "{wrong:?}");
    }
}
