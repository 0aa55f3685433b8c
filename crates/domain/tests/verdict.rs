//! The native side of "the same answers give the same verdict": the number that the browser's tests
//! come to as well.

#![allow(clippy::unwrap_used, reason = "a panic in a test is a failed test")]

mod verdicts;

#[test]
fn the_verdicts_are_the_agreed_ones() {
    let number = verdicts::number();
    if std::env::var_os("UPDATE_VERDICTS").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/verdicts/agreed.txt");
        std::fs::write(path, format!("{number}\n")).unwrap();
        return;
    }
    assert_eq!(number, verdicts::AGREED.trim(), "a form or a rule changed: see verdicts/mod.rs");
}
