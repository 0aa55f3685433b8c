//! The decoder over made pictures, a floor for each kind: what was read once stays read. Nothing in
//! it depends on time. `HARD=n` makes n pictures of each
//! kind and prints what was read, `WITHOUT=step` leaves a step out.
#![allow(clippy::unwrap_used, reason = "a panic in a test is a failed test")]
#![allow(dead_code, missing_docs, reason = "a test's own helpers")]

mod pictures;

use motcua_qr_reader::{Grey, Options, Without, read};
use pictures::{KINDS, Kind, picture};

/// How many pictures of each kind are made, unless `HARD` says otherwise.
const COUNT: u64 = 6;

/// Of the first six pictures of a kind so many are read.
fn floor(kind: Kind) -> usize {
    match kind {
        Kind::BrightSpots => 2,
        Kind::Glare => 3,
        Kind::Close | Kind::Damaged | Kind::Shadow => 5,
        _ => 6,
    }
}

fn texts_in(kind: Kind, seed: u64, options: &Options) -> (Vec<String>, Vec<String>) {
    let made = picture(kind, seed);
    let grey = Grey::new(made.width, made.height, made.shades).unwrap();
    let read = read(&grey, options).into_iter().map(|code| {
        code.pieces.iter().map(|piece| String::from_utf8_lossy(&piece.bytes).into_owned()).collect()
    });
    (read.collect(), made.texts)
}

#[test]
fn hard_pictures_are_read_and_never_wrongly() {
    let count = std::env::var("HARD").ok().and_then(|n| n.parse().ok()).unwrap_or(COUNT);
    let mut options = Options::thorough();
    if let Ok(step) = std::env::var("WITHOUT") {
        options.without = Without::named(&step).unwrap();
    }
    let mut below = Vec::new();
    for kind in KINDS {
        let (mut right, mut missed, mut codes) = (0, Vec::new(), 0);
        for seed in 0..count {
            let (found, truth) = texts_in(kind, seed, &options);
            assert!(found.iter().all(|text| truth.contains(text)), "{kind:?} {seed}: {found:?}");
            codes += found.len();
            if found.is_empty() { missed.push(seed) } else { right += 1 }
        }
        println!("{kind:?}: {right} of {count}, {codes} codes; missed {missed:?}");
        if count == COUNT && right < floor(kind) {
            below.push((kind, right));
        }
    }
    assert!(below.is_empty(), "{below:?}");
}

#[test]
fn a_quick_look_reads_plain_frames_in_either_turn() {
    for kind in [Kind::Nominal, Kind::Rotated, Kind::LowContrast, Kind::Inverted] {
        for turn in 0..2 {
            let (found, truth) = texts_in(kind, 3, &Options::quick(turn));
            assert_eq!(found, truth, "{kind:?}, turn {turn}");
        }
    }
}

#[test]
fn corners_lie_where_the_code_does() {
    let made = picture(Kind::Nominal, 3);
    let grey = Grey::new(made.width, made.height, made.shades).unwrap();
    let code = &read(&grey, &Options::thorough())[0];
    let [a, b, c, d] = code.corners;
    let middle = ((a.x + b.x + c.x + d.x) / 4.0, (a.y + b.y + c.y + d.y) / 4.0);
    assert!((middle.0 - 400.0).abs() < 12.0 && (middle.1 - 300.0).abs() < 12.0, "{middle:?}");
    assert!(a.x < b.x && d.x < c.x && a.y < d.y && b.y < c.y);
}
