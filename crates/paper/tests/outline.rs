//! The outline over made photos, by kind. `COUNT=n` makes n of each kind, `FIRST=n` begins with that
//! seed, `SHOW=1` prints every score; `-- --nocapture` shows the table: found within 1.5 % of the
//! diagonal, median and greatest error of a corner, nothing found, the seeds missed.
#![allow(clippy::unwrap_used, reason = "a panic in a test is a failed test")]

mod pictures;

use motcua_paper::{find_outline, find_page};
use pictures::{EASY, HARD, Kind, WITHOUT, error, picture};

/// How far a corner may be off, in shares of the diagonal.
const OFF: f32 = 0.015;

fn seeds() -> std::ops::Range<u64> {
    let number = |name: &str, other: u64| {
        std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(other)
    };
    let first = number("FIRST", 100);
    first..first + number("COUNT", 4)
}

fn hits(kinds: &[Kind]) -> (usize, usize) {
    let (mut right, mut all) = (0, 0);
    for &kind in kinds {
        let (mut errors, mut missed) = (Vec::new(), Vec::new());
        let mut nothing = 0;
        for seed in seeds() {
            let made = picture(kind, seed);
            if std::env::var("SHOW").is_ok() {
                let best = find_outline(&made.photo);
                println!(
                    "  {kind:?} {seed} {:?}",
                    best.map(|b| (error(&made, &b.corners), b.score, b.worst_side))
                );
            }
            match find_page(&made.photo) {
                Some(found) => {
                    let off = error(&made, &found);
                    if off > OFF {
                        missed.push(seed)
                    }
                    errors.push(off);
                }
                None => {
                    nothing += 1;
                    missed.push(seed);
                }
            }
        }
        errors.sort_by(f32::total_cmp);
        let median = errors.get(errors.len() / 2).copied().unwrap_or(f32::NAN) * 100.0;
        let max = errors.last().copied().unwrap_or(f32::NAN) * 100.0;
        let count = seeds().count();
        println!(
            "| {kind:?} | {} of {count} | {median:.2} % | {max:.2} % | {nothing} | {missed:?}",
            count - missed.len()
        );
        right += count - missed.len();
        all += count;
    }
    println!("together {right} of {all}");
    (right, all)
}

#[test]
fn every_easy_paper_is_found() {
    let (right, all) = hits(&EASY);
    assert_eq!(right, all);
}

#[test]
fn three_of_four_hard_papers_are_found() {
    let (right, all) = hits(&HARD);
    assert!(right * 4 >= all * 3, "{right} of {all}");
}

#[test]
fn nothing_is_found_where_there_is_no_paper() {
    let (mut wrong, mut all) = (Vec::new(), 0);
    for kind in WITHOUT {
        for seed in seeds() {
            all += 1;
            let made = picture(kind, seed);
            if std::env::var("SHOW").is_ok() {
                println!(
                    "  {kind:?} {seed} {:?}",
                    find_outline(&made.photo).map(|b| (b.score, b.worst_side))
                );
            }
            if find_page(&made.photo).is_some() {
                wrong.push((kind, seed));
            }
        }
    }
    println!("no paper: {} of {all} rightly empty; {wrong:?}", all - wrong.len());
    assert!(wrong.len() * 10 <= all, "{wrong:?}");
}
