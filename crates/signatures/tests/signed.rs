//! Files that a party of its own signed (`signed/make.py`), and what may have been done to them since.

#![allow(clippy::unwrap_used, reason = "a panic in a test is a failed test")]

use motcua_signatures::{Report, Roots, RootsError, Verdict, judge};

/// 26 November 2026.
const THAT_DAY: u64 = 1_795_662_000;
const OFFICE: &str = "UBND xã Kim Thành (hư cấu)";
const PERSON: &str = "Trần Thị Ký (hư cấu)";

fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/signed/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn roots() -> Roots {
    Roots::read(&file("root.pem")).unwrap()
}

fn judged(pdf: &[u8]) -> Option<(Verdict, Vec<String>)> {
    judge(pdf, &roots(), THAT_DAY).map(|Report { verdict, signers }| (verdict, signers))
}

fn of(verdict: Verdict, signers: &[&str]) -> Option<(Verdict, Vec<String>)> {
    Some((verdict, signers.iter().map(|&signer| signer.to_owned()).collect()))
}

#[test]
fn what_is_signed_as_it_should_be_is_checked() {
    // With a certificate between signer and root; with another kind of key, hash and form; one after another.
    assert_eq!(judged(&file("rsa.pdf")), of(Verdict::Checked, &[OFFICE]));
    assert_eq!(judged(&file("ecdsa.pdf")), of(Verdict::Checked, &[PERSON]));
    assert_eq!(judged(&file("twice.pdf")), of(Verdict::Checked, &[OFFICE, PERSON]));
}

#[test]
fn what_nobody_signed_has_no_signature() {
    assert_eq!(judged(&file("unsigned.pdf")), None);
    assert_eq!(judged(b"%PDF-1.7 nothing"), None);
    assert_eq!(judged(b""), None);
}

#[test]
fn a_signer_that_nobody_here_vouches_for_is_said_to_be_so() {
    let rsa = file("rsa.pdf");
    let other = Roots::read(&file("other_root.pem")).unwrap();
    for roots in [other, Roots::default()] {
        let report = judge(&rsa, &roots, THAT_DAY).unwrap();
        assert_eq!((report.verdict, &*report.signers[0]), (Verdict::UnknownSigner, OFFICE));
    }
    // Its certificate ended in February; before it began; after it ends.
    assert_eq!(judged(&file("expired.pdf")).unwrap().0, Verdict::UnknownSigner);
    for at in [1_700_000_000, 2_100_000_000] {
        assert_eq!(judge(&rsa, &roots(), at).unwrap().verdict, Verdict::UnknownSigner);
    }
}

#[test]
fn what_was_changed_is_broken() {
    let signed = file("rsa.pdf");
    let text = signed.windows(9).position(|bytes| bytes == b"Trich luc").unwrap();
    let mut changed = signed.clone();
    changed[text] = b'X';
    assert_eq!(judged(&changed), of(Verdict::Broken, &[OFFICE]));
    // The second signature is untouched, the first is not.
    let mut twice = file("twice.pdf");
    twice[text] = b'X';
    assert_eq!(judged(&twice).unwrap().0, Verdict::Broken);
}

#[test]
fn what_was_added_afterwards_is_not_vouched_for() {
    assert_eq!(judged(&file("changed_after.pdf")), of(Verdict::NotCheckable, &[OFFICE]));
    let mut longer = file("rsa.pdf");
    longer.extend_from_slice(b"\n% more\n");
    assert_eq!(judged(&longer).unwrap().0, Verdict::NotCheckable);
}

/// A file with other numbers in the place of those that say what is covered, of the same length.
fn with_range(pdf: &[u8], new: [usize; 4]) -> Vec<u8> {
    let start = pdf.windows(11).position(|bytes| bytes == b"/ByteRange ").unwrap() + 11;
    let end = start + pdf[start..].iter().position(|byte| *byte == b']').unwrap() + 1;
    let mut text = format!("[{} {} {} {}]", new[0], new[1], new[2], new[3]);
    let room = end - start + pdf[end..].iter().take_while(|byte| **byte == b' ').count();
    text.extend(std::iter::repeat_n(' ', room - text.len()));
    let mut changed = pdf.to_vec();
    changed[start..start + room].copy_from_slice(text.as_bytes());
    changed
}

#[test]
fn what_is_left_out_must_be_the_signature_and_nothing_else() {
    let signed = file("rsa.pdf");
    // Numbers of this file, as `make.py` made it.
    let hole = signed.windows(11).position(|bytes| bytes == b"/Contents <").unwrap() + 10;
    let next = hole + signed[hole..].iter().position(|byte| *byte == b'>').unwrap() + 1;
    let rest = signed.len() - next;
    // The same numbers again change nothing.
    assert_eq!(judged(&with_range(&signed, [0, hole, next, rest])).unwrap().0, Verdict::Checked);
    for range in [
        [0, hole - 20, next, rest],
        [0, hole, next + 20, rest - 20],
        [1, hole, next, rest],
        [0, hole, next, rest + 1],
        [0, next, hole, rest],
        [0, 0, 0, 0],
    ] {
        let verdict = judged(&with_range(&signed, range)).unwrap().0;
        assert_eq!(verdict, Verdict::NotCheckable, "{range:?}");
    }
}

#[test]
fn no_flipped_bit_of_the_signature_goes_unnoticed_and_none_makes_it_panic() {
    let signed = file("ecdsa.pdf");
    let hole = signed.windows(11).position(|bytes| bytes == b"/Contents <").unwrap() + 11;
    let message = signed[hole..].iter().position(|byte| *byte == b'>').unwrap();
    let used = signed[hole..hole + message].iter().rposition(|byte| *byte != b'0').unwrap();
    let mut unnoticed = Vec::new();
    for place in hole..=hole + used {
        let mut changed = signed.clone();
        changed[place] = if changed[place] == b'1' { b'2' } else { b'1' };
        if judged(&changed).is_some_and(|(verdict, _)| verdict == Verdict::Checked) {
            unnoticed.push(place - hole);
        }
    }
    // Only fields that no verdict rests on: versions, sets of algorithms, certificates that are not needed,
    // what is not signed; each hexadecimal digit on its own.
    assert!(unnoticed.len() * 20 < used, "{} of {used}: {unnoticed:?}", unnoticed.len());
}

#[test]
fn roots_are_certificates() {
    assert!(matches!(Roots::read(b""), Err(RootsError::Empty)));
    let torn = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    assert!(matches!(Roots::read(torn), Err(RootsError::Certificate { number: 1, .. })));
}
